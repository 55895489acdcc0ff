/**
 * What the VPC CNI may do. AWS manages a policy for IPv4 only.
 * Source: https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md
 */
import { policyDocument } from "./policy-document";
import type { PolicyDocument, PolicyStatement } from "./policy-document";

const DESCRIBE_ACTIONS = [
    "ec2:DescribeInstances",
    "ec2:DescribeTags",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
];

const INTERFACE_ACTIONS = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:AttachNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DetachNetworkInterface",
    "ec2:ModifyNetworkInterfaceAttribute",
    "ec2:UnassignPrivateIpAddresses",
];

/** Tag key the CNI puts on its interfaces when CLUSTER_NAME is set. */
const INTERFACE_CLUSTER_TAG = "cluster.k8s.amazonaws.com/name";

/** Same rights as the managed policy AmazonEKS_CNI_Policy. */
export function cniIpv4Policy(partition: string): PolicyDocument {
    return policyDocument(
        {
            Sid: "Interfaces",
            Effect: "Allow",
            Action: ["ec2:CreateNetworkInterface", ...INTERFACE_ACTIONS, ...DESCRIBE_ACTIONS],
            Resource: ["*"],
        },
        tagInterfaces(partition),
    );
}

/** For IPv6 clusters, where nodes take one prefix and no interfaces come and go. AWS offers no managed policy. */
export function cniIpv6Policy(partition: string): PolicyDocument {
    return policyDocument(
        { Sid: "Prefixes", Effect: "Allow", Action: ["ec2:AssignIpv6Addresses", ...DESCRIBE_ACTIONS], Resource: ["*"] },
        tagInterfaces(partition),
    );
}

/**
 * IPv4 rights narrowed to one cluster: interfaces carrying its tag, instances it owns. Needs CLUSTER_NAME set in the
 * CNI's configuration, else nothing matches. With `vpcId`, interfaces are made in that VPC's subnets only.
 */
export function cniClusterScopedPolicy(partition: string, clusterName: string, vpcId?: string): PolicyDocument {
    const ec2 = (kind: string): string => `arn:${partition}:ec2:*:*:${kind}/*`;
    const ownInterfaces = { StringEquals: { [`aws:ResourceTag/${INTERFACE_CLUSTER_TAG}`]: clusterName } };
    const attaching = ["ec2:AttachNetworkInterface", "ec2:DetachNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute"];
    return policyDocument(
        { Sid: "Describe", Effect: "Allow", Action: DESCRIBE_ACTIONS, Resource: ["*"] },
        {
            Sid: "CreateTagged",
            Effect: "Allow",
            Action: ["ec2:CreateNetworkInterface"],
            Resource: [ec2("network-interface")],
            Condition: { StringEquals: { [`aws:RequestTag/${INTERFACE_CLUSTER_TAG}`]: clusterName } },
        },
        {
            Sid: "CreateIn",
            Effect: "Allow",
            Action: ["ec2:CreateNetworkInterface"],
            Resource: [ec2("subnet"), ec2("security-group")],
            ...(vpcId === undefined ? {} : { Condition: { ArnLike: { "ec2:Vpc": `arn:${partition}:ec2:*:*:vpc/${vpcId}` } } }),
        },
        {
            Sid: "OwnInterfaces",
            Effect: "Allow",
            Action: INTERFACE_ACTIONS,
            Resource: [ec2("network-interface")],
            Condition: ownInterfaces,
        },
        {
            Sid: "OwnInstances",
            Effect: "Allow",
            Action: attaching,
            Resource: [ec2("instance")],
            Condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" } },
        },
        { Sid: "UseGroups", Effect: "Allow", Action: ["ec2:ModifyNetworkInterfaceAttribute"], Resource: [ec2("security-group")] },
        {
            ...tagInterfaces(partition),
            Sid: "TagAtCreation",
            Condition: {
                StringEquals: { [`aws:RequestTag/${INTERFACE_CLUSTER_TAG}`]: clusterName, "ec2:CreateAction": "CreateNetworkInterface" },
            },
        },
        { ...tagInterfaces(partition), Sid: "TagOwnInterfaces", Condition: ownInterfaces },
    );
}

function tagInterfaces(partition: string): PolicyStatement {
    return {
        Sid: "TagInterfaces",
        Effect: "Allow",
        Action: ["ec2:CreateTags"],
        Resource: [`arn:${partition}:ec2:*:*:network-interface/*`],
    };
}
