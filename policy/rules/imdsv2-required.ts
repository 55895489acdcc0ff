// IMDSv1 must be off wherever a resource carries instance metadata settings.
import { examples } from "./imdsv2-required.examples";
import type { MetadataInput } from "./metadata";
import { judgeTokens } from "./metadata";
import type { Rule } from "./rule";
import { booleanOf } from "./settings";

const DEFAULT_FORBID_IPV6 = false;

/** The rule `imdsv2-required`. */
export const imdsv2Required: Rule<MetadataInput> = {
    id: "imdsv2-required",
    title: "Instance metadata takes session tokens only (IMDSv2)",
    description: "Instance metadata must require session tokens (IMDSv2) or be switched off.",
    severity: "critical",
    frameworks: [
        {
            name: "CIS AWS Foundations Benchmark",
            version: "3.0.0",
            reference: "5.6",
            specification: "EC2 metadata service only allows IMDSv2",
        },
        { name: "checkov", version: "3", reference: "CKV_AWS_79", specification: "Instance Metadata Service Version 1 is not enabled" },
        {
            name: "AWS Security Hub",
            version: "FSBP",
            reference: "EC2.8, EC2.170, AutoScaling.3",
            specification: "Instances, launch templates and launch configurations use IMDSv2",
        },
    ],
    remediation: [
        'Set metadataOptions.httpTokens to "required" on the instance, launch template, launch configuration or spot request.',
        'On an Image Builder infrastructure configuration set instanceMetadataOptions.httpTokens to "required".',
        'On a SageMaker notebook set instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion to "2".',
        'Where nothing reads metadata, set httpEndpoint to "disabled" instead. Nodes of a cluster do read it.',
    ],
    configSchema: {
        forbidIpv6Endpoint: {
            type: "boolean",
            description: 'Also report httpProtocolIpv6 "enabled", which opens a second metadata address, fd00:ec2::254.',
            default: DEFAULT_FORBID_IPV6,
        },
    },
    examples,
    evaluate: (input, config) => judgeTokens(input, booleanOf(config, "forbidIpv6Endpoint", DEFAULT_FORBID_IPV6)),
};
