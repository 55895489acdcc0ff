/**
 * Amazon Linux 2023 joining EKS: a MIME document with a NodeConfig part that nodeadm reads.
 * Format: https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
 */
import { stringify as stringifyYaml } from "yaml";
import { Problems, show } from "../core/errors";
import { sortedKeys } from "../core/plain";
import { measured, OperatingSystem, sortedTaints, UserDataKind } from "./bootstrap";
import type { ClusterFacts, NodeBootstrap, NodeFacts, UserData } from "./bootstrap";
import { mimeDocument } from "./mime";
import type { MimePart } from "./mime";
import { parseToml } from "./toml";

/** What nodeadm does with the instance's own NVMe disks. */
export const LocalStorageStrategy = {
    /** One striped array for containerd, pod logs and emptyDir. */
    Raid0: "RAID0",
    /** One mirrored and striped array. */
    Raid10: "RAID10",
    /** Each disk mounted by itself, for workloads to use. */
    Mount: "Mount",
} as const;
/** What nodeadm does with the instance's own NVMe disks. */
export type LocalStorageStrategy = (typeof LocalStorageStrategy)[keyof typeof LocalStorageStrategy];

/** Settings of Amazon Linux 2023 nodes (https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/). */
export interface NodeadmArgs {
    /**
     * Shell commands in a script part ahead of the NodeConfig; each entry is one or more lines. cloud-init runs them
     * once, before the kubelet starts, with `set -o errexit`. Default: none.
     */
    preCommands?: string[];
    /**
     * Shell commands in a script part after the NodeConfig, run by cloud-init after `preCommands`. The image starts the
     * kubelet only when cloud-init is done, so these run before the node joins as well. Default: none.
     */
    postCommands?: string[];
    /** Further kubelet flags, such as `--v=4`. Default: none. */
    kubeletFlags?: string[];
    /**
     * CEL expression for the most pods on a node; knows `default_enis`, `ips_per_eni` and `max_pods`. Cannot go with
     * `kubelet.maxPods`. A failing expression falls back to the image's formula. Default: none.
     */
    maxPodsExpression?: string;
    /** containerd configuration, TOML, merged over the image's own. Refused when it does not parse. Default: none. */
    containerdConfig?: string;
    /** What to do with instance-store disks. Default: they are left alone. */
    localStorageStrategy?: LocalStorageStrategy;
    /** nodeadm feature gates, such as `{ FastImagePull: true }`. Default: none. */
    featureGates?: Record<string, boolean>;
    /** Environment variables by systemd service, `default` for all, such as proxy settings. Default: none. */
    environment?: Record<string, Record<string, string>>;
}

/** Content type by which nodeadm finds its part. */
export const NODE_CONFIG_CONTENT_TYPE = "application/node.eks.aws";

/** Amazon Linux 2023 × EKS. */
export function nodeadmBootstrap(settings: NodeadmArgs = {}): NodeBootstrap {
    return {
        operatingSystem: OperatingSystem.AmazonLinux2023,
        userData: (node, cluster) => nodeadmUserData(settings, node, cluster),
        problems: (node) => nodeadmProblems(settings, node),
    };
}

function nodeadmUserData(settings: NodeadmArgs, node: NodeFacts, cluster: ClusterFacts | undefined): UserData {
    const nodeConfig = nodeConfigDocument(settings, node, cluster);
    const parts: MimePart[] = [
        ...shellPart(settings.preCommands),
        ...(nodeConfig === undefined ? [] : [{ contentType: NODE_CONFIG_CONTENT_TYPE, body: stringifyYaml(nodeConfig, { lineWidth: 0 }) }]),
        ...shellPart(settings.postCommands),
    ];
    return measured(UserDataKind.Mime, parts.length === 0 ? "" : mimeDocument(parts));
}

/** The NodeConfig as an object, or nothing when every field is left to EKS and the image. */
export function nodeConfigDocument(settings: NodeadmArgs, node: NodeFacts, cluster?: ClusterFacts): object | undefined {
    const { extraConfiguration, maxPods, kubeReserved, systemReserved, evictionHard } = node.kubelet;
    const spec = pruned({
        cluster: cluster && {
            name: cluster.name,
            apiServerEndpoint: cluster.endpoint,
            certificateAuthority: cluster.certificateAuthority,
            cidr: cluster.serviceCidr,
        },
        containerd: { config: settings.containerdConfig },
        featureGates: settings.featureGates,
        instance: {
            environment: settings.environment,
            localStorage: { strategy: settings.localStorageStrategy },
        },
        kubelet: {
            config: { ...extraConfiguration, ...defined({ maxPods, kubeReserved, systemReserved, evictionHard }) },
            flags: [...(cluster ? registrationFlags(node) : []), ...(settings.kubeletFlags ?? [])],
            maxPodsExpression: settings.maxPodsExpression,
        },
    });
    return spec === undefined ? undefined : { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec: sortedKeys(spec) };
}

/** Labels and taints go through flags; the NodeConfig has no fields of its own for them. */
function registrationFlags(node: NodeFacts): string[] {
    const labels = Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
    const taints = sortedTaints(node.taints).map((taint) => `${taint.key}=${taint.value ?? ""}:${taint.effect}`);
    return [
        ...(labels.length > 0 ? [`--node-labels=${labels.sort().join(",")}`] : []),
        ...(taints.length > 0 ? [`--register-with-taints=${taints.join(",")}`] : []),
    ];
}

function shellPart(commands: readonly string[] | undefined): MimePart[] {
    if (commands === undefined || commands.length === 0) {
        return [];
    }
    const body = ["#!/usr/bin/env bash", "set -o errexit -o pipefail -o nounset", ...commands].join("\n");
    return [{ contentType: "text/x-shellscript", body }];
}

function nodeadmProblems(settings: NodeadmArgs, node: NodeFacts): ReturnType<NodeBootstrap["problems"]> {
    const problems = new Problems();
    problems.require(
        settings.maxPodsExpression === undefined || node.kubelet.maxPods === undefined,
        "nodeadm.maxPodsExpression",
        "cannot go with kubelet.maxPods, which wins in nodeadm; give one of the two",
    );
    for (const [index, flag] of (settings.kubeletFlags ?? []).entries()) {
        const at = `nodeadm.kubeletFlags[${index}]`;
        problems.require(flag.startsWith("--"), at, `${show(flag)} is no kubelet flag; begin it with "--"`);
        problems.require(
            !/^--(node-labels|register-with-taints)\b/.test(flag),
            at,
            `${show(flag)} would replace the group's own; use labels and taints`,
        );
    }
    if (settings.containerdConfig !== undefined) {
        try {
            parseToml(settings.containerdConfig);
        } catch (error) {
            const [line] = String(error instanceof Error ? error.message : error).split("\n");
            problems.add("nodeadm.containerdConfig", `not TOML: ${line}`);
        }
    }
    const strategies: readonly string[] = Object.values(LocalStorageStrategy);
    const strategy = settings.localStorageStrategy;
    problems.require(
        strategy === undefined || strategies.includes(strategy),
        "nodeadm.localStorageStrategy",
        `${show(strategy)} is unknown; use one of ${strategies.join(", ")}`,
    );
    return [...problems.list];
}

function defined<T extends object>(value: T): Partial<T> {
    return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<T>;
}

/** Leaves out undefined values and the objects and lists that are empty without them; an empty whole is undefined. */
function pruned(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.length === 0 ? undefined : value;
    }
    if (value === null || typeof value !== "object") {
        return value;
    }
    const entries = Object.entries(value).map(([key, item]) => [key, pruned(item)] as const);
    const kept = entries.filter(([, item]) => item !== undefined);
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
