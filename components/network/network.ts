/**
 * A VPC for clusters: dual-stack subnets in tiers over zones, every route they need, endpoints and flow logs.
 * Decisions are in plan.ts; this file only turns them into resources.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { subnetOf } from "../core/cidr";
import { Problems } from "../core/errors";
import { SubnetTier } from "../core/handles";
import type { NetworkHandle, SubnetHandle, SubnetsByTier } from "../core/handles";
import { ClusterTagValue, INTERNAL_LOAD_BALANCER_TAG, PUBLIC_LOAD_BALANCER_TAG, clusterTagKey, mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import { withoutUndefined } from "../core/plain";
import type { NetworkArgs } from "./arguments";
import { NETWORK_DEFAULTS, tierArgs } from "./defaults";
import { createEndpoints } from "./endpoints";
import { createFlowLogs } from "./flow-logs";
import { natZoneFor, planNetwork, zoneLetter } from "./plan";
import type { NetworkPlan, SubnetPlan } from "./plan";
import { validateNetwork } from "./validate";

const ANY_IPV4 = "0.0.0.0/0";
const ANY_IPV6 = "::/0";
/** Prefix of IPv4 addresses synthesized by DNS64 (RFC 6052). */
const NAT64_PREFIX = "64:ff9b::/96";

/** A VPC with its subnets, routes, gateways, endpoints and flow logs. */
export class Network extends pulumi.ComponentResource {
    /** VPC id. */
    readonly vpcId: pulumi.Output<string>;
    /** IPv4 blocks of the VPC, the primary one first. */
    readonly cidrBlocks: pulumi.Output<string>[];
    /** IPv6 block of the VPC; undefined when the network is IPv4-only. */
    readonly ipv6CidrBlock: pulumi.Output<string> | undefined;
    /** Availability zones in use, sorted. */
    readonly zones: string[];
    /** Subnets by tier. */
    readonly subnets: SubnetsByTier;
    /** Ids of the route tables by tier; the public and isolated tiers have one, the others one in each zone. */
    readonly routeTableIds: Record<SubnetTier, pulumi.Output<string>[]>;
    /** Public IPv4 addresses of the NAT gateways made here, by zone. */
    readonly natPublicIps: Record<string, pulumi.Output<string>>;

    private readonly dependencies: pulumi.Resource[] = [];
    private readonly plan: NetworkPlan;
    private readonly vpc: aws.ec2.Vpc;

    /**
     * @param name logical name; children are called `<name>-<what>`
     * @param args what to make; see `NetworkArgs`
     * @param opts resource options; `protect` here protects every child
     * @throws pulumi.InputPropertiesError naming every problem in `args`
     */
    constructor(
        private readonly name: string,
        private readonly args: NetworkArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const problems = new Problems();
        problems.addAll(validateNetwork(args));
        problems.throwIfAny(`Network ${JSON.stringify(name)}`);
        super("aws-kubernetes:index:Network", name, withoutUndefined(args), opts);

        this.plan = planNetwork(args);
        this.zones = this.plan.zones;
        this.vpc = this.createVpc();
        this.vpcId = this.vpc.id;
        this.cidrBlocks = [this.vpc.cidrBlock];
        this.ipv6CidrBlock = this.plan.ipv6 ? this.vpc.ipv6CidrBlock : undefined;
        this.lockDefaultSecurityGroup();
        this.createDhcpOptions();
        const podBlock = this.createPodBlock();
        const subnets = this.createSubnets(podBlock);
        this.subnets = subnetsByTier(subnets);
        const routeTables = this.createRouteTables(subnets);
        this.routeTableIds = { public: [], private: [], isolated: [], pod: [] };
        routeTables.forEach(({ tier, table }) => this.routeTableIds[tier].push(table.id));
        this.routePublicTier(routeTables);
        this.natPublicIps = this.routePrivateTiers(subnets, routeTables);
        this.dependencies.push(
            ...createEndpoints(
                this,
                name,
                args,
                this.vpc,
                this.subnets,
                routeTables.map(({ table }) => table),
            ),
        );
        createFlowLogs(this, name, args, this.vpc.id);
        this.registerOutputs({ vpcId: this.vpcId, cidrBlocks: this.cidrBlocks, zones: this.zones, subnetIds: subnetIds(this.subnets) });
    }

    /** The network as other components take it. */
    get handle(): NetworkHandle {
        return {
            vpcId: this.vpcId,
            cidrBlocks: this.cidrBlocks,
            ipv6CidrBlock: this.ipv6CidrBlock,
            zones: this.zones,
            subnets: this.subnets,
            dependencies: this.dependencies,
        };
    }

    private createVpc(): aws.ec2.Vpc {
        const { ipv6, ipv4IpamPoolId } = this.args;
        const ownBlock = ipv4IpamPoolId === undefined;
        return new aws.ec2.Vpc(
            this.name,
            {
                cidrBlock: ownBlock ? (this.args.cidrBlock ?? NETWORK_DEFAULTS.cidrBlock) : undefined,
                ipv4IpamPoolId,
                ipv4NetmaskLength: ownBlock ? undefined : (this.args.ipv4NetmaskLength ?? NETWORK_DEFAULTS.ipv4NetmaskLength),
                assignGeneratedIpv6CidrBlock: this.plan.ipv6 && ipv6?.ipamPoolId === undefined ? true : undefined,
                ipv6IpamPoolId: ipv6?.ipamPoolId,
                ipv6NetmaskLength: ipv6?.ipamPoolId === undefined ? undefined : (ipv6.netmaskLength ?? NETWORK_DEFAULTS.ipv6NetmaskLength),
                enableDnsHostnames: true,
                enableDnsSupport: true,
                tags: this.tags(this.name),
            },
            { parent: this },
        );
    }

    /** A security group nobody chose should let nothing through (CIS AWS Foundations 5.4). */
    private lockDefaultSecurityGroup(): void {
        new aws.ec2.DefaultSecurityGroup(
            `${this.name}-default`,
            { vpcId: this.vpc.id, ingress: [], egress: [], tags: this.tags(`${this.name}-default`) },
            { parent: this },
        );
    }

    private createDhcpOptions(): void {
        const { dhcp } = this.args;
        if (dhcp === undefined) {
            return;
        }
        if (dhcp.domainName !== undefined) {
            void pulumi.log.warn(
                `dhcp.domainName ${JSON.stringify(dhcp.domainName)}: nodes of self-managed clusters must be named by their private DNS name; ` +
                    "with a domain of your own they are not, and the cloud controller never finds them",
                this,
            );
        }
        const options = new aws.ec2.VpcDhcpOptions(
            `${this.name}-dhcp`,
            {
                domainName: dhcp.domainName,
                domainNameServers: dhcp.domainNameServers ?? ["AmazonProvidedDNS"],
                tags: this.tags(`${this.name}-dhcp`),
            },
            { parent: this },
        );
        new aws.ec2.VpcDhcpOptionsAssociation(`${this.name}-dhcp`, { vpcId: this.vpc.id, dhcpOptionsId: options.id }, { parent: options });
    }

    private createPodBlock(): aws.ec2.VpcIpv4CidrBlockAssociation | undefined {
        if (this.args.podCidrBlock === undefined) {
            return undefined;
        }
        const association = new aws.ec2.VpcIpv4CidrBlockAssociation(
            `${this.name}-pods`,
            { vpcId: this.vpc.id, cidrBlock: this.args.podCidrBlock },
            { parent: this },
        );
        this.cidrBlocks.push(association.cidrBlock);
        return association;
    }

    private createSubnets(podBlock: aws.ec2.VpcIpv4CidrBlockAssociation | undefined): PlacedSubnet[] {
        return this.plan.subnets.map((plan) => ({
            plan,
            subnet: new aws.ec2.Subnet(`${this.name}-${plan.suffix}`, this.subnetArgs(plan), {
                parent: this,
                dependsOn: plan.tier === SubnetTier.Pod && podBlock !== undefined ? [podBlock] : [],
            }),
        }));
    }

    private subnetArgs(plan: SubnetPlan): aws.ec2.SubnetArgs {
        const { prefixLength, index } = plan.ipv4Slot;
        const { ipv6Index } = plan;
        const settings = tierArgs(this.args, plan.tier);
        const isPublic = plan.tier === SubnetTier.Public;
        // Only where a route to NAT64 exists: elsewhere the synthesized addresses would lead nowhere.
        const hasNat64 = plan.tier === SubnetTier.Private || plan.tier === SubnetTier.Pod;
        return {
            vpcId: this.vpc.id,
            availabilityZone: plan.zone,
            cidrBlock: plan.cidrBlock ?? this.vpc.cidrBlock.apply((block) => subnetOf(block, prefixLength, index)),
            ipv6CidrBlock: ipv6Index === undefined ? undefined : this.vpc.ipv6CidrBlock.apply((block) => subnetOf(block, 64, ipv6Index)),
            assignIpv6AddressOnCreation: ipv6Index === undefined ? undefined : true,
            enableDns64: this.args.ipv6?.dns64 === true && hasNat64 ? true : undefined,
            mapPublicIpOnLaunch: isPublic ? (settings.mapPublicIpOnLaunch ?? false) : undefined,
            tags: this.tags(`${this.name}-${plan.suffix}`, this.clusterTags(), loadBalancerTags(plan.tier), settings.tags),
        };
    }

    /** Public and isolated subnets of all zones route alike; private ones differ by their NAT gateway. */
    private createRouteTables(subnets: PlacedSubnet[]): PlacedRouteTable[] {
        const tables = new Map<string, PlacedRouteTable>();
        for (const { plan, subnet } of subnets) {
            const shared = plan.tier === SubnetTier.Public || plan.tier === SubnetTier.Isolated;
            const suffix = shared ? plan.tier : plan.suffix;
            const placed = tables.get(suffix) ?? { tier: plan.tier, zone: plan.zone, table: this.createRouteTable(suffix) };
            tables.set(suffix, placed);
            const association = new aws.ec2.RouteTableAssociation(
                `${this.name}-${plan.suffix}`,
                { subnetId: subnet.id, routeTableId: placed.table.id },
                { parent: subnet },
            );
            // Until then, and once it has gone, a subnet follows the VPC's main table, which leads nowhere.
            this.dependencies.push(association);
        }
        return [...tables.values()];
    }

    private createRouteTable(suffix: string): aws.ec2.RouteTable {
        return new aws.ec2.RouteTable(
            `${this.name}-${suffix}`,
            { vpcId: this.vpc.id, tags: this.tags(`${this.name}-${suffix}`, this.clusterTags()) },
            { parent: this },
        );
    }

    private routePublicTier(routeTables: PlacedRouteTable[]): void {
        const tables = routeTables.filter(({ tier }) => tier === SubnetTier.Public);
        if (tables.length === 0) {
            return;
        }
        const gateway = new aws.ec2.InternetGateway(
            `${this.name}-internet`,
            { vpcId: this.vpc.id, tags: this.tags(`${this.name}-internet`) },
            { parent: this },
        );
        this.dependencies.push(gateway);
        for (const { table } of tables) {
            this.route(table, `${this.name}-public-ipv4`, { destinationCidrBlock: ANY_IPV4, gatewayId: gateway.id });
            if (this.plan.ipv6) {
                this.route(table, `${this.name}-public-ipv6`, { destinationIpv6CidrBlock: ANY_IPV6, gatewayId: gateway.id });
            }
        }
    }

    private routePrivateTiers(subnets: PlacedSubnet[], routeTables: PlacedRouteTable[]): Record<string, pulumi.Output<string>> {
        const tables = routeTables.filter(({ tier }) => tier === SubnetTier.Private || tier === SubnetTier.Pod);
        const gateways = this.createNatGateways(subnets);
        const egressOnly = tables.length > 0 && this.plan.ipv6 ? this.createEgressOnlyGateway() : undefined;
        for (const { tier, zone, table } of tables) {
            const base = `${this.name}-${tier}-${zoneLetter(zone)}`;
            const natGatewayId = gateways.get(natZoneFor(this.plan, zone) ?? "")?.id;
            if (natGatewayId !== undefined) {
                this.route(table, `${base}-ipv4`, { destinationCidrBlock: ANY_IPV4, natGatewayId });
                if (this.args.ipv6?.dns64 === true) {
                    this.route(table, `${base}-nat64`, { destinationIpv6CidrBlock: NAT64_PREFIX, natGatewayId });
                }
            }
            if (egressOnly !== undefined) {
                this.route(table, `${base}-ipv6`, { destinationIpv6CidrBlock: ANY_IPV6, egressOnlyGatewayId: egressOnly.id });
            }
        }
        return Object.fromEntries([...gateways].map(([zone, gateway]) => [zone, gateway.publicIp]));
    }

    private createNatGateways(subnets: PlacedSubnet[]): Map<string, aws.ec2.NatGateway> {
        const gateways = new Map<string, aws.ec2.NatGateway>();
        for (const zone of this.plan.natZones) {
            const name = `${this.name}-nat-${zoneLetter(zone)}`;
            const place = subnets.find(({ plan }) => plan.tier === SubnetTier.Public && plan.zone === zone);
            if (place === undefined) {
                continue;
            }
            const allocationId =
                this.args.nat?.elasticIpAllocationIds?.[zone] ??
                new aws.ec2.Eip(name, { domain: "vpc", tags: this.tags(name) }, { parent: this }).allocationId;
            // A NAT gateway works only once its VPC has an internet gateway, and AWS refuses to detach that before.
            const gateway = new aws.ec2.NatGateway(
                name,
                { allocationId, subnetId: place.subnet.id, tags: this.tags(name) },
                { parent: this, dependsOn: [...this.dependencies] },
            );
            gateways.set(zone, gateway);
        }
        return gateways;
    }

    private createEgressOnlyGateway(): aws.ec2.EgressOnlyInternetGateway {
        const name = `${this.name}-egress-only`;
        return new aws.ec2.EgressOnlyInternetGateway(name, { vpcId: this.vpc.id, tags: this.tags(name) }, { parent: this });
    }

    private route(table: aws.ec2.RouteTable, name: string, target: Omit<aws.ec2.RouteArgs, "routeTableId">): void {
        this.dependencies.push(new aws.ec2.Route(name, { routeTableId: table.id, ...target }, { parent: table }));
    }

    private tags(name: string, ...more: (Tags | undefined)[]): Tags {
        return mergeTags(name, this.args.tags, ...more);
    }

    private clusterTags(): Tags {
        return Object.fromEntries((this.args.clusterNames ?? []).map((cluster) => [clusterTagKey(cluster), ClusterTagValue.Shared]));
    }
}

interface PlacedSubnet {
    plan: SubnetPlan;
    subnet: aws.ec2.Subnet;
}

interface PlacedRouteTable {
    tier: SubnetTier;
    zone: string;
    table: aws.ec2.RouteTable;
}

function loadBalancerTags(tier: SubnetTier): Tags {
    switch (tier) {
        case SubnetTier.Public:
            return { [PUBLIC_LOAD_BALANCER_TAG]: "1" };
        case SubnetTier.Private:
            return { [INTERNAL_LOAD_BALANCER_TAG]: "1" };
        case SubnetTier.Isolated:
        case SubnetTier.Pod:
            return {};
    }
}

function subnetsByTier(placed: PlacedSubnet[]): SubnetsByTier {
    const subnets: SubnetsByTier = { public: [], private: [], isolated: [], pod: [] };
    for (const { plan, subnet } of placed) {
        const handle: SubnetHandle = { id: subnet.id, zone: plan.zone, cidrBlock: subnet.cidrBlock };
        subnets[plan.tier].push(
            plan.ipv6Index === undefined ? handle : { ...handle, ipv6CidrBlock: subnet.ipv6CidrBlock.apply((block) => block ?? "") },
        );
    }
    return subnets;
}

function subnetIds(subnets: SubnetsByTier): Record<string, pulumi.Input<string>[]> {
    return Object.fromEntries(Object.entries(subnets).map(([tier, list]: [string, SubnetHandle[]]) => [tier, list.map(({ id }) => id)]));
}
