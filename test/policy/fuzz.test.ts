// Random shapes with unknown values at random places: no rule may throw, for one throw stops a deployment.
import { assert } from "chai";
import * as fc from "fast-check";
import { AWS } from "../../policy/adapters/tokens";
import { PLAN_UNKNOWN } from "../../policy/analyzer";
import { evaluatePack, PlanResource } from "../../policy/pack";

const RUNS = 3000;
const TYPES = [...Object.values(AWS), "aws:s3/bucket:Bucket", "aws:new/thing:Thing", "pulumi:providers:aws", "shop:index:Nodes"];
const KEYS = [
    ...["tags", "tagsAll", "tagSpecifications", "resourceType", "key", "value", "propagateAtLaunch", "Owner", "owner", "aws:x"],
    ...["metadataOptions", "instanceMetadataOptions", "instanceMetadataServiceConfiguration", "minimumInstanceMetadataServiceVersion"],
    ...["httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "httpProtocolIpv6", "launchTemplate", "launchConfiguration"],
    ...["mixedInstancesPolicy", "launchTemplateSpecification", "launchTemplateConfigs", "launchTemplateId", "launchTemplateName"],
    ...["overrides", "id", "name", "version", "latestVersion", "defaultVersion", "updateDefaultVersion", "launchSpecifications"],
    ...["defaultTags", "constructor", "toString", "length", ""],
];
const LEAVES = [PLAN_UNKNOWN, null, true, "true", 0, 1, -1, 1.5, "1", "", "required", "disabled", "enabled", "$Latest", "$Default", "instance", "{"];

const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
        { depthSize: "medium", maxDepth: 5, withCrossShrink: true },
        fc.constantFrom<unknown>(...LEAVES),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 6 }),
    ),
})).value;

const props = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 10 });
const names = ["a", "b", "c", "d"] as const;
const urn = (name: string): string => `urn:pulumi:dev::shop::any::${name}`;

const resource = (name: string): fc.Arbitrary<PlanResource> =>
    fc.record({
        urn: fc.constant(urn(name)),
        type: fc.constantFrom(...TYPES),
        name: fc.constant(name),
        props,
        parent: fc.constantFrom(null, ...names.filter((other) => other < name).map(urn)),
        provider: fc.constantFrom(null, ...names.map(urn)),
        dependencies: fc.subarray(names.map(urn)),
        propertyDependencies: fc.dictionary(fc.constantFrom(...KEYS), fc.subarray(names.map(urn)), { maxKeys: 3 }),
    });

describe("pack on random resources", () => {
    it("never throws", async function () {
        this.timeout(60_000);
        await fc.assert(
            fc.asyncProperty(fc.tuple(...names.map(resource)), async (resources) => {
                const { violations } = await evaluatePack(resources);
                assert.isTrue(violations.every(({ message }) => message.length > 0));
            }),
            { numRuns: RUNS },
        );
    });

    it("never throws on random configuration", async function () {
        this.timeout(60_000);
        const setting = fc.dictionary(fc.constantFrom("requiredKeys", "allowedValues", "valuePatterns"), value, { maxKeys: 3 });
        await fc.assert(
            fc.asyncProperty(resource("a"), setting, async (one, tags) => {
                await evaluatePack([{ ...one, type: "aws:s3/bucket:Bucket" }], { config: { "required-tags": tags } });
            }),
            { numRuns: RUNS / 3 },
        );
    });
});
