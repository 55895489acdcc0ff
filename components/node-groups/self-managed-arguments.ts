/**
 * Arguments of a self-managed node group: a launch template and an Auto Scaling group.
 * Values follow https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
import type * as pulumi from "@pulumi/pulumi";
import type { NodeGroupArgs } from "./arguments";

/** How spot pools are chosen (https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html). */
export const SpotAllocationStrategy = {
    /** Deep pools first, the cheapest of them: fewest interruptions for the price. */
    PriceCapacityOptimized: "price-capacity-optimized",
    /** The deepest pools. */
    CapacityOptimized: "capacity-optimized",
    /** The deepest pools, in the order of the instance types where possible. */
    CapacityOptimizedPrioritized: "capacity-optimized-prioritized",
    /** The cheapest pools; most interruptions. */
    LowestPrice: "lowest-price",
} as const;
/** How spot pools are chosen. */
export type SpotAllocationStrategy = (typeof SpotAllocationStrategy)[keyof typeof SpotAllocationStrategy];

/** How on-demand types are chosen. */
export const OnDemandAllocationStrategy = {
    /** In the order of `instanceTypes`. */
    Prioritized: "prioritized",
    /** The cheapest; the only choice with `instanceRequirements`. */
    LowestPrice: "lowest-price",
} as const;
/** How on-demand types are chosen. */
export type OnDemandAllocationStrategy = (typeof OnDemandAllocationStrategy)[keyof typeof OnDemandAllocationStrategy];

/** When a lifecycle hook holds an instance. */
export const LifecycleTransition = {
    /** Before it enters service. */
    Launching: "autoscaling:EC2_INSTANCE_LAUNCHING",
    /** Before it ends: time to drain the node. */
    Terminating: "autoscaling:EC2_INSTANCE_TERMINATING",
} as const;
/** When a lifecycle hook holds an instance. */
export type LifecycleTransition = (typeof LifecycleTransition)[keyof typeof LifecycleTransition];

/** What happens when nobody completes a lifecycle hook in time. */
export const LifecycleHookResult = {
    /** The transition goes on. */
    Continue: "CONTINUE",
    /** A launching instance is ended; a terminating one ends at once. */
    Abandon: "ABANDON",
} as const;
/** What happens when nobody completes a lifecycle hook in time. */
export type LifecycleHookResult = (typeof LifecycleHookResult)[keyof typeof LifecycleHookResult];

/** Whether attribute-based selection takes a kind of instance. */
export const InstanceFeature = {
    /** With and without. */
    Included: "included",
    /** Only without. */
    Excluded: "excluded",
    /** Only with. */
    Required: "required",
} as const;
/** Whether attribute-based selection takes a kind of instance. */
export type InstanceFeature = (typeof InstanceFeature)[keyof typeof InstanceFeature];

/** A range; an open end has no limit. */
export interface RangeArgs {
    /** Least value. */
    min?: number;
    /** Most. */
    max?: number;
}

/** Instance types by attributes (https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-mixed-instances-group-attribute-based-instance-type-selection.html). */
export interface InstanceRequirementsArgs {
    /** Virtual CPUs; `min` is needed. */
    vcpuCount: RangeArgs;
    /** Memory in MiB; `min` is needed. */
    memoryMib: RangeArgs;
    /** Memory for each virtual CPU, in GiB. Default: any. */
    memoryGibPerVcpu?: RangeArgs;
    /** Processor makers: `intel`, `amd`, `amazon-web-services`. Default: any of the image's architecture. */
    cpuManufacturers?: string[];
    /** `current`, `previous`. Default: current. */
    instanceGenerations?: string[];
    /** Types or patterns to choose from, such as `m6*`. Cannot go with `excludedInstanceTypes`. Default: all. */
    allowedInstanceTypes?: string[];
    /** Types or patterns to leave out. Default: none. */
    excludedInstanceTypes?: string[];
    /** Bare metal. Default: `excluded`. */
    bareMetal?: InstanceFeature;
    /** Burstable types such as t3. Default: `excluded`. */
    burstablePerformance?: InstanceFeature;
    /** Instance-store disks. Default: `included`. */
    localStorage?: InstanceFeature;
    /** Number of accelerators; `{ max: 0 }` for none. Default: none. */
    acceleratorCount?: RangeArgs;
}

/** Mix of on-demand and spot (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html). */
export interface InstancesDistributionArgs {
    /** On-demand instances before any spot, 0 or more. Default: 0. */
    onDemandBaseCapacity?: number;
    /** On-demand share of what is above, in percent, 0 to 100. Default: 100; 0 is all spot. */
    onDemandPercentageAboveBase?: number;
    /** Choice among on-demand types. Default: `prioritized`, or `lowest-price` with `instanceRequirements`. */
    onDemandAllocationStrategy?: OnDemandAllocationStrategy;
    /** Choice among spot pools. Default: `price-capacity-optimized`. */
    spotAllocationStrategy?: SpotAllocationStrategy;
}

/** Replacement of instances after a change of the template (https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html). */
export interface InstanceRefreshArgs {
    /** Whether a change starts a refresh; without, only new instances have the change. Default: true. */
    enabled?: boolean;
    /** Least healthy instances in percent of the desired size, 0 to 100. Default: 100. */
    minHealthyPercentage?: number;
    /** Most, 100 to 200 and at most 100 above the least. Default: 110, so that new nodes start before old ones end. */
    maxHealthyPercentage?: number;
    /** Seconds until a new instance counts as ready. Default: the group's own warm-up. */
    instanceWarmupSeconds?: number;
    /** Shares at which the refresh waits, in percent, ascending, such as `[10, 50, 100]`; one below 100 as the last replaces no more. */
    checkpointPercentages?: number[];
    /** Seconds to wait at a checkpoint, 0 to 172800. Default: 3600. */
    checkpointDelaySeconds?: number;
    /** Whether a failed refresh goes back. AWS needs a fixed AMI for it (`imageId`). Default: false. */
    autoRollback?: boolean;
    /** Whether instances that match the template already are kept. Default: false. */
    skipMatching?: boolean;
    /** CloudWatch alarms that make the refresh fail. Default: none. */
    alarmNames?: string[];
}

/** A pause while an instance starts or ends (https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html). */
export interface NodeLifecycleHookArgs {
    /** Name within the group, which the resource is named by. */
    name: string;
    /** When the instance is held. */
    transition: LifecycleTransition;
    /** Seconds until the default result, 30 to 7200. Default: 300. */
    heartbeatTimeoutSeconds?: number;
    /** What happens then. Default: `CONTINUE`. */
    defaultResult?: LifecycleHookResult;
    /** SNS topic or SQS queue that is told. Default: EventBridge only. */
    notificationTargetArn?: pulumi.Input<string>;
    /** Role that may publish there; needed with a target. */
    roleArn?: pulumi.Input<string>;
}

/** A node group of an own launch template and Auto Scaling group. */
export interface SelfManagedNodeGroupArgs extends NodeGroupArgs {
    /** Instance types by attributes, instead of `instanceTypes`; give `architecture` for Arm. */
    instanceRequirements?: InstanceRequirementsArgs;
    /** Mix of on-demand and spot. Default: all on-demand. */
    instancesDistribution?: InstancesDistributionArgs;
    /** Replacement of instances after a change. Default: rolling, all nodes. */
    instanceRefresh?: InstanceRefreshArgs;
    /** Lifecycle hooks, in place before the first instance. Default: none. */
    lifecycleHooks?: NodeLifecycleHookArgs[];
    /** Whether a spot instance at risk is replaced before it is interrupted. Default: true when spot can occur. */
    capacityRebalance?: boolean;
    /** Seconds after which an instance is replaced, 86400 to 31536000. Default: never. */
    maxInstanceLifetimeSeconds?: number;
    /** Which instance goes first on scale-in. Default: `["OldestLaunchTemplate", "OldestInstance"]`. */
    terminationPolicies?: string[];
    /** Scaling processes held, such as `AZRebalance`. Default: `AZRebalance`, which would end nodes without draining them. */
    suspendedProcesses?: string[];
    /** Seconds before health checks count. Default: 300. */
    healthCheckGracePeriodSeconds?: number;
    /** Seconds until a new instance counts in metrics and refreshes. Default: 120. */
    defaultInstanceWarmupSeconds?: number;
    /** How long creation waits for `minSize` healthy instances, such as `10m`; `0` does not wait. Default: `10m`. */
    waitForCapacityTimeout?: string;
    /**
     * Whether the group makes its role's EKS access entry (EC2_LINUX). Default: false, because the cluster component makes
     * the entry of the node role its groups share; a second entry for one role is refused by EKS.
     */
    createAccessEntry?: boolean;
}
