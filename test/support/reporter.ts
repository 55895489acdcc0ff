/** Mocha's `spec` reporter with a closing line `N passed, N failed` that other programs can read. */
import { reporters, Runner } from "mocha";
import type { MochaOptions } from "mocha";

/** Prints results as `spec` does; a skipped test is named again at the end. */
class ClosingLineReporter extends reporters.Spec {
    private readonly skipped: string[] = [];

    constructor(runner: Runner, options: MochaOptions) {
        super(runner, options);
        runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => this.skipped.push(test.fullTitle()));
    }

    override done(failures: number, finish?: (failures: number) => void): void {
        this.skipped.forEach((title) => process.stdout.write(`skipped: ${title}\n`));
        const skipped = this.skipped.length === 0 ? "" : `, ${this.skipped.length} skipped`;
        process.stdout.write(`${this.stats.passes} passed, ${this.stats.failures} failed${skipped}\n`);
        finish?.(failures);
    }
}

export = ClosingLineReporter;
