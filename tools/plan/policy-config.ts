/** Which policy configuration belongs to a stack: `policy/config/<stack>.json`, else that of its environment. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackConfig } from "../../policy/pack";

/** The content of the file, or undefined when there is none and the pack's own settings hold. */
export function policyConfigFor(projectDirectory: string, ...names: string[]): PackConfig | undefined {
    const file = names.map((name) => join(projectDirectory, "policy", "config", `${name}.json`)).find((path) => existsSync(path));
    return file === undefined ? undefined : (JSON.parse(readFileSync(file, "utf8")) as PackConfig);
}
