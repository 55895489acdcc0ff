/**
 * IPv4 addresses of each subnet: all that AWS gives out, and who takes them when every group is at its maximum, full
 * of pods and being updated. That is the worst case on purpose: a subnet that runs out does so then, and nodes that
 * find no address never become ready. What is taken while little runs stands beside it.
 */
import { parseCidr, size } from "../../../components/core/cidr";
import type { PlannedResource } from "../plan-file";
import { BudgetKind, budgetOf } from "./model";
import type { Budget } from "./model";
import { largestNeed, nodeGroups } from "./node-groups";
import type { NodeGroup } from "./node-groups";
import { Type, groupKey, listAt, numberAt, tagsOf } from "./plan-index";
import type { PlanIndex } from "./plan-index";

/** Addresses AWS keeps of each subnet (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html). */
const RESERVED_BY_AWS = 5;

/** Free addresses EKS asks for in each subnet of a cluster: six, better sixteen (docs.aws.amazon.com/eks/latest/userguide/network-reqs.html). */
const CONTROL_PLANE = 16;

/**
 * Free addresses a load balancer asks for in a subnet (docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html).
 * The AWS Load Balancer Controller passes over subnets with fewer.
 */
const LOAD_BALANCER = 8;

/** Roles by which controllers choose subnets (https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html). */
const LOAD_BALANCER_ROLES = ["kubernetes.io/role/elb", "kubernetes.io/role/internal-elb"];

/** Names of pod subnets, which carry no tag of their own with custom networking. */
const POD_SUBNET = /(^|-)pods?(-|$)/;

/** What takes addresses of a subnet. */
interface Consumer {
    what: string;
    amount: number;
    atRest: number;
    /** Configuration key of the node group it belongs to. */
    group?: string;
    /** What else to change in the configuration to make it smaller. */
    remedy?: string;
}

/** Addresses, for every subnet with an IPv4 block that is known. */
export function subnetBudgets(index: PlanIndex): Budget[] {
    const consumers = new Map<string, Consumer[]>();
    const add = (subnet: PlannedResource, consumer: Consumer): void => {
        consumers.set(subnet.urn, [...(consumers.get(subnet.urn) ?? []), consumer]);
    };
    for (const group of nodeGroups(index)) {
        addNodes(index, group, add);
    }
    addFixed(index, add);
    return index.ofType(Type.Subnet).flatMap((subnet) => {
        const cidr = subnet.inputs["cidrBlock"];
        const block = typeof cidr === "string" ? parseCidr(cidr) : "unknown";
        return typeof block === "string" ? [] : [subnetBudget(subnet, Number(size(block)), consumers.get(subnet.urn) ?? [])];
    });
}

function subnetBudget(subnet: PlannedResource, addresses: number, consumers: readonly Consumer[]): Budget {
    const largest = [...consumers].sort((a, b) => b.amount - a.amount);
    const atRest = consumers.reduce((sum, consumer) => sum + consumer.atRest, 0);
    return budgetOf({
        kind: BudgetKind.SubnetAddresses,
        subject: subnet.name,
        urn: subnet.urn,
        limit: addresses - RESERVED_BY_AWS,
        unit: "addresses",
        parts: largest.map(({ what, amount }) => ({ what, amount })),
        atRest,
        note: `${addresses} in all, of which AWS keeps ${RESERVED_BY_AWS}`,
        advice: adviceFor(subnet, largest),
    });
}

/** The keys to change, those of the largest consumers first. */
function adviceFor(subnet: PlannedResource, consumers: readonly Consumer[]): string {
    const groups = [...new Set(consumers.flatMap(({ group }) => group ?? []))];
    const lower =
        groups.length === 0
            ? []
            : [`lower ${groups.map((group) => `${group}.maxSize`).join(", ")}, or kubelet.maxPods of ${groups.join(", ")}`];
    const others = [...new Set(consumers.flatMap(({ remedy }) => remedy ?? []))];
    const isForPods = POD_SUBNET.test(subnet.name);
    const space = isForPods
        ? "take a larger network.podCidrBlock"
        : "take a larger network.cidrBlock, which replaces the network, or take out a prefixLength set for this tier under network.tiers";
    return [...lower, ...others, space].join("; ");
}

type Add = (subnet: PlannedResource, consumer: Consumer) => void;

/** Auto Scaling spreads nodes evenly, so a subnet has its share rounded up. */
function addNodes(index: PlanIndex, group: NodeGroup, add: Add): void {
    const { type, full, rest } = largestNeed(group);
    const perSubnet = (nodes: number): number => Math.ceil(nodes / group.subnetCount);
    const nodes = perSubnet(group.nodes + group.surge);
    const desired = perSubnet(group.desired);
    const share = group.subnetCount > 1 ? `${shareOf(group.subnetCount)} of ` : "";
    const what = `${group.resource.name}: ${nodes} nodes (${share}${group.nodes} and ${group.surge} while updating), ${type}`;
    const key = groupKey(index, group.resource);
    const podSubnets = group.cni.customNetworking ? podSubnetsOf(index, group) : [];
    const remedy = group.cni.customNetworking ? undefined : "give pods subnets of their own (network.podCidrBlock with custom networking)";
    for (const subnet of group.subnets) {
        add(subnet, { what: `${what} at ${full.node}`, amount: nodes * full.node, atRest: desired * rest.node, group: key, remedy });
    }
    for (const subnet of podSubnets) {
        add(subnet, { what: `pods of ${what} at ${full.pod}`, amount: nodes * full.pod, atRest: desired * rest.pod, group: key });
    }
}

function shareOf(count: number): string {
    return ["half", "a third", "a quarter"][count - 2] ?? `1/${count}`;
}

/** Subnets of pods: those that hold no nodes and no load balancers, in the zones of the group, named or tagged for pods. */
function podSubnetsOf(index: PlanIndex, group: NodeGroup): PlannedResource[] {
    const zones = new Set(group.subnets.map(({ inputs }) => inputs["availabilityZone"]));
    return index
        .ofType(Type.Subnet)
        .filter((subnet) => zones.has(subnet.inputs["availabilityZone"]) && !group.subnets.includes(subnet))
        .filter((subnet) => POD_SUBNET.test(subnet.name) || ["1", ""].includes(String(tagsOf(subnet)["kubernetes.io/role/cni"])));
}

/** What takes the same addresses however many nodes run. */
function addFixed(index: PlanIndex, add: Add): void {
    const each = (
        type: string,
        input: string,
        what: (resource: PlannedResource) => string,
        amountOf: (resource: PlannedResource) => number,
    ): void => {
        for (const resource of index.ofType(type)) {
            const amount = amountOf(resource);
            const subnets = amount === 0 ? [] : index.referred(resource, input, Type.Subnet);
            subnets.forEach((subnet) => add(subnet, { what: what(resource), amount, atRest: amount }));
        }
    };
    each(
        Type.Cluster,
        "vpcConfig",
        ({ name }) => `control plane of ${name}`,
        () => CONTROL_PLANE,
    );
    each(Type.NatGateway, "subnetId", ({ name }) => `NAT gateway ${name}`, natAddresses);
    each(
        Type.Instance,
        "subnetId",
        ({ name }) => `instance ${name}`,
        () => 1,
    );
    each(Type.NetworkInterface, "subnetId", ({ name }) => `network interface ${name}`, interfaceAddresses);
    each(Type.LoadBalancer, "subnets", ({ name }) => `load balancer ${name}`, loadBalancerAddresses);
    each(Type.LoadBalancer, "subnetMappings", ({ name }) => `load balancer ${name}`, loadBalancerAddresses);
    addEndpoints(index, add);
    for (const subnet of index.ofType(Type.Subnet)) {
        if (LOAD_BALANCER_ROLES.some((role) => ["1", ""].includes(String(tagsOf(subnet)[role])))) {
            add(subnet, { what: "room for load balancers of Services", amount: LOAD_BALANCER, atRest: 0 });
        }
    }
}

function natAddresses({ inputs }: PlannedResource): number {
    return 1 + listAt(inputs["secondaryPrivateIpAddresses"]).length + (numberAt(inputs["secondaryPrivateIpAddressCount"]) ?? 0);
}

function interfaceAddresses({ inputs }: PlannedResource): number {
    return Math.max(1, listAt(inputs["privateIps"]).length, 1 + (numberAt(inputs["privateIpsCount"]) ?? 0));
}

/** Only application load balancers grow; the others keep to one address a zone. */
function loadBalancerAddresses({ inputs }: PlannedResource): number {
    return (inputs["loadBalancerType"] ?? "application") === "application" ? LOAD_BALANCER : 1;
}

/** Endpoints of one kind stand together in a report: there are often a dozen. */
function addEndpoints(index: PlanIndex, add: Add): void {
    const counts = new Map<PlannedResource, number>();
    for (const endpoint of index.ofType(Type.Endpoint)) {
        const hasInterfaces = ["Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"].includes(
            String(endpoint.inputs["vpcEndpointType"]),
        );
        for (const subnet of hasInterfaces ? index.referred(endpoint, "subnetIds", Type.Subnet) : []) {
            counts.set(subnet, (counts.get(subnet) ?? 0) + 1);
        }
    }
    for (const [subnet, amount] of counts) {
        add(subnet, { what: "interface endpoints", amount, atRest: amount, remedy: "list fewer under network.endpoints.services" });
    }
}
