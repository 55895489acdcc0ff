/** `npm run local`: the same program as `pulumi up`, on the real engine and provider against an emulated AWS. */
import { Command } from "commander";
import * as path from "node:path";
import pc from "picocolors";
import { CONFIGURATION_EXIT_CODE, ConfigurationError, loadStackFile } from "../../stacks/config";
import { Bench, directoryOf, type BenchOptions } from "./bench";
import type { EngineResult } from "./engine";
import { isAlive } from "./processes";
import { createProgress } from "./progress";
import { findProjectRoot } from "./project";
import { MissingToolError } from "./toolchain";

interface Flags {
    readonly stack: string;
    readonly config?: string;
    readonly program?: string;
    readonly policy: boolean;
    readonly kubernetes: boolean;
    readonly json?: boolean;
}

type Action = "up" | "preview" | "refresh" | "down" | "status";

const descriptions: Readonly<Record<Action, string>> = {
    up: "deploy the stack into an emulated AWS, starting it if needed",
    preview: "compare the program with what is deployed there",
    refresh: "read everything back from the emulated AWS and record differences",
    down: "destroy the stack, report what is left, and end the emulators",
    status: "show what runs for the stack",
};

/** Parses the command line and runs the command; the result is the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
    let code = 0;
    const program = new Command("local").description("the stack on this machine: real Pulumi engine and AWS provider, emulated AWS");
    for (const [name, description] of Object.entries(descriptions) as [Action, string][]) {
        program
            .command(name)
            .description(description)
            .option("--stack <name>", "stack name", "dev")
            .option("--config <file>", "a stack file elsewhere, in the format of Pulumi.<stack>.yaml")
            .option("--program <dir>", "directory of the program, if not this project")
            .option("--no-policy", "without the policy pack")
            .option("--no-kubernetes", "without a Kubernetes API server: objects are written to a directory")
            .option("--json", "print the result as JSON on standard output")
            .argument("[extra...]", "further arguments for the engine, after --")
            .action(async (extra: string[], flags: Flags) => {
                code = await perform(name, flags, extra);
            });
    }
    await program.parseAsync(argv, { from: "user" });
    return code;
}

async function perform(action: Action, flags: Flags, extra: readonly string[]): Promise<number> {
    const root = path.resolve(flags.program ?? findProjectRoot());
    if (action === "status") return status(root, flags);
    if (action === "down" && directoryOf(root, flags.stack).read() === undefined) {
        process.stderr.write(`nothing runs for stack ${flags.stack}\n`);
        return 0;
    }
    if (action !== "down") checkConfiguration(root, flags);
    const options: BenchOptions = {
        program: root,
        stack: flags.stack,
        policy: flags.policy,
        kubernetes: flags.kubernetes,
        show: !flags.json,
        ...(flags.config ? { configFile: flags.config } : {}),
    };
    const bench = await Bench.open(options);
    return action === "down" ? takeDown(bench, flags, extra) : report(await bench[action]({ args: extra }), flags);
}

/** The program checks its configuration too; here it is done before anything is started. */
function checkConfiguration(root: string, flags: Flags): void {
    if (root === findProjectRoot()) {
        loadStackFile({ projectDirectory: root, stack: flags.stack, ...(flags.config ? { file: path.resolve(flags.config) } : {}) });
    }
}

async function takeDown(bench: Bench, flags: Flags, extra: readonly string[]): Promise<number> {
    const result = await bench.down({ args: extra });
    if (result.code !== 0) {
        process.stderr.write(
            "the stack was not destroyed completely; its emulators keep running so that it can be looked at and tried again\n",
        );
        return report(result, flags);
    }
    await bench.close();
    if (result.leftovers.length === 0) {
        process.stderr.write(`${pc.green("nothing left in the emulated AWS")}\n`);
    } else {
        process.stderr.write(
            `${pc.red("left in the emulated AWS:")}\n${result.leftovers.map(({ kind, id }) => `  ${kind} ${id}`).join("\n")}\n`,
        );
    }
    return report(result, flags) || (result.leftovers.length > 0 ? 1 : 0);
}

function report(result: EngineResult, flags: Flags): number {
    if (result.timedOut) process.stderr.write(`${pc.red("error:")} the engine was ended at its time limit\n`);
    if (flags.json) {
        const { output: _output, ...rest } = result;
        process.stdout.write(`${JSON.stringify(rest, null, 2)}\n`);
    }
    return result.code;
}

function status(root: string, flags: Flags): number {
    const directory = directoryOf(root, flags.stack);
    const record = directory.read();
    const processes = (record?.processes ?? []).map((one) => ({ ...one, alive: isAlive(one) }));
    if (flags.json) {
        process.stdout.write(
            `${JSON.stringify({ stack: flags.stack, directory: directory.dir, running: record !== undefined, ...record, baseline: undefined, processes }, null, 2)}\n`,
        );
    } else if (record === undefined) {
        process.stdout.write(`nothing runs for stack ${flags.stack}\n`);
    } else {
        const lines = processes.map(
            (one) => `  ${one.alive ? pc.green("runs") : pc.red("gone")}  ${one.name} (pid ${one.pid}, port ${one.port}, log ${one.log})`,
        );
        const kubernetes = record.kubeconfig ? `kubeconfig ${record.kubeconfig}` : `objects written to ${record.rendered}`;
        process.stdout.write(
            `stack ${flags.stack} in ${directory.dir}\n${lines.join("\n")}\n  AWS ${record.awsUrl}, EKS ${record.eksUrl}, Kubernetes: ${kubernetes}\n`,
        );
    }
    return 0;
}

/** 2 for a bad configuration, 3 for a missing tool. */
function exitCode(error: unknown): number {
    if (error instanceof ConfigurationError) return CONFIGURATION_EXIT_CODE;
    return error instanceof MissingToolError ? 3 : 1;
}

if (require.main === module) {
    main(process.argv.slice(2)).then(
        (code) => {
            process.exitCode = code;
        },
        (error: unknown) => {
            createProgress().note(`${pc.red("error:")} ${error instanceof Error ? error.message : String(error)}`);
            process.exitCode = exitCode(error);
        },
    );
}
