/** Starts the AWS emulators of one stack on free loopback ports and waits until they answer. */
import * as fs from "node:fs";
import { asset } from "./project";
import { freePort, startBackground, stop, tail, waitUntil, isAlive, type BackgroundProcess } from "./processes";
import type { StackDirectory } from "./stack-state";
import type { Toolchain } from "./toolchain";

/** The account number both emulators report. */
export const emulatedAccount = "123456789012";

/** The running emulators. */
export interface Emulators {
    readonly processes: readonly BackgroundProcess[];
    readonly awsUrl: string;
    readonly eksUrl: string;
}

/** Starts moto (everything but EKS) and ministack (EKS). */
export async function startEmulators(tools: Toolchain, directory: StackDirectory, region: string): Promise<Emulators> {
    const logs = directory.subdirectory("logs");
    const work = directory.subdirectory("emulators");
    const [awsPort, eksPort] = [await freePort(), await freePort()];
    const awsUrl = `http://127.0.0.1:${awsPort}`;
    const eksUrl = `http://127.0.0.1:${eksPort}`;
    const common = { ...emulatorEnvironment(work), MOTO_ACCOUNT_ID: emulatedAccount, MINISTACK_ACCOUNT_ID: emulatedAccount };
    const aws = startBackground("moto", tools.moto, [asset("emulators", "moto_launcher.py"), "-H", "127.0.0.1", "-p", String(awsPort)], {
        cwd: work,
        log: `${logs}/moto.log`,
        port: awsPort,
        env: { ...common, MOTO_IAM_LOAD_MANAGED_POLICIES: "true", AWS_DEFAULT_REGION: region },
    });
    const eks = startBackground("ministack", tools.ministack, [asset("emulators", "ministack_launcher.py")], {
        cwd: work,
        log: `${logs}/ministack.log`,
        port: eksPort,
        env: {
            ...common,
            GATEWAY_PORT: String(eksPort),
            BIND_HOST: "127.0.0.1",
            MINISTACK_HOST: "127.0.0.1",
            MINISTACK_REGION: region,
            BENCH_AWS_URL: awsUrl,
        },
    });
    try {
        await waitForAnswer(aws, `${awsUrl}/moto-api/bench/inventory`);
        await waitForAnswer(eks, `${eksUrl}/_bench/inventory`);
    } catch (error) {
        await Promise.all([stop(aws), stop(eks)]);
        throw error;
    }
    return { processes: [aws, eks], awsUrl, eksUrl };
}

/** The user's AWS settings must not reach the emulators, nor may they write outside the stack's directory. */
function emulatorEnvironment(work: string): NodeJS.ProcessEnv {
    fs.writeFileSync(`${work}/empty`, "");
    return {
        PATH: process.env["PATH"],
        HOME: work,
        TMPDIR: work,
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUNBUFFERED: "1",
        AWS_CONFIG_FILE: `${work}/empty`,
        AWS_SHARED_CREDENTIALS_FILE: `${work}/empty`,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
    };
}

async function waitForAnswer(recorded: BackgroundProcess, url: string): Promise<void> {
    const answers = async (): Promise<boolean> => {
        if (!isAlive(recorded)) return true;
        try {
            return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
        } catch {
            return false;
        }
    };
    const answered = await waitUntil(answers, 60, 200);
    if (!answered || !isAlive(recorded)) {
        throw new Error(`${recorded.name} did not come up; the end of its log (${recorded.log}):\n${tail(recorded.log)}`);
    }
}
