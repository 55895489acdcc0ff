/** From configuration to the arguments of components: the same keys, grouped otherwise. Pure. */
import type { EksClusterSettings } from "../../components/eks";
import type { NetworkArgs } from "../../components/network";
import type { ManagedNodeGroupArgs, SelfManagedNodeGroupArgs } from "../../components/node-groups";
import type { StackConfig } from "./schema";

/** A node group's arguments without what only the program knows. */
export type NodeGroupSettings = Omit<ManagedNodeGroupArgs & SelfManagedNodeGroupArgs, "cluster" | "nodeRole" | "subnets">;

/** Arguments of `Network`. */
export function networkSettings(config: StackConfig): NetworkArgs {
    const { existing: _existing, ...network } = config.network;
    return { region: config.region, ...network, clusterNames: [config.clusterName], tags: config.tags };
}

/** Arguments of `EksCluster`, without its network. */
export function clusterSettings(config: StackConfig): EksClusterSettings {
    const { region, clusterName, kubernetesVersion, cluster, logging, access, addons, tags } = config;
    return { region, clusterName, kubernetesVersion, ...cluster, logging, access, addons, tags };
}

/** Arguments of a node group; its own tags win over the environment's. */
export function nodeGroupArgs(config: StackConfig, group: StackConfig["nodeGroups"][string]): NodeGroupSettings {
    const { kind: _kind, subnetTier: _tier, zones: _zones, tags, ...settings } = group;
    return { ...settings, tags: { ...config.tags, ...tags } };
}
