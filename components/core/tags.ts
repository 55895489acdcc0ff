/**
 * Tags: one place that merges environment tags, component tags and `Name`, knows the limits of AWS, and
 * spells the tag keys that Kubernetes and EKS look for.
 * Limits: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
import type * as pulumi from "@pulumi/pulumi";
import { show } from "./errors";
import type { Problems } from "./errors";

/** Tag keys and values as components take them. */
export type Tags = Record<string, pulumi.Input<string>>;

/** Most tags a resource can carry (https://docs.aws.amazon.com/general/latest/gr/arg.html). */
export const MAX_TAGS = 50;
/** Longest tag key, in characters. */
export const MAX_TAG_KEY_LENGTH = 128;
/** Longest tag value, in characters. */
export const MAX_TAG_VALUE_LENGTH = 256;
/** Characters every AWS service takes in keys and values: letters, digits, space and `_.:/=+-@`. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** How a cluster uses a resource it is tagged on. */
export const ClusterTagValue = {
    /** The resource belongs to this cluster alone and goes with it. */
    Owned: "owned",
    /** Several clusters, or other users, share the resource. */
    Shared: "shared",
} as const;
/** How a cluster uses a resource it is tagged on. */
export type ClusterTagValue = (typeof ClusterTagValue)[keyof typeof ClusterTagValue];

/** Key of the tag by which the cloud provider and load-balancer controllers find a cluster's resources. */
export function clusterTagKey(clusterName: string): string {
    return `kubernetes.io/cluster/${clusterName}`;
}

/** Tags subnets carry for internet-facing load balancers. */
export const PUBLIC_LOAD_BALANCER_TAG = "kubernetes.io/role/elb";
/** Tags subnets carry for internal load balancers. */
export const INTERNAL_LOAD_BALANCER_TAG = "kubernetes.io/role/internal-elb";

/** Merges tag sets, later ones winning, and sets `Name`. Undefined sets are passed over. */
export function mergeTags(name: string, ...sets: (Tags | undefined)[]): Tags {
    return { ...Object.assign({}, ...sets), Name: name } as Tags;
}

/** Checks plain tags against the limits of AWS; values that are not plain text are passed over. */
export function validateTags(tags: Readonly<Record<string, unknown>> | undefined, path: string, problems: Problems): void {
    const entries = Object.entries(tags ?? {});
    problems.require(entries.length <= MAX_TAGS, path, `${entries.length} tags, and AWS takes at most ${MAX_TAGS}; remove some`);
    for (const [key, value] of entries) {
        const at = path === "" ? key : `${path}.${key}`;
        problems.require(
            key.length >= 1 && key.length <= MAX_TAG_KEY_LENGTH,
            at,
            `tag key of ${key.length} characters; use 1 to ${MAX_TAG_KEY_LENGTH}`,
        );
        problems.require(
            TAG_TEXT.test(key),
            at,
            `tag key ${show(key)} has a character AWS refuses; use letters, digits, spaces and _.:/=+-@`,
        );
        problems.require(!/^aws:/i.test(key), at, `tag key ${show(key)}: the prefix "aws:" is reserved by AWS; choose another key`);
        if (typeof value === "string") {
            problems.require(
                value.length <= MAX_TAG_VALUE_LENGTH,
                at,
                `tag value of ${value.length} characters; use at most ${MAX_TAG_VALUE_LENGTH}`,
            );
            problems.require(
                TAG_TEXT.test(value),
                at,
                `tag value ${show(value)} has a character AWS refuses; use letters, digits, spaces and _.:/=+-@`,
            );
        }
    }
}
