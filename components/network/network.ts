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
import { INTERNAL_LOAD_BALANCER_TAG, PUBLIC_LOAD_BALANCER_TAG, mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import { withoutUndefined } from "../core/plain";
import type { NetworkArgs } from "./arguments";
import { NETWORK_DEFAULTS, tierArgs } from "./defaults";
import { createEndpoints } from "./endpoints";
import { createFlowLogs } from "./flow-logs";
import { planNetwork } from "./plan";
import type { NetworkPlan, SubnetPlan } from "./plan";
import { Routing, clusterTags } from "./routing";
import type { PlacedSubnet, RouteTableIds } from "./routing";
import { validateNetwork } from "./validate";

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
    readonly routeTableIds: RouteTableIds;
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
        const routing = new Routing(this, name, args, this.plan, this.vpc.id, subnets);
        this.routeTableIds = routing.tableIds();
        this.natPublicIps = routing.natPublicIps;
        const tables = routing.tables.map(({ table }) => table);
        this.dependencies.push(...routing.dependencies, ...createEndpoints(this, name, args, this.vpc, this.subnets, tables));
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
            tags: this.tags(`${this.name}-${plan.suffix}`, clusterTags(this.args), loadBalancerTags(plan.tier), settings.tags),
        };
    }

    private tags(name: string, ...more: (Tags | undefined)[]): Tags {
        return mergeTags(name, this.args.tags, ...more);
    }
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
