/**
 * The two security groups of a cluster. Every rule is a resource of its own, so that controllers and users may add
 * theirs without a fight. Only the nodes' group carries the cluster tag: the cloud controller and the load-balancer
 * controller refuse nodes with two tagged groups.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Problems, show } from "../core/errors";
import { withoutUndefined } from "../core/plain";
import { ClusterTagValue, clusterTagKey, mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import { GroupKey, clusterRules } from "./rules";
import type { RulePlan } from "./rules";

/** Arguments of `ClusterSecurityGroups`. */
export interface ClusterSecurityGroupsArgs {
    /** Cluster name; plain, because a tag key contains it. */
    clusterName: string;
    /** VPC of the cluster, `vpc-…`. */
    vpcId: pulumi.Input<string>;
    /** Ports of webhooks the API server calls besides the usual ones, 1 to 65535. Default: none. */
    webhookPorts?: number[];
    /** Tags. Default: none. */
    tags?: Tags;
}

/** Security groups of the control plane and of the nodes. */
export class ClusterSecurityGroups extends pulumi.ComponentResource {
    /** Group of the control plane's interfaces. */
    readonly controlPlaneId: pulumi.Output<string>;
    /** Group of the nodes; the only one with the cluster tag. */
    readonly nodesId: pulumi.Output<string>;
    /** Rules, which must be there before a node joins and stay until it has gone. */
    readonly rules: pulumi.Resource[];

    /** @throws pulumi.InputPropertiesError when a port is not one */
    constructor(
        private readonly name: string,
        private readonly args: ClusterSecurityGroupsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const problems = new Problems();
        validateWebhookPorts(args.webhookPorts, problems);
        problems.throwIfAny(`ClusterSecurityGroups ${JSON.stringify(name)}`);
        super("aws-kubernetes:index:ClusterSecurityGroups", name, withoutUndefined(args), opts);
        const groups: Record<GroupKey, aws.ec2.SecurityGroup> = {
            [GroupKey.ControlPlane]: this.group(GroupKey.ControlPlane, `Control plane of ${args.clusterName}`, {}),
            [GroupKey.Nodes]: this.group(GroupKey.Nodes, `Nodes of ${args.clusterName}`, {
                [clusterTagKey(args.clusterName)]: ClusterTagValue.Owned,
            }),
        };
        this.controlPlaneId = groups[GroupKey.ControlPlane].id;
        this.nodesId = groups[GroupKey.Nodes].id;
        this.rules = clusterRules(args.webhookPorts).map((plan) => this.rule(plan, groups));
        this.registerOutputs({ controlPlaneId: this.controlPlaneId, nodesId: this.nodesId });
    }

    private group(key: GroupKey, description: string, tags: Tags): aws.ec2.SecurityGroup {
        const name = `${this.name}-${key}`;
        return new aws.ec2.SecurityGroup(
            name,
            // Rules made by controllers would keep the group from being deleted.
            { vpcId: this.args.vpcId, description, revokeRulesOnDelete: true, tags: mergeTags(name, this.args.tags, tags) },
            { parent: this },
        );
    }

    private rule(plan: RulePlan, groups: Record<GroupKey, aws.ec2.SecurityGroup>): pulumi.Resource {
        const group = groups[plan.group];
        const name = `${this.name}-${plan.key}`;
        const args = {
            securityGroupId: group.id,
            description: plan.description,
            ipProtocol: plan.protocol,
            fromPort: plan.fromPort,
            toPort: plan.toPort,
            ...("group" in plan.peer ? { referencedSecurityGroupId: groups[plan.peer.group].id } : plan.peer),
            tags: mergeTags(name, this.args.tags),
        };
        return plan.direction === "ingress"
            ? new aws.vpc.SecurityGroupIngressRule(name, args, { parent: group })
            : new aws.vpc.SecurityGroupEgressRule(name, args, { parent: group });
    }
}

/** Checks ports of webhooks; a cluster does so too, before it registers anything. */
export function validateWebhookPorts(ports: readonly number[] | undefined, problems: Problems): void {
    (ports ?? []).forEach((port, index) =>
        problems.require(
            Number.isInteger(port) && port >= 1 && port <= 65535,
            `webhookPorts[${index}]`,
            `${show(port)} is not a port; use 1 to 65535`,
        ),
    );
}
