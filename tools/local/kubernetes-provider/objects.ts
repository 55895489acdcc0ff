/** Kubernetes objects: what kind a resource is, how it is named, and how two versions of it differ. */
import { randomBytes } from "node:crypto";
import { hasUnknown, isObject, plain, text, type Json, type JsonObject } from "./values";

/** API version and kind of a resource, and whether it only patches an object that somebody else made. */
export interface ObjectType {
    readonly apiVersion: string;
    readonly kind: string;
    readonly patch: boolean;
}

/** `…$kubernetes:apps/v1:Deployment::name` → `apps/v1` `Deployment`. */
export function typeOf(urn: string): ObjectType {
    const type = urn.split("::")[2]?.split("$").pop() ?? "";
    const [, group = "", name = ""] = type.split(":");
    const apiVersion = group.startsWith("core/") ? group.slice("core/".length) : group;
    const patch = name.length > "Patch".length && name.endsWith("Patch");
    return { apiVersion, kind: patch ? name.slice(0, -"Patch".length) : name, patch };
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The object that is sent to the API: without wrappers, with its type. */
export function toObject(urn: string, inputs: JsonObject): JsonObject {
    const { apiVersion, kind } = typeOf(urn);
    return { ...(plain(inputs) as JsonObject), apiVersion, kind };
}

/** `namespace/name`, or the name alone. */
export function idOf(object: JsonObject): string {
    const { namespace, name } = metadataOf(object);
    return [namespace, name].filter((part) => typeof part === "string").join("/");
}

/** The metadata of an object. */
export function metadataOf(object: JsonObject): JsonObject {
    return isObject(object["metadata"]) ? object["metadata"] : {};
}

/** Inputs with a name: the given one, the one of before, or the resource's with a suffix. */
export function withName(urn: string, inputs: JsonObject, before: JsonObject): JsonObject {
    const metadata = metadataOf(inputs);
    if (metadata["name"] !== undefined || metadata["generateName"] !== undefined) return inputs;
    const earlier = metadataOf(before);
    const generated = isObject(earlier["annotations"]) && earlier["annotations"][autonamed] === "true" ? earlier["name"] : undefined;
    const name = generated ?? `${nameOf(urn).toLowerCase()}-${randomBytes(4).toString("hex")}`;
    const annotations = isObject(metadata["annotations"]) ? metadata["annotations"] : {};
    return { ...inputs, metadata: { ...metadata, name, annotations: { ...annotations, [autonamed]: "true" } } };
}

const autonamed = "pulumi.com/autonamed";

/** Properties a change of which makes another object. */
export function replacingChanges(before: JsonObject, after: JsonObject): string[] {
    const identity = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];
    const immutable = immutableByKind[text(plain(after["kind"] ?? before["kind"] ?? ""))] ?? [];
    return [...identity, ...immutable].filter((path) => {
        const [a, b] = [plain(at(before, path) ?? null), plain(at(after, path) ?? null)];
        return !hasUnknown(b) && JSON.stringify(a) !== JSON.stringify(b);
    });
}

/** Fields the API server refuses to change. */
const immutableByKind: Readonly<Record<string, readonly string[]>> = {
    Deployment: ["spec.selector"],
    DaemonSet: ["spec.selector"],
    ReplicaSet: ["spec.selector"],
    StatefulSet: ["spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
    Job: ["spec.selector", "spec.template"],
    StorageClass: ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
    RoleBinding: ["roleRef"],
    ClusterRoleBinding: ["roleRef"],
    PriorityClass: ["value"],
    CSIDriver: ["spec.attachRequired"],
};

function at(object: JsonObject, path: string): Json | undefined {
    return path.split(".").reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), object);
}

/** Equality regardless of the order of keys. */
export function same(a: Json, b: Json): boolean {
    return canonical(a) === canonical(b);
}

function canonical(value: Json): string {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (!isObject(value)) return JSON.stringify(value);
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{${entries
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
        .join(",")}}`;
}

/** What the API server reports, without what changes by itself. */
export function settled(live: JsonObject): JsonObject {
    const { managedFields: _managed, resourceVersion: _version, generation: _generation, ...metadata } = metadataOf(live);
    return { ...live, metadata };
}

/**
 * The inputs that describe the object as it is now: where the object differs from what it was after the last
 * change, its present value; elsewhere the given one (so that a value the server writes differently is no drift).
 */
export function inputsNow(inputs: Json, lastLive: Json, live: Json): Json {
    if (same(lastLive, live)) return inputs;
    if (isObject(inputs) && isObject(lastLive) && isObject(live)) {
        const entries = Object.entries(inputs).filter(([key]) => key in live || !(key in lastLive));
        return Object.fromEntries(entries.map(([key, value]) => [key, inputsNow(value, lastLive[key] ?? null, live[key] ?? null)]));
    }
    return live;
}
