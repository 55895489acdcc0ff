/** Defaults of `Network`: dual-stack, three zones, NAT in each, flow logs on. */
import { SubnetTier } from "../core/handles";
import { zonesOf } from "../core/regions";
import { FlowLogTraffic, NatStrategy } from "./arguments";
import type { NetworkArgs, SubnetTierArgs } from "./arguments";

/** Defaults by field; the comment on each field of `NetworkArgs` explains it. */
export const NETWORK_DEFAULTS = Object.freeze({
    cidrBlock: "10.0.0.0/16",
    ipv4NetmaskLength: 16,
    zoneCount: 3,
    ipv6NetmaskLength: 56,
    natStrategy: NatStrategy.OnePerZone as NatStrategy,
    endpointServices: Object.freeze(["s3"]) as readonly string[],
    flowLogTraffic: FlowLogTraffic.All as FlowLogTraffic,
    flowLogRetentionDays: 30,
});

/** Every tier, in the order of their IPv6 slots. */
export const TIERS: readonly SubnetTier[] = [SubnetTier.Public, SubnetTier.Private, SubnetTier.Isolated, SubnetTier.Pod];

/** Zone names in use, sorted; empty when they cannot be told, which validation reports. */
export function networkZones(args: NetworkArgs): string[] {
    if (args.zones !== undefined) {
        return [...args.zones].sort();
    }
    return (zonesOf(args.region) ?? []).slice(0, args.zoneCount ?? NETWORK_DEFAULTS.zoneCount);
}

/** Settings of one tier. */
export function tierArgs(args: NetworkArgs, tier: SubnetTier): SubnetTierArgs {
    return args.tiers?.[tier] ?? {};
}

/** Tiers that exist. */
export function enabledTiers(args: NetworkArgs): SubnetTier[] {
    return TIERS.filter((tier) => tierArgs(args, tier).enabled ?? enabledByDefault(args, tier));
}

function enabledByDefault(args: NetworkArgs, tier: SubnetTier): boolean {
    switch (tier) {
        case SubnetTier.Public:
        case SubnetTier.Private:
            return true;
        case SubnetTier.Isolated:
            return false;
        case SubnetTier.Pod:
            return args.podCidrBlock !== undefined;
    }
}

/** NAT strategy in force: none without a public tier to stand in. */
export function natStrategy(args: NetworkArgs): NatStrategy {
    return args.nat?.strategy ?? (enabledTiers(args).includes(SubnetTier.Public) ? NETWORK_DEFAULTS.natStrategy : NatStrategy.None);
}

/** Whether the network is dual-stack. */
export function ipv6Enabled(args: NetworkArgs): boolean {
    return args.ipv6?.enabled ?? true;
}
