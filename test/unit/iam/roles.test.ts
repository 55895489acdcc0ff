/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs have no type of their own */
import { expect } from "chai";
import * as aws from "@pulumi/aws";
import { EksClusterRole, NodeRole, WorkloadIdentity, WorkloadRole } from "../../../components/iam";
import type { EksClusterRoleArgs, NodeRoleArgs, WorkloadRoleArgs } from "../../../components/iam";
import { UNKNOWN } from "../../../tools/plan/recorder";
import { recorded, refusals, refused } from "../../support/found";
import type { Found } from "../../support/found";

const ROLE = "role:Role";
const ATTACHMENT = "RolePolicyAttachment";
const INLINE = "RolePolicy";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
const REGION = "eu-central-1";

const nodeRole = (args: Partial<NodeRoleArgs> = {}, preview = false): Promise<Found> =>
    recorded(() => void new NodeRole("nodes", { region: REGION, tags: { Owner: "platform" }, ...args }), preview);
const clusterRole = (args: Partial<EksClusterRoleArgs> = {}): Promise<Found> =>
    recorded(() => void new EksClusterRole("cluster", { region: REGION, ...args }));
const IRSA: WorkloadRoleArgs = {
    namespace: "shop",
    serviceAccount: "api",
    oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/issuer.example/id",
    oidcIssuer: "https://issuer.example/id",
};
const workload = (args: Partial<WorkloadRoleArgs> = {}): Promise<Found> =>
    recorded(() => void new WorkloadRole("api", { ...IRSA, ...args }));

/** Managed policies by the name of their attachment. */
function policies(found: Found): Record<string, string> {
    return Object.fromEntries(found.all(ATTACHMENT).map(({ name, inputs }) => [name, String(inputs.policyArn).replace(/^.*policy\//, "")]));
}

for (const preview of [false, true]) {
    describe(`NodeRole in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await nodeRole({}, preview);
        });

        it("may join, pull images and open sessions, and has no rights of the CNI", () => {
            expect(policies(found)).to.deep.equal({
                "nodes-worker": "AmazonEKSWorkerNodePolicy",
                "nodes-registry": "AmazonEC2ContainerRegistryPullOnly",
                "nodes-session-manager": "AmazonSSMManagedInstanceCore",
            });
        });

        it("is taken by EC2 only", () => {
            const trust = JSON.parse(found.one(ROLE).inputs.assumeRolePolicy);
            expect(trust.Statement).to.deep.equal([
                { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] },
            ]);
        });

        it("has an instance profile around it", () => {
            const profile = found.one("InstanceProfile");
            expect(profile.inputs.role).to.equal(preview ? UNKNOWN : profile.inputs.role);
            expect(profile.propertyDependencies["role"]).to.deep.equal([found.one(ROLE).urn]);
        });

        it("has a generated name and the tags it is given", () => {
            expect(found.one(ROLE).inputs).not.to.have.property("name");
            expect(found.one(ROLE).inputs.tags).to.deep.equal({ Owner: "platform", Name: "nodes" });
            expect(found.one("InstanceProfile").inputs.tags).to.deep.equal({ Owner: "platform", Name: "nodes" });
        });

        it("holds its attachments below the role", () => {
            expect(found.all(ATTACHMENT).every(({ parent }) => parent === found.one(ROLE).urn)).to.equal(true);
        });

        it("registers its outputs", () => {
            expect(found.one("index:NodeRole").outputs).to.have.keys("arn", "roleName", "instanceProfileName");
        });
    });
}

describe("NodeRole", () => {
    it("carries the managed CNI policy for IPv4 when told to", async () => {
        expect(policies(await nodeRole({ cniPolicy: true }))).to.include({ "nodes-cni": "AmazonEKS_CNI_Policy" });
    });

    it("carries the CNI's rights inline for IPv6, where AWS manages no policy", async () => {
        const found = await nodeRole({ cniPolicy: true, ipFamily: "ipv6" });
        expect(policies(found)).not.to.have.property("nodes-cni");
        expect(JSON.parse(found.one(INLINE, "nodes-cni").inputs.policy).Statement[0].Action).to.include("ec2:AssignIpv6Addresses");
    });

    it("opens no sessions when told not to", async () => {
        expect(policies(await nodeRole({ sessionManager: false }))).not.to.have.property("nodes-session-manager");
    });

    it("takes further policies under their keys, and changes no other attachment's name", async () => {
        const before = Object.keys(policies(await nodeRole()));
        const after = Object.keys(policies(await nodeRole({ additionalPolicyArns: { backup: BOUNDARY } })));
        expect(after).to.have.members([...before, "nodes-backup"]);
    });

    it("refuses a key that would take the place of a policy nodes need", async () => {
        const { registered, paths } = await refused(
            () => new NodeRole("nodes", { region: REGION, additionalPolicyArns: { worker: BOUNDARY, other: BOUNDARY } }),
        );
        expect(paths).to.deep.equal(["additionalPolicyArns.worker"]);
        expect(registered).to.deep.equal([]);
    });

    it("is bounded when told to", async () => {
        expect((await nodeRole({ permissionsBoundary: BOUNDARY })).one(ROLE).inputs.permissionsBoundary).to.equal(BOUNDARY);
    });

    it("makes whoever depends on it wait for policies and profile", async () => {
        const found = await recorded(() => {
            const { dependencies } = new NodeRole("nodes", { region: REGION });
            new aws.ec2.KeyPair("after", { publicKey: "k" }, { dependsOn: dependencies });
        });
        const needed = [...found.all(ATTACHMENT), found.one("InstanceProfile")].map(({ urn }) => urn);
        expect(found.one("KeyPair").dependencies).to.include.members(needed);
    });

    for (const [region, partition, service] of [
        ["cn-north-1", "aws-cn", "ec2.amazonaws.com.cn"],
        ["us-gov-west-1", "aws-us-gov", "ec2.amazonaws.com"],
    ] as const) {
        it(`speaks of ${partition} in ${region}`, async () => {
            const found = await nodeRole({ region });
            expect(found.all(ATTACHMENT).every(({ inputs }) => String(inputs.policyArn).startsWith(`arn:${partition}:iam::aws:`))).to.equal(
                true,
            );
            expect(found.one(ROLE).inputs.assumeRolePolicy).to.include(`"${service}"`);
        });
    }
});

describe("EksClusterRole", () => {
    it("carries the cluster policy and is taken by EKS", async () => {
        const found = await clusterRole();
        expect(policies(found)).to.deep.equal({ "cluster-cluster": "AmazonEKSClusterPolicy" });
        const [statement] = JSON.parse(found.one(ROLE).inputs.assumeRolePolicy).Statement;
        expect(statement).to.deep.include({ Principal: { Service: "eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] });
    });

    it("may use the key of secrets, and that key only", async () => {
        const encryptionKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
        const found = await clusterRole({ encryptionKeyArn });
        const [statement] = JSON.parse(found.one(INLINE, "cluster-encryption").inputs.policy).Statement;
        expect(statement.Resource).to.deep.equal([encryptionKeyArn]);
        expect(statement.Action).to.have.members(["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"]);
    });

    it("has no inline policy without a key", async () => {
        expect((await clusterRole()).names(INLINE)).to.deep.equal([]);
    });

    it("may attach trunk interfaces when pods have groups of their own", async () => {
        expect(policies(await clusterRole({ securityGroupsForPods: true }))).to.include({
            "cluster-vpc-resources": "AmazonEKSVPCResourceController",
        });
    });

    it("is bounded when told to", async () => {
        expect((await clusterRole({ permissionsBoundary: BOUNDARY })).one(ROLE).inputs.permissionsBoundary).to.equal(BOUNDARY);
    });
});

describe("WorkloadRole", () => {
    it("is taken by one service account's token by default", async () => {
        const [statement] = JSON.parse((await workload()).one(ROLE).inputs.assumeRolePolicy).Statement;
        expect(statement.Action).to.deep.equal(["sts:AssumeRoleWithWebIdentity"]);
        expect(statement.Condition.StringEquals).to.deep.equal({
            "issuer.example/id:aud": "sts.amazonaws.com",
            "issuer.example/id:sub": "system:serviceaccount:shop:api",
        });
    });

    it("is taken through the agent when told to", async () => {
        const clusterArn = "arn:aws:eks:eu-central-1:123456789012:cluster/prod";
        const found = await workload({ identity: WorkloadIdentity.PodIdentity, clusterArn });
        const [statement] = JSON.parse(found.one(ROLE).inputs.assumeRolePolicy).Statement;
        expect(statement.Principal).to.deep.equal({ Service: "pods.eks.amazonaws.com" });
        expect(statement.Condition.StringEquals["aws:RequestTag/eks-cluster-arn"]).to.equal(clusterArn);
    });

    it("names attachments and inline policies by their keys", async () => {
        const document = { Version: "2012-10-17" as const, Statement: [] };
        const found = await workload({ policyArns: { read: BOUNDARY }, policies: { queue: document } });
        expect([...found.names(ATTACHMENT), ...found.names(INLINE)]).to.deep.equal(["api-read", "api-queue"]);
    });

    for (const [what, args, path, reason] of [
        ["a wildcard for a service account", { serviceAccount: "*" }, "serviceAccount", /a wildcard would let other workloads/],
        ["a wildcard in a namespace", { namespace: "team-*" }, "namespace", /"team-\*" is not a Kubernetes name/],
        ["IRSA without a provider", { oidcProviderArn: undefined }, "oidcProviderArn", /give its ARN/],
        ["IRSA without an issuer", { oidcIssuer: undefined }, "oidcIssuer", /issuer URL/],
        ["Pod Identity without a cluster", { identity: WorkloadIdentity.PodIdentity }, "clusterArn", /binds the role to a cluster/],
    ] as [string, Partial<WorkloadRoleArgs>, string, RegExp][]) {
        it(`refuses ${what}`, () => {
            const found = refusals(() => new WorkloadRole("api", { ...IRSA, ...args }));
            expect(found.map((problem) => problem.path)).to.deep.equal([path]);
            expect(found[0]?.reason).to.match(reason);
        });
    }

    it("registers nothing when it is invalid", async () => {
        const { registered, paths } = await refused(() => new WorkloadRole("api", { namespace: "*", serviceAccount: "*" }));
        expect(paths).to.deep.equal(["namespace", "serviceAccount", "oidcProviderArn", "oidcIssuer"]);
        expect(registered).to.deep.equal([]);
    });
});
