import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { projectDirectory } from "../support/project";

const PIPELINES = ["github/plan.yml", "github/deploy.yml", "gitlab/.gitlab-ci.yml"];
const { scripts } = JSON.parse(readFileSync(join(projectDirectory, "package.json"), "utf8")) as { scripts: Record<string, string> };

for (const pipeline of PIPELINES) {
    describe(`The example pipeline ${pipeline}`, () => {
        const text = readFileSync(join(projectDirectory, "examples", "ci", pipeline), "utf8");

        it("is YAML", () => {
            expect(parse(text)).to.be.an("object");
        });

        it("calls only scripts that exist", () => {
            const called = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? "");
            expect(called).not.to.deep.equal([]);
            expect(called.filter((script) => !(script in scripts))).to.deep.equal([]);
        });

        it("deploys with the policy pack and short-lived credentials, or without any", () => {
            for (const line of text.split("\n").filter((candidate) => candidate.includes("pulumi up"))) {
                expect(line).to.include("--policy-pack policy");
            }
            expect(text).not.to.match(/AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY)/);
        });
    });
}
