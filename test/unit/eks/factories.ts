/** Arguments and recordings of EKS clusters. */
import * as aws from "@pulumi/aws";
import type { NetworkHandle, SubnetHandle } from "../../../components/core/handles";
import { AccessPolicy, EksCluster } from "../../../components/eks";
import type { EksClusterArgs } from "../../../components/eks";
import { recorded } from "../../support/found";
import type { Found } from "../../support/found";

export const ADMINISTRATOR = "arn:aws:iam::123456789012:role/platform";
export const TAGS = { Project: "shop", Environment: "prod" };

const subnets = (tier: string, ...letters: string[]): SubnetHandle[] =>
    letters.map((letter) => ({ id: `subnet-${tier}-${letter}`, zone: `eu-central-1${letter}` }));

/** A dual-stack network made elsewhere. */
export function network(changes: Partial<NetworkHandle> = {}): NetworkHandle {
    return {
        vpcId: "vpc-1",
        cidrBlocks: ["10.0.0.0/16"],
        ipv6CidrBlock: "2600:1f14:abc:de00::/56",
        zones: ["eu-central-1a", "eu-central-1b"],
        subnets: {
            public: subnets("public", "a", "b"),
            private: subnets("private", "a", "b"),
            isolated: subnets("isolated", "a", "b"),
            pod: [],
        },
        dependencies: [],
        ...changes,
    };
}

/** Arguments of a cluster with one administrator. */
export function clusterArgs(changes: Partial<EksClusterArgs> = {}): EksClusterArgs {
    return {
        region: "eu-central-1",
        clusterName: "prod",
        kubernetesVersion: "1.35",
        network: network(),
        access: { entries: { admin: { principalArn: ADMINISTRATOR, policies: [{ policy: AccessPolicy.ClusterAdmin }] } } },
        tags: TAGS,
        ...changes,
    };
}

/** Records a cluster called `c`, and a resource called `node` that waits for what nodes wait for. */
export function cluster(changes: Partial<EksClusterArgs> = {}, preview = false): Promise<Found> {
    return recorded(() => {
        const { handle, kubeconfig } = new EksCluster("c", clusterArgs(changes));
        new aws.ec2.KeyPair("node", { publicKey: "k" }, { dependsOn: handle.dependencies });
        return { kubeconfig };
    }, preview);
}
