/** Calls the Pulumi engine with a home, a state and credentials of the bench's own, and reads its event log. */
import * as fs from "node:fs";
import { endProcessesWith, run, type Finished } from "./processes";
import type { StackDirectory } from "./stack-state";

/** One resource operation the engine announced or did. */
export interface Step {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    /** Properties that differ, by path, with how they differ (`add`, `update`, `delete-replace`, …). */
    readonly diff: Readonly<Record<string, string>>;
}

/** What one engine command did. */
export interface EngineResult {
    readonly code: number;
    readonly timedOut: boolean;
    readonly durationSeconds: number;
    /** Number of resources by operation (`create`, `update`, `same`, …). */
    readonly changes: Readonly<Record<string, number>>;
    /** Every operation but `same`, in order. */
    readonly steps: readonly Step[];
    /** Errors and warnings, without colours. */
    readonly diagnostics: readonly { readonly severity: string; readonly message: string; readonly urn?: string }[];
    /** Policy violations, as the pack reported them. */
    readonly violations: readonly { readonly policy: string; readonly level: string; readonly message: string; readonly urn: string }[];
    readonly output: string;
}

interface EngineEvent {
    readonly resourcePreEvent?: { readonly metadata: StepMetadata };
    readonly resOutputsEvent?: { readonly metadata: StepMetadata };
    readonly summaryEvent?: { readonly resourceChanges?: Record<string, number> };
    readonly diagnosticEvent?: { readonly severity: string; readonly message: string; readonly urn?: string };
    readonly policyEvent?: {
        readonly policyName: string;
        readonly enforcementLevel: string;
        readonly message: string;
        readonly resourceUrn?: string;
    };
}

interface StepMetadata {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly diffs?: string[] | null;
    readonly detailedDiff?: Record<string, { readonly diffKind?: string; readonly kind?: string }> | null;
}

/** How an engine command is run. */
export interface EngineCall {
    readonly timeoutSeconds: number;
    readonly show: boolean;
    readonly onStart?: (pid: number) => void;
}

/**
 * The engine for one stack of one program. Commands about the stack itself run in the bench's own copy of the
 * project, so that nothing (an encryption salt, a selected stack) is written into the program's directory.
 */
export class Engine {
    constructor(
        private readonly pulumi: string,
        private readonly program: string,
        private readonly directory: StackDirectory,
        private readonly environment: NodeJS.ProcessEnv,
        private readonly stack: string,
        private readonly stackFile: string,
    ) {}

    /** Runs a command that changes or compares resources, and collects what it reported. */
    async resources(command: "up" | "preview" | "refresh" | "destroy", args: readonly string[], call: EngineCall): Promise<EngineResult> {
        const eventLog = this.directory.path(`events-${process.pid}.log`);
        fs.rmSync(eventLog, { force: true });
        const started = Date.now();
        const own = ["--stack", this.stack, "--config-file", this.stackFile, "--non-interactive", "--event-log", eventLog];
        const done = await this.call([command, "--cwd", this.program, ...own, ...args], call);
        const events = readEvents(eventLog);
        fs.rmSync(eventLog, { force: true });
        return {
            ...summarise(events),
            code: done.code,
            timedOut: done.timedOut,
            durationSeconds: (Date.now() - started) / 1000,
            output: done.stdout + done.stderr,
        };
    }

    /** Makes the stack if it is not there. */
    async ensureStack(): Promise<void> {
        const made = await this.call(["stack", "select", "--create", this.stack, "--non-interactive"], { timeoutSeconds: 60, show: false });
        if (made.code !== 0) throw new Error(`the stack could not be made: ${(made.stdout + made.stderr).trim()}`);
    }

    /** Removes the lock an engine that was killed left behind. */
    async cancel(): Promise<void> {
        await this.call(["cancel", this.stack, "--yes", "--non-interactive"], { timeoutSeconds: 60, show: false });
    }

    /** Lifts `protect` from every resource of this emulated stack. */
    async unprotect(): Promise<void> {
        const done = await this.call(["state", "unprotect", "--all", "--yes", "--stack", this.stack], { timeoutSeconds: 60, show: false });
        if (done.code !== 0) throw new Error(`protect could not be lifted: ${done.stderr.trim()}`);
    }

    /** The stack's outputs, secrets included only when asked. */
    async outputs(showSecrets = false): Promise<Record<string, unknown>> {
        const args = ["stack", "output", "--json", "--stack", this.stack, ...(showSecrets ? ["--show-secrets"] : [])];
        const done = await this.call(args, { timeoutSeconds: 60, show: false });
        return done.code === 0 ? (JSON.parse(done.stdout) as Record<string, unknown>) : {};
    }

    /** The stack's state as the engine keeps it. */
    async state(): Promise<DeploymentState> {
        const done = await this.call(["stack", "export", "--stack", this.stack], { timeoutSeconds: 60, show: false });
        if (done.code !== 0) throw new Error(`the state could not be read: ${done.stderr.trim()}`);
        return (JSON.parse(done.stdout) as { deployment: DeploymentState }).deployment;
    }

    /** Puts another state in the place of the stack's. */
    async replaceState(deployment: DeploymentState): Promise<void> {
        const file = this.directory.path("state-import.json");
        fs.writeFileSync(file, JSON.stringify({ version: 3, deployment }), { mode: 0o600 });
        const done = await this.call(["stack", "import", "--stack", this.stack, "--file", file], { timeoutSeconds: 60, show: false });
        fs.rmSync(file, { force: true });
        if (done.code !== 0) throw new Error(`the state could not be put in order: ${done.stderr.trim()}`);
    }

    /** Any engine command. */
    async call(args: readonly string[], call: EngineCall): Promise<Finished> {
        const done = await run(this.pulumi, args, { cwd: this.directory.dir, env: this.environment, ...call });
        if (done.code !== 0) endProcessesWith("PULUMI_HOME", this.environment["PULUMI_HOME"] ?? "none");
        return done;
    }
}

/** The parts of an exported deployment the bench looks at. */
export interface DeploymentState {
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly { readonly type: string; readonly resource: ResourceState }[];
}

/** The parts of a resource's state the bench looks at. */
export interface ResourceState {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly protect?: boolean;
    readonly inputs?: Record<string, unknown>;
    readonly outputs?: Record<string, unknown>;
}

function readEvents(file: string): EngineEvent[] {
    if (!fs.existsSync(file)) return [];
    const lines = fs.readFileSync(file, "utf8").split("\n");
    return lines.flatMap((line) => {
        try {
            return line.trim() ? [JSON.parse(line) as EngineEvent] : [];
        } catch {
            return [];
        }
    });
}

function summarise(events: readonly EngineEvent[]): Pick<EngineResult, "changes" | "steps" | "diagnostics" | "violations"> {
    const steps = new Map<string, Step>();
    for (const event of events) {
        const metadata = event.resourcePreEvent?.metadata ?? event.resOutputsEvent?.metadata;
        if (metadata && metadata.op !== "same" && metadata.op !== "refresh") {
            steps.set(`${metadata.op} ${metadata.urn}`, toStep(metadata));
        }
    }
    return {
        changes: events.map((event) => event.summaryEvent?.resourceChanges).find((changes) => changes !== undefined) ?? {},
        steps: [...steps.values()],
        diagnostics: events.flatMap(({ diagnosticEvent: one }) =>
            one && ["error", "warning"].includes(one.severity)
                ? [{ severity: one.severity, message: plain(one.message), ...(one.urn ? { urn: one.urn } : {}) }]
                : [],
        ),
        violations: events.flatMap(({ policyEvent: one }) =>
            one ? [{ policy: one.policyName, level: one.enforcementLevel, message: plain(one.message), urn: one.resourceUrn ?? "" }] : [],
        ),
    };
}

function toStep(metadata: StepMetadata): Step {
    const detailed = Object.entries(metadata.detailedDiff ?? {}).map(
        ([path, diff]) => [path, diff.diffKind ?? diff.kind ?? "update"] as const,
    );
    const simple = (metadata.diffs ?? []).map((path) => [path, "update"] as const);
    return { op: metadata.op, urn: metadata.urn, type: metadata.type, diff: Object.fromEntries(detailed.length > 0 ? detailed : simple) };
}

function plain(message: string): string {
    return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}
