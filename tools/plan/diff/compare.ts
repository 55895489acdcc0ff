/** Compares inputs property by property. */

/** One input that differs. A value that is not there is `undefined`. */
export interface PropertyChange {
    /** Property path, such as `scalingConfig.maxSize` or `tags["kubernetes.io/role/elb"]`. */
    path: string;
    before: unknown;
    after: unknown;
}

/** Differences between two values. Lists of plain values differ as a whole; other lists entry by entry. */
export function compare(before: unknown, after: unknown, path = ""): PropertyChange[] {
    if (Object.is(before, after)) {
        return [];
    }
    const parsed = [embedded(before), embedded(after)];
    const [left, right] = parsed.every((value) => value !== undefined) ? parsed : [before, after];
    if (Array.isArray(left) && Array.isArray(right)) {
        return compareLists(left as unknown[], right as unknown[], path);
    }
    if (isObject(left) && isObject(right)) {
        const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
        return keys.flatMap((key) => compare(own(left, key), own(right, key), joined(path, key)));
    }
    return [{ path, before, after }];
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: string): PropertyChange[] {
    if (![...before, ...after].every(isObject)) {
        return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
    }
    const length = Math.max(before.length, after.length);
    return Array.from({ length }).flatMap((_, index) => compare(before[index], after[index], `${path}[${index}]`));
}

/** JSON inside a string, as IAM policies are written: what counts is what it says, not how it is spaced. */
function embedded(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[{[]/.test(value)) {
        return undefined;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return undefined;
    }
}

function own(object: Record<string, unknown>, key: string): unknown {
    return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
    return value !== null && typeof value === "object" && !Array.isArray(value);
}

function joined(path: string, key: string): string {
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}

/** Whether a change at `path` lies at or below `rule`; indices count only where the rule has them, `[*]` is any. */
export function lies(path: string, rule: string): boolean {
    const [steps, wanted] = [stepsOf(path), stepsOf(rule)];
    const kept = wanted.some(isIndex) ? steps : steps.filter((step) => !isIndex(step));
    return wanted.length <= kept.length && wanted.every((step, position) => step === "*" || step === kept[position]);
}

/** Whether a change replaces by a rule: it lies at or below it, or it makes or takes away an object that holds it. */
export function touches(change: PropertyChange, rule: string): boolean {
    if (lies(change.path, rule)) {
        return true;
    }
    const depth = stepsOf(change.path).filter((step) => !isIndex(step)).length;
    const steps = stepsOf(rule);
    const leads = lies(steps.slice(0, depth).join("."), change.path.replace(/\[\d+\]/g, ""));
    const below = steps.slice(depth);
    return leads && below.length > 0 && (holds(change.before, below) || holds(change.after, below));
}

function holds(value: unknown, steps: readonly string[]): boolean {
    const [first, ...rest] = steps;
    if (first === undefined) {
        return value !== undefined;
    }
    return isObject(value) && Object.hasOwn(value, first) && holds(value[first], rest);
}

function stepsOf(path: string): string[] {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) =>
        quoted !== undefined ? (JSON.parse(`"${quoted}"`) as string) : (plain ?? index ?? ""),
    );
}

function isIndex(step: string): boolean {
    return /^(\d+|\*)$/.test(step);
}
