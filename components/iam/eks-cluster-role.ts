/** Role of the EKS control plane. Source: https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html */
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../core/regions";
import { withoutUndefined } from "../core/plain";
import type { Tags } from "../core/tags";
import { ManagedPolicy, managedPolicyArn } from "./managed-policies";
import { policyDocument } from "./policy-document";
import { createRole } from "./roles";
import { serviceTrust } from "./trust";

/** Arguments of `EksClusterRole`. */
export interface EksClusterRoleArgs {
    /** AWS region, such as `eu-central-1`; decides the partition in ARNs. */
    region: string;
    /** KMS key that encrypts the cluster's secrets; the role may use it. Default: none. */
    encryptionKeyArn?: pulumi.Input<string>;
    /** Whether pods get security groups of their own (AmazonEKSVPCResourceController). Default: false. */
    securityGroupsForPods?: boolean;
    /** Policy that bounds the role's rights, an ARN. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags. Default: none. */
    tags?: Tags;
}

/** What the control plane does with the secrets key. */
const KEY_ACTIONS = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"];

/** The service role of an EKS control plane. */
export class EksClusterRole extends pulumi.ComponentResource {
    /** ARN of the role. */
    readonly arn: pulumi.Output<string>;
    /** Policies that must outlive the cluster. */
    readonly policies: pulumi.Resource[];

    constructor(name: string, args: EksClusterRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aws-kubernetes:index:EksClusterRole", name, withoutUndefined(args), opts);
        const partition = partitionOf(args.region);
        const managed: Record<string, string> = { cluster: managedPolicyArn(partition, ManagedPolicy.EksCluster) };
        if (args.securityGroupsForPods === true) {
            managed["vpc-resources"] = managedPolicyArn(partition, ManagedPolicy.EksVpcResourceController);
        }
        const { encryptionKeyArn } = args;
        const { role, policies } = createRole(this, name, {
            description: "EKS control plane",
            trust: JSON.stringify(serviceTrust("eks.amazonaws.com", "sts:TagSession")),
            managedPolicies: managed,
            inlinePolicies:
                encryptionKeyArn === undefined
                    ? {}
                    : {
                          encryption: pulumi
                              .output(encryptionKeyArn)
                              .apply((key) => policyDocument({ Sid: "Secrets", Effect: "Allow", Action: KEY_ACTIONS, Resource: [key] })),
                      },
            permissionsBoundary: args.permissionsBoundary,
            tags: args.tags,
        });
        this.arn = role.arn;
        this.policies = policies;
        this.registerOutputs({ arn: this.arn });
    }
}
