/**
 * Checks of what only managed groups have.
 * Limits: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
import type { Problems } from "../core/errors";
import { show } from "../core/errors";
import { CapacityType, UpdateStrategy } from "./managed-arguments";
import type { ManagedNodeGroupArgs } from "./managed-arguments";
import type { NodeGroupSettings } from "./defaults";
import { oneOf, within } from "./ranges";

/** Fields of self-managed groups that have no meaning here, with what to use instead. */
const SELF_MANAGED_ONLY: Readonly<Record<string, string>> = {
    instancesDistribution: 'use capacityType "spot", or a self-managed group for a mix',
    instanceRequirements: "use instanceTypes, or a self-managed group",
    instanceRefresh: "EKS replaces nodes itself; use updateConfig",
    lifecycleHooks: "EKS drains nodes itself; use a self-managed group",
};

/** Checks capacity type, update settings and repair. */
export function validateManaged(args: Partial<ManagedNodeGroupArgs>, settings: NodeGroupSettings, problems: Problems): void {
    for (const [field, instead] of Object.entries(SELF_MANAGED_ONLY)) {
        problems.require((args as Record<string, unknown>)[field] === undefined, field, `belongs to self-managed groups; ${instead}`);
    }
    validateCapacity(args, settings, problems);
    validateUpdates(args, problems);
    validateRepair(args, problems);
}

function validateCapacity(args: Partial<ManagedNodeGroupArgs>, settings: NodeGroupSettings, problems: Problems): void {
    oneOf(args.capacityType, CapacityType, "capacityType", problems);
    const isBlock = args.capacityType === CapacityType.CapacityBlock;
    const reservation = args.capacityReservationId;
    problems.require(!isBlock || reservation !== undefined, "capacityReservationId", "a capacity block needs its reservation id, cr-…");
    problems.require(isBlock || reservation === undefined, "capacityReservationId", 'only goes with capacityType "capacity-block"');
    problems.require(
        reservation === undefined || /^cr-[0-9a-f]+$/.test(reservation),
        "capacityReservationId",
        `${show(reservation)} is no reservation id; write it as "cr-0123456789abcdef0"`,
    );
    problems.require(
        !isBlock || settings.instanceTypes.length === 1,
        "instanceTypes",
        "a capacity block holds one instance type; name exactly that one",
    );
    problems.require(
        args.warmPool === undefined || args.capacityType === undefined || args.capacityType === CapacityType.OnDemand,
        "warmPool",
        'only goes with capacityType "on-demand"',
    );
}

function validateUpdates(args: Partial<ManagedNodeGroupArgs>, problems: Problems): void {
    const update = args.updateConfig;
    within(update?.maxUnavailable, 1, 100, "updateConfig.maxUnavailable", problems);
    within(update?.maxUnavailablePercentage, 1, 100, "updateConfig.maxUnavailablePercentage", problems);
    oneOf(update?.strategy, UpdateStrategy, "updateConfig.strategy", problems);
    problems.require(
        update?.maxUnavailable === undefined || update.maxUnavailablePercentage === undefined,
        "updateConfig",
        "has both maxUnavailable and maxUnavailablePercentage; give one",
    );
}

function validateRepair(args: Partial<ManagedNodeGroupArgs>, problems: Problems): void {
    const repair = args.nodeRepair;
    within(repair?.maxUnhealthyCount, 1, 10_000, "nodeRepair.maxUnhealthyCount", problems);
    within(repair?.maxUnhealthyPercentage, 1, 100, "nodeRepair.maxUnhealthyPercentage", problems);
    within(repair?.maxParallelCount, 1, 10_000, "nodeRepair.maxParallelCount", problems);
    within(repair?.maxParallelPercentage, 1, 100, "nodeRepair.maxParallelPercentage", problems);
    problems.require(
        repair?.maxUnhealthyCount === undefined || repair.maxUnhealthyPercentage === undefined,
        "nodeRepair",
        "has both maxUnhealthyCount and maxUnhealthyPercentage; give one",
    );
    problems.require(
        repair?.maxParallelCount === undefined || repair.maxParallelPercentage === undefined,
        "nodeRepair",
        "has both maxParallelCount and maxParallelPercentage; give one",
    );
}
