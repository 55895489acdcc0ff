import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { expect } from "chai";
import { loadStackFile } from "../../stacks/config";
import { makePlan } from "../../tools/plan/plan";
import type { PlanFile } from "../../tools/plan/plan-file";
import { parsePlanFile } from "../../tools/plan/plan-schema";
import { policyConfigFor } from "../../tools/plan/policy-config";
import { renderPlan } from "../../tools/plan/terminal";
import { verdictOf } from "../../tools/plan/verdict";
import { ENVIRONMENTS, projectDirectory } from "../support/project";

function planOf(stack: string): Promise<PlanFile> {
    const config = loadStackFile({ projectDirectory, stack });
    return makePlan(config, { stack, policyConfig: policyConfigFor(projectDirectory, stack) });
}

const schema = JSON.parse(readFileSync(join(projectDirectory, "schemas", "plan.schema.json"), "utf8")) as object;

for (const stack of ENVIRONMENTS) {
    describe(`The plan of ${stack}`, () => {
        let plan: PlanFile;

        before(async () => {
            plan = await planOf(stack);
        });

        it("follows its JSON Schema", () => {
            const validate = new Ajv({ strict: false }).compile(schema);
            validate(plan);
            expect(validate.errors).to.equal(null);
        });

        it("is the same on every run", async () => {
            expect(JSON.stringify(await planOf(stack))).to.equal(JSON.stringify(plan));
        });

        it("is read again as it was written", () => {
            expect(parsePlanFile("plan.json", JSON.stringify(plan))).to.deep.equal(plan);
        });

        it("names only parents and dependencies it holds", () => {
            const urns = new Set(plan.resources.map(({ urn }) => urn));
            for (const { parent, dependencies, propertyDependencies } of plan.resources) {
                const named = [...(parent === null ? [] : [parent]), ...dependencies, ...Object.values(propertyDependencies).flat()];
                expect(named.filter((urn) => !urns.has(urn))).to.deep.equal([]);
            }
        });

        it("hides the kubeconfig", () => {
            const provider = plan.resources.find(({ type }) => type === "pulumi:providers:kubernetes");
            expect(provider?.inputs["kubeconfig"]).to.equal("__secret__");
            expect(JSON.stringify(plan)).not.to.include("get-token");
        });

        it("resolves references to ids of the right shape", () => {
            const subnets = plan.resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
            for (const { inputs } of subnets) {
                expect(inputs["vpcId"]).to.match(/^vpc-[0-9a-f]{17}$/);
            }
            expect(subnets).not.to.deep.equal([]);
        });

        for (const width of [80, 120]) {
            it(`keeps within ${width} columns of a terminal`, () => {
                const wide = renderPlan(plan, { color: false, width })
                    .split("\n")
                    .filter((line) => line.length > width);
                expect(wide).to.deep.equal([]);
            });
        }

        it("has no violation and no exceeded budget", () => {
            expect(verdictOf(plan)).to.deep.include({ mandatory: [], exceeded: [], exitCode: 0 });
        });
    });
}

describe("A plan file that is read", () => {
    it("is refused when it is not JSON", () => {
        expect(() => parsePlanFile("old.json", "{")).to.throw(/old\.json.*1 problem[\s\S]*not a plan file/);
    });

    it("is refused, with the path, when it has another shape", () => {
        expect(() => parsePlanFile("old.json", JSON.stringify({ version: 1, stack: "dev", resources: [{ urn: 5 }] }))).to.throw(
            /resources\[0\]\.urn/,
        );
    });

    it("is refused when it is of another version", () => {
        expect(() => parsePlanFile("old.json", JSON.stringify({ version: 2 }))).to.throw(/version/);
    });
});
