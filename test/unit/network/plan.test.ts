import { expect } from "chai";
import * as fc from "fast-check";
import { contains, overlaps, requireCidr, subnetOf } from "../../../components/core/cidr";
import { SubnetTier } from "../../../components/core/handles";
import { NatStrategy, validateNetwork } from "../../../components/network";
import type { NetworkArgs } from "../../../components/network";
import { natZoneFor, parentBlock, planNetwork, zoneSlot } from "../../../components/network/plan";
import type { SubnetPlan } from "../../../components/network/plan";
import { ZONES, anyLayout, networkArgs } from "./factories";

const TIERS = Object.values(SubnetTier);

/** IPv4 block and IPv6 index of every subnet by tier and zone. */
function places(args: NetworkArgs): Map<string, string> {
    return new Map(planNetwork(args).subnets.map((subnet) => [`${subnet.tier} ${subnet.zone}`, placeOf(subnet)]));
}

function placeOf({ cidrBlock, ipv6Index }: SubnetPlan): string {
    return `${cidrBlock} ${ipv6Index}`;
}

/** Expects subnets that are in both layouts to lie where they lay. */
function expectNothingMoved(before: NetworkArgs, after: NetworkArgs, except: (key: string) => boolean = () => false): void {
    const former = places(before);
    for (const [key, place] of places(after)) {
        if (former.has(key) && !except(key)) {
            expect(place, key).to.equal(former.get(key));
        }
    }
}

describe("the layout of any network", () => {
    it("is made of arguments that validation takes", () => {
        fc.assert(
            fc.property(
                anyLayout.filter(({ tiers }) => Object.values(tiers ?? {}).some((tier: { enabled?: boolean }) => tier.enabled)),
                (args) => void expect(validateNetwork(args)).to.deep.equal([]),
            ),
        );
    });

    it("has no two subnets that overlap", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const blocks = planNetwork(args).subnets.map(({ cidrBlock }) => requireCidr(cidrBlock ?? ""));
                blocks.forEach((block, index) => expect(blocks.slice(0, index).some((other) => overlaps(block, other))).to.equal(false));
            }),
        );
    });

    it("keeps every subnet inside its block", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                for (const { tier, cidrBlock } of planNetwork(args).subnets) {
                    const parent = tier === SubnetTier.Pod ? args.podCidrBlock : args.cidrBlock;
                    expect(contains(requireCidr(parent ?? ""), requireCidr(cidrBlock ?? ""))).to.equal(true);
                }
            }),
        );
    });

    it("has a subnet of each tier in each zone", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const { tiers, zones, subnets } = planNetwork(args);
                const wanted = tiers.flatMap((tier) => zones.map((zone) => `${tier} ${zone}`));
                expect(subnets.map(({ tier, zone }) => `${tier} ${zone}`)).to.deep.equal(wanted);
            }),
        );
    });

    it("moves no subnet when zones come or go", () => {
        const otherZones = fc.subarray(ZONES, { minLength: 1 });
        fc.assert(fc.property(anyLayout, otherZones, (args, zones) => expectNothingMoved(args, { ...args, zones })));
    });

    it("moves no subnet when zones are named in another order", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const reversed = { ...args, zones: [...(args.zones ?? [])].reverse() };
                expect(planNetwork(reversed)).to.deep.equal(planNetwork(args));
            }),
        );
    });

    it("moves no subnet when a tier is switched", () => {
        fc.assert(
            fc.property(anyLayout, fc.constantFrom(...TIERS), (args, tier) => {
                const settings = args.tiers?.[tier] ?? {};
                const switched = { ...args, tiers: { ...args.tiers, [tier]: { ...settings, enabled: settings.enabled !== true } } };
                expectNothingMoved(args, switched);
            }),
        );
    });

    it("moves no other tier's subnet when one tier's prefix changes", () => {
        const change = fc.record({ tier: fc.constantFrom(...TIERS), prefixLength: fc.constant(28) });
        fc.assert(
            fc.property(anyLayout, change, (args, { tier, prefixLength }) => {
                const changed = { ...args, tiers: { ...args.tiers, [tier]: { ...args.tiers?.[tier], prefixLength } } };
                expectNothingMoved(args, changed, (key) => key.startsWith(tier));
            }),
        );
    });

    it("lets a subnet begin where its slot begins, whatever its prefix", () => {
        fc.assert(
            fc.property(anyLayout, fc.constantFrom(...TIERS), (args, tier) => {
                const beginnings = (prefixLength?: number): bigint[] =>
                    planNetwork({ ...args, tiers: { ...args.tiers, [tier]: { enabled: true, prefixLength } } })
                        .subnets.filter((subnet) => subnet.tier === tier)
                        .map(({ cidrBlock }) => requireCidr(cidrBlock ?? "").first);
                expect(beginnings(28)).to.deep.equal(beginnings());
            }),
        );
    });

    it("moves no IPv4 block when IPv6 is switched", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const blocks = (enabled: boolean): unknown =>
                    planNetwork({ ...args, ipv6: { enabled } }).subnets.map(({ cidrBlock }) => cidrBlock);
                expect(blocks(true)).to.deep.equal(blocks(false));
            }),
        );
    });

    it("gives every subnet an IPv6 block of its own inside a /56", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const indexes = planNetwork({ ...args, ipv6: { enabled: true } }).subnets.map(({ ipv6Index }) => ipv6Index ?? -1);
                expect(new Set(indexes).size).to.equal(indexes.length);
                expect(indexes.every((index) => Number.isInteger(index) && index >= 0 && index < 256)).to.equal(true);
            }),
        );
    });

    it("has no IPv6 block without IPv6", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const plan = planNetwork({ ...args, ipv6: { enabled: false } });
                expect(plan.subnets.filter(({ ipv6Index }) => ipv6Index !== undefined)).to.deep.equal([]);
            }),
        );
    });

    it("is the same in a block out of an IPAM pool as in one known beforehand", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const known = planNetwork(args).subnets;
                const { cidrBlock = "", ...rest } = args;
                const pool = { ...rest, ipv4IpamPoolId: "ipam-pool-1", ipv4NetmaskLength: requireCidr(cidrBlock).prefixLength };
                const later = planNetwork(pool).subnets.map(({ tier, ipv4Slot: { prefixLength, index } }) =>
                    subnetOf(tier === SubnetTier.Pod ? (args.podCidrBlock ?? "") : cidrBlock, prefixLength, index),
                );
                expect(later).to.deep.equal(known.map((subnet) => subnet.cidrBlock));
            }),
        );
    });

    it("leaves IPv4 blocks out of an IPAM pool open", () => {
        const { subnets } = planNetwork(networkArgs({ ipv4IpamPoolId: "ipam-pool-1" }));
        expect(subnets.filter(({ cidrBlock }) => cidrBlock !== undefined)).to.deep.equal([]);
    });

    it("serves every zone by a NAT gateway that exists, its own where there is one", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const plan = planNetwork(args);
                for (const zone of plan.zones) {
                    const nat = natZoneFor(plan, zone);
                    expect(nat === undefined).to.equal(plan.natZones.length === 0);
                    expect(nat).to.equal(plan.natZones.includes(zone) ? zone : plan.natZones[0]);
                }
            }),
        );
    });

    it("stands NAT gateways in zones of the network", () => {
        fc.assert(
            fc.property(anyLayout, (args) => {
                const { natZones, zones } = planNetwork(args);
                const counts = { [NatStrategy.None]: 0, [NatStrategy.Single]: 1, [NatStrategy.OnePerZone]: zones.length };
                expect(natZones.length).to.equal(counts[args.nat?.strategy ?? NatStrategy.OnePerZone]);
                expect(zones).to.include.members(natZones);
            }),
        );
    });
});

describe("the layout of a /16 in three zones", () => {
    const GOLDEN = [
        ["public-a", "10.0.192.0/22", 0],
        ["public-b", "10.0.196.0/22", 1],
        ["public-c", "10.0.200.0/22", 2],
        ["private-a", "10.0.0.0/19", 16],
        ["private-b", "10.0.32.0/19", 17],
        ["private-c", "10.0.64.0/19", 18],
        ["isolated-a", "10.0.216.0/22", 32],
        ["isolated-b", "10.0.220.0/22", 33],
        ["isolated-c", "10.0.224.0/22", 34],
        ["pod-a", "100.64.0.0/19", 48],
        ["pod-b", "100.64.32.0/19", 49],
        ["pod-c", "100.64.64.0/19", 50],
    ];

    it("is the one that networks were deployed with", () => {
        const args = networkArgs({ cidrBlock: "10.0.0.0/16", podCidrBlock: "100.64.0.0/16", tiers: { isolated: { enabled: true } } });
        expect(planNetwork(args).subnets.map(({ suffix, cidrBlock, ipv6Index }) => [suffix, cidrBlock, ipv6Index])).to.deep.equal(GOLDEN);
    });
});

describe("a layout of one's own", () => {
    it("puts a subnet where it is told and leaves the others in their slots", () => {
        const own = networkArgs({ tiers: { private: { cidrBlocks: { [ZONES[0] ?? ""]: "10.0.240.0/21" } } } });
        expect(places(own).get(`private ${ZONES[0]}`)).to.equal("10.0.240.0/21 16");
        expectNothingMoved(networkArgs(), own, (key) => key === `private ${ZONES[0]}`);
    });
});

describe("zoneSlot", () => {
    it("counts letters", () => {
        expect(ZONES.map(zoneSlot)).to.deep.equal([0, 1, 2, 3, 4, 5]);
    });

    it("has none for a Local Zone", () => {
        expect(zoneSlot("us-west-2-lax-1a")).to.equal(-1);
    });
});

describe("parentBlock", () => {
    it("is the pods' block for pods and the VPC's for the others", () => {
        const args = networkArgs({ podCidrBlock: "100.64.0.0/18" });
        expect(TIERS.map((tier) => parentBlock(args, tier).cidrBlock)).to.deep.equal([
            "10.0.0.0/16",
            "10.0.0.0/16",
            "10.0.0.0/16",
            "100.64.0.0/18",
        ]);
    });
});
