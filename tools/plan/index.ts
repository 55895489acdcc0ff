/** `npm run plan`: what a stack file would make, without engine, account or network. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { ConfigurationError, loadStackFile } from "../../stacks/config";
import { diffMarkdown, diffPlans } from "./diff";
import type { PlanDiff } from "./diff";
import { useColor } from "./color";
import { makePlan } from "./plan";
import type { PlanFile } from "./plan-file";
import { parsePlanFile } from "./plan-schema";
import { policyConfigFor } from "./policy-config";
import { renderDiff, renderPlan } from "./terminal";
import { ExitCode, verdictOf } from "./verdict";

interface Options {
    stack: string;
    config?: string;
    json?: string;
    html?: string;
    against?: string;
    markdown?: string;
    quiet?: boolean;
    color: boolean;
    debug?: boolean;
}

const program = new Command()
    .name("npm run plan --")
    .description("Plans a stack without engine, account or network: resources, budgets, policy results.")
    .requiredOption("--stack <name>", "stack to plan")
    .option("--config <file>", "stack file elsewhere")
    .option("--json <file>", "write the plan file; - for standard output")
    .option("--html <file>", "write the report")
    .option("--against <file>", "compare with a former plan file")
    .option("--markdown <file>", "write the comparison as Markdown, for a pull request; needs --against")
    .option("--quiet", "only what is wrong or nearly so")
    .option("--no-color", "no colours")
    .option("--debug", "show stack traces")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? ExitCode.Ok : ExitCode.Configuration));

async function main(options: Options): Promise<ExitCode> {
    const projectDirectory = process.cwd();
    const config = loadStackFile({ projectDirectory, stack: options.stack, file: options.config });
    const former = options.against === undefined ? undefined : readPlan(options.against);
    const clear = progress(`planning ${options.stack} …`);
    const plan = await makePlan(config, {
        stack: options.stack,
        policyConfig: policyConfigFor(projectDirectory, options.stack, config.environment),
    });
    clear();
    const diff = former === undefined ? undefined : diffPlans(former, plan);
    await write(plan, diff, options);
    return verdictOf(plan).exitCode;
}

/** Says on a terminal what is under way; the result clears the line. */
function progress(text: string): () => void {
    if (!process.stderr.isTTY) {
        return () => undefined;
    }
    process.stderr.write(text);
    return () => process.stderr.write("\r\u001b[K");
}

async function write(plan: PlanFile, diff: PlanDiff | undefined, options: Options): Promise<void> {
    const json = `${JSON.stringify(plan, null, 2)}\n`;
    if (options.json === "-") {
        process.stdout.write(json);
    } else {
        const terminal = {
            color: useColor(options.color),
            width: process.stdout.columns ?? 100,
            quiet: options.quiet,
        };
        process.stdout.write(renderPlan(plan, terminal));
        if (diff !== undefined) {
            process.stdout.write(`\n${renderDiff(diff, terminal)}`);
        }
    }
    if (options.json !== undefined && options.json !== "-") {
        save(options.json, json);
    }
    if (options.html !== undefined) {
        // Loaded only when it is wanted: it brings Graphviz.
        const { renderReport } = await import("./report/index.js");
        save(options.html, await renderReport(plan, { diff }));
    }
    if (options.markdown !== undefined) {
        if (diff === undefined) {
            throw new ConfigurationError("the command", [
                { path: "--markdown", reason: "compares plans; give the former one with --against" },
            ]);
        }
        save(options.markdown, diffMarkdown(diff));
    }
}

function readPlan(file: string): PlanFile {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        throw new ConfigurationError(file, [
            { path: "", reason: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` },
        ]);
    }
    return parsePlanFile(file, text);
}

function save(file: string, text: string): void {
    try {
        writeFileSync(file, text);
    } catch (error) {
        throw new ConfigurationError(file, [
            { path: "", reason: `cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}` },
        ]);
    }
    process.stderr.write(`wrote ${resolve(file)}\n`);
}

const options = program.parse().opts<Options>();
main(options).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
        const expected = error instanceof ConfigurationError;
        const text =
            options.debug === true && error instanceof Error ? error.stack : error instanceof Error ? error.message : String(error);
        process.stderr.write(`${text ?? ""}\n`);
        process.exitCode = expected ? ExitCode.Configuration : ExitCode.Violation;
    },
);
