// Turns definitions into policies of the SDK and verdicts into its reports.
import type { Policies, PolicyConfigSchema, ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Definition, ResourceDefinition, StackDefinition } from "./definition";
import type { RuleInfo, Verdict } from "./rules/rule";

/** Level of every policy unless configured otherwise. */
export const DEFAULT_LEVEL = "mandatory";

/**
 * Reports findings at the level of the policy and, as advisory, what is not known yet. The SDK's own way to say the latter,
 * rethrowing UnknownValueError, ends the policy: it tells one path, no URN, and nothing after it.
 */
function report(verdicts: readonly Verdict[], reportViolation: ReportViolation, urn?: string): void {
    for (const verdict of verdicts) {
        if (verdict.kind === "finding") {
            reportViolation(verdict.message, urn);
        }
    }
    const paths = new Set(verdicts.flatMap((verdict) => (verdict.kind === "unknown" ? [verdict.path] : [])));
    for (const path of paths) {
        reportAdvisory(`Cannot be judged before the update: ${path} is not known yet.`, reportViolation, urn);
    }
}

/** The SDK takes an object with a level of its own in place of the message (server.js, makeReportViolationFun); its typings do not say so. */
function reportAdvisory(message: string, reportViolation: ReportViolation, urn?: string): void {
    const violation = { message, urn, enforcementLevel: "advisory" };
    (reportViolation as unknown as (violation: object) => void)(violation);
}

function described(rule: RuleInfo): Omit<ResourceValidationPolicy, "validateResource"> {
    const [framework] = rule.frameworks;
    return {
        name: rule.id,
        displayName: rule.title,
        description: rule.description,
        enforcementLevel: DEFAULT_LEVEL,
        severity: rule.severity,
        remediationSteps: rule.remediation.map((step) => `- ${step}`).join("\n"),
        tags: rule.frameworks.map(({ name, reference }) => `${name} ${reference}`),
        // A copy: the schema goes over the wire as JSON, and the rule's own is deeply read-only.
        configSchema: { properties: JSON.parse(JSON.stringify(rule.configSchema)) as PolicyConfigSchema["properties"] },
        ...(framework === undefined ? {} : { framework: { ...framework } }),
    };
}

function resourcePolicy({ rule, judge }: ResourceDefinition): ResourceValidationPolicy {
    return {
        ...described(rule),
        validateResource: (args, reportViolation) => {
            const verdicts = judge(args, args.getConfig());
            if (verdicts === undefined) {
                return args.notApplicable();
            }
            report(verdicts, reportViolation);
        },
    };
}

function stackPolicy({ rule, judge }: StackDefinition): StackValidationPolicy {
    return {
        ...described(rule),
        validateStack: (args, reportViolation) => {
            const judged = judge(args.resources, args.getConfig());
            if (judged.length === 0) {
                return args.notApplicable();
            }
            for (const { urn, verdicts } of judged) {
                report(verdicts, reportViolation, urn);
            }
        },
    };
}

/** The SDK's policies for the definitions, in the same order. */
export function policiesOf(definitions: readonly Definition[]): Policies {
    return definitions.map((definition) => (definition.kind === "resource" ? resourcePolicy(definition) : stackPolicy(definition)));
}
