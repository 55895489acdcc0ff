// Random shapes with unknown values at random places: no rule may throw, for one throw stops a deployment.
import { assert } from "chai";
import * as fc from "fast-check";
import type { StackResource } from "../../policy/adapters/resource";
import { AWS } from "../../policy/adapters/tokens";
import type { PlanResource } from "../../policy/pack";
import { definitions, evaluatePack } from "../../policy/pack";
import { UNKNOWN_SENTINEL } from "../../policy/unknown";
import { asSdk } from "./support";

/** Stacks of four resources for the rules alone, and for the SDK with its messages, which takes most of the time. */
const RUNS = { rules: 4000, sdk: 250, config: 500 } as const;
const TYPES = [...Object.values(AWS), "aws:s3/bucket:Bucket", "aws:new/thing:Thing", "pulumi:providers:aws", "shop:index:Nodes"];
const KEYS = [
    ...["tags", "tagsAll", "tagSpecifications", "resourceType", "key", "value", "propagateAtLaunch", "Owner", "owner", "aws:x"],
    ...["metadataOptions", "instanceMetadataOptions", "instanceMetadataServiceConfiguration", "minimumInstanceMetadataServiceVersion"],
    ...["httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "httpProtocolIpv6", "launchTemplate", "launchConfiguration"],
    ...["mixedInstancesPolicy", "launchTemplateSpecification", "launchTemplateConfigs", "launchTemplateId", "launchTemplateName"],
    ...["overrides", "id", "name", "version", "latestVersion", "defaultVersion", "updateDefaultVersion", "launchSpecifications"],
    ...["defaultTags", "constructor", "toString", "length", ""],
];
const LEAVES = [
    UNKNOWN_SENTINEL,
    null,
    true,
    "true",
    0,
    1,
    -1,
    1.5,
    "1",
    "",
    "required",
    "disabled",
    "enabled",
    "$Latest",
    "$Default",
    "instance",
    "{",
];

const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
        { depthSize: "medium", maxDepth: 4, withCrossShrink: true },
        fc.constantFrom<unknown>(...LEAVES),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 6 }),
    ),
})).value;

const props = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 });
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

/** The resources as the SDK hands them to a stack policy. */
function linked(resources: readonly PlanResource[]): StackResource[] {
    const stack = resources.map(({ urn: own, type, name, props: plain }) => ({
        urn: own,
        type,
        name,
        props: asSdk(plain),
        dependencies: [] as StackResource[],
        propertyDependencies: {} as Record<string, StackResource[]>,
    }));
    const among = (urns: readonly string[] = []): StackResource[] => stack.filter((one) => urns.includes(one.urn));
    return stack.map((one, index) => {
        const plan = resources[index];
        one.dependencies.push(...among(plan?.dependencies));
        for (const [property, urns] of Object.entries(plan?.propertyDependencies ?? {})) {
            one.propertyDependencies[property] = among(urns);
        }
        const [parent] = among([plan?.parent ?? ""]);
        return Object.assign(one, parent === undefined ? {} : { parent });
    });
}

describe("pack on random resources", () => {
    it("never makes a rule throw", function () {
        this.timeout(60_000);
        fc.assert(
            fc.property(fc.tuple(...names.map(resource)), (resources) => {
                const stack = linked(resources);
                for (const definition of definitions) {
                    if (definition.kind === "stack") {
                        definition.judge(stack, {});
                    } else {
                        stack.forEach((one) => definition.judge(one, {}));
                    }
                }
            }),
            { numRuns: RUNS.rules },
        );
    });

    it("never makes a policy throw", async function () {
        this.timeout(60_000);
        await fc.assert(
            fc.asyncProperty(fc.tuple(...names.map(resource)), async (resources) => {
                const { violations } = await evaluatePack(resources);
                assert.isTrue(violations.every(({ message }) => message.length > 0));
            }),
            { numRuns: RUNS.sdk },
        );
    });

    it("never throws on random configuration", async function () {
        this.timeout(60_000);
        const setting = fc.dictionary(fc.constantFrom("requiredKeys", "allowedValues", "valuePatterns"), value, { maxKeys: 3 });
        await fc.assert(
            fc.asyncProperty(resource("a"), setting, async (one, tags) => {
                await evaluatePack([{ ...one, type: "aws:s3/bucket:Bucket" }], { config: { "required-tags": tags } });
            }),
            { numRuns: RUNS.config },
        );
    });
});
