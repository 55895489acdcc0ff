/** A Kubernetes API server with its etcd, without nodes or controllers: what the deployed objects are applied to. */
import * as fs from "node:fs";
import * as https from "node:https";
import * as path from "node:path";
import { freePort, isAlive, run, startBackground, stop, tail, waitUntil, type BackgroundProcess } from "./processes";
import type { StackDirectory } from "./stack-state";
import type { KubernetesTools } from "./toolchain";

/** The running API server. */
export interface ControlPlane {
    readonly processes: readonly BackgroundProcess[];
    readonly kubeconfig: string;
}

/** Starts etcd and kube-apiserver with fresh certificates and waits for /readyz. */
export async function startControlPlane(tools: KubernetesTools, directory: StackDirectory): Promise<ControlPlane> {
    const pki = directory.subdirectory("kubernetes", "pki");
    const logs = directory.subdirectory("logs");
    fs.rmSync(directory.path("kubernetes", "etcd"), { recursive: true, force: true });
    await makeCertificates(tools.openssl, pki);
    const [client, peer, api] = [await freePort(), await freePort(), await freePort()];
    const env = { PATH: process.env["PATH"], HOME: directory.path("kubernetes") };
    const etcd = startBackground("etcd", tools.etcd, etcdArguments(directory.path("kubernetes", "etcd"), client, peer), {
        cwd: pki,
        env,
        port: client,
        log: path.join(logs, "etcd.log"),
    });
    const apiserver = startBackground("kube-apiserver", tools.apiserver, apiserverArguments(client, api), {
        cwd: pki,
        env,
        port: api,
        log: path.join(logs, "kube-apiserver.log"),
    });
    const processes = [apiserver, etcd];
    const kubeconfig = writeKubeconfig(directory.path("kubernetes", "kubeconfig"), pki, api);
    const ready = await waitUntil(async () => processes.some((one) => !isAlive(one)) || (await isReady(pki, api)), 60, 300);
    const dead = processes.find((one) => !isAlive(one));
    if (!ready || dead) {
        await Promise.all(processes.map((one) => stop(one)));
        const culprit = dead ?? apiserver;
        throw new Error(`${culprit.name} did not come up; the end of its log (${culprit.log}):\n${tail(culprit.log)}`);
    }
    return { processes, kubeconfig };
}

function etcdArguments(data: string, client: number, peer: number): string[] {
    const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
    return [
        "--name=bench",
        `--data-dir=${data}`,
        "--unsafe-no-fsync",
        "--logger=zap",
        "--log-level=warn",
        `--listen-client-urls=${clientUrl}`,
        `--advertise-client-urls=${clientUrl}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=bench=${peerUrl}`,
    ];
}

function apiserverArguments(etcdPort: number, port: number): string[] {
    return [
        `--etcd-servers=http://127.0.0.1:${etcdPort}`,
        "--bind-address=127.0.0.1",
        `--secure-port=${port}`,
        "--tls-cert-file=apiserver.crt",
        "--tls-private-key-file=apiserver.key",
        "--client-ca-file=ca.crt",
        "--authorization-mode=Node,RBAC",
        "--service-cluster-ip-range=10.96.0.0/16,fd00:10:96::/112",
        "--allow-privileged=true",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=sa.pub",
        "--service-account-signing-key-file=sa.key",
        "--enable-admission-plugins=NodeRestriction",
        // without a controller manager nobody makes the default service accounts that this admission asks for
        "--disable-admission-plugins=ServiceAccount",
        "--endpoint-reconciler-type=none",
        "--advertise-address=127.0.0.1",
    ];
}

/** One certificate authority, a serving certificate, an administrator's, and the key that signs service account tokens. */
async function makeCertificates(openssl: string, pki: string): Promise<void> {
    const call = async (...args: string[]): Promise<void> => {
        const done = await run(openssl, args, {
            cwd: pki,
            timeoutSeconds: 30,
            env: { ...process.env, HOME: pki, RANDFILE: path.join(pki, ".rnd") },
        });
        if (done.code !== 0) throw new Error(`openssl ${args[0]} failed: ${done.stderr.trim()}`);
    };
    const key = (name: string): Promise<void> => call("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", `${name}.key`);
    await key("ca");
    await call(
        "req",
        "-x509",
        "-new",
        "-key",
        "ca.key",
        "-subj",
        "/CN=bench-ca",
        "-days",
        "30",
        "-out",
        "ca.crt",
        "-addext",
        "basicConstraints=critical,CA:TRUE",
        "-addext",
        "keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign",
    );
    const names = "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1,IP:::1";
    const certificates = [
        { name: "apiserver", subject: "/CN=kube-apiserver", extensions: `extendedKeyUsage=serverAuth\nsubjectAltName=${names}\n` },
        { name: "admin", subject: "/O=system:masters/CN=admin", extensions: "extendedKeyUsage=clientAuth\n" },
    ];
    for (const { name, subject, extensions } of certificates) {
        await key(name);
        fs.writeFileSync(path.join(pki, `${name}.ext`), extensions);
        await call("req", "-new", "-key", `${name}.key`, "-subj", subject, "-out", `${name}.csr`);
        await call(
            "x509",
            "-req",
            "-in",
            `${name}.csr`,
            "-CA",
            "ca.crt",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "30",
            "-extfile",
            `${name}.ext`,
            "-out",
            `${name}.crt`,
        );
    }
    await call("genrsa", "-out", "sa.key", "2048");
    await call("rsa", "-in", "sa.key", "-pubout", "-out", "sa.pub");
}

function writeKubeconfig(file: string, pki: string, port: number): string {
    const data = (name: string): string => fs.readFileSync(path.join(pki, name)).toString("base64");
    const config = {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "bench", cluster: { server: `https://127.0.0.1:${port}`, "certificate-authority-data": data("ca.crt") } }],
        users: [{ name: "admin", user: { "client-certificate-data": data("admin.crt"), "client-key-data": data("admin.key") } }],
        contexts: [{ name: "bench", context: { cluster: "bench", user: "admin" } }],
        "current-context": "bench",
    };
    fs.writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
    return file;
}

/** /readyz with the administrator's certificate. */
async function isReady(pki: string, port: number): Promise<boolean> {
    const read = (name: string): Buffer => fs.readFileSync(path.join(pki, name));
    return new Promise((resolve) => {
        const request = https.get(
            {
                host: "127.0.0.1",
                port,
                path: "/readyz",
                ca: read("ca.crt"),
                cert: read("admin.crt"),
                key: read("admin.key"),
                timeout: 3000,
            },
            (answer) => {
                answer.resume();
                resolve(answer.statusCode === 200);
            },
        );
        request.on("error", () => resolve(false));
        request.on("timeout", () => request.destroy());
    });
}
