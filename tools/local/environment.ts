/** The engine's environment: its own home and state, the emulators as AWS, and nothing of the user's settings. */
import * as fs from "node:fs";
import * as path from "node:path";
import { compiled, installedVersion } from "./project";
import { run } from "./processes";
import type { Progress } from "./progress";
import type { StackDirectory, StackRecord } from "./stack-state";
import type { Toolchain } from "./toolchain";

/** Variables that would lead the engine or the provider to the user's own accounts or settings. */
const userSettings = /^(AWS_|PULUMI_|TF_|KUBECONFIG$|KUBE_)/;

/** The environment of every engine command on the bench. */
export function engineEnvironment(tools: Toolchain, directory: StackDirectory, record: StackRecord, region: string): NodeJS.ProcessEnv {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !userSettings.test(name)));
    const empty = directory.path("empty");
    fs.writeFileSync(empty, "");
    const switches = [
        "PULUMI_SKIP_UPDATE_CHECK",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
        "PULUMI_DISABLE_REGISTRY_RESOLVE",
        "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK",
        "PULUMI_SUPPRESS_NEO_LINK",
        "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS",
        "PULUMI_SKIP_CONFIRMATIONS",
        "PULUMI_DEBUG_COMMANDS",
        "AWS_EC2_METADATA_DISABLED",
    ];
    return {
        ...own,
        ...Object.fromEntries(switches.map((name) => [name, "true"])),
        PATH: [directory.path("bin"), path.dirname(tools.pulumi), process.env["PATH"]].join(path.delimiter),
        PULUMI_HOME: directory.subdirectory("pulumi-home"),
        PULUMI_BACKEND_URL: `file://${directory.subdirectory("backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "local-bench",
        AWS_ENDPOINT_URL: record.awsUrl,
        AWS_ENDPOINT_URL_EKS: record.eksUrl,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_REGION: region,
        AWS_SHARED_CREDENTIALS_FILE: empty,
        AWS_CONFIG_FILE: empty,
        TF_PROVIDER_AWS: tools.terraformProvider,
        PROVIDER_VERSION: installedVersion("@pulumi/aws"),
        ...(record.kubeconfig ? { LOCAL_BENCH_KUBECONFIG: record.kubeconfig } : {}),
        ...(record.rendered ? { LOCAL_BENCH_RENDER_DIR: record.rendered } : {}),
    };
}

/** Puts the plugins where the engine looks for them without asking anybody. */
export async function installPlugins(tools: Toolchain, environment: NodeJS.ProcessEnv, progress: Progress): Promise<void> {
    const plugins = path.join(environment["PULUMI_HOME"] ?? "", "plugins");
    const awsVersion = installedVersion("@pulumi/aws");
    const aws = pluginDir(plugins, "aws", awsVersion);
    if (!fs.existsSync(aws)) {
        const real = tools.installed && (await installReal(tools.pulumi, environment, awsVersion, progress));
        if (!real) writeWrapper(aws, "pulumi-resource-aws", `exec '${tools.awsPlugin}' "$@"`);
    }
    const kubernetes = pluginDir(plugins, "kubernetes", installedVersion("@pulumi/kubernetes"));
    const script = compiled("kubernetes-provider", "index.js");
    writeWrapper(kubernetes, "pulumi-resource-kubernetes", `exec '${process.execPath}' '${script}' "$@"`);
}

function pluginDir(plugins: string, name: string, version: string): string {
    return path.join(plugins, `resource-${name}-v${version}`);
}

function writeWrapper(dir: string, name: string, command: string): void {
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(path.join(dir, name), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
}

/** With an installed engine the published AWS plugin is preferred; offline this fails and the stand-in is used. */
async function installReal(pulumi: string, environment: NodeJS.ProcessEnv, version: string, progress: Progress): Promise<boolean> {
    const install = (): Promise<{ code: number }> =>
        run(pulumi, ["plugin", "install", "resource", "aws", version], { env: environment, timeoutSeconds: 180 });
    const { code } = await progress.step(`installing the published AWS plugin ${version}`, install);
    if (code !== 0) progress.note("the published AWS plugin could not be installed; using the bench's own bridge");
    return code === 0;
}
