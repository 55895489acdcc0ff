/** Gate results as JUnit XML: a suite for each stack, a case for each rule. */
import builder from "junit-report-builder";
import { definitions } from "../../policy/pack";
import { BudgetKind } from "../plan/budgets";
import { findingsOf } from "./result";
import type { GateResult } from "./result";

/** Rules every stack is judged by. */
export function ruleNames(): string[] {
    return ["configuration", ...definitions.map(({ rule }) => rule.id), ...Object.values(BudgetKind).map((kind) => `budget/${kind}`)];
}

/** The XML text. Warnings stand in the output of their case; they fail nothing. */
export function junitReport(results: readonly GateResult[]): string {
    const report = builder.newBuilder();
    for (const result of results) {
        const suite = report.testSuite().name(result.stack).time(result.seconds);
        const findings = findingsOf(result);
        for (const rule of ruleNames()) {
            const testCase = suite.testCase().className(result.stack).name(rule).file(result.file);
            if (result.plan === undefined && rule !== "configuration") {
                testCase.skipped();
                continue;
            }
            const own = findings.filter((finding) => finding.rule === rule);
            const text = (level: string): string =>
                own
                    .filter((finding) => finding.level === level)
                    .map(({ subject, message }) => `${subject}: ${message}`)
                    .join("\n");
            if (text("error") !== "") {
                testCase.failure(text("error"), rule);
            }
            if (text("warning") !== "") {
                testCase.standardOutput(text("warning"));
            }
        }
    }
    return report.build();
}
