/**
 * Arguments shared by managed and self-managed node groups.
 * Values follow https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, SubnetHandle } from "../core/handles";
import type { Tags } from "../core/tags";
import type { BottlerocketArgs, KubeletArgs, NodeadmArgs, OperatingSystem, TaintArgs } from "../user-data";

/** Processor architecture of nodes. */
export const Architecture = {
    /** 64-bit Intel and AMD. */
    X86: "x86_64",
    /** 64-bit Arm: Graviton. */
    Arm: "arm64",
} as const;
/** Processor architecture of nodes. */
export type Architecture = (typeof Architecture)[keyof typeof Architecture];

/** Accelerator support built into the image. */
export const Accelerator = {
    /** None: the standard image. */
    None: "none",
    /** NVIDIA driver and container toolkit. */
    Nvidia: "nvidia",
    /** AWS Neuron driver, for Inferentia and Trainium; Amazon Linux 2023 on x86_64 only. */
    Neuron: "neuron",
} as const;
/** Accelerator support built into the image. */
export type Accelerator = (typeof Accelerator)[keyof typeof Accelerator];

/** Whether the instance metadata service answers without a session token. */
export const MetadataTokens = {
    /** IMDSv2 only. */
    Required: "required",
    /** IMDSv1 as well. Any process that can be made to send a GET request can then read the node's credentials. */
    Optional: "optional",
} as const;
/** Whether the instance metadata service answers without a session token. */
export type MetadataTokens = (typeof MetadataTokens)[keyof typeof MetadataTokens];

/** State of instances that wait in a warm pool. */
export const WarmPoolState = {
    /** Stopped: only the disks cost. */
    Stopped: "Stopped",
    /** Running. */
    Running: "Running",
    /** Hibernated: memory on disk; the image and type must support it. */
    Hibernated: "Hibernated",
} as const;
/** State of instances that wait in a warm pool. */
export type WarmPoolState = (typeof WarmPoolState)[keyof typeof WarmPoolState];

/** The IAM role nodes run as, made by this package or elsewhere. */
export interface NodeRoleHandle {
    /** Role ARN, `arn:aws:iam::…:role/…`. */
    arn: pulumi.Input<string>;
    /** Role name; needed by a self-managed group that is to make its own instance profile. */
    name?: pulumi.Input<string>;
    /** Instance profile of the role; self-managed groups make one when it is left out. */
    instanceProfileName?: pulumi.Input<string>;
    /** The role's policy attachments: groups depend on them, so that nodes never run, nor stop, without their permissions. */
    dependencies: pulumi.Resource[];
}

/** The encrypted gp3 volume of a node (https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html). */
export interface DiskArgs {
    /** Size in GiB, 20 to 65536. Default: 50. */
    sizeGib?: number;
    /** I/O operations a second, 3000 to 80000 and at most 500 a GiB. Default: 3000, which costs nothing more. */
    iops?: number;
    /** Throughput in MiB/s, 125 to 2000 and at most a quarter of `iops`. Default: 125, which costs nothing more. */
    throughput?: number;
    /**
     * KMS key id or ARN. Its policy must let the Auto Scaling service-linked role use it, or instances end at once with
     * `Client.InternalError`. Default: the account's EBS key.
     */
    kmsKeyId?: pulumi.Input<string>;
}

/** Instance metadata service (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html). */
export interface MetadataArgs {
    /** Whether a session token is needed. Default: `required`. `optional` is reported by the policy pack. */
    tokens?: MetadataTokens;
    /**
     * Network hops a token response may travel, 1 to 64. Default: 1, which keeps it from pods that have their own network
     * namespace; 2 lets them read the node's credentials and is reported by the policy pack.
     */
    hopLimit?: number;
}

/** What Cluster Autoscaler is told by tags on the Auto Scaling groups. */
export interface AutoscalerTagArgs {
    /** Whether the tags are written. Default: true. */
    enabled?: boolean;
    /**
     * Resources of a node the autoscaler cannot know while the group has none, such as `{ "example.com/fpga": "1" }`.
     * `ephemeral-storage` follows from the disk. Default: none.
     */
    resources?: Record<string, string>;
}

/** Instances kept ready beside the group (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html). */
export interface WarmPoolArgs {
    /** Least instances in the pool. Default: 0. */
    minSize?: number;
    /** Most instances in group and pool together; AWS uses the group's maximum when it is left out. */
    maxPreparedCapacity?: number;
    /** State of waiting instances. Default: `Stopped`. */
    poolState?: WarmPoolState;
    /** Whether instances return to the pool on scale-in. Default: false. */
    reuseOnScaleIn?: boolean;
}

/** What managed and self-managed node groups have in common. */
export interface NodeGroupArgs {
    /** The cluster nodes join. The group waits for the handle's `dependencies`. */
    cluster: ClusterHandle;
    /** The role nodes run as. */
    nodeRole: NodeRoleHandle;
    /** Subnets of the nodes: one at least, and one a zone with `perZone`. */
    subnets: SubnetHandle[];
    /**
     * One group for each zone, so that the autoscaler can add a node where a zonal volume lies; sizes then count for each
     * zone. Switching it replaces the groups. Default: false.
     */
    perZone?: boolean;
    /** Least nodes, 0 or more. Default: 1. */
    minSize?: number;
    /** Most nodes, 1 or more. Default: 3. */
    maxSize?: number;
    /** Nodes at creation, between `minSize` and `maxSize`. Later changes are left to the autoscaler. Default: `minSize`. */
    desiredSize?: number;
    /** Whether updates enforce `desiredSize`; do not combine with an autoscaler. Default: false. */
    ownDesiredSize?: boolean;
    /** Instance types of one architecture, the preferred first. Default: `["m6i.large"]`. */
    instanceTypes?: string[];
    /** Take instance types this package does not know yet; `architecture` then decides the image. Default: false. */
    allowUnknownInstanceTypes?: boolean;
    /** Architecture of the nodes. Default: that of `instanceTypes`. */
    architecture?: Architecture;
    /** Operating system. Default: `al2023`. Changing it replaces the nodes. */
    operatingSystem?: OperatingSystem;
    /** Accelerator support of the image. Default: `none`. */
    accelerator?: Accelerator;
    /** A fixed AMI, `ami-…`, of the chosen operating system. Default: the EKS image of the Kubernetes version. */
    imageId?: pulumi.Input<string>;
    /**
     * A fixed release of the EKS image: `1.35.2-20251120` (Amazon Linux 2023) or `1.50.0-7e2ff0ea` (Bottlerocket).
     * Default: the release current when an instance or a managed group is created.
     */
    releaseVersion?: string;
    /** Kubernetes minor of the nodes, such as `1.35`; not newer than the cluster's, at most three older. Default: the cluster's. */
    kubernetesVersion?: string;
    /** Node labels; keys in `kubernetes.io` and `k8s.io` are reserved but for those a kubelet may set. Default: none. */
    labels?: Record<string, string>;
    /** Node taints; one key may have several effects. Default: none. */
    taints?: TaintArgs[];
    /** Kubelet settings. Default: the image's own. */
    kubelet?: KubeletArgs;
    /** Settings of Amazon Linux 2023; refused with another operating system. */
    nodeadm?: NodeadmArgs;
    /** Settings of Bottlerocket; refused with another operating system. */
    bottlerocket?: BottlerocketArgs;
    /** The encrypted volume that holds images, logs and scratch space: root on Amazon Linux, data on Bottlerocket. */
    disk?: DiskArgs;
    /** Instance metadata service. Default: tokens required, hop limit 1. */
    metadata?: MetadataArgs;
    /** CloudWatch metrics every minute, at extra cost. Default: false. */
    detailedMonitoring?: boolean;
    /** EBS-optimized launch; only needed on types that are not so by default, refused by types that cannot. Default: left to the type. */
    ebsOptimized?: boolean;
    /** Security groups beside the cluster's. None may carry the cluster tag, or load balancers stop working. Default: none. */
    additionalSecurityGroupIds?: pulumi.Input<string>[];
    /** Tags for Cluster Autoscaler. Default: written. */
    autoscaler?: AutoscalerTagArgs;
    /** Instances kept ready. Default: none. */
    warmPool?: WarmPoolArgs;
    /** Tags for every resource and for instances, volumes and network interfaces. Default: none. */
    tags?: Tags;
}
