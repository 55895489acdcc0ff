/**
 * Checks of what Kubernetes limits: labels, taints, kubelet settings and versions.
 * Syntax: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 * Reserved keys: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
import type { Problems } from "../core/errors";
import { nearest, show } from "../core/errors";
import { TaintEffect } from "../user-data";
import type { KubeletArgs, TaintArgs } from "../user-data";

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** An amount such as `100m`, `1.5Gi`, `20%`. */
const QUANTITY = /^\d+(?:\.\d+)?(?:m|k|[MGTPE]|[KMGTPE]i|%)?$/;
const MINOR = /^1\.(\d+)$/;

/** Reserved keys a kubelet may set all the same; anything below `node.kubernetes.io` and `kubelet.kubernetes.io` is free too. */
const KUBELET_LABELS = new Set([
    "beta.kubernetes.io/arch",
    "beta.kubernetes.io/instance-type",
    "beta.kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "kubernetes.io/arch",
    "kubernetes.io/hostname",
    "kubernetes.io/os",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
]);
/** Most taints EKS takes on one group (https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html). */
const MAX_TAINTS = 50;
/** Longest label and taint key of the EKS API. */
const MAX_EKS_KEY_LENGTH = 63;
/** How many minors a kubelet may be behind (https://kubernetes.io/releases/version-skew-policy/#kubelet). */
const MAX_SKEW = 3;

/** Checks labels; `managed` adds the limits of the EKS API. */
export function validateLabels(labels: Readonly<Record<string, string>>, managed: boolean, problems: Problems): void {
    for (const [key, value] of Object.entries(labels)) {
        const at = `labels.${key}`;
        validateKey(key, managed, at, problems);
        if (isReserved(key)) {
            problems.add(
                at,
                `the key ${show(key)} is reserved and a kubelet may not set it; use a prefix of your own, or node.kubernetes.io/`,
            );
        }
        problems.require(
            typeof value === "string" && VALUE.test(value),
            at,
            `label value ${show(value)} is refused by Kubernetes; use at most 63 letters, digits, "-", "_", "." with a letter or digit at both ends`,
        );
    }
}

/** Checks taints; `managed` adds the limits of the EKS API. */
export function validateTaints(taints: readonly TaintArgs[], managed: boolean, problems: Problems): void {
    problems.require(
        !managed || taints.length <= MAX_TAINTS,
        "taints",
        `${taints.length} taints, and EKS takes at most ${MAX_TAINTS} on a group`,
    );
    const effects: readonly string[] = Object.values(TaintEffect);
    const seen = new Set<string>();
    taints.forEach((taint, index) => {
        const at = `taints[${index}]`;
        validateKey(taint.key, managed, `${at}.key`, problems);
        problems.require(
            VALUE.test(taint.value ?? ""),
            `${at}.value`,
            `taint value ${show(taint.value)} is refused by Kubernetes; use at most 63 letters, digits, "-", "_", "."`,
        );
        if (!effects.includes(taint.effect)) {
            const meant = nearest(String(taint.effect).replaceAll("_", ""), effects);
            const hint = meant === undefined ? "" : ` (did you mean ${show(meant)}?)`;
            problems.add(`${at}.effect`, `${show(taint.effect)} is no taint effect${hint}; use one of ${effects.join(", ")}`);
        }
        const identity = `${taint.key}:${taint.effect}`;
        problems.require(!seen.has(identity), at, `the taint ${identity} is there twice; a key can have each effect once`);
        seen.add(identity);
    });
}

/** Checks kubelet settings. */
export function validateKubelet(kubelet: KubeletArgs, problems: Problems): void {
    const { maxPods } = kubelet;
    problems.require(
        maxPods === undefined || (Number.isInteger(maxPods) && maxPods >= 1 && maxPods <= 2_147_483_647),
        "kubelet.maxPods",
        `${show(maxPods)} is no number of pods; use a whole number from 1`,
    );
    const amounts = { kubeReserved: kubelet.kubeReserved, systemReserved: kubelet.systemReserved, evictionHard: kubelet.evictionHard };
    for (const [field, values] of Object.entries(amounts)) {
        for (const [resource, amount] of Object.entries(values ?? {})) {
            problems.require(
                QUANTITY.test(amount),
                `kubelet.${field}.${resource}`,
                `${show(amount)} is no amount; use a quantity such as "100m", "600Mi"${field === "evictionHard" ? ' or a share such as "5%"' : ""}`,
            );
        }
    }
}

/** Checks the nodes' version against the cluster's, where both are known. */
export function validateVersion(nodeVersion: string | undefined, clusterVersion: string | undefined, problems: Problems): void {
    if (nodeVersion === undefined) {
        return;
    }
    const node = minorOf(nodeVersion);
    if (node === undefined) {
        problems.add("kubernetesVersion", `${show(nodeVersion)} is no Kubernetes minor; write it as "1.35", quoted in YAML`);
        return;
    }
    const cluster = minorOf(clusterVersion);
    if (cluster !== undefined) {
        const allowed = `use 1.${cluster - MAX_SKEW} to 1.${cluster}`;
        problems.require(node <= cluster, "kubernetesVersion", `${nodeVersion} is newer than the cluster's ${clusterVersion}; ${allowed}`);
        problems.require(
            cluster - node <= MAX_SKEW,
            "kubernetesVersion",
            `${nodeVersion} is too old for a ${clusterVersion} cluster; ${allowed}`,
        );
    }
}

function minorOf(version: string | undefined): number | undefined {
    const match = MINOR.exec(version ?? "");
    return match === null ? undefined : Number(match[1]);
}

function validateKey(key: string, managed: boolean, path: string, problems: Problems): void {
    const slash = key.indexOf("/");
    const prefix = slash < 0 ? undefined : key.slice(0, slash);
    const name = key.slice(slash + 1);
    problems.require(
        NAME.test(name) && (prefix === undefined || (DNS_SUBDOMAIN.test(prefix) && prefix.length <= 253)),
        path,
        `key ${show(key)} is refused by Kubernetes; use "name" or "example.com/name" with at most 63 characters in the name`,
    );
    problems.require(
        !managed || key.length <= MAX_EKS_KEY_LENGTH,
        path,
        `key ${show(key)} has ${key.length} characters, and EKS takes at most ${MAX_EKS_KEY_LENGTH} on a managed group`,
    );
}

/** Keys the kubelet refuses to set (`--node-labels`), and those EKS keeps for itself. */
function isReserved(key: string): boolean {
    const slash = key.indexOf("/");
    const prefix = slash < 0 ? "" : key.slice(0, slash);
    const below = (domain: string): boolean => prefix === domain || prefix.endsWith(`.${domain}`);
    if (below("eks.amazonaws.com")) {
        return true;
    }
    const free = below("node.kubernetes.io") || below("kubelet.kubernetes.io") || KUBELET_LABELS.has(key);
    return (below("kubernetes.io") || below("k8s.io")) && !free;
}
