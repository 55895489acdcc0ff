/** A role for one service account, taken by its token (IRSA) or through the EKS Pod Identity agent. */
import * as pulumi from "@pulumi/pulumi";
import { Problems, show } from "../core/errors";
import { withoutUndefined } from "../core/plain";
import type { Tags } from "../core/tags";
import type { PolicyDocument } from "./policy-document";
import { createRole } from "./roles";
import { irsaTrust, podIdentityTrust } from "./trust";

/** How a pod proves who it is to AWS. */
export const WorkloadIdentity = {
    /** The service account's token, exchanged at STS. Works on EKS and on clusters with an issuer of their own. */
    Irsa: "irsa",
    /** The Pod Identity agent on the node, with an association in EKS. */
    PodIdentity: "pod-identity",
} as const;
/** How a pod proves who it is to AWS. */
export type WorkloadIdentity = (typeof WorkloadIdentity)[keyof typeof WorkloadIdentity];

/** Arguments of `WorkloadRole`. */
export interface WorkloadRoleArgs {
    /** How pods take the role. Default: `irsa`. */
    identity?: WorkloadIdentity;
    /** Namespace of the service account. */
    namespace: string;
    /** Name of the service account; no wildcards. */
    serviceAccount: string;
    /** IRSA: ARN of the IAM OIDC provider of the cluster. */
    oidcProviderArn?: pulumi.Input<string>;
    /** IRSA: issuer URL of the cluster, `https://…`. */
    oidcIssuer?: pulumi.Input<string>;
    /** Pod Identity: ARN of the cluster. */
    clusterArn?: pulumi.Input<string>;
    /** Managed policies, ARNs by a short key that becomes part of a resource name. Default: none. */
    policyArns?: Record<string, pulumi.Input<string>>;
    /** Inline policies by a short key. Default: none. */
    policies?: Record<string, pulumi.Input<PolicyDocument>>;
    /** Policy that bounds the role's rights, an ARN. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags. Default: none. */
    tags?: Tags;
}

/** A role that one service account may take, and no other. */
export class WorkloadRole extends pulumi.ComponentResource {
    /** ARN of the role. */
    readonly arn: pulumi.Output<string>;
    /** Policies that must outlive the workload. */
    readonly policies: pulumi.Resource[];

    /** @throws pulumi.InputPropertiesError when the identity's own fields are missing or a name is not one */
    constructor(name: string, args: WorkloadRoleArgs, opts?: pulumi.ComponentResourceOptions) {
        validate(name, args);
        super("aws-kubernetes:index:WorkloadRole", name, withoutUndefined(args), opts);
        const { role, policies } = createRole(this, name, {
            description: `Service account ${args.namespace}/${args.serviceAccount}`,
            trust: trustPolicy(args),
            managedPolicies: args.policyArns ?? {},
            inlinePolicies: args.policies ?? {},
            permissionsBoundary: args.permissionsBoundary,
            tags: args.tags,
        });
        this.arn = role.arn;
        this.policies = policies;
        this.registerOutputs({ arn: this.arn });
    }
}

/** Names of namespaces and service accounts (RFC 1123 labels and subdomains). */
const KUBERNETES_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

function validate(name: string, args: WorkloadRoleArgs): void {
    const problems = new Problems();
    for (const field of ["namespace", "serviceAccount"] as const) {
        problems.require(
            KUBERNETES_NAME.test(args[field]),
            field,
            `${show(args[field])} is not a Kubernetes name; a wildcard would let other workloads take the role`,
        );
    }
    if (args.identity === WorkloadIdentity.PodIdentity) {
        problems.require(args.clusterArn !== undefined, "clusterArn", "Pod Identity binds the role to a cluster; give its ARN");
    } else {
        problems.require(args.oidcProviderArn !== undefined, "oidcProviderArn", "IRSA needs the cluster's IAM OIDC provider; give its ARN");
        problems.require(args.oidcIssuer !== undefined, "oidcIssuer", "IRSA needs the cluster's issuer URL");
    }
    problems.throwIfAny(`WorkloadRole ${JSON.stringify(name)}`);
}

function trustPolicy(args: WorkloadRoleArgs): pulumi.Output<string> {
    if (args.identity === WorkloadIdentity.PodIdentity) {
        return pulumi
            .output(args.clusterArn ?? "")
            .apply((arn) => JSON.stringify(podIdentityTrust(arn, args.namespace, args.serviceAccount)));
    }
    return pulumi
        .all([args.oidcProviderArn ?? "", args.oidcIssuer ?? ""])
        .apply(([provider, issuer]) => JSON.stringify(irsaTrust(provider, issuer, args.namespace, args.serviceAccount)));
}
