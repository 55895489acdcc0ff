import { expect } from "chai";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadConfig, loadStackFile, networkSettings, nodeGroupArgs, readStackFile } from "../../../stacks/config";
import { deploy } from "../../../stacks/program";
import { record } from "../../../tools/plan/recorder";
import { projectDirectory } from "../../support/project";
import { changed, engineValues, errorOf, load } from "./factories";

const STACKS = readdirSync(projectDirectory).flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? []);

function expectFrozen(value: unknown, path = "config"): void {
    if (value !== null && typeof value === "object") {
        expect(Object.isFrozen(value), path).to.equal(true);
        Object.entries(value).forEach(([key, item]) => expectFrozen(item, `${path}.${key}`));
    }
}

describe("the committed stack files", () => {
    it("are there", () => {
        expect(STACKS).to.include.members(["dev", "staging", "prod"]);
    });

    for (const stack of STACKS) {
        it(`load: ${stack}`, () => {
            expect(loadStackFile({ projectDirectory, stack })).to.include({ environment: stack });
        });

        it(`are frozen at every level: ${stack}`, () => {
            expectFrozen(loadStackFile({ projectDirectory, stack }));
        });

        it(`mean the same to the engine as to tools: ${stack}`, () => {
            const { values } = readStackFile({ projectDirectory, stack });
            expect(loadConfig(values, { stack })).to.deep.equal(loadStackFile({ projectDirectory, stack }));
        });
    }
});

describe("loadConfig", () => {
    it("fills in what may be left out", () => {
        const config = load({ environment: undefined, nodeGroups: undefined, network: undefined });
        expect(config).to.deep.include({
            environment: "dev",
            clusterKind: "eks",
            clusterName: "aws-kubernetes-dev",
            protect: false,
            nodeGroups: {},
        });
        expect(Object.keys(config.addons)).to.deep.equal(["vpc-cni", "kube-proxy", "eks-pod-identity-agent", "coredns"]);
    });

    it("names project and environment in tags unless told otherwise", () => {
        expect(load({ tags: { Project: "shop", Owner: "me" } }).tags).to.deep.equal({
            Project: "shop",
            Environment: "dev",
            ManagedBy: "pulumi",
            Owner: "me",
        });
    });

    it("tags the network for its cluster", () => {
        expect(networkSettings(load()).clusterNames).to.deep.equal(["aws-kubernetes-dev"]);
    });

    it("lets a group's tags win over the environment's", () => {
        const config = load({ tags: { Owner: "a" }, "nodeGroups/apps/tags": { Owner: "b" } });
        const group = config.nodeGroups["apps"];
        expect(group === undefined ? {} : nodeGroupArgs(config, group).tags).to.include({ Owner: "b", Project: "aws-kubernetes" });
    });

    it("reads values set on the command line as text", () => {
        expect(loadConfig({ ...engineValues(changed({})), "aws-kubernetes:protect": "true" }, { stack: "dev" }).protect).to.equal(true);
    });

    it("passes over other providers' keys", () => {
        expect(() => load({ "aws:profile": "work", "kubernetes:kubeconfig": "{}", "awsx:x": "y" })).not.to.throw();
    });

    it("says every problem at once, in all places", () => {
        const { problems } = errorOf(() =>
            load({
                "network/cidrBlock": "10.0.0.0/30",
                "cluster/serviceCidr": "8.8.8.0/24",
                "logging/retentionDays": 4,
                "nodeGroups/apps/maxSize": 0,
                "nodeGroups/apps/instanceTypes": ["t3.foo"],
            }),
        );
        expect(problems.map(({ path }) => path)).to.include.members([
            "network.cidrBlock",
            "cluster.serviceCidr",
            "logging.retentionDays",
            "nodeGroups.apps.maxSize",
            "nodeGroups.apps.instanceTypes[0]",
        ]);
    });

    for (const [what, changes] of Object.entries({
        "a missing region": {
            "aws:region": undefined,
            "network/zoneCount": undefined,
            "network/zones": ["eu-central-1a", "eu-central-1b"],
        },
        "a misspelt region": { "aws:region": "eu-centrl-1" },
        "no zones": { "network/zoneCount": 0 },
    })) {
        it(`blames ${what} for nothing else`, () => {
            expect(errorOf(() => load(changes)).problems).to.have.length(1);
        });
    }

    it("says every wrong shape at once", () => {
        const { problems } = errorOf(() => load({ "aws:region": undefined, netwrok: {}, protect: "x", "nodeGroups/apps/kind": "y" }));
        expect(problems.map(({ path }) => path)).to.have.members(["aws:region", "netwrok", "protect", "nodeGroups.apps.kind"]);
    });

    it("blames the environment's tags once, under their own key", () => {
        const { problems } = errorOf(() => load({ "tags/aws:x": "y" }));
        expect(problems.map(({ path }) => path)).to.deep.equal(["tags.aws:x"]);
    });

    it("says in its message where, how much, and that nothing was deployed", () => {
        const { message } = errorOf(() => load({ "nodeGroups/apps/minSize": 9, "logging/retentionDays": 4 }));
        expect(message).to.match(
            /^Configuration of stack dev: 2 problems\. Nothing was deployed\.\n {2}logging\.retentionDays: .*\n {2}nodeGroups/,
        );
    });

    it("lets nothing be registered when it refuses", async () => {
        const { resources } = await record(() => {
            errorOf(() => deploy(load({ "network/zoneCount": 1, "cluster/webhookPorts": [0] })));
        });
        expect(resources).to.deep.equal([]);
    });
});

describe("loadStackFile", () => {
    let directory: string;
    before(() => {
        directory = mkdtempSync(join(tmpdir(), "aws-kubernetes-config-"));
        writeFileSync(
            join(directory, "Pulumi.yaml"),
            'name: aws-kubernetes\nconfig:\n  kubernetesVersion: "1.35"\n  clusterKind:\n    default: eks\n',
        );
        writeFileSync(join(directory, "Pulumi.prod.yaml"), "");
    });
    after(() => rmSync(directory, { recursive: true }));

    /** Writes `Pulumi.dev.yaml` and loads it. */
    const file = (text: string) => {
        writeFileSync(join(directory, "Pulumi.dev.yaml"), text);
        return loadStackFile({ projectDirectory: directory, stack: "dev" });
    };
    const yaml = (changes: Record<string, unknown> = {}): string =>
        stringify({
            config: Object.fromEntries(
                Object.entries(changed({ kubernetesVersion: undefined, ...changes })).map(([key, value]) => [
                    key.includes(":") ? key : `aws-kubernetes:${key}`,
                    value,
                ]),
            ),
        });

    it("takes what the stack file leaves out from the project file", () => {
        expect(file(yaml())).to.include({ kubernetesVersion: "1.35", clusterKind: "eks" });
    });

    it("lets the stack file win over the project file", () => {
        expect(file(yaml({ kubernetesVersion: "1.34" })).kubernetesVersion).to.equal("1.34");
    });

    it("gives what loadConfig gives for the same values", () => {
        expect(file(yaml())).to.deep.equal(load());
    });

    it("takes a minor without quotes that reads back as it was meant", () => {
        expect(file(yaml().concat("  aws-kubernetes:kubernetesVersion: 1.35\n")).kubernetesVersion).to.equal("1.35");
    });

    it("says what 1.30 without quotes became", () => {
        const { problems } = errorOf(() => file(yaml().concat("  aws-kubernetes:kubernetesVersion: 1.30\n")));
        expect(problems[0]?.reason).to.match(/YAML reads 1\.30 as the number 1\.3/);
    });

    it("names the line of a key that is there twice", () => {
        const groups = "config:\n  aws-kubernetes:nodeGroups:\n    apps: {}\n    apps: {}\n";
        expect(errorOf(() => file(groups)).message).to.match(/Pulumi\.dev\.yaml: 1 problem.*\n {2}line 4: this key is there twice/);
    });

    it("names the line where YAML ends", () => {
        expect(errorOf(() => file("config:\n  a: [1\n  b: 2\n")).message).to.match(/line 3: not YAML: /);
    });

    it("names an alias that leads nowhere", () => {
        expect(errorOf(() => file("config:\n  aws:region: *nowhere\n")).message).to.match(/nowhere/);
    });

    it("names the line of a value that is wrong", () => {
        const text = yaml({ "network/nat/strategy": "non" });
        const line = text.split("\n").findIndex((content) => content.includes("strategy:")) + 1;
        expect(errorOf(() => file(text)).message).to.include(`(line ${line})`);
    });

    it("names the line of an item in a list", () => {
        const text = yaml({ "nodeGroups/apps/instanceTypes": ["m6i.large", "t3.foo"] });
        const line = text.split("\n").findIndex((content) => content.includes("t3.foo")) + 1;
        expect(errorOf(() => file(text)).message).to.match(new RegExp(`instanceTypes\\[1\\]: .*\\(line ${line}\\)`));
    });

    it("refuses a config that is no group of keys", () => {
        expect(errorOf(() => file("config:\n  - a\n")).problems).to.deep.equal([{ path: "config", reason: "is not a group of keys" }]);
    });

    it("asks for everything an empty file leaves out", () => {
        expect(errorOf(() => file("")).problems.map(({ path }) => path)).to.deep.equal(["aws:region", "access"]);
    });

    it("suggests a stack that is there", () => {
        const { message } = errorOf(() => loadStackFile({ projectDirectory: directory, stack: "prd" }));
        expect(message).to.match(/there is no Pulumi\.prd\.yaml; did you mean "prod"\? stacks here are /);
    });

    it("says why a file cannot be read", () => {
        const missing = { projectDirectory: directory, stack: "dev", file: join(directory, "elsewhere.yaml") };
        expect(errorOf(() => loadStackFile(missing)).message).to.match(/Configuration of elsewhere\.yaml: .*\n {2}cannot be read: ENOENT/);
    });

    it("says that a folder is no file", () => {
        const folder = { projectDirectory: directory, stack: "dev", file: directory };
        expect(errorOf(() => loadStackFile(folder)).message).to.match(/cannot be read: EISDIR/);
    });

    it("reads a stack file that lies elsewhere", () => {
        const elsewhere = join(directory, "other.yaml");
        writeFileSync(elsewhere, yaml());
        expect(loadStackFile({ projectDirectory: directory, stack: "test", file: elsewhere }).environment).to.equal("dev");
    });
});
