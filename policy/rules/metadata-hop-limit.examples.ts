// Cases of the rule metadata-hop-limit.
import type { Example, ExampleResource } from "./rule";
import type { Value } from "./value";
import { UNKNOWN } from "./value";

const on = (type: string, props: Readonly<Record<string, Value>>): ExampleResource[] => [{ name: "example", type, props }];
const template = (metadataOptions: Value): ExampleResource[] =>
    on("aws:ec2/launchTemplate:LaunchTemplate", metadataOptions === undefined ? {} : { metadataOptions });

/** Good and bad cases. */
export const examples: readonly Example[] = [
    { title: "a hop limit of 1", resources: template({ httpTokens: "required", httpPutResponseHopLimit: 1 }), findings: [] },
    { title: "a hop limit written as a string", resources: template({ httpPutResponseHopLimit: "1" }), findings: [] },
    {
        title: "a hop limit of 2, when 2 is allowed",
        resources: template({ httpPutResponseHopLimit: 2 }),
        config: { maxHopLimit: 2 },
        findings: [],
    },
    { title: "a metadata endpoint that is disabled", resources: template({ httpEndpoint: "disabled" }), findings: [] },
    {
        title: "an instance that leaves its settings to a launch template",
        resources: on("aws:ec2/instance:Instance", { launchTemplate: { name: "nodes" } }),
        findings: [],
    },
    { title: "a launch template without metadata options", resources: template(undefined), findings: ["hop-limit"] },
    { title: "a hop limit left to the defaults", resources: template({ httpTokens: "required" }), findings: ["hop-limit"] },
    {
        title: "a hop limit of 2",
        resources: template({ httpTokens: "required", httpPutResponseHopLimit: 2 }),
        findings: ["hop-limit"],
    },
    { title: "a hop limit of 0", resources: template({ httpPutResponseHopLimit: 0 }), findings: ["hop-limit"] },
    {
        title: "a hop limit that is not a whole number",
        resources: template({ httpPutResponseHopLimit: 1.5 }),
        findings: ["hop-limit"],
    },
    {
        title: "regional defaults without a preference",
        resources: on("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", { httpPutResponseHopLimit: -1 }),
        findings: ["hop-limit"],
    },
    {
        title: "an instance with a hop limit of 3",
        resources: on("aws:ec2/instance:Instance", { metadataOptions: { httpPutResponseHopLimit: 3 } }),
        findings: ["hop-limit"],
    },
    {
        title: "a launch configuration without metadata options",
        resources: on("aws:ec2/launchConfiguration:LaunchConfiguration", {}),
        findings: ["hop-limit"],
    },
    {
        title: "a hop limit that is not known yet",
        resources: template({ httpPutResponseHopLimit: UNKNOWN }),
        findings: [],
        unknowns: ["metadataOptions.httpPutResponseHopLimit"],
    },
];
