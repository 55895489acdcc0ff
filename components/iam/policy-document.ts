/**
 * IAM policy documents as plain data, and the limits they must keep.
 * Limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** Whether a statement allows or denies. */
export const PolicyEffect = { Allow: "Allow", Deny: "Deny" } as const;
/** Whether a statement allows or denies. */
export type PolicyEffect = (typeof PolicyEffect)[keyof typeof PolicyEffect];

/** One statement (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html). */
export interface PolicyStatement {
    /** Statement id: letters and digits. */
    Sid?: string;
    /** Whether the statement allows or denies. */
    Effect: PolicyEffect;
    /** Who may, in trust policies: kind of principal to name or names. */
    Principal?: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
    /** Actions, such as `s3:GetObject`. */
    Action: string[];
    /** ARNs the actions are about. */
    Resource?: string[];
    /** Conditions: operator to key to value or values. */
    Condition?: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** A policy document. */
export interface PolicyDocument {
    /** Version of the policy language: `2012-10-17`. */
    Version: string;
    /** Statements. */
    Statement: PolicyStatement[];
}

/** Longest managed policy, in characters without white space. */
export const MANAGED_POLICY_LIMIT = 6144;
/** Most characters of inline policies on one role. */
export const INLINE_POLICY_LIMIT = 10240;

/** A document of these statements. */
export function policyDocument(...statements: PolicyStatement[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: statements };
}

/** Characters AWS counts. */
export function policySize(document: PolicyDocument): number {
    return JSON.stringify(document).replace(/\s/g, "").length;
}
