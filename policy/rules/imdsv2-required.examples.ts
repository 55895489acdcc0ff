// Cases of the rule imdsv2-required.
import type { Example, ExampleResource } from "./rule";
import type { Value } from "./value";
import { UNKNOWN } from "./value";

const on = (type: string, props: Readonly<Record<string, Value>>): ExampleResource[] => [{ name: "example", type, props }];
const template = (metadataOptions: Value): ExampleResource[] =>
    on("aws:ec2/launchTemplate:LaunchTemplate", metadataOptions === undefined ? {} : { metadataOptions });

/** Good and bad cases. */
export const examples: readonly Example[] = [
    {
        title: "a launch template that requires tokens",
        resources: template({ httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 }),
        findings: [],
    },
    {
        title: "an instance whose metadata endpoint is disabled",
        resources: on("aws:ec2/instance:Instance", { metadataOptions: { httpEndpoint: "disabled" } }),
        findings: [],
    },
    {
        title: "an instance that leaves its settings to a launch template",
        resources: on("aws:ec2/instance:Instance", { launchTemplate: { id: "lt-0a1b", version: "$Latest" } }),
        findings: [],
    },
    {
        title: "a spot request that requires tokens",
        resources: on("aws:ec2/spotInstanceRequest:SpotInstanceRequest", { metadataOptions: { httpTokens: "required" } }),
        findings: [],
    },
    {
        title: "an Image Builder infrastructure configuration that requires tokens",
        resources: on("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", {
            instanceMetadataOptions: { httpTokens: "required" },
        }),
        findings: [],
    },
    {
        title: "a SageMaker notebook of minimum metadata version 2",
        resources: on("aws:sagemaker/notebookInstance:NotebookInstance", {
            instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
        }),
        findings: [],
    },
    {
        title: "regional defaults that require tokens",
        resources: on("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", { httpTokens: "required" }),
        findings: [],
    },
    {
        title: "the IPv6 endpoint, when nobody forbade it",
        resources: template({ httpTokens: "required", httpProtocolIpv6: "enabled" }),
        findings: [],
    },
    { title: "a launch template without metadata options", resources: template(undefined), findings: ["tokens"] },
    {
        title: "a launch template with tokens optional",
        resources: template({ httpTokens: "optional", httpPutResponseHopLimit: 1 }),
        findings: ["tokens"],
    },
    { title: "a launch template that leaves the tokens out", resources: template({ httpPutResponseHopLimit: 1 }), findings: ["tokens"] },
    { title: "metadata options that are a list", resources: template([{ httpTokens: "required" }]), findings: ["tokens"] },
    {
        title: "an instance with settings of its own beside a launch template",
        resources: on("aws:ec2/instance:Instance", {
            launchTemplate: { id: "lt-0a1b", version: "$Latest" },
            metadataOptions: { httpTokens: "optional" },
        }),
        findings: ["tokens"],
    },
    {
        title: "an instance with neither settings nor a launch template",
        resources: on("aws:ec2/instance:Instance", { instanceType: "t3.micro" }),
        findings: ["tokens"],
    },
    {
        title: "a launch configuration without metadata options",
        resources: on("aws:ec2/launchConfiguration:LaunchConfiguration", { imageId: "ami-1" }),
        findings: ["tokens"],
    },
    {
        title: "a spot request with tokens optional",
        resources: on("aws:ec2/spotInstanceRequest:SpotInstanceRequest", { metadataOptions: { httpTokens: "optional" } }),
        findings: ["tokens"],
    },
    {
        title: "an Image Builder infrastructure configuration without metadata options",
        resources: on("aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration", {}),
        findings: ["tokens"],
    },
    {
        title: "a SageMaker notebook of minimum metadata version 1",
        resources: on("aws:sagemaker/notebookInstance:NotebookInstance", {
            instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "1" },
        }),
        findings: ["tokens"],
    },
    {
        title: "regional defaults without a preference",
        resources: on("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", { httpTokens: "no-preference" }),
        findings: ["tokens"],
    },
    {
        title: "the IPv6 endpoint, when it is forbidden",
        resources: template({ httpTokens: "required", httpProtocolIpv6: "enabled" }),
        config: { forbidIpv6Endpoint: true },
        findings: ["ipv6"],
    },
    {
        title: "tokens that are not known yet",
        resources: template({ httpTokens: UNKNOWN }),
        findings: [],
        unknowns: ["metadataOptions.httpTokens"],
    },
];
