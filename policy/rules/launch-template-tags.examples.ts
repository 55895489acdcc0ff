// Cases of the rule launch-template-tags.
import type { Example, ExampleResource } from "./rule";
import type { Value } from "./value";
import { UNKNOWN } from "./value";

const ownerless = { Project: "shop", Environment: "dev", ManagedBy: "pulumi" };
const tags = { ...ownerless, Owner: "platform" };
const TYPES = ["instance", "volume", "network-interface"];
const specifications: Value = TYPES.map((resourceType) => ({ resourceType, tags }));
const [instance, volume, networkInterface] = TYPES.map((resourceType) => ({ resourceType, tags }));

const template = (tagSpecifications: Value): ExampleResource[] => [
    {
        name: "example",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        props: tagSpecifications === undefined ? {} : { tagSpecifications },
    },
];

/** Good and bad cases. */
export const examples: readonly Example[] = [
    { title: "tag specifications for instances, volumes and network interfaces", resources: template(specifications), findings: [] },
    {
        title: "an extra specification for spot requests",
        resources: template([instance, volume, networkInterface, { resourceType: "spot-instances-request", tags: {} }]),
        findings: [],
    },
    {
        title: "only the resource types that are configured",
        resources: template([instance]),
        config: { resourceTypes: ["instance"] },
        findings: [],
    },
    {
        title: "tag values that are not known yet",
        resources: template([instance, volume, { resourceType: "network-interface", tags: { ...tags, Owner: UNKNOWN } }]),
        findings: [],
    },
    {
        title: "a template without tag specifications",
        resources: template(undefined),
        findings: ["specification:instance", "specification:volume", "specification:network-interface"],
    },
    { title: "volumes left out", resources: template([instance, networkInterface]), findings: ["specification:volume"] },
    {
        title: "a key missing for network interfaces",
        resources: template([instance, volume, { resourceType: "network-interface", tags: ownerless }]),
        findings: ["missing:network-interface:Owner"],
    },
    {
        title: "a key that differs only in case",
        resources: template([instance, networkInterface, { resourceType: "volume", tags: { ...ownerless, owner: "x" } }]),
        findings: ["missing:volume:Owner"],
    },
    {
        title: "a required tag without a value",
        resources: template([volume, networkInterface, { resourceType: "instance", tags: { ...tags, Owner: "" } }]),
        findings: ["empty:instance:Owner"],
        acceptsUnknownAt: ["example.tagSpecifications.2.tags.Owner"],
    },
    { title: "tag specifications that are a map", resources: template({ instance: tags }), findings: ["malformed"] },
    {
        title: "a missing key although one specification is not known yet",
        resources: template([{ resourceType: "instance", tags: ownerless }, { resourceType: "volume", tags: UNKNOWN }, networkInterface]),
        findings: ["missing:instance:Owner"],
        unknowns: ["tagSpecifications.1.tags"],
    },
    {
        title: "tag specifications that are not known yet",
        resources: template(UNKNOWN),
        findings: [],
        unknowns: ["tagSpecifications"],
    },
];
