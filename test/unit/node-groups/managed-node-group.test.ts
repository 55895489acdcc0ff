/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs and parsed documents have no type of their own */
import { expect } from "chai";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { IpFamily } from "../../../components/core/handles";
import { CapacityType, ManagedNodeGroup, UpdateStrategy } from "../../../components/node-groups";
import type { ManagedNodeGroupArgs } from "../../../components/node-groups";
import { checkedUserData } from "../../../components/node-groups/launch-template";
import { nodeadmBootstrap, OperatingSystem, TaintEffect } from "../../../components/user-data";
import { anyLabels, anyTaints, CLUSTER, node, nodeConfigOf } from "../user-data/documents";
import { attachment, children, cluster, groupArgs, nodeRole, recorded, TAGS, userDataOf } from "./factories";
import type { Found } from "./factories";

const TEMPLATE = "launchTemplate:LaunchTemplate";
const GROUP = "nodeGroup:NodeGroup";

/** Registers one group named `apps`; arguments are made inside the program, where resources may be. */
function apps(
    args: () => Partial<ManagedNodeGroupArgs> = () => ({}),
    opts?: () => pulumi.ComponentResourceOptions,
    preview = false,
): Promise<Found> {
    return recorded(() => void new ManagedNodeGroup("apps", groupArgs(args()), opts?.()), preview);
}

for (const preview of [false, true]) {
    describe(`ManagedNodeGroup in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await apps(() => ({ labels: { team: "a" }, perZone: true }), undefined, preview);
        });

        it("has the children its name promises", () => {
            const tags = (zone: string) =>
                ["label/topology.ebs.csi.aws.com/zone", "label/team", "resources/ephemeral-storage"].map(
                    (key) => `Tag apps-${zone}-k8s.io/cluster-autoscaler/node-template/${key}`,
                );
            expect(children(found, "ManagedNodeGroup")).to.have.members([
                "LaunchTemplate apps-template",
                "NodeGroup apps-a",
                "NodeGroup apps-b",
                ...tags("a"),
                ...tags("b"),
            ]);
        });

        it("makes each zone's group in that zone's subnet alone", () => {
            expect(found.one(GROUP, "apps-a").inputs.subnetIds).to.deep.equal(["subnet-eu-central-1a"]);
            expect(found.one(GROUP, "apps-b").inputs.subnetIds).to.deep.equal(["subnet-eu-central-1b"]);
        });

        it("requires tokens and one hop", () => {
            expect(found.one(TEMPLATE).inputs.metadataOptions).to.deep.equal({
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
                httpProtocolIpv6: "disabled",
                instanceMetadataTags: "disabled",
            });
        });

        it("encrypts the root volume", () => {
            expect(found.one(TEMPLATE).inputs.blockDeviceMappings).to.deep.equal([
                {
                    deviceName: "/dev/xvda",
                    ebs: { volumeType: "gp3", volumeSize: 50, iops: 3000, throughput: 125, encrypted: "true", deleteOnTermination: "true" },
                },
            ]);
        });

        it("tags instances, volumes and network interfaces", () => {
            const expected = { ...TAGS, Name: "prod-apps" };
            expect(found.one(TEMPLATE).inputs.tagSpecifications).to.deep.equal(
                ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags: expected })),
            );
        });

        it("tags the template and the groups", () => {
            expect(found.one(TEMPLATE).inputs.tags).to.include(TAGS);
            expect(found.one(GROUP, "apps-a").inputs.tags).to.include({ ...TAGS, Name: "apps-a" });
        });

        it("registers its outputs", () => {
            const component = found.one("ManagedNodeGroup");
            expect(component.outputs).to.have.keys("launchTemplateId", "nodeGroupNames", "autoScalingGroupNames");
        });

        it("waits with each group for the template it launches from", () => {
            const template = found.one(TEMPLATE).urn;
            expect(found.one(GROUP, "apps-a").propertyDependencies["launchTemplate"]).to.deep.equal([template]);
        });

        it("keeps tags of the autoscaler off the instances", () => {
            expect(
                found.ofType("tag:Tag").map(({ inputs }) => (inputs["tag"] as { propagateAtLaunch: boolean }).propagateAtLaunch),
            ).not.to.include(true);
        });
    });
}

describe("ManagedNodeGroup", () => {
    it("launches from the template's latest version", async () => {
        expect((await apps()).one(GROUP).inputs.launchTemplate).to.include({ version: "1" });
    });

    it("puts autoscaler tags on the Auto Scaling group that EKS made", async () => {
        const found = await apps();
        const [tag] = found.ofType("tag:Tag");
        expect(tag?.inputs["autoscalingGroupName"]).to.match(/^eks-apps-/);
        expect(tag?.dependencies).to.include(found.one(GROUP).urn);
    });

    it("writes no autoscaler tags when told not to", async () => {
        expect((await apps(() => ({ autoscaler: { enabled: false } }))).ofType("tag:Tag")).to.deep.equal([]);
    });

    it("leaves image, type and profile to the group", async () => {
        expect((await apps()).one(TEMPLATE).inputs).not.to.have.any.keys("imageId", "instanceType", "iamInstanceProfile");
    });

    it("sets no user data when there is nothing to say", async () => {
        expect((await apps()).one(TEMPLATE).inputs).not.to.have.property("userData");
    });

    it("sends kubelet settings and leaves the rest of the NodeConfig to EKS", async () => {
        const { inputs } = (await apps(() => ({ kubelet: { maxPods: 30 }, labels: { a: "b" } }))).one(TEMPLATE);
        expect(nodeConfigOf(userDataOf(inputs)).spec).to.deep.equal({ kubelet: { config: { maxPods: 30 } } });
    });

    it("sends a whole NodeConfig with an image of the user's own", async () => {
        const { inputs } = (await apps(() => ({ imageId: "ami-1", labels: { a: "b" } }))).one(TEMPLATE);
        expect(nodeConfigOf(userDataOf(inputs)).spec.cluster.name).to.equal("prod");
        expect(inputs.imageId).to.equal("ami-1");
    });

    it("leaves version and AMI type out with an image of the user's own", async () => {
        expect((await apps(() => ({ imageId: "ami-1" }))).one(GROUP).inputs).not.to.have.any.keys("amiType", "version", "releaseVersion");
    });

    it("runs the cluster's version on the image of its architecture", async () => {
        const { inputs } = (await apps(() => ({ instanceTypes: ["m6g.large"] }))).one(GROUP);
        expect(inputs).to.include({ amiType: "AL2023_ARM_64_STANDARD", version: "1.35" });
    });

    it("runs an older version when told to", async () => {
        expect((await apps(() => ({ kubernetesVersion: "1.34" }))).one(GROUP).inputs.version).to.equal("1.34");
    });

    it("fixes a release when told to", async () => {
        const releaseVersion = "1.35.2-20251120";
        expect((await apps(() => ({ releaseVersion }))).one(GROUP).inputs.releaseVersion).to.equal(releaseVersion);
    });

    it("asks for no release unless told to, so that AWS's releases change nothing", async () => {
        expect((await apps()).one(GROUP).inputs).not.to.have.property("releaseVersion");
    });

    it("leaves the desired size alone after creation", async () => {
        const group = (await apps(() => ({ minSize: 2 }))).one(GROUP);
        expect(group.inputs.scalingConfig).to.deep.equal({ minSize: 2, maxSize: 3, desiredSize: 2 });
        expect(group.ignoreChanges).to.deep.equal(["scalingConfig.desiredSize"]);
    });

    it("owns the desired size when told to", async () => {
        expect((await apps(() => ({ ownDesiredSize: true }))).one(GROUP).ignoreChanges).to.deep.equal([]);
    });

    it("has a generated name, so that a replacement can come before the deletion", async () => {
        const group = (await apps()).one(GROUP);
        expect(group.inputs).to.include({ nodeGroupNamePrefix: "apps-" });
        expect(group.inputs).not.to.have.property("nodeGroupName");
        expect(group.deleteBeforeReplace).to.equal(false);
    });

    it("updates a third of the nodes at once and repairs them", async () => {
        const { inputs } = (await apps()).one(GROUP);
        expect(inputs.updateConfig).to.deep.equal({ maxUnavailablePercentage: 33 });
        expect(inputs.nodeRepairConfig).to.deep.equal({ enabled: true });
    });

    it("updates by count when told to, without the default percentage", async () => {
        const updateConfig = { maxUnavailable: 1, strategy: UpdateStrategy.Minimal };
        const { inputs } = (await apps(() => ({ updateConfig }))).one(GROUP);
        expect(inputs.updateConfig).to.deep.equal({ maxUnavailable: 1, updateStrategy: "MINIMAL" });
    });

    it("spells labels and taints as the API does", async () => {
        const taints = [TaintEffect.NoSchedule, TaintEffect.PreferNoSchedule, TaintEffect.NoExecute].map((effect) => ({
            key: "k",
            value: "v",
            effect,
        }));
        const { inputs } = (await apps(() => ({ labels: { a: "b" }, taints }))).one(GROUP);
        expect(inputs.labels).to.deep.equal({ a: "b" });
        expect((inputs.taints as { effect: string }[]).map(({ effect }) => effect)).to.deep.equal([
            "NO_SCHEDULE",
            "PREFER_NO_SCHEDULE",
            "NO_EXECUTE",
        ]);
    });

    it("buys spot instances of several types", async () => {
        const args = { capacityType: CapacityType.Spot, instanceTypes: ["m6i.large", "m5.large"] };
        expect((await apps(() => args)).one(GROUP).inputs).to.deep.include({
            capacityType: "SPOT",
            instanceTypes: ["m6i.large", "m5.large"],
        });
    });

    it("puts type and reservation of a capacity block into the template", async () => {
        const args = { capacityType: CapacityType.CapacityBlock, capacityReservationId: "cr-0a1b", instanceTypes: ["p5.48xlarge"] };
        const found = await apps(() => args);
        expect(found.one(TEMPLATE).inputs).to.deep.include({
            instanceType: "p5.48xlarge",
            instanceMarketOptions: { marketType: "capacity-block" },
            capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: "cr-0a1b" } },
        });
        expect(found.one(GROUP).inputs).to.include({ capacityType: "CAPACITY_BLOCK" });
        expect(found.one(GROUP).inputs).not.to.have.property("instanceTypes");
    });

    it("keeps a warm pool", async () => {
        const { inputs } = (await apps(() => ({ warmPool: { minSize: 2 } }))).one(GROUP);
        expect(inputs.warmPoolConfig).to.deep.equal({ minSize: 2, poolState: "STOPPED", reuseOnScaleIn: false });
    });

    it("attaches the cluster's security groups and the user's", async () => {
        const { inputs } = (await apps(() => ({ additionalSecurityGroupIds: ["sg-db"] }))).one(TEMPLATE);
        expect(inputs.vpcSecurityGroupIds).to.deep.equal(["sg-nodes", "sg-db"]);
    });

    it("answers metadata over IPv6 in an IPv6 cluster", async () => {
        const { inputs } = (await apps(() => ({ cluster: cluster({ ipFamily: IpFamily.Ipv6 }) }))).one(TEMPLATE);
        expect(inputs.metadataOptions.httpProtocolIpv6).to.equal("enabled");
    });

    it("waits for the role's policies and for what the cluster wants first", async () => {
        const found = await apps(() => ({
            cluster: cluster({ dependencies: [attachment("addon")] }),
            nodeRole: nodeRole({ dependencies: [attachment("policy")] }),
        }));
        const waits = found.one(GROUP).dependencies;
        expect(waits).to.include.members([found.one("RolePolicyAttachment", "addon").urn, found.one("RolePolicyAttachment", "policy").urn]);
    });

    it("passes its own dependsOn on to template and group", async () => {
        const found = await apps(undefined, () => ({ dependsOn: attachment("gate") }));
        const gate = found.one("RolePolicyAttachment", "gate").urn;
        expect(found.one(TEMPLATE).dependencies).to.include(gate);
        expect(found.one(GROUP).dependencies).to.include(gate);
    });

    it("shows no provider and no resource in its inputs", async () => {
        const { inputs } = (await apps()).one("ManagedNodeGroup");
        expect(inputs).to.deep.include({ cluster: "prod", nodeRole: "arn:aws:iam::123456789012:role/nodes" });
    });

    it("raises every problem as one error before anything is registered", async () => {
        let error: unknown;
        const registered = await recorded(() => {
            try {
                new ManagedNodeGroup("apps", groupArgs({ minSize: 5, maxSize: 3, labels: { a: "-" } }));
            } catch (raised) {
                error = raised;
            }
        });
        expect(pulumi.InputPropertiesError.isInstance(error)).to.equal(true);
        expect((error as pulumi.InputPropertiesError).errors.map(({ propertyPath }) => propertyPath)).to.deep.equal([
            "maxSize",
            "labels.a",
        ]);
        expect(registered.ofType("ManagedNodeGroup")).to.deep.equal([]);
    });

    it("refuses user data that is too long once the endpoint is known", () => {
        const endpoint = `https://${"x".repeat(20_000)}`;
        const render = () => checkedUserData("apps", nodeadmBootstrap(), node(), { ...CLUSTER, endpoint });
        expect(render).to.throw(/userData: user data of \d+ bytes/);
    });

    it("has a safe template for any valid arguments", async () => {
        const anyArgs = fc.record({
            operatingSystem: fc.constantFrom(...Object.values(OperatingSystem)),
            labels: anyLabels,
            taints: anyTaints,
        });
        const run = async (args: Partial<ManagedNodeGroupArgs>): Promise<void> => {
            const { inputs } = (await apps(() => ({ ...args, autoscaler: { enabled: false } }))).one(TEMPLATE);
            expect(inputs.metadataOptions).to.include({ httpTokens: "required", httpPutResponseHopLimit: 1 });
            const disks = inputs.blockDeviceMappings as { ebs: { encrypted: string } }[];
            expect(disks.length).to.be.greaterThan(0);
            expect(disks.map(({ ebs }) => ebs.encrypted)).not.to.include.members(["false"]);
            expect(disks.every(({ ebs }) => ebs.encrypted === "true")).to.equal(true);
        };
        await fc.assert(fc.asyncProperty(anyArgs, run), { numRuns: 15 });
    });
});
