/** Gate results as SARIF 2.1.0, for code scanning. Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import type { Log, ReportingDescriptor, Result } from "sarif";
import { definitions } from "../../policy/pack";
import { BudgetKind } from "../plan/budgets";
import { findingsOf } from "./result";
import type { Finding, GateResult } from "./result";

/** Scores code scanning sorts by (0 to 10). Source: CVSS severity bands. */
const SECURITY_SEVERITY = { low: "3.0", medium: "5.5", high: "8.0", critical: "9.5" } as const;

/** The log as JSON text. */
export function sarifReport(results: readonly GateResult[], version: string): string {
    const log: Log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: { driver: { name: "aws-kubernetes gate", version, rules: rules() } },
                results: results.flatMap((result) => findingsOf(result).map((finding) => sarifResult(result, finding))),
            },
        ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
}

function rules(): ReportingDescriptor[] {
    const policies = definitions.map(({ rule }) => ({
        id: rule.id,
        shortDescription: { text: rule.title },
        fullDescription: { text: rule.description },
        help: { text: rule.remediation.join("\n") },
        properties: { "security-severity": SECURITY_SEVERITY[rule.severity], tags: ["security"] },
    }));
    const budgets = Object.values(BudgetKind).map((kind) => ({ id: `budget/${kind}`, shortDescription: { text: `Budget: ${kind}` } }));
    return [{ id: "configuration", shortDescription: { text: "The stack configuration is valid" } }, ...policies, ...budgets];
}

function sarifResult({ stack, file }: GateResult, { rule, level, subject, message, line }: Finding): Result {
    return {
        ruleId: rule,
        level,
        message: { text: `${stack}: ${subject === "" ? "" : `${subject.split("::").at(-1) ?? subject}: `}${message}` },
        locations: [
            {
                physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line ?? 1 } },
                ...(subject === "" ? {} : { logicalLocations: [{ fullyQualifiedName: subject }] }),
            },
        ],
        // The same fault of the same resource is one alert over time, wherever it stands in the file.
        partialFingerprints: { "stackRuleSubject/v1": `${stack}/${rule}/${subject}` },
    };
}
