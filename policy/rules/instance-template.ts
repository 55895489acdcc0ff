// Instances, spot requests and fleets may take their metadata settings from a launch template: follow the reference.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetLaunchTemplateSpecificationRequest.html
import { examples } from "./instance-template.examples";
import type { MetadataInput } from "./metadata";
import { judgeHopLimit, judgeTokens } from "./metadata";
import type { Rule, Verdict } from "./rule";
import { finding, PASS } from "./rule";
import { integerOf } from "./settings";
import type { ReferenceInput } from "./template-reference";
import { judgeReference, REFERENCE_CONFIG } from "./template-reference";
import { DEFAULT_MAX_HOP_LIMIT } from "./metadata-hop-limit";
import type { Value } from "./value";
import { asList } from "./value";

/** An instance, spot request or fleet and what it launches from. */
export interface InstanceTemplateInput extends ReferenceInput {
    /** Settings the program gave the resource itself, which come before the template's; undefined when there are none. */
    readonly ownMetadata: MetadataInput | undefined;
    /** Launch specifications of a spot fleet, a format that cannot state metadata settings. */
    readonly launchSpecifications: Value;
    /** Whether the type launches from templates only. */
    readonly templateOnly: boolean;
}

/** Verdicts on own settings when they decide; none when there are none, or when they fail, which the rules on instances report. */
function judgeOwnSettings({ ownMetadata }: InstanceTemplateInput, maxHopLimit: number): readonly Verdict[] {
    if (ownMetadata === undefined) {
        return [];
    }
    const verdicts = [...judgeTokens(ownMetadata, false), ...judgeHopLimit(ownMetadata, maxHopLimit)];
    return verdicts.some((verdict) => verdict.kind === "finding") ? [] : verdicts;
}

function judgeSource(input: InstanceTemplateInput): Verdict[] {
    if ((asList(input.launchSpecifications) ?? []).length > 0) {
        const message =
            "launchSpecifications cannot state metadata settings, so account or AMI defaults decide. Use launchTemplateConfigs instead.";
        return [finding("launch-specifications", "launchSpecifications", message)];
    }
    return input.templateOnly && input.references.length === 0
        ? [finding("missing", "launchTemplateConfigs", "No launch template is named. Name one whose metadata settings pass.")]
        : [PASS];
}

/** The rule `instance-template`. */
export const instanceTemplate: Rule<InstanceTemplateInput> = {
    id: "instance-template",
    title: "Instances and fleets launched from a template get one that locks down instance metadata",
    description: "Launch templates of instances, spot requests and fleets must have metadata settings that pass, in their latest version.",
    severity: "critical",
    frameworks: [
        {
            name: "CIS AWS Foundations Benchmark",
            version: "3.0.0",
            reference: "5.6",
            specification: "EC2 metadata service only allows IMDSv2",
        },
        {
            name: "AWS Security Hub",
            version: "FSBP",
            reference: "EC2.8, EC2.170",
            specification: "Instances and launch templates use IMDSv2",
        },
    ],
    remediation: [
        'In the template set metadataOptions.httpTokens to "required" and httpPutResponseHopLimit to 1, or set both on the instance.',
        "Move launchSpecifications of a spot fleet to launchTemplateConfigs.",
        "Refer to the template's latestVersion output.",
    ],
    configSchema: REFERENCE_CONFIG,
    examples,
    evaluate: (input, config) => {
        const own = judgeOwnSettings(input, integerOf(config, "maxHopLimit", DEFAULT_MAX_HOP_LIMIT));
        if (own.length > 0) {
            return own;
        }
        return [...judgeSource(input), ...input.references.flatMap((reference) => judgeReference(reference, input.templates, config))];
    },
};
