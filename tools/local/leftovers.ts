/** What the emulators hold, and what is left of it compared with the moment they were started. */

/** Ids by kind, for example `ec2.vpcs` → [`vpc-1`]. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/** One thing that should be gone. */
export interface Leftover {
    readonly kind: string;
    readonly id: string;
}

/** Asks both emulators what they hold (an endpoint of the bench's own launchers). */
export async function takeInventory(awsUrl: string, eksUrl: string): Promise<Inventory> {
    const [aws, eks] = await Promise.all([
        getJson<Inventory>(`${awsUrl}/moto-api/bench/inventory`),
        getJson<Inventory>(`${eksUrl}/_bench/inventory`),
    ]);
    return { ...aws, ...eks };
}

/** What is in `now` and was not in `baseline`. */
export function compareInventories(baseline: Inventory, now: Inventory): Leftover[] {
    return Object.entries(now).flatMap(([kind, ids]) => {
        const before = new Set(baseline[kind] ?? []);
        return ids.filter((id) => !before.has(id)).map((id) => ({ kind, id }));
    });
}

/** GETs a JSON document, with a time limit. */
export async function getJson<T>(url: string, seconds = 20): Promise<T> {
    const answer = await fetch(url, { signal: AbortSignal.timeout(seconds * 1000) });
    if (!answer.ok) {
        throw new Error(`${url}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    }
    return (await answer.json()) as T;
}
