/** The local bench: one stack of the program on an emulated AWS, for the command line and for tests. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { lock } from "./cache";
import { startControlPlane } from "./control-plane";
import { startEmulators } from "./emulators";
import { Engine, type EngineCall, type EngineResult } from "./engine";
import { engineEnvironment, installPlugins } from "./environment";
import { adopt, findCreated, pendingCreates, settledInventory } from "./interrupted";
import { compareInventories, takeInventory, type Leftover } from "./leftovers";
import { policyArguments } from "./policy-pack";
import { isAlive, stop } from "./processes";
import { createProgress, type Progress } from "./progress";
import { findProjectRoot } from "./project";
import { regionOf, writeStackFile } from "./stack-file";
import { StackDirectory, deadProcesses, type StackRecord } from "./stack-state";
import { prepareTools, type Toolchain } from "./toolchain";

/** What to deploy and how. */
export interface BenchOptions {
    /** Directory of the program (with its Pulumi.yaml); default the project itself. */
    readonly program?: string;
    /** Stack name; default `dev`. */
    readonly stack?: string;
    /** Stack file elsewhere; default `Pulumi.<stack>.yaml` of the program. */
    readonly configFile?: string;
    /** Use the policy pack; default true. */
    readonly policy?: boolean;
    /** Start a real Kubernetes API server; default true. Without it objects are written to a directory. */
    readonly kubernetes?: boolean;
    /** Where progress goes; default standard error. */
    readonly progress?: Progress;
    /** Pass the engine's output through; default false. */
    readonly show?: boolean;
}

/** How one command is run. */
export interface CommandOptions {
    /** Further engine arguments. */
    readonly args?: readonly string[];
    /** Time limit; default 30 minutes. */
    readonly timeoutSeconds?: number;
    /** Called with the engine's process id; a test may kill it. */
    readonly onStart?: (pid: number) => void;
}

/** A command's result with the stack's outputs after it. */
export interface UpResult extends EngineResult {
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** What `down` did. */
export interface DownResult extends EngineResult {
    readonly leftovers: readonly Leftover[];
}

/** One stack on the bench. */
export class Bench {
    private constructor(
        private readonly options: Required<Omit<BenchOptions, "configFile" | "kubernetes">>,
        private readonly directory: StackDirectory,
        private stackFile: string,
        private readonly region: string,
        private readonly tools: Toolchain,
        private record: StackRecord,
    ) {}

    /** Finds or builds the tools, starts the stack's emulators (or takes those that run) and prepares the engine. */
    static async open(given: BenchOptions = {}): Promise<Bench> {
        const { configFile, kubernetes = true, ...rest } = given;
        const program = path.resolve(given.program ?? findProjectRoot());
        const options = { stack: "dev", policy: true, show: false, progress: createProgress(), ...rest, program };
        const projectFile = path.join(program, "Pulumi.yaml");
        const stackFile = path.resolve(configFile ?? path.join(program, `Pulumi.${options.stack}.yaml`));
        for (const file of [projectFile, stackFile]) {
            if (!fs.existsSync(file)) throw new Error(`${file} does not exist`);
        }
        const region = regionOf(stackFile, projectFile);
        const directory = directoryOf(program, options.stack);
        const tools = await prepareTools({ kubernetes }, options.progress);
        const release = await lock(directory.path("..", `${path.basename(directory.dir)}.lock`), 120);
        try {
            const record = await startOrReuse(tools, directory, { program, stack: options.stack, region }, options.progress);
            const bench = new Bench(options, directory, stackFile, region, tools, record);
            await bench.prepareEngine();
            return bench;
        } finally {
            release();
        }
    }

    /** Deploys the program, policies included. */
    async up(options: CommandOptions = {}): Promise<UpResult> {
        await this.settleInterrupted(options);
        const result = await this.resources("up", ["--yes", "--skip-preview", ...this.policies()], options);
        return { ...result, outputs: await this.engine().outputs() };
    }

    /** Compares the program with the deployed state. */
    preview(options: CommandOptions & { readonly expectNoChanges?: boolean } = {}): Promise<EngineResult> {
        return this.resources("preview", ["--diff", ...this.policies(), ...expectation(options)], options);
    }

    /** Reads everything back from the emulated AWS and records what differs. */
    refresh(options: CommandOptions & { readonly expectNoChanges?: boolean } = {}): Promise<EngineResult> {
        return this.resources("refresh", ["--yes", "--skip-preview", ...expectation(options)], options);
    }

    /** Destroys the stack (lifting `protect` in this emulated stack only) and says what is left. */
    async down(options: CommandOptions = {}): Promise<DownResult> {
        const engine = this.engine();
        await this.settleInterrupted(options);
        await engine.unprotect();
        const result = await this.resources("destroy", ["--yes", "--skip-preview"], options);
        return { ...result, leftovers: await this.leftovers() };
    }

    /** What the emulators hold that they did not hold at the start. */
    async leftovers(): Promise<Leftover[]> {
        return compareInventories(this.record.baseline, await takeInventory(this.record.awsUrl, this.record.eksUrl));
    }

    /** Ends the stack's emulators and removes everything of this stack. */
    async close(): Promise<void> {
        await stopProcesses(this.record);
        this.directory.remove();
    }

    /** Replaces the stack file, for the next command. */
    async useStackFile(file: string): Promise<void> {
        this.stackFile = path.resolve(file);
        await this.prepareEngine();
    }

    /** Where things run: the emulators' addresses and the API server's kubeconfig. */
    get addresses(): Pick<StackRecord, "awsUrl" | "eksUrl" | "kubeconfig" | "rendered"> {
        return this.record;
    }

    /** The engine of this stack, for a command not offered here. */
    engine(): Engine {
        const environment = engineEnvironment(this.tools, this.directory, this.record, this.region);
        return new Engine(this.tools.pulumi, this.options.program, this.directory, environment, this.options.stack, this.engineStackFile());
    }

    private async prepareEngine(): Promise<void> {
        const replaced = writeStackFile(this.stackFile, this.engineStackFile(), this.region);
        if (replaced.length > 0)
            this.options.progress.warn(`encrypted values are replaced by a placeholder on the bench: ${replaced.join(", ")}`);
        writeProjectCopy(this.options.program, this.directory);
        const environment = engineEnvironment(this.tools, this.directory, this.record, this.region);
        await installPlugins(this.tools, environment, this.options.progress);
        await this.engine().ensureStack();
    }

    private engineStackFile(): string {
        return this.directory.path(`Pulumi.${this.options.stack}.yaml`);
    }

    private policies(): string[] {
        if (!this.options.policy) return [];
        const { args, note } = policyArguments(this.options.program, this.options.stack, this.directory, this.tools.installed);
        if (note) this.options.progress.note(note);
        return args;
    }

    private resources(
        command: "up" | "preview" | "refresh" | "destroy",
        args: readonly string[],
        options: CommandOptions,
    ): Promise<EngineResult> {
        const call: EngineCall = {
            timeoutSeconds: options.timeoutSeconds ?? 1800,
            show: this.options.show,
            ...(options.onStart ? { onStart: options.onStart } : {}),
        };
        return this.engine().resources(command, [...args, ...(options.args ?? [])], call);
    }

    /** Puts the stack in order when an earlier engine was killed (see interrupted.ts). */
    private async settleInterrupted(options: CommandOptions): Promise<void> {
        const engine = this.engine();
        await engine.cancel();
        const state = await engine.state();
        const operations = state.pending_operations ?? [];
        if (operations.length === 0) return;
        const names = operations.map((one) => `${one.type} ${one.resource.urn.split("::").pop()}`).join(", ");
        this.options.progress.warn(`an earlier run was interrupted; operations of unknown outcome: ${names}`);
        const left = compareInventories(
            this.record.baseline,
            await settledInventory(() => takeInventory(this.record.awsUrl, this.record.eksUrl)),
        );
        const created = findCreated(pendingCreates(state), state, left);
        await engine.replaceState(adopt(state, created));
        const result = await this.resources("refresh", ["--yes", "--skip-preview"], options);
        if (result.code !== 0) throw new Error(`the interrupted stack could not be refreshed:\n${result.output.trim()}`);
    }
}

/** The stack's directory, whether or not anything runs. */
export function directoryOf(program: string, stack: string): StackDirectory {
    const project = parse(fs.readFileSync(path.join(program, "Pulumi.yaml"), "utf8")) as { name: string };
    return new StackDirectory(project.name, program, stack);
}

/** Ends every process of a record, the API server's clients first. */
export async function stopProcesses(record: StackRecord): Promise<void> {
    await Promise.all(record.processes.map((recorded) => stop(recorded)));
}

/** The project file without its entry point, for commands that only look at the stack. */
function writeProjectCopy(program: string, directory: StackDirectory): void {
    const project = parse(fs.readFileSync(path.join(program, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    fs.writeFileSync(directory.path("Pulumi.yaml"), stringify({ name: project["name"], runtime: "nodejs" }));
}

function expectation(options: { readonly expectNoChanges?: boolean }): string[] {
    return options.expectNoChanges ? ["--expect-no-changes"] : [];
}

async function startOrReuse(
    tools: Toolchain,
    directory: StackDirectory,
    what: { readonly program: string; readonly stack: string; readonly region: string },
    progress: Progress,
): Promise<StackRecord> {
    const existing = directory.read();
    if (existing) {
        const dead = deadProcesses(existing);
        if (dead.length === 0) return existing;
        progress.warn(
            `${dead.map((one) => one.name).join(", ")} of this stack ended outside the bench: its emulated AWS is lost, starting afresh`,
        );
        await stopProcesses({ ...existing, processes: existing.processes.filter(isAlive) });
        directory.remove();
    }
    const emulators = await progress.step("starting the AWS emulators", () => startEmulators(tools, directory, what.region));
    try {
        const plane =
            tools.kubernetes &&
            (await progress.step("starting the Kubernetes API server", () => startControlPlane(tools.kubernetes!, directory)));
        const record: StackRecord = {
            project: path.basename(directory.dir),
            ...what,
            processes: [...emulators.processes, ...(plane ? plane.processes : [])],
            awsUrl: emulators.awsUrl,
            eksUrl: emulators.eksUrl,
            baseline: await takeInventory(emulators.awsUrl, emulators.eksUrl),
            ...(plane ? { kubeconfig: plane.kubeconfig } : { rendered: directory.subdirectory("rendered") }),
        };
        directory.write(record);
        progress.note(
            plane
                ? `Kubernetes objects go to the API server of ${record.kubeconfig}`
                : `Kubernetes objects are written to ${record.rendered}`,
        );
        return record;
    } catch (error) {
        await Promise.all(emulators.processes.map((one) => stop(one)));
        throw error;
    }
}
