/** Where objects go: to the bench's API server, or as files into a directory when there is none. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ApiError, KubernetesApi } from "./api";
import { metadataOf, typeOf } from "./objects";
import { text, type JsonObject } from "./values";

/** What the provider does with an object. */
export interface Target {
    /** Fills in the namespace the object goes to. */
    place(object: JsonObject): Promise<JsonObject>;
    /** Makes the object as given, and returns it as it is then. */
    apply(urn: string, object: JsonObject): Promise<JsonObject>;
    /** The object as it is now, if it is there. */
    read(object: JsonObject): Promise<JsonObject | undefined>;
    /** Removes the object; waits until it has gone. */
    delete(urn: string, object: JsonObject): Promise<void>;
}

/** How long a deletion is waited for. */
const deletionSeconds = 60;

/** The target the environment names. */
export function targetFromEnvironment(environment: NodeJS.ProcessEnv): Target {
    const kubeconfig = environment["LOCAL_BENCH_KUBECONFIG"];
    if (kubeconfig) return new ApiTarget(new KubernetesApi(kubeconfig));
    const directory = environment["LOCAL_BENCH_RENDER_DIR"];
    if (directory) return new DirectoryTarget(directory);
    throw new Error("neither LOCAL_BENCH_KUBECONFIG nor LOCAL_BENCH_RENDER_DIR is set; this stand-in is for the local bench only");
}

class ApiTarget implements Target {
    constructor(private readonly api: KubernetesApi) {}

    async place(object: JsonObject): Promise<JsonObject> {
        const { namespace: _given, ...metadata } = metadataOf(object);
        const namespace = await this.api.namespaceFor(object);
        return { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } };
    }

    async apply(urn: string, object: JsonObject): Promise<JsonObject> {
        if (typeOf(urn).patch && (await this.api.read(object)) === undefined) {
            throw new ApiError(
                404,
                `there is no ${text(object["kind"])} ${text(metadataOf(object)["name"])} to patch on the bench's API server`,
            );
        }
        return this.api.apply(object, fieldManager(urn));
    }

    read(object: JsonObject): Promise<JsonObject | undefined> {
        return this.api.read(object);
    }

    async delete(urn: string, object: JsonObject): Promise<void> {
        if (!typeOf(urn).patch) return this.api.delete(object, deletionSeconds);
        if ((await this.api.read(object)) === undefined) return;
        const { name, namespace } = metadataOf(object);
        // applying an object without fields gives up what this patch had set, and leaves the rest
        const empty = {
            apiVersion: object["apiVersion"] ?? "",
            kind: object["kind"] ?? "",
            metadata: { name: name ?? "", ...(namespace === undefined ? {} : { namespace }) },
        };
        await this.api.apply(empty, fieldManager(urn));
    }
}

/** Patches of one object must not take each other's fields, so each has a manager of its own. */
function fieldManager(urn: string): string {
    return typeOf(urn).patch ? `pulumi-patch-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}` : "pulumi-kubernetes";
}

class DirectoryTarget implements Target {
    constructor(private readonly directory: string) {}

    place(object: JsonObject): Promise<JsonObject> {
        return Promise.resolve(object);
    }

    apply(_urn: string, object: JsonObject): Promise<JsonObject> {
        fs.mkdirSync(this.directory, { recursive: true });
        fs.writeFileSync(this.file(object), `${JSON.stringify(object, null, 2)}\n`, { mode: 0o600 });
        return Promise.resolve(object);
    }

    read(object: JsonObject): Promise<JsonObject | undefined> {
        const file = this.file(object);
        return Promise.resolve(fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as JsonObject) : undefined);
    }

    delete(_urn: string, object: JsonObject): Promise<void> {
        fs.rmSync(this.file(object), { force: true });
        return Promise.resolve();
    }

    private file(object: JsonObject): string {
        const { namespace, name } = metadataOf(object);
        const parts = [object["apiVersion"], object["kind"], namespace, name].filter((part) => typeof part === "string");
        return path.join(this.directory, `${parts.join("_").replace(/[^A-Za-z0-9_.-]/g, "-")}.json`);
    }
}
