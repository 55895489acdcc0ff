/** `npm run gate`: plan and policy of every environment, for CI without credentials. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Command } from "commander";
import { createColors } from "picocolors";
import { ConfigurationError, loadStackFile } from "../../stacks/config";
import { useColor } from "../plan/color";
import { makePlan } from "../plan/plan";
import { policyConfigFor } from "../plan/policy-config";
import { ExitCode, verdictOf, verdictText } from "../plan/verdict";
import { junitReport } from "./junit";
import { exitCodeOf, findingsOf } from "./result";
import type { GateResult } from "./result";
import { sarifReport } from "./sarif";

interface Options {
    stack: string[];
    junit?: string;
    sarif?: string;
    plans?: string;
    color: boolean;
    debug?: boolean;
}

/** Plans one stack; a wrong configuration is a result, anything else an error of ours. */
export async function gateStack(projectDirectory: string, stack: string): Promise<GateResult> {
    const file = `Pulumi.${stack}.yaml`;
    const started = process.hrtime.bigint();
    const seconds = (): number => Number(process.hrtime.bigint() - started) / 1e9;
    try {
        const config = loadStackFile({ projectDirectory, stack });
        const plan = await makePlan(config, { stack, policyConfig: policyConfigFor(projectDirectory, stack, config.environment) });
        return { stack, file, seconds: seconds(), plan };
    } catch (error) {
        if (error instanceof ConfigurationError) {
            return { stack, file, seconds: seconds(), configurationError: error };
        }
        throw error;
    }
}

/** Stacks of a project: one for each `Pulumi.<stack>.yaml`. */
export function stacksOf(projectDirectory: string): string[] {
    return readdirSync(projectDirectory)
        .flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? [])
        .sort();
}

async function main(options: Options): Promise<ExitCode> {
    const projectDirectory = process.cwd();
    const colors = createColors(useColor(options.color));
    const stacks = options.stack.length > 0 ? options.stack : stacksOf(projectDirectory);
    const results: GateResult[] = [];
    for (const stack of stacks) {
        const result = await gateStack(projectDirectory, stack);
        results.push(result);
        const { plan, configurationError } = result;
        const text =
            plan === undefined
                ? (configurationError?.message ?? "")
                : `${stack}: ${plan.summary.resources} resources, ${verdictText(verdictOf(plan))}`;
        const ok = exitCodeOf(result) === ExitCode.Ok;
        process.stdout.write(`${ok ? colors.green("pass") : colors.red("fail")} ${text}\n`);
        if (plan !== undefined) {
            findingsOf(result).forEach(({ level, rule, subject, message }) =>
                process.stdout.write(`  ${level} ${rule} ${subject.split("::").at(-1) ?? subject}: ${message}\n`),
            );
        }
    }
    writeReports(results, options);
    return Math.max(ExitCode.Ok, ...results.map(exitCodeOf)) as ExitCode;
}

function writeReports(results: readonly GateResult[], { junit, sarif, plans }: Options): void {
    if (junit !== undefined) {
        save(junit, junitReport(results));
    }
    if (sarif !== undefined) {
        save(sarif, sarifReport(results, process.env["npm_package_version"] ?? "0.0.0"));
    }
    if (plans !== undefined) {
        results.forEach(
            ({ stack, plan }) => plan !== undefined && save(join(plans, `${stack}.json`), `${JSON.stringify(plan, null, 2)}\n`),
        );
    }
}

function save(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stderr.write(`wrote ${basename(file)}\n`);
}

if (require.main === module) {
    const options = new Command()
        .name("npm run gate --")
        .description("Plans every environment and applies the policy pack; exit code 1 for violations, 2 for a wrong configuration.")
        .option(
            "--stack <name>",
            "stack to judge; repeat for several (default: all)",
            (name: string, before: string[]) => [...before, name],
            [],
        )
        .option("--junit <file>", "write JUnit XML")
        .option("--sarif <file>", "write SARIF")
        .option("--plans <directory>", "write each plan file, for comparisons")
        .option("--no-color", "no colours")
        .option("--debug", "show stack traces")
        .exitOverride((error) => process.exit(error.exitCode === 0 ? ExitCode.Ok : ExitCode.Configuration))
        .parse()
        .opts<Options>();
    main(options).then(
        (code) => (process.exitCode = code),
        (error: unknown) => {
            process.stderr.write(`${options.debug === true && error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
            process.exitCode = ExitCode.Violation;
        },
    );
}
