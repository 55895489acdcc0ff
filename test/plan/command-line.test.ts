import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { projectDirectory } from "../support/project";

interface Run {
    code: number | null;
    stdout: string;
    stderr: string;
}

/** What these tests change of dev's configuration. */
interface DevConfig {
    "aws-kubernetes:network": Record<string, unknown>;
    "aws-kubernetes:nodeGroups": Record<string, Record<string, unknown>> & { apps: Record<string, unknown> };
}

function run(tool: "plan" | "gate", args: string[], cwd = projectDirectory): Run {
    const program = join(projectDirectory, "bin", "tools", tool, "index.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: "utf8", timeout: 30_000 });
    return { code: status, stdout, stderr };
}

describe("npm run plan and npm run gate", function () {
    this.timeout(60_000);
    let folder: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "aws-kubernetes-plan-"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    /** A stack file like dev's with changes, elsewhere. */
    function stackFile(name: string, change: (config: DevConfig) => void): string {
        const content = parse(readFileSync(join(projectDirectory, "Pulumi.dev.yaml"), "utf8")) as { config: DevConfig };
        change(content.config);
        const file = join(folder, name);
        writeFileSync(file, JSON.stringify(content));
        return file;
    }

    it("exits with 0 and shows tree, budgets, critical path and verdict", () => {
        const { code, stdout } = run("plan", ["--stack", "dev"]);
        expect(code).to.equal(0);
        for (const text of ["EksCluster dev", "ec2.Subnet dev-private-a", "Budgets", "Critical path", "no violations"]) {
            expect(stdout).to.include(text);
        }
    });

    it("writes no colours and no line wider than 100 columns into a pipe", () => {
        const { stdout } = run("plan", ["--stack", "dev"]);
        expect(stdout).not.to.include("\u001b[");
        const wide = stdout.split("\n").filter((line) => line.length > 130);
        expect(wide).to.deep.equal([]);
    });

    it("says little when asked to be quiet", () => {
        const { stdout } = run("plan", ["--stack", "dev", "--quiet"]);
        expect(stdout).not.to.include("├─");
        expect(stdout.trim().split("\n").length).to.be.lessThan(6);
    });

    it("writes the plan, and nothing else, to standard output", () => {
        const { code, stdout } = run("plan", ["--stack", "dev", "--json", "-"]);
        expect(code).to.equal(0);
        expect((JSON.parse(stdout) as { version: number }).version).to.equal(1);
    });

    it("exits with 1 for a mandatory violation and says how to mend it", () => {
        const file = stackFile("loose.yaml", (config) => (config["aws-kubernetes:nodeGroups"].apps["metadata"] = { tokens: "optional" }));
        const { code, stdout } = run("plan", ["--stack", "dev", "--config", file]);
        expect(code).to.equal(1);
        expect(stdout).to.match(/mandatory imdsv2-required/);
    });

    it("exits with 2 for a wrong configuration, with key and fix and without a stack trace", () => {
        const file = stackFile("wrong.yaml", (config) => {
            config["aws-kubernetes:network"]["cidrBlok"] = "10.0.0.0/16";
            config["aws-kubernetes:nodeGroups"].apps["maxSize"] = "many";
        });
        const { code, stdout, stderr } = run("plan", ["--stack", "dev", "--config", file]);
        expect(code).to.equal(2);
        expect(stdout).to.equal("");
        expect(stderr).to.match(/network\.cidrBlok: unknown key; did you mean "cidrBlock"/);
        expect(stderr).to.match(/nodeGroups\.apps\.maxSize: "many"/);
        expect(stderr).not.to.match(/\n\s+at /);
    });

    for (const [what, args, message] of [
        ["a stack that is not there", ["--stack", "prd"], /did you mean "prod"/],
        ["a file that cannot be read", ["--stack", "dev", "--config", "no-such.yaml"], /cannot be read: ENOENT/],
        ["no stack", [], /--stack/],
        ["an unknown option", ["--stack", "dev", "--jsn", "x"], /--jsn/],
        ["a former plan that is none", ["--stack", "dev", "--against", "package.json"], /package\.json/],
        ["a comparison without a former plan", ["--stack", "dev", "--markdown", "x.md"], /--against/],
        ["a file that cannot be written", ["--stack", "dev", "--json", "no/such/folder/plan.json"], /cannot be written: ENOENT/],
    ] as const) {
        it(`exits with 2 for ${what}`, () => {
            const { code, stderr } = run("plan", [...args]);
            expect(code).to.equal(2);
            expect(stderr).to.match(message);
        });
    }

    it("compares with a former plan, in the terminal and as Markdown", () => {
        const before = join(folder, "before.json");
        expect(run("plan", ["--stack", "dev", "--json", before]).code).to.equal(0);
        const file = stackFile("grown.yaml", (config) => {
            config["aws-kubernetes:nodeGroups"].apps["maxSize"] = 9;
            config["aws-kubernetes:nodeGroups"].apps["instanceTypes"] = ["m6i.large"];
            config["aws-kubernetes:nodeGroups"]["more"] = { kind: "managed" };
        });
        const markdown = join(folder, "diff.md");
        const { code, stdout } = run("plan", ["--stack", "dev", "--config", file, "--quiet", "--against", before, "--markdown", markdown]);
        expect(code).to.equal(0);
        expect(stdout).to.match(/\+ eks\.NodeGroup dev-more/);
        expect(stdout).to.match(/± eks\.NodeGroup dev-apps: .*instanceTypes.*\(replaced\)/);
        expect(readFileSync(markdown, "utf8")).to.match(/dev-apps/);
    });

    it("passes every environment through the gate and writes JUnit, SARIF and plans", () => {
        const reports = join(folder, "reports");
        const { code, stdout } = run("gate", [
            "--junit",
            join(reports, "gate.xml"),
            "--sarif",
            join(reports, "gate.sarif"),
            "--plans",
            join(reports, "plans"),
        ]);
        expect(code).to.equal(0);
        expect(stdout.match(/^pass /gm)).to.have.length(3);
        expect(readFileSync(join(reports, "gate.xml"), "utf8")).to.match(/<testsuite name="prod"[^>]*failures="0"/);
        const sarif = JSON.parse(readFileSync(join(reports, "gate.sarif"), "utf8")) as { version: string; runs: { results: unknown[] }[] };
        expect(sarif.version).to.equal("2.1.0");
        expect(sarif.runs[0]?.results).to.deep.equal([]);
        expect((JSON.parse(readFileSync(join(reports, "plans", "prod.json"), "utf8")) as { stack: string }).stack).to.equal("prod");
    });

    it("reports a wrong configuration and a violation through the gate, with the line and the worst exit code", () => {
        for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml"]) {
            writeFileSync(join(folder, file), readFileSync(join(projectDirectory, file)));
        }
        writeFileSync(
            join(folder, "Pulumi.bad.yaml"),
            "config:\n  aws:region: eu-central-1\n  aws-kubernetes:access: {}\n  aws-kubernetes:protct: true\n",
        );
        writeFileSync(
            join(folder, "Pulumi.loose.yaml"),
            readFileSync(stackFile("loose2.yaml", (config) => (config["aws-kubernetes:nodeGroups"].apps["metadata"] = { hopLimit: 2 }))),
        );
        const { code, stdout } = run("gate", ["--junit", "out/gate.xml", "--sarif", "out/gate.sarif"], folder);
        expect(code).to.equal(2);
        expect(stdout)
            .to.match(/fail Configuration of Pulumi\.bad\.yaml/)
            .and.to.match(/fail loose/)
            .and.to.match(/pass prod/);
        const sarif = JSON.parse(readFileSync(join(folder, "out", "gate.sarif"), "utf8")) as {
            runs: {
                results: {
                    ruleId: string;
                    locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
                }[];
            }[];
        };
        const results = sarif.runs[0]?.results ?? [];
        const unknownKey = results.find(
            ({ ruleId, locations }) => ruleId === "configuration" && locations[0]?.physicalLocation.region.startLine === 4,
        );
        expect(unknownKey?.locations[0]?.physicalLocation.artifactLocation.uri).to.equal("Pulumi.bad.yaml");
        expect(results.map(({ ruleId }) => ruleId)).to.include("metadata-hop-limit");
        expect(readFileSync(join(folder, "out", "gate.xml"), "utf8")).to.match(/<failure message="[^"]*protct/);
    });
});
