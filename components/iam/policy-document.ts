/**
 * IAM policy documents as plain data, and the limits they must keep.
 * Limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** Condition block of a statement: operator, key, values. */
export type PolicyCondition = Record<string, Record<string, string | string[]>>;

/** One statement. */
export interface PolicyStatement {
    /** Statement id: letters and digits. */
    Sid?: string;
    Effect: "Allow" | "Deny";
    Principal?: Record<string, string | string[]>;
    Action: string[];
    Resource?: string[];
    Condition?: PolicyCondition;
}

/** A policy document in the current language version. */
export interface PolicyDocument {
    Version: "2012-10-17";
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
