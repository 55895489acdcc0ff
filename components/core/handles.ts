/**
 * The seams between components: what a network and a cluster offer to others. Both can be made by this
 * package or put together from ids of things made elsewhere, so nothing here is a resource of ours.
 */
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** What a subnet is for. */
export const SubnetTier = {
    /** Routes to the internet gateway: load balancers and NAT gateways. */
    Public: "public",
    /** Reaches the internet through NAT and the egress-only gateway: nodes. */
    Private: "private",
    /** No route out of the VPC: data stores, control-plane interfaces. */
    Isolated: "isolated",
    /** Addresses for pods, from a secondary CIDR block. */
    Pod: "pod",
} as const;
/** What a subnet is for. */
export type SubnetTier = (typeof SubnetTier)[keyof typeof SubnetTier];

/** One subnet, wherever it was made. */
export interface SubnetHandle {
    /** Subnet id, `subnet-…`. */
    id: pulumi.Input<string>;
    /** Availability zone name, such as `eu-central-1a`. Plain, because it decides names and counts. */
    zone: string;
    /** IPv4 block, such as `10.0.0.0/19`, when known. */
    cidrBlock?: pulumi.Input<string>;
    /** IPv6 block, a /64, when the subnet has one. */
    ipv6CidrBlock?: pulumi.Input<string>;
}

/** The subnets of a network by tier; a tier that is not there is an empty list. */
export interface SubnetsByTier {
    /** Subnets that route to the internet gateway. */
    public: SubnetHandle[];
    /** Subnets behind NAT. */
    private: SubnetHandle[];
    /** Subnets without a way out. */
    isolated: SubnetHandle[];
    /** Subnets for pod addresses. */
    pod: SubnetHandle[];
}

/** A network, made by `Network` or from ids. */
export interface NetworkHandle {
    /** VPC id, `vpc-…`. */
    vpcId: pulumi.Input<string>;
    /** IPv4 blocks of the VPC, the primary one first. */
    cidrBlocks: pulumi.Input<string>[];
    /** IPv6 block of the VPC, when it has one. */
    ipv6CidrBlock?: pulumi.Input<string>;
    /** Availability zones in use, sorted. */
    zones: string[];
    /** Subnets by tier. */
    subnets: SubnetsByTier;
    /** Resources that must exist before something in the private subnets can reach the internet or AWS. */
    dependencies: pulumi.Resource[];
}

/** How the control plane is run. */
export const ClusterKind = {
    /** Control plane run by Amazon EKS. */
    Eks: "eks",
    /** Control plane made with kubeadm on own instances. */
    SelfManaged: "self-managed",
} as const;
/** How the control plane is run. */
export type ClusterKind = (typeof ClusterKind)[keyof typeof ClusterKind];

/** Address family of pods and services. */
export const IpFamily = {
    /** IPv4 pods and services. */
    Ipv4: "ipv4",
    /** IPv6 pods and services. */
    Ipv6: "ipv6",
} as const;
/** Address family of pods and services. */
export type IpFamily = (typeof IpFamily)[keyof typeof IpFamily];

/** A cluster that nodes can join and services can be installed on. */
export interface ClusterHandle {
    /** Cluster name; plain, because tag keys contain it. */
    name: string;
    /** Who runs the control plane. */
    kind: ClusterKind;
    /** Kubernetes minor version, such as `1.35`; plain, because it decides images and flags. */
    kubernetesVersion: string;
    /** API server URL, `https://…`. */
    endpoint: pulumi.Input<string>;
    /** CA certificate of the API server, PEM, base64-encoded. */
    certificateAuthority: pulumi.Input<string>;
    /** Service CIDR of the primary family, such as `172.20.0.0/16`. */
    serviceCidr: pulumi.Input<string>;
    /** Address family of pods and services. */
    ipFamily: IpFamily;
    /** VPC the cluster lives in. */
    vpcId: pulumi.Input<string>;
    /** Security groups every node gets; exactly one of them carries the cluster tag. */
    nodeSecurityGroupIds: pulumi.Input<string>[];
    /** OIDC issuer URL of service-account tokens, `https://…`, when there is one. */
    oidcIssuer?: pulumi.Input<string>;
    /** ARN of the IAM OIDC provider for that issuer, when there is one. */
    oidcProviderArn?: pulumi.Input<string>;
    /** Provider for Kubernetes objects on this cluster. */
    provider: k8s.Provider;
    /** Resources that must exist before a node may join: networking add-ons, access entries, rules, policies. */
    dependencies: pulumi.Resource[];
}
