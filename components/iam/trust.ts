/**
 * Trust policies: who may take a role. Pure.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html (IRSA),
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html (Pod Identity session tags)
 */
import { policyDocument } from "./policy-document";
import type { PolicyDocument } from "./policy-document";

/** Audience of service-account tokens meant for STS. */
export const STS_AUDIENCE = "sts.amazonaws.com";

/** Lets an AWS service take the role. */
export function serviceTrust(service: string, ...actions: string[]): PolicyDocument {
    return policyDocument({
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["sts:AssumeRole", ...actions],
    });
}

/** Service principal of EC2: in China it carries the partition's own suffix. */
export function ec2Service(partition: string): string {
    return partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
}

/** Lets one service account take the role by its token (IAM roles for service accounts). */
export function irsaTrust(providerArn: string, issuer: string, namespace: string, serviceAccount: string): PolicyDocument {
    const host = issuer.replace(/^https:\/\//, "");
    return policyDocument({
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
            StringEquals: {
                [`${host}:aud`]: STS_AUDIENCE,
                [`${host}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
            },
        },
    });
}

/** Lets one service account of one cluster take the role through the Pod Identity agent, told by its session tags. */
export function podIdentityTrust(clusterArn: string, namespace: string, serviceAccount: string): PolicyDocument {
    return policyDocument({
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-arn": clusterArn,
                "aws:RequestTag/kubernetes-namespace": namespace,
                "aws:RequestTag/kubernetes-service-account": serviceAccount,
            },
        },
    });
}
