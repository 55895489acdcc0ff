/** An EKS environment: network, roles, control plane, node groups, add-ons, in the order they depend on each other. */
import type * as pulumi from "@pulumi/pulumi";
import { SubnetTier } from "../components/core/handles";
import type { ClusterHandle, NetworkHandle, SubnetHandle } from "../components/core/handles";
import { AddonPhase, EksAddons, EksCluster, addonPhase } from "../components/eks";
import { NodeRole } from "../components/iam";
import { Network, existingNetwork } from "../components/network";
import { ManagedNodeGroup, NodeGroupKind, SelfManagedNodeGroup } from "../components/node-groups";
import { clusterSettings, networkSettings, nodeGroupArgs } from "./config";
import type { StackConfig } from "./config";

/** Deploys the environment and returns the stack's outputs. */
export function deployEks(config: StackConfig): Record<string, unknown> {
    const { environment, protect } = config;
    const network = deployNetwork(config);
    const roles = deployNodeRoles(config);
    const settings = clusterSettings(config);
    const access = { ...settings.access, nodeRoleArns: roleArns(roles, "self-managed"), managedNodeRoleArns: roleArns(roles, "managed") };
    const cluster = new EksCluster(environment, { ...settings, addons: earlyAddons(config), network, access }, { protect });
    const groups = Object.entries(config.nodeGroups).map(([name, group]) =>
        deployNodeGroup(config, name, group, cluster.handle, network, roles),
    );
    deployLateAddons(config, cluster, groups);
    return {
        region: config.region,
        vpcId: network.vpcId,
        zones: network.zones,
        clusterName: cluster.clusterName,
        clusterEndpoint: cluster.endpoint,
        clusterArn: cluster.arn,
        oidcProviderArn: cluster.oidcProviderArn,
        nodeSecurityGroupId: cluster.nodeSecurityGroupId,
        kubeconfig: cluster.kubeconfig,
    };
}

function deployNetwork(config: StackConfig): NetworkHandle {
    const { existing } = config.network;
    return existing === undefined
        ? new Network(config.environment, networkSettings(config), { protect: config.protect }).handle
        : existingNetwork(existing);
}

type NodeRoles = Partial<Record<NodeGroupKind, NodeRole>>;

function roleArns(roles: NodeRoles, kind: NodeGroupKind): Record<string, pulumi.Input<string>> {
    const role = roles[kind];
    return role === undefined ? {} : { [kind]: role.arn };
}

/** Add-ons nodes need; the cluster component installs them, and refuses others. */
function earlyAddons({ addons }: StackConfig): StackConfig["addons"] {
    return Object.fromEntries(Object.entries(addons).filter(([addonName]) => addonPhase(addonName) === AddonPhase.BeforeNodes));
}

/** One role for each kind of group: EKS makes the access entry of managed nodes itself, and takes one for each role. */
function deployNodeRoles(config: StackConfig): NodeRoles {
    const roles: NodeRoles = {};
    const kinds = new Set(Object.values(config.nodeGroups).map(({ kind }) => kind));
    for (const kind of [NodeGroupKind.Managed, NodeGroupKind.SelfManaged].filter((candidate) => kinds.has(candidate))) {
        roles[kind] = new NodeRole(`${config.environment}-${kind}-nodes`, {
            region: config.region,
            ipFamily: config.cluster.ipFamily,
            permissionsBoundary: config.cluster.permissionsBoundary,
            // Without the add-on's own role the CNI falls back to the node's rights.
            cniPolicy: config.addons["vpc-cni"] === undefined,
            tags: config.tags,
        });
    }
    return roles;
}

function deployNodeGroup(
    config: StackConfig,
    name: string,
    group: StackConfig["nodeGroups"][string],
    cluster: ClusterHandle,
    network: NetworkHandle,
    roles: NodeRoles,
): pulumi.Resource {
    const role = roles[group.kind];
    if (role === undefined) {
        throw new Error(`no role for ${group.kind} groups`);
    }
    const { arn, roleName, instanceProfileName, dependencies } = role;
    const args = {
        ...nodeGroupArgs(config, group),
        cluster,
        subnets: subnetsFor(network, group),
        nodeRole: { arn, name: roleName, instanceProfileName, dependencies },
    };
    const resourceName = `${config.environment}-${name}`;
    return group.kind === NodeGroupKind.Managed ? new ManagedNodeGroup(resourceName, args) : new SelfManagedNodeGroup(resourceName, args);
}

function subnetsFor(network: NetworkHandle, group: StackConfig["nodeGroups"][string]): SubnetHandle[] {
    const tier = group.subnetTier ?? (network.subnets.private.length > 0 ? SubnetTier.Private : SubnetTier.Public);
    return network.subnets[tier].filter(({ zone }) => group.zones?.includes(zone) ?? true);
}

function deployLateAddons(config: StackConfig, cluster: EksCluster, groups: pulumi.Resource[]): void {
    const late = Object.entries(config.addons).filter(([addonName]) => addonPhase(addonName) === AddonPhase.AfterNodes);
    if (late.length === 0) {
        return;
    }
    new EksAddons(`${config.environment}-after-nodes`, {
        target: cluster.addonTarget,
        addons: Object.fromEntries(late),
        after: [...cluster.handle.dependencies, ...groups],
        permissionsBoundary: config.cluster.permissionsBoundary,
        tags: config.tags,
    });
}
