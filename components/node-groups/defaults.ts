/**
 * Defaults of node groups, and the settings of a group with every default filled in.
 * Each value is secure and costs nothing beyond the instances; the reasons stand beside the arguments.
 */
import type * as pulumi from "@pulumi/pulumi";
import { OperatingSystem } from "../user-data";
import type { BottlerocketArgs, KubeletArgs, NodeadmArgs, TaintArgs } from "../user-data";
import { Accelerator, Architecture, MetadataTokens } from "./arguments";
import type { NodeGroupArgs } from "./arguments";
import { architectureOf } from "./instance-types";

/** Defaults shared by both kinds of group. */
export const NODE_GROUP_DEFAULTS = Object.freeze({
    minSize: 1,
    maxSize: 3,
    instanceType: "m6i.large",
    architecture: Architecture.X86,
    operatingSystem: OperatingSystem.AmazonLinux2023,
    accelerator: Accelerator.None,
    diskSizeGib: 50,
    diskIops: 3_000,
    diskThroughput: 125,
    /** Bottlerocket's root volume holds the read-only system and nothing else. */
    bottlerocketRootSizeGib: 4,
    metadataTokens: MetadataTokens.Required,
    metadataHopLimit: 1,
});

/** Defaults of managed groups. */
export const MANAGED_DEFAULTS = Object.freeze({ maxUnavailablePercentage: 33, nodeRepair: true });

/** Defaults of self-managed groups. */
export const SELF_MANAGED_DEFAULTS = Object.freeze({
    minHealthyPercentage: 100,
    maxHealthyPercentage: 110,
    checkpointDelaySeconds: 3_600,
    hookTimeoutSeconds: 300,
    healthCheckGracePeriodSeconds: 300,
    defaultInstanceWarmupSeconds: 120,
    terminationPolicies: Object.freeze(["OldestLaunchTemplate", "OldestInstance"]),
    suspendedProcesses: Object.freeze(["AZRebalance"]),
});

/** The disk with its defaults. */
export interface DiskSettings {
    /** Size in GiB. */
    sizeGib: number;
    /** I/O operations a second. */
    iops: number;
    /** MiB/s. */
    throughput: number;
    /** KMS key, when not the account's. */
    kmsKeyId?: pulumi.Input<string>;
}

/** A node group's settings with every default filled in. */
export interface NodeGroupSettings {
    /** Least nodes. */
    minSize: number;
    /** Most nodes. */
    maxSize: number;
    /** Nodes at creation. */
    desiredSize: number;
    /** Instance types; empty when chosen by attributes. */
    instanceTypes: string[];
    /** Architecture. */
    architecture: Architecture;
    /** Operating system. */
    operatingSystem: OperatingSystem;
    /** Accelerator support. */
    accelerator: Accelerator;
    /** Node labels. */
    labels: Record<string, string>;
    /** Node taints. */
    taints: TaintArgs[];
    /** Kubelet settings. */
    kubelet: KubeletArgs;
    /** Settings of Amazon Linux 2023. */
    nodeadm: NodeadmArgs;
    /** Settings of Bottlerocket. */
    bottlerocket: BottlerocketArgs;
    /** Disk for images, logs and scratch space. */
    disk: DiskSettings;
    /** Instance metadata service. */
    metadata: { tokens: MetadataTokens; hopLimit: number };
    /** What the autoscaler is told. */
    autoscaler: { enabled: boolean; resources: Record<string, string> };
}

/** Fills in the defaults. `instanceTypes` is empty when the group chooses types by attributes. */
export function withDefaults(args: Partial<NodeGroupArgs>, byAttributes = false): NodeGroupSettings {
    const minSize = args.minSize ?? NODE_GROUP_DEFAULTS.minSize;
    const instanceTypes = byAttributes ? [] : (args.instanceTypes ?? [defaultInstanceType(args)]);
    return {
        minSize,
        maxSize: args.maxSize ?? Math.max(NODE_GROUP_DEFAULTS.maxSize, minSize),
        desiredSize: args.desiredSize ?? minSize,
        instanceTypes,
        architecture: args.architecture ?? instanceTypes.map(architectureOf).find(Boolean) ?? NODE_GROUP_DEFAULTS.architecture,
        operatingSystem: args.operatingSystem ?? NODE_GROUP_DEFAULTS.operatingSystem,
        accelerator: args.accelerator ?? NODE_GROUP_DEFAULTS.accelerator,
        labels: args.labels ?? {},
        taints: args.taints ?? [],
        kubelet: args.kubelet ?? {},
        nodeadm: args.nodeadm ?? {},
        bottlerocket: args.bottlerocket ?? {},
        disk: {
            sizeGib: args.disk?.sizeGib ?? NODE_GROUP_DEFAULTS.diskSizeGib,
            iops: args.disk?.iops ?? NODE_GROUP_DEFAULTS.diskIops,
            throughput: args.disk?.throughput ?? NODE_GROUP_DEFAULTS.diskThroughput,
            kmsKeyId: args.disk?.kmsKeyId,
        },
        metadata: {
            tokens: args.metadata?.tokens ?? NODE_GROUP_DEFAULTS.metadataTokens,
            hopLimit: args.metadata?.hopLimit ?? NODE_GROUP_DEFAULTS.metadataHopLimit,
        },
        autoscaler: { enabled: args.autoscaler?.enabled ?? true, resources: args.autoscaler?.resources ?? {} },
    };
}

/** The same size on either architecture. */
function defaultInstanceType(args: Partial<NodeGroupArgs>): string {
    return args.architecture === Architecture.Arm ? "m6g.large" : NODE_GROUP_DEFAULTS.instanceType;
}
