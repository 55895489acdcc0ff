/**
 * An EKS control plane with what must stand around it before a node may join. The order of the constructor is the
 * order in which AWS needs things: log group and key before the cluster, access and networking before nodes.
 */
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../core/errors";
import { ClusterKind, IpFamily } from "../core/handles";
import type { ClusterHandle, SubnetHandle } from "../core/handles";
import { withoutUndefined } from "../core/plain";
import { mergeTags } from "../core/tags";
import { EksClusterRole, STS_AUDIENCE } from "../iam";
import { eksKubeconfig } from "../kubernetes";
import { ClusterSecurityGroups } from "../security-groups";
import { createAccess } from "./access";
import { AddonPhase, EksAddons, addonPhase } from "./addons";
import type { AddonTarget, EksAddonArgs } from "./addons";
import type { EksClusterArgs } from "./arguments";
import { EKS_DEFAULTS, authenticationMode, ipFamily } from "./defaults";
import { validateEksCluster, validatePlace } from "./validate";
import { lateAddonProblems } from "./validate-addons";

/** Creating or upgrading a control plane takes 10 to 40 minutes. */
const TIMEOUTS = { create: "45m", update: "90m", delete: "30m" };

/** An EKS cluster that nodes can join. */
export class EksCluster extends pulumi.ComponentResource {
    /** ARN of the cluster. */
    readonly arn: pulumi.Output<string>;
    /** Name of the cluster, known once the cluster exists. */
    readonly clusterName: pulumi.Output<string>;
    /** API server URL. */
    readonly endpoint: pulumi.Output<string>;
    /** CA certificate of the API server, PEM, base64-encoded. */
    readonly certificateAuthority: pulumi.Output<string>;
    /** Issuer URL of service-account tokens. */
    readonly oidcIssuer: pulumi.Output<string>;
    /** ARN of the IAM OIDC provider. */
    readonly oidcProviderArn: pulumi.Output<string>;
    /** Kubeconfig, JSON text; secret. */
    readonly kubeconfig: pulumi.Output<string>;
    /** Provider for Kubernetes objects on this cluster. */
    readonly provider: k8s.Provider;
    /** Security group of the control plane's interfaces. */
    readonly controlPlaneSecurityGroupId: pulumi.Output<string>;
    /** Security group of the nodes, the only one with the cluster tag. */
    readonly nodeSecurityGroupId: pulumi.Output<string>;
    /** Security group EKS makes; nodes of this package do not carry it. */
    readonly clusterSecurityGroupId: pulumi.Output<string>;
    /** The cluster as node groups and services take it. */
    readonly handle: ClusterHandle;
    /** The cluster as `EksAddons` takes it. */
    readonly addonTarget: AddonTarget;

    /**
     * @param name logical name; children are called `<name>-<what>`
     * @param args see `EksClusterArgs`
     * @param opts resource options; `protect` here protects every child
     * @throws pulumi.InputPropertiesError naming every problem in `args`
     */
    constructor(
        private readonly name: string,
        private readonly args: EksClusterArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        validate(name, args);
        super("aws-kubernetes:index:EksCluster", name, withoutUndefined({ ...args, network: undefined }), opts);
        const securityGroups = this.createSecurityGroups();
        const logGroup = this.createLogGroup();
        const keyArn = this.createEncryptionKey();
        const role = this.createRole(keyArn);
        const cluster = this.createCluster(securityGroups, keyArn, role, logGroup);

        this.arn = cluster.arn;
        this.clusterName = cluster.name;
        this.endpoint = cluster.endpoint;
        this.certificateAuthority = cluster.certificateAuthority.data;
        this.oidcIssuer = cluster.identities.apply((identities) => identities[0]?.oidcs?.[0]?.issuer ?? "");
        this.oidcProviderArn = this.createOidcProvider().arn;
        this.controlPlaneSecurityGroupId = securityGroups.controlPlaneId;
        this.nodeSecurityGroupId = securityGroups.nodesId;
        this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
        this.tagClusterSecurityGroup();
        this.kubeconfig = this.createKubeconfig();
        this.provider = new k8s.Provider(name, { kubeconfig: this.kubeconfig, clusterIdentifier: this.endpoint }, { parent: this });
        const access = createAccess(this, name, args, this.clusterName, this.provider);
        this.addonTarget = this.describeForAddons();
        // Early add-ons wait for all that nodes need, so that nodes need wait for the add-ons only: with many groups, naming
        // every route and rule on each of them would cost more than all the rest of a preview.
        const foundations = [...args.network.dependencies, ...securityGroups.rules, ...access];
        const addons = this.installAddons(foundations).dependencies;
        this.handle = this.describeForNodes(cluster, addons.length > 0 ? addons : foundations);
        this.registerOutputs({
            arn: this.arn,
            clusterName: this.clusterName,
            endpoint: this.endpoint,
            kubeconfig: this.kubeconfig,
            oidcProviderArn: this.oidcProviderArn,
        });
    }

    private createSecurityGroups(): ClusterSecurityGroups {
        const { clusterName, network, webhookPorts, tags } = this.args;
        return new ClusterSecurityGroups(this.name, { clusterName, vpcId: network.vpcId, webhookPorts, tags }, { parent: this });
    }

    /** Made before the cluster, else EKS makes one without retention and it stays behind. */
    private createLogGroup(): aws.cloudwatch.LogGroup {
        const { clusterName, logging } = this.args;
        return new aws.cloudwatch.LogGroup(
            `${this.name}-logs`,
            {
                name: `/aws/eks/${clusterName}/cluster`,
                retentionInDays: logging?.retentionDays ?? EKS_DEFAULTS.logRetentionDays,
                kmsKeyId: logging?.kmsKeyArn,
                tags: mergeTags(`${this.name}-logs`, this.args.tags),
            },
            { parent: this },
        );
    }

    private createEncryptionKey(): pulumi.Input<string> | undefined {
        const { enabled, kmsKeyArn, deletionWindowDays } = this.args.encryption ?? {};
        if (enabled === false) {
            return undefined;
        }
        if (kmsKeyArn !== undefined) {
            return kmsKeyArn;
        }
        return new aws.kms.Key(
            `${this.name}-secrets`,
            {
                description: `Kubernetes secrets of ${this.args.clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: deletionWindowDays ?? EKS_DEFAULTS.keyDeletionWindowDays,
                tags: mergeTags(`${this.name}-secrets`, this.args.tags),
            },
            { parent: this },
        ).arn;
    }

    private createRole(keyArn: pulumi.Input<string> | undefined): { arn: pulumi.Input<string>; policies: pulumi.Resource[] } {
        const { roleArn, region, permissionsBoundary, tags } = this.args;
        if (roleArn !== undefined) {
            return { arn: roleArn, policies: [] };
        }
        return new EksClusterRole(
            `${this.name}-cluster`,
            { region, encryptionKeyArn: keyArn, permissionsBoundary, tags },
            { parent: this },
        );
    }

    private createCluster(
        securityGroups: ClusterSecurityGroups,
        keyArn: pulumi.Input<string> | undefined,
        role: { arn: pulumi.Input<string>; policies: pulumi.Resource[] },
        logGroup: aws.cloudwatch.LogGroup,
    ): aws.eks.Cluster {
        const { args } = this;
        return new aws.eks.Cluster(
            this.name,
            {
                name: args.clusterName,
                version: args.kubernetesVersion,
                roleArn: role.arn,
                vpcConfig: {
                    subnetIds: controlPlaneSubnets(args).map((subnet) => subnet.id),
                    securityGroupIds: [securityGroups.controlPlaneId, ...(args.additionalSecurityGroupIds ?? [])],
                    endpointPrivateAccess: args.endpoint?.privateAccess ?? EKS_DEFAULTS.privateAccess,
                    endpointPublicAccess: args.endpoint?.publicAccess ?? EKS_DEFAULTS.publicAccess,
                    publicAccessCidrs: args.endpoint?.publicAccessCidrs,
                },
                kubernetesNetworkConfig: { ipFamily: ipFamily(args), serviceIpv4Cidr: args.serviceCidr },
                accessConfig: { authenticationMode: authenticationMode(args), bootstrapClusterCreatorAdminPermissions: false },
                // Networking comes as add-ons with settings of their own; EKS's copies would be in their way.
                bootstrapSelfManagedAddons: false,
                enabledClusterLogTypes: [...(args.logging?.types ?? EKS_DEFAULTS.logTypes)],
                encryptionConfig: keyArn === undefined ? undefined : { provider: { keyArn }, resources: ["secrets"] },
                deletionProtection: args.deletionProtection,
                upgradePolicy: { supportType: args.supportType ?? EKS_DEFAULTS.supportType },
                zonalShiftConfig: args.zonalShift === undefined ? undefined : { enabled: args.zonalShift },
                tags: mergeTags(args.clusterName, args.tags),
            },
            {
                parent: this,
                dependsOn: [logGroup, ...role.policies],
                customTimeouts: TIMEOUTS,
                // Read by EKS at creation only; a later difference would replace the cluster.
                ignoreChanges: ["bootstrapSelfManagedAddons", "accessConfig.bootstrapClusterCreatorAdminPermissions"],
            },
        );
    }

    /** IAM trusts EKS's issuers by its own CA store; no thumbprint is read over the network. */
    private createOidcProvider(): aws.iam.OpenIdConnectProvider {
        return new aws.iam.OpenIdConnectProvider(
            `${this.name}-oidc`,
            { url: this.oidcIssuer, clientIdLists: [STS_AUDIENCE], tags: mergeTags(`${this.name}-oidc`, this.args.tags) },
            { parent: this },
        );
    }

    /** EKS does not hand the cluster's tags on to the group it makes. */
    private tagClusterSecurityGroup(): void {
        for (const [key, value] of Object.entries(this.args.tags ?? {})) {
            new aws.ec2.Tag(
                `${this.name}-cluster-security-group-${key}`,
                { resourceId: this.clusterSecurityGroupId, key, value },
                { parent: this },
            );
        }
    }

    private createKubeconfig(): pulumi.Output<string> {
        const { clusterName, region, kubeconfig = {} } = this.args;
        const text = pulumi
            .all([this.endpoint, this.certificateAuthority, kubeconfig.roleArn, kubeconfig.profile, kubeconfig.environment])
            .apply(([endpoint, certificateAuthority, roleArn, profile, environment]) =>
                eksKubeconfig({ endpoint, certificateAuthority }, { clusterName, region, roleArn, profile, environment }),
            );
        return pulumi.secret(text);
    }

    private installAddons(after: pulumi.Resource[]): EksAddons {
        const { addons = DEFAULT_ADDONS, permissionsBoundary, tags } = this.args;
        const early = Object.entries(addons).filter(([addonName]) => addonPhase(addonName) === AddonPhase.BeforeNodes);
        return new EksAddons(
            this.name,
            { target: this.addonTarget, addons: Object.fromEntries(early), after, permissionsBoundary, tags },
            { parent: this },
        );
    }

    private describeForAddons(): AddonTarget {
        const { region, kubernetesVersion } = this.args;
        return {
            clusterName: this.clusterName,
            region,
            kubernetesVersion,
            ipFamily: ipFamily(this.args),
            clusterArn: this.arn,
            oidcIssuer: this.oidcIssuer,
            oidcProviderArn: this.oidcProviderArn,
        };
    }

    private describeForNodes(cluster: aws.eks.Cluster, dependencies: pulumi.Resource[]): ClusterHandle {
        const family = ipFamily(this.args);
        return {
            name: this.args.clusterName,
            kind: ClusterKind.Eks,
            kubernetesVersion: this.args.kubernetesVersion,
            endpoint: this.endpoint,
            certificateAuthority: this.certificateAuthority,
            serviceCidr: cluster.kubernetesNetworkConfig.apply(
                (config) => (family === IpFamily.Ipv6 ? config.serviceIpv6Cidr : config.serviceIpv4Cidr) ?? "",
            ),
            ipFamily: family,
            vpcId: this.args.network.vpcId,
            nodeSecurityGroupIds: [this.nodeSecurityGroupId],
            oidcIssuer: this.oidcIssuer,
            oidcProviderArn: this.oidcProviderArn,
            provider: this.provider,
            dependencies: [cluster, ...dependencies],
        };
    }
}

function validate(name: string, args: EksClusterArgs): void {
    const problems = new Problems();
    const blocks = args.network.cidrBlocks.filter((block): block is string => typeof block === "string");
    problems.addAll(validateEksCluster(args, blocks));
    problems.addAll(lateAddonProblems(args.addons ?? {}));
    const facts = { zones: controlPlaneSubnets(args).map(({ zone }) => zone), ipv6: args.network.ipv6CidrBlock !== undefined };
    problems.addAll(validatePlace(args, facts));
    problems.throwIfAny(`EksCluster ${JSON.stringify(name)}`);
}

function controlPlaneSubnets({ network, controlPlaneInIsolatedSubnets }: EksClusterArgs): SubnetHandle[] {
    const { subnets } = network;
    if (controlPlaneInIsolatedSubnets === true) {
        return subnets.isolated;
    }
    return subnets.private.length > 0 ? subnets.private : subnets.public;
}

/** What every cluster needs for nodes to become ready. */
const DEFAULT_ADDONS: Record<string, EksAddonArgs> = { "vpc-cni": {}, "kube-proxy": {}, "eks-pod-identity-agent": {} };
