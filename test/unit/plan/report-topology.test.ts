import { expect } from "chai";
import { draw } from "../../../tools/plan/report/diagram";
import { dotOf } from "../../../tools/plan/report/dot";
import { topologyOf } from "../../../tools/plan/report/topology";
import type { Network, Topology } from "../../../tools/plan/report/topology-model";
import { environmentPlan, resource } from "../../browser/plans";

async function topologyOfStack(stack: "dev" | "prod"): Promise<{ topology: Topology; network: Network }> {
    const topology = topologyOf((await environmentPlan(stack)).resources);
    const [network] = topology.networks;
    if (network === undefined) {
        throw new Error(`stack "${stack}" has no network`);
    }
    return { topology, network };
}

const layout = ({ zones }: Network): string[] => zones.map(({ name, subnets }) => `${name}: ${subnets.map(({ tier }) => tier).join(" ")}`);

describe("topology of production", () => {
    it("has three zones with a subnet of each tier, public ones first", async () => {
        const { topology, network } = await topologyOfStack("prod");
        expect(topology.networks).to.have.length(1);
        expect(network.cidrBlocks).to.deep.equal(["10.30.0.0/16"]);
        expect(layout(network)).to.deep.equal(["a", "b", "c"].map((zone) => `eu-central-1${zone}: public private isolated`));
    });

    it("leads each private subnet out through the NAT gateway of its own zone, and IPv6 through the egress-only gateway", async () => {
        const { network } = await topologyOfStack("prod");
        expect(network.nats).to.have.length(3);
        for (const { subnets } of network.zones) {
            const [inPublic, inPrivate, inIsolated] = subnets;
            const nat = network.nats.find(({ subnet }) => subnet === inPublic?.key);
            expect(inPrivate?.routes.map(({ destination, via, target }) => [destination, via, target])).to.deep.equal([
                ["0.0.0.0/0", "NAT gateway", nat?.key],
                ["::/0", "egress-only gateway", network.egressOnlyGateways[0]?.key],
            ]);
            expect(inPublic?.routes.map(({ via }) => via)).to.deep.equal(["internet gateway", "internet gateway"]);
            expect(inIsolated?.routes).to.deep.equal([]);
        }
    });

    it("knows groups with their sizes, machines and subnets", async () => {
        const { topology, network } = await topologyOfStack("prod");
        const privateSubnets = network.zones.flatMap(({ subnets }) =>
            subnets.filter(({ tier }) => tier === "private").map(({ key }) => key),
        );
        const group = (name: string): unknown => topology.groups.find((candidate) => candidate.name === name);
        expect(topology.groups.map(({ name }) => name)).to.have.members([
            "prod-apps-a",
            "prod-apps-b",
            "prod-apps-c",
            "prod-system",
            "prod-batch",
        ]);
        expect(group("prod-apps-b")).to.deep.include({
            kind: "managed",
            size: { min: 1, max: 10 },
            spot: false,
            subnets: [privateSubnets[1]],
        });
        expect(group("prod-system")).to.deep.include({ instanceTypes: ["m6i.large"], subnets: privateSubnets });
        expect(group("prod-batch")).to.deep.include({
            kind: "self-managed",
            size: { min: 0, max: 20 },
            spot: true,
            subnets: privateSubnets,
        });
    });

    it("knows the control plane and the endpoints", async () => {
        const { topology, network } = await topologyOfStack("prod");
        expect(topology.controlPlanes[0]).to.deep.include({ name: "aws-kubernetes-prod", privateEndpoint: true, publicEndpoint: false });
        expect(topology.controlPlanes[0]?.subnets).to.have.length(3);
        expect(network.endpoints.filter(({ type }) => type === "Gateway").map(({ service }) => service)).to.deep.equal(["s3"]);
        expect(network.endpoints.map(({ service }) => service)).to.include.members(["ecr.api", "eks-auth", "sts"]);
    });
});

describe("topology of development", () => {
    it("has two zones that share a NAT gateway", async () => {
        const { network } = await topologyOfStack("dev");
        expect(layout(network)).to.deep.equal(["eu-central-1a: public private", "eu-central-1b: public private"]);
        expect(network.nats).to.have.length(1);
        const targets = network.zones.map(({ subnets }) => subnets[1]?.routes[0]?.target);
        expect(targets).to.deep.equal([network.nats[0]?.key, network.nats[0]?.key]);
    });

    it("has a public endpoint for some", async () => {
        const { topology } = await topologyOfStack("dev");
        expect(topology.controlPlanes[0]).to.deep.include({ publicEndpoint: true, publicCidrs: ["203.0.113.0/24"] });
    });
});

describe("topology of other plans", () => {
    it("is empty when there is nothing to show", () => {
        expect(topologyOf([resource("aws:s3/bucket:Bucket", "b")])).to.deep.equal({
            networks: [],
            controlPlanes: [],
            groups: [],
            loadBalancers: [],
        });
    });

    it("shows subnets of which only the ids are known, in zones that a component names", () => {
        const subnets = [
            { id: "subnet-0aa1", zone: "eu-central-1a" },
            { id: "subnet-0bb2", zone: "eu-central-1b" },
        ];
        const component = resource("aws-kubernetes:index:ManagedNodeGroup", "apps", { custom: false, inputs: { subnets } });
        const group = resource("aws:eks/nodeGroup:NodeGroup", "apps", {
            inputs: { subnetIds: ["subnet-0bb2", "subnet-0aa1"], scalingConfig: { minSize: 2, maxSize: 5 }, instanceTypes: ["m6i.large"] },
        });
        const topology = topologyOf([component, group]);
        expect(topology.networks.map(layout)).to.deep.equal([["eu-central-1a: existing", "eu-central-1b: existing"]]);
        expect(topology.groups[0]?.subnets).to.deep.equal(["subnet-0aa1", "subnet-0bb2"]);
    });

    it("shows load balancers, single instances and Fargate profiles", async () => {
        const vpc = resource("aws:ec2/vpc:Vpc", "net", { inputs: { cidrBlock: "10.0.0.0/16" } });
        const subnet = resource("aws:ec2/subnet:Subnet", "front", {
            inputs: { availabilityZone: "eu-central-1a", tags: { "kubernetes.io/role/elb": "1" } },
            propertyDependencies: { vpcId: [vpc.urn] },
        });
        const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "api", {
            inputs: { loadBalancerType: "network", internal: true, subnets: ["subnet-01"] },
            propertyDependencies: { subnets: [subnet.urn] },
        });
        const machine = resource("aws:ec2/instance:Instance", "control-plane-0", {
            inputs: { instanceType: "m6i.large", subnetId: "subnet-01" },
            propertyDependencies: { subnetId: [subnet.urn] },
        });
        const fargate = resource("aws:eks/fargateProfile:FargateProfile", "jobs", {
            inputs: { subnetIds: ["subnet-01"] },
            propertyDependencies: { subnetIds: [subnet.urn] },
        });
        const topology = topologyOf([vpc, subnet, balancer, machine, fargate]);
        expect(topology.networks.map(layout)).to.deep.equal([["eu-central-1a: public"]]);
        expect(topology.loadBalancers[0]).to.deep.include({ kind: "network", internal: true, subnets: [subnet.urn] });
        expect(topology.groups.map(({ kind, size }) => [kind, size?.max])).to.deep.equal([
            ["instance", 1],
            ["Fargate", undefined],
        ]);
        const { svg } = await draw(dotOf(topology), { title: "t", description: "d" });
        expect(svg.text)
            .to.contain("internal network load balancer")
            .and.to.contain("control&#45;plane&#45;0")
            .and.to.contain("Fargate pods");
    });
});

describe("diagram", () => {
    it("is SVG with a title, colours by class and no reference to anything outside", async () => {
        const { topology } = await topologyOfStack("prod");
        const { svg, width, height } = await draw(dotOf(topology), { title: "A & B", description: "<what>" });
        expect(svg.text).to.match(/^<svg class="diagram" role="img" aria-labelledby="diagram-title diagram-description"/);
        expect(svg.text).to.contain("A &#38; B</title>").and.to.contain("&#60;what&#62;</desc>");
        expect(svg.text).not.to.match(/href|url\(|<!--|#fe00|black|(?:fill|stroke)="#/);
        expect(svg.text.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.to.contain("://");
        expect([width > 500, height > 500]).to.deep.equal([true, true]);
    });
});
