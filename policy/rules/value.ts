// Plain values as rules see them, with an explicit marker for what is not known yet, and readers that never throw on odd shapes.

/** Stands in the place of a value that only the deployment will tell. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A resource property after reading: JSON, or the marker {@link UNKNOWN} at any depth. */
export type Value = typeof UNKNOWN | null | undefined | boolean | number | string | readonly Value[] | ValueRecord;

/** A map of properties. It has no prototype, so a tag named "constructor" is only there when somebody wrote it. */
export interface ValueRecord {
    readonly [key: string]: Value;
}

/** Whether the value is only known after the deployment. */
export function isUnknown(value: Value): value is typeof UNKNOWN {
    return value === UNKNOWN;
}

/** Whether the value was left out. The engine drops undefined properties, providers may return null for them. */
export function isAbsent(value: Value): value is null | undefined {
    return value === undefined || value === null;
}

/** The value as a map, or undefined when it is anything else. */
export function asRecord(value: Value): ValueRecord | undefined {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as ValueRecord) : undefined;
}

/** The value as a list, or undefined when it is anything else. */
export function asList(value: Value): readonly Value[] | undefined {
    return Array.isArray(value) ? value : undefined;
}

/** The value as a boolean. The AWS provider hands some booleans over as the strings "true" and "false". */
export function asBoolean(value: Value): boolean | undefined {
    if (typeof value === "boolean") {
        return value;
    }
    return value === "true" ? true : value === "false" ? false : undefined;
}

/** The value as a whole number, also when it is written as a string of digits. */
export function asInteger(value: Value): number | undefined {
    if (typeof value === "number") {
        return Number.isInteger(value) ? value : undefined;
    }
    return typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** A property of a value that should be a map. Unknown when the map itself is unknown, undefined when it is no map. */
export function field(value: Value, key: string): Value {
    return isUnknown(value) ? UNKNOWN : asRecord(value)?.[key];
}

/** How a judged value is shown in a message: short, quoted, never a whole structure. */
export function show(value: Value): string {
    if (typeof value === "string") {
        return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    }
    if (typeof value === "number" || typeof value === "boolean") {
        return String(value);
    }
    if (isUnknown(value)) {
        return "not known yet";
    }
    return isAbsent(value) ? "not set" : Array.isArray(value) ? "a list" : "a map";
}

/** Joins property names to a path, skipping empty parts. */
export function pathOf(...parts: readonly string[]): string {
    return parts.filter((part) => part !== "").join(".");
}
