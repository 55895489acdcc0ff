// Cases of the rule autoscaling-group-tags.
import type { Example, ExampleResource } from "./rule";
import type { Value, ValueRecord } from "./value";
import { UNKNOWN } from "./value";

const tag = (key: Value, value: Value = "x", propagateAtLaunch: Value = true): ValueRecord => ({ key, value, propagateAtLaunch });
const ownerless = [tag("Project"), tag("Environment"), tag("ManagedBy")];

const group = (tags: Value): ExampleResource[] => [
    { name: "example", type: "aws:autoscaling/group:Group", props: tags === undefined ? {} : { tags } },
];

/** Good and bad cases. */
export const examples: readonly Example[] = [
    { title: "all required tags, passed on to instances", resources: group([...ownerless, tag("Owner")]), findings: [] },
    { title: "a value that is not known yet", resources: group([...ownerless, tag("Owner", UNKNOWN)]), findings: [] },
    { title: "a flag written as a string", resources: group([...ownerless, tag("Owner", "x", "true")]), findings: [] },
    {
        title: "a group without tags",
        resources: group(undefined),
        findings: ["missing:Project", "missing:Environment", "missing:Owner", "missing:ManagedBy"],
    },
    { title: "one missing tag", resources: group(ownerless), findings: ["missing:Owner"] },
    { title: "a key that differs only in case", resources: group([...ownerless, tag("OWNER")]), findings: ["missing:Owner"] },
    {
        title: "a tag that instances do not get",
        resources: group([...ownerless, tag("Owner", "x", false)]),
        findings: ["not-propagated:Owner"],
    },
    {
        title: "a tag that does not say whether instances get it",
        resources: group([...ownerless, { key: "Owner", value: "x" }]),
        findings: ["not-propagated:Owner"],
    },
    {
        title: "a tag without a value",
        resources: group([...ownerless, tag("Owner", "")]),
        findings: ["empty:Owner"],
        acceptsUnknownAt: ["example.tags.3.value"],
    },
    { title: "tags that are a map", resources: group({ Owner: "x" }), findings: ["malformed"] },
    {
        title: "a tag that instances do not get although another key is not known yet",
        resources: group([...ownerless, tag("Owner", "x", false), tag(UNKNOWN)]),
        findings: ["not-propagated:Owner"],
    },
    { title: "a key that is not known yet", resources: group([...ownerless, tag(UNKNOWN)]), findings: [], unknowns: ["tags.3.key"] },
    { title: "tags that are not known yet", resources: group(UNKNOWN), findings: [], unknowns: ["tags"] },
];
