/**
 * Kubeconfig documents. Pure: the same inputs give the same text, so that no provider sees a change where there is none.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */

/** How `kubectl` and the Kubernetes provider obtain a token for an EKS cluster. */
export interface EksAuthentication {
    /** Cluster name. */
    clusterName: string;
    /** AWS region of the cluster. */
    region: string;
    /** Role to take first. Default: none, the caller's own identity. */
    roleArn?: string;
    /** Named profile of the AWS configuration. Default: none, whatever the environment says. */
    profile?: string;
    /** Further environment for the token command. Default: none. */
    environment?: Record<string, string>;
}

/** An API server. */
export interface KubernetesEndpoint {
    /** URL of the API server. */
    endpoint: string;
    /** CA certificate, PEM, base64-encoded. */
    certificateAuthority: string;
}

/** A kubeconfig, JSON text, that asks the AWS CLI for a token. */
export function eksKubeconfig(endpoint: KubernetesEndpoint, authentication: EksAuthentication): string {
    const { clusterName, region, roleArn, profile, environment } = authentication;
    const env = Object.entries({ ...environment, ...(profile === undefined ? {} : { AWS_PROFILE: profile }) })
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, value]) => ({ name, value }));
    return kubeconfig(clusterName, endpoint, {
        exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: [
                ...["--region", region, "eks", "get-token", "--cluster-name", clusterName, "--output", "json"],
                ...(roleArn === undefined ? [] : ["--role-arn", roleArn]),
            ],
            env: env.length === 0 ? null : env,
            interactiveMode: "IfAvailable",
            provideClusterInfo: false,
        },
    });
}

function kubeconfig(name: string, { endpoint, certificateAuthority }: KubernetesEndpoint, user: object): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
        users: [{ name, user }],
        preferences: {},
    });
}
