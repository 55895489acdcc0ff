import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { evaluatePack } from "../../policy/evaluate";
import type { Evaluation } from "../../policy/evaluate";
import { loadStackFile } from "../../stacks/config";
import type { StackConfig } from "../../stacks/config";
import { deploy } from "../../stacks/program";
import { record } from "../../tools/plan/recorder";
import { ENVIRONMENTS, projectDirectory } from "../support/project";

async function evaluate(
    stack: string,
    preview: boolean,
    change: (config: StackConfig) => StackConfig = (config) => config,
): Promise<Evaluation> {
    const loaded = loadStackFile({ projectDirectory, stack });
    const { resources } = await record(() => deploy(change(loaded)), { stack, preview });
    const config = JSON.parse(readFileSync(join(projectDirectory, "policy", "config", `${stack}.json`), "utf8")) as Record<string, never>;
    return evaluatePack(
        resources.map((resource) => ({ ...resource, props: resource.inputs, outputs: resource.state })),
        { config },
    );
}

for (const stack of ENVIRONMENTS) {
    describe(`Policy pack on environment ${stack}`, () => {
        for (const preview of [true, false]) {
            it(`finds no violation in ${preview ? "a preview" : "an update"}`, async () => {
                const { violations, evaluated } = await evaluate(stack, preview);
                expect(violations).to.deep.equal([]);
                expect(evaluated).to.be.greaterThan(50);
            });
        }

        it("finds a group whose metadata service was loosened", async () => {
            const { violations } = await evaluate(stack, true, (config) => {
                const loosened = Object.entries(config.nodeGroups).map(([name, group]) => [name, { ...group, metadata: { hopLimit: 2 } }]);
                return { ...config, nodeGroups: Object.fromEntries(loosened) as StackConfig["nodeGroups"] };
            });
            const rules = new Set(violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy));
            expect([...rules]).to.include("metadata-hop-limit");
        });

        it("finds a tag that is not there", async () => {
            const { violations } = await evaluate(stack, true, (config) => {
                const { Owner: _owner, ...tags } = config.tags;
                return { ...config, tags };
            });
            const rules = new Set(violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy));
            expect([...rules]).to.include.members(
                ["required-tags", "launch-template-tags", "autoscaling-group-tags"].slice(0, stack === "staging" ? 2 : 3),
            );
        });
    });
}
