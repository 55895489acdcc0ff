/** The bench's place in the user's cache: built tools by the hash of what they are built from, and stack state. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { startTimeOf, waitUntil } from "./processes";

/** `$XDG_CACHE_HOME/aws-kubernetes`, or the same below `~/.cache`. */
export function cacheRoot(): string {
    const base = process.env["XDG_CACHE_HOME"] || path.join(os.homedir(), ".cache");
    return path.join(base, "aws-kubernetes");
}

/** A hash over the given files and strings; files count by content, not by place. */
export function hashOf(files: readonly string[], extra: readonly string[] = []): string {
    const hash = createHash("sha256");
    for (const file of files) hash.update(path.basename(file)).update("\0").update(fs.readFileSync(file)).update("\0");
    for (const text of extra) hash.update(text).update("\0");
    return hash.digest("hex").slice(0, 16);
}

/** The directory of one built tool; it exists only when the tool is complete. */
export function toolDir(name: string, hash: string): string {
    return path.join(cacheRoot(), "tools", `${name}-${hash}`);
}

/**
 * Makes a tool directory once: builds into a temporary one beside it and renames, so that an interrupted
 * build never leaves a half tool, and two processes do not build the same thing at once.
 */
export async function buildOnce(dir: string, build: (temporary: string) => Promise<void>, limitSeconds = 3600): Promise<boolean> {
    if (fs.existsSync(dir)) return false;
    fs.mkdirSync(path.dirname(dir), { recursive: true });
    const release = await lock(`${dir}.lock`, limitSeconds);
    try {
        if (fs.existsSync(dir)) return false;
        const temporary = `${dir}.building`;
        fs.rmSync(temporary, { recursive: true, force: true });
        fs.mkdirSync(temporary, { recursive: true });
        await build(temporary);
        fs.renameSync(temporary, dir);
        return true;
    } finally {
        release();
    }
}

/** Takes a lock file held by this process; a lock whose holder has gone is taken over. */
export async function lock(file: string, limitSeconds: number): Promise<() => void> {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const mine = `${process.pid} ${startTimeOf(process.pid)}`;
    const taken = await waitUntil(() => tryLock(file, mine), limitSeconds, 500);
    if (!taken) {
        throw new Error(`another process holds ${file} for more than ${limitSeconds} s; remove the file if there is none`);
    }
    return () => fs.rmSync(file, { force: true });
}

function tryLock(file: string, mine: string): boolean {
    try {
        fs.writeFileSync(file, mine, { flag: "wx" });
        return true;
    } catch {
        const holder = readHolder(file);
        if (holder !== undefined && startTimeOf(holder.pid) !== holder.startTime) {
            fs.rmSync(file, { force: true });
        }
        return false;
    }
}

function readHolder(file: string): { pid: number; startTime: string } | undefined {
    try {
        const [pid, startTime] = fs.readFileSync(file, "utf8").split(" ");
        return pid && startTime ? { pid: Number(pid), startTime } : undefined;
    } catch {
        return undefined;
    }
}
