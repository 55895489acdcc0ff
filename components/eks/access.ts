/**
 * Who may enter a cluster: access entries with their policies, and the aws-auth ConfigMap for the modes that read it.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../core/regions";
import { mergeTags } from "../core/tags";
import { AccessEntryType } from "./arguments";
import type { AccessEntryArgs, EksClusterArgs } from "./arguments";
import { authenticationMode, readsAccessEntries, readsConfigMap } from "./defaults";

/** Groups nodes belong to when they are named by aws-auth. */
const NODE_GROUPS = ["system:bootstrappers", "system:nodes"];
const NODE_USERNAME = "system:node:{{EC2PrivateDNSName}}";

/** Creates entries, or the ConfigMap, or both; returns what nodes must wait for. */
export function createAccess(
    parent: pulumi.ComponentResource,
    name: string,
    args: EksClusterArgs,
    clusterName: pulumi.Input<string>,
    provider: k8s.Provider,
): pulumi.Resource[] {
    const mode = authenticationMode(args);
    const created: pulumi.Resource[] = [];
    if (readsAccessEntries(mode)) {
        const nodeEntries = Object.entries(args.access.nodeRoleArns ?? {}).map(([key, principalArn]): [string, AccessEntryArgs] => [
            `nodes-${key}`,
            { principalArn, type: AccessEntryType.Ec2Linux },
        ]);
        for (const [key, entry] of [...Object.entries(args.access.entries ?? {}), ...nodeEntries]) {
            created.push(...createEntry(parent, `${name}-${key}`, args, clusterName, entry));
        }
    }
    if (readsConfigMap(mode)) {
        created.push(createConfigMap(parent, name, args, provider, created));
    }
    return created;
}

function createEntry(
    parent: pulumi.ComponentResource,
    name: string,
    args: EksClusterArgs,
    clusterName: pulumi.Input<string>,
    entry: AccessEntryArgs,
): pulumi.Resource[] {
    const { principalArn, username, groups } = entry;
    const resource = new aws.eks.AccessEntry(
        name,
        {
            clusterName,
            principalArn,
            type: entry.type ?? AccessEntryType.Standard,
            userName: username,
            kubernetesGroups: groups,
            tags: mergeTags(name, args.tags),
        },
        { parent },
    );
    const policies = (entry.policies ?? []).map(
        ({ policy, namespaces }) =>
            new aws.eks.AccessPolicyAssociation(
                `${name}-${policy}`,
                {
                    clusterName,
                    principalArn,
                    policyArn: `arn:${partitionOf(args.region)}:eks::aws:cluster-access-policy/${policy}`,
                    accessScope: namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces },
                },
                { parent: resource },
            ),
    );
    return [resource, ...policies];
}

/**
 * EKS writes the same ConfigMap when the first managed group joins, so ours is applied over whatever is there
 * (patchForce) rather than created, and stays when the stack goes: without it nobody could enter any more.
 */
function createConfigMap(
    parent: pulumi.ComponentResource,
    name: string,
    args: EksClusterArgs,
    provider: k8s.Provider,
    dependsOn: pulumi.Resource[],
): pulumi.Resource {
    const nodeRoles = Object.values({ ...args.access.managedNodeRoleArns, ...args.access.nodeRoleArns }).map((roleArn) => ({
        roleArn,
        username: NODE_USERNAME,
        groups: NODE_GROUPS,
    }));
    const roles = pulumi
        .output([...(args.access.configMapRoles ?? []), ...nodeRoles])
        .apply((list) => list.map(({ roleArn, username, groups }) => ({ rolearn: roleArn, username, groups })));
    return new k8s.core.v1.ConfigMap(
        `${name}-aws-auth`,
        {
            metadata: { name: "aws-auth", namespace: "kube-system", annotations: { "pulumi.com/patchForce": "true" } },
            data: { mapRoles: pulumi.jsonStringify(roles) },
        },
        { parent, provider, dependsOn, retainOnDelete: true },
    );
}
