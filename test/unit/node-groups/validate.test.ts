import { expect } from "chai";
import { NodeGroupKind, validateNodeGroup } from "../../../components/node-groups";
import type { ManagedNodeGroupArgs, SelfManagedNodeGroupArgs } from "../../../components/node-groups";
import type { ClusterHandle } from "../../../components/core/handles";
import { subnets } from "./factories";

type Loose<T> = { [K in keyof T]?: unknown };
const managed = (args: Loose<ManagedNodeGroupArgs>, name?: string) =>
    validateNodeGroup(NodeGroupKind.Managed, args as Partial<ManagedNodeGroupArgs>, name);
const selfManaged = (args: Loose<SelfManagedNodeGroupArgs>, name?: string) =>
    validateNodeGroup(NodeGroupKind.SelfManaged, args as Partial<SelfManagedNodeGroupArgs>, name);
const paths = (problems: ReturnType<typeof managed>) => problems.map((problem) => problem.path);
const taint = (effect: string, key = "k") => ({ key, value: "v", effect });

/** What is refused, as: title, arguments, paths of the problems. */
type Case<T> = [title: string, args: Loose<T>, paths: string[]];

const SHARED: Case<ManagedNodeGroupArgs & SelfManagedNodeGroupArgs>[] = [
    ["a maximum below the minimum", { minSize: 5, maxSize: 3 }, ["maxSize"]],
    ["a maximum of zero", { minSize: 0, maxSize: 0 }, ["maxSize"]],
    ["a negative minimum", { minSize: -1 }, ["minSize", "desiredSize"]],
    ["a fraction of a node", { minSize: 1.5 }, ["minSize", "desiredSize"]],
    ["a desired size above the maximum", { maxSize: 3, desiredSize: 4 }, ["desiredSize"]],
    ["a desired size below the minimum", { minSize: 2, desiredSize: 1 }, ["desiredSize"]],
    ["an unknown operating system", { operatingSystem: "windows" }, ["operatingSystem"]],
    ["an unknown instance type", { instanceTypes: ["t3.foo"] }, ["instanceTypes[0]"]],
    ["an empty list of instance types", { instanceTypes: [] }, ["instanceTypes"]],
    ["mixed architectures", { instanceTypes: ["m6i.large", "m6g.large"] }, ["instanceTypes"]],
    ["an architecture the types do not have", { instanceTypes: ["m6i.large"], architecture: "arm64" }, ["architecture"]],
    ["an unknown family without architecture", { instanceTypes: ["m99i.large"], allowUnknownInstanceTypes: true }, ["architecture"]],
    ["Neuron on Bottlerocket", { operatingSystem: "bottlerocket", accelerator: "neuron" }, ["accelerator"]],
    ["a release of another operating system", { releaseVersion: "1.50.0-7e2ff0ea" }, ["releaseVersion"]],
    ["a fixed image beside a fixed release", { imageId: "ami-1", releaseVersion: "1.35.2-20251120" }, ["releaseVersion"]],
    ["shell commands on Bottlerocket", { operatingSystem: "bottlerocket", nodeadm: { preCommands: ["true"] } }, ["nodeadm"]],
    ["Bottlerocket settings on Amazon Linux", { bottlerocket: { adminContainer: true } }, ["bottlerocket"]],
    ["a label key Kubernetes refuses", { labels: { "a b": "c" } }, ["labels.a b", "autoscaler"].slice(0, 1)],
    ["a label value Kubernetes refuses", { labels: { a: "-c" } }, ["labels.a"]],
    ["a reserved label", { labels: { "node-role.kubernetes.io/worker": "" } }, ["labels.node-role.kubernetes.io/worker"]],
    ["a label of EKS's own", { labels: { "eks.amazonaws.com/nodegroup": "x" } }, ["labels.eks.amazonaws.com/nodegroup"]],
    ["a taint effect of the API's spelling", { taints: [taint("NO_SCHEDULE")] }, ["taints[0].effect"]],
    ["a taint without effect", { taints: [{ key: "k" }] }, ["taints[0].effect"]],
    ["one taint twice", { taints: [taint("NoSchedule"), taint("NoSchedule")] }, ["taints[1]"]],
    ["a taint key Kubernetes refuses", { taints: [taint("NoSchedule", "a/b/c")] }, ["taints[0].key"]],
    ["zero pods", { kubelet: { maxPods: 0 } }, ["kubelet.maxPods"]],
    ["an amount that is none", { kubelet: { kubeReserved: { cpu: "lots" } } }, ["kubelet.kubeReserved.cpu"]],
    ["a version that is no minor", { kubernetesVersion: "1.35.1" }, ["kubernetesVersion"]],
    ["a disk too small for images", { disk: { sizeGib: 5 } }, ["disk.sizeGib"]],
    ["more IOPS than the size carries", { disk: { sizeGib: 20, iops: 16000 } }, ["disk.iops"]],
    ["more throughput than the IOPS carry", { disk: { throughput: 1000 } }, ["disk.throughput"]],
    ["a hop limit of zero", { metadata: { hopLimit: 0 } }, ["metadata.hopLimit"]],
    ["unknown metadata tokens", { metadata: { tokens: "maybe" } }, ["metadata.tokens"]],
    ["no subnets", { subnets: [] }, ["subnets"]],
    ["two subnets of one zone with perZone", { perZone: true, subnets: subnets("eu-central-1a", "eu-central-1a") }, ["subnets"]],
    ["a reserved tag", { tags: { "aws:x": "y" } }, ["tags.aws:x"]],
    ["user data above 16 KiB", { kubelet: { extraConfiguration: { a: "x".repeat(20_000) } } }, ["userData"]],
    ["a name with a dot", {}, [""]],
];

const MANAGED: Case<ManagedNodeGroupArgs>[] = [
    ["an unknown capacity type", { capacityType: "SPOT" }, ["capacityType"]],
    ["a capacity block without reservation", { capacityType: "capacity-block", instanceTypes: ["p5.48xlarge"] }, ["capacityReservationId"]],
    [
        "a capacity block of several types",
        { capacityType: "capacity-block", capacityReservationId: "cr-0a1b", instanceTypes: ["p5.48xlarge", "p4d.24xlarge"] },
        ["instanceTypes"],
    ],
    ["a reservation without capacity block", { capacityReservationId: "cr-0a1b" }, ["capacityReservationId"]],
    ["both kinds of update limit", { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 10 } }, ["updateConfig"]],
    ["an update limit above 100 %", { updateConfig: { maxUnavailablePercentage: 101 } }, ["updateConfig.maxUnavailablePercentage"]],
    ["both kinds of repair limit", { nodeRepair: { maxParallelCount: 1, maxParallelPercentage: 10 } }, ["nodeRepair"]],
    ["a warm pool of spot instances", { capacityType: "spot", warmPool: {} }, ["warmPool"]],
    ["a label key longer than EKS takes", { labels: { [`example.com/${"a".repeat(60)}`]: "b" } }, [`labels.example.com/${"a".repeat(60)}`]],
    [
        "more taints than EKS takes",
        { autoscaler: { enabled: false }, taints: Array.from({ length: 51 }, (_, i) => taint("NoSchedule", `k${i}`)) },
        ["taints"],
    ],
];

const SELF_MANAGED: Case<SelfManagedNodeGroupArgs>[] = [
    [
        "attributes beside types",
        { instanceTypes: ["m6i.large"], instanceRequirements: { vcpuCount: { min: 2 }, memoryMib: { min: 1 } } },
        ["instanceRequirements"],
    ],
    ["attributes without the least memory", { instanceRequirements: { vcpuCount: { min: 2 } } }, ["instanceRequirements.memoryMib"]],
    [
        "a range that ends before it begins",
        { instanceRequirements: { vcpuCount: { min: 4, max: 2 }, memoryMib: { min: 1 } } },
        ["instanceRequirements.vcpuCount"],
    ],
    [
        "spot options without spot",
        { instancesDistribution: { spotAllocationStrategy: "lowest-price" } },
        ["instancesDistribution.spotAllocationStrategy"],
    ],
    ["rebalancing without spot", { capacityRebalance: true }, ["capacityRebalance"]],
    ["a warm pool of spot instances", { warmPool: {}, instancesDistribution: { onDemandPercentageAboveBase: 0 } }, ["warmPool"]],
    [
        "checkpoints that do not ascend",
        { instanceRefresh: { checkpointPercentages: [50, 20] } },
        ["instanceRefresh.checkpointPercentages[1]"],
    ],
    ["a delay without checkpoints", { instanceRefresh: { checkpointDelaySeconds: 60 } }, ["instanceRefresh.checkpointDelaySeconds"]],
    ["rollback to an image that is looked up", { instanceRefresh: { autoRollback: true } }, ["instanceRefresh.autoRollback"]],
    ["health limits that leave no room", { instanceRefresh: { maxHealthyPercentage: 100 } }, ["instanceRefresh"]],
    ["health limits too far apart", { instanceRefresh: { minHealthyPercentage: 0 } }, ["instanceRefresh.maxHealthyPercentage"]],
    [
        "an unknown lifecycle transition",
        { lifecycleHooks: [{ name: "a", transition: "EC2_INSTANCE_LAUNCHING" }] },
        ["lifecycleHooks[0].transition"],
    ],
    ["a lifetime below a day", { maxInstanceLifetimeSeconds: 3600 }, ["maxInstanceLifetimeSeconds"]],
    ["an unknown scaling process", { suspendedProcesses: ["AzRebalance"] }, ["suspendedProcesses[0]"]],
    ["a role without profile and name", { nodeRole: { arn: "arn:aws:iam::1:role/x", dependencies: [] } }, ["nodeRole"]],
    ["a field of managed groups", { capacityType: "spot" } as Loose<SelfManagedNodeGroupArgs>, ["capacityType"]],
];

describe("validation of any node group", () => {
    for (const [title, args, expected] of SHARED) {
        const name = title.startsWith("a name") ? "a.b" : "apps";
        const complete = title.startsWith("user data") ? { ...args, imageId: "ami-1" } : args;
        it(`refuses ${title}`, () => {
            expect(paths(managed(complete, name))).to.include.members(expected);
            expect(paths(selfManaged(complete, name))).to.include.members(expected);
            expect(paths(managed(complete, name)).filter((path) => path !== "autoscaler")).to.deep.equal(expected);
        });
    }

    it("takes no arguments at all", () => {
        expect(managed({}, "apps")).to.deep.equal([]);
        expect(selfManaged({}, "apps")).to.deep.equal([]);
    });

    it("takes several effects of one taint key", () => {
        expect(managed({ taints: [taint("NoSchedule"), taint("NoExecute")] })).to.deep.equal([]);
    });

    it("takes labels a kubelet may set", () => {
        expect(managed({ labels: { "node.kubernetes.io/lifecycle": "spot", "topology.kubernetes.io/zone": "a" } })).to.deep.equal([]);
    });

    it("takes KubeletConfiguration fields it does not know", () => {
        expect(managed({ kubelet: { extraConfiguration: { someNewField: true } } })).to.deep.equal([]);
    });

    it("starts with the minimum when the minimum alone is given", () => {
        expect(managed({ minSize: 10 })).to.deep.equal([]);
    });

    it("returns every problem at once", () => {
        expect(paths(managed({ minSize: 5, maxSize: 3, labels: { a: "-" }, disk: { sizeGib: 1 } }))).to.deep.equal([
            "maxSize",
            "labels.a",
            "disk.sizeGib",
        ]);
    });

    it("suggests the effect that was meant", () => {
        expect(managed({ taints: [taint("NO_EXECUTE")] })[0]?.reason).to.contain('did you mean "NoExecute"');
    });

    it("lets nodes be three minors behind the cluster and no more", () => {
        const cluster = { kubernetesVersion: "1.35", kind: "eks", name: "prod" } as ClusterHandle;
        const refused = ["1.31", "1.32", "1.35", "1.36"].filter((kubernetesVersion) => managed({ cluster, kubernetesVersion }).length > 0);
        expect(refused).to.deep.equal(["1.31", "1.36"]);
    });

    it("refuses EKS images on a self-managed cluster", () => {
        const cluster = { kind: "self-managed", name: "prod" } as ClusterHandle;
        expect(paths(selfManaged({ cluster }))).to.deep.equal(["operatingSystem"]);
    });

    it("names the label that makes a tag too long", () => {
        const key = `${"a".repeat(60)}.example.com/${"b".repeat(30)}`;
        expect(
            selfManaged({ labels: { [key]: "" } })
                .map(({ path, reason }) => `${path} ${reason}`)
                .join(),
        ).to.match(/^autoscaler .*tag key of \d+ characters/);
    });

    it("refuses more tags than a group can carry", () => {
        const labels = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`label-${index}`, "x"]));
        expect(paths(managed({ labels }))).to.deep.equal(["autoscaler"]);
    });
});

describe("validation of a managed group", () => {
    for (const [title, args, expected] of MANAGED) {
        it(`refuses ${title}`, () => {
            expect(paths(managed(args))).to.deep.equal(expected);
        });
    }

    it("takes a capacity block", () => {
        expect(managed({ capacityType: "capacity-block", capacityReservationId: "cr-0a1b", instanceTypes: ["p5.48xlarge"] })).to.deep.equal(
            [],
        );
    });

    it("refuses each field of self-managed groups", () => {
        expect(paths(managed({ instanceRefresh: {} } as Loose<ManagedNodeGroupArgs>))).to.deep.equal(["instanceRefresh"]);
    });

    it("refuses a name that leaves no room for the generated end", () => {
        expect(managed({}, "a".repeat(36))).to.deep.equal([]);
        expect(paths(managed({}, "a".repeat(37)))).to.deep.equal([""]);
        expect(paths(managed({ perZone: true }, "a".repeat(36)))).to.deep.equal([""]);
    });

    it("does not count stand-ins where EKS adds endpoint and CA itself", () => {
        const filled = { nodeadm: { preCommands: [`# ${"x".repeat(15_500)}`] } };
        expect(managed(filled)).to.deep.equal([]);
        expect(paths(managed({ ...filled, imageId: "ami-1" }))).to.deep.equal(["userData"]);
    });
});

describe("validation of a self-managed group", () => {
    for (const [title, args, expected] of SELF_MANAGED) {
        it(`refuses ${title}`, () => {
            expect(paths(selfManaged(args))).to.deep.equal(expected);
        });
    }

    it("takes rollback with a fixed image", () => {
        expect(selfManaged({ imageId: "ami-1", instanceRefresh: { autoRollback: true } })).to.deep.equal([]);
    });
});
