/** What every role component here does alike: make a role, attach policies under stable names. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mergeTags } from "../core/tags";
import type { Tags } from "../core/tags";
import type { PolicyDocument } from "./policy-document";

/** What to make. */
export interface RoleSpec {
    /** Shown in the console: what the role is for. */
    description: string;
    /** Who may take it. */
    trust: pulumi.Input<string>;
    /** Managed policies by a stable key that becomes part of the attachment's name. */
    managedPolicies: Record<string, pulumi.Input<string>>;
    /** Inline policies by a stable key. */
    inlinePolicies: Record<string, pulumi.Input<PolicyDocument>>;
    /** Policy that bounds the role's rights. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    tags?: Tags;
}

/** A role and what must outlive those who use it. */
export interface RoleWithPolicies {
    role: aws.iam.Role;
    /** Attachments and inline policies; whoever uses the role depends on them, so that they go last. */
    policies: pulumi.Resource[];
}

/** Makes a role named after its component. */
export function createRole(parent: pulumi.ComponentResource, name: string, spec: RoleSpec): RoleWithPolicies {
    const role = new aws.iam.Role(
        name,
        {
            description: spec.description,
            assumeRolePolicy: spec.trust,
            permissionsBoundary: spec.permissionsBoundary,
            tags: mergeTags(name, spec.tags),
        },
        { parent },
    );
    const attachments = Object.entries(spec.managedPolicies).map(
        ([key, policyArn]) => new aws.iam.RolePolicyAttachment(`${name}-${key}`, { role: role.name, policyArn }, { parent: role }),
    );
    const inline = Object.entries(spec.inlinePolicies).map(
        ([key, document]) =>
            new aws.iam.RolePolicy(`${name}-${key}`, { role: role.name, policy: pulumi.jsonStringify(document) }, { parent: role }),
    );
    return { role, policies: [...attachments, ...inline] };
}
