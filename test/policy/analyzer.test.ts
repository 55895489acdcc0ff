// The pack through the SDK's own analyzer functions, with the messages the engine would send.
import { assert } from "chai";
import { definitions } from "../../policy/catalogue";
import type { PackViolation } from "../../policy/pack";
import { evaluatePack } from "../../policy/pack";
import type { Definition } from "../../policy/definition";
import type { Example } from "../../policy/rules/rule";
import { obscured, planOf } from "./support";

async function violationsOf(definition: Definition, example: Example): Promise<readonly PackViolation[]> {
    const config = example.config === undefined ? {} : { [definition.rule.id]: { ...example.config } };
    return (await evaluatePack(planOf(example), { config, definitions: [definition] })).violations;
}

function count(violations: readonly PackViolation[], level: PackViolation["level"]): number {
    return violations.filter((violation) => violation.level === level).length;
}

for (const definition of definitions) {
    const { rule } = definition;
    describe(`policy ${rule.id} through the analyzer`, () => {
        it("reports each finding as mandatory and each unknown value as advisory", async () => {
            for (const example of rule.examples) {
                const violations = await violationsOf(definition, example);
                assert.strictEqual(count(violations, "mandatory") > 0, example.findings.length > 0, example.title);
                assert.strictEqual(count(violations, "advisory"), example.unknowns?.length ?? 0, example.title);
            }
        });

        it("never blocks a preview because a value of a good example is not known yet", async () => {
            for (const good of rule.examples.filter(({ findings }) => findings.length === 0)) {
                for (const { example, place } of obscured(good)) {
                    assert.strictEqual(count(await violationsOf(definition, example), "mandatory"), 0, `${good.title}, ${place}`);
                }
            }
        });

        it("says something about every bad example whichever value is not known yet", async () => {
            for (const bad of rule.examples.filter(({ findings }) => findings.length > 0)) {
                const judged = [...obscured(bad)].filter(({ place }) => !(bad.acceptsUnknownAt ?? []).includes(place));
                for (const { example, place } of judged) {
                    assert.isNotEmpty(await violationsOf(definition, example), `${bad.title}, ${place}`);
                }
            }
        });

        it("names resource, severity and policy in each violation", async () => {
            for (const example of rule.examples) {
                for (const violation of await violationsOf(definition, example)) {
                    assert.strictEqual(violation.policy, rule.id);
                    assert.match(violation.urn, /^urn:pulumi:/);
                    assert.notInclude(violation.message, rule.description);
                    assert.strictEqual(violation.severity, violation.level === "mandatory" ? rule.severity : violation.severity);
                }
            }
        });
    });
}
