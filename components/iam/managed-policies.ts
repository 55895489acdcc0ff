/**
 * AWS-managed policies by name.
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */

/** Managed policies this package attaches; the value is what stands behind `policy/` in the ARN. */
export const ManagedPolicy = {
    /** EKS control plane. */
    EksCluster: "AmazonEKSClusterPolicy",
    /** Security groups for pods: lets the control plane attach trunk interfaces. */
    EksVpcResourceController: "AmazonEKSVPCResourceController",
    /** Nodes. */
    EksWorkerNode: "AmazonEKSWorkerNodePolicy",
    /** Pulling images, and nothing else. */
    RegistryPullOnly: "AmazonEC2ContainerRegistryPullOnly",
    /** VPC CNI, IPv4. */
    EksCni: "AmazonEKS_CNI_Policy",
    /** Session Manager on nodes. */
    SessionManager: "AmazonSSMManagedInstanceCore",
    /** EBS CSI controller; the second version limits itself to volumes the driver made. */
    EbsCsiDriver: "AmazonEBSCSIDriverPolicyV2",
    /** EFS CSI controller. */
    EfsCsiDriver: "service-role/AmazonEFSCSIDriverPolicy",
} as const;
/** Managed policies this package attaches. */
export type ManagedPolicy = (typeof ManagedPolicy)[keyof typeof ManagedPolicy];

/** ARN of a managed policy in a partition. */
export function managedPolicyArn(partition: string, policy: ManagedPolicy): string {
    return `arn:${partition}:iam::aws:policy/${policy}`;
}
