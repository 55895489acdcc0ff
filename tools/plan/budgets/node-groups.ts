/** Node groups of either kind in one form: how many nodes at most, of which types, in which subnets. */
import type { PlannedResource } from "../plan-file";
import { instanceCapacity, recommendedPods } from "../tables/instance-capacity";
import type { InstanceCapacity } from "../tables/instance-capacity";
import { addressesAtRest, addressesWhenFull, cniSettings, podsByAddresses, podsByImage } from "./cni";
import type { CniSettings, NodeAddresses } from "./cni";
import { Type, listAt, numberAt, objectAt, textsAt } from "./plan-index";
import type { PlanIndex } from "./plan-index";
import { maxPodsOf, userDataOf } from "./user-data";

/** A node group. */
export interface NodeGroup {
    resource: PlannedResource;
    /** Nodes at most while nothing is being updated, those of a warm pool included. */
    nodes: number;
    /** Nodes that come on top while all are replaced. */
    surge: number;
    /** Nodes at creation. */
    desired: number;
    /** Subnets of the plan the nodes are in. */
    subnets: PlannedResource[];
    /** All its subnets, those outside the plan included. */
    subnetCount: number;
    /** Instance types that are known. */
    types: KnownType[];
    /** Instance types the table does not have, or `by attributes`. */
    unknownTypes: string[];
    /** Most pods a node, where user data says so. */
    maxPods?: number;
    /** EKS chooses the image, and works out the most pods itself. */
    eksImage: boolean;
    cni: CniSettings;
}

/** An instance type with its capacity. */
export interface KnownType {
    name: string;
    capacity: InstanceCapacity;
}

/** Type EKS takes when a managed group names none (https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html). */
const EKS_DEFAULT_TYPE = "t3.medium";

/**
 * A managed group grows by twice its zones while it is updated, or by what may be unavailable if that is more
 * (https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html).
 */
const SURGE_PER_ZONE = 2;

/** Capacity Rebalancing may go this far beyond the maximum (docs.aws.amazon.com/autoscaling/ec2/userguide, Capacity Rebalancing). */
const REBALANCE_PERCENT = 10;

/** Stands for types chosen by attributes or newer than the table: as many pods as AWS recommends on a small node. */
const ASSUMED_VCPUS = 1;

/** Every node group of a plan. */
export function nodeGroups(index: PlanIndex): NodeGroup[] {
    return [
        ...index.ofType(Type.NodeGroup).map((resource) => managedGroup(index, resource)),
        ...index.ofType(Type.AutoScalingGroup).map((resource) => autoScalingGroup(index, resource)),
    ];
}

function managedGroup(index: PlanIndex, resource: PlannedResource): NodeGroup {
    const { inputs } = resource;
    const scaling = objectAt(inputs["scalingConfig"]);
    const template = index.referred(resource, "launchTemplate", Type.LaunchTemplate)[0];
    const templateType = template?.inputs["instanceType"];
    const named = textsAt(inputs["instanceTypes"]);
    const types = named.length > 0 ? named : [typeof templateType === "string" ? templateType : EKS_DEFAULT_TYPE];
    const prepared = numberAt(objectAt(inputs["warmPoolConfig"])["maxGroupPreparedCapacity"]) ?? 0;
    const nodes = Math.max(numberAt(scaling["maxSize"]) ?? 0, prepared);
    const placement = placementOf(index, resource, "subnetIds");
    return {
        ...{ resource, nodes, desired: numberAt(scaling["desiredSize"]) ?? 0, ...placement, ...typesOf(types) },
        surge: managedSurge(objectAt(inputs["updateConfig"]), nodes, placement.subnetCount),
        maxPods: maxPodsOf(userDataOf(template)),
        eksImage: template?.inputs["imageId"] === undefined,
        cni: cniSettings(index, index.referred(resource, "clusterName", Type.Cluster)[0]),
    };
}

function managedSurge(update: Record<string, unknown>, nodes: number, zones: number): number {
    if (update["updateStrategy"] === "MINIMAL" || nodes === 0) {
        return 0;
    }
    const share = Math.ceil((nodes * (numberAt(update["maxUnavailablePercentage"]) ?? 0)) / 100);
    return Math.max(SURGE_PER_ZONE * zones, numberAt(update["maxUnavailable"]) ?? 1, share);
}

function autoScalingGroup(index: PlanIndex, resource: PlannedResource): NodeGroup {
    const { inputs } = resource;
    const mix = objectAt(objectAt(inputs["mixedInstancesPolicy"])["launchTemplate"]);
    const template = [
        ...index.referred(resource, "launchTemplate", Type.LaunchTemplate),
        ...index.referred(resource, "mixedInstancesPolicy", Type.LaunchTemplate),
    ][0];
    const prepared = numberAt(objectAt(inputs["warmPool"])["maxGroupPreparedCapacity"]) ?? 0;
    const nodes = Math.max(numberAt(inputs["maxSize"]) ?? 0, prepared);
    return {
        ...{ resource, nodes, desired: numberAt(inputs["desiredCapacity"]) ?? numberAt(inputs["minSize"]) ?? 0 },
        ...placementOf(index, resource, "vpcZoneIdentifiers"),
        ...typesOf(typesOfMix(listAt(mix["overrides"]).map(objectAt), template)),
        surge: groupSurge(inputs, nodes),
        maxPods: maxPodsOf(userDataOf(template)),
        eksImage: false,
        cni: cniSettings(index, clusterOf(index, resource)),
    };
}

/** Types of the overrides, or else of the template; an entry without a type chooses by attributes. */
function typesOfMix(overrides: readonly Record<string, unknown>[], template: PlannedResource | undefined): (string | undefined)[] {
    const entries = overrides.length > 0 ? overrides : [{ instanceType: template?.inputs["instanceType"] }];
    return entries.map(({ instanceType }) => (typeof instanceType === "string" ? instanceType : undefined));
}

function groupSurge(inputs: Record<string, unknown>, nodes: number): number {
    const preferences = objectAt(objectAt(inputs["instanceRefresh"])["preferences"]);
    const refresh = Math.max(0, (numberAt(preferences["maxHealthyPercentage"]) ?? 100) - 100);
    const rebalance = inputs["capacityRebalance"] === true ? REBALANCE_PERCENT : 0;
    return Math.ceil((nodes * Math.max(refresh, rebalance)) / 100);
}

/** The cluster an Auto Scaling group belongs to, by the tag nodes carry; the only one when there is no such tag. */
function clusterOf(index: PlanIndex, group: PlannedResource): PlannedResource | undefined {
    const keys = listAt(group.inputs["tags"]).map((tag) => String(objectAt(tag)["key"]));
    const clusters = index.ofType(Type.Cluster);
    return clusters.find(({ inputs }) => keys.includes(`kubernetes.io/cluster/${String(inputs["name"])}`)) ?? clusters[0];
}

function placementOf(index: PlanIndex, resource: PlannedResource, input: string): Pick<NodeGroup, "subnets" | "subnetCount"> {
    const subnets = index.referred(resource, input, Type.Subnet);
    return { subnets, subnetCount: Math.max(1, subnets.length, listAt(resource.inputs[input]).length) };
}

function typesOf(names: readonly (string | undefined)[]): Pick<NodeGroup, "types" | "unknownTypes"> {
    const types: KnownType[] = [];
    const unknownTypes: string[] = [];
    for (const name of names) {
        const capacity = name === undefined ? undefined : instanceCapacity(name);
        if (name === undefined || capacity === undefined) {
            unknownTypes.push(name ?? "by attributes");
        } else {
            types.push({ name, capacity });
        }
    }
    return { types, unknownTypes };
}

/** Pods the kubelet of a node takes, with the smallest type of a mixed group, and what there is room for. */
export interface PodRoom {
    /** What the kubelet takes. */
    pods: number;
    /** What the addresses carry. */
    byAddresses: number;
    /** What AWS recommends at most. */
    recommended: number;
    /** The type that decides; undefined when none is known. */
    type?: string;
}

/** Works out the pods of a node. EKS minds the plugin's settings and the recommendation; an image alone minds neither. */
export function podRoom(group: NodeGroup): PodRoom {
    const rooms = group.types.map(({ name, capacity }) => {
        const byAddresses = podsByAddresses(capacity, group.cni);
        const recommended = recommendedPods(capacity.vcpus);
        const byDefault = group.eksImage ? Math.min(byAddresses, recommended) : podsByImage(capacity);
        return { pods: group.maxPods ?? byDefault, byAddresses, recommended, type: name };
    });
    const smallest = rooms.sort((a, b) => a.byAddresses - b.byAddresses || a.pods - b.pods)[0];
    const assumed = recommendedPods(ASSUMED_VCPUS);
    return smallest ?? { pods: group.maxPods ?? assumed, byAddresses: Number.POSITIVE_INFINITY, recommended: assumed };
}

/** The type that needs the most addresses when full, and what it needs. */
export function largestNeed(group: NodeGroup): { type: string; full: NodeAddresses; rest: NodeAddresses } {
    const needs = group.types.map(({ name, capacity }) => {
        const pods = group.maxPods ?? (group.eksImage ? podRoom({ ...group, types: [{ name, capacity }] }).pods : podsByImage(capacity));
        return {
            type: name,
            full: addressesWhenFull(capacity, group.cni, pods),
            rest: addressesAtRest(capacity, group.cni, pods),
        };
    });
    if (group.unknownTypes.length > 0) {
        needs.push(assumedNeed(group));
    }
    const amount = ({ full }: { full: NodeAddresses }): number => full.node + full.pod;
    return needs.sort((a, b) => amount(b) - amount(a))[0] ?? assumedNeed(group);
}

/** A type nothing is known of: an address for each pod and one for the node. */
function assumedNeed(group: NodeGroup): { type: string; full: NodeAddresses; rest: NodeAddresses } {
    const pods = group.cni.ipv6 ? 0 : (group.maxPods ?? recommendedPods(ASSUMED_VCPUS));
    const full = group.cni.customNetworking ? { node: 1, pod: pods } : { node: 1 + pods, pod: 0 };
    return { type: group.unknownTypes.join(", "), full, rest: full };
}
