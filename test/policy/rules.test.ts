// Every rule against its own examples, without the SDK.
import { assert } from "chai";
import { definitions } from "../../policy/catalogue";
import type { ExampleResource } from "../../policy/rules/rule";
import { UNKNOWN } from "../../policy/rules/value";
import { findingIds, obscured, unknownPaths, verdictsOn } from "./support";

for (const definition of definitions) {
    const { rule } = definition;
    describe(`rule ${rule.id}`, () => {
        for (const example of rule.examples) {
            const outcome = example.findings.length > 0 ? "reports" : (example.unknowns ?? []).length > 0 ? "waits for" : "accepts";
            it(`${outcome} ${example.title}`, () => {
                const verdicts = verdictsOn(definition, example);
                assert.sameMembers([...new Set(findingIds(verdicts))], [...example.findings]);
                assert.sameMembers([...new Set(unknownPaths(verdicts))], [...(example.unknowns ?? [])]);
            });
        }

        it("makes no finding out of a value that is not known yet", () => {
            for (const good of rule.examples.filter(({ findings }) => findings.length === 0)) {
                for (const { example, place } of obscured(good)) {
                    assert.isEmpty(findingIds(verdictsOn(definition, example)), `${good.title}, ${place}`);
                }
            }
        });

        it("lets no violation pass in silence because a value is not known yet", () => {
            for (const bad of rule.examples.filter(({ findings }) => findings.length > 0)) {
                const judged = [...obscured(bad)].filter(({ place }) => !(bad.acceptsUnknownAt ?? []).includes(place));
                for (const { example, place } of judged) {
                    const verdicts = verdictsOn(definition, example);
                    assert.isNotEmpty([...findingIds(verdicts), ...unknownPaths(verdicts)], `${bad.title}, ${place}`);
                }
            }
        });

        it("reports the same findings beside unrelated values that are not known yet", () => {
            for (const example of rule.examples) {
                const unrelated: ExampleResource["props"] = { arn: UNKNOWN, userData: UNKNOWN };
                const resources = example.resources.map((resource) => ({ ...resource, props: { ...resource.props, ...unrelated } }));
                assert.deepEqual(
                    findingIds(verdictsOn(definition, { ...example, resources })),
                    findingIds(verdictsOn(definition, example)),
                );
            }
        });

        it("says in each message where the fault is and what to do", () => {
            for (const example of rule.examples) {
                for (const verdict of verdictsOn(definition, example)) {
                    if (verdict.kind === "finding") {
                        assert.match(verdict.message, /\. ([A-Z][a-z]+ )/, `${example.title}: ${verdict.message}`);
                        assert.isAbove(verdict.path.length, 0, example.title);
                    }
                }
            }
        });

        it("documents itself completely", () => {
            assert.match(rule.id, /^[a-z0-9-]{3,100}$/);
            assert.isNotEmpty(rule.frameworks);
            assert.isNotEmpty(rule.remediation);
            assert.isTrue(rule.examples.some(({ findings }) => findings.length === 0));
            assert.isTrue(rule.examples.some(({ findings }) => findings.length > 0));
        });
    });
}

describe("rules", () => {
    it("have different ids", () => {
        const ids = definitions.map(({ rule }) => rule.id);
        assert.deepEqual(ids, [...new Set(ids)]);
    });
});
