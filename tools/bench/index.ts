/** `npm run bench`: what planning costs, as ratios measured in one run. Prints a table; `--json FILE` writes the figures. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { loadStackFile } from "../../stacks/config";
import type { StackConfig } from "../../stacks/config";
import { deploy } from "../../stacks/program";
import { makePlan } from "../plan/plan";
import { record } from "../plan/recorder";
import { registerBare } from "./bare-resources";
import type { BareResource } from "./bare-resources";
import { compare, growthExponent, median, runNode } from "./measure";
import type { Comparison } from "./measure";

/** Numbers of node groups the growth is measured at. */
const SIZES = [1, 10, 50, 200];

interface Growth {
    nodeGroups: number;
    resources: number;
    milliseconds: number;
    memoryMib: number;
}

interface Report {
    machine: string;
    comparisons: Comparison[];
    growth: Growth[];
    growthExponent: number;
}

async function bareResources(config: StackConfig): Promise<BareResource[]> {
    const { resources } = await record(() => deploy(config));
    return resources
        .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
        .map(({ urn, type, inputs }) => ({ type, name: urn, inputs }));
}

/** A whole process each: loading included, as a reviewer waits for it. */
async function comparePlanProcess(projectDirectory: string, runs: number): Promise<Comparison> {
    const folder = mkdtempSync(join(tmpdir(), "aws-kubernetes-bench-"));
    try {
        const file = join(folder, "resources.json");
        writeFileSync(file, JSON.stringify(await bareResources(loadStackFile({ projectDirectory, stack: "prod" }))));
        const program = (name: string): string => join(__dirname, "..", name);
        return await compare(
            "plan of prod, whole process, against bare resources under the SDK's mocks",
            () => runNode([program("plan/index.js"), "--stack", "prod", "--quiet"], projectDirectory),
            () => runNode([program("bench/bare-resources.js"), file], projectDirectory),
            runs,
        );
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

async function compareRecording(config: StackConfig, runs: number): Promise<Comparison> {
    const bare = await bareResources(config);
    return compare(
        "registering prod, in one process, against bare resources under the SDK's mocks",
        async () => void (await record(() => deploy(config))),
        () => registerBare(bare),
        runs,
    );
}

function withNodeGroups(config: StackConfig, count: number): StackConfig {
    const group = { ...config.nodeGroups["apps"], kind: "managed" as const, perZone: false };
    const nodeGroups = Object.fromEntries(Array.from({ length: count }, (_, index) => [`group-${index}`, group]));
    return { ...config, nodeGroups };
}

async function measureGrowth(config: StackConfig): Promise<Growth[]> {
    const points: Growth[] = [];
    for (const size of SIZES) {
        const times: number[] = [];
        let resources = 0;
        for (let run = 0; run < 3; run++) {
            const started = process.hrtime.bigint();
            const plan = await makePlan(withNodeGroups(config, size), { stack: "prod" });
            times.push(Number(process.hrtime.bigint() - started) / 1e6);
            resources = plan.summary.resources;
        }
        points.push({ nodeGroups: size, resources, milliseconds: median(times), memoryMib: process.memoryUsage().rss / 2 ** 20 });
    }
    return points;
}

function print(report: Report): void {
    const comparisons = new Table({ head: ["benchmark", "ours", "baseline", "ratio"], style: { head: [], border: [] } });
    report.comparisons.forEach(({ name, milliseconds, baseline, ratio }) =>
        comparisons.push([name, `${Math.round(milliseconds)} ms`, `${Math.round(baseline)} ms`, ratio.toFixed(2)]),
    );
    const growth = new Table({ head: ["node groups", "resources", "plan", "ms a resource", "memory"], style: { head: [], border: [] } });
    report.growth.forEach(({ nodeGroups, resources, milliseconds, memoryMib }) =>
        growth.push([
            nodeGroups,
            resources,
            `${Math.round(milliseconds)} ms`,
            (milliseconds / resources).toFixed(2),
            `${Math.round(memoryMib)} MiB`,
        ]),
    );
    process.stdout.write(`${report.machine}\n${comparisons.toString()}\n${growth.toString()}\n`);
    process.stdout.write(`time grows with resources to the power of ${report.growthExponent.toFixed(2)}\n`);
}

async function main(options: { json?: string; runs: string }): Promise<void> {
    const projectDirectory = process.cwd();
    const runs = Number(options.runs);
    const config = loadStackFile({ projectDirectory, stack: "prod" });
    const comparisons = [await comparePlanProcess(projectDirectory, runs), await compareRecording(config, runs)];
    const growth = await measureGrowth(config);
    const report: Report = {
        machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}, Node ${process.version}`,
        comparisons,
        growth,
        growthExponent: growthExponent(growth.map(({ resources, milliseconds }) => ({ size: resources, milliseconds }))),
    };
    print(report);
    if (options.json !== undefined) {
        writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    }
}

const command = new Command()
    .name("npm run bench --")
    .option("--json <file>", "write the figures")
    .option("--runs <number>", "runs of each comparison", "5");
void main(command.parse().opts<{ json?: string; runs: string }>());
