/** Configuration below `network`: the arguments of `Network`, or the ids of a network that exists. */
import { z } from "zod";
import { FlowLogTraffic, NatStrategy } from "../../components/network";
import { section, text, textMap, texts, whole } from "./fields";

const tier = section("SubnetTierArgs", {
    enabled: z.boolean().optional(),
    prefixLength: whole.optional(),
    cidrBlocks: textMap.optional(),
    mapPublicIpOnLaunch: z.boolean().optional(),
    tags: textMap.optional(),
});

const subnet = section("SubnetHandle", { id: text, zone: text, cidrBlock: text.optional(), ipv6CidrBlock: text.optional() });

/** A network made elsewhere. */
export const existingNetworkSchema = section("ExistingNetworkArgs", {
    vpcId: text,
    cidrBlocks: texts,
    ipv6CidrBlock: text.optional(),
    publicSubnets: z.array(subnet).optional(),
    privateSubnets: z.array(subnet).optional(),
    isolatedSubnets: z.array(subnet).optional(),
    podSubnets: z.array(subnet).optional(),
});

/** A network made by this stack. */
export const networkSchema = section("NetworkConfig", {
    cidrBlock: text.optional(),
    ipv4IpamPoolId: text.optional(),
    ipv4NetmaskLength: whole.optional(),
    zones: texts.optional(),
    zoneCount: whole.optional(),
    podCidrBlock: text.optional(),
    tiers: section("SubnetTiersArgs", {
        public: tier.optional(),
        private: tier.optional(),
        isolated: tier.optional(),
        pod: tier.optional(),
    }).optional(),
    ipv6: section("NetworkIpv6Args", {
        enabled: z.boolean().optional(),
        ipamPoolId: text.optional(),
        netmaskLength: whole.optional(),
        dns64: z.boolean().optional(),
    }).optional(),
    nat: section("NetworkNatArgs", { strategy: z.enum(NatStrategy).optional(), elasticIpAllocationIds: textMap.optional() }).optional(),
    endpoints: section("NetworkEndpointsArgs", { services: texts.optional() }).optional(),
    flowLogs: section("NetworkFlowLogsArgs", {
        enabled: z.boolean().optional(),
        traffic: z.enum(FlowLogTraffic).optional(),
        retentionDays: whole.optional(),
        kmsKeyArn: text.optional(),
    }).optional(),
    dhcp: section("NetworkDhcpArgs", { domainName: text.optional(), domainNameServers: texts.optional() }).optional(),
    existing: existingNetworkSchema.optional(),
});
