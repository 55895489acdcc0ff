/** Hands the project's policy pack to the engine, also to a language host that cannot run packs by itself. */
import * as fs from "node:fs";
import * as path from "node:path";
import { stringify, parse } from "yaml";
import { readJson } from "./project";
import type { StackDirectory } from "./stack-state";

/** The runtime name under which the bench's analyzer script is found. */
const benchRuntime = "node";

/** Engine arguments for the pack of a program, or why there is none. */
export function policyArguments(
    program: string,
    stack: string,
    directory: StackDirectory,
    installed: boolean,
): { args: string[]; note?: string } {
    const pack = path.join(program, "policy");
    if (!fs.existsSync(path.join(pack, "PulumiPolicy.yaml"))) {
        return { args: [], note: `no policy pack in ${pack}: deploying without policies` };
    }
    const entry = entryPoint(pack);
    if (!fs.existsSync(entry)) {
        return { args: [], note: `the policy pack is not compiled (${entry} is missing; npm run build): deploying without policies` };
    }
    const config = path.join(pack, "config", `${stack}.json`);
    const packConfig = fs.existsSync(config) ? ["--policy-pack-config", config] : [];
    return { args: ["--policy-pack", installed ? pack : copyForBench(pack, entry, directory), ...packConfig] };
}

function entryPoint(pack: string): string {
    const main = path.resolve(pack, readJson<{ main?: string }>(path.join(pack, "package.json")).main ?? "index.js");
    return fs.statSync(main, { throwIfNoEntry: false })?.isDirectory() ? path.join(main, "index.js") : main;
}

/**
 * Engines since 3.169 start a Node.js pack through the language host, which the host built here cannot do.
 * A copy of the pack's manifest with another runtime name makes the engine look for an analyzer executable
 * of that name, and that runs the same compiled pack with Pulumi's own pack runner.
 */
function copyForBench(pack: string, entry: string, directory: StackDirectory): string {
    const copy = directory.subdirectory("policy-pack");
    const manifest = parse(fs.readFileSync(path.join(pack, "PulumiPolicy.yaml"), "utf8")) as Record<string, unknown>;
    fs.writeFileSync(path.join(copy, "PulumiPolicy.yaml"), stringify({ ...manifest, runtime: benchRuntime, main: undefined }));
    const packageJson = readJson<Record<string, unknown>>(path.join(pack, "package.json"));
    fs.writeFileSync(path.join(copy, "package.json"), JSON.stringify({ ...packageJson, main: entry }, null, 2));
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const script = path.join(directory.subdirectory("bin"), `pulumi-analyzer-policy-${benchRuntime}`);
    fs.writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${runner}' "$1" '${copy}'\n`, { mode: 0o755 });
    return copy;
}
