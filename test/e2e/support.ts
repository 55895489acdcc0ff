/** What the end-to-end tests share: a bench that closes after the suite, and stack files with a change in them. */
import { expect } from "chai";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { Bench, type BenchOptions } from "../../tools/local/bench";
import type { EngineResult, Step } from "../../tools/local/engine";
import { findProjectRoot } from "../../tools/local/project";
import { silentProgress, type Progress } from "../../tools/local/progress";
import { MissingToolError } from "../../tools/local/toolchain";

/** The project's root directory. */
export const root = findProjectRoot();

/** A program that belongs to these tests. */
export function fixture(name: string): string {
    return path.join(root, "test", "e2e", "fixtures", name);
}

/** Progress of the first build, which takes minutes; the rest stays quiet. */
const progress: Progress = {
    ...silentProgress,
    step: (title, work) => (title.startsWith("building") ? announced(title, work) : work()),
    warn: (text) => console.warn(text),
};

async function announced<T>(title: string, work: () => Promise<T>): Promise<T> {
    console.log(`    ${title}`);
    return work();
}

/**
 * Opens a bench for a suite. What this machine lacks skips the suite and is printed, or fails it when
 * `E2E_REQUIRED=1` asks for everything.
 */
export async function openBench(context: Mocha.Context, options: BenchOptions): Promise<Bench> {
    try {
        return await Bench.open({ progress, ...options });
    } catch (error) {
        if (!(error instanceof MissingToolError) || process.env["E2E_REQUIRED"] === "1") throw error;
        console.log(`    not run: ${error.message}`);
        return context.skip();
    }
}

/** A stack file like `source` with a change, in a temporary directory. */
export function changedStackFile(source: string, change: (config: StackConfig) => void): string {
    const stack = parse(fs.readFileSync(source, "utf8")) as { config: StackConfig };
    change(stack.config);
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "aws-kubernetes-e2e-")), path.basename(source));
    fs.writeFileSync(file, stringify(stack));
    return file;
}

/** The `config` part of a stack file. */
export type StackConfig = Record<string, Record<string, unknown>>;

/** Fails with the engine's own words when a command did not succeed. */
export function expectSuccess(result: EngineResult): void {
    const errors = result.diagnostics.filter((one) => one.severity === "error").map((one) => `${one.urn ?? ""} ${one.message}`);
    expect(result.code, `${errors.join("\n")}\n${describeSteps(result.steps)}`).to.equal(0);
}

/** Fails naming what would change, when anything would. */
export function expectNoChanges(result: EngineResult): void {
    expect(describeSteps(result.steps)).to.equal("");
    expectSuccess(result);
}

/** `update aws:ec2/vpc:Vpc main (tags)` for each step. */
export function describeSteps(steps: readonly Step[]): string {
    return steps.map((step) => `${step.op} ${step.type} ${nameOf(step.urn)} (${Object.keys(step.diff).join(", ")})`).join("\n");
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
