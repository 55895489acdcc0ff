/** Configuration of one node group. Keys of the other kind are taken here and refused, with the reason, by the group's own checks. */
import { z } from "zod";
import { SubnetTier } from "../../components/core/handles";
import {
    Accelerator,
    Architecture,
    CapacityType,
    InstanceFeature,
    LifecycleHookResult,
    LifecycleTransition,
    MetadataTokens,
    NodeGroupKind,
    OnDemandAllocationStrategy,
    SpotAllocationStrategy,
    UpdateStrategy,
    WarmPoolState,
} from "../../components/node-groups";
import { LocalStorageStrategy, OperatingSystem, TaintEffect } from "../../components/user-data";
import { section, text, textMap, texts, whole } from "./fields";

const range = section("RangeArgs", { min: z.number().optional(), max: z.number().optional() });
const feature = z.enum(InstanceFeature);

const common = {
    perZone: z.boolean().optional(),
    minSize: whole.optional(),
    maxSize: whole.optional(),
    desiredSize: whole.optional(),
    ownDesiredSize: z.boolean().optional(),
    instanceTypes: texts.optional(),
    allowUnknownInstanceTypes: z.boolean().optional(),
    architecture: z.enum(Architecture).optional(),
    operatingSystem: z.enum(OperatingSystem).optional(),
    accelerator: z.enum(Accelerator).optional(),
    imageId: text.optional(),
    releaseVersion: text.optional(),
    kubernetesVersion: text.optional(),
    labels: textMap.optional(),
    taints: z.array(section("TaintArgs", { key: text, value: z.string().optional(), effect: z.enum(TaintEffect) })).optional(),
    detailedMonitoring: z.boolean().optional(),
    ebsOptimized: z.boolean().optional(),
    additionalSecurityGroupIds: texts.optional(),
    tags: textMap.optional(),
};

const parts = {
    kubelet: section("KubeletArgs", {
        maxPods: whole.optional(),
        kubeReserved: textMap.optional(),
        systemReserved: textMap.optional(),
        evictionHard: textMap.optional(),
        extraConfiguration: z.record(z.string(), z.unknown()).optional(),
    }).optional(),
    nodeadm: section("NodeadmArgs", {
        preCommands: texts.optional(),
        postCommands: texts.optional(),
        kubeletFlags: texts.optional(),
        maxPodsExpression: text.optional(),
        containerdConfig: text.optional(),
        localStorageStrategy: z.enum(LocalStorageStrategy).optional(),
        featureGates: z.record(z.string(), z.boolean()).optional(),
        environment: z.record(z.string(), textMap).optional(),
    }).optional(),
    bottlerocket: section("BottlerocketArgs", {
        adminContainer: z.boolean().optional(),
        controlContainer: z.boolean().optional(),
        settings: z.record(z.string(), z.unknown()).optional(),
    }).optional(),
    disk: section("DiskArgs", {
        sizeGib: whole.optional(),
        iops: whole.optional(),
        throughput: whole.optional(),
        kmsKeyId: text.optional(),
    }).optional(),
    metadata: section("MetadataArgs", { tokens: z.enum(MetadataTokens).optional(), hopLimit: whole.optional() }).optional(),
    autoscaler: section("AutoscalerTagArgs", { enabled: z.boolean().optional(), resources: textMap.optional() }).optional(),
    warmPool: section("WarmPoolArgs", {
        minSize: whole.optional(),
        maxPreparedCapacity: whole.optional(),
        poolState: z.enum(WarmPoolState).optional(),
        reuseOnScaleIn: z.boolean().optional(),
    }).optional(),
};

const managed = {
    capacityType: z.enum(CapacityType).optional(),
    capacityReservationId: text.optional(),
    updateConfig: section("UpdateConfigArgs", {
        maxUnavailable: whole.optional(),
        maxUnavailablePercentage: whole.optional(),
        strategy: z.enum(UpdateStrategy).optional(),
    }).optional(),
    nodeRepair: section("NodeRepairArgs", {
        enabled: z.boolean().optional(),
        maxUnhealthyCount: whole.optional(),
        maxUnhealthyPercentage: whole.optional(),
        maxParallelCount: whole.optional(),
        maxParallelPercentage: whole.optional(),
    }).optional(),
    forceUpdate: z.boolean().optional(),
};

const selfManaged = {
    instanceRequirements: section("InstanceRequirementsArgs", {
        vcpuCount: range,
        memoryMib: range,
        memoryGibPerVcpu: range.optional(),
        cpuManufacturers: texts.optional(),
        instanceGenerations: texts.optional(),
        allowedInstanceTypes: texts.optional(),
        excludedInstanceTypes: texts.optional(),
        bareMetal: feature.optional(),
        burstablePerformance: feature.optional(),
        localStorage: feature.optional(),
        acceleratorCount: range.optional(),
    }).optional(),
    instancesDistribution: section("InstancesDistributionArgs", {
        onDemandBaseCapacity: whole.optional(),
        onDemandPercentageAboveBase: whole.optional(),
        onDemandAllocationStrategy: z.enum(OnDemandAllocationStrategy).optional(),
        spotAllocationStrategy: z.enum(SpotAllocationStrategy).optional(),
    }).optional(),
    instanceRefresh: section("InstanceRefreshArgs", {
        enabled: z.boolean().optional(),
        minHealthyPercentage: whole.optional(),
        maxHealthyPercentage: whole.optional(),
        instanceWarmupSeconds: whole.optional(),
        checkpointPercentages: z.array(whole).optional(),
        checkpointDelaySeconds: whole.optional(),
        autoRollback: z.boolean().optional(),
        skipMatching: z.boolean().optional(),
        alarmNames: texts.optional(),
    }).optional(),
    lifecycleHooks: z
        .array(
            section("NodeLifecycleHookArgs", {
                name: text,
                transition: z.enum(LifecycleTransition),
                heartbeatTimeoutSeconds: whole.optional(),
                defaultResult: z.enum(LifecycleHookResult).optional(),
                notificationTargetArn: text.optional(),
                roleArn: text.optional(),
            }),
        )
        .optional(),
    capacityRebalance: z.boolean().optional(),
    maxInstanceLifetimeSeconds: whole.optional(),
    terminationPolicies: texts.optional(),
    suspendedProcesses: texts.optional(),
    healthCheckGracePeriodSeconds: whole.optional(),
    defaultInstanceWarmupSeconds: whole.optional(),
    waitForCapacityTimeout: text.optional(),
};

/** One node group. */
export const nodeGroupSchema = section("NodeGroupConfig", {
    kind: z.enum(NodeGroupKind),
    subnetTier: z.enum(SubnetTier).optional(),
    zones: texts.optional(),
    ...common,
    ...parts,
    ...managed,
    ...selfManaged,
});
