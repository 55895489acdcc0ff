/** Plain data: what a component shows the engine as its inputs, and objects in a fixed order. */

/** A shallow copy without undefined values, resources' own objects left as they are. */
export function withoutUndefined(args: object): Record<string, unknown> {
    return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/** A copy with all keys sorted, at every depth, so that equal settings make equal documents. */
export function sortedKeys(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sortedKeys);
    }
    if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
        const entries = Object.entries(value).filter(([, item]) => item !== undefined);
        entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]));
    }
    return value;
}
