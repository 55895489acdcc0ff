// Cases of the rule required-tags.
import type { Example, ExampleResource } from "./rule";
import type { Value } from "./value";
import { UNKNOWN } from "./value";

const BUCKET = "aws:s3/bucket:Bucket";
const ownerless = { Project: "shop", Environment: "dev", ManagedBy: "pulumi" };
const full = { ...ownerless, Owner: "platform" };
const many = Object.fromEntries(Array.from({ length: 47 }, (_, index) => [`Extra${index}`, "x"]));

const bucket = (props: Readonly<Record<string, Value>>, provider?: Readonly<Record<string, Value>>): ExampleResource[] => [
    { name: "example", type: BUCKET, props, ...(provider === undefined ? {} : { provider }) },
];

/** Good and bad cases. */
export const examples: readonly Example[] = [
    { title: "a bucket with all required tags", resources: bucket({ tags: full, tagsAll: full }), findings: [] },
    { title: "tags that come from the provider's default tags alone", resources: bucket({ tagsAll: full }), findings: [] },
    {
        title: "default tags of the provider, before they are merged",
        resources: bucket({}, { defaultTags: { tags: full } }),
        findings: [],
    },
    {
        title: "a tag whose value is not known yet",
        resources: bucket({ tags: { ...full, Owner: UNKNOWN }, tagsAll: UNKNOWN }),
        findings: [],
    },
    {
        title: "a value among those allowed",
        resources: bucket({ tags: full }),
        config: { allowedValues: { Environment: ["dev", "prod"] }, valuePatterns: { Owner: "^[a-z]+$" } },
        findings: [],
    },
    { title: "a resource that cannot be tagged", resources: [{ name: "example", type: "aws:ec2/route:Route", props: {} }], findings: [] },
    {
        title: "tags that are a filter and no tags",
        resources: [{ name: "example", type: "aws:inspector/resourceGroup:ResourceGroup", props: { tags: { Name: "x" } } }],
        findings: [],
    },
    {
        title: "a taggable resource without any tags",
        resources: bucket({}),
        findings: ["missing:Project", "missing:Environment", "missing:Owner", "missing:ManagedBy"],
    },
    { title: "one missing tag", resources: bucket({ tags: ownerless, tagsAll: ownerless }), findings: ["missing:Owner"] },
    {
        title: "a key that differs only in case",
        resources: bucket({ tags: { ...ownerless, owner: "platform" } }),
        findings: ["missing:Owner"],
    },
    {
        title: "a key that other software spells with a hyphen",
        resources: bucket({ tags: full }),
        config: { requiredKeys: ["managed-by"] },
        findings: ["missing:managed-by"],
    },
    {
        title: "a required tag without a value",
        resources: bucket({ tags: { ...full, Owner: "" } }),
        findings: ["empty:Owner"],
        acceptsUnknownAt: ["example.tags.Owner"],
    },
    {
        title: "a required tag that is null",
        resources: bucket({ tags: { ...full, Owner: null } }),
        findings: ["missing:Owner"],
        acceptsUnknownAt: ["example.tags.Owner"],
    },
    {
        title: "a missing tag although another value is not known yet, with the provider's default tags known",
        resources: bucket({ tags: { ...ownerless, Name: UNKNOWN }, tagsAll: UNKNOWN }, { region: "eu-central-1" }),
        findings: ["missing:Owner"],
    },
    {
        title: "a value outside those allowed",
        resources: bucket({ tags: { ...full, Environment: "test" } }),
        config: { allowedValues: { Environment: ["dev", "prod"] } },
        findings: ["value:Environment"],
    },
    {
        title: "a value that does not match the pattern",
        resources: bucket({ tags: { ...full, Owner: "Team 1" } }),
        config: { valuePatterns: { Owner: "^[a-z]+$" } },
        findings: ["value:Owner"],
    },
    {
        title: "a pattern that is no regular expression",
        resources: bucket({ tags: full }),
        config: { valuePatterns: { Owner: "(" } },
        findings: ["configuration:Owner"],
    },
    {
        title: "tags that are a list",
        resources: bucket({ tags: ["Owner"], tagsAll: full }),
        findings: ["malformed:tags"],
        acceptsUnknownAt: ["example.tags"],
    },
    { title: "more than 50 tags", resources: bucket({ tags: { ...full, ...many } }), findings: ["too-many"] },
    { title: "a key with the reserved prefix", resources: bucket({ tags: { ...full, "aws:x": "y" } }), findings: ["reserved:aws:x"] },
    { title: "a key of 129 characters", resources: bucket({ tags: { ...full, ["k".repeat(129)]: "y" } }), findings: ["key-length"] },
    {
        title: "a value of 257 characters",
        resources: bucket({ tags: { ...full, Note: "n".repeat(257) } }),
        findings: ["value-length:Note"],
        acceptsUnknownAt: ["example.tags.Note"],
    },
    {
        title: "a resource of a type newer than the table, seen to be taggable",
        resources: [{ name: "example", type: "aws:new/thing:Thing", props: { tagsAll: ownerless } }],
        findings: ["missing:Owner"],
    },
    { title: "tags that are not known yet", resources: bucket({ tags: UNKNOWN }), findings: [], unknowns: ["tags"] },
    {
        title: "default tags that may hold what is missing",
        resources: bucket({ tags: ownerless, tagsAll: UNKNOWN }),
        findings: [],
        unknowns: ["tagsAll"],
    },
];
