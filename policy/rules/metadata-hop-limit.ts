// The answer to an IMDSv2 token request must not reach a container that has its own network namespace.
// The limit is worth nothing while IMDSv1 answers, so this rule belongs with imdsv2-required.
import { examples } from "./metadata-hop-limit.examples";
import type { MetadataInput } from "./metadata";
import { judgeHopLimit } from "./metadata";
import type { ConfigProperty, Rule } from "./rule";
import { integerOf } from "./settings";

/** Hops a token may travel unless configured otherwise: the instance itself. */
export const DEFAULT_MAX_HOP_LIMIT = 1;

/** Configuration shared by all rules that judge a hop limit. 64 is the most EC2 takes. */
export const MAX_HOP_LIMIT: ConfigProperty = {
    type: "integer",
    description: "Largest httpPutResponseHopLimit allowed. 2 lets every pod on the node fetch the node's credentials.",
    default: DEFAULT_MAX_HOP_LIMIT,
    minimum: 1,
    maximum: 64,
};

/** The rule `metadata-hop-limit`. */
export const metadataHopLimit: Rule<MetadataInput> = {
    id: "metadata-hop-limit",
    title: "Metadata tokens stay on the instance (hop limit)",
    description: "The hop limit of instance metadata tokens must be set and small, so that pods cannot fetch node credentials.",
    severity: "high",
    frameworks: [
        {
            name: "checkov",
            version: "3",
            reference: "CKV_AWS_341",
            specification: "Launch configurations and templates have a metadata response hop limit of 1",
        },
        {
            name: "AWS Security Hub",
            version: "FSBP",
            reference: "AutoScaling.4",
            specification: "Metadata response hop limit is at most 1",
        },
    ],
    remediation: [
        "Set metadataOptions.httpPutResponseHopLimit to 1; do not leave it out, some AMIs ask for 2.",
        "Give pods that need AWS their own role (EKS Pod Identity or IAM roles for service accounts), region and VPC id.",
    ],
    configSchema: { maxHopLimit: MAX_HOP_LIMIT },
    examples,
    evaluate: (input, config) => judgeHopLimit(input, integerOf(config, "maxHopLimit", DEFAULT_MAX_HOP_LIMIT)),
};
