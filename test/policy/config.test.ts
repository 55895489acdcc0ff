// The shipped configuration files, the schemas of the rules and the generated files.
import * as fs from "node:fs";
import * as path from "node:path";
import * as sdkProxy from "@pulumi/policy/proxy";
import { assert } from "chai";
import { NOT_TAGGABLE } from "../../policy/adapters/tags";
import { renderCatalogue } from "../../policy/data/generate-docs";
import { readTagSupport, renderTaggable } from "../../policy/data/generate-taggable";
import type { PackConfig } from "../../policy/pack";
import { configProblems, definitions, evaluatePack, PACK_VERSION } from "../../policy/pack";
import { resolveSetting } from "../../policy/config";
import { UNKNOWN_SENTINEL } from "../../policy/unknown";

const ROOT = path.join(__dirname, "../../..");
const rules = definitions.map(({ rule }) => rule);
const text = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");

for (const environment of ["dev", "staging", "prod"]) {
    describe(`policy configuration of ${environment}`, () => {
        const config = JSON.parse(text(`policy/config/${environment}.json`)) as PackConfig;

        it("names only policies and settings of the pack", () => {
            assert.deepEqual(configProblems(config, rules), []);
        });

        it("makes every policy mandatory", () => {
            assert.isTrue(rules.every((rule) => resolveSetting(config, rule).level === "mandatory"));
        });

        it("wants the tag Environment to name it", async () => {
            const tags = { Project: "shop", Environment: environment, Owner: "platform", ManagedBy: "pulumi" };
            const bucket = { urn: "urn:bucket", type: "aws:s3/bucket:Bucket", name: "logs", props: { tags } };
            assert.isEmpty((await evaluatePack([bucket], { config })).violations);
            const other = { ...bucket, props: { tags: { ...tags, Environment: "elsewhere" } } };
            assert.match((await evaluatePack([other], { config })).violations[0]?.message ?? "", /"Environment" is "elsewhere"/);
        });
    });
}

describe("policy configuration", () => {
    it("with a misspelt policy, setting or level is refused, each by name", () => {
        const config = { "imdsv2-requird": "mandatory", "required-tags": { keys: [] }, all: "mandatroy" } as unknown as PackConfig;
        const problems = configProblems(config, rules).join("\n");
        for (const wrong of ["imdsv2-requird", "required-tags.keys", "mandatroy"]) {
            assert.include(problems, wrong);
        }
    });

    it("has a default for each setting, so that a policy works without any", () => {
        for (const rule of rules) {
            for (const [key, property] of Object.entries(rule.configSchema)) {
                assert.isDefined(property.default, `${rule.id}.${key}`);
                assert.isNotEmpty(property.description, `${rule.id}.${key}`);
            }
        }
    });
});

describe("files generated for the policy pack", () => {
    it("list the taggable types of the installed @pulumi/aws", () => {
        assert.strictEqual(text("policy/data/taggable.json"), renderTaggable());
    });

    it("leave out exactly the types whose tags are something else", () => {
        assert.sameMembers([...NOT_TAGGABLE.keys()], [...readTagSupport().tagsOnly]);
    });

    it("document the rules as they are", () => {
        assert.strictEqual(text("docs/policies.md"), renderCatalogue());
    });
});

describe("policy pack", () => {
    it("has the version of its package.json", () => {
        assert.strictEqual((JSON.parse(text("policy/package.json")) as { version: string }).version, PACK_VERSION);
    });

    it("knows the SDK's sign for an unknown value", () => {
        assert.strictEqual(UNKNOWN_SENTINEL, (sdkProxy as unknown as { unknownStringValue: string }).unknownStringValue);
    });

    it("keeps its rules free of Pulumi", () => {
        for (const file of fs.readdirSync(path.join(ROOT, "policy/rules"))) {
            assert.notMatch(text(`policy/rules/${file}`), /from "(@pulumi|\.\.)/, file);
        }
    });
});
