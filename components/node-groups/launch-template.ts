/**
 * The launch template every node group has, managed or not: metadata options, encrypted disks, tags, security groups
 * and user data. What EKS forbids in the template of a managed group is left out there.
 * https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../core/errors";
import type { ClusterHandle } from "../core/handles";
import { mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import { userDataProblems } from "../user-data";
import type { ClusterFacts, NodeBootstrap, NodeFacts } from "../user-data";
import type { NodeGroupArgs } from "./arguments";
import type { NodeGroupSettings } from "./defaults";
import { instanceName, nodeBootstrap, planDisks, planMetadataOptions } from "./plan";
import type { PlannedDisk } from "./plan";

/** What tells the template of one kind of group from that of the other. */
export interface TemplateChoices {
    /** Image, where the group does not choose it. */
    imageId?: pulumi.Input<string>;
    /** Instance type, where the group does not choose it. */
    instanceType?: string;
    /** Instance profile, where the group does not choose it. */
    instanceProfileName?: pulumi.Input<string>;
    /** Whether user data must say everything, because EKS adds nothing to it. */
    completeUserData: boolean;
    /** Id of a capacity block's reservation. */
    capacityBlock?: string;
}

/** Makes the launch template. */
export function launchTemplate(
    name: string,
    args: NodeGroupArgs,
    settings: NodeGroupSettings,
    choices: TemplateChoices,
    opts: pulumi.CustomResourceOptions,
): aws.ec2.LaunchTemplate {
    const tags = mergeTags(instanceName(args.cluster.name, name), args.tags);
    return new aws.ec2.LaunchTemplate(
        `${name}-template`,
        {
            namePrefix: `${name}-`,
            description: `Nodes of group ${name} in cluster ${args.cluster.name}`,
            updateDefaultVersion: true,
            imageId: choices.imageId,
            instanceType: choices.instanceType,
            iamInstanceProfile: choices.instanceProfileName === undefined ? undefined : { name: choices.instanceProfileName },
            vpcSecurityGroupIds: [...args.cluster.nodeSecurityGroupIds, ...(args.additionalSecurityGroupIds ?? [])],
            metadataOptions: planMetadataOptions(settings.metadata, args.cluster.ipFamily),
            blockDeviceMappings: planDisks(settings.operatingSystem, settings.disk).map(blockDevice),
            monitoring: { enabled: args.detailedMonitoring ?? false },
            ebsOptimized: args.ebsOptimized === undefined ? undefined : String(args.ebsOptimized),
            userData: encodedUserData(name, nodeBootstrap(settings), settings, choices.completeUserData ? args.cluster : undefined),
            tagSpecifications: tagSpecifications(tags),
            tags: mergeTags(`${name}-template`, args.tags),
            ...capacityBlock(choices.capacityBlock),
        },
        opts,
    );
}

function blockDevice({ deviceName, disk }: PlannedDisk): aws.types.input.ec2.LaunchTemplateBlockDeviceMapping {
    return {
        deviceName,
        ebs: {
            volumeType: "gp3",
            volumeSize: disk.sizeGib,
            iops: disk.iops,
            throughput: disk.throughput,
            encrypted: "true",
            kmsKeyId: disk.kmsKeyId,
            deleteOnTermination: "true",
        },
    };
}

/** Tags of a managed group or an Auto Scaling group do not reach these; only the template's do. */
function tagSpecifications(tags: Tags): aws.types.input.ec2.LaunchTemplateTagSpecification[] {
    return ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags }));
}

/** https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html */
function capacityBlock(reservationId: string | undefined): Partial<aws.ec2.LaunchTemplateArgs> {
    return reservationId === undefined
        ? {}
        : {
              instanceMarketOptions: { marketType: "capacity-block" },
              capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: reservationId } },
          };
}

/** User data in base64; undefined when there is nothing to say. Without a cluster it is partial and known at once. */
function encodedUserData(
    name: string,
    bootstrap: NodeBootstrap,
    node: NodeFacts,
    cluster: ClusterHandle | undefined,
): pulumi.Input<string> | undefined {
    if (cluster === undefined) {
        const { text } = bootstrap.userData(node);
        return text === "" ? undefined : base64(text);
    }
    return pulumi
        .all([cluster.endpoint, cluster.certificateAuthority, cluster.serviceCidr])
        .apply(([endpoint, certificateAuthority, serviceCidr]) =>
            checkedUserData(name, bootstrap, node, { name: cluster.name, endpoint, certificateAuthority, serviceCidr }),
        );
}

/** Complete user data in base64; raises an error when it is too long after all. */
export function checkedUserData(name: string, bootstrap: NodeBootstrap, node: NodeFacts, cluster: ClusterFacts): string {
    const userData = bootstrap.userData(node, cluster);
    const problems = userDataProblems(userData);
    if (problems.length > 0) {
        throw inputProblems(`node group ${name}`, problems);
    }
    return base64(userData.text);
}

function base64(text: string): string {
    return Buffer.from(text, "utf8").toString("base64");
}
