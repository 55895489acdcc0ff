/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs have no type of their own */
import { expect } from "chai";
import * as aws from "@pulumi/aws";
import { AddonPhase, EksAddons, EksCluster, addonPhase } from "../../../components/eks";
import type { EksAddonArgs } from "../../../components/eks";
import { recorded } from "../../support/found";
import type { Found, Resource } from "../../support/found";
import { cluster, clusterArgs } from "./factories";

const ADDON = "addon:Addon";
const target = {
    clusterName: "prod",
    region: "eu-central-1",
    kubernetesVersion: "1.35",
    ipFamily: "ipv4" as const,
    clusterArn: "arn:aws:eks:eu-central-1:123456789012:cluster/prod",
    oidcIssuer: "https://issuer.example/id",
    oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/issuer.example/id",
};

/** Records add-ons called `late`, behind a node group. */
function late(addons: Record<string, EksAddonArgs>, preview = false): Promise<Found> {
    return recorded(() => {
        const group = new aws.ec2.KeyPair("group", { publicKey: "k" });
        new EksAddons("late", { target, addons, after: [group], tags: { Owner: "platform" } });
    }, preview);
}

async function only(addonName: string, addon: EksAddonArgs): Promise<Resource["inputs"]> {
    return (await late({ [addonName]: addon })).one(ADDON).inputs;
}

describe("addonPhase", () => {
    it("puts networking and identity before nodes and the rest after them", () => {
        expect(["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map(addonPhase)).to.deep.equal(Array(3).fill(AddonPhase.BeforeNodes));
        expect(["coredns", "aws-ebs-csi-driver", "metrics-server"].map(addonPhase)).to.deep.equal(Array(3).fill(AddonPhase.AfterNodes));
    });
});

describe("a cluster's own add-ons", () => {
    it("are those nodes need", async () => {
        expect((await cluster()).names(ADDON)).to.have.members(["c-vpc-cni", "c-kube-proxy", "c-eks-pod-identity-agent"]);
    });

    it("wait for their own policies", async () => {
        const found = await cluster();
        expect(found.one(ADDON, "c-vpc-cni").dependencies).to.include(found.one("RolePolicyAttachment", "c-vpc-cni-policy").urn);
    });

    it("give the CNI a role by its token, with the managed IPv4 policy", async () => {
        const found = await cluster();
        const [statement] = JSON.parse(found.one("role:Role", "c-vpc-cni").inputs.assumeRolePolicy).Statement;
        expect(statement.Action).to.deep.equal(["sts:AssumeRoleWithWebIdentity"]);
        expect(JSON.stringify(statement.Condition)).to.include("system:serviceaccount:kube-system:aws-node");
        expect(found.one("RolePolicyAttachment", "c-vpc-cni-policy").inputs.policyArn).to.match(/AmazonEKS_CNI_Policy$/);
        expect(found.one(ADDON, "c-vpc-cni").propertyDependencies["serviceAccountRoleArn"]).to.deep.equal([
            found.one("role:Role", "c-vpc-cni").urn,
        ]);
    });
});

for (const preview of [false, true]) {
    describe(`EksAddons in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await late({ coredns: {}, "aws-ebs-csi-driver": {} }, preview);
        });

        it("wait for node groups", () => {
            const group = found.one("KeyPair").urn;
            expect(found.all(ADDON).every(({ dependencies }) => dependencies.includes(group))).to.equal(true);
        });

        it("give the EBS driver a role through the agent, and no annotation", () => {
            const { inputs, propertyDependencies } = found.one(ADDON, "late-aws-ebs-csi-driver");
            expect(inputs.podIdentityAssociations).to.have.length(1);
            expect(inputs.podIdentityAssociations[0].serviceAccount).to.equal("ebs-csi-controller-sa");
            expect(inputs).not.to.have.property("serviceAccountRoleArn");
            expect(propertyDependencies["podIdentityAssociations"]).to.deep.equal([found.one("role:Role").urn]);
        });

        it("make no role for add-ons that need no rights", () => {
            expect(found.names("role:Role")).to.deep.equal(["late-aws-ebs-csi-driver"]);
        });

        it("carry tags", () => {
            expect(found.one(ADDON, "late-coredns").inputs.tags).to.deep.equal({ Owner: "platform", Name: "late-coredns" });
        });

        it("look the newest version up only when told to", async () => {
            const latest = await late({ coredns: { version: "latest" } }, preview);
            expect(latest.one(ADDON).inputs.addonVersion).to.equal("v1.0.0-eksbuild.1");
            expect(found.one(ADDON, "late-coredns").inputs).not.to.have.property("addonVersion");
        });

        it("register their outputs", () => {
            expect(found.one("index:EksAddons").outputs).to.deep.equal({ addons: ["coredns", "aws-ebs-csi-driver"] });
        });
    });
}

describe("an add-on", () => {
    it("leaves the version to EKS when it says default", async () => {
        expect(await only("coredns", { version: "default" })).not.to.have.property("addonVersion");
    });

    it("has the version it is pinned to", async () => {
        expect(await only("coredns", { version: "v1.11.4-eksbuild.2" })).to.include({ addonVersion: "v1.11.4-eksbuild.2" });
    });

    it("writes its configuration with sorted keys at every level, lists as they are", async () => {
        const { configurationValues } = await only("coredns", { configuration: { b: { d: 1, c: [2, { f: 1, e: 2 }] }, a: null } });
        expect(configurationValues).to.equal('{"a":null,"b":{"c":[2,{"e":2,"f":1}],"d":1}}');
    });

    it("has no configuration unless given one", async () => {
        expect(await only("coredns", {})).not.to.have.property("configurationValues");
    });

    it("is set back where others changed it", async () => {
        expect(await only("coredns", {})).to.include({ resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "OVERWRITE" });
    });

    it("keeps others' changes on update when told to, and still installs over them", async () => {
        const inputs = await only("coredns", { resolveConflicts: "PRESERVE" });
        expect(inputs).to.include({ resolveConflictsOnCreate: "OVERWRITE", resolveConflictsOnUpdate: "PRESERVE" });
    });

    it("leaves its software behind only when nodes need it", async () => {
        expect((await only("vpc-cni", {}))["preserve"]).to.equal(true);
        expect((await only("coredns", {}))["preserve"]).to.equal(false);
    });

    it("leaves its software behind when told to", async () => {
        expect((await only("coredns", { preserve: true }))["preserve"]).to.equal(true);
    });

    it("takes a role made elsewhere and makes none", async () => {
        const roleArn = "arn:aws:iam::123456789012:role/csi";
        const found = await late({ "aws-ebs-csi-driver": { roleArn } });
        expect(found.names("role:Role")).to.deep.equal([]);
        expect(found.one(ADDON).inputs.podIdentityAssociations).to.deep.equal([{ roleArn, serviceAccount: "ebs-csi-controller-sa" }]);
    });

    it("takes a role for an add-on of no known rights by its token", async () => {
        const roleArn = "arn:aws:iam::123456789012:role/dns";
        expect(await only("external-dns", { roleArn })).to.include({ serviceAccountRoleArn: roleArn });
    });

    it("proves itself as it is told", async () => {
        const found = await late({ "aws-ebs-csi-driver": { identity: "irsa" } });
        expect(found.one(ADDON).inputs).to.have.property("serviceAccountRoleArn");
        expect(found.one(ADDON).inputs).not.to.have.property("podIdentityAssociations");
    });

    it("keeps its name and role when others come or go", async () => {
        const [one, two] = [await late({ coredns: {} }), await late({ "aws-ebs-csi-driver": {}, coredns: {} })];
        expect(two.resources.map(({ urn }) => urn)).to.include.members(one.resources.map(({ urn }) => urn));
    });

    it("of the late phase follows a cluster's target", async () => {
        const found = await recorded(() => {
            const { addonTarget } = new EksCluster("c", clusterArgs());
            new EksAddons("late", { target: addonTarget, addons: { coredns: {} } });
        });
        expect(found.one(ADDON, "late-coredns").propertyDependencies["clusterName"]).to.deep.equal([found.one("cluster:Cluster").urn]);
    });
});
