/** Reads user data of nodes: how long it is, and how many pods it has the kubelet take. */
import { parseAllDocuments } from "yaml";
import { parseToml } from "../../../components/user-data/toml";
import type { PlannedResource } from "../plan-file";
import { SECRET } from "../plan-file";
import { BudgetKind, budgetOf } from "./model";
import type { Budget } from "./model";
import { Type, listAt, numberAt, objectAt, textsAt } from "./plan-index";
import type { PlanIndex } from "./plan-index";

/** Bytes of user data before base64 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html). */
const USER_DATA_BYTES = 16_384;

const ADVICE =
    "shorten nodeadm.preCommands, nodeadm.postCommands or bottlerocket settings of the group; fetch long scripts from S3, or put them in the image";

/** Size of user data, for every launch template and instance that has any. */
export function userDataBudgets(index: PlanIndex): Budget[] {
    return [...index.ofType(Type.LaunchTemplate), ...index.ofType(Type.Instance)].flatMap((resource) => {
        const text = userDataOf(resource);
        const parts = [{ what: "user data before base64", amount: Buffer.byteLength(text ?? "") }];
        const budget = { kind: BudgetKind.UserData, subject: resource.name, urn: resource.urn, limit: USER_DATA_BYTES, unit: "bytes" };
        return text === undefined ? [] : [budgetOf({ ...budget, parts, advice: ADVICE })];
    });
}

/** Decoded user data; undefined when there is none or it is not known. */
export function userDataOf(resource: PlannedResource | undefined): string | undefined {
    const { userData, userDataBase64 } = resource?.inputs ?? {};
    const isPlain = resource?.type === Type.Instance && typeof userData === "string";
    const text = isPlain ? userData : (userData ?? userDataBase64);
    if (typeof text !== "string" || text === "" || text === SECRET || text === "__unknown__") {
        return undefined;
    }
    return isPlain ? text : Buffer.from(text, "base64").toString("utf8");
}

/** Most pods the user data has the kubelet take; undefined when it leaves that to EKS or the image. */
export function maxPodsOf(text: string | undefined): number | undefined {
    if (text === undefined) {
        return undefined;
    }
    return bottlerocketMaxPods(text) ?? nodeConfigMaxPods(text);
}

function bottlerocketMaxPods(text: string): number | undefined {
    if (!/^\s*\[?settings\b/m.test(text)) {
        return undefined;
    }
    try {
        return numberAt(objectAt(objectAt(parseToml(text)["settings"])["kubernetes"])["max-pods"]);
    } catch {
        return undefined;
    }
}

/** nodeadm merges the NodeConfig documents in order; a flag wins over the configuration file. */
function nodeConfigMaxPods(text: string): number | undefined {
    const specs = mimeBodies(text).flatMap(nodeConfigs);
    const fromConfig = specs.map(({ config }) => numberAt(objectAt(config)["maxPods"]));
    const fromFlags = specs.flatMap(({ flags }) => textsAt(flags).map((flag) => numberAt(/^--max-pods[= ](\d+)$/.exec(flag)?.[1])));
    return [...fromConfig, ...fromFlags].filter((value) => value !== undefined).at(-1);
}

function nodeConfigs(body: string): Record<string, unknown>[] {
    if (!body.includes("node.eks.aws")) {
        return [];
    }
    const documents = listAt(parseAllDocuments(body)) as { toJS: () => unknown; errors: unknown[] }[];
    return documents
        .filter((document) => document.errors.length === 0)
        .map((document) => objectAt(objectAt(objectAt(document.toJS())["spec"])["kubelet"]));
}

/** Bodies of a MIME document's parts; the text itself when it is none. */
function mimeBodies(text: string): string[] {
    const boundary = /boundary="?([^"\s;]+)"?/.exec(text)?.[1];
    if (!/^MIME-Version:/im.test(text) || boundary === undefined) {
        return [text];
    }
    const parts = text.split(new RegExp(`^--${boundary.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?:--)?\\s*$`, "m"));
    return parts.slice(1).map((part) => part.replace(/^\s*(?:[A-Za-z-]+:.*\n)*\r?\n/, ""));
}
