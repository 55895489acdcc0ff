/** What a change of a program or its configuration does to a plan. */
import { formerUrns } from "./diff/aliases";
import { compare, lies, touches } from "./diff/compare";
import type { PropertyChange } from "./diff/compare";
import { fakeHex, fakeId } from "./fakes";
import type { PlanFile, PlannedResource } from "./plan-file";
import type { RecordedResource } from "./resource";
import { replacingPaths, replacingRemovals } from "./tables/replace-on-change";

export { diffMarkdown } from "./diff/markdown";
export type { PropertyChange } from "./diff/compare";

/** A resource both plans have, with other inputs. */
export interface ResourceChange {
    urn: string;
    type: string;
    name: string;
    /** What differs. */
    changes: PropertyChange[];
    /** Paths of `changes` for which the provider replaces the resource; empty when it updates it in place. */
    replaces: string[];
}

/** A resource that goes along with one that is replaced, because an input that cannot change is going to hold its new id. */
export interface FollowingReplacement {
    urn: string;
    type: string;
    name: string;
    /** Inputs that get a new id. */
    inputs: string[];
    /** URNs of the replaced resources. */
    because: string[];
}

/** Resource that an alias carries over to another URN. */
export interface Move {
    from: string;
    to: string;
    type: string;
    name: string;
}

/** The difference between two plans. Components are left out: they make nothing themselves. */
export interface PlanDiff {
    added: PlannedResource[];
    removed: PlannedResource[];
    changed: ResourceChange[];
    /** Those of `changed` that are replaced. */
    replaced: ResourceChange[];
    /** What may be replaced along with them. */
    following: FollowingReplacement[];
    /** Same resource, other URN. */
    moved: Move[];
}

/** Compares two plans of a stack. */
export function diffPlans(before: PlanFile, after: PlanFile): PlanDiff {
    const former = new Map(before.resources.map((resource) => [resource.urn, resource]));
    const current = new Map(after.resources.map((resource) => [resource.urn, resource]));
    const moved = moves(former, current);
    const source = new Map(moved.map(({ from, to }) => [to, from]));
    const sources = new Set(source.values());
    const renamed = idsRenamed(moved, former, current);
    const changed: ResourceChange[] = [];
    const added: PlannedResource[] = [];
    for (const resource of after.resources.filter(({ custom }) => custom)) {
        const counterpart = former.get(source.get(resource.urn) ?? resource.urn);
        if (counterpart?.custom !== true) {
            added.push(resource);
        } else {
            changed.push(...changeOf(counterpart, resource, renamed));
        }
    }
    const removed = before.resources.filter(({ custom, urn }) => custom && current.get(urn)?.custom !== true && !sources.has(urn));
    const replaced = changed.filter(({ replaces }) => replaces.length > 0);
    return { added, removed, changed, replaced, following: followers(replaced, after.resources), moved: moved.filter(isCustom(current)) };
}

function isCustom(current: ReadonlyMap<string, PlannedResource>): (move: Move) => boolean {
    return ({ to }) => current.get(to)?.custom === true;
}

/** A URN that is new and an alias of which is gone is a move; each former URN goes to one resource. */
function moves(former: ReadonlyMap<string, PlannedResource>, current: ReadonlyMap<string, PlannedResource>): Move[] {
    const taken = new Set<string>();
    const found: Move[] = [];
    for (const resource of current.values()) {
        if (former.has(resource.urn)) {
            continue;
        }
        const from = formerUrns(resource, (urn) => current.get(urn)).find((urn) => former.has(urn) && !current.has(urn) && !taken.has(urn));
        if (from !== undefined) {
            taken.add(from);
            found.push({ from, to: resource.urn, type: resource.type, name: resource.name });
        }
    }
    return found;
}

/**
 * Ids in plans are derived from URNs, so a move changes them in whatever refers to the resource, while the real id
 * stays. These are the texts to read as one another.
 */
function idsRenamed(
    moved: readonly Move[],
    former: ReadonlyMap<string, PlannedResource>,
    current: ReadonlyMap<string, PlannedResource>,
): [string, string][] {
    return moved.flatMap(({ from, to }) => {
        const [old, now] = [former.get(from), current.get(to)];
        if (old === undefined || now === undefined || !now.custom) {
            return [];
        }
        const ids: [string, string] = [idOf(old), idOf(now)];
        // Names and endpoints hold shorter or longer digests of the URN.
        const digests = [32, 17, 7].map((length): [string, string] => [fakeHex(from, length), fakeHex(to, length)]);
        return [ids, ...digests, ...digests.map(([a, b]): [string, string] => [a.toUpperCase(), b.toUpperCase()])];
    });
}

/** Id a planned resource has in the inputs of others. */
function idOf(resource: PlannedResource): string {
    return fakeId(resource as unknown as RecordedResource);
}

function changeOf(before: PlannedResource, after: PlannedResource, renamed: readonly [string, string][]): ResourceChange[] {
    const { urn, type, name } = after;
    const ignored = after.ignoreChanges ?? [];
    const differences = compare(withNewIds(before.inputs, renamed), after.inputs).filter(
        ({ path }) => !ignored.some((rule) => lies(path, rule)),
    );
    const protection = compare(before.protect, after.protect, "protect");
    const changes = [...differences, ...protection];
    const replaces = differences.filter((change) => isReplacing(type, change)).map(({ path }) => path);
    return changes.length === 0 ? [] : [{ urn, type, name, changes, replaces }];
}

function withNewIds(inputs: Record<string, unknown>, renamed: readonly [string, string][]): Record<string, unknown> {
    if (renamed.length === 0) {
        return inputs;
    }
    const renew = (value: unknown): unknown => {
        if (typeof value === "string") {
            return renamed.reduce((text, [from, to]) => text.replaceAll(from, to), value);
        }
        if (Array.isArray(value)) {
            return value.map(renew);
        }
        if (value !== null && typeof value === "object") {
            return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renew(item)]));
        }
        return value;
    };
    return renew(inputs) as Record<string, unknown>;
}

function isReplacing(type: string, change: PropertyChange): boolean {
    const removes = change.after === undefined && replacingRemovals(type).some((rule) => lies(change.path, rule));
    return removes || replacingPaths(type).some((rule) => touches(change, rule));
}

/** Follows new ids through inputs that cannot change, and through what is replaced by that, to the end. */
function followers(replaced: readonly ResourceChange[], resources: readonly PlannedResource[]): FollowingReplacement[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const already = new Set(replaced.map(({ urn }) => urn));
    const found = new Map<string, FollowingReplacement>();
    const queue = [...already];
    for (let urn = queue.shift(); urn !== undefined; urn = queue.shift()) {
        const cause = byUrn.get(urn);
        for (const resource of cause === undefined ? [] : resources) {
            const inputs = already.has(resource.urn) || cause === undefined ? [] : inputsWithNewId(cause, resource);
            if (inputs.length === 0) {
                continue;
            }
            const entry = found.get(resource.urn);
            if (entry === undefined) {
                const { type, name } = resource;
                found.set(resource.urn, { urn: resource.urn, type, name, inputs, because: [urn] });
                queue.push(resource.urn);
            } else if (!entry.because.includes(urn)) {
                entry.because.push(urn);
                entry.inputs = [...new Set([...entry.inputs, ...inputs])].sort();
            }
        }
    }
    return [...found.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** Inputs of a resource that hold the id of another and cannot change. A name given in the program stays what it was. */
function inputsWithNewId(cause: PlannedResource, resource: PlannedResource): string[] {
    const id = idOf(cause);
    if (!resource.custom || cause.inputs["name"] === id) {
        return [];
    }
    return Object.entries(resource.propertyDependencies)
        .filter(([input, urns]) => urns.includes(cause.urn) && replacingPaths(resource.type).some((rule) => lies(rule, input)))
        .filter(([input]) => !(resource.ignoreChanges ?? []).includes(input))
        .filter(([input]) => isHeldWhereReplacing(resource, input, id))
        .map(([input]) => input)
        .sort();
}

function isHeldWhereReplacing(resource: PlannedResource, input: string, id: string): boolean {
    const changes = compare({ [input]: resource.inputs[input] }, withNewIds({ [input]: resource.inputs[input] }, [[id, `${id}-`]]));
    return changes.some((change) => isReplacing(resource.type, change));
}
