/** Starting, watching and ending processes: every one has a time limit or is recorded by pid and start time. */
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import * as fs from "node:fs";
import { randomInt } from "node:crypto";
import * as net from "node:net";

/** A process that outlives this one; the start time tells it from a later process with the same pid. */
export interface BackgroundProcess {
    readonly name: string;
    readonly pid: number;
    readonly startTime: string;
    readonly port: number;
    readonly log: string;
}

/** What a finished command left behind. */
export interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
    readonly timedOut: boolean;
}

/** How to run a command that is waited for. */
export interface RunOptions {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly timeoutSeconds: number;
    /** Pass the output through to this process's own streams as well as collecting it. */
    readonly show?: boolean;
    /** Called with the process id as soon as the command runs. */
    readonly onStart?: (pid: number) => void;
}

/**
 * Ports to listen on: below those the kernel gives to outgoing connections (32768 and up on Linux, 49152 elsewhere), of
 * which a busy bench opens thousands; one of them could take a port between its choice here and its use.
 */
const LISTENING_PORTS = { first: 20_000, count: 10_000 };

/** A port nobody listens on at this moment, on the loopback address. */
export async function freePort(): Promise<number> {
    for (let attempt = 0; attempt < 100; attempt++) {
        const port = LISTENING_PORTS.first + randomInt(LISTENING_PORTS.count);
        if (await canListen(port)) return port;
    }
    throw new Error(`no free port between ${LISTENING_PORTS.first} and ${LISTENING_PORTS.first + LISTENING_PORTS.count}`);
}

function canListen(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const server = net.createServer();
        server.once("error", () => resolve(false));
        server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
}

/** Runs a command in its own process group, collects its output, and ends the group at the time limit. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
    return new Promise((resolve) => {
        const child = spawn(command, args, { cwd: options.cwd, env: options.env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
        if (child.pid !== undefined) options.onStart?.(child.pid);
        const out: Buffer[] = [];
        const err: Buffer[] = [];
        let timedOut = false;
        const timer = setTimeout(() => {
            timedOut = true;
            endGroup(child);
        }, options.timeoutSeconds * 1000);
        const forward = forwardInterrupts(child);
        child.stdout.on("data", (chunk: Buffer) => {
            out.push(chunk);
            if (options.show) process.stdout.write(chunk);
        });
        child.stderr.on("data", (chunk: Buffer) => {
            err.push(chunk);
            if (options.show) process.stderr.write(chunk);
        });
        let finished = false;
        const finish = (code: number, extra = ""): void => {
            if (finished) return;
            finished = true;
            clearTimeout(timer);
            forward();
            resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() + extra, timedOut });
        };
        child.once("error", (error) => finish(127, String(error)));
        child.once("close", (code, signal) => finish(code ?? (signal ? 128 : 1)));
        // a command that was killed may leave processes behind that hold its output open
        child.once("exit", (code, signal) => {
            setTimeout(() => {
                child.stdout.destroy();
                child.stderr.destroy();
                finish(code ?? (signal ? 128 : 1));
            }, 3000).unref();
        });
    });
}

/** Ctrl-C reaches the command (which is in its own group) so that the engine can stop tidily. */
function forwardInterrupts(child: ChildProcess): () => void {
    const pass = (signal: NodeJS.Signals): void => {
        child.kill(signal);
    };
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    return () => {
        process.off("SIGINT", pass);
        process.off("SIGTERM", pass);
    };
}

function endGroup(child: ChildProcess): void {
    if (child.pid === undefined) return;
    for (const [signal, delay] of [
        ["SIGINT", 0],
        ["SIGKILL", 10_000],
    ] as const) {
        const timer = setTimeout(() => signalGroup(child.pid, signal), delay);
        timer.unref();
        child.once("close", () => clearTimeout(timer));
    }
}

/** Sends a signal to a process group started here; a group that has gone is not an error. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
    if (pid === undefined || pid <= 1) return;
    try {
        process.kill(-pid, signal);
    } catch {
        // already gone
    }
}

/** Starts a process that stays when this one ends, with its output in a log file. */
export function startBackground(
    name: string,
    command: string,
    args: readonly string[],
    options: { env: NodeJS.ProcessEnv; cwd: string; log: string; port: number },
): BackgroundProcess {
    const log = fs.openSync(options.log, "a");
    const spawnOptions: SpawnOptions = { cwd: options.cwd, env: options.env, detached: true, stdio: ["ignore", log, log] };
    const child = spawn(command, args, spawnOptions);
    child.on("error", () => undefined);
    child.unref();
    fs.closeSync(log);
    if (child.pid === undefined) {
        throw new Error(`${name} could not be started: ${command}`);
    }
    return { name, pid: child.pid, startTime: startTimeOf(child.pid) ?? "", port: options.port, log: options.log };
}

/** The moment a process started, in the kernel's ticks; undefined when there is no such (living) process. */
export function startTimeOf(pid: number): string | undefined {
    try {
        const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return fields[0] === "Z" ? undefined : fields[19];
    } catch {
        if (fs.existsSync("/proc/self/stat")) return undefined;
    }
    try {
        process.kill(pid, 0);
        return "unknown";
    } catch {
        return undefined;
    }
}

/** Whether the recorded process is still the one that runs under its pid. */
export function isAlive(recorded: BackgroundProcess): boolean {
    const now = startTimeOf(recorded.pid);
    return now !== undefined && now === recorded.startTime;
}

/** Ends a recorded process: asks first, insists after `graceSeconds`; returns when it has gone. */
export async function stop(recorded: BackgroundProcess, graceSeconds = 5): Promise<void> {
    for (const [signal, seconds] of [
        ["SIGTERM", graceSeconds],
        ["SIGKILL", 5],
    ] as const) {
        if (!isAlive(recorded)) return;
        try {
            process.kill(recorded.pid, signal);
        } catch {
            return;
        }
        await waitUntil(() => !isAlive(recorded), seconds);
    }
}

/** Polls until the condition holds or the limit is reached; tells which. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, limitSeconds: number, everyMs = 100): Promise<boolean> {
    const end = Date.now() + limitSeconds * 1000;
    for (;;) {
        if (await condition()) return true;
        if (Date.now() > end) return false;
        await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
}

/** The last lines of a log file, for an error message. */
export function tail(file: string, lines = 15): string {
    try {
        return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
    } catch {
        return "(no log)";
    }
}

/**
 * Ends the processes that carry `name=value` in their environment: what an engine that was killed left behind
 * (its plugins do not notice). The value must be one that only those processes have.
 */
export function endProcessesWith(name: string, value: string): void {
    if (!fs.existsSync("/proc/self/environ")) return;
    const wanted = `${name}=${value}`;
    for (const entry of fs.readdirSync("/proc", { withFileTypes: true }).filter((one) => /^\d+$/.test(one.name))) {
        try {
            const environment = fs.readFileSync(`/proc/${entry.name}/environ`, "utf8").split("\0");
            if (environment.includes(wanted)) process.kill(Number(entry.name), "SIGKILL");
        } catch {
            // gone, or another user's
        }
    }
}
