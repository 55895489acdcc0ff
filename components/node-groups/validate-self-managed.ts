/**
 * Checks of what only self-managed groups have.
 * Limits: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
import type { Problems } from "../core/errors";
import { show } from "../core/errors";
import { SELF_MANAGED_DEFAULTS } from "./defaults";
import type { NodeGroupSettings } from "./defaults";
import { oneOf, within } from "./ranges";
import {
    InstanceFeature,
    LifecycleHookResult,
    LifecycleTransition,
    OnDemandAllocationStrategy,
    SpotAllocationStrategy,
} from "./self-managed-arguments";
import type { InstanceRequirementsArgs, NodeLifecycleHookArgs, RangeArgs, SelfManagedNodeGroupArgs } from "./self-managed-arguments";

/** Fields of managed groups that have no meaning here, with what to use instead. */
const MANAGED_ONLY: Readonly<Record<string, string>> = {
    capacityType: "use instancesDistribution",
    capacityReservationId: "use a managed group",
    updateConfig: "use instanceRefresh",
    nodeRepair: "use a managed group",
    forceUpdate: "use a managed group",
};
/** Processes an Auto Scaling group can hold. */
const SCALING_PROCESSES = {
    Launch: "Launch",
    Terminate: "Terminate",
    HealthCheck: "HealthCheck",
    ReplaceUnhealthy: "ReplaceUnhealthy",
    AZRebalance: "AZRebalance",
    AlarmNotification: "AlarmNotification",
    ScheduledActions: "ScheduledActions",
    AddToLoadBalancer: "AddToLoadBalancer",
    InstanceRefresh: "InstanceRefresh",
};

/** Checks instance choice, spot, refresh, hooks and the Auto Scaling group's own settings. */
export function validateSelfManaged(args: Partial<SelfManagedNodeGroupArgs>, settings: NodeGroupSettings, problems: Problems): void {
    for (const [field, instead] of Object.entries(MANAGED_ONLY)) {
        problems.require((args as Record<string, unknown>)[field] === undefined, field, `belongs to managed groups; ${instead}`);
    }
    validateRequirements(args, problems);
    validateDistribution(args, problems);
    validateRefresh(args, problems);
    validateHooks(args.lifecycleHooks ?? [], problems);
    validateGroup(args, problems);
    problems.require(
        args.nodeRole === undefined || args.nodeRole.instanceProfileName !== undefined || args.nodeRole.name !== undefined,
        "nodeRole",
        `instances need an instance profile; give instanceProfileName, or name so that the group makes one for ${settings.operatingSystem} nodes`,
    );
}

function validateRequirements(args: Partial<SelfManagedNodeGroupArgs>, problems: Problems): void {
    const requirements = args.instanceRequirements;
    if (requirements === undefined) {
        return;
    }
    const at = "instanceRequirements";
    problems.require(args.instanceTypes === undefined, at, "cannot go with instanceTypes; give one of the two");
    const needed: Partial<InstanceRequirementsArgs> = requirements;
    problems.require(needed.vcpuCount?.min !== undefined, `${at}.vcpuCount`, "needs min: the least virtual CPUs of a node");
    problems.require(needed.memoryMib?.min !== undefined, `${at}.memoryMib`, "needs min: the least memory of a node in MiB");
    problems.require(
        requirements.allowedInstanceTypes === undefined || requirements.excludedInstanceTypes === undefined,
        at,
        "has both allowedInstanceTypes and excludedInstanceTypes; give one",
    );
    validateRange(requirements.vcpuCount, `${at}.vcpuCount`, problems);
    validateRange(requirements.memoryMib, `${at}.memoryMib`, problems);
    validateRange(requirements.memoryGibPerVcpu, `${at}.memoryGibPerVcpu`, problems);
    validateRange(requirements.acceleratorCount, `${at}.acceleratorCount`, problems);
    oneOf(requirements.bareMetal, InstanceFeature, `${at}.bareMetal`, problems);
    oneOf(requirements.burstablePerformance, InstanceFeature, `${at}.burstablePerformance`, problems);
    oneOf(requirements.localStorage, InstanceFeature, `${at}.localStorage`, problems);
    problems.require(
        args.instancesDistribution?.onDemandAllocationStrategy !== OnDemandAllocationStrategy.Prioritized,
        "instancesDistribution.onDemandAllocationStrategy",
        '"prioritized" needs an ordered list of instanceTypes; use "lowest-price" with instanceRequirements',
    );
}

function validateRange(range: RangeArgs | undefined, path: string, problems: Problems): void {
    const { min, max } = range ?? {};
    problems.require((min ?? 0) >= 0 && (max ?? 0) >= 0, path, "has a negative end; use numbers from 0");
    problems.require(min === undefined || max === undefined || min <= max, path, `min ${min} is above max ${max}`);
}

function validateDistribution(args: Partial<SelfManagedNodeGroupArgs>, problems: Problems): void {
    const distribution = args.instancesDistribution;
    const at = "instancesDistribution";
    within(distribution?.onDemandBaseCapacity, 0, 10_000, `${at}.onDemandBaseCapacity`, problems);
    within(distribution?.onDemandPercentageAboveBase, 0, 100, `${at}.onDemandPercentageAboveBase`, problems);
    oneOf(distribution?.onDemandAllocationStrategy, OnDemandAllocationStrategy, `${at}.onDemandAllocationStrategy`, problems);
    oneOf(distribution?.spotAllocationStrategy, SpotAllocationStrategy, `${at}.spotAllocationStrategy`, problems);
    const spot = usesSpot(args);
    problems.require(
        spot || distribution?.spotAllocationStrategy === undefined,
        `${at}.spotAllocationStrategy`,
        "is for spot instances, and the group is all on-demand; set onDemandPercentageAboveBase below 100",
    );
    problems.require(spot || args.capacityRebalance !== true, "capacityRebalance", "is for spot instances, and the group is all on-demand");
    problems.require(!spot || args.warmPool === undefined, "warmPool", "cannot hold spot instances; make the group all on-demand");
}

/** Whether the group can have spot instances. */
export function usesSpot(args: Partial<SelfManagedNodeGroupArgs>): boolean {
    return (args.instancesDistribution?.onDemandPercentageAboveBase ?? 100) < 100;
}

function validateRefresh(args: Partial<SelfManagedNodeGroupArgs>, problems: Problems): void {
    const refresh = args.instanceRefresh ?? {};
    const at = "instanceRefresh";
    const least = refresh.minHealthyPercentage ?? SELF_MANAGED_DEFAULTS.minHealthyPercentage;
    const most = refresh.maxHealthyPercentage ?? SELF_MANAGED_DEFAULTS.maxHealthyPercentage;
    within(least, 0, 100, `${at}.minHealthyPercentage`, problems);
    within(most, 100, 200, `${at}.maxHealthyPercentage`, problems);
    problems.require(most - least <= 100, `${at}.maxHealthyPercentage`, `${most} is more than 100 above minHealthyPercentage ${least}`);
    problems.require(most > 100 || least < 100, at, "minHealthyPercentage and maxHealthyPercentage of 100 leave no room to replace a node");
    within(refresh.instanceWarmupSeconds, 0, 172_800, `${at}.instanceWarmupSeconds`, problems);
    within(refresh.checkpointDelaySeconds, 0, 172_800, `${at}.checkpointDelaySeconds`, problems);
    const checkpoints = refresh.checkpointPercentages ?? [];
    checkpoints.forEach((share, index) => {
        within(share, 1, 100, `${at}.checkpointPercentages[${index}]`, problems);
        problems.require(
            index === 0 || share > (checkpoints[index - 1] ?? 0),
            `${at}.checkpointPercentages[${index}]`,
            `${share} does not ascend; list shares in rising order, such as [10, 50, 100]`,
        );
    });
    problems.require(
        refresh.checkpointDelaySeconds === undefined || checkpoints.length > 0,
        `${at}.checkpointDelaySeconds`,
        "has no checkpoint to wait at; give checkpointPercentages",
    );
    problems.require(
        refresh.autoRollback !== true || args.imageId !== undefined,
        `${at}.autoRollback`,
        "Auto Scaling cannot roll back to an image that is looked up at launch; fix the image with imageId",
    );
}

function validateHooks(hooks: readonly NodeLifecycleHookArgs[], problems: Problems): void {
    hooks.forEach((hook, index) => {
        const at = `lifecycleHooks[${index}]`;
        problems.require(/^[A-Za-z0-9_/-]{1,255}$/.test(hook.name), `${at}.name`, `${show(hook.name)}: use letters, digits, "-", "_", "/"`);
        problems.require(hooks.findIndex(({ name }) => name === hook.name) === index, `${at}.name`, `${show(hook.name)} is there twice`);
        oneOf(hook.transition, LifecycleTransition, `${at}.transition`, problems);
        oneOf(hook.defaultResult, LifecycleHookResult, `${at}.defaultResult`, problems);
        within(hook.heartbeatTimeoutSeconds, 30, 7_200, `${at}.heartbeatTimeoutSeconds`, problems);
        problems.require(
            (hook.notificationTargetArn === undefined) === (hook.roleArn === undefined),
            `${at}.roleArn`,
            "notificationTargetArn and roleArn go together; give both or neither",
        );
    });
}

function validateGroup(args: Partial<SelfManagedNodeGroupArgs>, problems: Problems): void {
    within(args.maxInstanceLifetimeSeconds, 86_400, 31_536_000, "maxInstanceLifetimeSeconds", problems);
    within(args.healthCheckGracePeriodSeconds, 0, 7_200, "healthCheckGracePeriodSeconds", problems);
    within(args.defaultInstanceWarmupSeconds, 0, 7_200, "defaultInstanceWarmupSeconds", problems);
    (args.suspendedProcesses ?? []).forEach((process, index) => {
        oneOf(process, SCALING_PROCESSES, `suspendedProcesses[${index}]`, problems);
    });
    const timeout = args.waitForCapacityTimeout;
    problems.require(
        timeout === undefined || (/^(?:0|(?:\d+h)?(?:\d+m)?(?:\d+s)?)$/.test(timeout) && timeout !== ""),
        "waitForCapacityTimeout",
        `${show(timeout)} is no duration; write it as "10m", or "0" not to wait`,
    );
}
