/** Budgets: what a plan uses of limits that otherwise show only when something fails to start. */
import { PlanIndex } from "./budgets/plan-index";
import { podBudgets } from "./budgets/pods";
import { policyBudgets } from "./budgets/policies";
import { DEFAULT_QUOTAS, securityGroupBudgets } from "./budgets/security-groups";
import type { Quotas } from "./budgets/security-groups";
import { subnetBudgets } from "./budgets/subnets";
import { userDataBudgets } from "./budgets/user-data";
import type { BudgetReport } from "./budgets/model";
import type { PlannedResource } from "./plan-file";

export { BudgetKind, BudgetStatus } from "./budgets/model";
export type { Budget, BudgetReport } from "./budgets/model";
export type { Quotas } from "./budgets/security-groups";

/** Adds a plan up. Quotas that were raised for the account may be given. */
export function budgetReport(resources: readonly PlannedResource[], quotas: Partial<Quotas> = {}): BudgetReport {
    const index = new PlanIndex(resources);
    return {
        budgets: [
            ...subnetBudgets(index),
            ...securityGroupBudgets(index, { ...DEFAULT_QUOTAS, ...quotas }),
            ...podBudgets(index),
            ...policyBudgets(index),
            ...userDataBudgets(index),
        ],
    };
}
