import { expect } from "chai";
import { UNKNOWN } from "../../tools/plan/recorder";
import type { RecordedResource, Recording } from "../../tools/plan/recorder";
import { ofType, recordEnvironment, upstream } from "../support/environment";
import { expectGolden, identities } from "../support/golden";
import { ENVIRONMENTS } from "../support/project";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUPS = ["aws:eks/nodeGroup:NodeGroup", "aws:autoscaling/group:Group"];
const PUBLIC_ADMIN = ["Project", "Environment", "Owner", "ManagedBy"];

for (const stack of ENVIRONMENTS) {
    for (const preview of [true, false]) {
        describe(`Environment ${stack}, ${preview ? "preview" : "update"}`, () => {
            let recording: Recording;
            let resources: RecordedResource[];

            before(async () => {
                recording = await recordEnvironment(stack, preview);
                resources = recording.resources;
            });

            const named = (type: string, name: string): RecordedResource => {
                const found = resources.find((resource) => resource.type === type && resource.name === name);
                expect(found, `${type} ${name}`).not.to.equal(undefined);
                return found as RecordedResource;
            };
            const groups = (): RecordedResource[] => resources.filter(({ type }) => GROUPS.includes(type));

            it("keeps the identity of every resource", () => {
                expectGolden(`environment-${stack}`, identities(resources));
            });

            it("parents every resource to a component", () => {
                const loose = resources.filter(({ custom, parent }) => custom && parent === null).map(({ urn }) => urn);
                expect(loose).to.deep.equal([]);
            });

            it("registers the outputs of every component", () => {
                const unfinished = resources.filter(({ custom, outputs }) => !custom && outputs === undefined).map(({ urn }) => urn);
                expect(unfinished).to.deep.equal([]);
            });

            it("tags everything that takes tags as a map", () => {
                const missing = resources
                    .filter(({ custom, inputs }) => custom && inputs["tags"] !== undefined && !Array.isArray(inputs["tags"]))
                    .filter(({ inputs }) => !PUBLIC_ADMIN.every((key) => key in (inputs["tags"] as object)))
                    .map(({ urn }) => urn);
                expect(missing).to.deep.equal([]);
            });

            it("requires session tokens and one hop on every template", () => {
                const options = ofType(resources, TEMPLATE).map(({ inputs }) => inputs["metadataOptions"] as Record<string, unknown>);
                expect(options).not.to.deep.equal([]);
                for (const { httpTokens, httpPutResponseHopLimit } of options) {
                    expect({ httpTokens, httpPutResponseHopLimit }).to.deep.equal({ httpTokens: "required", httpPutResponseHopLimit: 1 });
                }
            });

            it("gives nodes one security group with the cluster tag", () => {
                const tagged = ofType(resources, "aws:ec2/securityGroup:SecurityGroup").filter(({ inputs }) =>
                    Object.keys(inputs["tags"] as object).some((key) => key.startsWith("kubernetes.io/cluster/")),
                );
                expect(tagged.map(({ name }) => name)).to.deep.equal([`${stack}-nodes`]);
                for (const template of ofType(resources, TEMPLATE)) {
                    expect(template.propertyDependencies["vpcSecurityGroupIds"]).to.deep.equal([tagged[0]?.urn]);
                }
            });

            it("installs networking add-ons before nodes", () => {
                const early = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"].map(
                    (addon) => named("aws:eks/addon:Addon", `${stack}-${addon}`).urn,
                );
                expect(groups()).not.to.deep.equal([]);
                for (const group of groups()) {
                    expect([...upstream(resources, group.urn)]).to.include.members(early);
                }
            });

            it("installs coredns and the CSI driver after nodes", () => {
                const late = ["coredns", "aws-ebs-csi-driver"].map(
                    (addon) => named("aws:eks/addon:Addon", `${stack}-after-nodes-${addon}`).urn,
                );
                for (const urn of late) {
                    expect([...upstream(resources, urn)]).to.include.members(groups().map((group) => group.urn));
                }
            });

            it("keeps the node role's policies until the nodes have gone", () => {
                const attachments = ofType(resources, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
                for (const group of groups()) {
                    const kind = group.type.includes("autoscaling") ? "self-managed" : "managed";
                    const policies = attachments.filter(({ name }) => name.startsWith(`${stack}-${kind}-nodes-`)).map(({ urn }) => urn);
                    expect(policies.length).to.be.greaterThan(1);
                    expect([...upstream(resources, group.urn)]).to.include.members(policies);
                }
            });

            it("lets nodes start only when they can reach AWS and the control plane", () => {
                const needed = [
                    ...ofType(resources, "aws:ec2/route:Route"),
                    ...ofType(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
                    ...ofType(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
                ].map(({ urn }) => urn);
                for (const group of groups()) {
                    expect([...upstream(resources, group.urn)]).to.include.members(needed);
                }
            });

            it("creates the log group before the cluster", () => {
                const cluster = named("aws:eks/cluster:Cluster", stack);
                expect(cluster.dependencies).to.include(named("aws:cloudwatch/logGroup:LogGroup", `${stack}-logs`).urn);
            });

            it("derives no administrator from the caller", () => {
                const access = named("aws:eks/cluster:Cluster", stack).inputs["accessConfig"] as Record<string, unknown>;
                expect(access["bootstrapClusterCreatorAdminPermissions"]).to.equal(false);
            });

            it("keeps the kubeconfig secret", () => {
                // What is unknown carries no mark yet.
                const { inputs, secrets } = named("pulumi:providers:kubernetes", stack);
                expect(preview ? [inputs["kubeconfig"]] : secrets).to.include(preview ? UNKNOWN : "kubeconfig");
            });

            it("shows unknown values only in a preview", () => {
                const unknown = resources.filter(({ inputs }) => JSON.stringify(inputs).includes(UNKNOWN));
                expect(unknown.length > 0).to.equal(preview);
            });
        });
    }
}

describe("Environment prod", () => {
    let resources: RecordedResource[];

    before(async () => {
        ({ resources } = await recordEnvironment("prod", false));
    });

    const cluster = (): Record<string, unknown> => ofType(resources, "aws:eks/cluster:Cluster")[0]?.inputs ?? {};

    it("protects the network and the control plane, but not the nodes, which are replaced in the course of things", () => {
        const isProtected = (component: string): boolean[] => [
            ...new Set(
                resources
                    .filter(({ urn }) => urn.split("::")[2]?.startsWith(`aws-kubernetes:index:${component}`))
                    .map(({ protect }) => protect),
            ),
        ];
        expect(isProtected("Network")).to.deep.equal([true]);
        expect(isProtected("EksCluster")).to.deep.equal([true]);
        expect(isProtected("ManagedNodeGroup")).to.deep.equal([false]);
    });

    it("has AWS refuse to delete the cluster", () => {
        expect(cluster()["deletionProtection"]).to.equal(true);
    });

    it("keeps the API server off the internet", () => {
        expect(cluster()["vpcConfig"]).to.include({ endpointPublicAccess: false, endpointPrivateAccess: true });
    });

    it("writes all five control-plane logs", () => {
        expect(cluster()["enabledClusterLogTypes"]).to.have.members(["api", "audit", "authenticator", "controllerManager", "scheduler"]);
    });

    it("encrypts secrets with a rotated key of its own", () => {
        expect(JSON.stringify(cluster()["encryptionConfig"])).to.include("arn:aws:kms:");
        expect(ofType(resources, "aws:kms/key:Key")[0]?.inputs["enableKeyRotation"]).to.equal(true);
    });

    it("spreads over three zones with a NAT gateway in each", () => {
        expect(ofType(resources, "aws:ec2/natGateway:NatGateway").map(({ name }) => name)).to.deep.equal([
            "prod-nat-a",
            "prod-nat-b",
            "prod-nat-c",
        ]);
    });

    it("has one group for each zone where volumes are bound to zones", () => {
        const names = ofType(resources, "aws:eks/nodeGroup:NodeGroup").map(({ name }) => name);
        expect(names).to.include.members(["prod-apps-a", "prod-apps-b", "prod-apps-c"]);
    });
});

describe("Environment dev", () => {
    let resources: RecordedResource[];

    before(async () => {
        ({ resources } = await recordEnvironment("dev", false));
    });

    it("pays for one NAT gateway", () => {
        expect(ofType(resources, "aws:ec2/natGateway:NatGateway")).to.have.length(1);
    });

    it("runs its nodes on spot capacity", () => {
        expect(ofType(resources, "aws:eks/nodeGroup:NodeGroup").map(({ inputs }) => inputs["capacityType"])).to.deep.equal(["SPOT"]);
        const [group] = ofType(resources, "aws:autoscaling/group:Group");
        const policy = group?.inputs["mixedInstancesPolicy"] as { instancesDistribution: Record<string, unknown> };
        expect(policy.instancesDistribution["onDemandPercentageAboveBaseCapacity"]).to.equal(0);
    });
});
