/** Checks the arguments of `Network` and names everything that is wrong, before any resource exists. */
import { Family, contains, isPrivate, overlaps, parseCidr, requireCidr } from "../core/cidr";
import type { CidrBlock } from "../core/cidr";
import { Problems, nearest, show } from "../core/errors";
import type { Problem } from "../core/errors";
import { SubnetTier } from "../core/handles";
import { ZONE_LETTERS, parseZone, zonesOf } from "../core/regions";
import { validateLogRetention } from "../core/logs";
import { validateTags } from "../core/tags";
import { NatStrategy } from "./arguments";
import type { NetworkArgs } from "./arguments";
import { NETWORK_DEFAULTS, TIERS, enabledTiers, ipv6Enabled, natStrategy, networkZones, tierArgs } from "./defaults";
import { ENDPOINT_SERVICES, GATEWAY_SERVICES } from "./endpoint-services";
import { ZONE_SLOTS, planNetwork, slotPrefixLength } from "./plan";

/** Smallest subnet AWS makes. */
const LONGEST_PREFIX = 28;
/** Smallest VPC whose slots are still subnets: a public slot is six bits longer, and AWS stops at /28. */
const LONGEST_VPC_PREFIX = 22;

/** Everything wrong with the arguments, with paths relative to them. */
export function validateNetwork(args: NetworkArgs): Problem[] {
    const problems = new Problems();
    validateRegionAndZones(args, problems);
    const vpc = validateVpcBlock(args, problems);
    const pods = validatePodBlock(args, vpc, problems);
    validateTiers(args, vpc, pods, problems);
    validateNat(args, problems);
    validateIpv6(args, problems);
    validateEndpoints(args, problems);
    validateFlowLogs(args, problems);
    validateTags(args.tags, "tags", problems);
    if (problems.list.length === 0) {
        validateLayout(args, problems);
    }
    return [...problems.list];
}

function validateRegionAndZones(args: NetworkArgs, problems: Problems): void {
    const known = zonesOf(args.region);
    if (known === undefined && args.zones === undefined) {
        const meant = nearest(args.region, Object.keys(ZONE_LETTERS));
        problems.add(
            "region",
            `unknown region ${show(args.region)}${meant === undefined ? "" : `; did you mean "${meant}"?`} Name the zones for a region newer than this release`,
        );
    }
    if (args.zones !== undefined) {
        problems.require(args.zoneCount === undefined, "zoneCount", "give zones or zoneCount, not both");
        problems.require(
            args.zones.length >= 1 && args.zones.length <= ZONE_SLOTS,
            "zones",
            `${args.zones.length} zones; use 1 to ${ZONE_SLOTS}`,
        );
        problems.require(new Set(args.zones).size === args.zones.length, "zones", "a zone is named twice; name each once");
        args.zones.forEach((zone, index) => validateZone(args.region, zone, `zones[${index}]`, problems));
    } else if (args.zoneCount !== undefined) {
        const most = known?.length ?? ZONE_SLOTS;
        problems.require(
            Number.isInteger(args.zoneCount) && args.zoneCount >= 1 && args.zoneCount <= most,
            "zoneCount",
            `${show(args.zoneCount)} zones; ${args.region} has ${most}, use 1 to ${most}`,
        );
    }
}

function validateZone(region: string, zone: string, path: string, problems: Problems): void {
    const parsed = parseZone(zone);
    if (parsed === undefined) {
        problems.add(
            path,
            `${show(zone)} is not an availability zone name; write it like "${region}a" (Local and Wavelength Zones have no slot)`,
        );
    } else {
        problems.require(parsed.region === region, path, `${show(zone)} is not in ${region}; name a zone like "${region}a"`);
    }
}

/** The VPC's or the pods' block as far as it is known; out of an IPAM pool, only its size is. */
type ParentBlock = CidrBlock | { prefixLength: number };

function validateVpcBlock(args: NetworkArgs, problems: Problems): ParentBlock | undefined {
    if (args.ipv4IpamPoolId !== undefined) {
        problems.require(args.cidrBlock === undefined, "cidrBlock", "give cidrBlock or ipv4IpamPoolId, not both");
        const length = args.ipv4NetmaskLength ?? NETWORK_DEFAULTS.ipv4NetmaskLength;
        const fits = Number.isInteger(length) && length >= 16 && length <= LONGEST_VPC_PREFIX;
        problems.require(fits, "ipv4NetmaskLength", `/${length}; use /16 to /${LONGEST_VPC_PREFIX}`);
        return fits ? { prefixLength: length } : undefined;
    }
    problems.require(args.ipv4NetmaskLength === undefined, "ipv4NetmaskLength", "only with ipv4IpamPoolId; the length stands in cidrBlock");
    return validateBlock(args.cidrBlock ?? NETWORK_DEFAULTS.cidrBlock, "cidrBlock", problems);
}

function validatePodBlock(args: NetworkArgs, vpc: ParentBlock | undefined, problems: Problems): CidrBlock | undefined {
    if (args.podCidrBlock === undefined) {
        problems.require(args.tiers?.pod?.enabled !== true, "tiers.pod", 'pod subnets need podCidrBlock, such as "100.64.0.0/16"');
        return undefined;
    }
    const block = validateBlock(args.podCidrBlock, "podCidrBlock", problems);
    if (block !== undefined && isKnown(vpc) && overlaps(block, vpc)) {
        problems.add(
            "podCidrBlock",
            `${args.podCidrBlock} overlaps the VPC's block ${args.cidrBlock ?? NETWORK_DEFAULTS.cidrBlock}; choose another, such as "100.64.0.0/16"`,
        );
    }
    return block;
}

function validateBlock(text: string, path: string, problems: Problems): CidrBlock | undefined {
    const block = parseCidr(text);
    if (typeof block === "string") {
        problems.add(path, block);
        return undefined;
    }
    if (block.family !== Family.Ipv4) {
        problems.add(path, `${show(text)} is IPv6; give an IPv4 block such as "10.0.0.0/16"`);
        return undefined;
    }
    if (block.prefixLength < 16 || block.prefixLength > LONGEST_VPC_PREFIX) {
        const why = block.prefixLength < 16 ? "larger than AWS allows" : "too small for six zones of subnets";
        problems.add(path, `${show(text)} is ${why}; use /16 to /${LONGEST_VPC_PREFIX}`);
        return undefined;
    }
    problems.require(
        isPrivate(block),
        path,
        `${show(text)} is not in a private range; use 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
    );
    return block;
}

function isKnown(block: ParentBlock | undefined): block is CidrBlock {
    return block !== undefined && "first" in block;
}

function validateTiers(args: NetworkArgs, vpc: ParentBlock | undefined, pods: CidrBlock | undefined, problems: Problems): void {
    problems.require(enabledTiers(args).length > 0, "tiers", "every tier is switched off; enable at least one");
    for (const tier of TIERS) {
        const settings = tierArgs(args, tier);
        const parent = tier === SubnetTier.Pod ? pods : vpc;
        if (settings.prefixLength !== undefined && parent !== undefined) {
            const shortest = slotPrefixLength(tier, parent.prefixLength);
            problems.require(
                Number.isInteger(settings.prefixLength) && settings.prefixLength >= shortest && settings.prefixLength <= LONGEST_PREFIX,
                `tiers.${tier}.prefixLength`,
                `/${settings.prefixLength} does not fit the tier's slots; use /${shortest} to /${LONGEST_PREFIX}, or cidrBlocks for a layout of your own`,
            );
        }
        problems.require(
            settings.mapPublicIpOnLaunch !== true || tier === SubnetTier.Public,
            `tiers.${tier}.mapPublicIpOnLaunch`,
            "public addresses are of use in the public tier only; remove it",
        );
        validateTags(settings.tags, `tiers.${tier}.tags`, problems);
        validateOwnBlocks(args, tier, parent, problems);
    }
}

function validateOwnBlocks(args: NetworkArgs, tier: SubnetTier, parent: ParentBlock | undefined, problems: Problems): void {
    for (const [zone, text] of Object.entries(tierArgs(args, tier).cidrBlocks ?? {})) {
        const path = `tiers.${tier}.cidrBlocks.${zone}`;
        problems.require(
            networkZones(args).includes(zone),
            path,
            `${show(zone)} is not one of the network's zones (${networkZones(args).join(", ")})`,
        );
        const block = parseCidr(text);
        if (typeof block === "string") {
            problems.add(path, block);
        } else if (block.family !== Family.Ipv4) {
            problems.add(path, `${show(text)} is IPv6; give an IPv4 block, IPv6 ones are assigned by slot`);
        } else if (block.prefixLength > LONGEST_PREFIX) {
            problems.add(path, `${show(text)} is smaller than AWS makes subnets; use /${LONGEST_PREFIX} or shorter`);
        } else if (isKnown(parent) && !contains(parent, block)) {
            problems.add(path, `${show(text)} is outside the block the tier lies in; choose one inside it`);
        }
    }
}

/** Slots never overlap; blocks given by hand may. */
function validateLayout(args: NetworkArgs, problems: Problems): void {
    const subnets = planNetwork(args).subnets.flatMap((subnet) =>
        subnet.cidrBlock === undefined ? [] : [{ ...subnet, block: requireCidr(subnet.cidrBlock) }],
    );
    subnets.forEach((subnet, index) => {
        const other = subnets.slice(0, index).find((candidate) => overlaps(candidate.block, subnet.block));
        if (other !== undefined) {
            problems.add(
                `tiers.${subnet.tier}.cidrBlocks`,
                `${subnet.zone} would get ${subnet.cidrBlock}, which overlaps ${other.cidrBlock} of ${other.tier} in ${other.zone}; choose another block`,
            );
        }
    });
}

function validateNat(args: NetworkArgs, problems: Problems): void {
    const strategy = natStrategy(args);
    const hasPublic = enabledTiers(args).includes(SubnetTier.Public);
    problems.require(
        strategy === NatStrategy.None || hasPublic,
        "nat.strategy",
        `"${strategy}" needs the public tier; enable it or use "none"`,
    );
    const zones = networkZones(args);
    const natIn = strategy === NatStrategy.Single ? zones.slice(0, 1) : strategy === NatStrategy.OnePerZone ? zones : [];
    for (const zone of Object.keys(args.nat?.elasticIpAllocationIds ?? {})) {
        problems.require(
            natIn.includes(zone),
            `nat.elasticIpAllocationIds.${zone}`,
            natIn.length === 0
                ? "there is no NAT gateway; remove it"
                : `there is no NAT gateway in ${show(zone)}; they are in ${natIn.join(", ")}`,
        );
    }
}

function validateIpv6(args: NetworkArgs, problems: Problems): void {
    const ipv6 = args.ipv6 ?? {};
    if (!ipv6Enabled(args)) {
        problems.require(ipv6.dns64 !== true, "ipv6.dns64", "needs ipv6.enabled: true");
        problems.require(ipv6.ipamPoolId === undefined, "ipv6.ipamPoolId", "needs ipv6.enabled: true");
    }
    problems.require(
        ipv6.dns64 !== true || natStrategy(args) !== NatStrategy.None,
        "ipv6.dns64",
        'IPv4 hosts are reached through NAT; set nat.strategy to "single" or "one-per-zone"',
    );
    if (ipv6.netmaskLength !== undefined) {
        problems.require(ipv6.ipamPoolId !== undefined, "ipv6.netmaskLength", "only with ipv6.ipamPoolId; the block from Amazon is a /56");
        problems.require(
            [44, 48, 52, 56].includes(ipv6.netmaskLength),
            "ipv6.netmaskLength",
            `/${ipv6.netmaskLength}; use /44, /48, /52 or /56 (six zones of four tiers need a /56 or larger)`,
        );
    }
}

function validateEndpoints(args: NetworkArgs, problems: Problems): void {
    const services = args.endpoints?.services ?? [];
    problems.require(new Set(services).size === services.length, "endpoints.services", "a service is named twice; name each once");
    const tiers = enabledTiers(args);
    const interfaces = services.filter((service) => !GATEWAY_SERVICES.includes(service));
    problems.require(
        interfaces.length === 0 || tiers.includes(SubnetTier.Private) || tiers.includes(SubnetTier.Isolated),
        "endpoints.services",
        `${interfaces.join(", ")}: interface endpoints lie in private or isolated subnets; enable one of these tiers`,
    );
    services.forEach((service, index) => {
        if (!ENDPOINT_SERVICES.includes(service)) {
            const meant = nearest(service, ENDPOINT_SERVICES);
            problems.add(
                `endpoints.services[${index}]`,
                `unknown service ${show(service)}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
            );
        }
    });
}

function validateFlowLogs(args: NetworkArgs, problems: Problems): void {
    validateLogRetention(args.flowLogs?.retentionDays, "flowLogs.retentionDays", problems);
}
