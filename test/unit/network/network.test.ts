/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs have no type of their own */
import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "../../../components/network";
import type { NetworkArgs } from "../../../components/network";
import { UNKNOWN } from "../../../tools/plan/recorder";
import { recorded, refused } from "../../support/found";
import type { Found, Resource } from "../../support/found";
import { EVERYTHING, REGION, TAGS, ZONES, network, networkArgs } from "./factories";

const SUBNET = "subnet:Subnet";
const TABLE = "routeTable:RouteTable";
const ROUTE = "route:Route";
const NAT = "natGateway:NatGateway";
const ENDPOINT = "vpcEndpoint:VpcEndpoint";
const TIERS = ["public", "private", "isolated", "pod"];
const inZones = (tier: string): string[] => ["a", "b", "c"].map((letter) => `net-${tier}-${letter}`);

/** Destination and target of a route, the target by the name of the resource it depends on. */
function described(found: Found, route: Resource): string {
    const { destinationCidrBlock, destinationIpv6CidrBlock } = route.inputs;
    const targets = ["gatewayId", "natGatewayId", "egressOnlyGatewayId"].flatMap((key) =>
        (route.propertyDependencies[key] ?? []).map((target) => `${key} ${found.resources.find(({ urn }) => urn === target)?.name}`),
    );
    return `${destinationCidrBlock ?? destinationIpv6CidrBlock} -> ${targets.join()}`;
}

/** Routes of a table. */
function routesOf(found: Found, table: string): string[] {
    const { urn } = found.one(TABLE, table);
    return found
        .all(ROUTE)
        .filter((route) => route.propertyDependencies["routeTableId"]?.includes(urn))
        .map((route) => described(found, route))
        .sort();
}

/** Name of the table a subnet is associated with. */
function tableOf(found: Found, subnet: string): string | undefined {
    const association = found.one("routeTableAssociation:RouteTableAssociation", subnet);
    expect(association.propertyDependencies["subnetId"]).to.deep.equal([found.one(SUBNET, subnet).urn]);
    return found.resources.find(({ urn }) => association.propertyDependencies["routeTableId"]?.includes(urn))?.name;
}

for (const preview of [false, true]) {
    describe(`Network with everything in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await network(EVERYTHING, preview);
        });

        it("has a subnet of each tier in each zone", () => {
            expect(found.names(SUBNET)).to.have.members(TIERS.flatMap(inZones));
        });

        it("routes the public tier to the internet gateway in both families", () => {
            expect(routesOf(found, "net-public")).to.deep.equal(["0.0.0.0/0 -> gatewayId net-internet", "::/0 -> gatewayId net-internet"]);
        });

        for (const tier of ["private", "pod"]) {
            for (const letter of ["a", "b", "c"]) {
                it(`routes ${tier}-${letter} through its zone's NAT, the egress-only gateway and NAT64`, () => {
                    expect(routesOf(found, `net-${tier}-${letter}`)).to.deep.equal([
                        `0.0.0.0/0 -> natGatewayId net-nat-${letter}`,
                        `64:ff9b::/96 -> natGatewayId net-nat-${letter}`,
                        "::/0 -> egressOnlyGatewayId net-egress-only",
                    ]);
                });
            }
        }

        it("routes the isolated tier nowhere", () => {
            expect(routesOf(found, "net-isolated")).to.deep.equal([]);
        });

        it("has one table for the public and the isolated tier each and one in each zone for the others", () => {
            expect(found.names(TABLE)).to.have.members(["net-public", "net-isolated", ...inZones("private"), ...inZones("pod")]);
        });

        it("associates every subnet with the table of its tier and zone", () => {
            for (const name of found.names(SUBNET)) {
                expect(tableOf(found, name)).to.equal(/^net-(public|isolated)/.exec(name)?.[0] ?? name);
            }
        });

        it("gives each NAT gateway an address of its own in its zone's public subnet", () => {
            for (const letter of ["a", "b", "c"]) {
                const gateway = found.one(NAT, `net-nat-${letter}`);
                expect(gateway.propertyDependencies["allocationId"]).to.deep.equal([found.one("eip:Eip", `net-nat-${letter}`).urn]);
                expect(gateway.propertyDependencies["subnetId"]).to.deep.equal([found.one(SUBNET, `net-public-${letter}`).urn]);
            }
        });

        it("makes NAT gateways wait for the internet gateway and its route", () => {
            const needed = [found.one("internetGateway:InternetGateway").urn, found.one(ROUTE, "net-public-ipv4").urn];
            for (const gateway of found.all(NAT)) {
                expect(gateway.dependencies).to.include.members(needed);
            }
        });

        it("makes subnets of pods wait for the block they lie in", () => {
            const block = found.one("VpcIpv4CidrBlockAssociation");
            expect(block.inputs.cidrBlock).to.equal("100.64.0.0/16");
            for (const name of found.names(SUBNET)) {
                expect(found.one(SUBNET, name).dependencies.includes(block.urn), name).to.equal(name.startsWith("net-pod"));
            }
        });

        it("tags subnets and tables as shared by every cluster, and nothing else", () => {
            const tagged = found.resources.filter(({ inputs }) => inputs.tags?.["kubernetes.io/cluster/blue"] === "shared");
            expect(tagged.map(({ urn }) => urn)).to.have.members([...found.all(SUBNET), ...found.all(TABLE)].map(({ urn }) => urn));
            expect(tagged.every(({ inputs }) => inputs.tags["kubernetes.io/cluster/green"] === "shared")).to.equal(true);
        });

        it("tells load balancers which subnets are theirs", () => {
            const rolesOf = (tier: string): unknown[] => {
                const { tags } = found.one(SUBNET, `net-${tier}-a`).inputs;
                return [tags["kubernetes.io/role/elb"], tags["kubernetes.io/role/internal-elb"]];
            };
            expect(TIERS.map(rolesOf)).to.deep.equal([
                ["1", undefined],
                [undefined, "1"],
                [undefined, undefined],
                [undefined, undefined],
            ]);
        });

        it("puts a tier's own tags on its subnets only", () => {
            const tagged = found.resources.filter(({ inputs, custom }) => custom && inputs.tags?.Data === "yes");
            expect(tagged.map(({ name }) => name)).to.have.members(inZones("isolated"));
        });

        it("tags whatever takes tags with the environment's tags and its own name", () => {
            const untagged = ["Route", "RouteTableAssociation", "VpcDhcpOptionsAssociation", "VpcIpv4CidrBlockAssociation", "RolePolicy"];
            for (const { custom, type, name, inputs } of found.resources) {
                if (custom && !untagged.includes(type.split(":").pop() ?? "")) {
                    expect(inputs.tags, `${type} ${name}`).to.include({ ...TAGS, Name: name });
                }
            }
        });

        it("puts gateway endpoints into every route table", () => {
            const { inputs, propertyDependencies } = found.one(ENDPOINT, "net-endpoint-s3");
            expect(inputs).to.include({ vpcEndpointType: "Gateway", serviceName: `com.amazonaws.${REGION}.s3` });
            expect(propertyDependencies["routeTableIds"]).to.have.members(found.all(TABLE).map(({ urn }) => urn));
        });

        it("puts interface endpoints into the private subnets, behind a group and with private names", () => {
            const { inputs, propertyDependencies } = found.one(ENDPOINT, "net-endpoint-ecr-api");
            expect(inputs).to.include({
                vpcEndpointType: "Interface",
                privateDnsEnabled: true,
                serviceName: `com.amazonaws.${REGION}.ecr.api`,
            });
            expect(propertyDependencies["subnetIds"]).to.have.members(inZones("private").map((name) => found.one(SUBNET, name).urn));
            expect(propertyDependencies["securityGroupIds"]).to.deep.equal([found.one("securityGroup:SecurityGroup").urn]);
        });

        it("lets HTTPS from all of the VPC's blocks to the endpoints and nothing else", () => {
            const rules = found.all("SecurityGroupIngressRule");
            expect(rules.map(({ name }) => name)).to.have.members(["net-endpoints-ipv4", "net-endpoints-pods", "net-endpoints-ipv6"]);
            expect(rules.every(({ inputs }) => inputs.fromPort === 443 && inputs.toPort === 443 && inputs.ipProtocol === "tcp")).to.equal(
                true,
            );
        });

        it("writes flow logs of all packets by a role that may write to their group only", () => {
            const group = found.one("logGroup:LogGroup").urn;
            const log = found.one("flowLog:FlowLog");
            expect(found.one("logGroup:LogGroup").inputs.retentionInDays).to.equal(30);
            expect(log.inputs).to.include({ trafficType: "ALL" });
            expect(log.propertyDependencies).to.deep.include({ logDestination: [group], iamRoleArn: [found.one("role:Role").urn] });
            expect(log.dependencies).to.include(found.one("RolePolicy").urn);
            expect(found.one("RolePolicy").propertyDependencies["policy"]).to.deep.equal([group]);
        });

        it("lets only the flow-logs service take that role", () => {
            const trust = JSON.parse(found.one("role:Role").inputs.assumeRolePolicy);
            expect(trust.Statement).to.deep.equal([
                { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "vpc-flow-logs.amazonaws.com" } },
            ]);
        });

        it("locks the default security group", () => {
            expect(found.one("DefaultSecurityGroup").inputs).to.deep.include({ ingress: [], egress: [] });
        });

        it("sets DHCP options and hangs them on the VPC", () => {
            expect(found.one("VpcDhcpOptions").inputs).to.deep.include({ domainNameServers: ["10.0.0.2"] });
            expect(found.one("VpcDhcpOptionsAssociation").propertyDependencies["dhcpOptionsId"]).to.deep.equal([
                found.one("VpcDhcpOptions").urn,
            ]);
        });

        it("synthesizes addresses for IPv4 hosts only where NAT64 has a route", () => {
            const withDns64 = found.all(SUBNET).filter(({ inputs }) => inputs.enableDns64 === true);
            expect(withDns64.map(({ name }) => name)).to.have.members([...inZones("private"), ...inZones("pod")]);
        });

        it("gives no instance a public IPv4 address by itself", () => {
            expect(found.one(SUBNET, "net-public-a").inputs.mapPublicIpOnLaunch).to.equal(false);
        });

        it("hangs rules, routes and associations below what they belong to", () => {
            for (const [type, parent] of [
                [ROUTE, TABLE],
                ["RouteTableAssociation", SUBNET],
                ["SecurityGroupIngressRule", "securityGroup:SecurityGroup"],
                ["RolePolicy", "role:Role"],
            ] as const) {
                for (const resource of found.all(type)) {
                    expect(found.parentOf(resource)?.type, resource.name).to.match(new RegExp(`${parent}$`));
                }
            }
        });

        it("hangs everything else below the component", () => {
            const component = found.one("index:Network").urn;
            for (const type of [SUBNET, TABLE, NAT, "eip:Eip", "vpc:Vpc", ENDPOINT, "flowLog:FlowLog", "InternetGateway"]) {
                expect(
                    found.all(type).every(({ parent }) => parent === component),
                    type,
                ).to.equal(true);
            }
        });

        it("registers its outputs", () => {
            const { outputs } = found.one("index:Network");
            expect(outputs).to.have.keys("vpcId", "cidrBlocks", "zones", "subnetIds");
            expect(outputs.zones).to.deep.equal(ZONES.slice(0, 3));
            expect(outputs.subnetIds.pod).to.have.length(3);
        });

        it(preview ? "leaves IPv6 blocks open until the VPC has one" : "cuts each subnet's IPv6 block out of the VPC's", () => {
            const blockOf = (name: string): unknown => found.one(SUBNET, name).inputs.ipv6CidrBlock;
            const expected = ["2600:1f14:abc:de00::/64", "2600:1f14:abc:de10::/64", "2600:1f14:abc:de20::/64", "2600:1f14:abc:de30::/64"];
            expect(TIERS.map((tier) => blockOf(`net-${tier}-a`))).to.deep.equal(preview ? expected.map(() => UNKNOWN) : expected);
        });

        it("knows each subnet's IPv4 block beforehand", () => {
            expect(found.one(SUBNET, "net-private-b").inputs.cidrBlock).to.equal("10.0.32.0/19");
        });
    });

    describe(`Network without IPv6 in ${preview ? "a preview" : "an update"}`, () => {
        it("has nothing of IPv6 anywhere", async () => {
            const found = await network({ ...EVERYTHING, ipv6: { enabled: false } }, preview);
            const resources = found.resources.filter(({ custom }) => custom);
            const keys = resources.flatMap(({ inputs }) => Object.keys(inputs as object));
            expect(keys.filter((key) => /ipv6|dns64/i.test(key))).to.deep.equal([]);
            expect(resources.filter(({ type, name }) => /egressOnly/i.test(type) || /ipv6|nat64/.test(name))).to.deep.equal([]);
            expect(JSON.stringify(resources.map(({ inputs }) => inputs as unknown))).not.to.match(/::\/|ff9b/);
        });
    });

    describe(`Network out of IPAM pools in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await network({ ipv4IpamPoolId: "ipam-pool-4", ipv4NetmaskLength: 18, ipv6: { ipamPoolId: "ipam-pool-6" } }, preview);
        });

        it("asks the pools for blocks of the right size", () => {
            const { inputs } = found.one("vpc:Vpc");
            expect(inputs).to.include({
                ipv4IpamPoolId: "ipam-pool-4",
                ipv4NetmaskLength: 18,
                ipv6IpamPoolId: "ipam-pool-6",
                ipv6NetmaskLength: 56,
            });
            expect(inputs).not.to.have.any.keys("cidrBlock", "assignGeneratedIpv6CidrBlock");
        });

        it("cuts subnets out of the block once it is known", () => {
            expect(found.one(SUBNET, "net-private-b").inputs.cidrBlock).to.equal(preview ? UNKNOWN : "10.0.8.0/21");
        });
    });
}

describe("Network", () => {
    it("has one NAT gateway for all zones with the single strategy", async () => {
        const found = await network({ nat: { strategy: "single" } });
        expect(found.names(NAT)).to.deep.equal(["net-nat-a"]);
        expect(inZones("private").map((table) => routesOf(found, table)[0])).to.deep.equal(
            Array(3).fill("0.0.0.0/0 -> natGatewayId net-nat-a"),
        );
    });

    it("has no NAT gateway, address or IPv4 route out without NAT", async () => {
        const found = await network({ nat: { strategy: "none" } });
        expect([...found.names(NAT), ...found.names("eip:Eip")]).to.deep.equal([]);
        expect(routesOf(found, "net-private-a")).to.deep.equal(["::/0 -> egressOnlyGatewayId net-egress-only"]);
    });

    it("uses addresses made elsewhere and makes the others", async () => {
        const found = await network({ nat: { elasticIpAllocationIds: { [`${REGION}b`]: "eipalloc-own" } } });
        expect(found.one(NAT, "net-nat-b").inputs.allocationId).to.equal("eipalloc-own");
        expect(found.names("eip:Eip")).to.have.members(["net-nat-a", "net-nat-c"]);
    });

    it("has no internet gateway, public table or NAT without the public tier", async () => {
        const found = await network({ tiers: { public: { enabled: false } } });
        expect(found.resources.filter(({ type, name }) => /InternetGateway$|NatGateway/.test(type) && !/egress/.test(name))).to.deep.equal(
            [],
        );
        expect(found.names(TABLE)).to.have.members(inZones("private"));
    });

    it("has no NAT64 route unless told to", async () => {
        expect(routesOf(await network(), "net-private-a")).to.deep.equal([
            "0.0.0.0/0 -> natGatewayId net-nat-a",
            "::/0 -> egressOnlyGatewayId net-egress-only",
        ]);
    });

    it("lies in three zones of the region and ends in a free S3 endpoint by default", async () => {
        const found = await recorded(() => void new Network("net", { region: "eu-central-1" }));
        expect(found.one("index:Network").outputs.zones).to.deep.equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
        expect(found.names(ENDPOINT)).to.deep.equal(["net-endpoint-s3"]);
    });

    it("puts interface endpoints into the isolated tier when there is no private one", async () => {
        const tiers = { private: { enabled: false }, isolated: { enabled: true } };
        const found = await network({ tiers, nat: { strategy: "none" }, endpoints: { services: ["sts"] } });
        const expected = inZones("isolated").map((name) => found.one(SUBNET, name).urn);
        expect(found.one(ENDPOINT).propertyDependencies["subnetIds"]).to.have.members(expected);
    });

    it("writes no flow logs when they are switched off", async () => {
        const found = await network({ flowLogs: { enabled: false } });
        expect([...found.names("FlowLog"), ...found.names("LogGroup"), ...found.names("role:Role")]).to.deep.equal([]);
    });

    it("keeps flow logs of the packets and for the days it is told, under the key it is given", async () => {
        const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/k";
        const found = await network({ flowLogs: { traffic: "REJECT", retentionDays: 90, kmsKeyArn } });
        expect(found.one("FlowLog").inputs.trafficType).to.equal("REJECT");
        expect(found.one("LogGroup").inputs).to.include({ retentionInDays: 90, kmsKeyId: kmsKeyArn });
    });

    it("makes no DHCP options unless told to", async () => void expect((await network()).names("VpcDhcpOptions")).to.deep.equal([]));

    it("gives instances of the public tier public addresses when told to", async () => {
        const found = await network({ tiers: { public: { mapPublicIpOnLaunch: true } } });
        expect(found.one(SUBNET, "net-public-a").inputs.mapPublicIpOnLaunch).to.equal(true);
        expect(found.one(SUBNET, "net-private-a").inputs).not.to.have.property("mapPublicIpOnLaunch");
    });

    it("hands protection down to every child", async () => {
        const found = await recorded(() => void new Network("net", networkArgs(EVERYTHING), { protect: true }));
        expect(found.resources.filter(({ protect }) => !protect).map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("keeps every identity when a zone is added", async () => {
        const [two, three] = [await network({ ...EVERYTHING, zoneCount: 2 }), await network(EVERYTHING)];
        const kept = three.resources.map(({ urn }) => urn);
        expect(kept).to.include.members(two.resources.map(({ urn }) => urn));
    });

    it("changes no block and no zone of a subnet when a zone is added", async () => {
        const [two, three] = [await network({ ...EVERYTHING, zoneCount: 2 }), await network(EVERYTHING)];
        for (const { name, inputs } of two.all(SUBNET)) {
            const { cidrBlock, ipv6CidrBlock, availabilityZone } = inputs;
            expect(three.one(SUBNET, name).inputs).to.include({ cidrBlock, ipv6CidrBlock, availabilityZone });
        }
    });

    it("offers a handle whose dependencies are what nodes need to reach AWS", async () => {
        let names: string[] = [];
        const found = await recorded(async () => {
            const { dependencies } = new Network("net", networkArgs(EVERYTHING)).handle;
            names = await Promise.all(dependencies.map(({ urn }) => new Promise<string>((resolve) => urn.apply(resolve))));
        });
        const needed = [ROUTE, "RouteTableAssociation", ENDPOINT, "SecurityGroupIngressRule", "aws:ec2/internetGateway:InternetGateway"];
        expect(names).to.include.members(needed.flatMap((type) => found.all(type).map(({ urn }) => urn)));
    });

    it("registers nothing when it is invalid, and names everything that is wrong", async () => {
        const bad: Partial<NetworkArgs> = { cidrBlock: "10.0.0.0/30", endpoints: { services: ["s4"] }, flowLogs: { retentionDays: 4 } };
        const { registered, paths } = await refused(() => new Network("net", networkArgs(bad)));
        expect(registered).to.deep.equal([]);
        expect(paths).to.deep.equal(["cidrBlock", "endpoints.services[0]", "flowLogs.retentionDays"]);
    });

    it("refuses with Pulumi's own error", () => {
        expect(() => new Network("net", networkArgs({ zoneCount: 9 }))).to.throw(pulumi.InputPropertiesError, /^Network "net": 1 problem/);
    });
});
