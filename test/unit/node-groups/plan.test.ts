import { expect } from "chai";
import * as fc from "fast-check";
import { IpFamily } from "../../../components/core/handles";
import { Accelerator, Architecture, MetadataTokens, NodeGroupKind, validateNodeGroup, withDefaults } from "../../../components/node-groups";
import type { ManagedNodeGroupArgs } from "../../../components/node-groups";
import { discoveryTags, nodeTemplateTags } from "../../../components/node-groups/autoscaler-tags";
import { amiType, imageParameter } from "../../../components/node-groups/images";
import { instanceName, planDisks, planGroups, planMetadataOptions, zoneSuffix } from "../../../components/node-groups/plan";
import { OperatingSystem, TaintEffect } from "../../../components/user-data";
import { anyLabels, anyTaints } from "../user-data/documents";
import { subnets } from "./factories";

const anyZones = fc.uniqueArray(
    fc.constantFrom(..."abcdef").map((letter) => `eu-central-1${letter}`),
    { minLength: 1 },
);
const anyArgs: fc.Arbitrary<Partial<ManagedNodeGroupArgs>> = fc.record(
    {
        operatingSystem: fc.constantFrom(...Object.values(OperatingSystem)),
        instanceTypes: fc.constantFrom(["m6i.large"], ["m6g.large", "m7g.large"], ["t3.medium", "t3a.medium"]),
        disk: fc.record({ sizeGib: fc.integer({ min: 20, max: 500 }) }, { requiredKeys: [] }),
        labels: anyLabels,
        taints: anyTaints,
        minSize: fc.integer({ min: 0, max: 5 }),
    },
    { requiredKeys: [] },
);

describe("plan of groups", () => {
    it("is one group over all subnets", () => {
        const [group, ...others] = planGroups("apps", subnets("eu-central-1a", "eu-central-1b"), false);
        expect(others).to.deep.equal([]);
        expect(group?.name).to.equal("apps");
        expect(group?.subnets.map((subnet) => subnet.zone)).to.deep.equal(["eu-central-1a", "eu-central-1b"]);
    });

    it("is one group for each zone, named by the zone", () => {
        const groups = planGroups("apps", subnets("eu-central-1c", "eu-central-1a"), true);
        expect(groups.map(({ name, zone }) => `${name} ${zone}`)).to.deep.equal(["apps-c eu-central-1c", "apps-a eu-central-1a"]);
    });

    it("never renames a zone's group when zones come and go", () => {
        fc.assert(
            fc.property(anyZones, anyZones, (before, after) => {
                const names = (zones: string[]) =>
                    new Map(planGroups("apps", subnets(...zones), true).map((group) => [group.zone, group.name]));
                const later = names(after);
                for (const [zone, name] of names(before)) {
                    expect(later.get(zone) ?? name).to.equal(name);
                }
            }),
        );
    });

    it("gives every subnet to exactly one group", () => {
        fc.assert(
            fc.property(anyZones, fc.boolean(), (zones, perZone) => {
                const placed = planGroups("apps", subnets(...zones), perZone).flatMap((group) => group.subnets.map(({ id }) => id));
                expect(placed).to.have.members(subnets(...zones).map(({ id }) => id));
            }),
        );
    });

    it("names zones by what tells them apart within the region", () => {
        expect(["eu-central-1a", "us-gov-west-1b", "us-west-2-lax-1a", "ap-southeast-10c"].map(zoneSuffix)).to.deep.equal([
            "a",
            "b",
            "lax-1a",
            "c",
        ]);
    });
});

describe("plan of the launch template", () => {
    it("requires tokens and one hop for any valid arguments", () => {
        fc.assert(
            fc.property(anyArgs, fc.constantFrom(...Object.values(IpFamily)), (args, family) => {
                const options = planMetadataOptions(withDefaults(args).metadata, family);
                expect(options).to.deep.include({ httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
            }),
        );
    });

    it("loosens metadata options only where told to", () => {
        const { metadata } = withDefaults({ metadata: { tokens: MetadataTokens.Optional, hopLimit: 2 } });
        expect(planMetadataOptions(metadata, IpFamily.Ipv4)).to.deep.include({ httpTokens: "optional", httpPutResponseHopLimit: 2 });
    });

    it("opens the IPv6 metadata endpoint in IPv6 clusters only", () => {
        const { metadata } = withDefaults({});
        const answers = [IpFamily.Ipv4, IpFamily.Ipv6].map((family) => planMetadataOptions(metadata, family).httpProtocolIpv6);
        expect(answers).to.deep.equal(["disabled", "enabled"]);
    });

    it("keeps instance tags out of metadata, whose keys may have no slash", () => {
        expect(planMetadataOptions(withDefaults({}).metadata, IpFamily.Ipv4).instanceMetadataTags).to.equal("disabled");
    });

    it("keeps system and data of Bottlerocket on two disks", () => {
        const disks = planDisks(OperatingSystem.Bottlerocket, withDefaults({ disk: { sizeGib: 80 } }).disk);
        expect(disks.map(({ deviceName, disk }) => [deviceName, disk.sizeGib])).to.deep.equal([
            ["/dev/xvda", 4],
            ["/dev/xvdb", 80],
        ]);
    });

    it("encrypts both disks of Bottlerocket with the key given", () => {
        const disks = planDisks(OperatingSystem.Bottlerocket, withDefaults({ disk: { kmsKeyId: "alias/nodes" } }).disk);
        expect(disks.map(({ disk }) => disk.kmsKeyId)).to.deep.equal(["alias/nodes", "alias/nodes"]);
    });

    it("names instances by cluster and group, the cluster once", () => {
        expect([instanceName("prod", "apps"), instanceName("prod", "prod-apps"), instanceName("prod", "prod")]).to.deep.equal([
            "prod-apps",
            "prod-apps",
            "prod",
        ]);
    });

    it("has arguments behind it that pass validation", () => {
        fc.assert(
            fc.property(anyArgs, (args) => {
                expect(validateNodeGroup(NodeGroupKind.Managed, { ...args, autoscaler: { enabled: false } })).to.deep.equal([]);
            }),
        );
    });
});

describe("images", () => {
    const choice = {
        operatingSystem: OperatingSystem.AmazonLinux2023,
        architecture: Architecture.X86,
        accelerator: Accelerator.None,
        kubernetesVersion: "1.35",
    } as const;
    const bottlerocket = { ...choice, operatingSystem: OperatingSystem.Bottlerocket };

    it("have an AMI type for every operating system and architecture", () => {
        const architectures = Object.values(Architecture);
        const types = [choice, bottlerocket].flatMap((base) => architectures.map((architecture) => amiType({ ...base, architecture })));
        expect(types).to.deep.equal(["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD", "BOTTLEROCKET_x86_64", "BOTTLEROCKET_ARM_64"]);
    });

    it("have no Neuron variant for Arm or Bottlerocket", () => {
        const neuron = { accelerator: Accelerator.Neuron };
        expect(amiType({ ...choice, ...neuron, architecture: Architecture.Arm })).to.equal(undefined);
        expect(amiType({ ...bottlerocket, ...neuron })).to.equal(undefined);
    });

    it("name the recommended image of the minor", () => {
        expect(imageParameter(choice)).to.equal(
            "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id",
        );
    });

    it("name the image of a fixed release", () => {
        expect(imageParameter({ ...choice, releaseVersion: "1.35.2-20251120" })).to.equal(
            "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/amazon-eks-node-al2023-x86_64-standard-1.35-v20251120/image_id",
        );
    });

    it("name Bottlerocket by variant, architecture and release", () => {
        expect(imageParameter(bottlerocket)).to.equal("/aws/service/bottlerocket/aws-k8s-1.35/x86_64/latest/image_id");
        const fixed = { accelerator: Accelerator.Nvidia, architecture: Architecture.Arm, releaseVersion: "1.50.0-7e2ff0ea" };
        expect(imageParameter({ ...bottlerocket, ...fixed })).to.equal(
            "/aws/service/bottlerocket/aws-k8s-1.35-nvidia/arm64/1.50.0-7e2ff0ea/image_id",
        );
    });
});

describe("autoscaler tags", () => {
    const nothing = { labels: {}, taints: [], resources: {}, diskSizeGib: 50 };
    const PREFIX = "k8s.io/cluster-autoscaler/node-template";

    it("let the autoscaler discover the group", () => {
        expect(discoveryTags("prod")).to.deep.equal({
            "k8s.io/cluster-autoscaler/enabled": "true",
            "k8s.io/cluster-autoscaler/prod": "owned",
        });
    });

    it("tell disk, labels, taints and resources of a node that is not there yet", () => {
        const taints = [{ key: "dedicated", value: "gpu", effect: TaintEffect.NoSchedule }];
        expect(nodeTemplateTags({ ...nothing, labels: { team: "a" }, taints, resources: { "nvidia.com/gpu": "1" } })).to.deep.equal({
            [`${PREFIX}/label/team`]: "a",
            [`${PREFIX}/taint/dedicated`]: "gpu:NoSchedule",
            [`${PREFIX}/resources/ephemeral-storage`]: "50Gi",
            [`${PREFIX}/resources/nvidia.com/gpu`]: "1",
        });
    });

    it("tell the zone that volumes ask for", () => {
        expect(nodeTemplateTags({ ...nothing, zone: "eu-central-1a" })).to.have.property(
            `${PREFIX}/label/topology.ebs.csi.aws.com/zone`,
            "eu-central-1a",
        );
    });

    it("tell the strongest of several effects on one key", () => {
        const taints = Object.values(TaintEffect).map((effect) => ({ key: "k", effect }));
        expect(nodeTemplateTags({ ...nothing, taints })).to.have.property(`${PREFIX}/taint/k`, ":NoExecute");
    });
});
