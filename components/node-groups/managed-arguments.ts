/**
 * Arguments of a managed node group.
 * Values follow https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
import type { NodeGroupArgs } from "./arguments";

/** How instances of a managed group are bought. */
export const CapacityType = {
    /** At the list price. */
    OnDemand: "on-demand",
    /** Spare capacity, ended with two minutes' notice. */
    Spot: "spot",
    /** Accelerated instances reserved beforehand as a capacity block. */
    CapacityBlock: "capacity-block",
} as const;
/** How instances of a managed group are bought. */
export type CapacityType = (typeof CapacityType)[keyof typeof CapacityType];

/** In which order an update replaces nodes. */
export const UpdateStrategy = {
    /** New nodes first, then old ones end. */
    Default: "default",
    /** Old nodes end first; for scarce capacity. */
    Minimal: "minimal",
} as const;
/** In which order an update replaces nodes. */
export type UpdateStrategy = (typeof UpdateStrategy)[keyof typeof UpdateStrategy];

/** How an update goes through a group (https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html). */
export interface UpdateConfigArgs {
    /** Most nodes unavailable at once, 1 to 100. Cannot go with the percentage. */
    maxUnavailable?: number;
    /** Most nodes unavailable at once, in percent, 1 to 100. Default: 33. */
    maxUnavailablePercentage?: number;
    /** Order of replacement. Default: left to EKS, which starts new nodes first. */
    strategy?: UpdateStrategy;
}

/** Automatic repair of unhealthy nodes (https://docs.aws.amazon.com/eks/latest/userguide/node-health.html). */
export interface NodeRepairArgs {
    /** Whether EKS replaces or reboots unhealthy nodes. Default: true. */
    enabled?: boolean;
    /** Above so many unhealthy nodes repair stops. Cannot go with the percentage. */
    maxUnhealthyCount?: number;
    /** Above so many unhealthy nodes, in percent, repair stops. Default: left to EKS. */
    maxUnhealthyPercentage?: number;
    /** Most nodes under repair at once. Cannot go with the percentage. */
    maxParallelCount?: number;
    /** Most nodes under repair at once, in percent of the unhealthy ones. Default: left to EKS. */
    maxParallelPercentage?: number;
}

/** A node group run by EKS, with a launch template of its own. */
export interface ManagedNodeGroupArgs extends NodeGroupArgs {
    /** How instances are bought. Changing it replaces the group. Default: `on-demand`. */
    capacityType?: CapacityType;
    /** Id of the capacity block's reservation, `cr-…`; needed with `capacity-block` and refused without. */
    capacityReservationId?: string;
    /** How updates go through the group. Default: 33 % unavailable. */
    updateConfig?: UpdateConfigArgs;
    /** Automatic repair. Default: on. */
    nodeRepair?: NodeRepairArgs;
    /** Whether an update goes on when a disruption budget keeps pods from being evicted. Default: false; the update then fails. */
    forceUpdate?: boolean;
}
