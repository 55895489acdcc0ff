/**
 * How many addresses a node takes and how many pods its addresses carry, by the settings of the Amazon VPC CNI plugin.
 * Rules: https://github.com/aws/amazon-vpc-cni-k8s (README, docs/eni-and-ip-target.md, docs/prefix-and-ip-target.md).
 */
import { parse as parseYaml } from "yaml";
import type { PlannedResource } from "../plan-file";
import type { InstanceCapacity } from "../tables/instance-capacity";
import { Type, numberAt, objectAt } from "./plan-index";
import type { PlanIndex } from "./plan-index";

/** Settings of the plugin that bear on addresses. */
export interface CniSettings {
    /** Pods have IPv6 addresses, out of one /80 per node. */
    ipv6: boolean;
    /** Addresses are taken sixteen at a time. */
    prefixDelegation: boolean;
    /** Pods have subnets of their own. */
    customNetworking: boolean;
    /** Interfaces kept free. */
    warmInterfaces: number;
    /** Addresses kept free; takes the place of `warmInterfaces` and `warmPrefixes`. */
    warmAddresses?: number;
    /** Addresses held at least; takes the place of the same. */
    minimumAddresses?: number;
    /** Prefixes kept free. */
    warmPrefixes: number;
    /** Most interfaces. */
    maxInterfaces?: number;
}

/** Addresses of one node, by the subnet they come from. */
export interface NodeAddresses {
    /** Out of the node's own subnet. */
    node: number;
    /** Out of the pods' subnet, with custom networking. */
    pod: number;
}

/** Addresses of a prefix: a /28. */
const PREFIX_SIZE = 16;

/** Pods on the host's network that the secondary-address formula adds: aws-node and kube-proxy. */
const HOST_NETWORK_PODS = 2;

/** Settings of the plugin in a cluster; without an add-on EKS runs it with its defaults. */
export function cniSettings(index: PlanIndex, cluster: PlannedResource | undefined): CniSettings {
    const addons = index.ofType(Type.Addon).filter(({ inputs }) => inputs["addonName"] === "vpc-cni");
    const own = addons.filter((addon) => cluster === undefined || index.referred(addon, "clusterName", Type.Cluster).includes(cluster));
    const env = environmentOf((own[0] ?? addons[0])?.inputs["configurationValues"]);
    const positive = (key: string): number | undefined => {
        const value = numberAt(env[key]);
        return value !== undefined && value > 0 ? value : undefined;
    };
    return {
        ipv6: isTrue(env["ENABLE_IPv6"]) || objectAt(cluster?.inputs["kubernetesNetworkConfig"])["ipFamily"] === "ipv6",
        prefixDelegation: isTrue(env["ENABLE_PREFIX_DELEGATION"]),
        customNetworking: isTrue(env["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"]),
        warmInterfaces: Math.max(0, numberAt(env["WARM_ENI_TARGET"]) ?? 1),
        warmAddresses: positive("WARM_IP_TARGET"),
        minimumAddresses: positive("MINIMUM_IP_TARGET"),
        warmPrefixes: positive("WARM_PREFIX_TARGET") ?? 1,
        maxInterfaces: positive("MAX_ENI"),
    };
}

/** The `env` block of the add-on's configuration, JSON or YAML. */
function environmentOf(configuration: unknown): Record<string, unknown> {
    if (typeof configuration !== "string") {
        return objectAt(objectAt(configuration)["env"]);
    }
    try {
        return objectAt(objectAt(parseYaml(configuration))["env"]);
    } catch {
        return {};
    }
}

/** The words Go's ParseBool takes for true; the plugin falls back to its default on any other. */
function isTrue(value: unknown): boolean {
    return value === true || ["1", "t", "T", "TRUE", "true", "True"].includes(String(value));
}

/** Interfaces that carry pods, and the places for addresses or prefixes on each. */
function podInterfaces(capacity: InstanceCapacity, cni: CniSettings): { interfaces: number; slots: number } {
    const usable = Math.min(capacity.interfaces, cni.maxInterfaces ?? capacity.interfaces);
    return { interfaces: Math.max(0, usable - (cni.customNetworking ? 1 : 0)), slots: Math.max(0, capacity.addressesPerInterface - 1) };
}

/** The plugin falls back to single addresses on Xen, with no more than a line in its log. */
function usesPrefixes(capacity: InstanceCapacity, cni: CniSettings): boolean {
    return cni.prefixDelegation && capacity.platform !== "xen";
}

/** Pods the addresses of a node carry; without a limit for IPv6. */
export function podsByAddresses(capacity: InstanceCapacity, cni: CniSettings): number {
    if (cni.ipv6) {
        return Number.POSITIVE_INFINITY;
    }
    const { interfaces, slots } = podInterfaces(capacity, cni);
    return interfaces * slots * (usesPrefixes(capacity, cni) ? PREFIX_SIZE : 1) + HOST_NETWORK_PODS;
}

/** Pods an image allows by itself: the formula of secondary addresses, whatever the plugin is set to. */
export function podsByImage(capacity: InstanceCapacity): number {
    return capacity.interfaces * (capacity.addressesPerInterface - 1) + HOST_NETWORK_PODS;
}

/**
 * Addresses of a node that is full of pods. The plugin stops taking more once it holds as many as the kubelet takes
 * pods (pkg/ipamd in aws/amazon-vpc-cni-k8s).
 */
export function addressesWhenFull(capacity: InstanceCapacity, cni: CniSettings, maxPods: number): NodeAddresses {
    const { interfaces, slots } = podInterfaces(capacity, cni);
    if (cni.ipv6) {
        return { node: 1, pod: 0 };
    }
    const wanted = Math.max(maxPods, cni.minimumAddresses ?? 0);
    if (usesPrefixes(capacity, cni)) {
        return placed(cni, prefixed(Math.ceil(wanted / PREFIX_SIZE), interfaces, slots));
    }
    return placed(cni, secondary(wanted, interfaces, slots, takesSingleAddresses(cni)));
}

/** Addresses of a node with few pods: what is in use fits on one interface or prefix, and the warm pool comes on top. */
export function addressesAtRest(capacity: InstanceCapacity, cni: CniSettings, maxPods: number): NodeAddresses {
    const { interfaces, slots } = podInterfaces(capacity, cni);
    if (cni.ipv6) {
        return { node: 1, pod: 0 };
    }
    const full = addressesWhenFull(capacity, cni, maxPods);
    const warm = Math.max(cni.warmAddresses ?? 0, cni.minimumAddresses ?? 0);
    let rest: number;
    if (usesPrefixes(capacity, cni)) {
        rest = prefixed(takesSingleAddresses(cni) ? Math.ceil(warm / PREFIX_SIZE) : 1 + cni.warmPrefixes, interfaces, slots);
    } else if (takesSingleAddresses(cni)) {
        rest = secondary(warm, interfaces, slots, true);
    } else {
        rest = Math.min(interfaces, 1 + cni.warmInterfaces) * (slots + 1);
    }
    const atRest = placed(cni, rest);
    return { node: Math.min(full.node, atRest.node), pod: Math.min(full.pod, atRest.pod) };
}

function takesSingleAddresses(cni: CniSettings): boolean {
    return cni.warmAddresses !== undefined || cni.minimumAddresses !== undefined;
}

/** Addresses of interfaces that carry prefixes, each interface's own included. */
function prefixed(wanted: number, interfaces: number, slots: number): number {
    const prefixes = Math.min(wanted, interfaces * slots);
    return prefixes * PREFIX_SIZE + interfacesFor(prefixes, interfaces, slots);
}

/** Addresses of interfaces that carry single addresses: taken one by one, or a whole interface at a time. */
function secondary(wanted: number, interfaces: number, slots: number, single: boolean): number {
    const addresses = Math.min(wanted, interfaces * slots);
    const used = interfacesFor(addresses, interfaces, slots);
    return single ? addresses + used : used * (slots + 1);
}

function interfacesFor(entries: number, interfaces: number, slots: number): number {
    return Math.min(interfaces, Math.max(1, slots === 0 ? 1 : Math.ceil(entries / slots)));
}

/** With custom networking the first interface stays in the node's subnet and carries no pods. */
function placed(cni: CniSettings, addresses: number): NodeAddresses {
    return cni.customNetworking ? { node: 1, pod: addresses } : { node: Math.max(1, addresses), pod: 0 };
}
