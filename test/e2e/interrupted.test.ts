/** An engine that is killed in the middle: the next command goes on from there, and nothing stays behind. */
import { expect } from "chai";
import type { Bench } from "../../tools/local/bench";
import { startTimeOf, waitUntil, signalGroup } from "../../tools/local/processes";
import { expectNoChanges, expectSuccess, fixture, openBench } from "./support";

describe("local bench: an engine killed in the middle", function () {
    this.timeout("5m");
    let bench: Bench;

    before(async function () {
        bench = await openBench(this, { program: fixture("network"), stack: "dev", kubernetes: false });
    });
    after(() => bench?.close());

    /** Starts a deployment and kills its engine as soon as the VPC exists in the emulator. */
    async function killedUp(): Promise<void> {
        let engine = 0;
        const running = bench.up({ onStart: (pid) => (engine = pid) });
        const began = await waitUntil(async () => engine > 0 && (await bench.leftovers()).some(({ kind }) => kind === "ec2.vpcs"), 60);
        expect(began, "the deployment made a VPC").to.equal(true);
        signalGroup(engine, "SIGKILL");
        expect((await running).code).not.to.equal(0);
        expect(startTimeOf(engine)).to.equal(undefined);
        expect((await bench.engine().state()).pending_operations).not.to.deep.equal([]);
    }

    it("is taken down without a trace", async () => {
        await killedUp();
        const result = await bench.down();
        expectSuccess(result);
        expect(result.leftovers).to.deep.equal([]);
    });

    it("goes on with the next deployment, with the VPC that was made", async () => {
        await killedUp();
        expectSuccess(await bench.up());
        expectNoChanges(await bench.preview());
        expect((await bench.leftovers()).filter(({ kind }) => kind === "ec2.vpcs")).to.have.length(1);
        const result = await bench.down();
        expectSuccess(result);
        expect(result.leftovers).to.deep.equal([]);
    });
});
