/** Arguments of `Network`. Values and limits: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../core/tags";

/** How private subnets reach IPv4 addresses on the internet. */
export const NatStrategy = {
    /** No NAT gateway; nodes reach AWS through VPC endpoints only. */
    None: "none",
    /** One NAT gateway for all zones: cheap, and gone with its zone. */
    Single: "single",
    /** One NAT gateway in each zone: survives the loss of a zone. */
    OnePerZone: "one-per-zone",
} as const;
/** How private subnets reach IPv4 addresses on the internet. */
export type NatStrategy = (typeof NatStrategy)[keyof typeof NatStrategy];

/** Which packets flow logs record. */
export const FlowLogTraffic = {
    /** Accepted and rejected packets. */
    All: "ALL",
    /** Accepted packets. */
    Accept: "ACCEPT",
    /** Rejected packets. */
    Reject: "REJECT",
} as const;
/** Which packets flow logs record. */
export type FlowLogTraffic = (typeof FlowLogTraffic)[keyof typeof FlowLogTraffic];

/** One tier of subnets, one subnet in each zone. */
export interface SubnetTierArgs {
    /** Whether the tier exists. Default: public and private yes; isolated no; pod when `podCidrBlock` is set. */
    enabled?: boolean;
    /**
     * Prefix length of each subnet, 16 to 28. Default: the tier's whole slot, which is the VPC's prefix length plus 3
     * for private, plus 6 for public and isolated, and that of `podCidrBlock` plus 3 for pods (in a /16: /19 and /22).
     * A longer prefix makes the subnets smaller inside their slots and moves no other subnet.
     */
    prefixLength?: number;
    /**
     * IPv4 block by zone name, for a layout of your own: `{ "eu-central-1a": "10.0.0.0/20" }`. Zones left out keep
     * their slot. A block outside the VPC or over another subnet is an error.
     */
    cidrBlocks?: Record<string, string>;
    /** Whether instances get a public IPv4 address by default. Public tier only. Default: false. */
    mapPublicIpOnLaunch?: boolean;
    /** Further tags on the tier's subnets. Default: none. */
    tags?: Tags;
}

/** Tiers of subnets. */
export interface SubnetTiersArgs {
    /** Routed to the internet gateway: load balancers and NAT gateways. */
    public?: SubnetTierArgs;
    /** Behind NAT and the egress-only gateway: nodes and internal load balancers. */
    private?: SubnetTierArgs;
    /** No route out of the VPC. */
    isolated?: SubnetTierArgs;
    /** Pod addresses out of `podCidrBlock`, routed like the private tier. */
    pod?: SubnetTierArgs;
}

/** IPv6 settings. */
export interface NetworkIpv6Args {
    /** Whether the VPC and every subnet get IPv6 blocks and routes. Default: true. */
    enabled?: boolean;
    /** IPAM pool to take the block from, `ipam-pool-…`. Default: none, Amazon provides a /56. */
    ipamPoolId?: pulumi.Input<string>;
    /** Prefix length of the block out of the IPAM pool; 44 to 56 in steps of four. Default: 56. */
    netmaskLength?: number;
    /**
     * Whether private subnets resolve names to synthesized IPv6 addresses (DNS64) and route 64:ff9b::/96 to NAT, so
     * that IPv6-only workloads reach IPv4 hosts. Needs NAT. Default: false.
     */
    dns64?: boolean;
}

/** NAT settings. */
export interface NetworkNatArgs {
    /** How many NAT gateways. Default: `one-per-zone`. */
    strategy?: NatStrategy;
    /**
     * Elastic IP allocation by zone name (`eipalloc-…`), for addresses that others allow. Zones left out get an
     * address of their own. Default: none.
     */
    elasticIpAllocationIds?: Record<string, pulumi.Input<string>>;
}

/** VPC endpoints. */
export interface NetworkEndpointsArgs {
    /**
     * Services by the last part of the endpoint name: `s3` and `dynamodb` become gateway endpoints in every route
     * table, others interface endpoints in the private (else isolated) subnets. Default: `["s3"]`, which is free.
     * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
     */
    services?: string[];
}

/** VPC flow logs to CloudWatch. */
export interface NetworkFlowLogsArgs {
    /** Whether flow logs are written. Default: true. */
    enabled?: boolean;
    /** Which packets. Default: `ALL`. */
    traffic?: FlowLogTraffic;
    /** Days CloudWatch keeps them; a value CloudWatch offers. Default: 30. */
    retentionDays?: number;
    /** KMS key for the log group; its policy must admit CloudWatch Logs. Default: none, encrypted by the service. */
    kmsKeyArn?: pulumi.Input<string>;
}

/** DHCP options of the VPC. */
export interface NetworkDhcpArgs {
    /**
     * Domain name instances get. Default: what Amazon provides. With another one, nodes of self-managed clusters get
     * names the cloud controller does not find; a warning says so.
     */
    domainName?: string;
    /** DNS servers. Default: `["AmazonProvidedDNS"]`. */
    domainNameServers?: string[];
}

/** Arguments of `Network`. Everything that decides how many resources exist is plain data. */
export interface NetworkArgs {
    /** AWS region, such as `eu-central-1`. Decides zone and service names; must be the provider's region. */
    region: string;
    /** IPv4 block of the VPC, /16 to /22 out of a private range. Default: `10.0.0.0/16`; not with `ipv4IpamPoolId`. */
    cidrBlock?: string;
    /** IPAM pool for the IPv4 block, `ipam-pool-…`. Default: none. */
    ipv4IpamPoolId?: pulumi.Input<string>;
    /** Prefix length out of the IPAM pool, 16 to 22. Default: 16. */
    ipv4NetmaskLength?: number;
    /** Zone names, one to six. Default: the first `zoneCount` zones of the region. */
    zones?: string[];
    /** Number of zones, one to six, when they are not named. Default: 3. */
    zoneCount?: number;
    /** Secondary IPv4 block for the pod tier, /16 to /22, usually out of 100.64.0.0/10. Default: none, no pod tier. */
    podCidrBlock?: string;
    /** Subnet tiers. Default: public and private. */
    tiers?: SubnetTiersArgs;
    /** IPv6 settings. Default: on, with a block from Amazon. */
    ipv6?: NetworkIpv6Args;
    /** NAT settings. Default: one gateway in each zone. */
    nat?: NetworkNatArgs;
    /** VPC endpoints. Default: a gateway endpoint for S3. */
    endpoints?: NetworkEndpointsArgs;
    /** Flow logs. Default: on, kept 30 days. */
    flowLogs?: NetworkFlowLogsArgs;
    /** DHCP options. Default: Amazon's. */
    dhcp?: NetworkDhcpArgs;
    /** Names of the clusters that use this network; each is tagged on subnets and route tables. Default: none. */
    clusterNames?: string[];
    /** Tags for everything in the network. Default: none. */
    tags?: Tags;
}
