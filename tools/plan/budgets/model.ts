/** What a budget is, and how one stands. */

/** What is counted. */
export const BudgetKind = {
    /** IPv4 addresses of a subnet: nodes at their maximum, pods, load balancers, endpoints. */
    SubnetAddresses: "subnet-addresses",
    /** Rules of a security group against the account's quota. */
    SecurityGroupRules: "security-group-rules",
    /** Pods that fit on a node and in a group. */
    Pods: "pods",
    /** Characters of IAM policies. */
    PolicySize: "policy-size",
    /** Bytes of user data. */
    UserData: "user-data",
} as const;
/** What is counted. */
export type BudgetKind = (typeof BudgetKind)[keyof typeof BudgetKind];

/** How a budget stands. */
export const BudgetStatus = {
    /** At most 80 % used. */
    Ok: "ok",
    /** Above 80 %. */
    Warning: "warning",
    /** Above the limit. */
    Error: "error",
} as const;
/** How a budget stands. */
export type BudgetStatus = (typeof BudgetStatus)[keyof typeof BudgetStatus];

/** One budget. */
export interface Budget {
    /** What is counted. */
    kind: BudgetKind;
    /** Name of what is limited, such as a subnet or group. */
    subject: string;
    /** URN of the resource that is limited. */
    urn: string;
    /** What is used at most. */
    used: number;
    /** The limit. */
    limit: number;
    /** Unit of both, such as `addresses`. */
    unit: string;
    /** How it stands. */
    status: BudgetStatus;
    /** What makes up `used`. */
    parts: { what: string; amount: number }[];
    /** Addresses only: what is taken with groups at their desired size and few pods. Below `used`, often by far. */
    atRest?: number;
    /** What a reader should know besides, such as an assumption. */
    note?: string;
    /** For warnings and errors: what to change. */
    advice?: string;
}

/** Every budget of a plan. */
export interface BudgetReport {
    budgets: Budget[];
}

/** Share of the limit above which a budget is a warning. */
export const WARNING_SHARE = 0.8;

/** How `used` stands against `limit`. */
export function statusOf(used: number, limit: number): BudgetStatus {
    if (used > limit) {
        return BudgetStatus.Error;
    }
    return used > limit * WARNING_SHARE ? BudgetStatus.Warning : BudgetStatus.Ok;
}

/** Completes a budget: `used` is the sum of its parts, and advice is kept only where something is to be changed. */
export function budgetOf(budget: Omit<Budget, "used" | "status">): Budget {
    const used = budget.parts.reduce((sum, part) => sum + part.amount, 0);
    const status = statusOf(used, budget.limit);
    const { advice, ...rest } = budget;
    return { ...rest, used, status, ...(advice === undefined || status === BudgetStatus.Ok ? {} : { advice }) };
}
