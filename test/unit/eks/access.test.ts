/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs have no type of their own */
import { expect } from "chai";
import { AccessPolicy, AuthenticationMode } from "../../../components/eks";
import type { EksAccessArgs } from "../../../components/eks";
import type { Found } from "../../support/found";
import { ADMINISTRATOR, cluster } from "./factories";

const ENTRY = "accessEntry:AccessEntry";
const ASSOCIATION = "AccessPolicyAssociation";
const CONFIG_MAP = "ConfigMap";
const NODES = "arn:aws:iam::123456789012:role/nodes";
const ENTRIES: EksAccessArgs["entries"] = {
    admin: { principalArn: ADMINISTRATOR, policies: [{ policy: AccessPolicy.ClusterAdmin }] },
    developers: {
        principalArn: "arn:aws:iam::123456789012:role/developer",
        username: "developer",
        groups: ["viewers"],
        policies: [{ policy: AccessPolicy.Edit, namespaces: ["shop"] }, { policy: AccessPolicy.View }],
    },
};
const ROLES = [{ roleArn: ADMINISTRATOR, username: "admin", groups: ["system:masters"] }];

const access = (args: EksAccessArgs, preview = false): Promise<Found> => cluster({ access: args }, preview);

for (const preview of [false, true]) {
    describe(`access entries in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await access({ entries: ENTRIES, nodeRoleArns: { "self-managed": NODES } }, preview);
        });

        it("are one for each principal and each node role", () => {
            expect(found.names(ENTRY)).to.have.members(["c-admin", "c-developers", "c-nodes-self-managed"]);
        });

        it("stand for people unless said otherwise, with their name and groups", () => {
            expect(found.one(ENTRY, "c-developers").inputs).to.deep.include({
                type: "STANDARD",
                userName: "developer",
                kubernetesGroups: ["viewers"],
            });
        });

        it("stand for Linux nodes in the case of node roles, which have no policies", () => {
            expect(found.one(ENTRY, "c-nodes-self-managed").inputs).to.include({ type: "EC2_LINUX", principalArn: NODES });
            expect(found.names(ASSOCIATION).filter((name) => name.includes("nodes"))).to.deep.equal([]);
        });

        it("have their policies for the whole cluster, or for the namespaces named", () => {
            const scopes = Object.fromEntries(found.all(ASSOCIATION).map(({ name, inputs }) => [name, inputs.accessScope]));
            expect(scopes).to.deep.equal({
                "c-admin-AmazonEKSClusterAdminPolicy": { type: "cluster" },
                "c-developers-AmazonEKSEditPolicy": { type: "namespace", namespaces: ["shop"] },
                "c-developers-AmazonEKSViewPolicy": { type: "cluster" },
            });
        });

        it("name policies by the ARN EKS gives them", () => {
            expect(found.one(ASSOCIATION, "c-admin-AmazonEKSClusterAdminPolicy").inputs.policyArn).to.equal(
                "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            );
        });

        it("come before their policies", () => {
            const association = found.one(ASSOCIATION, "c-admin-AmazonEKSClusterAdminPolicy");
            expect(association.parent).to.equal(found.one(ENTRY, "c-admin").urn);
        });

        it("leave the ConfigMap alone", () => {
            expect(found.names(CONFIG_MAP)).to.deep.equal([]);
        });
    });

    describe(`the aws-auth ConfigMap in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            const args = { authenticationMode: AuthenticationMode.ConfigMap, configMapRoles: ROLES, nodeRoleArns: { nodes: NODES } };
            found = await access(args, preview);
        });

        it("takes the place of entries", () => {
            expect(found.names(ENTRY)).to.deep.equal([]);
            expect(found.names(CONFIG_MAP)).to.deep.equal(["c-aws-auth"]);
        });

        it("lies where EKS reads it and is written over whatever is there", () => {
            expect(found.one(CONFIG_MAP).inputs.metadata).to.deep.include({
                name: "aws-auth",
                namespace: "kube-system",
                annotations: { "pulumi.com/patchForce": "true" },
            });
        });

        it("stays when the stack goes", () => {
            expect(found.one(CONFIG_MAP).retainOnDelete).to.equal(true);
        });

        it("goes to this cluster", () => {
            expect(found.one(CONFIG_MAP).provider).to.include(found.one("pulumi:providers:kubernetes").urn);
        });

        it("names the given roles and the nodes'", () => {
            expect(JSON.parse(found.one(CONFIG_MAP).inputs.data.mapRoles)).to.deep.equal([
                { rolearn: ADMINISTRATOR, username: "admin", groups: ["system:masters"] },
                { rolearn: NODES, username: "system:node:{{EC2PrivateDNSName}}", groups: ["system:bootstrappers", "system:nodes"] },
            ]);
        });

        it("is there before a node joins", () => {
            expect(found.upstreamOf("KeyPair")).to.include(found.one(CONFIG_MAP).urn);
        });
    });
}

describe("the mode of migration", () => {
    it("has entries and the ConfigMap, the entries first", async () => {
        const found = await access({
            authenticationMode: AuthenticationMode.ApiAndConfigMap,
            entries: ENTRIES,
            configMapRoles: ROLES,
            nodeRoleArns: { nodes: NODES },
        });
        expect(found.names(ENTRY)).to.include.members(["c-admin", "c-nodes-nodes"]);
        expect(found.one(CONFIG_MAP).dependencies).to.include.members(found.all(ENTRY).map(({ urn }) => urn));
    });

    it("names managed nodes in the ConfigMap, which EKS would have done, but makes no entry for them, which EKS does", async () => {
        const found = await access({
            authenticationMode: AuthenticationMode.ApiAndConfigMap,
            entries: ENTRIES,
            managedNodeRoleArns: { managed: NODES },
        });
        const roles = JSON.parse(found.one(CONFIG_MAP).inputs.data.mapRoles) as { rolearn: string }[];
        expect(roles.map(({ rolearn }) => rolearn)).to.deep.equal([NODES]);
        expect(found.all(ENTRY).filter(({ inputs }) => inputs.principalArn === NODES)).to.deep.equal([]);
    });

    it("tells the cluster", async () => {
        const found = await access({ authenticationMode: AuthenticationMode.ApiAndConfigMap, entries: ENTRIES });
        expect(found.one("cluster:Cluster").inputs.accessConfig.authenticationMode).to.equal("API_AND_CONFIG_MAP");
    });
});

describe("access in other partitions", () => {
    it("names China's policies", async () => {
        const principalArn = "arn:aws-cn:iam::123456789012:role/platform";
        const found = await cluster({
            region: "cn-north-1",
            access: { entries: { admin: { principalArn, policies: [{ policy: AccessPolicy.ClusterAdmin }] } } },
        });
        expect(found.one(ASSOCIATION).inputs.policyArn).to.match(/^arn:aws-cn:eks::aws:cluster-access-policy\//);
    });
});
