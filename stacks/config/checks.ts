/** Checks across the whole configuration: each component's own, with its keys, and what holds only between them. */
import { Problems, show } from "../../components/core/errors";
import type { Problem } from "../../components/core/errors";
import { zoneLetter } from "../../components/network/plan";
import { enabledTiers, ipv6Enabled, natStrategy, networkZones } from "../../components/network/defaults";
import { NatStrategy, PRIVATE_CLUSTER_SERVICES, validateExistingNetwork, validateNetwork } from "../../components/network";
import { agentProblems, validateEksCluster, validatePlace } from "../../components/eks";
import { validateNodeGroup } from "../../components/node-groups";
import { validateVersion } from "../../components/node-groups/validate-kubernetes";
import { SubnetTier } from "../../components/core/handles";
import { ZONE_LETTERS } from "../../components/core/regions";
import { nearest } from "../../components/core/errors";
import { clusterSettings, networkSettings, nodeGroupArgs } from "./settings";
import type { StackConfig } from "./schema";

type GroupConfig = StackConfig["nodeGroups"][string];

/** Names of node groups: they become part of resource names and end with a zone letter when there is one for each zone. */
const GROUP_NAME = /^[a-z][a-z0-9-]{0,29}$/;
/** Environments in which nothing may be open to the whole internet. */
const STRICT_ENVIRONMENT = /^(prod|production|staging)(-|$)/;

/** Everything wrong with a configuration whose shape is right. */
export function checkConfig(config: StackConfig): Problem[] {
    const problems = new Problems();
    checkRegion(config, problems);
    const blocks = checkNetwork(config, problems);
    problems.addAll(agentProblems(config.addons));
    for (const problem of validateEksCluster(clusterSettings(config), blocks)) {
        problems.add(clusterKey(problem.path), problem.reason);
    }
    checkPlace(config, problems);
    checkEndpoint(config, problems);
    checkNodeGroups(config, problems);
    return [...problems.list];
}

function checkRegion(config: StackConfig, problems: Problems): void {
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(config.region)) {
        const meant = nearest(config.region, Object.keys(ZONE_LETTERS));
        problems.add("aws:region", `${show(config.region)} is not a region${meant === undefined ? "" : `; did you mean "${meant}"?`}`);
    }
}

/** Returns the blocks a service CIDR must keep clear of, as far as they are right. */
function checkNetwork(config: StackConfig, problems: Problems): string[] {
    const { existing, ...own } = config.network;
    if (existing !== undefined) {
        const others = Object.keys(own);
        problems.require(
            others.length === 0,
            "network",
            `${others.join(", ")} beside existing; a network that exists is not changed, remove them`,
        );
        problems.addAll(validateExistingNetwork(existing), "network.existing");
        return existing.cidrBlocks;
    }
    const settings = networkSettings(config);
    // Tags are the whole environment's, and judged with the cluster's arguments.
    const found = validateNetwork({ ...settings, tags: undefined }).map((problem) =>
        problem.path === "region" ? { ...problem, path: "aws:region" } : problem,
    );
    for (const problem of found) {
        problems.add(problem.path === "aws:region" ? problem.path : `network.${problem.path}`, problem.reason);
    }
    checkWayOut(config, problems);
    return found.length > 0
        ? []
        : [settings.cidrBlock ?? "10.0.0.0/16", ...(settings.podCidrBlock === undefined ? [] : [settings.podCidrBlock])];
}

/** Nodes without NAT reach AWS through endpoints or not at all, and then never join. */
function checkWayOut(config: StackConfig, problems: Problems): void {
    if (natStrategy(networkSettings(config)) !== NatStrategy.None || Object.keys(config.nodeGroups).length === 0) {
        return;
    }
    const services = config.network.endpoints?.services ?? [];
    const missing = PRIVATE_CLUSTER_SERVICES.filter((service) => !services.includes(service));
    problems.require(
        missing.length === 0,
        "network.endpoints.services",
        `without NAT nodes join only through VPC endpoints; add ${missing.join(", ")}, or set network.nat.strategy to "single"`,
    );
}

/** Keys of the stack file are grouped otherwise than the component's. */
function clusterKey(path: string): string {
    return /^(clusterName|kubernetesVersion|logging|access|addons|tags)\b/.test(path) ? path : `cluster.${path}`;
}

/** Zones with subnets of a tier, one entry for each subnet. */
function zonesOfTier(config: StackConfig, tier: SubnetTier): string[] {
    const { existing } = config.network;
    if (existing !== undefined) {
        const lists = {
            public: existing.publicSubnets,
            private: existing.privateSubnets,
            isolated: existing.isolatedSubnets,
            pod: existing.podSubnets,
        };
        return (lists[tier] ?? []).map(({ zone }) => zone);
    }
    const settings = networkSettings(config);
    return enabledTiers(settings).includes(tier) ? networkZones(settings) : [];
}

/** Tier of nodes and of the control plane where none is named. */
function usualTier(config: StackConfig): SubnetTier {
    return zonesOfTier(config, SubnetTier.Private).length > 0 ? SubnetTier.Private : SubnetTier.Public;
}

/** Whether there are zones to judge; where not, the network's own problems say why. */
function zonesKnown(config: StackConfig): boolean {
    return config.network.existing !== undefined || networkZones(networkSettings(config)).length > 0;
}

function checkPlace(config: StackConfig, problems: Problems): void {
    if (!zonesKnown(config)) {
        return;
    }
    const { existing } = config.network;
    const tier = config.cluster.controlPlaneInIsolatedSubnets === true ? SubnetTier.Isolated : usualTier(config);
    const ipv6 = existing === undefined ? ipv6Enabled(networkSettings(config)) : existing.ipv6CidrBlock !== undefined;
    for (const { path, reason } of validatePlace(clusterSettings(config), { zones: zonesOfTier(config, tier), ipv6 })) {
        problems.add(path === "network" ? path : `cluster.${path}`, reason);
    }
}

function checkEndpoint(config: StackConfig, problems: Problems): void {
    problems.require(
        config.cluster.endpoint?.allowAnyAddress !== true || !STRICT_ENVIRONMENT.test(config.environment),
        "cluster.endpoint.allowAnyAddress",
        `true in environment "${config.environment}": the API server must not be open to the world there; name your own blocks in publicAccessCidrs`,
    );
}

function checkNodeGroups(config: StackConfig, problems: Problems): void {
    const taken = new Map<string, string>();
    for (const [name, group] of Object.entries(config.nodeGroups)) {
        const path = `nodeGroups.${name}`;
        problems.require(
            GROUP_NAME.test(name),
            path,
            `name ${show(name)}: use lower-case letters, digits and hyphens, at most 30, beginning with a letter`,
        );
        checkGroup(config, name, group, problems);
        const zones = new Set(placesOf(config, group));
        const names = group.perZone === true ? [...zones].map((zone) => `${name}-${zoneLetter(zone)}`) : [name];
        for (const groupName of names) {
            const other = taken.get(groupName);
            problems.require(
                other === undefined,
                path,
                `would make a group called "${groupName}", and so would nodeGroups.${other ?? ""}; rename one`,
            );
            taken.set(groupName, name);
        }
    }
}

/** Zones of the subnets a group goes to, one entry for each subnet. */
function placesOf(config: StackConfig, group: GroupConfig): string[] {
    return zonesOfTier(config, group.subnetTier ?? usualTier(config)).filter((zone) => group.zones?.includes(zone) ?? true);
}

function checkGroup(config: StackConfig, name: string, group: GroupConfig, problems: Problems): void {
    const path = `nodeGroups.${name}`;
    const tier = group.subnetTier ?? usualTier(config);
    const zones = zonesOfTier(config, tier);
    const own = new Set(Object.keys(group.tags ?? {}).map((key) => `tags.${key}`));
    // The environment's tags are judged once, with the cluster's arguments.
    const found = validateNodeGroup(group.kind, nodeGroupArgs(config, group), `${config.environment}-${name}`);
    problems.addAll(
        found.filter((problem) => !problem.path.startsWith("tags.") || own.has(problem.path)),
        path,
    );
    if (!found.some((problem) => problem.path === "kubernetesVersion")) {
        const version = new Problems(path);
        validateVersion(group.kubernetesVersion, config.kubernetesVersion, version);
        problems.addAll(version.list);
    }
    problems.require(
        zones.length > 0 || !zonesKnown(config),
        `${path}.subnetTier`,
        `the network has no ${tier} subnets; enable the tier or choose another`,
    );
    problems.require(group.zones?.length !== 0, `${path}.zones`, "empty; name zones, or leave it out for all of the network");
    (group.zones ?? []).forEach((zone, index) =>
        problems.require(
            zones.length === 0 || zones.includes(zone),
            `${path}.zones[${index}]`,
            `${show(zone)} is not one of the network's zones (${[...new Set(zones)].join(", ")})`,
        ),
    );
    const places = placesOf(config, group);
    const twice = places.find((zone, index) => places.indexOf(zone) !== index);
    problems.require(
        group.perZone !== true || twice === undefined,
        `${path}.perZone`,
        `makes one group for each zone, and ${twice ?? ""} has several ${tier} subnets; give one a zone`,
    );
}
