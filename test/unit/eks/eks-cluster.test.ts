/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return -- recorded inputs and parsed documents have no type of their own */
import { expect } from "chai";
import * as aws from "@pulumi/aws";
import { IpFamily } from "../../../components/core/handles";
import type { ClusterHandle } from "../../../components/core/handles";
import { EksCluster } from "../../../components/eks";
import type { EksClusterArgs } from "../../../components/eks";
import { Network } from "../../../components/network";
import { UNKNOWN } from "../../../tools/plan/recorder";
import { recorded, refused } from "../../support/found";
import type { Found, Resource } from "../../support/found";
import { TAGS, cluster, clusterArgs, network } from "./factories";

const CLUSTER = "cluster:Cluster";
const KEY = "key:Key";

for (const preview of [false, true]) {
    describe(`EksCluster in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await cluster({}, preview);
        });
        const inputs = (): Resource["inputs"] => found.one(CLUSTER).inputs;

        it("makes the log group, with retention, before the cluster writes to it", () => {
            const group = found.one("LogGroup");
            expect(group.inputs).to.include({ name: "/aws/eks/prod/cluster", retentionInDays: 90 });
            expect(found.one(CLUSTER).dependencies).to.include(group.urn);
        });

        it("makes the role and its policies before the cluster, so that they go after it", () => {
            const needed = [...found.all("RolePolicyAttachment"), ...found.all("RolePolicy")].filter(({ name }) =>
                name.startsWith("c-cluster-"),
            );
            expect(needed.map(({ name }) => name)).to.deep.equal(["c-cluster-cluster", "c-cluster-encryption"]);
            expect(found.one(CLUSTER).dependencies).to.include.members(needed.map(({ urn }) => urn));
        });

        it("writes all five logs", () => {
            expect(inputs().enabledClusterLogTypes).to.have.members(["api", "audit", "authenticator", "controllerManager", "scheduler"]);
        });

        it("encrypts secrets with a key of its own that is rotated", () => {
            expect(found.one(KEY).inputs).to.include({ enableKeyRotation: true, deletionWindowInDays: 30 });
            expect(inputs().encryptionConfig.resources).to.deep.equal(["secrets"]);
            expect(found.one(CLUSTER).propertyDependencies["encryptionConfig"]).to.deep.equal([found.one(KEY).urn]);
        });

        it("answers inside the VPC only", () => {
            expect(inputs().vpcConfig).to.include({ endpointPrivateAccess: true, endpointPublicAccess: false });
        });

        it("stands in the private subnets behind its own group", () => {
            expect(inputs().vpcConfig.subnetIds).to.deep.equal(["subnet-private-a", "subnet-private-b"]);
            expect(found.one(CLUSTER).propertyDependencies["vpcConfig"]).to.include(
                found.one("securityGroup:SecurityGroup", "c-control-plane").urn,
            );
        });

        it("reads access entries only and makes no administrator of the caller", () => {
            expect(inputs().accessConfig).to.deep.equal({ authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false });
        });

        it("leaves EKS's own copies of the networking add-ons out", () => {
            expect(inputs().bootstrapSelfManagedAddons).to.equal(false);
        });

        it("ignores what EKS reads at creation only", () => {
            expect(found.one(CLUSTER).ignoreChanges).to.deep.equal([
                "bootstrapSelfManagedAddons",
                "accessConfig.bootstrapClusterCreatorAdminPermissions",
            ]);
        });

        it("has the version, address family and support it is given or the defaults", () => {
            expect(inputs()).to.deep.include({
                version: "1.35",
                kubernetesNetworkConfig: { ipFamily: "ipv4" },
                upgradePolicy: { supportType: "STANDARD" },
            });
        });

        it("leaves deletion protection and zonal shift as AWS has them", () => {
            expect(inputs()).not.to.have.any.keys("deletionProtection", "zonalShiftConfig");
        });

        it("trusts its issuer for STS without a thumbprint", () => {
            const provider = found.one("OpenIdConnectProvider");
            expect(provider.inputs.clientIdLists).to.deep.equal(["sts.amazonaws.com"]);
            expect(provider.inputs).not.to.have.property("thumbprintLists");
            expect(provider.inputs.url).to.match(preview ? new RegExp(`^${UNKNOWN}$`) : /^https:\/\/oidc\.eks\.eu-central-1/);
        });

        it("tags the security group EKS made", () => {
            const tags = found.all("tag:Tag");
            expect(Object.fromEntries(tags.map(({ inputs: { key, value } }) => [key, value]))).to.deep.equal(TAGS);
            if (!preview) {
                expect(tags.map(({ propertyDependencies }) => propertyDependencies["resourceId"])).to.deep.equal(
                    tags.map(() => [found.one(CLUSTER).urn]),
                );
            }
        });

        it("tells the Kubernetes provider which cluster it is, so that a new kubeconfig replaces nothing", () => {
            const provider = found.one("pulumi:providers:kubernetes");
            expect(provider.propertyDependencies["clusterIdentifier"]).to.deep.equal([found.one(CLUSTER).urn]);
            expect(provider.inputs.clusterIdentifier).to.match(preview ? new RegExp(`^${UNKNOWN}$`) : /^https:/);
        });

        it("keeps the kubeconfig secret, or unknown as long as the cluster is", () => {
            const provider = found.one("pulumi:providers:kubernetes");
            expect(provider.propertyDependencies["kubeconfig"]).to.deep.equal([found.one(CLUSTER).urn]);
            if (preview) {
                expect(provider.inputs.kubeconfig).to.equal(UNKNOWN);
            } else {
                expect(provider.secrets).to.include("kubeconfig");
            }
        });

        it("tags whatever takes tags with the environment's tags", () => {
            const untagged = /Tag$|RolePolic|PolicyAssociation|KeyPair|providers/;
            for (const { custom, type, inputs: all, name } of found.resources) {
                if (custom && !untagged.test(type)) {
                    expect(all.tags, `${type} ${name}`).to.include(TAGS);
                }
            }
        });

        it("makes nodes wait for rules, access entries, early add-ons and their policies", () => {
            const types = ["SecurityGroupIngressRule", "SecurityGroupEgressRule", "AccessEntry", "AccessPolicyAssociation", "addon:Addon"];
            const needed = [
                ...types.flatMap((type) => found.all(type)),
                found.one("RolePolicyAttachment", "c-vpc-cni-policy"),
                found.one(CLUSTER),
            ];
            expect(found.upstreamOf("KeyPair")).to.include.members(needed.map(({ urn }) => urn));
        });

        it("registers its outputs", () => {
            const { outputs } = found.one("index:EksCluster");
            expect(outputs).to.have.keys("arn", "clusterName", "endpoint", "kubeconfig", "oidcProviderArn");
        });

        it("hangs its parts below the component", () => {
            const component = found.one("index:EksCluster").urn;
            const direct = [
                CLUSTER,
                KEY,
                "LogGroup",
                "OpenIdConnectProvider",
                "index:EksClusterRole",
                "index:ClusterSecurityGroups",
                "index:EksAddons",
            ];
            expect(direct.filter((type) => found.one(type).parent !== component)).to.deep.equal([]);
        });

        it("gives IPv6 clusters the CNI's rights inline", async () => {
            const ipv6 = await cluster({ ipFamily: IpFamily.Ipv6 }, preview);
            expect(ipv6.one(CLUSTER).inputs.kubernetesNetworkConfig).to.deep.equal({ ipFamily: "ipv6" });
            expect(ipv6.names("RolePolicyAttachment")).not.to.include("c-vpc-cni-policy");
            expect(ipv6.one("RolePolicy", "c-vpc-cni-policy").inputs.policy).to.include("ec2:AssignIpv6Addresses");
        });
    });
}

describe("EksCluster", () => {
    const inputsOf = async (changes: Partial<EksClusterArgs>): Promise<Resource["inputs"]> => (await cluster(changes)).one(CLUSTER).inputs;

    it("opens the public endpoint to the blocks it is given", async () => {
        const { vpcConfig } = await inputsOf({ endpoint: { publicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] } });
        expect(vpcConfig).to.deep.include({
            endpointPublicAccess: true,
            endpointPrivateAccess: true,
            publicAccessCidrs: ["203.0.113.0/24"],
        });
    });

    it("goes to the isolated subnets when told to", async () => {
        const { vpcConfig } = await inputsOf({ controlPlaneInIsolatedSubnets: true });
        expect(vpcConfig.subnetIds).to.deep.equal(["subnet-isolated-a", "subnet-isolated-b"]);
    });

    it("goes to public subnets where there are no private ones", async () => {
        const { subnets } = network();
        const { vpcConfig } = await inputsOf({ network: network({ subnets: { ...subnets, private: [] } }) });
        expect(vpcConfig.subnetIds).to.deep.equal(["subnet-public-a", "subnet-public-b"]);
    });

    it("takes a key made elsewhere and makes none", async () => {
        const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
        const found = await cluster({ encryption: { kmsKeyArn } });
        expect(found.names(KEY)).to.deep.equal([]);
        expect(found.one(CLUSTER).inputs.encryptionConfig).to.deep.equal({ provider: { keyArn: kmsKeyArn }, resources: ["secrets"] });
        expect(found.one("RolePolicy", "c-cluster-encryption").inputs.policy).to.include(kmsKeyArn);
    });

    it("encrypts nothing when told not to", async () => {
        const found = await cluster({ encryption: { enabled: false } });
        expect(found.names(KEY)).to.deep.equal([]);
        expect(found.one(CLUSTER).inputs).not.to.have.property("encryptionConfig");
    });

    it("takes a role made elsewhere and makes none", async () => {
        const found = await cluster({ roleArn: "arn:aws:iam::123456789012:role/eks" });
        expect(found.names("index:EksClusterRole")).to.deep.equal([]);
        expect(found.one(CLUSTER).inputs.roleArn).to.equal("arn:aws:iam::123456789012:role/eks");
    });

    it("adds security groups made elsewhere behind its own", async () => {
        const { vpcConfig } = await inputsOf({ additionalSecurityGroupIds: ["sg-db"] });
        expect(vpcConfig.securityGroupIds).to.have.length(2);
        expect(vpcConfig.securityGroupIds[1]).to.equal("sg-db");
    });

    it("passes deletion protection, support, zonal shift and the service block on", async () => {
        const args = { deletionProtection: true, supportType: "EXTENDED", zonalShift: true, serviceCidr: "172.20.0.0/16" } as const;
        expect(await inputsOf(args)).to.deep.include({
            deletionProtection: true,
            upgradePolicy: { supportType: "EXTENDED" },
            zonalShiftConfig: { enabled: true },
            kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
        });
    });

    it("keeps the logs it is told, for the days and under the key it is told", async () => {
        const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
        const found = await cluster({ logging: { types: ["audit"], retentionDays: 7, kmsKeyArn } });
        expect(found.one(CLUSTER).inputs.enabledClusterLogTypes).to.deep.equal(["audit"]);
        expect(found.one("LogGroup").inputs).to.include({ retentionInDays: 7, kmsKeyId: kmsKeyArn });
    });

    it("bounds every role it makes", async () => {
        const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
        const roles = (await cluster({ permissionsBoundary })).all("role:Role");
        expect(roles.map(({ inputs }) => inputs.permissionsBoundary)).to.deep.equal(roles.map(() => permissionsBoundary));
    });

    it("offers a kubeconfig that asks for a token as the role, profile and environment say", async () => {
        const kubeconfig = {
            roleArn: "arn:aws:iam::1:role/deployer",
            profile: "work",
            environment: { AWS_STS_REGIONAL_ENDPOINTS: "regional" },
        };
        const { inputs } = (await cluster({ kubeconfig })).one("pulumi:providers:kubernetes");
        const { clusters, users } = JSON.parse(inputs.kubeconfig);
        expect(clusters[0].cluster.server).to.match(/^https:\/\//);
        expect(users[0].user.exec.args).to.deep.equal([
            ...["--region", "eu-central-1", "eks", "get-token", "--cluster-name", "prod", "--output", "json"],
            ...["--role-arn", "arn:aws:iam::1:role/deployer"],
        ]);
        expect(users[0].user.exec.env).to.deep.equal([
            { name: "AWS_PROFILE", value: "work" },
            { name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional" },
        ]);
    });

    it("hands protection down to every child", async () => {
        const found = await recorded(() => void new EksCluster("c", clusterArgs(), { protect: true }));
        expect(found.resources.filter(({ protect }) => !protect).map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("shows the engine no network of resources among its inputs", async () => {
        expect((await cluster()).one("index:EksCluster").inputs).not.to.have.property("network");
    });

    it("makes nodes wait for the network's routes too", async () => {
        const found = await recorded(() => {
            const { handle } = new Network("net", { region: "eu-central-1" });
            const eks = new EksCluster("c", clusterArgs({ network: handle }));
            new aws.ec2.KeyPair("node", { publicKey: "k" }, { dependsOn: eks.handle.dependencies });
        });
        expect(found.upstreamOf("KeyPair")).to.include.members(found.all("route:Route").map(({ urn }) => urn));
    });

    it("offers a handle with the nodes' group only and the block of services", async () => {
        let handle: ClusterHandle | undefined;
        const found = await recorded(() => {
            handle = new EksCluster("c", clusterArgs({ serviceCidr: "172.20.0.0/16" })).handle;
            return { serviceCidr: handle.serviceCidr, groups: handle.nodeSecurityGroupIds };
        });
        expect(handle).to.include({ name: "prod", kind: "eks", kubernetesVersion: "1.35", ipFamily: "ipv4" });
        expect(found.outputs["serviceCidr"]).to.equal("172.20.0.0/16");
        expect(found.outputs["groups"]).to.have.length(1);
    });

    it("offers the IPv6 service block of an IPv6 cluster", async () => {
        const found = await recorded(() => ({
            serviceCidr: new EksCluster("c", clusterArgs({ ipFamily: IpFamily.Ipv6 })).handle.serviceCidr,
        }));
        expect(found.outputs["serviceCidr"]).to.match(/^fd.*\/108$/);
    });

    it("registers nothing when it is invalid, and names everything that is wrong", async () => {
        const bad = {
            kubernetesVersion: "1.1",
            webhookPorts: [0],
            access: {},
            ipFamily: IpFamily.Ipv6,
            network: network({ ipv6CidrBlock: undefined }),
        };
        const { registered, paths } = await refused(() => new EksCluster("c", clusterArgs(bad)));
        expect(registered).to.deep.equal([]);
        expect(paths).to.deep.equal(["kubernetesVersion", "access.entries", "webhookPorts[0]", "ipFamily"]);
    });
});
