/** Reads the wire form of property values: secrets, unknown values and resource references become plain markers. */
import * as pulumi from "@pulumi/pulumi";

/** Stands for a value that is not known without AWS. */
export const UNKNOWN = "__unknown__";

/** Signature key of wrapped values on the wire (sdk/nodejs/runtime/rpc). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e";

/** A value with its secrets unwrapped, and the paths at which they stood. */
export interface PlainValue {
    /** The value: unknown parts are `UNKNOWN`, resource references are URNs. */
    value: unknown;
    /** Property paths of secrets. */
    secrets: string[];
}

/** Turns a wire value into plain data. */
export function plainValue(wire: unknown, path = ""): PlainValue {
    const secrets: string[] = [];
    return { value: unwrap(wire, path, secrets), secrets };
}

function unwrap(wire: unknown, path: string, secrets: string[]): unknown {
    if (wire === pulumi.runtime.unknownValue) {
        return UNKNOWN;
    }
    if (Array.isArray(wire)) {
        return wire.map((item, index) => unwrap(item, `${path}[${index}]`, secrets));
    }
    if (wire === null || typeof wire !== "object") {
        return wire;
    }
    const object = wire as Record<string, unknown>;
    if (object[SIGNATURE] === SECRET_SIGNATURE) {
        secrets.push(path);
        return unwrap(object["value"], path, secrets);
    }
    if (object[SIGNATURE] === RESOURCE_SIGNATURE) {
        return object["urn"];
    }
    const entries = Object.entries(object).map(([key, value]) => [key, unwrap(value, path === "" ? key : `${path}.${key}`, secrets)]);
    return Object.fromEntries(entries) as Record<string, unknown>;
}
