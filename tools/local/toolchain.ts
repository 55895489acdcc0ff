/** Finds or builds the programs the bench is made of: the engine, the plugins, the emulators and the API server. */
import * as fs from "node:fs";
import * as path from "node:path";
import { buildOnce, hashOf, toolDir } from "./cache";
import { findTerraformProvider } from "./terraform-provider";
import { asset } from "./project";
import { run } from "./processes";
import type { Progress } from "./progress";

/** Everything that was found or built. */
export interface Toolchain {
    /** The engine's executable; the Node.js language host lies beside it. */
    readonly pulumi: string;
    /** Whether the engine is one the user installed (its plugins can then be installed too). */
    readonly installed: boolean;
    /** The bridge executable that stands in for the AWS plugin. */
    readonly awsPlugin: string;
    /** The Terraform AWS provider that the bridge starts. */
    readonly terraformProvider: string;
    /** Python of the environment that has moto. */
    readonly moto: string;
    /** Python of the environment that has ministack. */
    readonly ministack: string;
    /** The Kubernetes control plane; undefined when it was not asked for or could not be built. */
    readonly kubernetes?: KubernetesTools;
}

/** The two programs of a Kubernetes API without nodes, and what makes their certificates. */
export interface KubernetesTools {
    readonly etcd: string;
    readonly apiserver: string;
    readonly openssl: string;
}

/** Something the bench needs and this machine does not have. */
export class MissingToolError extends Error {
    constructor(what: string, remedy: string) {
        super(
            `The local bench cannot run: ${what}\n  What helps: ${remedy}\n` +
                "  What works without it: npm run plan (the same program and policies, in-process), npm test.",
        );
        this.name = "MissingToolError";
    }
}

interface GoTool {
    readonly name: string;
    readonly module: string;
    readonly packages: Readonly<Record<string, string>>;
}

const engine: GoTool = { name: "pulumi", module: "pulumi", packages: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" } };
const languageHost: GoTool = {
    name: "pulumi-language-nodejs",
    module: "language-host",
    packages: { "pulumi-language-nodejs": "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs" },
};
const awsBridge: GoTool = { name: "pulumi-resource-aws", module: "provider-aws", packages: { "pulumi-resource-aws": "." } };
const controlPlane: GoTool = {
    name: "kubernetes",
    module: "kubernetes",
    packages: { etcd: "go.etcd.io/etcd/server/v3", "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver" },
};

const goEnvironment = { GOTOOLCHAIN: "local", CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GOWORK: "off" };

/** What a run needs besides the engine and the AWS plugin. */
export interface ToolRequest {
    /** Build the Kubernetes API server too. */
    readonly kubernetes: boolean;
}

/** Finds or builds everything, one step at a time (a build uses every core by itself). */
export async function prepareTools(request: ToolRequest, progress: Progress): Promise<Toolchain> {
    const terraformProvider = findTerraformProvider();
    if (terraformProvider === undefined) {
        throw new MissingToolError(
            "no Terraform AWS provider binary was found",
            "set TF_PROVIDER_AWS to a terraform-provider-aws file or to a filesystem mirror that holds one",
        );
    }
    const found = await findPulumi();
    const pulumi = found ?? (await buildEngine(progress));
    const awsPlugin = path.join(await buildGo(awsBridge, progress), "pulumi-resource-aws");
    const moto = await buildPython("moto", progress);
    const ministack = await buildPython("ministack", progress);
    const kubernetes = request.kubernetes ? await buildKubernetes(progress) : undefined;
    return {
        pulumi,
        installed: found !== undefined,
        awsPlugin,
        terraformProvider,
        moto,
        ministack,
        ...(kubernetes ? { kubernetes } : {}),
    };
}

/** An engine the user named or installed, if it answers. */
async function findPulumi(): Promise<string | undefined> {
    const named = process.env["LOCAL_BENCH_PULUMI"];
    const candidates = named ? [named] : [onPath("pulumi"), path.join(process.env["HOME"] ?? "", ".pulumi", "bin", "pulumi")];
    for (const candidate of candidates) {
        if (candidate === undefined || !fs.existsSync(candidate)) continue;
        const answer = await run(candidate, ["version"], { timeoutSeconds: 30, env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
        if (answer.code === 0) return candidate;
    }
    if (named)
        throw new MissingToolError(`LOCAL_BENCH_PULUMI=${named} does not answer`, "give the path of a pulumi executable, or unset it");
    return undefined;
}

/** The engine and its language host, put in one directory as the engine expects them. */
async function buildEngine(progress: Progress): Promise<string> {
    const pulumiDir = await buildGo(engine, progress);
    const hostDir = await buildGo(languageHost, progress);
    const host = path.join(pulumiDir, "pulumi-language-nodejs");
    if (!fs.existsSync(host)) {
        const temporary = `${host}.${process.pid}`;
        fs.copyFileSync(path.join(hostDir, "pulumi-language-nodejs"), temporary);
        fs.renameSync(temporary, host);
    }
    return path.join(pulumiDir, "pulumi");
}

async function buildKubernetes(progress: Progress): Promise<KubernetesTools> {
    const openssl = onPath("openssl");
    if (openssl === undefined) {
        throw new MissingToolError(
            "openssl is not installed (the API server's certificates are made with it)",
            "install openssl, or use --no-kubernetes",
        );
    }
    const dir = await buildGo(controlPlane, progress);
    return { etcd: path.join(dir, "etcd"), apiserver: path.join(dir, "kube-apiserver"), openssl };
}

/** Builds the packages of one Go module, unless a build of exactly these inputs is in the cache. */
async function buildGo(tool: GoTool, progress: Progress): Promise<string> {
    const source = asset("go", tool.module);
    const inputs = fs.readdirSync(source).map((file) => path.join(source, file));
    const go = onPath("go");
    const version = go
        ? (await run(go, ["env", "GOVERSION", "GOOS", "GOARCH"], { timeoutSeconds: 30, env: { ...process.env, ...goEnvironment } })).stdout
        : "";
    const dir = toolDir(tool.name, hashOf(inputs, [version, JSON.stringify(tool.packages)]));
    if (fs.existsSync(dir)) return dir;
    if (go === undefined) {
        throw new MissingToolError(
            `${tool.name} is not installed and there is no Go to build it with`,
            "install Pulumi with its own installer, or Go 1.26 or newer",
        );
    }
    await progress.step(`building ${tool.name} (once; kept in the cache)`, () =>
        buildOnce(dir, async (temporary) => {
            for (const [name, target] of Object.entries(tool.packages)) {
                const args = ["build", "-mod=readonly", "-trimpath", "-ldflags=-s -w", "-o", path.join(temporary, name), target];
                const built = await run(go, args, { cwd: source, env: { ...process.env, ...goEnvironment }, timeoutSeconds: 2400 });
                if (built.code !== 0) {
                    throw new MissingToolError(
                        `building ${name} failed:\n${built.stderr.trim().split("\n").slice(-20).join("\n")}`,
                        "see the Go error above",
                    );
                }
            }
        }),
    );
    return dir;
}

/** A Python environment with one emulator in it, at the versions its requirements file pins. */
async function buildPython(name: "moto" | "ministack", progress: Progress): Promise<string> {
    const requirements = asset("emulators", `${name}-requirements.txt`);
    const python = onPath("python3");
    const version = python ? (await run(python, ["-c", "import sys; print(sys.version, sys.prefix)"], { timeoutSeconds: 30 })).stdout : "";
    const dir = toolDir(name, hashOf([requirements], [version]));
    const executable = path.join(dir, "bin", "python");
    if (fs.existsSync(dir)) return executable;
    if (python === undefined) throw new MissingToolError("there is no python3", "install Python 3.10 or newer with its venv module");
    await progress.step(`installing the emulator ${name} (once; kept in the cache)`, () =>
        buildOnce(dir, async (temporary) => {
            const made = await run(python, ["-m", "venv", temporary], { timeoutSeconds: 120 });
            if (made.code !== 0) {
                throw new MissingToolError(
                    `python3 -m venv failed: ${(made.stdout + made.stderr).trim()}`,
                    "install the venv module (python3-venv on Debian and Ubuntu)",
                );
            }
            const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement", requirements];
            const installed = await run(path.join(temporary, "bin", "python"), pip, { timeoutSeconds: 900 });
            if (installed.code !== 0) {
                throw new MissingToolError(
                    `installing ${name} failed:\n${installed.stderr.trim().split("\n").slice(-10).join("\n")}`,
                    "see the pip error above",
                );
            }
        }),
    );
    return executable;
}

/** The first executable of this name on PATH. */
export function onPath(name: string): string | undefined {
    for (const dir of (process.env["PATH"] ?? "").split(path.delimiter)) {
        const file = path.join(dir, name);
        try {
            fs.accessSync(file, fs.constants.X_OK);
            if (fs.statSync(file).isFile()) return file;
        } catch {
            // not here
        }
    }
    return undefined;
}
