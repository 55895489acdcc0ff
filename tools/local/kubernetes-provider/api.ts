/** The parts of the Kubernetes API the stand-in uses, over HTTPS with the kubeconfig's client certificate. */
import * as fs from "node:fs";
import * as https from "node:https";
import { parse } from "yaml";
import { text, type Json, type JsonObject } from "./values";

/** An answer of the API server that is not a success. */
export class ApiError extends Error {
    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
    }
}

interface Kind {
    readonly plural: string;
    readonly namespaced: boolean;
}

interface Kubeconfig {
    readonly "current-context": string;
    readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
    readonly clusters: readonly { readonly name: string; readonly cluster: Record<string, string> }[];
    readonly users: readonly { readonly name: string; readonly user: Record<string, string> }[];
}

/** How long one request may take. */
const requestSeconds = 30;

/** A client for one API server. */
export class KubernetesApi {
    private readonly kinds = new Map<string, Kind>();
    private readonly server: URL;
    private readonly agent: https.Agent;

    constructor(kubeconfigFile: string) {
        const config = parse(fs.readFileSync(kubeconfigFile, "utf8")) as Kubeconfig;
        const context = config.contexts.find((one) => one.name === config["current-context"])?.context;
        const cluster = config.clusters.find((one) => one.name === context?.cluster)?.cluster;
        const user = config.users.find((one) => one.name === context?.user)?.user;
        if (!cluster?.["server"] || !user) throw new Error(`${kubeconfigFile} has no usable current context`);
        const decode = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64");
        this.server = new URL(cluster["server"]);
        this.agent = new https.Agent({
            keepAlive: true,
            maxSockets: 8,
            ca: decode(cluster["certificate-authority-data"]),
            cert: decode(user["client-certificate-data"]),
            key: decode(user["client-key-data"]),
        });
    }

    /** Server-side apply with strict validation of fields. */
    async apply(object: JsonObject, fieldManager: string): Promise<JsonObject> {
        const path = `${await this.pathOf(object)}?fieldManager=${encodeURIComponent(fieldManager)}&force=true&fieldValidation=Strict`;
        return this.request("PATCH", path, JSON.stringify(object), "application/apply-patch+yaml");
    }

    /** The object as it is, or undefined when there is none. */
    async read(object: JsonObject): Promise<JsonObject | undefined> {
        try {
            return await this.request("GET", await this.pathOf(object));
        } catch (error) {
            if (error instanceof ApiError && error.status === 404) return undefined;
            throw error;
        }
    }

    /** Deletes the object and waits until it has gone, for at most `limitSeconds`. */
    async delete(object: JsonObject, limitSeconds: number): Promise<void> {
        const path = await this.pathOf(object);
        try {
            await this.request(
                "DELETE",
                path,
                JSON.stringify({ apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" }),
            );
        } catch (error) {
            if (error instanceof ApiError && error.status === 404) return;
            throw error;
        }
        const end = Date.now() + limitSeconds * 1000;
        for (let live = await this.read(object); live !== undefined; live = await this.read(object)) {
            await this.finishNamespace(live);
            if (Date.now() > end)
                throw new Error(`${text(object["kind"])} still exists ${limitSeconds} s after its deletion; finalizers hold it`);
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
    }

    /** No controller manager runs on the bench, so nobody else would take the finalizer from a deleted namespace. */
    private async finishNamespace(live: JsonObject): Promise<void> {
        if (live["kind"] !== "Namespace") return;
        const path = `${await this.pathOf(live)}/finalize`;
        await this.request("PUT", path, JSON.stringify({ ...live, spec: { finalizers: [] } })).catch((error: unknown) => {
            if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error;
        });
    }

    /** The namespace the object goes to: its own, `default`, or none for a kind without namespaces. */
    async namespaceFor(object: JsonObject): Promise<string | undefined> {
        const metadata = object["metadata"] as JsonObject | undefined;
        const namespace = metadata?.["namespace"];
        return (await this.kindOf(object)).namespaced ? (typeof namespace === "string" ? namespace : "default") : undefined;
    }

    private async pathOf(object: JsonObject): Promise<string> {
        const { plural } = await this.kindOf(object);
        const namespace = await this.namespaceFor(object);
        const name = (object["metadata"] as JsonObject | undefined)?.["name"];
        const scope = namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
        return `${groupPath(text(object["apiVersion"]))}${scope}/${plural}/${encodeURIComponent(text(name))}`;
    }

    /** Looks the kind up; a kind of a definition that was made a moment ago may take a few seconds to appear. */
    private async kindOf(object: JsonObject): Promise<Kind> {
        const [apiVersion, kind] = [text(object["apiVersion"]), text(object["kind"])];
        const key = `${apiVersion} ${kind}`;
        for (let attempt = 0; ; attempt++) {
            const known = this.kinds.get(key);
            if (known) return known;
            if (attempt === 20)
                throw new ApiError(
                    404,
                    `the API server of the bench has no ${kind} in ${apiVersion}; is its CustomResourceDefinition deployed before it?`,
                );
            if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 500));
            await this.discover(apiVersion);
        }
    }

    private async discover(apiVersion: string): Promise<void> {
        try {
            const list = await this.request("GET", groupPath(apiVersion));
            for (const one of (list["resources"] ?? []) as JsonObject[]) {
                const name = text(one["name"]);
                if (!name.includes("/"))
                    this.kinds.set(`${apiVersion} ${text(one["kind"])}`, { plural: name, namespaced: one["namespaced"] === true });
            }
        } catch (error) {
            if (!(error instanceof ApiError && error.status === 404)) throw error;
        }
    }

    private request(method: string, path: string, body?: string, type = "application/json"): Promise<JsonObject> {
        return new Promise((resolve, reject) => {
            const headers = {
                accept: "application/json",
                ...(body === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(body) }),
            };
            const options = {
                method,
                host: this.server.hostname,
                port: this.server.port,
                path,
                headers,
                agent: this.agent,
                timeout: requestSeconds * 1000,
            };
            const request = https.request(options, (answer) => {
                const chunks: Buffer[] = [];
                answer.on("data", (chunk: Buffer) => chunks.push(chunk));
                answer.on("end", () => {
                    const body = Buffer.concat(chunks).toString();
                    const status = answer.statusCode ?? 0;
                    if (status >= 200 && status < 300) resolve(JSON.parse(body) as JsonObject);
                    else reject(new ApiError(status, messageOf(body)));
                });
            });
            request.on("timeout", () => request.destroy(new Error(`${method} ${path}: no answer in ${requestSeconds} s`)));
            request.on("error", reject);
            request.end(body);
        });
    }
}

function groupPath(apiVersion: string): string {
    return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function messageOf(body: string): string {
    try {
        const message: Json | undefined = (JSON.parse(body) as JsonObject)["message"];
        return typeof message === "string" ? message : body.slice(0, 500);
    } catch {
        return body.slice(0, 500);
    }
}
