/**
 * EKS add-ons in the order nodes need: networking and identity first, what runs on nodes after them.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IpFamily } from "../core/handles";
import { sortedKeys, withoutUndefined } from "../core/plain";
import { partitionOf } from "../core/regions";
import { mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import { ManagedPolicy, WorkloadIdentity, WorkloadRole, cniIpv6Policy, managedPolicyArn } from "../iam";

/** When an add-on is installed. */
export const AddonPhase = {
    /** Nodes are not ready without it. */
    BeforeNodes: "before-nodes",
    /** Has pods that wait for nodes, and would be "degraded" until they come. */
    AfterNodes: "after-nodes",
} as const;
/** When an add-on is installed. */
export type AddonPhase = (typeof AddonPhase)[keyof typeof AddonPhase];

/** Version of an add-on that is looked up rather than named. */
export const AddonVersion = {
    /** What EKS installs for the cluster's minor. Chosen once; never changes unasked. */
    Default: "default",
    /** The newest for the cluster's minor, looked up on every run. */
    Latest: "latest",
} as const;

/** What to do with settings changed by other means than EKS. */
export const ResolveConflicts = {
    /** Fail. */
    None: "NONE",
    /** Set them back. */
    Overwrite: "OVERWRITE",
    /** Keep them. Updates only. */
    Preserve: "PRESERVE",
} as const;
/** What to do with settings changed by other means than EKS. */
export type ResolveConflicts = (typeof ResolveConflicts)[keyof typeof ResolveConflicts];

/** One add-on. */
export interface EksAddonArgs {
    /** Version such as `v1.20.4-eksbuild.2`, or `default`, or `latest`. Default: `default`. */
    version?: string;
    /** Settings, as the add-on's configuration schema has them (`aws eks describe-addon-configuration`). Default: none. */
    configuration?: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
    /** What to do with foreign changes on update. Default: `OVERWRITE`. */
    resolveConflicts?: ResolveConflicts;
    /**
     * Whether the software stays on the cluster when the add-on is removed. Default: true for those nodes need, so
     * that pods keep their network while nodes go; false for others.
     */
    preserve?: boolean;
    /** How its service account gets AWS rights. Default: see `ADDON_IDENTITIES`; none for add-ons that need no rights. */
    identity?: WorkloadIdentity;
    /** Role made elsewhere. Default: one is made for add-ons of `ADDON_IDENTITIES`. */
    roleArn?: pulumi.Input<string>;
}

/** Add-ons nodes need before they can be ready. */
const BEFORE_NODES: readonly string[] = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];

/** When an add-on is installed, by its EKS name. */
export function addonPhase(addonName: string): AddonPhase {
    return BEFORE_NODES.includes(addonName) ? AddonPhase.BeforeNodes : AddonPhase.AfterNodes;
}

/** Add-ons that need AWS rights: their service account and, by default, how it proves itself. */
export const ADDON_IDENTITIES: Readonly<Record<string, { serviceAccount: string; identity: WorkloadIdentity; policy: ManagedPolicy }>> = {
    // By token rather than by agent: the agent's own start must not wait for the network it helps to bring up.
    "vpc-cni": { serviceAccount: "aws-node", identity: WorkloadIdentity.Irsa, policy: ManagedPolicy.EksCni },
    "aws-ebs-csi-driver": {
        serviceAccount: "ebs-csi-controller-sa",
        identity: WorkloadIdentity.PodIdentity,
        policy: ManagedPolicy.EbsCsiDriver,
    },
    "aws-efs-csi-driver": {
        serviceAccount: "efs-csi-controller-sa",
        identity: WorkloadIdentity.PodIdentity,
        policy: ManagedPolicy.EfsCsiDriver,
    },
};

/** What add-ons need to know of their cluster; `EksCluster` offers it as `addonTarget`. */
export interface AddonTarget {
    /** Cluster name. */
    clusterName: pulumi.Input<string>;
    /** AWS region. */
    region: string;
    /** Kubernetes minor. */
    kubernetesVersion: string;
    /** Address family of the cluster. */
    ipFamily: IpFamily;
    /** ARN of the cluster. */
    clusterArn: pulumi.Input<string>;
    /** Issuer URL of the cluster. */
    oidcIssuer: pulumi.Input<string>;
    /** ARN of the IAM OIDC provider. */
    oidcProviderArn: pulumi.Input<string>;
}

/** Arguments of `EksAddons`. */
export interface EksAddonsArgs {
    /** The cluster. */
    target: AddonTarget;
    /** Add-ons by EKS name. */
    addons: Record<string, EksAddonArgs>;
    /** What must be there first: node groups, for add-ons that run on nodes. Default: none. */
    after?: pulumi.Resource[];
    /** Policy that bounds the rights of roles made here. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags. Default: none. */
    tags?: Tags;
}

/** Add-ons of one phase, with their roles. */
export class EksAddons extends pulumi.ComponentResource {
    /** The add-ons and the policies behind their roles; nodes depend on these. */
    readonly dependencies: pulumi.Resource[] = [];

    constructor(
        private readonly name: string,
        private readonly args: EksAddonsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("aws-kubernetes:index:EksAddons", name, withoutUndefined({ addons: args.addons, tags: args.tags }), opts);
        for (const [addonName, addon] of Object.entries(args.addons)) {
            this.install(addonName, addon);
        }
        this.registerOutputs({ addons: Object.keys(args.addons) });
    }

    private install(addonName: string, addon: EksAddonArgs): void {
        const role = this.roleFor(addonName, addon);
        const identity = ADDON_IDENTITIES[addonName];
        const byAgent = (addon.identity ?? identity?.identity) === WorkloadIdentity.PodIdentity;
        const association =
            role === undefined || identity === undefined ? undefined : [{ roleArn: role.arn, serviceAccount: identity.serviceAccount }];
        const resource = new aws.eks.Addon(
            `${this.name}-${addonName}`,
            {
                clusterName: this.args.target.clusterName,
                addonName,
                addonVersion: this.version(addonName, addon),
                configurationValues: addon.configuration === undefined ? undefined : JSON.stringify(sortedKeys(addon.configuration)),
                resolveConflictsOnCreate: ResolveConflicts.Overwrite,
                resolveConflictsOnUpdate: addon.resolveConflicts ?? ResolveConflicts.Overwrite,
                preserve: addon.preserve ?? addonPhase(addonName) === AddonPhase.BeforeNodes,
                serviceAccountRoleArn: byAgent ? undefined : role?.arn,
                podIdentityAssociations: byAgent ? association : undefined,
                tags: mergeTags(`${this.name}-${addonName}`, this.args.tags),
            },
            { parent: this, dependsOn: [...(role?.policies ?? []), ...(this.args.after ?? [])] },
        );
        this.dependencies.push(...(role?.policies ?? []), resource);
    }

    private version(addonName: string, addon: EksAddonArgs): pulumi.Input<string> | undefined {
        switch (addon.version ?? AddonVersion.Default) {
            case AddonVersion.Default:
                return undefined;
            case AddonVersion.Latest:
                return aws.eks.getAddonVersionOutput(
                    { addonName, kubernetesVersion: this.args.target.kubernetesVersion, mostRecent: true },
                    { parent: this },
                ).version;
            default:
                return addon.version;
        }
    }

    private roleFor(addonName: string, addon: EksAddonArgs): { arn: pulumi.Input<string>; policies: pulumi.Resource[] } | undefined {
        if (addon.roleArn !== undefined) {
            return { arn: addon.roleArn, policies: [] };
        }
        const identity = ADDON_IDENTITIES[addonName];
        if (identity === undefined) {
            return undefined;
        }
        const { target } = this.args;
        const partition = partitionOf(target.region);
        const ipv6Cni = addonName === "vpc-cni" && target.ipFamily === IpFamily.Ipv6;
        return new WorkloadRole(
            `${this.name}-${addonName}`,
            {
                identity: addon.identity ?? identity.identity,
                namespace: "kube-system",
                serviceAccount: identity.serviceAccount,
                oidcIssuer: target.oidcIssuer,
                oidcProviderArn: target.oidcProviderArn,
                clusterArn: target.clusterArn,
                policyArns: ipv6Cni ? {} : { policy: managedPolicyArn(partition, identity.policy) },
                policies: ipv6Cni ? { policy: cniIpv6Policy(partition) } : {},
                permissionsBoundary: this.args.permissionsBoundary,
                tags: this.args.tags,
            },
            { parent: this },
        );
    }
}
