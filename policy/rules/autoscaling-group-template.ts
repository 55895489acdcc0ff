// An Auto Scaling group launches from launch templates that pass the metadata rules: the main one and each override's.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html
import { examples } from "./autoscaling-group-template.examples";
import type { Rule, Verdict } from "./rule";
import { finding } from "./rule";
import type { ReferenceInput } from "./template-reference";
import { judgeReference, REFERENCE_CONFIG } from "./template-reference";
import type { Value } from "./value";
import { isAbsent } from "./value";

/** What an Auto Scaling group launches from. */
export interface GroupTemplateInput extends ReferenceInput {
    readonly launchConfiguration: Value;
}

/** A block that is unknown and depends on no template is one the provider computes, so it names nothing. */
function namesTemplate({ references }: GroupTemplateInput): boolean {
    return references.some((reference) => !reference.unknownBlock || reference.dependencies.length > 0);
}

function judgeSource(input: GroupTemplateInput): Verdict[] {
    const { launchConfiguration, references } = input;
    if (!isAbsent(launchConfiguration) && launchConfiguration !== "" && !namesTemplate(input)) {
        const message =
            "launchConfiguration is in use, which AWS is phasing out and which has no versions. Use launchTemplate or mixedInstancesPolicy.";
        return [finding("launch-configuration", "launchConfiguration", message)];
    }
    if (references.length === 0) {
        const message = "Neither launchTemplate nor mixedInstancesPolicy names a launch template. Set one of them.";
        return [finding("missing", "launchTemplate", message)];
    }
    return [];
}

/** The rule `autoscaling-group-template`. */
export const autoscalingGroupTemplate: Rule<GroupTemplateInput> = {
    id: "autoscaling-group-template",
    title: "Auto Scaling groups use launch templates that lock down instance metadata",
    description: "An Auto Scaling group must use launch templates whose metadata settings pass, in their latest version.",
    severity: "critical",
    frameworks: [
        { name: "checkov", version: "3", reference: "CKV_AWS_315", specification: "Auto Scaling groups use launch templates" },
        {
            name: "AWS Security Hub",
            version: "FSBP",
            reference: "AutoScaling.3, AutoScaling.9",
            specification: "IMDSv2; launch templates in use",
        },
    ],
    remediation: [
        "Use launchTemplate or mixedInstancesPolicy.launchTemplate.launchTemplateSpecification instead of launchConfiguration.",
        "Check every overrides[].launchTemplateSpecification: an override may name another template.",
        "Refer to the template's latestVersion output, so that the group follows changes.",
    ],
    configSchema: REFERENCE_CONFIG,
    examples,
    evaluate: (input, config) => {
        const source = judgeSource(input);
        return source.length > 0 ? source : input.references.flatMap((reference) => judgeReference(reference, input.templates, config));
    },
};
