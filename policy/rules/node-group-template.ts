// A managed node group without a launch template gets one from EKS, whose metadata settings nobody can state.
// With one, the template must pass the metadata rules. A group cannot gain a template later, it has to be replaced.
// https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
import { examples } from "./node-group-template.examples";
import type { Rule } from "./rule";
import { finding } from "./rule";
import type { ReferenceInput } from "./template-reference";
import { judgeReference, REFERENCE_CONFIG } from "./template-reference";

/** The rule `node-group-template`. */
export const nodeGroupTemplate: Rule<ReferenceInput> = {
    id: "node-group-template",
    title: "Managed node groups use a launch template that locks down instance metadata",
    description: "A managed node group must use a launch template whose metadata settings pass, in its latest version.",
    severity: "critical",
    frameworks: [
        {
            name: "Amazon EKS Best Practices Guide",
            version: "2025",
            reference: "Identity and Access Management",
            specification: "Restrict access to the instance profile assigned to the worker node",
        },
        { name: "checkov", version: "3", reference: "CKV_AWS_79, CKV_AWS_341", specification: "Metadata settings of the template in use" },
    ],
    remediation: [
        "Give the node group a launchTemplate; a group without one has to be replaced.",
        'In that template set metadataOptions.httpTokens to "required" and httpPutResponseHopLimit to 1.',
        "Refer to the template's latestVersion output, so that the group follows changes.",
    ],
    configSchema: REFERENCE_CONFIG,
    examples,
    evaluate: ({ references, templates }, config) => {
        if (references.length === 0) {
            const message =
                "launchTemplate is not set, so EKS makes a template and decides about metadata. Set launchTemplate; this replaces the group.";
            return [finding("missing", "launchTemplate", message)];
        }
        return references.flatMap((reference) => judgeReference(reference, templates, config));
    },
};
