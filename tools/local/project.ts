/** Where the project, the bench's own files and the installed packages are. */
import * as fs from "node:fs";
import * as path from "node:path";

/** The directory that holds the project's package.json, looked for upwards from `start`. */
export function findProjectRoot(start: string = __dirname): string {
    for (let dir = path.resolve(start); ; dir = path.dirname(dir)) {
        const manifest = path.join(dir, "package.json");
        if (fs.existsSync(manifest) && readJson<{ name?: string }>(manifest).name === "aws-kubernetes") {
            return dir;
        }
        if (path.dirname(dir) === dir) {
            throw new Error(`no aws-kubernetes project above ${start}`);
        }
    }
}

/** A file of the bench that is not TypeScript; such files are read from the source tree. */
export function asset(...parts: string[]): string {
    return path.join(findProjectRoot(), "tools", "local", ...parts);
}

/** A compiled file of the bench. */
export function compiled(...parts: string[]): string {
    return path.join(findProjectRoot(), "bin", "tools", "local", ...parts);
}

/** Reads a JSON file. */
export function readJson<T>(file: string): T {
    return JSON.parse(fs.readFileSync(file, "utf8")) as T;
}

/** The version of an npm package the project has installed. */
export function installedVersion(name: string): string {
    return readJson<{ version: string }>(path.join(findProjectRoot(), "node_modules", name, "package.json")).version;
}

/** Whether `file` exists and is an ordinary file. */
export function isFile(file: string): boolean {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
