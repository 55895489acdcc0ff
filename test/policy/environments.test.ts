// The environments committed with the project follow the rules of its own policy pack.
import * as fs from "node:fs";
import * as path from "node:path";
import { assert } from "chai";
import type { PackConfig, PackViolation, PlanResource } from "../../policy/pack";
import { evaluatePack } from "../../policy/pack";
import type { RecordedResource } from "../../tools/plan/recorder";
import { recordEnvironment } from "../support/environment";
import { ENVIRONMENTS, projectDirectory } from "../support/project";

function planned(resource: RecordedResource): PlanResource {
    const { urn, type, name, parent, provider, read, id, state, dependencies, propertyDependencies, inputs } = resource;
    const known = { ...(id === undefined ? {} : { id }), ...(state === undefined ? {} : { outputs: { id, ...state } }) };
    return { urn, type, name, parent, provider, read, dependencies, propertyDependencies, props: inputs, ...known };
}

function configOf(environment: string): PackConfig {
    return JSON.parse(fs.readFileSync(path.join(projectDirectory, "policy/config", `${environment}.json`), "utf8")) as PackConfig;
}

async function violationsOf(
    environment: string,
    preview: boolean,
    change = (one: PlanResource): PlanResource => one,
): Promise<PackViolation[]> {
    const { resources } = await recordEnvironment(environment, preview);
    const { violations, evaluated } = await evaluatePack(resources.map(planned).map(change), { config: configOf(environment) });
    assert.isAbove(evaluated, 20);
    return [...violations];
}

for (const environment of ENVIRONMENTS) {
    describe(`environment ${environment} under its policy pack`, () => {
        for (const preview of [true, false]) {
            it(`has no violation, and nothing left to be judged, in ${preview ? "a preview" : "an update"}`, async () => {
                assert.deepEqual(await violationsOf(environment, preview), []);
            });
        }

        it("has violations as soon as its launch templates answer IMDSv1", async () => {
            const open = (one: PlanResource): PlanResource =>
                one.type === "aws:ec2/launchTemplate:LaunchTemplate" ? { ...one, props: { ...one.props, metadataOptions: {} } } : one;
            const policies = (await violationsOf(environment, true, open)).map(({ policy }) => policy);
            assert.includeMembers(policies, ["imdsv2-required", "metadata-hop-limit", "node-group-template"]);
        });

        it("has violations as soon as the tag Owner is gone", async () => {
            const ownerless = (one: PlanResource): PlanResource =>
                JSON.parse(JSON.stringify(one).replaceAll('"Owner"', '"owner"')) as PlanResource;
            const policies = (await violationsOf(environment, true, ownerless)).map(({ policy }) => policy);
            assert.includeMembers(policies, ["required-tags", "launch-template-tags"]);
        });
    });
}
