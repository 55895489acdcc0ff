/** What the gate found for one stack, in a form every output can be made from. */
import type { ConfigurationError } from "../../stacks/config";
import type { PlanFile } from "../plan/plan-file";
import { ExitCode, verdictOf } from "../plan/verdict";

/** Outcome for one stack: a plan, or why there is none. */
export interface GateResult {
    /** Stack name. */
    stack: string;
    /** Stack file, relative to the project, for annotations. */
    file: string;
    /** How long it took. */
    seconds: number;
    /** The plan; undefined when the configuration is wrong. */
    plan?: PlanFile;
    /** What is wrong with the configuration. */
    configurationError?: ConfigurationError;
}

/** Levels findings are reported at. */
export type FindingLevel = "error" | "warning";

/** One thing a reviewer should see. */
export interface Finding {
    /** Rule, such as `required-tags`, `budget/subnet-addresses` or `configuration`. */
    rule: string;
    level: FindingLevel;
    /** Resource or configuration key. */
    subject: string;
    /** What is wrong and how to mend it. */
    message: string;
    /** Line of the stack file, where one is known. */
    line?: number;
}

/** Exit code for one stack. */
export function exitCodeOf({ plan }: GateResult): ExitCode {
    return plan === undefined ? ExitCode.Configuration : verdictOf(plan).exitCode;
}

/** Everything found for one stack, errors first. */
export function findingsOf({ plan, configurationError }: GateResult): Finding[] {
    const configuration = (configurationError?.details ?? []).map(({ path, reason, line }): Finding => ({
        rule: "configuration",
        level: "error",
        subject: path,
        message: reason,
        line,
    }));
    if (plan === undefined) {
        return configuration;
    }
    const { mandatory, advisory, exceeded, nearlyExceeded } = verdictOf(plan);
    const policies = (level: FindingLevel, violations: typeof mandatory): Finding[] =>
        violations.map(({ policy, urn, message }) => ({ rule: policy, level, subject: urn, message }));
    const budgets = (level: FindingLevel, list: typeof exceeded): Finding[] =>
        list.map(({ kind, urn, subject, used, limit, unit, advice }) => ({
            rule: `budget/${kind}`,
            level,
            subject: urn,
            message: `${subject} uses ${Math.round(used)} of ${limit} ${unit}${advice === undefined ? "" : `: ${advice}`}`,
        }));
    return [
        ...configuration,
        ...policies("error", mandatory),
        ...budgets("error", exceeded),
        ...policies("warning", advisory),
        ...budgets("warning", nearlyExceeded),
    ];
}
