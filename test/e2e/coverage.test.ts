/** One of every AWS resource type the product uses, through a whole cycle on the bench. */
import { expect } from "chai";
import * as path from "node:path";
import type { Bench } from "../../tools/local/bench";
import { changedStackFile, expectNoChanges, expectSuccess, fixture, nameOf, openBench } from "./support";

describe("local bench: every resource type of the product", function () {
    this.timeout("10m");
    const program = fixture("coverage");
    let bench: Bench;

    before(async function () {
        bench = await openBench(this, { program, kubernetes: false });
    });
    after(() => bench?.close());

    it("deploys, and knows the names and shapes of the published package", async () => {
        const result = await bench.up();
        expectSuccess(result);
        expect(result.outputs).to.include({ account: "123456789012", partition: "aws", region: "eu-central-1", version: "1.33" });
        expect(result.outputs["endpoint"]).to.match(/^https:\/\/\w+\.gr7\.eu-central-1\.eks\.amazonaws\.com$/);
        expect(result.outputs["group"]).to.match(/^eks-apps-/);
    });

    it("previews no change", async () => expectNoChanges(await bench.preview()));

    it("refreshes without drift", async () => {
        expectNoChanges(await bench.refresh());
        expectNoChanges(await bench.preview());
    });

    it("changes the size of one managed group and nothing else", async () => {
        await bench.useStackFile(
            changedStackFile(path.join(program, "Pulumi.dev.yaml"), (config) => Object.assign(config, { "bench-coverage:maxSize": "5" })),
        );
        const preview = await bench.preview();
        expect(preview.steps.map((step) => [step.op, nameOf(step.urn), Object.keys(step.diff)])).to.deep.equal([
            ["update", "apps", ["scalingConfig"]],
        ]);
        expectSuccess(await bench.up());
        expectNoChanges(await bench.preview());
    });

    it("changes tags in place, never by replacement", async () => {
        await bench.useStackFile(
            changedStackFile(path.join(program, "Pulumi.dev.yaml"), (config) =>
                Object.assign(config, { "bench-coverage:maxSize": "5", "bench-coverage:owner": "network" }),
            ),
        );
        const preview = await bench.preview();
        expect([...new Set(preview.steps.map((step) => step.op))]).to.deep.equal(["update"]);
        expectSuccess(await bench.up());
        expectNoChanges(await bench.refresh());
        expectNoChanges(await bench.preview());
    });

    it("destroys protected resources too and leaves nothing", async () => {
        const result = await bench.down();
        expectSuccess(result);
        expect(result.leftovers).to.deep.equal([]);
    });
});
