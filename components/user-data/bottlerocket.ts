/**
 * Bottlerocket joining EKS: TOML settings.
 * Keys: https://bottlerocket.dev/en/os/latest/#/api/settings/kubernetes/
 */
import { Problems, show } from "../core/errors";
import { sortedKeys } from "../core/plain";
import { measured, OperatingSystem, sortedTaints, UserDataKind } from "./bootstrap";
import type { ClusterFacts, NodeBootstrap, NodeFacts, UserData } from "./bootstrap";
import { clusterDnsAddress } from "./cluster-dns";
import { stringifyToml } from "./toml";

/** Settings of Bottlerocket nodes (https://bottlerocket.dev/en/os/latest/#/api/settings/). */
export interface BottlerocketArgs {
    /**
     * Whether the admin container runs, which gives root on the host over SSH. Default: the image's own, which is off.
     */
    adminContainer?: boolean;
    /** Whether the control container runs, which is the way in through Session Manager. Default: the image's own, which is on. */
    controlContainer?: boolean;
    /**
     * Further settings below `settings`, merged over those of the group, such as
     * `{ kernel: { lockdown: "integrity" } }`. A key Bottlerocket does not know makes it refuse the whole document, and
     * the node does not join. Default: none.
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the package schema has "any" and no "unknown"
    settings?: Record<string, any>;
}

/** Bottlerocket × EKS. */
export function bottlerocketBootstrap(settings: BottlerocketArgs = {}): NodeBootstrap {
    return {
        operatingSystem: OperatingSystem.Bottlerocket,
        userData: (node, cluster) => bottlerocketUserData(settings, node, cluster),
        problems: (node) => bottlerocketProblems(settings, node),
    };
}

function bottlerocketUserData(args: BottlerocketArgs, node: NodeFacts, cluster: ClusterFacts | undefined): UserData {
    const own = {
        kubernetes: { ...kubeletSettings(node), ...(cluster && { ...clusterSettings(cluster), ...registrationSettings(node) }) },
        "host-containers": { ...container("admin", args.adminContainer), ...container("control", args.controlContainer) },
    };
    const settings = withoutEmptyTables(sortedKeys(merged(own, args.settings ?? {})) as TomlTable);
    const text = Object.keys(settings).length === 0 ? "" : `${stringifyToml({ settings }).trimEnd()}\n`;
    return measured(UserDataKind.Toml, text);
}

function clusterSettings(cluster: ClusterFacts): TomlTable {
    return {
        "cluster-name": cluster.name,
        "api-server": cluster.endpoint,
        "cluster-certificate": cluster.certificateAuthority,
        "cluster-dns-ip": clusterDnsAddress(cluster.serviceCidr),
    };
}

/** A taint key maps to a list of `value:effect`, so that one key can have several effects. */
function registrationSettings(node: NodeFacts): TomlTable {
    const taints: Record<string, string[]> = {};
    for (const taint of sortedTaints(node.taints)) {
        (taints[taint.key] ??= []).push(`${taint.value ?? ""}:${taint.effect}`);
    }
    return { "node-labels": { ...node.labels }, "node-taints": taints };
}

function kubeletSettings({ kubelet }: NodeFacts): TomlTable {
    return {
        "max-pods": kubelet.maxPods,
        "kube-reserved": kubelet.kubeReserved,
        "system-reserved": kubelet.systemReserved,
        "eviction-hard": kubelet.evictionHard,
    };
}

function container(name: string, enabled: boolean | undefined): TomlTable {
    return enabled === undefined ? {} : { [name]: { enabled } };
}

function bottlerocketProblems(args: BottlerocketArgs, node: NodeFacts): ReturnType<NodeBootstrap["problems"]> {
    const problems = new Problems();
    problems.require(
        node.kubelet.extraConfiguration === undefined,
        "kubelet.extraConfiguration",
        "Bottlerocket takes no KubeletConfiguration fields; use bottlerocket.settings.kubernetes with its own keys",
    );
    const at = "bottlerocket.settings";
    if (args.settings !== undefined && "settings" in args.settings) {
        problems.add(at, `has a key "settings"; give what stands below it: ${show(Object.keys(args.settings))}`);
    }
    try {
        stringifyToml(withoutEmptyTables((args.settings ?? {}) as TomlTable));
    } catch (error) {
        problems.add(at, `cannot be written as TOML: ${error instanceof Error ? error.message : String(error)}`);
    }
    return [...problems.list];
}

type TomlTable = Record<string, unknown>;

function isTable(value: unknown): value is TomlTable {
    return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

/** Tables merge key by key; anything else is replaced by the later one. */
function merged(base: TomlTable, over: TomlTable): TomlTable {
    const result = { ...base };
    for (const [key, value] of Object.entries(over)) {
        const current = Object.hasOwn(result, key) ? result[key] : undefined;
        result[key] = isTable(current) && isTable(value) ? merged(current, value) : value;
    }
    return result;
}

function withoutEmptyTables(table: TomlTable): TomlTable {
    const entries = Object.entries(table).map(([key, value]) => [key, isTable(value) ? withoutEmptyTables(value) : value] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined && !(isTable(value) && Object.keys(value).length === 0)));
}
