/**
 * Stands in for the Kubernetes plugin on the local bench: server-side apply with strict field validation on a
 * real API server (or files in a directory). The program's kubeconfig is ignored, because the endpoint of an
 * emulated cluster answers nothing.
 */
import type { CheckResult, CreateResult, DiffResult, InvokeResult, Provider, ReadResult, UpdateResult } from "@pulumi/pulumi/provider";
import { main as serve } from "@pulumi/pulumi/provider";
import { parseAllDocuments } from "yaml";
import { installedVersion } from "../project";
import { idOf, inputsNow, replacingChanges, same, settled, toObject, typeOf, withName } from "./objects";
import { targetFromEnvironment, type Target } from "./target";
import { hasUnknown, isObject, markSecrets, plain, text, type Json, type JsonObject } from "./values";

/** Where the inputs are kept beside what the API server reported. */
const inputsKey = "__inputs";

class KubernetesStandIn implements Provider {
    readonly version = installedVersion("@pulumi/kubernetes");

    constructor(private readonly target: () => Target) {}

    check(urn: string, olds: JsonObject, news: JsonObject): Promise<CheckResult> {
        return Promise.resolve(checked(urn, olds, news));
    }

    diff(_id: string, urn: string, olds: JsonObject, news: JsonObject): Promise<DiffResult> {
        return Promise.resolve(compared(urn, olds, news));
    }

    async create(urn: string, inputs: JsonObject): Promise<CreateResult> {
        const object = await this.target().place(toObject(urn, inputs));
        return { id: idOf(object), outs: outputs(await this.target().apply(urn, object), inputs) };
    }

    async update(_id: string, urn: string, _olds: JsonObject, news: JsonObject): Promise<UpdateResult> {
        const object = await this.target().place(toObject(urn, news));
        return { outs: outputs(await this.target().apply(urn, object), news) };
    }

    async read(id: string, urn: string, props: JsonObject = {}): Promise<ReadResult> {
        const inputs = isObject(props[inputsKey]) ? props[inputsKey] : undefined;
        const live = await this.target().read(await this.target().place(inputs ? toObject(urn, inputs) : fromId(id, urn)));
        if (live === undefined) return { id: "", props: {} };
        if (inputs === undefined) return { id, props: outputs(live, settled(live)), inputs: settled(live) };
        const { [inputsKey]: _inputs, ...last } = props;
        const now = inputsNow(inputs, plain(last), settled(live)) as JsonObject;
        return { id, props: outputs(live, now), inputs: now };
    }

    async delete(_id: string, urn: string, props: JsonObject): Promise<void> {
        const inputs = isObject(props[inputsKey]) ? props[inputsKey] : props;
        await this.target().delete(urn, await this.target().place(toObject(urn, inputs)));
    }

    /** `kubernetes:yaml:decode` is what ConfigFile and ConfigGroup parse their manifests with. */
    invoke(token: string, args: JsonObject): Promise<InvokeResult> {
        return Promise.resolve(invoked(token, args));
    }
}

function checked(urn: string, olds: JsonObject, news: JsonObject): CheckResult {
    if (isProvider(urn)) return { inputs: news };
    const { apiVersion, kind } = typeOf(urn);
    if (apiVersion.startsWith("helm.sh/")) {
        return {
            failures: [
                {
                    property: "",
                    reason: `${kind} of ${apiVersion} is not on the local bench: it needs a chart repository and the published plugin`,
                },
            ],
        };
    }
    if (kind.endsWith("List") && Array.isArray(news["items"])) {
        return { failures: [{ property: "items", reason: `${kind} is not on the local bench: declare the objects one by one` }] };
    }
    return { inputs: { ...withName(urn, news, olds ?? {}), apiVersion, kind } };
}

function compared(urn: string, olds: JsonObject, news: JsonObject): DiffResult {
    if (isProvider(urn)) return { changes: false };
    const before = isObject(olds[inputsKey]) ? olds[inputsKey] : {};
    const replaces = replacingChanges(before, news);
    // names are fixed, so the old object has to go first unless the new one has another name or namespace
    const deleteBeforeReplace = replaces.length > 0 && !replaces.some((path) => path.startsWith("metadata."));
    return { changes: !same(plain(before), plain(news)), replaces, deleteBeforeReplace };
}

function invoked(token: string, args: JsonObject): InvokeResult {
    if (token !== "kubernetes:yaml:decode") return { failures: [{ property: "", reason: `${token} is not on the local bench` }] };
    const documents = parseAllDocuments(text(plain(args["text"] ?? ""))) as { toJSON(): Json }[];
    const objects = documents.map((document) => document.toJSON()).filter(isObject);
    return {
        outputs: {
            result: objects.flatMap((one) => (Array.isArray(one["items"]) && text(one["kind"]).endsWith("List") ? one["items"] : [one])),
        },
    };
}

function isProvider(urn: string): boolean {
    return urn.includes("pulumi:providers:");
}

function outputs(live: JsonObject, inputs: JsonObject): JsonObject {
    const marked = hasUnknown(inputs) ? settled(live) : (markSecrets(settled(live), inputs) as JsonObject);
    return { ...marked, [inputsKey]: inputs };
}

function fromId(id: string, urn: string): JsonObject {
    const { apiVersion, kind } = typeOf(urn);
    const [namespace, name] = id.includes("/") ? id.split("/") : [undefined, id];
    return { apiVersion, kind, metadata: { name: name ?? "", ...(namespace === undefined ? {} : { namespace }) } };
}

let target: Target | undefined;

serve(new KubernetesStandIn(() => (target ??= targetFromEnvironment(process.env))), process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});
