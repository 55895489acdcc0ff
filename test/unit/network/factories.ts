/** Arguments and recordings of networks. */
import * as fc from "fast-check";
import { NatStrategy, Network } from "../../../components/network";
import type { NetworkArgs, SubnetTiersArgs } from "../../../components/network";
import { recorded } from "../../support/found";
import type { Found } from "../../support/found";

export const REGION = "us-east-1";
export const ZONES = [..."abcdef"].map((letter) => `${REGION}${letter}`);
export const TAGS = { Project: "shop", Environment: "prod" };

/** Arguments of a network in three zones. */
export function networkArgs(changes: Partial<NetworkArgs> = {}): NetworkArgs {
    return { region: REGION, zoneCount: 3, tags: TAGS, ...changes };
}

/** Records a network called `net`. */
export function network(changes: Partial<NetworkArgs> = {}, preview = false): Promise<Found> {
    return recorded(() => void new Network("net", networkArgs(changes)), preview);
}

/** Arguments with which each feature of a network is used. */
export const EVERYTHING: Partial<NetworkArgs> = {
    podCidrBlock: "100.64.0.0/16",
    tiers: { isolated: { enabled: true, tags: { Data: "yes" } } },
    ipv6: { dns64: true },
    endpoints: { services: ["s3", "ecr.api"] },
    dhcp: { domainNameServers: ["10.0.0.2"] },
    clusterNames: ["blue", "green"],
};

const vpcPrefix = fc.integer({ min: 16, max: 22 });
const anyZones = fc.subarray(ZONES, { minLength: 1 });

/** Any tiers whose prefixes fit the slots of a VPC of `vpc` bits and a pod block of `pods` bits. */
function anyTiers(vpc: number, pods: number): fc.Arbitrary<SubnetTiersArgs> {
    const tier = (slot: number): fc.Arbitrary<{ enabled: boolean; prefixLength?: number }> =>
        fc.record({ enabled: fc.boolean(), prefixLength: fc.integer({ min: Math.min(slot, 28), max: 28 }) }, { requiredKeys: ["enabled"] });
    return fc.record({ public: tier(vpc + 6), private: tier(vpc + 3), isolated: tier(vpc + 6), pod: tier(pods + 3) });
}

/** Any valid arguments that decide the layout of subnets. */
export const anyLayout: fc.Arbitrary<NetworkArgs> = fc.tuple(vpcPrefix, vpcPrefix, anyZones).chain(([vpc, pods, zones]) =>
    fc
        .record({ tiers: anyTiers(vpc, pods), nat: fc.constantFrom(...Object.values(NatStrategy)), ipv6: fc.boolean() })
        .map(({ tiers, nat, ipv6 }) => ({
            region: REGION,
            zones,
            cidrBlock: `10.0.0.0/${vpc}`,
            podCidrBlock: `100.64.0.0/${pods}`,
            tiers,
            nat: { strategy: tiers.public?.enabled === true ? nat : NatStrategy.None },
            ipv6: { enabled: ipv6 },
        })),
);
