/** Where packets go: route tables with their routes, the gateways they lead to, and which subnet follows which table. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { SubnetTier } from "../core/handles";
import { ClusterTagValue, clusterTagKey, mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import type { NetworkArgs } from "./arguments";
import { natZoneFor, zoneLetter } from "./plan";
import type { NetworkPlan, SubnetPlan } from "./plan";

const ANY_IPV4 = "0.0.0.0/0";
const ANY_IPV6 = "::/0";
/** Prefix of IPv4 addresses synthesized by DNS64 (RFC 6052). */
const NAT64_PREFIX = "64:ff9b::/96";

/** A subnet with what it was planned as. */
export interface PlacedSubnet {
    plan: SubnetPlan;
    subnet: aws.ec2.Subnet;
}

/** A route table with the tier and zone it serves; tables of a whole tier name its first zone. */
export interface PlacedRouteTable {
    tier: SubnetTier;
    zone: string;
    table: aws.ec2.RouteTable;
}

/** Ids of route tables by tier. */
export interface RouteTableIds {
    /** The public tier's one table. */
    public: pulumi.Output<string>[];
    /** One table for each zone. */
    private: pulumi.Output<string>[];
    /** The isolated tier's one table. */
    isolated: pulumi.Output<string>[];
    /** One table for each zone. */
    pod: pulumi.Output<string>[];
}

/** Tags that tell clusters which subnets and route tables they may use. */
export function clusterTags(args: NetworkArgs): Tags {
    return Object.fromEntries((args.clusterNames ?? []).map((cluster) => [clusterTagKey(cluster), ClusterTagValue.Shared]));
}

/** The routing part of a `Network`; its resources are children of that component. */
export class Routing {
    readonly tables: PlacedRouteTable[];
    /** Public IPv4 addresses of NAT gateways by zone. */
    readonly natPublicIps: Record<string, pulumi.Output<string>>;
    /** What must exist before something in a subnet reaches the internet. */
    readonly dependencies: pulumi.Resource[] = [];

    constructor(
        private readonly parent: pulumi.ComponentResource,
        private readonly name: string,
        private readonly args: NetworkArgs,
        private readonly plan: NetworkPlan,
        private readonly vpcId: pulumi.Output<string>,
        private readonly subnets: PlacedSubnet[],
    ) {
        this.tables = this.createRouteTables();
        this.routePublicTier();
        this.natPublicIps = this.routePrivateTiers();
    }

    /** Ids of the tables by tier. */
    tableIds(): RouteTableIds {
        const ids: RouteTableIds = { public: [], private: [], isolated: [], pod: [] };
        this.tables.forEach(({ tier, table }) => ids[tier].push(table.id));
        return ids;
    }

    /** Public and isolated subnets of all zones route alike; private ones differ by their NAT gateway. */
    private createRouteTables(): PlacedRouteTable[] {
        const tables = new Map<string, PlacedRouteTable>();
        for (const { plan, subnet } of this.subnets) {
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
            { vpcId: this.vpcId, tags: this.tags(`${this.name}-${suffix}`, clusterTags(this.args)) },
            { parent: this.parent },
        );
    }

    private routePublicTier(): void {
        const tables = this.tables.filter(({ tier }) => tier === SubnetTier.Public);
        if (tables.length === 0) {
            return;
        }
        const gateway = new aws.ec2.InternetGateway(
            `${this.name}-internet`,
            { vpcId: this.vpcId, tags: this.tags(`${this.name}-internet`) },
            { parent: this.parent },
        );
        this.dependencies.push(gateway);
        for (const { table } of tables) {
            this.route(table, `${this.name}-public-ipv4`, { destinationCidrBlock: ANY_IPV4, gatewayId: gateway.id });
            if (this.plan.ipv6) {
                this.route(table, `${this.name}-public-ipv6`, { destinationIpv6CidrBlock: ANY_IPV6, gatewayId: gateway.id });
            }
        }
    }

    private routePrivateTiers(): Record<string, pulumi.Output<string>> {
        const tables = this.tables.filter(({ tier }) => tier === SubnetTier.Private || tier === SubnetTier.Pod);
        const gateways = this.createNatGateways();
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

    private createNatGateways(): Map<string, aws.ec2.NatGateway> {
        const gateways = new Map<string, aws.ec2.NatGateway>();
        for (const zone of this.plan.natZones) {
            const name = `${this.name}-nat-${zoneLetter(zone)}`;
            const place = this.subnets.find(({ plan }) => plan.tier === SubnetTier.Public && plan.zone === zone);
            if (place === undefined) {
                continue;
            }
            const allocationId =
                this.args.nat?.elasticIpAllocationIds?.[zone] ??
                new aws.ec2.Eip(name, { domain: "vpc", tags: this.tags(name) }, { parent: this.parent }).allocationId;
            // A NAT gateway works only once its VPC has an internet gateway, and AWS refuses to detach that before.
            const gateway = new aws.ec2.NatGateway(
                name,
                { allocationId, subnetId: place.subnet.id, tags: this.tags(name) },
                { parent: this.parent, dependsOn: [...this.dependencies] },
            );
            gateways.set(zone, gateway);
        }
        return gateways;
    }

    private createEgressOnlyGateway(): aws.ec2.EgressOnlyInternetGateway {
        const name = `${this.name}-egress-only`;
        return new aws.ec2.EgressOnlyInternetGateway(name, { vpcId: this.vpcId, tags: this.tags(name) }, { parent: this.parent });
    }

    private route(table: aws.ec2.RouteTable, name: string, target: Omit<aws.ec2.RouteArgs, "routeTableId">): void {
        this.dependencies.push(new aws.ec2.Route(name, { routeTableId: table.id, ...target }, { parent: table }));
    }

    private tags(name: string, ...more: (Tags | undefined)[]): Tags {
        return mergeTags(name, this.args.tags, ...more);
    }
}
