/** Arguments of `EksCluster`. Values: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
import type * as pulumi from "@pulumi/pulumi";
import type { IpFamily, NetworkHandle } from "../core/handles";
import type { Tags } from "../core/tags";
import type { EksAddonArgs } from "./addons";

/** Control-plane logs EKS can write. */
export const ControlPlaneLog = {
    /** Requests to the API server. */
    Api: "api",
    /** Who did what. */
    Audit: "audit",
    /** How callers were recognised. */
    Authenticator: "authenticator",
    /** Controllers. */
    ControllerManager: "controllerManager",
    /** Scheduling decisions. */
    Scheduler: "scheduler",
} as const;
/** Control-plane logs EKS can write. */
export type ControlPlaneLog = (typeof ControlPlaneLog)[keyof typeof ControlPlaneLog];

/** Where EKS looks up who may enter. */
export const AuthenticationMode = {
    /** Access entries only. */
    Api: "API",
    /** Access entries and the aws-auth ConfigMap, for the time of a migration. */
    ApiAndConfigMap: "API_AND_CONFIG_MAP",
    /** The aws-auth ConfigMap only, for old clusters. Cannot be returned to once left. */
    ConfigMap: "CONFIG_MAP",
} as const;
/** Where EKS looks up who may enter. */
export type AuthenticationMode = (typeof AuthenticationMode)[keyof typeof AuthenticationMode];

/** What an access entry stands for. */
export const AccessEntryType = {
    /** A person or program. */
    Standard: "STANDARD",
    /** Linux nodes of a self-managed group. */
    Ec2Linux: "EC2_LINUX",
    /** Windows nodes of a self-managed group. */
    Ec2Windows: "EC2_WINDOWS",
} as const;
/** What an access entry stands for. */
export type AccessEntryType = (typeof AccessEntryType)[keyof typeof AccessEntryType];

/** Rights EKS defines. Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
export const AccessPolicy = {
    /** Everything, in every namespace. */
    ClusterAdmin: "AmazonEKSClusterAdminPolicy",
    /** Everything inside namespaces. */
    Admin: "AmazonEKSAdminPolicy",
    /** Reading everything, secrets included. */
    AdminView: "AmazonEKSAdminViewPolicy",
    /** Changing most things inside namespaces. */
    Edit: "AmazonEKSEditPolicy",
    /** Reading most things inside namespaces. */
    View: "AmazonEKSViewPolicy",
} as const;
/** Rights EKS defines. */
export type AccessPolicy = (typeof AccessPolicy)[keyof typeof AccessPolicy];

/** How long a minor is kept before EKS upgrades the cluster by itself. */
export const SupportType = {
    /** Upgraded at the end of standard support, 14 months after release. */
    Standard: "STANDARD",
    /** Kept 12 months longer, at a higher price. */
    Extended: "EXTENDED",
} as const;
/** How long a minor is kept before EKS upgrades the cluster by itself. */
export type SupportType = (typeof SupportType)[keyof typeof SupportType];

/** Who can reach the API server. */
export interface EksEndpointArgs {
    /** Whether the API server answers inside the VPC. Default: true. */
    privateAccess?: boolean;
    /** Whether the API server answers on the internet. Default: false. */
    publicAccess?: boolean;
    /** Blocks that may reach the public endpoint, IPv4 or IPv6. Required with `publicAccess`; no default. */
    publicAccessCidrs?: string[];
    /** Admits blocks that cover the whole internet in `publicAccessCidrs`. Default: false, they are an error. */
    allowAnyAddress?: boolean;
}

/** Control-plane logs. */
export interface EksLoggingArgs {
    /** Which logs. Default: all five. */
    types?: ControlPlaneLog[];
    /** Days CloudWatch keeps them; a value CloudWatch offers. Default: 90. */
    retentionDays?: number;
    /** KMS key for the log group; its policy must admit CloudWatch Logs. Default: none, encrypted by the service. */
    kmsKeyArn?: pulumi.Input<string>;
}

/** Encryption of Kubernetes secrets. */
export interface EksEncryptionArgs {
    /** Whether secrets are encrypted with a KMS key. Cannot be switched off again on a cluster. Default: true. */
    enabled?: boolean;
    /** Key to use. Default: one is made, with yearly rotation. */
    kmsKeyArn?: pulumi.Input<string>;
    /** Days before a deleted key is gone, 7 to 30. Default: 30. */
    deletionWindowDays?: number;
}

/** Rights of a principal. */
export interface AccessPolicyArgs {
    /** Which rights. */
    policy: AccessPolicy;
    /** Namespaces they hold in. Default: the whole cluster. */
    namespaces?: string[];
}

/** One principal that may enter. */
export interface AccessEntryArgs {
    /** ARN of an IAM role or user. Never derived from the caller. */
    principalArn: pulumi.Input<string>;
    /** What it stands for. Default: `STANDARD`. */
    type?: AccessEntryType;
    /** Name inside Kubernetes. Default: EKS makes one of the ARN. */
    username?: string;
    /** Kubernetes groups, for rights of your own RBAC. `system:` names are refused by EKS. Default: none. */
    groups?: string[];
    /** Rights EKS defines. Default: none. */
    policies?: AccessPolicyArgs[];
}

/** One role in the aws-auth ConfigMap. */
export interface ConfigMapRoleArgs {
    /** ARN of the role, without a path. */
    roleArn: pulumi.Input<string>;
    /** Name inside Kubernetes. */
    username: string;
    /** Kubernetes groups. */
    groups: string[];
}

/** Who may enter. */
export interface EksAccessArgs {
    /** Where EKS looks. Default: `API`. */
    authenticationMode?: AuthenticationMode;
    /** Principals by a short key that becomes part of resource names. */
    entries?: Record<string, AccessEntryArgs>;
    /** Roles of self-managed nodes by a short key; each gets an entry (or a line in aws-auth). Default: none. */
    nodeRoleArns?: Record<string, pulumi.Input<string>>;
    /**
     * Roles of managed node groups by a short key. EKS makes their entries itself, but its line in aws-auth would be lost
     * when this package writes the ConfigMap, so they are named there too. Default: none.
     */
    managedNodeRoleArns?: Record<string, pulumi.Input<string>>;
    /** Roles for the aws-auth ConfigMap, in the modes that read it. Default: none. */
    configMapRoles?: ConfigMapRoleArgs[];
}

/** How the kubeconfig and the Kubernetes provider authenticate. */
export interface EksKubeconfigArgs {
    /** Role to take first. Default: none, the caller's identity. */
    roleArn?: pulumi.Input<string>;
    /** Profile of the AWS configuration. Default: none. */
    profile?: pulumi.Input<string>;
    /** Further environment for the token command. Default: none. */
    environment?: Record<string, pulumi.Input<string>>;
}

/** Arguments of `EksCluster`. */
export interface EksClusterArgs {
    /** AWS region, such as `eu-central-1`; must be the provider's. */
    region: string;
    /** Name of the cluster: letters, digits, `-` and `_`, at most 100. Plain, because log group and tag keys contain it. Changing it replaces the cluster. */
    clusterName: string;
    /** Kubernetes minor, such as `1.35`. Raising it upgrades in place, one minor at a time. */
    kubernetesVersion: string;
    /** Network to live in: a `Network`'s handle, or `existingNetwork(…)`. */
    network: NetworkHandle;
    /** Whether the control plane's interfaces go to the isolated subnets. Default: false, the private ones. */
    controlPlaneInIsolatedSubnets?: boolean;
    /** Who can reach the API server. Default: the VPC only. */
    endpoint?: EksEndpointArgs;
    /** Addresses of services, an IPv4 block /12 to /24 in a private range. Default: EKS takes 10.100.0.0/16 or 172.20.0.0/16. Changing it replaces the cluster. */
    serviceCidr?: string;
    /** Address family of pods and services. Default: `ipv4`. Changing it replaces the cluster. */
    ipFamily?: IpFamily;
    /** Service role made elsewhere. Default: one is made. */
    roleArn?: pulumi.Input<string>;
    /** Control-plane logs. Default: all, kept 90 days. */
    logging?: EksLoggingArgs;
    /** Encryption of secrets. Default: on, with a key of its own. */
    encryption?: EksEncryptionArgs;
    /** Who may enter. */
    access: EksAccessArgs;
    /** Whether AWS refuses to delete the cluster until this is lifted. Default: false. */
    deletionProtection?: boolean;
    /** Support after the minor's standard support ends. Default: `STANDARD`. */
    supportType?: SupportType;
    /** Whether AWS may shift traffic away from an impaired zone. Default: false. */
    zonalShift?: boolean;
    /** Further security groups for the control plane's interfaces, at most 4 (AWS takes 5). Default: none. */
    additionalSecurityGroupIds?: pulumi.Input<string>[];
    /** Ports of webhooks the API server calls besides the usual ones. Default: none. */
    webhookPorts?: number[];
    /** Add-ons nodes need, by EKS name; others belong in an `EksAddons` after the nodes. Default: vpc-cni, kube-proxy and eks-pod-identity-agent. */
    addons?: Record<string, EksAddonArgs>;
    /** How the kubeconfig authenticates. Default: as the caller. */
    kubeconfig?: EksKubeconfigArgs;
    /** Policy that bounds the rights of roles made here. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags. Default: none. */
    tags?: Tags;
}
