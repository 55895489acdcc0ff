// Reading resource properties that may not be known yet. The SDK wraps properties in a proxy that throws when an unknown
// leaf is read; one such throw would end a whole policy, so every read here is caught on its own and leaves a marker instead.
import { UnknownValueError } from "@pulumi/policy";
import type { Value, ValueRecord } from "./rules/value";
import { UNKNOWN } from "./rules/value";

/** What the engine sends in the place of an unknown value. The same text as `unknownStringValue` of the SDK, which does not export it. */
export const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties as a policy receives them. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether the property was given, told without reading it. */
export function has(props: Properties, key: string): boolean {
    return key in props;
}

/** The property as plain data, with {@link UNKNOWN} wherever a value is not known. */
export function read(props: Properties, key: string): Value {
    return has(props, key) ? readKey(props, key) : undefined;
}

/** All properties as plain data. */
export function readAll(props: Properties): ValueRecord {
    return readRecord(props);
}

function readKey(holder: object, key: string): Value {
    let raw: unknown;
    try {
        raw = (holder as Record<string, unknown>)[key];
    } catch (error) {
        if (error instanceof UnknownValueError) {
            return UNKNOWN;
        }
        throw error;
    }
    return plain(raw);
}

function plain(raw: unknown): Value {
    if (raw === null || raw === undefined || typeof raw === "boolean" || typeof raw === "number" || typeof raw === "string") {
        return raw;
    }
    if (Array.isArray(raw)) {
        return Array.from({ length: raw.length }, (_, index) => readKey(raw, String(index)));
    }
    return typeof raw === "object" ? readRecord(raw) : undefined;
}

function readRecord(raw: object): ValueRecord {
    const record = Object.create(null) as Record<string, Value>;
    for (const key of Object.keys(raw)) {
        record[key] = readKey(raw, key);
    }
    return record;
}
