import { expect } from "chai";
import * as fc from "fast-check";
import { criticalPath } from "../../../tools/plan/critical-path";
import type { CriticalStep } from "../../../tools/plan/critical-path";
import { DURATIONS, durationOf } from "../../../tools/plan/durations";
import type { PlannedResource } from "../../../tools/plan/plan-file";
import { recordEnvironment } from "../../support/environment";

/** Types of clearly different durations. */
const TYPES = ["aws:eks/cluster:Cluster", "aws:ec2/natGateway:NatGateway", "aws:ec2/vpc:Vpc", "aws:ec2/eip:Eip", "aws:iam/role:Role"];

function planned(name: string, type: string, dependencies: string[] = [], changes: Partial<PlannedResource> = {}): PlannedResource {
    const inputs = {};
    return {
        ...{ urn: name, name, type, dependencies, inputs },
        parent: null,
        custom: true,
        provider: null,
        propertyDependencies: {},
        protect: false,
        ...changes,
    };
}

const names = (steps: readonly CriticalStep[]): string[] => steps.map(({ urn }) => urn);
const total = (steps: readonly CriticalStep[]): number => steps.reduce((sum, { seconds }) => sum + seconds, 0);

/** A graph without cycles: each resource waits for some of those before it. */
const anyGraph = fc
    .array(fc.record({ type: fc.constantFrom(...TYPES), waitsFor: fc.array(fc.nat(20), { maxLength: 4 }) }), { minLength: 1, maxLength: 9 })
    .map((nodes) =>
        nodes.map(({ type, waitsFor }, index) =>
            planned(`r${index}`, type, index === 0 ? [] : [...new Set(waitsFor.map((other) => `r${other % index}`))]),
        ),
    );

/** Every chain of a graph that cannot be made longer, found by trying all. */
function everyChain(resources: readonly PlannedResource[]): PlannedResource[][] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const endingAt = (resource: PlannedResource): PlannedResource[][] => {
        const before = resource.dependencies.flatMap((urn) => byUrn.get(urn) ?? []);
        return before.length === 0 ? [[resource]] : before.flatMap((earlier) => endingAt(earlier).map((chain) => [...chain, resource]));
    };
    return resources.flatMap(endingAt);
}

const longest = (chains: PlannedResource[][], seconds: (resource: PlannedResource) => number): number =>
    Math.max(...chains.map((chain) => chain.reduce((sum, resource) => sum + seconds(resource), 0)));

describe("the critical path", () => {
    it("is empty for a plan of nothing", () => {
        expect(criticalPath([])).to.deep.equal({ create: { seconds: 0, steps: [] }, destroy: { seconds: 0, steps: [] } });
    });

    it("takes the chain that lasts longest, not the one with the most steps", () => {
        const quick = Array.from({ length: 9 }, (_, index) =>
            planned(`q${index}`, "aws:iam/role:Role", index === 0 ? [] : [`q${index - 1}`]),
        );
        const slow = [planned("vpc", "aws:ec2/vpc:Vpc"), planned("cluster", "aws:eks/cluster:Cluster", ["vpc"])];
        const { create } = criticalPath([...quick, ...slow]);
        expect(names(create.steps)).to.deep.equal(["vpc", "cluster"]);
        expect(create.seconds).to.equal(durationOf("aws:ec2/vpc:Vpc").create + durationOf("aws:eks/cluster:Cluster").create);
    });

    it("is as long as the longest of all chains, both ways", () => {
        fc.assert(
            fc.property(anyGraph, (resources) => {
                const { create, destroy } = criticalPath(resources);
                const chains = everyChain(resources);
                expect(create.seconds).to.equal(longest(chains, ({ type }) => durationOf(type).create));
                expect(destroy.seconds).to.equal(longest(chains, ({ type }) => durationOf(type).destroy));
            }),
        );
    });

    it("adds up, and each step waits for the one before it; destruction runs the other way", () => {
        fc.assert(
            fc.property(anyGraph, (resources) => {
                const { create, destroy } = criticalPath(resources);
                const dependencies = new Map(resources.map((resource) => [resource.urn, resource.dependencies]));
                expect(total(create.steps)).to.equal(create.seconds);
                expect(total(destroy.steps)).to.equal(destroy.seconds);
                names(create.steps).forEach((urn, index, all) => index > 0 && expect(dependencies.get(urn)).to.include(all[index - 1]));
                names(destroy.steps).forEach(
                    (urn, index, all) => index > 0 && expect(dependencies.get(all[index - 1] ?? "")).to.include(urn),
                );
            }),
        );
    });

    it("does not depend on the order of the plan", () => {
        fc.assert(
            fc.property(anyGraph, (resources) => {
                expect(criticalPath([...resources].reverse())).to.deep.equal(criticalPath(resources));
            }),
        );
    });

    it("takes the smaller URN where chains last equally long", () => {
        const resources = ["b", "a", "c"].map((name) => planned(name, "aws:iam/role:Role"));
        const last = planned("z", "aws:iam/role:Role", ["c", "b"]);
        expect(names(criticalPath(resources).create.steps)).to.deep.equal(["a"]);
        expect(names(criticalPath([...resources, last]).create.steps)).to.deep.equal(["b", "z"]);
    });

    it("waits for a parent that is a resource, and for an explicit provider, but for no component", () => {
        const resources = [
            planned("component", "aws-kubernetes:index:EksCluster", [], { custom: false }),
            planned("cluster", "aws:eks/cluster:Cluster", [], { parent: "component" }),
            planned("urn::provider", "pulumi:providers:kubernetes", ["cluster"], { parent: "component" }),
            planned("map", "kubernetes:core/v1:ConfigMap", [], { provider: "urn::provider::id" }),
            planned("child", "aws:iam/role:Role", [], { parent: "map" }),
        ];
        expect(names(criticalPath(resources).create.steps)).to.deep.equal(["cluster", "urn::provider", "map", "child"]);
    });

    it("spends a moment on what is only read, and destroys none of it", () => {
        const { create, destroy } = criticalPath([planned("vpc", "aws:ec2/vpc:Vpc", [], { read: true })]);
        expect([create.seconds, destroy.seconds]).to.deep.equal([1, 0]);
    });

    it("ends on a cycle, which no engine would take", () => {
        const resources = [
            planned("a", "aws:iam/role:Role", ["b"]),
            planned("b", "aws:iam/role:Role", ["a"]),
            planned("c", "aws:iam/role:Role", ["c", "nowhere"]),
        ];
        expect(criticalPath(resources).create.seconds).to.be.within(2, 4);
    });

    it("takes chains deeper than calls can nest", () => {
        const deep = Array.from({ length: 20_000 }, (_, index) =>
            planned(`r${index}`, "aws:ec2/eip:Eip", index === 0 ? [] : [`r${index - 1}`]),
        );
        const { create } = criticalPath(deep.reverse());
        expect(create.steps).to.have.lengthOf(20_000);
        expect(names(create.steps).slice(0, 2)).to.deep.equal(["r0", "r1"]);
    });

    it("takes no time for graphs with very many chains", () => {
        const layers = Array.from({ length: 60 }, (_, layer) =>
            ["a", "b", "c"].map((name) =>
                planned(`${name}${layer}`, "aws:ec2/eip:Eip", layer === 0 ? [] : ["a", "b", "c"].map((other) => `${other}${layer - 1}`)),
            ),
        );
        expect(criticalPath(layers.flat()).create.steps).to.have.lengthOf(60);
    });

    it("leads in production through the cluster, its network plugin and its nodes", async () => {
        const { resources } = await recordEnvironment("prod", false);
        const { create, destroy } = criticalPath(resources as unknown as PlannedResource[]);
        const types = (steps: readonly CriticalStep[]): string[] => steps.map(({ urn }) => urn.split("::")[2]?.split("$").at(-1) ?? "");
        const milestones = ["aws:ec2/vpc:Vpc", "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup", "aws:eks/addon:Addon"];
        expect(
            types(create.steps).filter((type, index, all) => milestones.includes(type) && all.lastIndexOf(type) === index),
        ).to.deep.equal(milestones);
        expect(create.seconds).to.be.within(600, 1500);
        expect(types(destroy.steps)).to.include.members(["aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"]);
    });
});

describe("the table of durations", () => {
    it("says of each where it comes from", () => {
        Object.entries(DURATIONS).forEach(([type, { create, destroy, source }]) => {
            expect(source, type).to.match(/^(log|docs|usual)/);
            expect(create, type).to.be.within(1, 1800);
            expect(destroy, type).to.be.within(1, 1800);
        });
    });

    it("tells gateway endpoints, which are routes, from interface endpoints", () => {
        const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
        expect(durationOf(type, { vpcEndpointType: "Interface" }).create).to.be.above(durationOf(type, {}).create);
    });
});
