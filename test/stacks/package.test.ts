import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { projectDirectory } from "../support/project";
import { documentationSnippets } from "../support/snippets";

const CONSUMER = `
import * as pulumi from "@pulumi/pulumi";
import { EksCluster, ManagedNodeGroup, NatStrategy, Network, NodeRole, existingNetwork } from "aws-kubernetes";

export function program(): pulumi.Output<string> {
    const network = new Network("net", { region: "eu-west-1", nat: { strategy: NatStrategy.Single }, clusterNames: ["shop"] });
    const role = new NodeRole("nodes", { region: "eu-west-1" });
    const cluster = new EksCluster("shop", {
        region: "eu-west-1",
        clusterName: "shop",
        kubernetesVersion: "1.35",
        network: network.handle,
        access: {
            entries: {
                admin: { principalArn: "arn:aws:iam::123456789012:role/admin", policies: [{ policy: "AmazonEKSClusterAdminPolicy" }] },
            },
        },
    });
    new ManagedNodeGroup("apps", { cluster: cluster.handle, subnets: network.subnets.private, nodeRole: { arn: role.arn, dependencies: role.dependencies } });
    void existingNetwork;
    return cluster.arn;
}
`;

const RUN = `
const pulumi = require("@pulumi/pulumi");
let created = 0;
const outputs = {
    "aws:ec2/vpc:Vpc": { ipv6CidrBlock: "2600:1f14::/56" },
    "aws:eks/cluster:Cluster": { certificateAuthority: { data: "Q0E=" }, identities: [{ oidcs: [{ issuer: "https://issuer" }] }], vpcConfig: { clusterSecurityGroupId: "sg-1" }, kubernetesNetworkConfig: {} },
    "aws:eks/nodeGroup:NodeGroup": { resources: [{ autoscalingGroups: [{ name: "asg" }] }] },
};
pulumi.runtime.setMocks({
    newResource: (args) => { created++; return { id: args.name, state: { ...args.inputs, ...outputs[args.type] } }; },
    call: () => ({}),
}).then(async () => {
    const { Network } = require("aws-kubernetes");
    await pulumi.runtime.runInPulumiStack(async () => { require("./program.js").program(); });
    await pulumi.runtime.disconnect();
    console.log(typeof Network, created);
});
`;

describe("The packed package", () => {
    let consumer: string;
    let contents: string[];

    before(function () {
        this.timeout(60_000);
        consumer = mkdtempSync(join(tmpdir(), "aws-kubernetes-consumer-"));
        const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", consumer], {
            cwd: projectDirectory,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        });
        const [{ filename, files }] = parsePackOutput(packed);
        contents = files.map(({ path }) => path);
        const modules = join(consumer, "node_modules");
        mkdirSync(join(modules, "aws-kubernetes"), { recursive: true });
        execFileSync("tar", ["-xzf", join(consumer, filename), "-C", join(modules, "aws-kubernetes"), "--strip-components=1"]);
        const { dependencies } = JSON.parse(readFileSync(join(projectDirectory, "package.json"), "utf8")) as {
            dependencies: Record<string, string>;
        };
        const needed = [...Object.keys(dependencies), "@pulumi/pulumi", "@pulumi/aws", "@pulumi/kubernetes", "@pulumi/awsx", "@types/node"];
        for (const name of needed) {
            mkdirSync(join(modules, name, ".."), { recursive: true });
            symlinkSync(join(projectDirectory, "node_modules", name), join(modules, name));
        }
        writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", version: "1.0.0" }));
        writeFileSync(join(consumer, "program.ts"), CONSUMER);
        writeFileSync(join(consumer, "run.js"), RUN);
        const snippets = documentationSnippets();
        snippets.forEach(({ title, source }, index) => writeFileSync(join(consumer, `snippet-${index}.ts`), `// ${title}\n${source}`));
        const options = {
            strict: true,
            module: "node16",
            moduleResolution: "node16",
            target: "ES2022",
            skipLibCheck: true,
            types: ["node"],
        };
        writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
    });

    after(() => rmSync(consumer, { recursive: true, force: true }));

    it("type-checks with every example of the documentation in a project that imports it, and registers resources there", function () {
        this.timeout(60_000);
        const compiler = spawnSync(process.execPath, [join(projectDirectory, "node_modules", "typescript", "bin", "tsc"), "-p", consumer], {
            encoding: "utf8",
        });
        expect(compiler.stdout).to.equal("");
        const run = spawnSync(process.execPath, ["run.js"], { cwd: consumer, encoding: "utf8" });
        expect(run.stderr).to.equal("");
        const [kind, created] = run.stdout.trim().split(" ");
        expect(kind).to.equal("function");
        expect(Number(created)).to.be.greaterThan(50);
    });

    it("carries components, policy pack and types, and neither tests, tools nor stack files", () => {
        expect(contents).to.include.members([
            "bin/components/index.js",
            "bin/components/index.d.ts",
            "bin/policy/index.js",
            "policy/PulumiPolicy.yaml",
            "LICENSE",
        ]);
        expect(contents.filter((path) => /^(bin\/)?(test|tools|stacks)\//.test(path) || /^Pulumi\..*yaml$/.test(path))).to.deep.equal([]);
    });
});

function parsePackOutput(text: string): [{ filename: string; files: { path: string }[] }] {
    return JSON.parse(text) as [{ filename: string; files: { path: string }[] }];
}
