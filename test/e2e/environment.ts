/** What is asked of each of the program's own environments on the bench: deployed, compared, read back, changed and destroyed. */
import { expect } from "chai";
import * as path from "node:path";
import type { Bench } from "../../tools/local/bench";
import { changedStackFile, expectNoChanges, expectSuccess, openBench, root, type StackConfig } from "./support";

/** Declares the suite of one environment; each has a file of its own, so that they can run side by side. */
export function describeEnvironment(stack: string): void {
    describe(`environment ${stack} on the local bench`, function () {
        this.timeout("20m");
        const stackFile = path.join(root, `Pulumi.${stack}.yaml`);
        let bench: Bench;

        before(async function () {
            bench = await openBench(this, { stack });
        });
        after(() => bench?.close());

        it("deploys with its policies", async () => {
            const result = await bench.up();
            expectSuccess(result);
            expect(result.violations.filter((one) => one.level === "mandatory")).to.deep.equal([]);
            expect(result.changes["create"]).to.be.greaterThan(50);
        });

        it("previews no change", async () => expectNoChanges(await bench.preview()));

        it("refreshes without drift", async () => {
            expectNoChanges(await bench.refresh());
            expectNoChanges(await bench.preview());
        });

        it("changes one node group's size and touches nothing else", async () => {
            let group = "";
            await bench.useStackFile(changedStackFile(stackFile, (config) => (group = growFirstGroup(config))));
            const preview = await bench.preview();
            expectSuccess(preview);
            expect(preview.steps.length).to.be.greaterThan(0);
            for (const step of preview.steps) {
                expect(step.op, step.urn).to.equal("update");
                expect(step.urn).to.contain(group);
            }
            expectSuccess(await bench.up());
            expectNoChanges(await bench.preview());
        });

        it("adds one tag without replacing a node group, a cluster or a network", async () => {
            await bench.useStackFile(
                changedStackFile(
                    stackFile,
                    (config) => Object.assign((config["aws-kubernetes:tags"] ??= {}), { CostCenter: "42" }) && growFirstGroup(config),
                ),
            );
            const preview = await bench.preview();
            expectSuccess(preview);
            // the tag of a group that EKS made is a resource of its own, and new
            const updates = preview.steps.filter((step) => !(step.op === "create" && step.type === "aws:ec2/tag:Tag"));
            expect(updates.filter((step) => step.op !== "update").map((step) => `${step.op} ${step.urn}`)).to.deep.equal([]);
            for (const step of updates.filter((one) => one.type.startsWith("aws:"))) {
                const paths = Object.keys(step.diff).join(" ");
                expect(paths, step.urn).to.match(/tag|launchTemplate|latestVersion/i);
            }
            expectSuccess(await bench.up());
            expectNoChanges(await bench.refresh());
            expectNoChanges(await bench.preview());
        });

        it("is destroyed and leaves nothing", async () => {
            const result = await bench.down();
            expectSuccess(result);
            expect(result.leftovers).to.deep.equal([]);
        });
    });
}

/** Lets the first group grow by one node; returns its name. */
function growFirstGroup(config: StackConfig): string {
    const groups = config["aws-kubernetes:nodeGroups"] as Record<string, { maxSize: number }>;
    const name = Object.keys(groups)[0] ?? "";
    groups[name]!.maxSize += 1;
    return name;
}
