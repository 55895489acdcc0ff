/** From the resources of a plan to what the diagram shows. Pure. */
import type { PlannedResource } from "../plan-file";
import { References, list, record, text } from "./references";
import { controlPlanes, loadBalancers, nodeGroups } from "./topology-compute";
import { EXISTING_NETWORK, RouteVia, Tier } from "./topology-model";
import type { Endpoint, Gateway, Nat, Network, Route, Subnet, Topology, Zone } from "./topology-model";

const TIER_ORDER: readonly Tier[] = [Tier.Public, Tier.Existing, Tier.Private, Tier.Pod, Tier.Isolated];
const ROUTE_TARGETS: readonly (readonly [property: string, type: string, via: RouteVia])[] = [
    ["gatewayId", "aws:ec2/internetGateway:InternetGateway", RouteVia.InternetGateway],
    ["natGatewayId", "aws:ec2/natGateway:NatGateway", RouteVia.NatGateway],
    ["egressOnlyGatewayId", "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", RouteVia.EgressOnly],
];

/** Reads the topology out of a plan. */
export function topologyOf(resources: readonly PlannedResource[]): Topology {
    const references = new References(resources);
    const compute = {
        controlPlanes: controlPlanes(resources, references),
        groups: nodeGroups(resources, references),
        loadBalancers: loadBalancers(resources, references),
    };
    const networks = ofType(resources, "aws:ec2/vpc:Vpc").map((vpc) => networkOf(vpc, resources, references));
    const known = new Set(networks.flatMap(({ zones }) => zones.flatMap(({ subnets }) => subnets.map(({ key }) => key))));
    const used = [...compute.controlPlanes, ...compute.groups, ...compute.loadBalancers].flatMap(({ subnets }) => subnets);
    const existing = [...new Set(used.filter((key) => !known.has(key)))].sort();
    return { networks: existing.length === 0 ? networks : [...networks, existingNetwork(existing, resources)], ...compute };
}

/** Resources of a type. */
export function ofType(resources: readonly PlannedResource[], type: string): PlannedResource[] {
    return resources.filter((resource) => resource.type === type);
}

function networkOf(vpc: PlannedResource, resources: readonly PlannedResource[], references: References): Network {
    const inVpc = (type: string): PlannedResource[] =>
        ofType(resources, type).filter((resource) => (references.one(resource, "vpcId", vpc.type)?.urn ?? vpc.urn) === vpc.urn);
    const subnets = inVpc("aws:ec2/subnet:Subnet").map((subnet) => subnetOf(subnet, resources, references));
    const keys = new Set(subnets.map(({ key }) => key));
    const secondary = inVpc("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation");
    return {
        key: vpc.urn,
        name: nameOf(vpc),
        cidrBlocks: [vpc, ...secondary].flatMap(({ inputs }) => text(inputs["cidrBlock"]) ?? []),
        zones: zonesOf(subnets),
        internetGateways: inVpc("aws:ec2/internetGateway:InternetGateway").map(gatewayOf),
        egressOnlyGateways: inVpc("aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway").map(gatewayOf),
        nats: ofType(resources, "aws:ec2/natGateway:NatGateway")
            .map((nat) => natOf(nat, references))
            .filter(({ subnet }) => keys.has(subnet)),
        endpoints: inVpc("aws:ec2/vpcEndpoint:VpcEndpoint").map((endpoint) => endpointOf(endpoint, references)),
    };
}

function natOf(nat: PlannedResource, references: References): Nat {
    const [subnet = ""] = references.subnets(nat, "subnetId", nat.inputs["subnetId"]);
    return { ...gatewayOf(nat), subnet, isPrivate: nat.inputs["connectivityType"] === "private" };
}

function endpointOf(endpoint: PlannedResource, references: References): Endpoint {
    const { serviceName, vpcEndpointType, subnetIds } = endpoint.inputs;
    const service = (text(serviceName) ?? nameOf(endpoint)).replace(/^(com|aws|cn)\.(amazonaws|com\.amazonaws|api)\.[^.]+\./, "");
    const type = vpcEndpointType === "Interface" || vpcEndpointType === "GatewayLoadBalancer" ? vpcEndpointType : "Gateway";
    return { key: endpoint.urn, service, type, subnets: references.subnets(endpoint, "subnetIds", subnetIds) };
}

function subnetOf(subnet: PlannedResource, resources: readonly PlannedResource[], references: References): Subnet {
    const routes = routesOf(subnet, resources, references);
    return {
        key: subnet.urn,
        name: nameOf(subnet),
        tier: tierOf(subnet, routes),
        zone: text(subnet.inputs["availabilityZone"]) ?? text(subnet.inputs["availabilityZoneId"]) ?? "any zone",
        cidrBlock: text(subnet.inputs["cidrBlock"]) ?? "",
        ipv6: subnet.inputs["ipv6CidrBlock"] !== undefined,
        routes,
    };
}

function routesOf(subnet: PlannedResource, resources: readonly PlannedResource[], references: References): Route[] {
    const table = ofType(resources, "aws:ec2/routeTableAssociation:RouteTableAssociation")
        .filter((association) => references.one(association, "subnetId", subnet.type)?.urn === subnet.urn)
        .flatMap((association) => references.of(association, "routeTableId", "aws:ec2/routeTable:RouteTable"))[0];
    if (table === undefined) {
        return [];
    }
    return ofType(resources, "aws:ec2/route:Route")
        .filter((route) => references.one(route, "routeTableId", table.type)?.urn === table.urn)
        .map((route) => routeOf(route, references))
        .sort((a, b) => compare(a.destination, b.destination));
}

function routeOf(route: PlannedResource, references: References): Route {
    const { inputs } = route;
    const destination =
        text(inputs["destinationCidrBlock"]) ?? text(inputs["destinationIpv6CidrBlock"]) ?? text(inputs["destinationPrefixListId"]) ?? "?";
    for (const [property, type, via] of ROUTE_TARGETS) {
        const target = references.one(route, property, type);
        if (target !== undefined) {
            return { destination, via, target: target.urn, targetName: nameOf(target) };
        }
    }
    const targetName = Object.entries(inputs).flatMap(([key, value]) =>
        /Id$|Arn$/.test(key) && key !== "routeTableId" ? (text(value) ?? []) : [],
    )[0];
    return { destination, via: RouteVia.Other, target: "", targetName: targetName ?? "elsewhere" };
}

/** The name says it best; then the tags load balancers look for; then where the default route leads. */
function tierOf({ name, inputs }: PlannedResource, routes: readonly Route[]): Tier {
    const named = /(?:^|[-_.])(public|private|pod|isolated)s?(?:[-_.]|$)/i.exec(name)?.[1]?.toLowerCase();
    if (named !== undefined) {
        return named as Tier;
    }
    const tags = record(inputs["tags"]);
    if ("kubernetes.io/role/elb" in tags || routes.some(({ via }) => via === RouteVia.InternetGateway)) {
        return Tier.Public;
    }
    return "kubernetes.io/role/internal-elb" in tags || routes.length > 0 ? Tier.Private : Tier.Isolated;
}

/** Subnets of which only the ids are known. Components that take them also say their zone. */
function existingNetwork(ids: readonly string[], resources: readonly PlannedResource[]): Network {
    const zones = new Map<string, string>();
    const visit = (value: unknown): void => {
        const { id, zone } = record(value);
        if (typeof id === "string" && typeof zone === "string") {
            zones.set(id, zone);
        }
        [...list(value), ...Object.values(record(value))].forEach(visit);
    };
    resources.filter(({ custom }) => !custom).forEach(({ inputs }) => visit(inputs));
    const subnets = ids.map((id) => ({
        ...{ key: id, name: id, tier: Tier.Existing, zone: zones.get(id) ?? "zone not known" },
        ...{ cidrBlock: "", ipv6: false, routes: [] },
    }));
    return {
        ...{ key: EXISTING_NETWORK, name: "made elsewhere", cidrBlocks: [], zones: zonesOf(subnets) },
        ...{ internetGateways: [], egressOnlyGateways: [], nats: [], endpoints: [] },
    };
}

function zonesOf(subnets: readonly Subnet[]): Zone[] {
    const names = [...new Set(subnets.map(({ zone }) => zone))].sort(compare);
    const order = (a: Subnet, b: Subnet): number => TIER_ORDER.indexOf(a.tier) - TIER_ORDER.indexOf(b.tier) || compare(a.name, b.name);
    return names.map((name) => ({ name, subnets: subnets.filter(({ zone }) => zone === name).sort(order) }));
}

function gatewayOf(resource: PlannedResource): Gateway {
    return { key: resource.urn, name: nameOf(resource) };
}

function nameOf({ name, inputs }: PlannedResource): string {
    return text(record(inputs["tags"])["Name"]) ?? name;
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
