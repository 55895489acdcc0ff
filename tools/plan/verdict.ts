/** What a plan's outcome is, as an exit code and in words. */
import { CONFIGURATION_EXIT_CODE } from "../../stacks/config";
import { BudgetStatus } from "./budgets";
import type { Budget } from "./budgets";
import type { PlanFile, PlannedViolation } from "./plan-file";

/** Exit codes of the tools. */
export const ExitCode = {
    /** Nothing stands in the way. */
    Ok: 0,
    /** A mandatory policy is violated, or a budget exceeded. */
    Violation: 1,
    /** The configuration is wrong; nothing was planned. */
    Configuration: CONFIGURATION_EXIT_CODE,
} as const;
/** Exit codes of the tools. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Outcome of a plan. */
export interface Verdict {
    mandatory: PlannedViolation[];
    advisory: PlannedViolation[];
    exceeded: Budget[];
    nearlyExceeded: Budget[];
    exitCode: ExitCode;
}

/** Judges a plan. */
export function verdictOf(plan: PlanFile): Verdict {
    const mandatory = plan.policy.violations.filter(({ level }) => level === "mandatory");
    const { budgets } = plan.summary.budgets;
    const exceeded = budgets.filter(({ status }) => status === BudgetStatus.Error);
    return {
        mandatory,
        advisory: plan.policy.violations.filter(({ level }) => level === "advisory"),
        exceeded,
        nearlyExceeded: budgets.filter(({ status }) => status === BudgetStatus.Warning),
        exitCode: mandatory.length + exceeded.length > 0 ? ExitCode.Violation : ExitCode.Ok,
    };
}

/** The outcome in a few words. */
export function verdictText({ mandatory, advisory, exceeded, nearlyExceeded }: Verdict): string {
    const counts = [
        count(mandatory.length, "mandatory violation"),
        count(exceeded.length, "exceeded budget"),
        count(advisory.length, "advisory violation"),
        count(nearlyExceeded.length, "budget above 80 %", "budgets above 80 %"),
    ].filter((text) => text !== "");
    return counts.length === 0 ? "no violations, every budget within bounds" : counts.join(", ");
}

function count(number: number, one: string, many = `${one}s`): string {
    return number === 0 ? "" : `${number} ${number === 1 ? one : many}`;
}
