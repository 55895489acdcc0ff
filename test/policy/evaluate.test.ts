// The pack on a whole plan, in this process.
import { assert } from "chai";
import type { PlanResource } from "../../policy/pack";
import { evaluatePack } from "../../policy/pack";

const TAGS = { Project: "shop", Environment: "dev", Owner: "platform", ManagedBy: "pulumi" };
const SECRET = "hunter2-hunter2";

function resource(type: string, name: string, props: Record<string, unknown>, more: Partial<PlanResource> = {}): PlanResource {
    return { urn: `urn:pulumi:dev::shop::${type}::${name}`, type, name, props, ...more };
}

const PROVIDER = resource("pulumi:providers:aws", "default", { defaultTags: JSON.stringify({ tags: TAGS }) });
const TEMPLATE = resource("aws:ec2/launchTemplate:LaunchTemplate", "nodes", {
    name: "nodes-0a1b",
    tags: TAGS,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags: TAGS })),
});
const GROUP = resource(
    "aws:eks/nodeGroup:NodeGroup",
    "apps",
    { tags: TAGS, launchTemplate: { id: "lt-0a1b2c3d", version: "__unknown__" } },
    { propertyDependencies: { launchTemplate: [TEMPLATE.urn] } },
);

describe("evaluatePack", () => {
    it("finds nothing in a plan that follows the rules", async () => {
        const { violations } = await evaluatePack([TEMPLATE, GROUP]);
        assert.deepEqual(violations, []);
    });

    it("counts how many times a policy was applied", async () => {
        const { evaluated } = await evaluatePack([TEMPLATE, GROUP]);
        assert.strictEqual(evaluated, 4 + 1 + 1);
    });

    it("takes default tags from the provider of the resource", async () => {
        const bucket = resource("aws:s3/bucket:Bucket", "logs", {}, { provider: PROVIDER.urn });
        assert.isEmpty((await evaluatePack([PROVIDER, bucket])).violations);
        assert.isEmpty((await evaluatePack([PROVIDER, { ...bucket, provider: `${PROVIDER.urn}::0a1b-2c3d` }])).violations);
        assert.lengthOf((await evaluatePack([bucket])).violations, 4);
    });

    it("takes the string __unknown__ for a value that is not known", async () => {
        const { violations } = await evaluatePack([resource("aws:s3/bucket:Bucket", "logs", { tags: "__unknown__" })]);
        assert.deepEqual(
            violations.map(({ level }) => level),
            ["advisory"],
        );
    });

    it("shows a resource that is only read to stack policies alone", async () => {
        const open = { ...TEMPLATE, props: { ...TEMPLATE.props, tags: {}, metadataOptions: { httpTokens: "optional" } }, read: true };
        const { violations } = await evaluatePack([open, GROUP]);
        assert.deepEqual([...new Set(violations.map(({ policy, urn }) => `${policy} ${urn}`))], [`node-group-template ${GROUP.urn}`]);
    });

    it("matches a template by the id the plan gives it", async () => {
        const group = { ...GROUP, propertyDependencies: {}, props: { ...GROUP.props, launchTemplate: { id: "lt-1", version: "$Latest" } } };
        assert.isEmpty((await evaluatePack([{ ...TEMPLATE, id: "lt-1" }, group])).violations);
        assert.lengthOf((await evaluatePack([{ ...TEMPLATE, id: "lt-2" }, group])).violations, 1);
    });

    it("follows a dependency on a component to the template below it", async () => {
        const component = resource("shop:index:Nodes", "nodes", {});
        const below = { ...TEMPLATE, parent: component.urn, props: { ...TEMPLATE.props, metadataOptions: { httpTokens: "optional" } } };
        const group = {
            ...GROUP,
            props: { ...GROUP.props, launchTemplate: "__unknown__" },
            propertyDependencies: { launchTemplate: [component.urn] },
        };
        const found = (await evaluatePack([component, below, group])).violations.filter(({ policy }) => policy === "node-group-template");
        assert.deepEqual(
            found.map(({ level }) => level),
            ["mandatory", "mandatory", "advisory"],
        );
    });

    it("applies a level set for all policies, and a policy's own before it", async () => {
        const bucket = resource("aws:s3/bucket:Bucket", "logs", {});
        const advisory = await evaluatePack([bucket], { config: { all: "advisory" } });
        assert.isTrue(advisory.violations.every(({ level }) => level === "advisory"));
        const own = await evaluatePack([bucket], { config: { all: "disabled", "required-tags": "mandatory" } });
        assert.isTrue(own.violations.length > 0 && own.violations.every(({ level }) => level === "mandatory"));
    });

    it("leaves out a policy that is disabled", async () => {
        const { violations, evaluated } = await evaluatePack([resource("aws:s3/bucket:Bucket", "logs", {})], {
            config: { "required-tags": "disabled" },
        });
        assert.deepEqual([violations.length, evaluated], [0, 0]);
    });

    it("hands settings of the configuration to the rule", async () => {
        const config = { "required-tags": { requiredKeys: ["CostCenter"] } };
        const { violations } = await evaluatePack([resource("aws:s3/bucket:Bucket", "logs", { tags: TAGS })], { config });
        assert.match(violations[0]?.message ?? "", /"CostCenter"/);
    });

    it("refuses a configuration with a policy that does not exist, naming it", async () => {
        const error = await evaluatePack([], { config: { "requierd-tags": "mandatory" } }).catch((reason: unknown) => reason);
        assert.match(String(error), /requierd-tags: no policy has this name/);
    });

    it("prints no value but the one it judged", async () => {
        const props = {
            tags: { Note: SECRET },
            userData: SECRET,
            metadataOptions: { httpTokens: "optional", instanceMetadataTags: SECRET },
        };
        const { violations } = await evaluatePack([resource("aws:ec2/instance:Instance", "bastion", props)]);
        assert.isNotEmpty(violations);
        assert.notInclude(JSON.stringify(violations), SECRET);
    });

    it("handles 300 resources in less than five seconds", async () => {
        const buckets = Array.from({ length: 300 }, (_, index) => resource("aws:s3/bucket:Bucket", `logs-${index}`, { tags: TAGS }));
        const start = process.hrtime.bigint();
        await evaluatePack(buckets);
        assert.isBelow(Number(process.hrtime.bigint() - start) / 1e9, 5);
    });
});
