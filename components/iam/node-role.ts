/** Role and instance profile of EKS nodes. Source: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../core/errors";
import { IpFamily } from "../core/handles";
import { withoutUndefined } from "../core/plain";
import { partitionOf } from "../core/regions";
import { mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import { cniIpv6Policy } from "./cni-policies";
import { ManagedPolicy, managedPolicyArn } from "./managed-policies";
import { createRole } from "./roles";
import type { RoleSpec } from "./roles";
import { ec2Service, serviceTrust } from "./trust";

/** Arguments of `NodeRole`. */
export interface NodeRoleArgs {
    /** AWS region, such as `eu-central-1`; decides the partition in ARNs. */
    region: string;
    /**
     * Whether nodes carry the VPC CNI's rights. Default: false, the CNI has a role of its own, so that no other pod
     * on the host network can rearrange interfaces.
     */
    cniPolicy?: boolean;
    /** Address family of the cluster; decides which CNI policy. Default: `ipv4`. */
    ipFamily?: IpFamily;
    /** Whether Session Manager may open shells on the nodes. Default: true: no SSH key or open port is needed. */
    sessionManager?: boolean;
    /** Further policies, ARNs by a short key that becomes part of a resource name. Default: none. */
    additionalPolicyArns?: Record<string, pulumi.Input<string>>;
    /** Policy that bounds the role's rights, an ARN. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags. Default: none. */
    tags?: Tags;
}

/** The role nodes run under, with its instance profile. */
export class NodeRole extends pulumi.ComponentResource {
    /** ARN of the role. */
    readonly arn: pulumi.Output<string>;
    /** Name of the role. */
    readonly roleName: pulumi.Output<string>;
    /** Name of the instance profile. */
    readonly instanceProfileName: pulumi.Output<string>;
    /** ARN of the instance profile. */
    readonly instanceProfileArn: pulumi.Output<string>;
    /** Policies and profile that must outlive the nodes. */
    readonly dependencies: pulumi.Resource[];

    constructor(name: string, args: NodeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        const problems = new Problems();
        const own = Object.keys(nodeRoleSpec({ ...args, additionalPolicyArns: {} }).managedPolicies);
        for (const key of Object.keys(args.additionalPolicyArns ?? {}).filter((candidate) => own.includes(candidate))) {
            problems.add(`additionalPolicyArns.${key}`, "this key is the package's own and its policy would be lost; use another");
        }
        problems.throwIfAny(`NodeRole ${JSON.stringify(name)}`);
        super("aws-kubernetes:index:NodeRole", name, withoutUndefined(args), opts);
        const { role, policies } = createRole(this, name, nodeRoleSpec(args));
        const profile = new aws.iam.InstanceProfile(name, { role: role.name, tags: mergeTags(name, args.tags) }, { parent: role });
        this.arn = role.arn;
        this.roleName = role.name;
        this.instanceProfileName = profile.name;
        this.instanceProfileArn = profile.arn;
        this.dependencies = [...policies, profile];
        this.registerOutputs({ arn: this.arn, roleName: this.roleName, instanceProfileName: this.instanceProfileName });
    }
}

function nodeRoleSpec(args: NodeRoleArgs): RoleSpec {
    const partition = partitionOf(args.region);
    const managedPolicies: Record<string, pulumi.Input<string>> = {
        worker: managedPolicyArn(partition, ManagedPolicy.EksWorkerNode),
        registry: managedPolicyArn(partition, ManagedPolicy.RegistryPullOnly),
    };
    const inlinePolicies: RoleSpec["inlinePolicies"] = {};
    if (args.cniPolicy === true && args.ipFamily === IpFamily.Ipv6) {
        inlinePolicies["cni"] = cniIpv6Policy(partition);
    } else if (args.cniPolicy === true) {
        managedPolicies["cni"] = managedPolicyArn(partition, ManagedPolicy.EksCni);
    }
    if (args.sessionManager ?? true) {
        managedPolicies["session-manager"] = managedPolicyArn(partition, ManagedPolicy.SessionManager);
    }
    return {
        description: "Kubernetes nodes",
        trust: JSON.stringify(serviceTrust(ec2Service(partition))),
        managedPolicies: { ...managedPolicies, ...args.additionalPolicyArns },
        inlinePolicies,
        permissionsBoundary: args.permissionsBoundary,
        tags: args.tags,
    };
}
