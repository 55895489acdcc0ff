// Starts the pack as the engine does, as a process of its own, and speaks the analyzer protocol with it.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { assert } from "chai";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import {
    AnalyzerHandshakeRequest,
    AnalyzerStackConfigureRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { analyzeRequest, analyzeStackRequest } from "../../policy/analyzer";
import { definitions, PACK_NAME, PACK_VERSION } from "../../policy/pack";

const ROOT = path.join(__dirname, "../../..");
const RUNNER = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const TIMEOUT = 30_000;

type Call<Request, Response> = (request: Request, callback: (error: grpc.ServiceError | null, response: Response) => void) => unknown;

function ask<Request, Response>(call: Call<Request, Response>, client: AnalyzerClient, request: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
        call.call(client, request, (error: grpc.ServiceError | null, response: Response) =>
            error === null ? resolve(response) : reject(error),
        );
    });
}

describe("pack as a process", function () {
    this.timeout(TIMEOUT);
    let pack: ChildProcess;
    let client: AnalyzerClient;
    let output = "";
    let errors = "";

    before(async () => {
        const folder = path.join(ROOT, "policy");
        pack = spawn(process.execPath, [RUNNER, "127.0.0.1:1", folder], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
        pack.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        const port = await new Promise<string>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`no port after ${TIMEOUT} ms: ${errors}`)), TIMEOUT - 1000);
            pack.stdout?.on("data", (chunk: Buffer) => {
                output += chunk.toString();
                if (output.includes("\n")) {
                    clearTimeout(timer);
                    resolve(output.trim());
                }
            });
            pack.once("exit", (code) => {
                clearTimeout(timer);
                reject(new Error(`pack ended with ${code}: ${errors}`));
            });
        });
        client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    });

    after(async () => {
        client?.close();
        if (pack?.exitCode === null && pack.signalCode === null) {
            const ended = new Promise((resolve) => pack.once("exit", resolve));
            pack.kill("SIGTERM");
            await ended;
        }
    });

    it("answers a handshake, or says that its SDK has none", async () => {
        const error = await ask(client.handshake.bind(client) as never, client, new AnalyzerHandshakeRequest()).catch(
            (reason: grpc.ServiceError) => reason.code,
        );
        assert.include([undefined, grpc.status.UNIMPLEMENTED], typeof error === "number" ? error : undefined);
    });

    it("takes the configuration of the stack", async () => {
        const request = new AnalyzerStackConfigureRequest().setStack("dev").setProject("shop").setDryRun(true);
        await ask(client.configureStack.bind(client) as never, client, request);
    });

    it("presents its name, version and policies with their settings", async () => {
        const info: AnalyzerInfo = await ask(client.getAnalyzerInfo.bind(client) as never, client, new Empty());
        assert.deepEqual([info.getName(), info.getVersion()], [PACK_NAME, PACK_VERSION]);
        assert.deepEqual(
            info.getPoliciesList().map((policy) => policy.getName()),
            definitions.map(({ rule }) => rule.id),
        );
        assert.isTrue(info.getPoliciesList().every((policy) => policy.getEnforcementlevel() === EnforcementLevel.MANDATORY));
        assert.containsAllKeys(info.getPoliciesList()[0]?.getConfigschema()?.getProperties()?.toJavaScript(), ["requiredKeys"]);
    });

    it("reports a violation with the configuration it was given", async () => {
        const setting = new PolicyConfig()
            .setEnforcementlevel(EnforcementLevel.ADVISORY)
            .setProperties(Struct.fromJavaScript({ requiredKeys: ["CostCenter"] }));
        const configuration = new ConfigureAnalyzerRequest();
        configuration.getPolicyconfigMap().set("required-tags", setting);
        await ask(client.configure.bind(client) as never, client, configuration);
        const request = analyzeRequest({ urn: "urn:bucket", type: "aws:s3/bucket:Bucket", name: "logs", props: {} });
        const response: AnalyzeResponse = await ask(client.analyze.bind(client) as never, client, request);
        const [first, ...rest] = response.getDiagnosticsList();
        assert.isEmpty(rest);
        assert.strictEqual(first?.getEnforcementlevel(), EnforcementLevel.ADVISORY);
        assert.include(first?.getMessage(), '"CostCenter"');
    });

    it("judges the stack", async () => {
        const group = { urn: "urn:group", type: "aws:eks/nodeGroup:NodeGroup", name: "apps", props: {} };
        const response: AnalyzeResponse = await ask(client.analyzeStack.bind(client) as never, client, analyzeStackRequest([group]));
        const [first] = response.getDiagnosticsList();
        assert.deepEqual([first?.getPolicyname(), first?.getUrn()], ["node-group-template", "urn:group"]);
    });

    it("prints nothing but the port", () => {
        assert.match(output, /^\d+\n$/);
        assert.strictEqual(errors, "");
    });

    it("ends when told to", async () => {
        const ended = new Promise<NodeJS.Signals | null>((resolve) => pack.once("exit", (_code, signal) => resolve(signal)));
        pack.kill("SIGTERM");
        assert.strictEqual(await ended, "SIGTERM");
    });
});
