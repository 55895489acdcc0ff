import { expect } from "chai";
import * as fc from "fast-check";
import { addressesAtRest, addressesWhenFull, cniSettings, podsByAddresses } from "../../../tools/plan/budgets/cni";
import type { CniSettings } from "../../../tools/plan/budgets/cni";
import { PlanIndex } from "../../../tools/plan/budgets/plan-index";
import { BudgetKind, BudgetStatus } from "../../../tools/plan/budgets";
import type { PlannedResource } from "../../../tools/plan/plan-file";
import { instanceCapacity, knownInstanceTypes, recommendedPods } from "../../../tools/plan/tables/instance-capacity";
import type { InstanceCapacity } from "../../../tools/plan/tables/instance-capacity";
import { addresses, cluster, cni, managed, ofKind, planned, selfManaged, subnet, template } from "./budget-plans";
import type { Inputs } from "./budget-plans";

const capacityOf = (type: string): InstanceCapacity => instanceCapacity(type) as InstanceCapacity;
const SECONDARY: CniSettings = { ipv6: false, prefixDelegation: false, customNetworking: false, warmInterfaces: 1, warmPrefixes: 1 };
const PREFIX = { ...SECONDARY, prefixDelegation: true };
const CUSTOM = { ...SECONDARY, customNetworking: true };

describe("the table of instance types", () => {
    it("has more than 800 types", () => {
        expect(knownInstanceTypes()).to.have.length.above(800);
    });

    // Published by AWS: eni-max-pods.txt of amazon-vpc-cni-k8s, and the formulas of its README.
    const published: [type: string, secondary: number, prefix: number, custom: number, both: number][] = [
        ["t3.small", 11, 146, 8, 98],
        ["t3.medium", 17, 242, 12, 162],
        ["t3.large", 35, 530, 24, 354],
        ["m5.large", 29, 434, 20, 290],
        ["m5.xlarge", 58, 898, 44, 674],
        ["m5.4xlarge", 234, 3714, 205, 3250],
        ["c5.24xlarge", 737, 11762, 688, 10978],
        ["p5.48xlarge", 100, 1570, 51, 786],
    ];
    for (const [type, secondary, prefix, custom, both] of published) {
        it(`carries on ${type} the pods AWS publishes`, () => {
            const settings = [SECONDARY, PREFIX, CUSTOM, { ...PREFIX, customNetworking: true }];
            expect(settings.map((item) => podsByAddresses(capacityOf(type), item))).to.deep.equal([secondary, prefix, custom, both]);
        });
    }

    it("takes a Xen type out of prefix delegation, as the plugin does", () => {
        expect(podsByAddresses(capacityOf("t2.medium"), PREFIX)).to.equal(17);
    });

    it("recommends 110 pods up to thirty vCPUs and 250 beyond", () => {
        expect([2, 30, 31, 96].map(recommendedPods)).to.deep.equal([110, 110, 250, 250]);
    });

    it("does not know a type that is not there, nor one named like a property of objects", () => {
        expect(["m5.huge", "constructor", ""].map(instanceCapacity)).to.deep.equal([undefined, undefined, undefined]);
    });
});

describe("addresses of a node", () => {
    const full = (type: string, settings: CniSettings, pods = 1000): number[] => {
        const { node, pod } = addressesWhenFull(capacityOf(type), settings, pods);
        return [node, pod];
    };
    const rest = (type: string, settings: CniSettings, pods = 1000): number[] => {
        const { node, pod } = addressesAtRest(capacityOf(type), settings, pods);
        return [node, pod];
    };

    it("are every address of every interface when it is full of pods", () => {
        expect(full("m5.large", SECONDARY)).to.deep.equal([30, 0]);
        expect(full("m5.xlarge", SECONDARY)).to.deep.equal([60, 0]);
    });

    it("are two interfaces' worth at rest, and one more for each further warm interface", () => {
        expect(rest("m5.xlarge", SECONDARY)).to.deep.equal([30, 0]);
        expect(rest("m5.xlarge", { ...SECONDARY, warmInterfaces: 2 })).to.deep.equal([45, 0]);
        expect(rest("m5.large", { ...SECONDARY, warmInterfaces: 9 })).to.deep.equal([30, 0]);
    });

    it("stop growing when the kubelet takes no more pods", () => {
        expect(full("m5.4xlarge", SECONDARY, 110)).to.deep.equal([4 * 30, 0]);
        expect(full("m5.4xlarge", SECONDARY, 20)).to.deep.equal([30, 0]);
    });

    it("are taken one by one with WARM_IP_TARGET or MINIMUM_IP_TARGET", () => {
        expect(full("m5.xlarge", { ...SECONDARY, warmAddresses: 2 }, 20)).to.deep.equal([22, 0]);
        expect(rest("m5.xlarge", { ...SECONDARY, warmAddresses: 2 }, 20)).to.deep.equal([3, 0]);
        expect(rest("m5.xlarge", { ...SECONDARY, warmAddresses: 2, minimumAddresses: 10 }, 20)).to.deep.equal([11, 0]);
    });

    it("come in sixteens with prefix delegation", () => {
        expect(full("m5.large", PREFIX, 110)).to.deep.equal([7 * 16 + 1, 0]);
        expect(rest("m5.large", PREFIX, 110)).to.deep.equal([2 * 16 + 1, 0]);
        expect(full("m5.large", PREFIX, 29)).to.deep.equal([2 * 16 + 1, 0]);
    });

    it("keep to MAX_ENI", () => {
        expect(full("m5.xlarge", { ...SECONDARY, maxInterfaces: 2 })).to.deep.equal([30, 0]);
    });

    it("leave one in the node's subnet with custom networking, and take the others from the pods'", () => {
        expect(full("m5.xlarge", CUSTOM)).to.deep.equal([1, 45]);
    });

    it("are one for IPv6, whatever the type", () => {
        expect(full("m5.24xlarge", { ...SECONDARY, ipv6: true })).to.deep.equal([1, 0]);
    });

    it("never exceed what the interfaces hold, nor fall short of what they are at rest", () => {
        const settings = fc.record<CniSettings>({
            ipv6: fc.constant(false),
            prefixDelegation: fc.boolean(),
            customNetworking: fc.boolean(),
            warmInterfaces: fc.nat(3),
            warmPrefixes: fc.integer({ min: 1, max: 3 }),
            warmAddresses: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
            minimumAddresses: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
            maxInterfaces: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        });
        fc.assert(
            fc.property(fc.constantFrom(...knownInstanceTypes()), settings, fc.integer({ min: 1, max: 250 }), (type, item, pods) => {
                const capacity = capacityOf(type);
                const most = addressesWhenFull(capacity, item, pods);
                const least = addressesAtRest(capacity, item, pods);
                const places = capacity.interfaces * (capacity.addressesPerInterface - 1) * (item.prefixDelegation ? 16 : 1);
                expect(most.node + most.pod).to.be.at.most(places + capacity.interfaces + 1);
                expect(least.node).to.be.within(1, most.node);
                expect(least.pod).to.be.at.most(most.pod);
            }),
        );
    });
});

describe("the settings of the network plugin", () => {
    const settings = (configurationValues?: unknown): CniSettings => {
        const addon = planned("aws:eks/addon:Addon", "vpc-cni", { addonName: "vpc-cni", configurationValues });
        return cniSettings(new PlanIndex([addon]), undefined);
    };
    const DEFAULTS = { ...SECONDARY, warmAddresses: undefined, minimumAddresses: undefined, maxInterfaces: undefined };

    it("are the plugin's defaults where the add-on has none, or none that can be read", () => {
        expect([undefined, "__unknown__", "{", "[]", '{"env":null}'].map(settings)).to.deep.equal(Array(5).fill(DEFAULTS));
        expect(cniSettings(new PlanIndex([]), undefined)).to.deep.equal(DEFAULTS);
    });

    it("are read from JSON, YAML and objects", () => {
        const expected = { ...DEFAULTS, warmInterfaces: 0, warmAddresses: 5, minimumAddresses: 10, maxInterfaces: 2, warmPrefixes: 3 };
        const env = { WARM_ENI_TARGET: "0", WARM_IP_TARGET: "5", MINIMUM_IP_TARGET: "10", MAX_ENI: "2", WARM_PREFIX_TARGET: "3" };
        const yaml = `env:\n${Object.entries(env)
            .map(([key, value]) => `  ${key}: "${value}"\n`)
            .join("")}`;
        expect([JSON.stringify({ env }), yaml, { env }].map(settings)).to.deep.equal([expected, expected, expected]);
    });

    it("take for true what Go takes, and nought as unset where the plugin does", () => {
        const prefixes = (value: unknown): boolean => settings({ env: { ENABLE_PREFIX_DELEGATION: value } }).prefixDelegation;
        expect(["true", "1", "T", true].map(prefixes)).to.deep.equal([true, true, true, true]);
        expect(["yes", "on", "false", ""].map(prefixes)).to.deep.equal([false, false, false, false]);
        expect(settings({ env: { WARM_IP_TARGET: "0", MAX_ENI: "-1" } })).to.deep.equal(DEFAULTS);
    });
});

describe("the addresses of a subnet", () => {
    it("are all but the five AWS keeps", () => {
        expect(addresses([subnet("a", "10.0.0.0/24")])).to.include({ limit: 251, used: 0, status: BudgetStatus.Ok });
        expect(addresses([subnet("a", "10.0.0.0/28")]).limit).to.equal(11);
    });

    it("are left out where the block is not known", () => {
        const known = ["__unknown__", undefined, "10.0.0.0"].map((cidrBlock) => subnet("a", cidrBlock as string));
        expect(known.flatMap((item) => ofKind([item], BudgetKind.SubnetAddresses))).to.deep.equal([]);
    });

    it("are shared among the subnets of a group, each share rounded up", () => {
        const subnets = ["a", "b", "c"].map((name, index) => subnet(name, `10.0.${index}.0/24`));
        const report = ofKind([...subnets, managed("apps", subnets, 7)], BudgetKind.SubnetAddresses);
        expect(report.map(({ used }) => used)).to.deep.equal([90, 90, 90]);
    });

    it("are shared with subnets outside the plan as well", () => {
        const own = subnet("a", "10.0.0.0/24");
        const group = managed("apps", [own], 8, { subnetIds: ["a", "subnet-elsewhere"] });
        expect(addresses([own, group]).used).to.equal(4 * 30);
    });

    it("have room for the nodes of an update: twice the zones, or what may be unavailable if that is more", () => {
        const own = subnet("a", "10.0.0.0/20");
        const used = (updateConfig: Inputs): number => addresses([own, managed("apps", [own], 10, { updateConfig })]).used / 30;
        expect(used({ maxUnavailable: 1 })).to.equal(12);
        expect(used({ maxUnavailable: 5 })).to.equal(15);
        expect(used({ maxUnavailablePercentage: 33 })).to.equal(14);
        expect(used({ maxUnavailable: 5, updateStrategy: "MINIMAL" })).to.equal(10);
    });

    it("have room for the nodes of an instance refresh and of capacity rebalancing", () => {
        const own = subnet("a", "10.0.0.0/20");
        const launch = template({ instanceType: "m5.large" });
        const used = (inputs: Inputs): number =>
            addresses([own, launch, selfManaged("batch", [own], 20, inputs, { launchTemplate: [launch] })]).used / 30;
        expect(used({})).to.equal(20);
        expect(used({ instanceRefresh: { preferences: { maxHealthyPercentage: 125 } } })).to.equal(25);
        expect(used({ capacityRebalance: true })).to.equal(22);
        expect(used({ warmPool: { maxGroupPreparedCapacity: 30 } })).to.equal(30);
    });

    it("are counted for the type with the largest need", () => {
        const own = subnet("a", "10.0.0.0/20");
        const overrides = ["m5.large", "m5.xlarge"].map((instanceType) => ({ instanceType }));
        const mix = { mixedInstancesPolicy: { launchTemplate: { overrides } } };
        expect(addresses([own, selfManaged("batch", [own], 2, mix)]).used).to.equal(120);
    });

    it("assume the recommended pods for types chosen by attributes or not in the table", () => {
        const own = subnet("a", "10.0.0.0/20");
        const mix = { mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceRequirements: {} }] } } };
        expect(addresses([own, selfManaged("batch", [own], 2, mix)]).used).to.equal(2 * 111);
        expect(addresses([own, managed("apps", [own], 2, { instanceTypes: ["z99.large"] })]).used).to.equal(2 * 111);
    });

    it("go to the control plane, NAT gateways, interface endpoints and load balancers as well", () => {
        const own = subnet("a", "10.0.0.0/24", { tags: { "kubernetes.io/role/elb": "1" } });
        const endpoint = (name: string, vpcEndpointType: string): PlannedResource =>
            planned("aws:ec2/vpcEndpoint:VpcEndpoint", name, { vpcEndpointType }, { subnetIds: [own] });
        const found = addresses([
            own,
            planned("aws:eks/cluster:Cluster", "cluster", {}, { vpcConfig: [own] }),
            planned("aws:ec2/natGateway:NatGateway", "nat", {}, { subnetId: [own] }),
            ...[endpoint("sts", "Interface"), endpoint("ec2", "Interface"), endpoint("s3", "Gateway")],
            planned("aws:lb/loadBalancer:LoadBalancer", "api", { loadBalancerType: "network" }, { subnets: [own] }),
            planned("aws:lb/loadBalancer:LoadBalancer", "web", {}, { subnets: [own] }),
        ]);
        expect(found.used).to.equal(16 + 1 + 2 + 1 + 8 + 8);
        expect(found.parts.reduce((sum, { amount }) => sum + amount, 0)).to.equal(found.used);
    });

    it("go to further addresses of NAT gateways and to network interfaces", () => {
        const own = subnet("a", "10.0.0.0/24");
        const inputs = { secondaryPrivateIpAddressCount: 2, secondaryPrivateIpAddresses: ["10.0.0.9"] };
        const nat = planned("aws:ec2/natGateway:NatGateway", "nat", inputs, { subnetId: [own] });
        const type = "aws:ec2/networkInterface:NetworkInterface";
        const interfaces = [{}, { privateIpsCount: 3 }, { privateIps: ["10.0.0.7", "10.0.0.8"] }].map((item, index) =>
            planned(type, `eni-${index}`, item, { subnetId: [own] }),
        );
        expect(addresses([own, nat, ...interfaces]).used).to.equal(4 + 1 + 4 + 2);
        expect(addresses([own, planned("aws:ec2/instance:Instance", "bastion", {}, { subnetId: [own] })]).used).to.equal(1);
    });

    it("put pods into their own subnets of the same zone with custom networking", () => {
        const nodes = subnet("private-a", "10.0.0.0/24");
        const pods = [subnet("pod-a", "100.64.0.0/24"), subnet("pod-b", "100.64.1.0/24")];
        const env = cni({ AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true" });
        const found = ofKind([nodes, ...pods, env, managed("apps", [nodes], 10)], BudgetKind.SubnetAddresses);
        expect(found.map(({ subject, used }) => [subject, used])).to.deep.equal([
            ["private-a", 10],
            ["pod-a", 200],
            ["pod-b", 0],
        ]);
    });

    it("are one for each node of an IPv6 cluster", () => {
        const own = subnet("a", "10.0.0.0/24");
        const ipv6 = cluster({ kubernetesNetworkConfig: { ipFamily: "ipv6" } });
        expect(addresses([own, ipv6, managed("apps", [own], 10, {}, { clusterName: [ipv6] })]).used).to.equal(10);
    });

    it("follow the plugin's settings of the cluster the group is in", () => {
        const own = subnet("a", "10.0.0.0/20");
        const clusters = ["one", "two"].map((name) => planned("aws:eks/cluster:Cluster", name, { name }));
        const addons = clusters.map((of, index) => ({
            ...cni(index === 0 ? {} : { MAX_ENI: "1" }, of),
            urn: `urn:pulumi:prod::p::a::cni-${index}`,
        }));
        const groups = clusters.map((of) => managed(of.name, [own], 1, {}, { clusterName: [of] }));
        expect(addresses([own, ...clusters, ...addons, ...groups]).parts.map(({ amount }) => amount)).to.deep.equal([30, 10]);
    });

    it("are an error that names the keys to change when they do not suffice", () => {
        const own = subnet("a", "10.0.0.0/25");
        const found = addresses([own, managed("prod-apps", [own], 5)]);
        expect(found).to.include({ used: 150, limit: 123, status: BudgetStatus.Error });
        for (const key of ["nodeGroups.apps.maxSize", "network.cidrBlock", "network.podCidrBlock", "kubelet.maxPods of nodeGroups.apps"]) {
            expect(found.advice).to.contain(key);
        }
    });

    it("are a warning above 80 %, with advice, and none below", () => {
        const own = subnet("a", "10.0.0.0/28");
        const nat = (count: number): PlannedResource[] =>
            Array.from({ length: count }, (_, index) => planned("aws:ec2/natGateway:NatGateway", `nat-${index}`, {}, { subnetId: [own] }));
        expect(addresses([own, ...nat(8)]))
            .to.include({ status: BudgetStatus.Ok })
            .and.not.have.property("advice");
        expect(addresses([own, ...nat(9)]))
            .to.include({ status: BudgetStatus.Warning })
            .and.have.property("advice");
    });

    it("say what is taken while little runs", () => {
        const own = subnet("a", "10.0.0.0/20", { tags: { "kubernetes.io/role/internal-elb": "1" } });
        expect(addresses([own, managed("apps", [own], 10, { instanceTypes: ["m5.xlarge"] })])).to.include({ used: 608, atRest: 30 });
    });

    it("never become fewer when a group may grow", () => {
        const group = fc.record({
            size: fc.nat(50),
            more: fc.nat(50),
            zones: fc.integer({ min: 1, max: 3 }),
            type: fc.constantFrom("t3.small", "m5.large", "m5.4xlarge", "c5.24xlarge", "unheard.of"),
            env: fc.record(
                {
                    ENABLE_PREFIX_DELEGATION: fc.constantFrom("true", "false"),
                    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: fc.constantFrom("true", "false"),
                    WARM_IP_TARGET: fc.constantFrom("0", "5"),
                },
                { requiredKeys: [] },
            ),
            updateConfig: fc.constantFrom({ maxUnavailable: 1 }, { maxUnavailablePercentage: 33 }, { updateStrategy: "MINIMAL" }),
        });
        fc.assert(
            fc.property(group, ({ size, more, zones, type, env, updateConfig }) => {
                const subnets = ["a", "b", "c"].slice(0, zones).map((name, index) => subnet(name, `10.0.${index}.0/24`));
                const pods = subnets.map(({ name }, index) => subnet(`pod-${name}`, `100.64.${index}.0/24`));
                const used = (maxSize: number): number[] => {
                    const groups = [
                        managed("apps", subnets, maxSize, { instanceTypes: [type], updateConfig }),
                        selfManaged("batch", subnets, maxSize),
                    ];
                    return ofKind([...subnets, ...pods, cni(env), ...groups], BudgetKind.SubnetAddresses).map((item) => item.used);
                };
                const [before, after] = [used(size), used(size + more)];
                before.forEach((amount, index) => expect(after[index]).to.be.at.least(amount));
            }),
            { numRuns: 60 },
        );
    });
});
