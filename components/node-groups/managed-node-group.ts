/**
 * A node group run by EKS, always with a launch template of its own, so that metadata options, encryption and tags hold
 * on its instances. https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../core/errors";
import { mergeTags } from "../core/tags";
import { TaintEffect } from "../user-data";
import { nodeTemplateTags } from "./autoscaler-tags";
import { MANAGED_DEFAULTS, withDefaults } from "./defaults";
import type { NodeGroupSettings } from "./defaults";
import { amiType } from "./images";
import { groupInputs, waitingFor } from "./inputs";
import { launchTemplate } from "./launch-template";
import { CapacityType } from "./managed-arguments";
import type { ManagedNodeGroupArgs } from "./managed-arguments";
import { planGroups } from "./plan";
import type { PlannedGroup } from "./plan";
import { NodeGroupKind, validateNodeGroup } from "./validate";

/** Capacity types as the API spells them. */
const API_CAPACITY_TYPES: Readonly<Record<CapacityType, string>> = {
    "on-demand": "ON_DEMAND",
    spot: "SPOT",
    "capacity-block": "CAPACITY_BLOCK",
};
/** Taint effects as the API spells them. */
const API_TAINT_EFFECTS: Readonly<Record<TaintEffect, string>> = {
    [TaintEffect.NoSchedule]: "NO_SCHEDULE",
    [TaintEffect.PreferNoSchedule]: "PREFER_NO_SCHEDULE",
    [TaintEffect.NoExecute]: "NO_EXECUTE",
};

/** Nodes that EKS creates, updates and drains: one group, or one for each zone. */
export class ManagedNodeGroup extends pulumi.ComponentResource {
    /** Id of the launch template. */
    public readonly launchTemplateId: pulumi.Output<string>;
    /** Names of the node groups, in the order of the subnets when there is one for each zone. */
    public readonly nodeGroupNames: pulumi.Output<string[]>;
    /** Names of the Auto Scaling groups behind them, in the same order. */
    public readonly autoScalingGroupNames: pulumi.Output<string[]>;

    constructor(name: string, args: ManagedNodeGroupArgs, opts?: pulumi.ComponentResourceOptions) {
        const problems = validateNodeGroup(NodeGroupKind.Managed, args, name);
        if (problems.length > 0) {
            throw inputProblems(`managed node group ${name}`, problems);
        }
        super("aws-kubernetes:index:ManagedNodeGroup", name, groupInputs(args), opts);

        const settings = withDefaults(args);
        const template = this.createLaunchTemplate(name, args, settings, opts);
        const groups = planGroups(name, args.subnets, args.perZone ?? false).map((group) => {
            const nodeGroup = this.createNodeGroup(group, args, settings, template, opts);
            this.createAutoscalerTags(group, nodeGroup, settings);
            return nodeGroup;
        });

        this.launchTemplateId = template.id;
        this.nodeGroupNames = pulumi.all(groups.map((group) => group.nodeGroupName));
        this.autoScalingGroupNames = pulumi.all(groups.map(autoScalingGroupName));
        this.registerOutputs({
            launchTemplateId: this.launchTemplateId,
            nodeGroupNames: this.nodeGroupNames,
            autoScalingGroupNames: this.autoScalingGroupNames,
        });
    }

    private createLaunchTemplate(
        name: string,
        args: ManagedNodeGroupArgs,
        settings: NodeGroupSettings,
        opts: pulumi.ComponentResourceOptions | undefined,
    ): aws.ec2.LaunchTemplate {
        const isBlock = args.capacityType === CapacityType.CapacityBlock;
        const choices = {
            imageId: args.imageId,
            // The type of a capacity block must stand in the template; any other stands on the group, where there may be several.
            instanceType: isBlock ? settings.instanceTypes[0] : undefined,
            // EKS merges nothing into the user data of an image it does not know.
            completeUserData: args.imageId !== undefined,
            capacityBlock: args.capacityReservationId,
        };
        return launchTemplate(name, args, settings, choices, waitingFor([], opts, { parent: this }));
    }

    private createNodeGroup(
        group: PlannedGroup,
        args: ManagedNodeGroupArgs,
        settings: NodeGroupSettings,
        template: aws.ec2.LaunchTemplate,
        opts: pulumi.ComponentResourceOptions | undefined,
    ): aws.eks.NodeGroup {
        return new aws.eks.NodeGroup(
            group.name,
            {
                clusterName: args.cluster.name,
                nodeGroupNamePrefix: `${group.name}-`,
                nodeRoleArn: args.nodeRole.arn,
                subnetIds: group.subnets.map((subnet) => subnet.id),
                launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
                scalingConfig: { minSize: settings.minSize, maxSize: settings.maxSize, desiredSize: settings.desiredSize },
                ...imageInputs(args, settings),
                ...capacityInputs(args, settings),
                ...updateInputs(args),
                labels: settings.labels,
                taints: settings.taints.map(({ key, value, effect }) => ({ key, value, effect: API_TAINT_EFFECTS[effect] })),
                tags: mergeTags(group.name, args.tags),
            },
            waitingFor([...args.cluster.dependencies, ...args.nodeRole.dependencies], opts, {
                parent: this,
                ignoreChanges: (args.ownDesiredSize ?? false) ? [] : ["scalingConfig.desiredSize"],
            }),
        );
    }

    /** EKS does not pass a group's tags on to its Auto Scaling group, where the autoscaler looks for them. */
    private createAutoscalerTags(group: PlannedGroup, nodeGroup: aws.eks.NodeGroup, settings: NodeGroupSettings): void {
        if (!settings.autoscaler.enabled) {
            return;
        }
        const { labels, taints, autoscaler, disk } = settings;
        const tags = nodeTemplateTags({ labels, taints, resources: autoscaler.resources, diskSizeGib: disk.sizeGib, zone: group.zone });
        for (const [key, value] of Object.entries(tags)) {
            new aws.autoscaling.Tag(
                `${group.name}-${key}`,
                { autoscalingGroupName: autoScalingGroupName(nodeGroup), tag: { key, value, propagateAtLaunch: false } },
                { parent: this },
            );
        }
    }
}

function autoScalingGroupName(nodeGroup: aws.eks.NodeGroup): pulumi.Output<string> {
    return nodeGroup.resources.apply((resources) => resources[0]?.autoscalingGroups?.[0]?.name ?? "");
}

/** Image and version; both are decided by the template when it names an image. */
function imageInputs(args: ManagedNodeGroupArgs, settings: NodeGroupSettings): Partial<aws.eks.NodeGroupArgs> {
    return args.imageId !== undefined
        ? {}
        : {
              amiType: amiType(settings),
              version: args.kubernetesVersion ?? args.cluster.kubernetesVersion,
              releaseVersion: args.releaseVersion,
          };
}

function capacityInputs(args: ManagedNodeGroupArgs, settings: NodeGroupSettings): Partial<aws.eks.NodeGroupArgs> {
    const capacityType = args.capacityType ?? CapacityType.OnDemand;
    return {
        capacityType: API_CAPACITY_TYPES[capacityType],
        instanceTypes: capacityType === CapacityType.CapacityBlock ? undefined : settings.instanceTypes,
        warmPoolConfig: args.warmPool && {
            minSize: args.warmPool.minSize ?? 0,
            maxGroupPreparedCapacity: args.warmPool.maxPreparedCapacity,
            poolState: (args.warmPool.poolState ?? "Stopped").toUpperCase(),
            reuseOnScaleIn: args.warmPool.reuseOnScaleIn ?? false,
        },
    };
}

function updateInputs(args: ManagedNodeGroupArgs): Partial<aws.eks.NodeGroupArgs> {
    const { maxUnavailable, maxUnavailablePercentage, strategy } = args.updateConfig ?? {};
    const repair = args.nodeRepair ?? {};
    const byCount = maxUnavailable !== undefined;
    return {
        forceUpdateVersion: args.forceUpdate ?? false,
        updateConfig: {
            maxUnavailable,
            maxUnavailablePercentage: byCount ? undefined : (maxUnavailablePercentage ?? MANAGED_DEFAULTS.maxUnavailablePercentage),
            updateStrategy: strategy?.toUpperCase(),
        },
        nodeRepairConfig: {
            enabled: repair.enabled ?? MANAGED_DEFAULTS.nodeRepair,
            maxUnhealthyNodeThresholdCount: repair.maxUnhealthyCount,
            maxUnhealthyNodeThresholdPercentage: repair.maxUnhealthyPercentage,
            maxParallelNodesRepairedCount: repair.maxParallelCount,
            maxParallelNodesRepairedPercentage: repair.maxParallelPercentage,
        },
    };
}
