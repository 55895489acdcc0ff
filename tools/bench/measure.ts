/** Timing that survives noisy machines: two things in turn, ratio of medians. */
import { spawnSync } from "node:child_process";

/** Two things measured in one run. */
export interface Comparison {
    /** What is measured. */
    name: string;
    /** Median milliseconds of ours. */
    milliseconds: number;
    /** Median milliseconds of what it is held against. */
    baseline: number;
    /** First by second. */
    ratio: number;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
    const sorted = [...numbers].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Runs both in turn, once for warming up and then `runs` times. */
export async function compare(
    name: string,
    ours: () => Promise<void> | void,
    baseline: () => Promise<void> | void,
    runs: number,
): Promise<Comparison> {
    const times: [number[], number[]] = [[], []];
    for (let run = 0; run <= runs; run++) {
        const both = [await milliseconds(ours), await milliseconds(baseline)] as const;
        if (run > 0) {
            times[0].push(both[0]);
            times[1].push(both[1]);
        }
    }
    const [a, b] = [median(times[0]), median(times[1])];
    return { name, milliseconds: a, baseline: b, ratio: a / b };
}

async function milliseconds(action: () => Promise<void> | void): Promise<number> {
    const started = process.hrtime.bigint();
    await action();
    return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Runs a Node program as a process; its failure is an error of the benchmark. */
export function runNode(args: string[], cwd: string): void {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", timeout: 60_000 });
    if (status !== 0) {
        throw new Error(`${args.join(" ")} ended with ${String(status)}: ${stderr}`);
    }
}

/** Exponent k of time ~ size^k by least squares over logarithms: 1 is linear, 2 quadratic. */
export function growthExponent(points: readonly { size: number; milliseconds: number }[]): number {
    const logs = points.map(({ size, milliseconds: time }) => ({ x: Math.log(size), y: Math.log(time) }));
    const mean = (pick: (point: { x: number; y: number }) => number): number =>
        logs.reduce((sum, point) => sum + pick(point), 0) / logs.length;
    const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
    const covariance = logs.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0);
    return covariance / logs.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
}
