import { EksAddons, EksCluster } from "../../components/eks";
import { EksClusterRole, NodeRole, WorkloadIdentity, WorkloadRole } from "../../components/iam";
import { NatStrategy, Network } from "../../components/network";
import { ManagedNodeGroup, SelfManagedNodeGroup } from "../../components/node-groups";
import { LifecycleTransition } from "../../components/node-groups";
import { ClusterSecurityGroups } from "../../components/security-groups";
import { record } from "../../tools/plan/recorder";
import { expectGolden, identities } from "../support/golden";
import { clusterArgs } from "../unit/eks/factories";
import { cluster, groupArgs, subnets } from "../unit/node-groups/factories";

const region = "eu-central-1";

/** Every component with every option that adds a resource switched on. */
const COMPONENTS: Readonly<Record<string, () => unknown>> = {
    network: () =>
        new Network("net", {
            region,
            podCidrBlock: "100.64.0.0/16",
            tiers: { isolated: { enabled: true } },
            ipv6: { dns64: true },
            nat: { strategy: NatStrategy.OnePerZone },
            endpoints: { services: ["s3", "ecr.api"] },
            dhcp: { domainNameServers: ["AmazonProvidedDNS"] },
            clusterNames: ["shop"],
        }),
    "eks-cluster-role": () =>
        new EksClusterRole("role", {
            region,
            encryptionKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
            securityGroupsForPods: true,
        }),
    "node-role": () =>
        new NodeRole("role", { region, cniPolicy: true, additionalPolicyArns: { extra: "arn:aws:iam::aws:policy/ReadOnlyAccess" } }),
    "workload-role": () =>
        new WorkloadRole("role", {
            identity: WorkloadIdentity.PodIdentity,
            namespace: "shop",
            serviceAccount: "web",
            clusterArn: "arn:aws:eks:eu-central-1:123456789012:cluster/shop",
            policyArns: { managed: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
            policies: { inline: { Version: "2012-10-17", Statement: [] } },
        }),
    "cluster-security-groups": () => new ClusterSecurityGroups("groups", { clusterName: "shop", vpcId: "vpc-1", webhookPorts: [9999] }),
    "eks-cluster": () => {
        const args = clusterArgs();
        const configMapRoles = [{ roleArn: "arn:aws:iam::123456789012:role/old", username: "old", groups: ["system:masters"] }];
        return new EksCluster("eks", {
            ...args,
            access: {
                ...args.access,
                authenticationMode: "API_AND_CONFIG_MAP",
                configMapRoles,
                nodeRoleArns: { nodes: "arn:aws:iam::123456789012:role/nodes" },
            },
        });
    },
    "eks-addons": () => {
        const { addonTarget } = new EksCluster("eks", clusterArgs());
        return new EksAddons("late", {
            target: addonTarget,
            addons: { coredns: {}, "aws-ebs-csi-driver": {}, "aws-efs-csi-driver": {}, "metrics-server": {} },
        });
    },
    "managed-node-group": () => {
        const shared = groupArgs({ cluster: cluster() });
        new ManagedNodeGroup("one", { ...shared, labels: { a: "b" }, taints: [{ key: "c", effect: "NoSchedule" }] });
        return new ManagedNodeGroup("zonal", { ...shared, perZone: true, subnets: subnets("eu-central-1a", "eu-central-1b") });
    },
    "self-managed-node-group": () => {
        const shared = groupArgs({ cluster: cluster() });
        const lifecycleHooks = [{ name: "drain", transition: LifecycleTransition.Terminating }];
        new SelfManagedNodeGroup("one", { ...shared, lifecycleHooks, createAccessEntry: true });
        return new SelfManagedNodeGroup("zonal", { ...shared, perZone: true, subnets: subnets("eu-central-1a", "eu-central-1b") });
    },
};

describe("Identities of components", () => {
    for (const [name, program] of Object.entries(COMPONENTS)) {
        for (const preview of [true, false]) {
            it(`${name} keeps them in ${preview ? "a preview" : "an update"}`, async () => {
                expectGolden(`component-${name}`, identities((await record(program, { preview })).resources));
            });
        }
    }
});
