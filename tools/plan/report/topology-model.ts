/** What the topology diagram shows. Keys are URNs, or ids of what is there already. */

/** What a subnet is for. */
export const Tier = { Public: "public", Private: "private", Pod: "pod", Isolated: "isolated", Existing: "existing" } as const;
/** What a subnet is for. */
export type Tier = (typeof Tier)[keyof typeof Tier];

/** Key of the network whose subnets are known by their ids alone. */
export const EXISTING_NETWORK = "existing-network";

/** Where a route leads. */
export const RouteVia = {
    InternetGateway: "internet gateway",
    NatGateway: "NAT gateway",
    EgressOnly: "egress-only gateway",
    Other: "other",
} as const;
/** Where a route leads. */
export type RouteVia = (typeof RouteVia)[keyof typeof RouteVia];

/** A route of a subnet. */
export interface Route {
    destination: string;
    via: RouteVia;
    /** Key of the gateway; empty when it is no resource of the plan. */
    target: string;
    /** Name of the gateway, or its id. */
    targetName: string;
}

/** A gateway of a network or a subnet. */
export interface Gateway {
    key: string;
    name: string;
}

/** A NAT gateway. */
export interface Nat extends Gateway {
    /** Key of the subnet it is in. */
    subnet: string;
    /** True when it reaches no internet. */
    isPrivate: boolean;
}

/** A subnet. */
export interface Subnet {
    key: string;
    name: string;
    tier: Tier;
    zone: string;
    /** Empty when it is not known. */
    cidrBlock: string;
    ipv6: boolean;
    routes: Route[];
}

/** A zone of a network. */
export interface Zone {
    name: string;
    /** Public first, isolated last. */
    subnets: Subnet[];
}

/** A VPC endpoint. */
export interface Endpoint {
    key: string;
    /** Short name of the service, such as `ecr.api`. */
    service: string;
    type: "Interface" | "Gateway" | "GatewayLoadBalancer";
    subnets: string[];
}

/** A VPC with what is in it. */
export interface Network {
    key: string;
    name: string;
    /** Address blocks; empty for networks that are there already. */
    cidrBlocks: string[];
    zones: Zone[];
    internetGateways: Gateway[];
    egressOnlyGateways: Gateway[];
    nats: Nat[];
    endpoints: Endpoint[];
}

/** A control plane run by EKS. */
export interface ControlPlane {
    key: string;
    name: string;
    version: string;
    publicEndpoint: boolean;
    /** Who may reach the public endpoint. */
    publicCidrs: string[];
    privateEndpoint: boolean;
    subnets: string[];
}

/** Nodes: a managed or self-managed group, a Fargate profile, or a single instance. */
export interface NodeGroup {
    key: string;
    name: string;
    kind: "managed" | "self-managed" | "Fargate" | "instance";
    /** Undefined for Fargate. */
    size?: { min: number; max: number };
    instanceTypes: string[];
    spot: boolean;
    subnets: string[];
}

/** A load balancer. */
export interface LoadBalancer {
    key: string;
    name: string;
    kind: string;
    internal: boolean;
    subnets: string[];
}

/** Everything the diagram shows. */
export interface Topology {
    networks: Network[];
    controlPlanes: ControlPlane[];
    groups: NodeGroup[];
    loadBalancers: LoadBalancer[];
}
