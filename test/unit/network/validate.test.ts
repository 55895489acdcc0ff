import { expect } from "chai";
import { NatStrategy, validateNetwork } from "../../../components/network";
import type { NetworkArgs } from "../../../components/network";
import { EVERYTHING, REGION, ZONES, networkArgs } from "./factories";

interface Row {
    what: string;
    args: Partial<NetworkArgs>;
    path: string;
    reason: RegExp;
}

const own = (zone: string, block: string): Partial<NetworkArgs> => ({ tiers: { private: { cidrBlocks: { [zone]: block } } } });
const IPAM = { ipv4IpamPoolId: "ipam-pool-1" };

const ROWS: Row[] = [
    {
        what: "an unknown region",
        args: { region: "us-eest-1" },
        path: "region",
        reason: /unknown region "us-eest-1"; did you mean "us-east-1"\?/,
    },
    { what: "a region like no other", args: { region: "moon-base" }, path: "region", reason: /unknown region "moon-base" Name the zones/ },
    { what: "zones and a count", args: { zones: ZONES.slice(0, 2) }, path: "zoneCount", reason: /give zones or zoneCount, not both/ },
    { what: "no zones", args: { zones: [], zoneCount: undefined }, path: "zones", reason: /0 zones; use 1 to 6/ },
    { what: "a zone twice", args: { zones: [`${REGION}a`, `${REGION}a`], zoneCount: undefined }, path: "zones", reason: /named twice/ },
    {
        what: "a Local Zone",
        args: { zones: ["us-east-1-bos-1a"], zoneCount: undefined },
        path: "zones[0]",
        reason: /not an availability zone name; write it like "us-east-1a"/,
    },
    { what: "a zone elsewhere", args: { zones: ["eu-west-1a"], zoneCount: undefined }, path: "zones[0]", reason: /is not in us-east-1/ },
    { what: "no zone by count", args: { zoneCount: 0 }, path: "zoneCount", reason: /0 zones; us-east-1 has 6, use 1 to 6/ },
    { what: "more zones than there are", args: { zoneCount: 7 }, path: "zoneCount", reason: /7 zones; us-east-1 has 6/ },
    { what: "half a zone", args: { zoneCount: 1.5 }, path: "zoneCount", reason: /1\.5 zones/ },
    {
        what: "a block beside an IPAM pool",
        args: { ...IPAM, cidrBlock: "10.0.0.0/16" },
        path: "cidrBlock",
        reason: /give cidrBlock or ipv4IpamPoolId/,
    },
    { what: "a netmask too short", args: { ...IPAM, ipv4NetmaskLength: 15 }, path: "ipv4NetmaskLength", reason: /\/15; use \/16 to \/22/ },
    { what: "a netmask too long", args: { ...IPAM, ipv4NetmaskLength: 23 }, path: "ipv4NetmaskLength", reason: /\/23; use \/16 to \/22/ },
    { what: "a netmask without a pool", args: { ipv4NetmaskLength: 16 }, path: "ipv4NetmaskLength", reason: /only with ipv4IpamPoolId/ },
    { what: "no block at all", args: { cidrBlock: "ten" }, path: "cidrBlock", reason: /no prefix length/ },
    { what: "host bits", args: { cidrBlock: "10.0.0.1/16" }, path: "cidrBlock", reason: /did you mean "10\.0\.0\.0\/16"\?/ },
    { what: "an IPv6 block", args: { cidrBlock: "2600::/56" }, path: "cidrBlock", reason: /is IPv6; give an IPv4 block/ },
    {
        what: "a block too large",
        args: { cidrBlock: "10.0.0.0/15" },
        path: "cidrBlock",
        reason: /larger than AWS allows; use \/16 to \/22/,
    },
    { what: "a block too small", args: { cidrBlock: "10.0.0.0/23" }, path: "cidrBlock", reason: /too small for six zones of subnets/ },
    { what: "a public block", args: { cidrBlock: "8.8.0.0/16" }, path: "cidrBlock", reason: /not in a private range/ },
    {
        what: "pods without a block",
        args: { tiers: { pod: { enabled: true } } },
        path: "tiers.pod",
        reason: /pod subnets need podCidrBlock/,
    },
    {
        what: "a pod block over the VPC's",
        args: { podCidrBlock: "10.0.0.0/18" },
        path: "podCidrBlock",
        reason: /overlaps the VPC's block 10\.0\.0\.0\/16/,
    },
    { what: "a pod block too small", args: { podCidrBlock: "100.64.0.0/24" }, path: "podCidrBlock", reason: /too small/ },
    {
        what: "no tier at all",
        args: { tiers: { public: { enabled: false }, private: { enabled: false } } },
        path: "tiers",
        reason: /every tier is switched off/,
    },
    {
        what: "subnets larger than their slots",
        args: { tiers: { private: { prefixLength: 18 } } },
        path: "tiers.private.prefixLength",
        reason: /\/18 does not fit.*\/19 to \/28/,
    },
    {
        what: "subnets smaller than AWS makes",
        args: { tiers: { public: { prefixLength: 29 } } },
        path: "tiers.public.prefixLength",
        reason: /\/29 does not fit.*\/22 to \/28/,
    },
    {
        what: "slots of a block out of IPAM that are too small",
        args: { ...IPAM, ipv4NetmaskLength: 20, tiers: { private: { prefixLength: 22 } } },
        path: "tiers.private.prefixLength",
        reason: /\/23 to \/28/,
    },
    {
        what: "pod subnets larger than their slots",
        args: { podCidrBlock: "100.64.0.0/18", tiers: { pod: { prefixLength: 20 } } },
        path: "tiers.pod.prefixLength",
        reason: /\/21 to \/28/,
    },
    {
        what: "public addresses in private subnets",
        args: { tiers: { private: { mapPublicIpOnLaunch: true } } },
        path: "tiers.private.mapPublicIpOnLaunch",
        reason: /public tier only/,
    },
    {
        what: "a bad tag on a tier",
        args: { tiers: { public: { tags: { "aws:x": "y" } } } },
        path: "tiers.public.tags.aws:x",
        reason: /reserved by AWS/,
    },
    {
        what: "a block of a zone that is not there",
        args: own(`${REGION}f`, "10.0.0.0/20"),
        path: `tiers.private.cidrBlocks.${REGION}f`,
        reason: /not one of the network's zones \(us-east-1a, /,
    },
    {
        what: "an own block that is none",
        args: own(`${REGION}a`, "10.0.0.0"),
        path: `tiers.private.cidrBlocks.${REGION}a`,
        reason: /no prefix length/,
    },
    {
        what: "an own block of IPv6",
        args: own(`${REGION}a`, "2600::/24"),
        path: `tiers.private.cidrBlocks.${REGION}a`,
        reason: /is IPv6; give an IPv4 block/,
    },
    {
        what: "an own block too small",
        args: own(`${REGION}a`, "10.0.0.0/29"),
        path: `tiers.private.cidrBlocks.${REGION}a`,
        reason: /smaller than AWS makes subnets/,
    },
    {
        what: "an own block outside the VPC",
        args: own(`${REGION}a`, "10.1.0.0/20"),
        path: `tiers.private.cidrBlocks.${REGION}a`,
        reason: /outside the block the tier lies in/,
    },
    {
        what: "an own block over a slot",
        args: own(`${REGION}a`, "10.0.32.0/20"),
        path: "tiers.private.cidrBlocks",
        reason: /us-east-1b would get 10\.0\.32\.0\/19, which overlaps 10\.0\.32\.0\/20 of private in us-east-1a/,
    },
    {
        what: "NAT without public subnets",
        args: { tiers: { public: { enabled: false } }, nat: { strategy: NatStrategy.Single } },
        path: "nat.strategy",
        reason: /"single" needs the public tier/,
    },
    {
        what: "an address without NAT",
        args: { nat: { strategy: NatStrategy.None, elasticIpAllocationIds: { [`${REGION}a`]: "eipalloc-1" } } },
        path: `nat.elasticIpAllocationIds.${REGION}a`,
        reason: /there is no NAT gateway; remove it/,
    },
    {
        what: "an address in a zone without NAT",
        args: { nat: { strategy: NatStrategy.Single, elasticIpAllocationIds: { [`${REGION}b`]: "eipalloc-1" } } },
        path: `nat.elasticIpAllocationIds.${REGION}b`,
        reason: /they are in us-east-1a/,
    },
    {
        what: "DNS64 without IPv6",
        args: { ipv6: { enabled: false, dns64: true } },
        path: "ipv6.dns64",
        reason: /needs ipv6\.enabled: true/,
    },
    {
        what: "an IPv6 pool without IPv6",
        args: { ipv6: { enabled: false, ipamPoolId: "ipam-pool-6" } },
        path: "ipv6.ipamPoolId",
        reason: /needs ipv6\.enabled: true/,
    },
    {
        what: "DNS64 without NAT",
        args: { ipv6: { dns64: true }, nat: { strategy: NatStrategy.None } },
        path: "ipv6.dns64",
        reason: /reached through NAT/,
    },
    {
        what: "an IPv6 netmask without a pool",
        args: { ipv6: { netmaskLength: 56 } },
        path: "ipv6.netmaskLength",
        reason: /only with ipv6\.ipamPoolId/,
    },
    {
        what: "an IPv6 netmask AWS has not",
        args: { ipv6: { ipamPoolId: "ipam-pool-6", netmaskLength: 60 } },
        path: "ipv6.netmaskLength",
        reason: /\/60; use \/44, \/48, \/52 or \/56/,
    },
    { what: "an endpoint twice", args: { endpoints: { services: ["s3", "s3"] } }, path: "endpoints.services", reason: /named twice/ },
    {
        what: "an unknown endpoint",
        args: { endpoints: { services: ["ecr.apj"] } },
        path: "endpoints.services[0]",
        reason: /unknown service "ecr\.apj"; did you mean "ecr\.api"\?/,
    },
    {
        what: "interface endpoints without subnets for them",
        args: { tiers: { private: { enabled: false } }, endpoints: { services: ["s3", "sts"] } },
        path: "endpoints.services",
        reason: /^sts: interface endpoints lie in private or isolated subnets/,
    },
    {
        what: "a retention CloudWatch has not",
        args: { flowLogs: { retentionDays: 31 } },
        path: "flowLogs.retentionDays",
        reason: /no retention of 31 days; use one of 1, 3,/,
    },
    { what: "a bad tag", args: { tags: { "a#b": "c" } }, path: "tags.a#b", reason: /a character AWS refuses/ },
];

describe("validateNetwork", () => {
    for (const { what, args, path, reason } of ROWS) {
        it(`refuses ${what} at ${path}`, () => {
            const found = validateNetwork(networkArgs(args)).filter((problem) => problem.path === path);
            expect(found.map((problem) => problem.reason).join("\n")).to.match(reason);
        });
    }

    it("finds nothing wrong with a network that uses every feature", () => {
        expect(validateNetwork(networkArgs(EVERYTHING))).to.deep.equal([]);
    });

    it("takes an unknown region whose zones are named", () => {
        expect(validateNetwork({ region: "xx-north-9", zones: ["xx-north-9a", "xx-north-9b"] })).to.deep.equal([]);
    });

    it("takes prefixes that fit a block out of IPAM", () => {
        expect(validateNetwork(networkArgs({ ...IPAM, tiers: { private: { prefixLength: 24 } } }))).to.deep.equal([]);
    });

    it("takes gateway endpoints in a network of public subnets alone", () => {
        expect(validateNetwork(networkArgs({ tiers: { private: { enabled: false } }, endpoints: { services: ["s3"] } }))).to.deep.equal([]);
    });

    it("names everything that is wrong at once", () => {
        const parts = ROWS.filter(({ path }) =>
            ["cidrBlock", "ipv6.netmaskLength", "flowLogs.retentionDays", "nat.strategy"].includes(path),
        );
        const all = Object.assign({}, ...parts.map(({ args }) => args)) as Partial<NetworkArgs>;
        const paths = validateNetwork(networkArgs({ ...all, ipv4IpamPoolId: undefined, tiers: { public: { enabled: false } } })).map(
            ({ path }) => path,
        );
        expect(paths).to.include.members(["cidrBlock", "ipv6.netmaskLength", "flowLogs.retentionDays", "nat.strategy"]);
    });
});
