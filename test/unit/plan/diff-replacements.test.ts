import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diffPlans } from "../../../tools/plan/diff";
import type { PlannedResource } from "../../../tools/plan/plan-file";
import { replacingPaths, typesByHand } from "../../../tools/plan/tables/replace-on-change";
import { recordEnvironment } from "../../support/environment";
import { projectDirectory } from "../../support/project";
import { changeOf, GROUP, idOf, names, plan, planned, SUBNET, VPC } from "./diff-plans";
import type { Inputs } from "./diff-plans";

describe("a replacement", () => {
    const replaces = (type: string, before: Inputs, after: Inputs): string[] => changeOf(type, before, after)?.replaces ?? [];

    it("is told by the inputs the provider cannot change", () => {
        expect(
            replaces(SUBNET, { cidrBlock: "10.0.0.0/24", tags: { a: "1" } }, { cidrBlock: "10.0.1.0/24", tags: { a: "2" } }),
        ).to.deep.equal(["cidrBlock"]);
        expect(replaces(GROUP, { instanceTypes: ["m5.large"] }, { instanceTypes: ["m6i.large"] })).to.deep.equal(["instanceTypes"]);
        expect(replaces(GROUP, { version: "1.34" }, { version: "1.35" })).to.deep.equal([]);
    });

    it("is told inside objects: another template replaces a group, another version of it does not", () => {
        const group = (id: string, version: string): Inputs => ({ launchTemplate: { id, version } });
        expect(replaces(GROUP, group("lt-1", "1"), group("lt-2", "1"))).to.deep.equal(["launchTemplate.id"]);
        expect(replaces(GROUP, group("lt-1", "1"), group("lt-1", "2"))).to.deep.equal([]);
    });

    it("is told where the object that holds the input comes or goes", () => {
        expect(replaces(GROUP, {}, { launchTemplate: { id: "lt-1", version: "1" } })).to.deep.equal(["launchTemplate"]);
        expect(replaces(GROUP, { launchTemplate: { version: "1" } }, {})).to.deep.equal([]);
        expect(replaces("aws:eks/cluster:Cluster", { kubernetesNetworkConfig: { ipFamily: "ipv6" } }, {})).to.deep.equal([
            "kubernetesNetworkConfig",
        ]);
    });

    it("is told where only the removal cannot be done in place", () => {
        const encrypted = { encryptionConfig: { provider: { keyArn: "a" } } };
        expect(replaces("aws:eks/cluster:Cluster", encrypted, {})).to.deep.equal(["encryptionConfig"]);
        expect(replaces("aws:eks/cluster:Cluster", {}, encrypted)).to.deep.equal([]);
    });

    it("is told from the typings of the provider as well", () => {
        expect(replacingPaths("aws:eks/cluster:Cluster")).to.include.members(["bootstrapSelfManagedAddons", "name", "region"]);
        expect(replaces(SUBNET, { ipv6CidrBlock: "a" }, { ipv6CidrBlock: "b" })).to.deep.equal(["ipv6CidrBlock"]);
    });

    it("of a Kubernetes object follows another name or namespace", () => {
        const type = "kubernetes:core/v1:ConfigMap";
        expect(replaces(type, { metadata: { name: "a", labels: {} } }, { metadata: { name: "b", labels: { x: "y" } } })).to.deep.equal([
            "metadata.name",
        ]);
    });

    it("is known for every type the environments have, but those that can change everything", async () => {
        const types = new Set<string>();
        for (const stack of ["dev", "staging", "prod"]) {
            (await recordEnvironment(stack, false)).resources.filter(({ custom }) => custom).forEach(({ type }) => types.add(type));
        }
        const free = ["aws:ec2/internetGateway:InternetGateway"];
        expect([...types].filter((type) => !typesByHand().includes(type))).to.have.members(free);
    });

    it("names only inputs that the provider has", () => {
        const root = join(projectDirectory, "node_modules/@pulumi/aws");
        const wrong = typesByHand()
            .filter((type) => type.startsWith("aws:"))
            .flatMap((type) => {
                const [, module = "", name = ""] = /^aws:([^:]+):(\w+)$/.exec(type) ?? [];
                const file = join(root, `${module}.d.ts`);
                const text = existsSync(file) ? readFileSync(file, "utf8").split(`interface ${name}Args`)[1] : undefined;
                return replacingPaths(type)
                    .map((path) => path.split(".")[0] ?? "")
                    .filter((input) => input !== "region") // global services have none
                    .filter((input) => text === undefined || !new RegExp(`^    ${input}\\??:`, "m").test(text))
                    .map((input) => `${type} ${input}`);
            });
        expect(wrong).to.deep.equal([]);
    });

    it("takes along what holds its id in an input that cannot change, to the end of the chain", () => {
        const [vpcBefore, vpcAfter] = ["10.0.0.0/16", "10.1.0.0/16"].map((cidrBlock) => planned(VPC, "vpc", { cidrBlock })) as [
            PlannedResource,
            PlannedResource,
        ];
        const subnet = planned(SUBNET, "subnet", { vpcId: idOf(vpcAfter) }, { propertyDependencies: { vpcId: [vpcAfter.urn] } });
        const group = planned(
            GROUP,
            "group",
            { subnetIds: [idOf(subnet)], launchTemplate: { id: "lt", version: "1" } },
            { propertyDependencies: { subnetIds: [subnet.urn] } },
        );
        const gateway = planned(
            "aws:ec2/internetGateway:InternetGateway",
            "igw",
            { vpcId: idOf(vpcAfter) },
            { propertyDependencies: { vpcId: [vpcAfter.urn] } },
        );
        const diff = diffPlans(plan(vpcBefore, subnet, group, gateway), plan(vpcAfter, subnet, group, gateway));
        expect(names(diff.replaced)).to.deep.equal(["vpc"]);
        expect(diff.following.map(({ name, inputs, because }) => [name, inputs, because])).to.have.deep.members([
            ["subnet", ["vpcId"], [vpcAfter.urn]],
            ["group", ["subnetIds"], [subnet.urn]],
        ]);
    });

    it("takes nothing along that only knows its name or its version", () => {
        const cluster = (roleArn: string): PlannedResource => planned("aws:eks/cluster:Cluster", "c", { name: "prod", roleArn });
        const addon = planned(
            "aws:eks/addon:Addon",
            "a",
            { clusterName: "prod" },
            { propertyDependencies: { clusterName: [cluster("").urn] } },
        );
        expect(diffPlans(plan(cluster("a"), addon), plan(cluster("b"), addon)).following).to.deep.equal([]);
        const template = (namePrefix: string): PlannedResource => planned("aws:ec2/launchTemplate:LaunchTemplate", "lt", { namePrefix });
        const version = planned(
            GROUP,
            "g",
            { launchTemplate: { id: "lt-fixed", version: "1" } },
            { propertyDependencies: { launchTemplate: [template("").urn] } },
        );
        expect(diffPlans(plan(template("a"), version), plan(template("b"), version)).following).to.deep.equal([]);
        const id = planned(
            GROUP,
            "g",
            { launchTemplate: { id: idOf(template("")), version: "1" } },
            { propertyDependencies: { launchTemplate: [template("").urn] } },
        );
        expect(names(diffPlans(plan(template("a"), id), plan(template("b"), id)).following)).to.deep.equal(["g"]);
    });
});
