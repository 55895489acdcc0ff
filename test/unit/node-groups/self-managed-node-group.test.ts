/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument -- recorded inputs and parsed documents have no type of their own */
import { expect } from "chai";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { LifecycleTransition, SelfManagedNodeGroup, WarmPoolState } from "../../../components/node-groups";
import type { SelfManagedNodeGroupArgs } from "../../../components/node-groups";
import { OperatingSystem } from "../../../components/user-data";
import { UNKNOWN } from "../../../tools/plan/recorder";
import { nodeConfigOf, settingsOf } from "../user-data/documents";
import { attachment, children, cluster, groupArgs, nodeRole, recorded, TAGS, userDataOf } from "./factories";
import type { Found } from "./factories";

const TEMPLATE = "launchTemplate:LaunchTemplate";
const GROUP = "autoscaling/group:Group";

function batch(
    args: () => Partial<SelfManagedNodeGroupArgs> = () => ({}),
    opts?: () => pulumi.ComponentResourceOptions,
    preview = false,
): Promise<Found> {
    return recorded(() => void new SelfManagedNodeGroup("batch", groupArgs(args()), opts?.()), preview);
}

type Tag = { key: string; value: string; propagateAtLaunch: boolean };

for (const preview of [false, true]) {
    describe(`SelfManagedNodeGroup in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            const hook = { name: "drain", transition: LifecycleTransition.Terminating };
            found = await batch(
                () => ({
                    perZone: true,
                    createAccessEntry: true,
                    lifecycleHooks: [hook],
                    nodeRole: nodeRole({ instanceProfileName: undefined, name: "nodes" }),
                }),
                undefined,
                preview,
            );
        });

        it("has the children its name promises", () => {
            expect(children(found, "SelfManagedNodeGroup")).to.have.members([
                "AccessEntry batch-access",
                "InstanceProfile batch-profile",
                "LaunchTemplate batch-template",
                "Group batch-a",
                "Group batch-b",
                "LifecycleHook batch-a-hook-drain",
                "LifecycleHook batch-b-hook-drain",
            ]);
        });

        it("requires tokens and one hop", () => {
            expect(found.one(TEMPLATE).inputs.metadataOptions).to.include({ httpTokens: "required", httpPutResponseHopLimit: 1 });
        });

        it("tags instances, volumes and network interfaces", () => {
            const specifications = found.one(TEMPLATE).inputs.tagSpecifications as { resourceType: string; tags: object }[];
            expect(specifications.map(({ resourceType }) => resourceType)).to.deep.equal(["instance", "volume", "network-interface"]);
            specifications.forEach(({ tags }) => expect(tags).to.deep.equal({ ...TAGS, Name: "prod-batch" }));
        });

        it("passes the tags for instances on, and only those", () => {
            const passed = (found.one(GROUP, "batch-a").inputs.tags as Tag[]).filter((tag) => tag.propagateAtLaunch);
            expect(Object.fromEntries(passed.map(({ key, value }) => [key, value]))).to.deep.equal({
                ...TAGS,
                Name: "prod-batch-a",
                "kubernetes.io/cluster/prod": "owned",
            });
        });

        it("waits with each group for template and access entry", () => {
            const waits = found.one(GROUP, "batch-a").dependencies;
            expect(waits).to.include.members([found.one(TEMPLATE).urn, found.one("AccessEntry").urn]);
        });

        it("gives the nodes' role a Linux access entry", () => {
            expect(found.one("AccessEntry").inputs).to.include({ clusterName: "prod", principalArn: nodeRole().arn, type: "EC2_LINUX" });
        });

        it("registers its outputs", () => {
            expect(found.one("SelfManagedNodeGroup").outputs).to.have.keys(
                "launchTemplateId",
                "autoScalingGroupNames",
                "instanceProfileName",
            );
        });
    });
}

describe("SelfManagedNodeGroup", () => {
    it("makes neither access entry nor profile for a shared role", async () => {
        expect(children(await batch(), "SelfManagedNodeGroup")).to.deep.equal(["LaunchTemplate batch-template", "Group batch"]);
    });

    it("launches the image that the public parameter names, and so never changes by itself", async () => {
        const { inputs } = (await batch()).one(TEMPLATE);
        expect(inputs.imageId).to.equal(
            "resolve:ssm:/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id",
        );
    });

    it("knows in a preview that user data waits for a new cluster", async () => {
        const made = () => new aws.eks.Cluster("prod", { roleArn: "arn:aws:iam::123456789012:role/c", vpcConfig: { subnetIds: [] } });
        const found = await batch(() => ({ cluster: cluster({ endpoint: made().endpoint }) }), undefined, true);
        const template = found.one(TEMPLATE);
        expect(template.inputs.userData).to.equal(UNKNOWN);
        expect(template.propertyDependencies["userData"]).to.deep.equal([found.one("cluster:Cluster").urn]);
    });

    it("launches a fixed image", async () => {
        expect((await batch(() => ({ imageId: "ami-1" }))).one(TEMPLATE).inputs.imageId).to.equal("ami-1");
    });

    it("sends a whole NodeConfig", async () => {
        const { spec } = nodeConfigOf(userDataOf((await batch(() => ({ labels: { a: "b" } }))).one(TEMPLATE).inputs));
        expect(spec.cluster).to.include({ name: "prod", cidr: "172.20.0.0/16" });
        expect(spec.kubelet.flags).to.deep.equal(["--node-labels=a=b"]);
    });

    it("sends whole Bottlerocket settings", async () => {
        const { inputs } = (await batch(() => ({ operatingSystem: OperatingSystem.Bottlerocket }))).one(TEMPLATE);
        expect(settingsOf(userDataOf(inputs)).kubernetes).to.include({ "cluster-name": "prod", "cluster-dns-ip": "172.20.0.10" });
    });

    it("launches one type straight from the template's latest version", async () => {
        const found = await batch(() => ({ instanceTypes: ["m6i.xlarge"] }));
        expect(found.one(TEMPLATE).inputs.instanceType).to.equal("m6i.xlarge");
        expect(found.one(GROUP).inputs.launchTemplate).to.include({ version: "1" });
        expect(found.one(GROUP).inputs).not.to.have.property("mixedInstancesPolicy");
    });

    it("mixes on-demand and spot over several types", async () => {
        const args = {
            instanceTypes: ["m6i.large", "m5.large"],
            instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBase: 20 },
        };
        const found = await batch(() => args);
        const { mixedInstancesPolicy, capacityRebalance } = found.one(GROUP).inputs;
        expect(mixedInstancesPolicy.instancesDistribution).to.deep.equal({
            onDemandBaseCapacity: 1,
            onDemandPercentageAboveBaseCapacity: 20,
            onDemandAllocationStrategy: "prioritized",
            spotAllocationStrategy: "price-capacity-optimized",
        });
        expect(mixedInstancesPolicy.launchTemplate.overrides).to.deep.equal([{ instanceType: "m6i.large" }, { instanceType: "m5.large" }]);
        expect(mixedInstancesPolicy.launchTemplate.launchTemplateSpecification).to.include({ version: "1" });
        expect(capacityRebalance).to.equal(true);
        expect(found.one(TEMPLATE).inputs).not.to.have.property("instanceType");
    });

    it("takes no spot instances unless told to", async () => {
        const { mixedInstancesPolicy, capacityRebalance } = (await batch(() => ({ instanceTypes: ["m6i.large", "m5.large"] }))).one(
            GROUP,
        ).inputs;
        expect(mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity).to.equal(100);
        expect(capacityRebalance).to.equal(false);
    });

    it("starts with the sizes given", async () => {
        const { inputs } = (await batch(() => ({ minSize: 1, desiredSize: 2, maxSize: 4 }))).one(GROUP);
        expect(inputs).to.include({ minSize: 1, desiredCapacity: 2, maxSize: 4 });
    });

    it("chooses types by attributes", async () => {
        const instanceRequirements = { vcpuCount: { min: 2, max: 8 }, memoryMib: { min: 4096 }, cpuManufacturers: ["amd"] };
        const { mixedInstancesPolicy } = (await batch(() => ({ instanceRequirements }))).one(GROUP).inputs;
        expect(mixedInstancesPolicy.launchTemplate.overrides).to.deep.equal([{ instanceRequirements }]);
        expect(mixedInstancesPolicy.instancesDistribution.onDemandAllocationStrategy).to.equal("lowest-price");
    });

    it("replaces nodes after a change, new ones first", async () => {
        const { instanceRefresh } = (await batch()).one(GROUP).inputs;
        expect(instanceRefresh.strategy).to.equal("Rolling");
        expect(instanceRefresh.preferences).to.deep.equal({
            minHealthyPercentage: 100,
            maxHealthyPercentage: 110,
            autoRollback: false,
            skipMatching: false,
        });
    });

    it("waits at checkpoints and rolls back when told to", async () => {
        const instanceRefresh = {
            checkpointPercentages: [10, 50, 100],
            checkpointDelaySeconds: 600,
            autoRollback: true,
            alarmNames: ["5xx"],
        };
        const { preferences } = (await batch(() => ({ imageId: "ami-1", instanceRefresh }))).one(GROUP).inputs.instanceRefresh;
        expect(preferences).to.deep.include({
            checkpointPercentages: [10, 50, 100],
            checkpointDelay: "600",
            autoRollback: true,
            alarmSpecification: { alarms: ["5xx"] },
        });
    });

    it("replaces nothing after a change when refresh is off", async () => {
        expect((await batch(() => ({ instanceRefresh: { enabled: false } }))).one(GROUP).inputs).not.to.have.property("instanceRefresh");
    });

    it("keeps a warm pool", async () => {
        const warmPool = { minSize: 1, maxPreparedCapacity: 5, poolState: WarmPoolState.Running, reuseOnScaleIn: true };
        expect((await batch(() => ({ warmPool }))).one(GROUP).inputs.warmPool).to.deep.equal({
            minSize: 1,
            maxGroupPreparedCapacity: 5,
            poolState: "Running",
            instanceReusePolicy: { reuseOnScaleIn: true },
        });
    });

    it("has its lifecycle hooks before the first instance", async () => {
        const group = (await batch(() => ({ lifecycleHooks: [{ name: "drain", transition: LifecycleTransition.Terminating }] }))).one(
            GROUP,
        );
        expect(group.inputs.initialLifecycleHooks).to.deep.equal([
            {
                name: "drain",
                lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
                heartbeatTimeout: 300,
                defaultResult: "CONTINUE",
            },
        ]);
        expect(group.ignoreChanges).to.include("initialLifecycleHooks");
    });

    it("does not move nodes between zones without draining them", async () => {
        expect((await batch()).one(GROUP).inputs.suspendedProcesses).to.deep.equal(["AZRebalance"]);
    });

    it("leaves the desired size alone after creation, unless it owns it", async () => {
        expect((await batch()).one(GROUP).ignoreChanges).to.include("desiredCapacity");
        expect((await batch(() => ({ ownDesiredSize: true }))).one(GROUP).ignoreChanges).not.to.include("desiredCapacity");
    });

    it("is discovered by the autoscaler and described to it", async () => {
        const tags = (await batch(() => ({ labels: { team: "a" } }))).one(GROUP).inputs.tags as Tag[];
        expect(tags.filter((tag) => !tag.propagateAtLaunch).map(({ key }) => key)).to.deep.equal([
            "k8s.io/cluster-autoscaler/enabled",
            "k8s.io/cluster-autoscaler/node-template/label/team",
            "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage",
            "k8s.io/cluster-autoscaler/prod",
        ]);
    });

    it("has a generated name, so that a replacement can come before the deletion", async () => {
        const group = (await batch()).one(GROUP);
        expect(group.inputs).to.include({ namePrefix: "batch-" });
        expect(group.inputs).not.to.have.property("name");
    });

    it("waits for the role's policies, for the cluster, and for its own dependsOn", async () => {
        const found = await batch(
            () => ({
                cluster: cluster({ dependencies: [attachment("addon")] }),
                nodeRole: nodeRole({ dependencies: [attachment("policy")] }),
            }),
            () => ({ dependsOn: [attachment("gate")] }),
        );
        const urns = ["addon", "policy", "gate"].map((name) => found.one("RolePolicyAttachment", name).urn);
        expect(found.one(GROUP).dependencies).to.include.members(urns);
    });
});
