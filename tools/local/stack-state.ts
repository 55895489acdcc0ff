/** The bench's record of one stack: its directory, the processes that belong to it and what was there at the start. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { cacheRoot } from "./cache";
import { isAlive, type BackgroundProcess } from "./processes";
import { readJson } from "./project";
import type { Inventory } from "./leftovers";

/** What is written to `state.json`. */
export interface StackRecord {
    readonly project: string;
    readonly program: string;
    readonly stack: string;
    readonly processes: readonly BackgroundProcess[];
    readonly awsUrl: string;
    readonly eksUrl: string;
    /** What the emulators hold before anything was deployed. */
    readonly baseline: Inventory;
    /** Kubeconfig of the bench's API server; without one, objects are written to `rendered`. */
    readonly kubeconfig?: string;
    readonly rendered?: string;
}

/** The files of one stack of one program below the cache directory. */
export class StackDirectory {
    /** The directory itself. */
    readonly dir: string;

    constructor(project: string, program: string, stack: string) {
        const key = createHash("sha256").update(path.resolve(program)).digest("hex").slice(0, 8);
        this.dir = path.join(cacheRoot(), "stacks", `${project}-${stack}-${key}`);
    }

    /** A path inside the directory. */
    path(...parts: string[]): string {
        return path.join(this.dir, ...parts);
    }

    /** A directory inside it, made if needed. */
    subdirectory(...parts: string[]): string {
        const dir = this.path(...parts);
        fs.mkdirSync(dir, { recursive: true });
        return dir;
    }

    /** The record of what runs, or undefined when nothing was started. */
    read(): StackRecord | undefined {
        const file = this.path("state.json");
        if (!fs.existsSync(file)) return undefined;
        try {
            return readJson<StackRecord>(file);
        } catch {
            return undefined;
        }
    }

    /** Writes the record by rename, so that a reader never sees half of it. */
    write(record: StackRecord): void {
        this.subdirectory();
        const temporary = this.path(`state.json.${process.pid}`);
        fs.writeFileSync(temporary, JSON.stringify(record, null, 2), { mode: 0o600 });
        fs.renameSync(temporary, this.path("state.json"));
    }

    /** Removes everything of this stack. */
    remove(): void {
        fs.rmSync(this.dir, { recursive: true, force: true });
    }
}

/** The recorded processes that no longer run. */
export function deadProcesses(record: StackRecord): BackgroundProcess[] {
    return record.processes.filter((recorded) => !isAlive(recorded));
}
