/**
 * Subnet layout. Every tier has a fixed range inside the VPC and every zone, by its letter, a fixed slot inside that
 * range; whether a tier or zone is in use plays no part. So adding or removing one never moves another.
 *
 * Of a VPC's addresses, private slots take 6/8, public and isolated slots 6/64 each, and 1/16 stays free for tiers to
 * come. Pods have a block of their own and take 6/8 of it. The n-th /64 of the IPv6 block is tier x 16 + zone.
 */
import { SubnetTier } from "../core/handles";
import { parseZone } from "../core/regions";
import { formatCidr, requireCidr, subnetOf } from "../core/cidr";
import { NatStrategy } from "./arguments";
import type { NetworkArgs } from "./arguments";
import { NETWORK_DEFAULTS, TIERS, enabledTiers, ipv6Enabled, natStrategy, networkZones, tierArgs } from "./defaults";

/** Zones a tier has slots for: AWS has no region with more. */
export const ZONE_SLOTS = 6;

/** Bits a slot's prefix is longer than that of the block it lies in, and where the tier's range begins, in slots. */
const LAYOUT: Readonly<Record<SubnetTier, { extraBits: number; firstSlot: number }>> = {
    [SubnetTier.Private]: { extraBits: 3, firstSlot: 0 },
    [SubnetTier.Public]: { extraBits: 6, firstSlot: 48 },
    [SubnetTier.Isolated]: { extraBits: 6, firstSlot: 54 },
    [SubnetTier.Pod]: { extraBits: 3, firstSlot: 0 },
};

/** One subnet to be made. */
export interface SubnetPlan {
    tier: SubnetTier;
    /** Zone name. */
    zone: string;
    /** Last part of names: tier and zone letter, such as `private-a`. */
    suffix: string;
    /** Where its IPv4 block lies, relative to the VPC's (or the pod) block; not used when `cidrBlock` is given. */
    ipv4Slot: { prefixLength: number; index: number };
    /** IPv4 block, when the block it lies in is known beforehand. */
    cidrBlock?: string;
    /** Which /64 of the IPv6 block; undefined without IPv6. */
    ipv6Index?: number;
}

/** Everything `Network` is going to make that needs arithmetic or a decision. */
export interface NetworkPlan {
    zones: string[];
    tiers: SubnetTier[];
    subnets: SubnetPlan[];
    /** Zones with a NAT gateway. */
    natZones: string[];
    ipv6: boolean;
}

/** Plans a network from validated arguments. */
export function planNetwork(args: NetworkArgs): NetworkPlan {
    const zones = networkZones(args);
    const tiers = enabledTiers(args);
    const subnets = tiers.flatMap((tier) => zones.map((zone) => planSubnet(args, tier, zone)));
    return { zones, tiers, subnets, natZones: natZones(natStrategy(args), zones), ipv6: ipv6Enabled(args) };
}

/** Position of a zone's slots, by its letter. */
export function zoneSlot(zone: string): number {
    const letter = parseZone(zone)?.letter ?? "";
    return letter === "" ? -1 : letter.charCodeAt(0) - "a".charCodeAt(0);
}

/** A zone's letter, for names. */
export function zoneLetter(zone: string): string {
    return parseZone(zone)?.letter ?? zone;
}

/** Prefix length of a tier's slots inside a block of `parentPrefixLength`. */
export function slotPrefixLength(tier: SubnetTier, parentPrefixLength: number): number {
    return parentPrefixLength + LAYOUT[tier].extraBits;
}

/** The zone whose NAT gateway serves `zone`. */
export function natZoneFor(plan: NetworkPlan, zone: string): string | undefined {
    return plan.natZones.includes(zone) ? zone : plan.natZones[0];
}

function planSubnet(args: NetworkArgs, tier: SubnetTier, zone: string): SubnetPlan {
    const settings = tierArgs(args, tier);
    const parent = parentBlock(args, tier);
    const slotPrefix = slotPrefixLength(tier, parent.prefixLength);
    const prefixLength = settings.prefixLength ?? slotPrefix;
    const slot = LAYOUT[tier].firstSlot + zoneSlot(zone);
    // The index counts blocks of the subnet's own size, so the subnet begins where its slot begins.
    const index = slot * 2 ** (prefixLength - slotPrefix);
    const cidrBlock =
        settings.cidrBlocks?.[zone] ?? (parent.cidrBlock === undefined ? undefined : subnetOf(parent.cidrBlock, prefixLength, index));
    return {
        tier,
        zone,
        suffix: `${tier}-${zoneLetter(zone)}`,
        ipv4Slot: { prefixLength, index },
        cidrBlock: cidrBlock === undefined ? undefined : formatCidr(requireCidr(cidrBlock)),
        ipv6Index: ipv6Enabled(args) ? TIERS.indexOf(tier) * 16 + zoneSlot(zone) : undefined,
    };
}

/** The block a tier's subnets lie in; its text is not known when IPAM chooses it. */
export function parentBlock(args: NetworkArgs, tier: SubnetTier): { cidrBlock?: string; prefixLength: number } {
    if (tier === SubnetTier.Pod && args.podCidrBlock !== undefined) {
        return { cidrBlock: args.podCidrBlock, prefixLength: requireCidr(args.podCidrBlock).prefixLength };
    }
    if (args.ipv4IpamPoolId !== undefined) {
        return { prefixLength: args.ipv4NetmaskLength ?? NETWORK_DEFAULTS.ipv4NetmaskLength };
    }
    const cidrBlock = args.cidrBlock ?? NETWORK_DEFAULTS.cidrBlock;
    return { cidrBlock, prefixLength: requireCidr(cidrBlock).prefixLength };
}

function natZones(strategy: NatStrategy, zones: string[]): string[] {
    switch (strategy) {
        case NatStrategy.None:
            return [];
        case NatStrategy.Single:
            return zones.slice(0, 1);
        case NatStrategy.OnePerZone:
            return zones;
    }
}
