/** Checks the arguments of `EksCluster` and names everything that is wrong, before any resource exists. */
import { Family, contains, isPrivate, overlaps, parseCidr, requireCidr, size } from "../core/cidr";
import type { CidrBlock } from "../core/cidr";
import { Problems, nearest, show } from "../core/errors";
import type { Problem } from "../core/errors";
import { IpFamily } from "../core/handles";
import { validateLogRetention } from "../core/logs";
import { validateTags } from "../core/tags";
import { validateKubernetesVersion } from "../core/versions";
import { validateWebhookPorts } from "../security-groups";
import { validateAddons } from "./validate-addons";
import { AccessEntryType, AccessPolicy } from "./arguments";
import type { AccessEntryArgs, EksClusterArgs } from "./arguments";
import { EKS_DEFAULTS, authenticationMode, ipFamily, readsAccessEntries, readsConfigMap } from "./defaults";

/** Cluster names EKS takes. */
const CLUSTER_NAME = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;
/** RFC 6598: VPCs may use it, EKS services may not. */
const SHARED_RANGE = requireCidr("100.64.0.0/10");
/** Names of keys that become part of resource names. */
const KEY = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const ARN = /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(role|user)\/.+$/;
/** What can be judged of a cluster's arguments without its network; the configuration loader calls this. */
export type EksClusterSettings = Omit<EksClusterArgs, "network">;

/** Everything wrong with the arguments, with paths relative to them. `vpcBlocks` are the network's blocks, where known. */
export function validateEksCluster(args: EksClusterSettings, vpcBlocks: readonly string[] = []): Problem[] {
    const problems = new Problems();
    problems.require(
        CLUSTER_NAME.test(args.clusterName),
        "clusterName",
        `${show(args.clusterName)}: use letters, digits, "-" and "_", 1 to 100, beginning with a letter or digit`,
    );
    validateKubernetesVersion(args.kubernetesVersion, "kubernetesVersion", problems);
    validateEndpoint(args, problems);
    validateServiceCidr(args, vpcBlocks, problems);
    validateLogging(args, problems);
    validateEncryption(args, problems);
    validateAccess(args, problems);
    validateAddons(args, problems);
    validateWebhookPorts(args.webhookPorts, problems);
    problems.require(
        (args.additionalSecurityGroupIds ?? []).length <= 4,
        "additionalSecurityGroupIds",
        "at most 4; EKS takes 5 groups and one is made here",
    );
    validateTags(args.tags, "tags", problems);
    return [...problems.list];
}

/** Checks the network a cluster is put into: the zones of its control-plane subnets, and whether it has IPv6. */
export function validatePlace(args: EksClusterSettings, place: { zones: readonly string[]; ipv6: boolean }): Problem[] {
    const problems = new Problems();
    const tier = args.controlPlaneInIsolatedSubnets === true ? "isolated" : "private or public";
    const zones = [...new Set(place.zones)];
    problems.require(
        zones.length >= 2,
        "network",
        `EKS needs subnets in at least two zones for the control plane; its ${tier} ones are in ${zones.length === 0 ? "none" : zones.join(", ")}`,
    );
    problems.require(
        ipFamily(args as EksClusterArgs) !== IpFamily.Ipv6 || place.ipv6,
        "ipFamily",
        '"ipv6" needs a network with an IPv6 block',
    );
    return [...problems.list];
}

function validateEndpoint(args: EksClusterSettings, problems: Problems): void {
    const endpoint = args.endpoint ?? {};
    const isPublic = endpoint.publicAccess ?? EKS_DEFAULTS.publicAccess;
    const isPrivate = endpoint.privateAccess ?? EKS_DEFAULTS.privateAccess;
    problems.require(isPublic || isPrivate, "endpoint", "nobody could reach the API server; set privateAccess or publicAccess to true");
    const cidrs = endpoint.publicAccessCidrs ?? [];
    if (!isPublic) {
        problems.require(cidrs.length === 0, "endpoint.publicAccessCidrs", "of no effect while publicAccess is false; remove them");
        return;
    }
    problems.require(
        cidrs.length > 0,
        "endpoint.publicAccessCidrs",
        'the public endpoint needs the blocks that may reach it, such as ["203.0.113.0/24"]',
    );
    problems.require(cidrs.length <= 40, "endpoint.publicAccessCidrs", `${cidrs.length} blocks; EKS takes at most 40`);
    const blocks = cidrs.map((text, index) => validateBlock(text, `endpoint.publicAccessCidrs[${index}]`, problems));
    if (endpoint.allowAnyAddress !== true && coversInternet(blocks.flatMap((block) => (block === undefined ? [] : [block])))) {
        problems.add(
            "endpoint.publicAccessCidrs",
            `${cidrs.join(", ")} opens the API server to the whole internet; name your own blocks, or set endpoint.allowAnyAddress: true`,
        );
    }
}

/** Whether blocks together leave less than half of an address family out: `0.0.0.0/0`, but also its two halves. */
function coversInternet(blocks: CidrBlock[]): boolean {
    return [Family.Ipv4, Family.Ipv6].some((family) => {
        const own = blocks.filter((block) => block.family === family);
        const outermost = own.filter(
            (block, index) =>
                !own.some(
                    (other, position) => position !== index && contains(other, block) && (size(other) > size(block) || position < index),
                ),
        );
        const covered = outermost.reduce((sum, block) => sum + size(block), 0n);
        return covered >= 1n << BigInt(family === Family.Ipv4 ? 31 : 125);
    });
}

function validateBlock(text: string, path: string, problems: Problems): CidrBlock | undefined {
    const block = parseCidr(text);
    if (typeof block === "string") {
        problems.add(path, block);
        return undefined;
    }
    return block;
}

function validateServiceCidr(args: EksClusterSettings, vpcBlocks: readonly string[], problems: Problems): void {
    if (args.serviceCidr === undefined) {
        return;
    }
    if (ipFamily(args as EksClusterArgs) === IpFamily.Ipv6) {
        problems.add("serviceCidr", "EKS assigns the service block of IPv6 clusters; remove it");
        return;
    }
    const block = validateBlock(args.serviceCidr, "serviceCidr", problems);
    if (block === undefined) {
        return;
    }
    problems.require(
        block.family === Family.Ipv4 && isPrivate(block) && !overlaps(SHARED_RANGE, block),
        "serviceCidr",
        `${show(args.serviceCidr)} is not in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16`,
    );
    problems.require(block.prefixLength >= 12 && block.prefixLength <= 24, "serviceCidr", `/${block.prefixLength}; EKS takes /12 to /24`);
    const clash = vpcBlocks.find((text) => {
        const vpcBlock = parseCidr(text);
        return typeof vpcBlock !== "string" && overlaps(vpcBlock, block);
    });
    problems.require(
        clash === undefined,
        "serviceCidr",
        `${show(args.serviceCidr)} overlaps the network's ${clash ?? ""}; choose another block, such as "172.20.0.0/16"`,
    );
}

function validateLogging(args: EksClusterSettings, problems: Problems): void {
    validateLogRetention(args.logging?.retentionDays, "logging.retentionDays", problems);
}

function validateEncryption(args: EksClusterSettings, problems: Problems): void {
    const { enabled, kmsKeyArn, deletionWindowDays } = args.encryption ?? {};
    problems.require(
        enabled !== false || kmsKeyArn === undefined,
        "encryption.kmsKeyArn",
        "of no effect while encryption.enabled is false; remove one of the two",
    );
    problems.require(
        deletionWindowDays === undefined || (deletionWindowDays >= 7 && deletionWindowDays <= 30),
        "encryption.deletionWindowDays",
        `${show(deletionWindowDays)}; KMS takes 7 to 30 days`,
    );
}

function validateAccess(args: EksClusterSettings, problems: Problems): void {
    const mode = authenticationMode(args as EksClusterArgs);
    const entries = Object.entries(args.access.entries ?? {});
    if (readsAccessEntries(mode)) {
        const hasAdministrator = entries.some(([, entry]) =>
            (entry.policies ?? []).some(({ policy, namespaces }) => policy === AccessPolicy.ClusterAdmin && namespaces === undefined),
        );
        problems.require(
            hasAdministrator || mode !== "API",
            "access.entries",
            `nobody would be able to administer the cluster; give one entry the policy "${AccessPolicy.ClusterAdmin}"`,
        );
    } else {
        problems.require(
            entries.length === 0,
            "access.entries",
            `not read in mode "${mode}"; use access.configMapRoles or mode "API_AND_CONFIG_MAP"`,
        );
    }
    problems.require(
        readsConfigMap(mode) || (args.access.configMapRoles ?? []).length === 0,
        "access.configMapRoles",
        `not read in mode "${mode}"; use access.entries`,
    );
    entries.forEach(([key, entry]) => validateEntry(key, entry, problems));
    const principals = entries.map(([, entry]) => entry.principalArn).filter((arn) => typeof arn === "string");
    problems.require(
        new Set(principals).size === principals.length,
        "access.entries",
        "a principal has two entries; EKS takes one for each, merge them",
    );
}

function validateEntry(key: string, entry: AccessEntryArgs, problems: Problems): void {
    const path = `access.entries.${key}`;
    problems.require(KEY.test(key), path, `key ${show(key)} becomes part of resource names; use lower-case letters, digits and "-"`);
    problems.require(!key.startsWith("nodes-"), path, 'keys that begin with "nodes-" are taken by entries of node roles; choose another');
    problems.require(
        typeof entry.principalArn !== "string" || ARN.test(entry.principalArn),
        `${path}.principalArn`,
        `${show(entry.principalArn)} is not the ARN of an IAM role or user, such as "arn:aws:iam::123456789012:role/platform"`,
    );
    const isPerson = (entry.type ?? AccessEntryType.Standard) === AccessEntryType.Standard;
    problems.require(
        isPerson || (entry.policies ?? []).length + (entry.groups ?? []).length === 0,
        path,
        `entries of type ${entry.type} take no policies or groups; EKS sets them`,
    );
    problems.require(
        !isPerson || (entry.policies ?? []).length + (entry.groups ?? []).length > 0,
        path,
        "gives no rights; add policies or groups",
    );
    (entry.groups ?? []).forEach((group, index) =>
        problems.require(
            !group.startsWith("system:"),
            `${path}.groups[${index}]`,
            `${show(group)}: EKS refuses groups that begin with "system:"; use policies`,
        ),
    );
    const named = (entry.policies ?? []).map(({ policy }) => policy);
    problems.require(
        new Set(named).size === named.length,
        `${path}.policies`,
        "a policy is there twice; EKS takes each once, so put its namespaces in one list",
    );
    (entry.policies ?? []).forEach(({ policy, namespaces }, index) => {
        if (!(Object.values(AccessPolicy) as string[]).includes(policy)) {
            const meant = nearest(policy, Object.values(AccessPolicy));
            problems.add(
                `${path}.policies[${index}].policy`,
                `unknown access policy ${show(policy)}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
            );
        }
        problems.require(
            namespaces === undefined || namespaces.length > 0,
            `${path}.policies[${index}].namespaces`,
            "empty; name namespaces, or leave it out for the whole cluster",
        );
    });
}
