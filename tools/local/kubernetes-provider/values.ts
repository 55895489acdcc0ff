/** Secrets and unknowns as the engine sends them to a provider. */

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A JSON-like value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Whether a value is an object that is not an array. */
export function isObject(value: unknown): value is JsonObject {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrapped(value: JsonObject): { readonly inner: Json; readonly secret: boolean } | undefined {
    if (value[signatureKey] === secretSignature) return { inner: value["value"] ?? null, secret: true };
    if (value[signatureKey] === outputSignature) return { inner: value["value"] ?? unknownValue, secret: value["secret"] === true };
    return undefined;
}

/** A string, or nothing for any other value. */
export function text(value: Json | undefined): string {
    return typeof value === "string" ? value : "";
}

/** The value without its secret and output wrappers. */
export function plain(value: Json): Json {
    if (Array.isArray(value)) return value.map(plain);
    if (!isObject(value)) return value;
    const inside = wrapped(value);
    if (inside) return plain(inside.inner);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

/** Whether anything in the value is not known yet. */
export function hasUnknown(value: Json): boolean {
    if (value === unknownValue) return true;
    if (Array.isArray(value)) return value.some(hasUnknown);
    return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Whether anything in the value is secret. */
export function hasSecret(value: Json): boolean {
    if (Array.isArray(value)) return value.some(hasSecret);
    return isObject(value) && (wrapped(value)?.secret === true || Object.values(value).some(hasSecret));
}

/** Marks a value as secret for the engine. */
export function secret(value: Json): JsonObject {
    return { [signatureKey]: secretSignature, value };
}

/** `live` with everything secret that is secret at the same place in `inputs`. */
export function markSecrets(live: Json, inputs: Json): Json {
    if (isObject(inputs)) {
        if (wrapped(inputs)?.secret) return secret(live);
        if (!isObject(live)) return live;
        return Object.fromEntries(
            Object.entries(live).map(([key, one]) => [key, key in inputs ? markSecrets(one, inputs[key] ?? null) : one]),
        );
    }
    if (Array.isArray(inputs) && Array.isArray(live)) {
        return hasSecret(inputs) && inputs.length !== live.length
            ? secret(live)
            : live.map((one, index) => markSecrets(one, inputs[index] ?? null));
    }
    return live;
}
