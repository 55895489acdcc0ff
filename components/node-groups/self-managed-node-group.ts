/**
 * A node group of an own launch template and Auto Scaling group, for what managed groups cannot do: mixed on-demand and
 * spot, types by attributes, refresh with checkpoints, lifecycle hooks.
 * https://docs.aws.amazon.com/eks/latest/userguide/worker.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../core/errors";
import { mergeTags } from "../core/tags";
import { withDefaults } from "./defaults";
import type { NodeGroupSettings } from "./defaults";
import { imageReference } from "./images";
import { groupInputs, waitingFor } from "./inputs";
import { launchTemplate } from "./launch-template";
import { planGroups } from "./plan";
import type { PlannedGroup } from "./plan";
import type { SelfManagedNodeGroupArgs } from "./self-managed-arguments";
import { behaviourInputs, groupTags, hookInputs, launchInputs, refreshInputs, usesMix, warmPoolInputs } from "./self-managed-plan";
import { NodeGroupKind, validateNodeGroup } from "./validate";

/** Nodes in Auto Scaling groups of the user's own: one group, or one for each zone. */
export class SelfManagedNodeGroup extends pulumi.ComponentResource {
    /** Id of the launch template. */
    public readonly launchTemplateId: pulumi.Output<string>;
    /** Names of the Auto Scaling groups, in the order of the subnets when there is one for each zone. */
    public readonly autoScalingGroupNames: pulumi.Output<string[]>;
    /** Name of the instance profile the nodes run with. */
    public readonly instanceProfileName: pulumi.Output<string>;

    constructor(name: string, args: SelfManagedNodeGroupArgs, opts?: pulumi.ComponentResourceOptions) {
        const problems = validateNodeGroup(NodeGroupKind.SelfManaged, args, name);
        if (problems.length > 0) {
            throw inputProblems(`self-managed node group ${name}`, problems);
        }
        super("aws-kubernetes:index:SelfManagedNodeGroup", name, groupInputs(args), opts);

        const settings = withDefaults(args, args.instanceRequirements !== undefined);
        const accessEntry = this.createAccessEntry(name, args, opts);
        this.instanceProfileName = this.createInstanceProfile(name, args, opts);
        const template = this.createLaunchTemplate(name, args, settings, opts);
        const groups = planGroups(name, args.subnets, args.perZone ?? false).map((group) => {
            const autoScalingGroup = this.createGroup(group, args, settings, template, accessEntry, opts);
            this.createLifecycleHooks(group, args, autoScalingGroup);
            return autoScalingGroup;
        });

        this.launchTemplateId = template.id;
        this.autoScalingGroupNames = pulumi.all(groups.map((group) => group.name));
        this.registerOutputs({
            launchTemplateId: this.launchTemplateId,
            autoScalingGroupNames: this.autoScalingGroupNames,
            instanceProfileName: this.instanceProfileName,
        });
    }

    /** Lets nodes with this role join; there can be one entry for a role and cluster. */
    private createAccessEntry(
        name: string,
        args: SelfManagedNodeGroupArgs,
        opts: pulumi.ComponentResourceOptions | undefined,
    ): pulumi.Resource[] {
        if (!(args.createAccessEntry ?? false)) {
            return [];
        }
        const inputs = {
            clusterName: args.cluster.name,
            principalArn: args.nodeRole.arn,
            type: "EC2_LINUX",
            tags: mergeTags(`${name}-access`, args.tags),
        };
        return [new aws.eks.AccessEntry(`${name}-access`, inputs, waitingFor(args.cluster.dependencies, opts, { parent: this }))];
    }

    private createInstanceProfile(
        name: string,
        args: SelfManagedNodeGroupArgs,
        opts: pulumi.ComponentResourceOptions | undefined,
    ): pulumi.Output<string> {
        if (args.nodeRole.instanceProfileName !== undefined) {
            return pulumi.output(args.nodeRole.instanceProfileName);
        }
        return new aws.iam.InstanceProfile(
            `${name}-profile`,
            { role: args.nodeRole.name, tags: mergeTags(`${name}-profile`, args.tags) },
            waitingFor(args.nodeRole.dependencies, opts, { parent: this }),
        ).name;
    }

    private createLaunchTemplate(
        name: string,
        args: SelfManagedNodeGroupArgs,
        settings: NodeGroupSettings,
        opts: pulumi.ComponentResourceOptions | undefined,
    ): aws.ec2.LaunchTemplate {
        const kubernetesVersion = args.kubernetesVersion ?? args.cluster.kubernetesVersion;
        const choices = {
            imageId: args.imageId ?? imageReference({ ...settings, kubernetesVersion, releaseVersion: args.releaseVersion }),
            instanceType: usesMix(args, settings) ? undefined : settings.instanceTypes[0],
            instanceProfileName: this.instanceProfileName,
            completeUserData: true,
        };
        return launchTemplate(name, args, settings, choices, waitingFor([], opts, { parent: this }));
    }

    private createGroup(
        group: PlannedGroup,
        args: SelfManagedNodeGroupArgs,
        settings: NodeGroupSettings,
        template: aws.ec2.LaunchTemplate,
        accessEntry: readonly pulumi.Resource[],
        opts: pulumi.ComponentResourceOptions | undefined,
    ): aws.autoscaling.Group {
        const reference = { id: template.id, version: pulumi.interpolate`${template.latestVersion}` };
        const hooks = (args.lifecycleHooks ?? []).map(hookInputs);
        return new aws.autoscaling.Group(
            group.name,
            {
                namePrefix: `${group.name}-`,
                vpcZoneIdentifiers: group.subnets.map((subnet) => subnet.id),
                minSize: settings.minSize,
                maxSize: settings.maxSize,
                desiredCapacity: settings.desiredSize,
                ...launchInputs(args, settings, reference),
                ...behaviourInputs(args),
                instanceRefresh: refreshInputs(args.instanceRefresh),
                warmPool: warmPoolInputs(args.warmPool),
                // In place before the first instance; the hook resources below take over from then on.
                initialLifecycleHooks: hooks.length === 0 ? undefined : hooks,
                tags: groupTags(group, args, settings),
            },
            waitingFor([...args.cluster.dependencies, ...args.nodeRole.dependencies, ...accessEntry], opts, {
                parent: this,
                ignoreChanges: ["initialLifecycleHooks", ...((args.ownDesiredSize ?? false) ? [] : ["desiredCapacity"])],
            }),
        );
    }

    private createLifecycleHooks(group: PlannedGroup, args: SelfManagedNodeGroupArgs, autoScalingGroup: aws.autoscaling.Group): void {
        for (const hook of args.lifecycleHooks ?? []) {
            new aws.autoscaling.LifecycleHook(
                `${group.name}-hook-${hook.name}`,
                { ...hookInputs(hook), autoscalingGroupName: autoScalingGroup.name },
                { parent: this },
            );
        }
    }
}
