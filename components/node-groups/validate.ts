/**
 * Checks of what both kinds of node group share. All problems are returned at once, with paths relative to the group,
 * so that the stack configuration reports them below `nodeGroups.<name>`.
 */
import { ClusterKind, IpFamily } from "../core/handles";
import { Problems, show } from "../core/errors";
import type { Problem } from "../core/errors";
import { MAX_TAGS, validateTags } from "../core/tags";
import { OperatingSystem, placeholderCluster, userDataProblems } from "../user-data";
import { Accelerator, Architecture, MetadataTokens, WarmPoolState } from "./arguments";
import type { NodeGroupArgs } from "./arguments";
import { discoveryTags, nodeTemplateTags } from "./autoscaler-tags";
import { withDefaults } from "./defaults";
import type { NodeGroupSettings } from "./defaults";
import { amiType, RELEASE_VERSION } from "./images";
import { architectureOf, validateInstanceTypes } from "./instance-types";
import type { ManagedNodeGroupArgs } from "./managed-arguments";
import { nodeBootstrap } from "./plan";
import { oneOf, within } from "./ranges";
import type { SelfManagedNodeGroupArgs } from "./self-managed-arguments";
import { validateKubelet, validateLabels, validateTaints, validateVersion } from "./validate-kubernetes";
import { validateManaged } from "./validate-managed";
import { validateSelfManaged } from "./validate-self-managed";

/** Which component a group is made with. */
export const NodeGroupKind = {
    /** `ManagedNodeGroup`. */
    Managed: "managed",
    /** `SelfManagedNodeGroup`. */
    SelfManaged: "self-managed",
} as const;
/** Which component a group is made with. */
export type NodeGroupKind = (typeof NodeGroupKind)[keyof typeof NodeGroupKind];

/** Longest part of a managed group's name before the 26 characters the provider adds; EKS takes 63 in all. */
const MAX_NAME_PREFIX = 37;
/** The same for launch templates, which take 128. */
const MAX_TEMPLATE_PREFIX = 102;

/**
 * Everything that is wrong with a node group. `args` may lack what only the program knows (cluster, role, subnets); what
 * is missing is not checked. With `name` the length of generated names is checked too.
 */
export function validateNodeGroup(
    kind: NodeGroupKind,
    args: Partial<ManagedNodeGroupArgs> | Partial<SelfManagedNodeGroupArgs>,
    name?: string,
): Problem[] {
    const problems = new Problems();
    const managed = kind === NodeGroupKind.Managed;
    const byAttributes = "instanceRequirements" in args && args.instanceRequirements !== undefined;
    const settings = withDefaults(args, byAttributes);
    validateChoices(args, problems);
    if (problems.list.length > 0) {
        // The checks below choose by these values; an unknown one would only bring more errors of the same cause.
        return [...problems.list];
    }
    validateSizes(settings, problems);
    validateImage(args, settings, problems);
    validateLabels(settings.labels, managed, problems);
    validateTaints(settings.taints, managed, problems);
    validateKubelet(settings.kubelet, problems);
    validateVersion(args.kubernetesVersion, args.cluster?.kubernetesVersion, problems);
    validateDisk(settings, problems);
    validateMetadata(settings, problems);
    validatePlace(args, problems);
    validateGroupTags(args, settings, managed, problems);
    validateWarmPool(args, settings, problems);
    validateName(name, args, managed, problems);
    if (managed) {
        validateManaged(args, settings, problems);
    } else {
        validateSelfManaged(args, settings, problems);
    }
    validateUserData(args, settings, managed, problems);
    return [...problems.list];
}

function validateChoices(args: Partial<NodeGroupArgs>, problems: Problems): void {
    oneOf(args.operatingSystem, OperatingSystem, "operatingSystem", problems);
    oneOf(args.architecture, Architecture, "architecture", problems);
    oneOf(args.accelerator, Accelerator, "accelerator", problems);
    oneOf(args.metadata?.tokens, MetadataTokens, "metadata.tokens", problems);
    oneOf(args.warmPool?.poolState, WarmPoolState, "warmPool.poolState", problems);
}

function validateSizes({ minSize, maxSize, desiredSize }: NodeGroupSettings, problems: Problems): void {
    within(minSize, 0, 10_000, "minSize", problems);
    within(maxSize, 1, 10_000, "maxSize", problems);
    within(desiredSize, 0, 10_000, "desiredSize", problems);
    problems.require(minSize <= maxSize, "maxSize", `${maxSize} is below minSize ${minSize}; raise maxSize or lower minSize`);
    problems.require(
        desiredSize >= minSize && desiredSize <= Math.max(minSize, maxSize),
        "desiredSize",
        `${desiredSize} is not between minSize ${minSize} and maxSize ${maxSize}; leave it out to start with minSize`,
    );
}

function validateImage(args: Partial<NodeGroupArgs>, settings: NodeGroupSettings, problems: Problems): void {
    const { operatingSystem, architecture, accelerator, instanceTypes } = settings;
    validateInstanceTypes(instanceTypes, args.allowUnknownInstanceTypes ?? false, "instanceTypes", problems);
    problems.require(
        args.instanceTypes === undefined || args.instanceTypes.length > 0,
        "instanceTypes",
        "is empty; name one type or leave it out",
    );
    const ofTypes = instanceTypes.map(architectureOf).find(Boolean);
    problems.require(
        ofTypes === undefined || ofTypes === architecture,
        "architecture",
        `${architecture} does not fit ${instanceTypes.join(", ")}, which is ${ofTypes}; leave architecture out`,
    );
    problems.require(
        instanceTypes.length === 0 ||
            ofTypes !== undefined ||
            args.architecture !== undefined ||
            !(args.allowUnknownInstanceTypes ?? false),
        "architecture",
        `is needed: the architecture of ${instanceTypes.join(", ")} is unknown; set "x86_64" or "arm64"`,
    );
    problems.require(
        amiType(settings) !== undefined,
        "accelerator",
        `there is no EKS image of ${operatingSystem} for ${accelerator} on ${architecture}; Neuron is on Amazon Linux 2023 and x86_64 only`,
    );
    const release = RELEASE_VERSION[operatingSystem];
    problems.require(
        args.releaseVersion === undefined || release.pattern.test(args.releaseVersion),
        "releaseVersion",
        `${show(args.releaseVersion)} is no release of ${operatingSystem}; write it as ${show(release.example)}`,
    );
    problems.require(
        args.releaseVersion === undefined || args.imageId === undefined,
        "releaseVersion",
        "cannot go with imageId, which fixes the image already; give one of the two",
    );
    const isLinux = operatingSystem === OperatingSystem.AmazonLinux2023;
    problems.require(
        isLinux || args.nodeadm === undefined,
        "nodeadm",
        "Bottlerocket has no shell and no nodeadm; use bottlerocket.settings",
    );
    problems.require(!isLinux || args.bottlerocket === undefined, "bottlerocket", 'needs operatingSystem "bottlerocket"');
}

function validateDisk({ disk, instanceTypes }: NodeGroupSettings, problems: Problems): void {
    const { sizeGib, iops, throughput } = disk;
    within(sizeGib, 20, 65_536, "disk.sizeGib", problems);
    within(iops, 3_000, 80_000, "disk.iops", problems);
    within(throughput, 125, 2_000, "disk.throughput", problems);
    problems.require(
        iops <= Math.max(3_000, sizeGib * 500),
        "disk.iops",
        `${iops} IOPS need ${Math.ceil(iops / 500)} GiB (500 a GiB), and the disk has ${sizeGib}`,
    );
    problems.require(
        throughput * 4 <= iops,
        "disk.throughput",
        `${throughput} MiB/s need ${throughput * 4} IOPS (four a MiB/s), and the disk has ${iops}; raise disk.iops`,
    );
    // The first generations cannot encrypt the root volume (https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html).
    const old = instanceTypes.filter((type) => /^(?:c1|m1|m2|t1)\./.test(type));
    problems.require(old.length === 0, "instanceTypes", `${old.join(", ")} cannot use encrypted volumes; choose a newer family`);
}

function validateMetadata({ metadata }: NodeGroupSettings, problems: Problems): void {
    within(metadata.hopLimit, 1, 64, "metadata.hopLimit", problems);
}

function validatePlace(args: Partial<NodeGroupArgs>, problems: Problems): void {
    const { subnets, cluster } = args;
    problems.require(subnets === undefined || subnets.length > 0, "subnets", "is empty; nodes need one subnet at least");
    const zones = (subnets ?? []).map((subnet) => subnet.zone);
    const twice = [...new Set(zones.filter((zone, index) => zones.indexOf(zone) !== index))];
    problems.require(
        !(args.perZone ?? false) || twice.length === 0,
        "subnets",
        `perZone makes one group for each zone, and ${twice.join(", ")} has several subnets; give one a zone`,
    );
    problems.require(
        cluster === undefined || cluster.kind === ClusterKind.Eks,
        "operatingSystem",
        `nodes of ${args.operatingSystem ?? OperatingSystem.AmazonLinux2023} join EKS clusters, and ${show(cluster?.name)} is self-managed`,
    );
}

function validateGroupTags(args: Partial<NodeGroupArgs>, settings: NodeGroupSettings, managed: boolean, problems: Problems): void {
    validateTags(args.tags, "tags", problems);
    const { autoscaler, labels, taints, disk } = settings;
    if (!autoscaler.enabled) {
        return;
    }
    const written = nodeTemplateTags({ labels, taints, resources: autoscaler.resources, diskSizeGib: disk.sizeGib, zone: "eu-central-1a" });
    const found = new Problems();
    validateTags(written, "", found);
    const hint = 'autoscaler tags carry labels, taints and resources; shorten them or set "autoscaler.enabled" to false';
    for (const { path, reason } of found.list) {
        problems.add("autoscaler", `${path === "" ? "" : `${path}: `}${reason} (${hint})`);
    }
    const others = managed ? 0 : Object.keys(discoveryTags("cluster")).length + 2;
    const total = Object.keys(written).length + Object.keys(args.tags ?? {}).length + others;
    problems.require(
        total <= MAX_TAGS || found.list.length > 0,
        "autoscaler",
        `${total} tags on the group, and AWS takes ${MAX_TAGS} (${hint})`,
    );
}

function validateWarmPool(args: Partial<NodeGroupArgs>, settings: NodeGroupSettings, problems: Problems): void {
    const pool = args.warmPool;
    within(pool?.minSize, 0, 10_000, "warmPool.minSize", problems);
    within(pool?.maxPreparedCapacity, settings.maxSize, 10_000, "warmPool.maxPreparedCapacity", problems);
    problems.require(
        pool?.poolState !== WarmPoolState.Hibernated || settings.operatingSystem !== OperatingSystem.Bottlerocket,
        "warmPool.poolState",
        "Bottlerocket cannot hibernate; use Stopped or Running",
    );
}

function validateName(name: string | undefined, args: Partial<NodeGroupArgs>, managed: boolean, problems: Problems): void {
    if (name === undefined) {
        return;
    }
    problems.require(
        /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name),
        "",
        `group name ${show(name)}: use letters, digits, "-" and "_", beginning with a letter or digit`,
    );
    const length = name.length + "-".length + ((args.perZone ?? false) ? "a-".length : 0);
    const most = managed ? MAX_NAME_PREFIX : MAX_TEMPLATE_PREFIX;
    problems.require(
        length <= most,
        "",
        `group name ${show(name)} makes a prefix of ${length} characters, and AWS has room for ${most} before the generated end; shorten it`,
    );
}

/** Checks the operating system's settings, and the size with stand-ins for what is known only later. */
function validateUserData(args: Partial<NodeGroupArgs>, settings: NodeGroupSettings, managed: boolean, problems: Problems): void {
    const bootstrap = nodeBootstrap(settings);
    const found = bootstrap.problems(settings);
    problems.addAll(found);
    if (found.length > 0) {
        return;
    }
    const complete = !managed || args.imageId !== undefined;
    const cluster = placeholderCluster(args.cluster?.name ?? "c".repeat(100), args.cluster?.ipFamily ?? IpFamily.Ipv4);
    problems.addAll(userDataProblems(bootstrap.userData(settings, complete ? cluster : undefined)));
}
