/** Checks across the whole configuration: each component's own, with its keys, and what holds only between them. */
import { Problems, show } from "../../components/core/errors";
import type { Problem } from "../../components/core/errors";
import { zoneLetter } from "../../components/network/plan";
import { networkZones } from "../../components/network/defaults";
import { NatStrategy, PRIVATE_CLUSTER_SERVICES, validateExistingNetwork, validateNetwork } from "../../components/network";
import { validateEksCluster } from "../../components/eks";
import { validateNodeGroup } from "../../components/node-groups";
import { ZONE_LETTERS } from "../../components/core/regions";
import { nearest } from "../../components/core/errors";
import { clusterSettings, networkSettings, nodeGroupArgs } from "./settings";
import type { StackConfig } from "./schema";

/** Names of node groups: they become part of resource names and end with a zone letter when there is one for each zone. */
const GROUP_NAME = /^[a-z][a-z0-9-]{0,29}$/;
/** Environments in which nothing may be open to the whole internet. */
const STRICT_ENVIRONMENTS = ["prod", "production", "staging"];

/** Everything wrong with a configuration whose shape is right. */
export function checkConfig(config: StackConfig): Problem[] {
    const problems = new Problems();
    checkRegion(config, problems);
    const blocks = checkNetwork(config, problems);
    for (const problem of validateEksCluster(clusterSettings(config), blocks)) {
        problems.add(clusterKey(problem.path), problem.reason);
    }
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
    const found = validateNetwork(settings).map((problem) => (problem.path === "region" ? { ...problem, path: "aws:region" } : problem));
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
    if (config.network.nat?.strategy !== NatStrategy.None || Object.keys(config.nodeGroups).length === 0) {
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

function checkEndpoint(config: StackConfig, problems: Problems): void {
    problems.require(
        config.cluster.endpoint?.allowAnyAddress !== true || !STRICT_ENVIRONMENTS.includes(config.environment),
        "cluster.endpoint.allowAnyAddress",
        `true in environment "${config.environment}": the API server must not be open to the world there; name your own blocks in publicAccessCidrs`,
    );
}

function checkNodeGroups(config: StackConfig, problems: Problems): void {
    const zones = config.network.existing === undefined ? networkZones(networkSettings(config)) : undefined;
    const taken = new Map<string, string>();
    for (const [name, group] of Object.entries(config.nodeGroups)) {
        const path = `nodeGroups.${name}`;
        problems.require(
            GROUP_NAME.test(name),
            path,
            `name ${show(name)}: use lower-case letters, digits and hyphens, at most 30, beginning with a letter`,
        );
        problems.addAll(validateNodeGroup(group.kind, nodeGroupArgs(config, group), `${config.environment}-${name}`), path);
        (group.zones ?? []).forEach((zone, index) =>
            problems.require(
                zones === undefined || zones.includes(zone),
                `${path}.zones[${index}]`,
                `${show(zone)} is not one of the network's zones (${(zones ?? []).join(", ")})`,
            ),
        );
        const names = group.perZone === true ? (group.zones ?? zones ?? []).map((zone) => `${name}-${zoneLetter(zone)}`) : [name];
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
