/**
 * Inputs of the Auto Scaling group: instance choice, refresh, hooks and tags. Pure but for references it passes on.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ClusterTagValue, clusterTagKey, mergeTags } from "../core/tags";
import type { WarmPoolArgs } from "./arguments";
import { discoveryTags, nodeTemplateTags } from "./autoscaler-tags";
import { SELF_MANAGED_DEFAULTS } from "./defaults";
import type { NodeGroupSettings } from "./defaults";
import { instanceName } from "./plan";
import type { PlannedGroup } from "./plan";
import { LifecycleHookResult, OnDemandAllocationStrategy, SpotAllocationStrategy } from "./self-managed-arguments";
import type { InstanceRefreshArgs, NodeLifecycleHookArgs, SelfManagedNodeGroupArgs } from "./self-managed-arguments";
import { usesSpot } from "./validate-self-managed";

/** A template version to launch from. */
export interface TemplateReference {
    /** Launch template id. */
    id: pulumi.Input<string>;
    /** Its version. */
    version: pulumi.Input<string>;
}

/** Whether a mix is needed; a group of one on-demand type names the template directly. */
export function usesMix(args: SelfManagedNodeGroupArgs, settings: NodeGroupSettings): boolean {
    return settings.instanceTypes.length !== 1 || args.instancesDistribution !== undefined;
}

/** Where the group launches from: the template itself, or a mix of types over it. */
export function launchInputs(
    args: SelfManagedNodeGroupArgs,
    settings: NodeGroupSettings,
    template: TemplateReference,
): Pick<aws.autoscaling.GroupArgs, "launchTemplate" | "mixedInstancesPolicy"> {
    if (!usesMix(args, settings)) {
        return { launchTemplate: template };
    }
    const requirements = args.instanceRequirements;
    const distribution = args.instancesDistribution ?? {};
    const strategy = requirements === undefined ? OnDemandAllocationStrategy.Prioritized : OnDemandAllocationStrategy.LowestPrice;
    return {
        mixedInstancesPolicy: {
            instancesDistribution: {
                onDemandBaseCapacity: distribution.onDemandBaseCapacity ?? 0,
                onDemandPercentageAboveBaseCapacity: distribution.onDemandPercentageAboveBase ?? 100,
                onDemandAllocationStrategy: distribution.onDemandAllocationStrategy ?? strategy,
                spotAllocationStrategy: distribution.spotAllocationStrategy ?? SpotAllocationStrategy.PriceCapacityOptimized,
            },
            launchTemplate: {
                launchTemplateSpecification: { launchTemplateId: template.id, version: template.version },
                overrides:
                    requirements === undefined
                        ? settings.instanceTypes.map((instanceType) => ({ instanceType }))
                        : [{ instanceRequirements: requirements }],
            },
        },
    };
}

/** Replacement of instances after a change of the template; undefined when it is off. */
export function refreshInputs(refresh: InstanceRefreshArgs = {}): aws.types.input.autoscaling.GroupInstanceRefresh | undefined {
    if (refresh.enabled === false) {
        return undefined;
    }
    const checkpoints = refresh.checkpointPercentages;
    return {
        strategy: "Rolling",
        preferences: {
            minHealthyPercentage: refresh.minHealthyPercentage ?? SELF_MANAGED_DEFAULTS.minHealthyPercentage,
            maxHealthyPercentage: refresh.maxHealthyPercentage ?? SELF_MANAGED_DEFAULTS.maxHealthyPercentage,
            instanceWarmup: text(refresh.instanceWarmupSeconds),
            checkpointPercentages: checkpoints,
            checkpointDelay: checkpoints && text(refresh.checkpointDelaySeconds ?? SELF_MANAGED_DEFAULTS.checkpointDelaySeconds),
            autoRollback: refresh.autoRollback ?? false,
            skipMatching: refresh.skipMatching ?? false,
            alarmSpecification: refresh.alarmNames && { alarms: refresh.alarmNames },
        },
    };
}

/** A warm pool. */
export function warmPoolInputs(pool: WarmPoolArgs | undefined): aws.types.input.autoscaling.GroupWarmPool | undefined {
    return (
        pool && {
            minSize: pool.minSize ?? 0,
            maxGroupPreparedCapacity: pool.maxPreparedCapacity,
            poolState: pool.poolState ?? "Stopped",
            instanceReusePolicy: { reuseOnScaleIn: pool.reuseOnScaleIn ?? false },
        }
    );
}

/** A lifecycle hook, in the shape that both the group and the hook resource take. */
export function hookInputs(hook: NodeLifecycleHookArgs): aws.types.input.autoscaling.GroupInitialLifecycleHook {
    return {
        name: hook.name,
        lifecycleTransition: hook.transition,
        heartbeatTimeout: hook.heartbeatTimeoutSeconds ?? SELF_MANAGED_DEFAULTS.hookTimeoutSeconds,
        defaultResult: hook.defaultResult ?? LifecycleHookResult.Continue,
        notificationTargetArn: hook.notificationTargetArn,
        roleArn: hook.roleArn,
    };
}

/** Scaling behaviour of the group. */
export function behaviourInputs(args: SelfManagedNodeGroupArgs): Partial<aws.autoscaling.GroupArgs> {
    const defaults = SELF_MANAGED_DEFAULTS;
    return {
        capacityRebalance: args.capacityRebalance ?? usesSpot(args),
        maxInstanceLifetime: args.maxInstanceLifetimeSeconds,
        terminationPolicies: args.terminationPolicies ?? [...defaults.terminationPolicies],
        suspendedProcesses: args.suspendedProcesses ?? [...defaults.suspendedProcesses],
        healthCheckType: "EC2",
        healthCheckGracePeriod: args.healthCheckGracePeriodSeconds ?? defaults.healthCheckGracePeriodSeconds,
        defaultInstanceWarmup: args.defaultInstanceWarmupSeconds ?? defaults.defaultInstanceWarmupSeconds,
        waitForCapacityTimeout: args.waitForCapacityTimeout,
    };
}

/** Tags of the group, sorted by key: those for instances are passed on, those for the autoscaler stay on the group. */
export function groupTags(
    group: PlannedGroup,
    args: SelfManagedNodeGroupArgs,
    settings: NodeGroupSettings,
): aws.types.input.autoscaling.GroupTag[] {
    const { labels, taints, autoscaler, disk } = settings;
    const instanceTags = {
        ...mergeTags(instanceName(args.cluster.name, group.name), args.tags),
        [clusterTagKey(args.cluster.name)]: ClusterTagValue.Owned,
    };
    const autoscalerTags = autoscaler.enabled
        ? {
              ...discoveryTags(args.cluster.name),
              ...nodeTemplateTags({ labels, taints, resources: autoscaler.resources, diskSizeGib: disk.sizeGib, zone: group.zone }),
          }
        : {};
    return tagList(instanceTags, autoscalerTags);
}

function tagList(
    passedOn: Record<string, pulumi.Input<string>>,
    kept: Record<string, pulumi.Input<string>>,
): aws.types.input.autoscaling.GroupTag[] {
    const all = { ...passedOn, ...kept };
    const keys = Object.keys(all).sort();
    return keys.map((key) => ({ key, value: all[key] ?? "", propagateAtLaunch: !Object.hasOwn(kept, key) }));
}

function text(value: number | undefined): string | undefined {
    return value === undefined ? undefined : String(value);
}
