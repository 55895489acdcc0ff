/**
 * Sizes of IAM policies. AWS does not count white space
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
import type { PlannedResource } from "../plan-file";
import { SECRET } from "../plan-file";
import { BudgetKind, budgetOf } from "./model";
import type { Budget } from "./model";
import { Type, listAt, objectAt } from "./plan-index";
import type { PlanIndex } from "./plan-index";

/** Characters of a managed policy. */
const MANAGED_POLICY = 6_144;
/** Characters of all inline policies of a role together. */
const INLINE_POLICIES = 10_240;
/** Characters of a role's trust policy, unless the quota is raised (to 4,096 at most). */
const TRUST_POLICY = 2_048;

const SHORTER = "shorten it: wildcards for groups of actions, fewer resources or conditions by tag";

/** Sizes of managed, inline and trust policies whose text is known. */
export function policyBudgets(index: PlanIndex): Budget[] {
    return [...managedBudgets(index), ...inlineBudgets(index), ...trustBudgets(index)];
}

function managedBudgets(index: PlanIndex): Budget[] {
    return index
        .ofType(Type.Policy)
        .flatMap((policy) =>
            sized(
                policy,
                policy.name,
                MANAGED_POLICY,
                [{ what: "policy", text: policy.inputs["policy"] }],
                `${SHORTER}, or split the policy in two`,
            ),
        );
}

/** Inline policies of a role share one limit, those in the role itself included. */
function inlineBudgets(index: PlanIndex): Budget[] {
    const byRole = new Map<string, { role: PlannedResource; documents: { what: string; text: unknown }[] }>();
    const add = (key: string, role: PlannedResource, what: string, text: unknown): void => {
        const entry = byRole.get(key) ?? { role, documents: [] };
        entry.documents.push({ what, text });
        byRole.set(key, entry);
    };
    for (const role of index.ofType(Type.Role)) {
        for (const inline of listAt(role.inputs["inlinePolicies"]).map(objectAt)) {
            add(role.urn, role, typeof inline["name"] === "string" ? inline["name"] : "inline policy", inline["policy"]);
        }
    }
    for (const policy of index.ofType(Type.RolePolicy)) {
        const role = index.referred(policy, "role", Type.Role)[0];
        add(role?.urn ?? String(policy.inputs["role"]), role ?? policy, policy.name, policy.inputs["policy"]);
    }
    const advice = `${SHORTER}, or make managed policies of them`;
    return [...byRole.values()].flatMap(({ role, documents }) => sized(role, `${role.name} (inline)`, INLINE_POLICIES, documents, advice));
}

function trustBudgets(index: PlanIndex): Budget[] {
    const advice = "trust fewer principals or service accounts with one role, or have the quota 'Role trust policy length' raised";
    return index.ofType(Type.Role).flatMap((role) => {
        const documents = [{ what: "trust policy", text: role.inputs["assumeRolePolicy"] }];
        return sized(role, `${role.name} (trust)`, TRUST_POLICY, documents, advice);
    });
}

function sized(
    resource: PlannedResource,
    subject: string,
    limit: number,
    documents: readonly { what: string; text: unknown }[],
    advice: string,
): Budget[] {
    const parts = documents.flatMap(({ what, text }) => {
        const amount = policySize(text);
        return amount === undefined ? [] : [{ what, amount }];
    });
    const budget = { kind: BudgetKind.PolicySize, subject, urn: resource.urn, limit, unit: "characters", parts, advice };
    return parts.length === 0 ? [] : [budgetOf(budget)];
}

/** Characters AWS counts; undefined when the text is not known. */
export function policySize(policy: unknown): number | undefined {
    if (policy !== null && typeof policy === "object") {
        return [...JSON.stringify(policy)].length;
    }
    if (typeof policy !== "string" || policy === SECRET || policy === "__unknown__") {
        return undefined;
    }
    try {
        return [...JSON.stringify(JSON.parse(policy))].length;
    } catch {
        return [...policy.replace(/\s+/g, "")].length;
    }
}
