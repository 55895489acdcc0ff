/** The longest chain of dependencies of a plan, with typical durations of AWS. */
import { READ_SECONDS, durationOf } from "./durations";
import type { PlannedResource } from "./plan-file";

/** One resource on the path. */
export interface CriticalStep {
    /** The resource. */
    urn: string;
    /** Typical duration in seconds. */
    seconds: number;
}

/** Longest chains to create and to destroy everything. */
export interface CriticalPath {
    /** Creation, first to last. */
    create: { seconds: number; steps: CriticalStep[] };
    /** Destruction, first to last. */
    destroy: { seconds: number; steps: CriticalStep[] };
}

/** A chain of steps and what it adds up to. */
interface Chain {
    seconds: number;
    steps: CriticalStep[];
}

/** Finds both chains. Destruction runs the other way: what was made last goes first. */
export function criticalPath(resources: readonly PlannedResource[]): CriticalPath {
    const custom = resources.filter(({ custom: isCustom }) => isCustom);
    const waitsFor = new Map(custom.map((resource) => [resource.urn, predecessors(resource)]));
    const followedBy = new Map(custom.map(({ urn }) => [urn, [] as string[]]));
    for (const [urn, before] of waitsFor) {
        before.forEach((predecessor) => followedBy.get(predecessor)?.push(urn));
    }
    const creation = new Map(custom.map((resource) => [resource.urn, createSeconds(resource)]));
    const destruction = new Map(custom.map((resource) => [resource.urn, destroySeconds(resource)]));
    return { create: longestChain(waitsFor, creation), destroy: longestChain(followedBy, destruction) };
}

/** What the engine waits for: dependencies, the parent when it is a resource itself, and an explicit provider. */
function predecessors(resource: PlannedResource): string[] {
    const provider = resource.provider?.split("::").slice(0, -1).join("::");
    return [
        ...new Set([...resource.dependencies, ...(resource.parent === null ? [] : [resource.parent]), ...(provider ? [provider] : [])]),
    ];
}

function createSeconds(resource: PlannedResource): number {
    return resource.read === true ? READ_SECONDS : durationOf(resource.type, resource.inputs).create;
}

function destroySeconds(resource: PlannedResource): number {
    return resource.read === true ? 0 : durationOf(resource.type, resource.inputs).destroy;
}

/** Links of the best chain so far; kept as links, so that long plans do not copy chains over and over. */
interface Best {
    seconds: number;
    previous?: string;
}

/**
 * The longest chain by duration, with a stack of its own, as plans may be deeper than calls can nest. Ties go to the
 * smaller URN, so that the same plan gives the same path. A cycle, which no engine would take, is cut where it closes.
 */
function longestChain(before: ReadonlyMap<string, readonly string[]>, seconds: ReadonlyMap<string, number>): Chain {
    const best = new Map<string, Best>();
    const open = new Set<string>();
    const urns = [...before.keys()].sort();
    for (const start of urns) {
        const stack = [start];
        while (stack.length > 0) {
            const urn = stack.at(-1) ?? start;
            const waiting = (before.get(urn) ?? []).filter((next) => before.has(next) && !best.has(next));
            if (!best.has(urn) && !open.has(urn) && waiting.length > 0) {
                open.add(urn);
                stack.push(...waiting);
                continue;
            }
            stack.pop();
            open.delete(urn);
            if (!best.has(urn)) {
                best.set(urn, bestAt(urn, before, seconds, best));
            }
        }
    }
    return chainTo(lastOf(urns, best), best, seconds);
}

function bestAt(
    urn: string,
    before: ReadonlyMap<string, readonly string[]>,
    seconds: ReadonlyMap<string, number>,
    best: ReadonlyMap<string, Best>,
): Best {
    const previous = lastOf([...(before.get(urn) ?? [])].sort(), best);
    const earlier = previous === undefined ? 0 : (best.get(previous)?.seconds ?? 0);
    return { seconds: earlier + (seconds.get(urn) ?? 0), ...(previous === undefined ? {} : { previous }) };
}

/** The candidate whose chain is the longest; the first of equals. */
function lastOf(candidates: readonly string[], best: ReadonlyMap<string, Best>): string | undefined {
    let found: string | undefined;
    for (const candidate of candidates) {
        const own = best.get(candidate);
        const leader = found === undefined ? undefined : best.get(found);
        if (own !== undefined && (leader === undefined || own.seconds > leader.seconds)) {
            found = candidate;
        }
    }
    return found;
}

function chainTo(last: string | undefined, best: ReadonlyMap<string, Best>, seconds: ReadonlyMap<string, number>): Chain {
    const steps: CriticalStep[] = [];
    for (let urn = last; urn !== undefined; urn = best.get(urn)?.previous) {
        steps.unshift({ urn, seconds: seconds.get(urn) ?? 0 });
    }
    return { seconds: last === undefined ? 0 : (best.get(last)?.seconds ?? 0), steps };
}
