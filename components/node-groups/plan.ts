/**
 * Plans of node groups: which groups there are, their disks and their metadata options. Pure.
 */
import type { SubnetHandle } from "../core/handles";
import { IpFamily } from "../core/handles";
import { OperatingSystem, bottlerocketBootstrap, nodeadmBootstrap } from "../user-data";
import type { NodeBootstrap } from "../user-data";
import { NODE_GROUP_DEFAULTS } from "./defaults";
import type { DiskSettings, NodeGroupSettings } from "./defaults";

/** One group to make. */
export interface PlannedGroup {
    /** Resource name: the component's, with the zone's suffix when there is a group for each zone. */
    name: string;
    /** The zone, when the group has one only. */
    zone?: string;
    /** Its subnets. */
    subnets: SubnetHandle[];
}

/** One group over all subnets, or one for each zone, named by the zone and never by its place in the list. */
export function planGroups(name: string, subnets: readonly SubnetHandle[], perZone: boolean): PlannedGroup[] {
    if (!perZone) {
        const zones = new Set(subnets.map((subnet) => subnet.zone));
        const [zone] = zones;
        return [{ name, zone: zones.size === 1 ? zone : undefined, subnets: [...subnets] }];
    }
    return subnets.map((subnet) => ({ name: `${name}-${zoneSuffix(subnet.zone)}`, zone: subnet.zone, subnets: [subnet] }));
}

/** What tells a zone from the others of its region: `eu-central-1a` → `a`, `us-west-2-lax-1a` → `lax-1a`. */
export function zoneSuffix(zone: string): string {
    const match = /^[a-z]{2,}(?:-[a-z]+)+-\d+-?(.+)$/.exec(zone);
    return match?.[1] ?? zone;
}

/** A block device of the launch template. */
export interface PlannedDisk {
    /** Device name, which the image decides. */
    deviceName: string;
    /** Size, performance and key. */
    disk: DiskSettings;
}

/** The disks of a node: Bottlerocket keeps system and data apart, Amazon Linux has one. */
export function planDisks(operatingSystem: OperatingSystem, disk: DiskSettings): PlannedDisk[] {
    if (operatingSystem === OperatingSystem.AmazonLinux2023) {
        return [{ deviceName: "/dev/xvda", disk }];
    }
    const system: DiskSettings = {
        sizeGib: NODE_GROUP_DEFAULTS.bottlerocketRootSizeGib,
        iops: NODE_GROUP_DEFAULTS.diskIops,
        throughput: NODE_GROUP_DEFAULTS.diskThroughput,
        kmsKeyId: disk.kmsKeyId,
    };
    return [
        { deviceName: "/dev/xvda", disk: system },
        { deviceName: "/dev/xvdb", disk },
    ];
}

/** Metadata options of the launch template, every one explicit so that no account or image default counts. */
export interface PlannedMetadataOptions {
    httpEndpoint: string;
    httpTokens: string;
    httpPutResponseHopLimit: number;
    httpProtocolIpv6: string;
    instanceMetadataTags: string;
}

/** The IPv6 endpoint is on in IPv6 clusters only. Tags stay out: their keys may then have no `/`, which cluster tags have. */
export function planMetadataOptions(metadata: NodeGroupSettings["metadata"], ipFamily: IpFamily): PlannedMetadataOptions {
    return {
        httpEndpoint: "enabled",
        httpTokens: metadata.tokens,
        httpPutResponseHopLimit: metadata.hopLimit,
        httpProtocolIpv6: ipFamily === IpFamily.Ipv6 ? "enabled" : "disabled",
        instanceMetadataTags: "disabled",
    };
}

/** The way nodes of this operating system join. */
export function nodeBootstrap(settings: NodeGroupSettings): NodeBootstrap {
    switch (settings.operatingSystem) {
        case OperatingSystem.AmazonLinux2023:
            return nodeadmBootstrap(settings.nodeadm);
        case OperatingSystem.Bottlerocket:
            return bottlerocketBootstrap(settings.bottlerocket);
    }
}

/** `Name` of instances and volumes: the cluster and the group. */
export function instanceName(clusterName: string, groupName: string): string {
    return groupName === clusterName || groupName.startsWith(`${clusterName}-`) ? groupName : `${clusterName}-${groupName}`;
}
