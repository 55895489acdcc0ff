/**
 * Runs a Pulumi program in this process against a recording monitor instead of the engine, and returns every
 * registration as the engine would have received it. No account, no network, no provider.
 */
import * as pulumi from "@pulumi/pulumi";
import { RecordingMonitor } from "./monitor";
import type { RecordedResource } from "./resource";

export type { RecordedResource } from "./resource";
export { UNKNOWN } from "./values";

/** How a program is to be run. */
export interface RecordOptions {
    /** True for what `pulumi preview` sends (computed values unknown), false for `pulumi up`. Default: false. */
    preview?: boolean;
    /** Project name. Default: `aws-kubernetes`. */
    project?: string;
    /** Stack name. Default: `test`. */
    stack?: string;
    /** Configuration values by full key, such as `aws:region`; structured values as JSON text. */
    config?: Readonly<Record<string, string>>;
    /** Whether errors carry stack traces. The SDK takes one for every promise it makes, which is most of its time. Default: false. */
    stackTraces?: boolean;
}

/** What a program registered. */
export interface Recording {
    /** Every resource, in the order of registration, the stack itself left out. */
    resources: RecordedResource[];
    /** What the program returned as stack outputs; secrets and unknown values are marked. */
    outputs: Record<string, unknown>;
}

/** Runs `program` and returns what it registered; rejects with the first error the program or a component raised. */
export async function record(program: () => unknown, options: RecordOptions = {}): Promise<Recording> {
    const monitor = new RecordingMonitor(options.preview ?? false, options.project ?? "aws-kubernetes", options.stack ?? "test");
    await pulumi.runtime.setMocks({ newResource: () => ({ id: undefined, state: {} }), call: () => ({}) });
    pulumi.runtime.setMockOptions(monitor, monitor.project, monitor.stack, monitor.preview, "organization");
    pulumi.runtime.setAllConfig({ ...options.config });
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = options.stackTraces === true ? stackTraceLimit : 0;
    const failures = await collectRejections(async () => {
        await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program()));
        await pulumi.runtime.disconnect();
    });
    Error.stackTraceLimit = stackTraceLimit;
    const failure = monitor.failures[0] ?? failures[0];
    if (failure !== undefined) {
        throw failure instanceof Error ? failure : new Error(JSON.stringify(failure));
    }
    return { resources: monitor.resources, outputs: monitor.stackOutputs };
}

/**
 * Errors inside an `apply` or a registration reach nobody but the process; while `action` runs they are gathered
 * here, so that they fail the recording they belong to and not whatever runs later. The first one ends the wait: what
 * depends on the failed value would wait for ever.
 */
async function collectRejections(action: () => Promise<void>): Promise<unknown[]> {
    const rejections: unknown[] = [];
    const others = process.listeners("unhandledRejection");
    let stopWaiting = (): void => undefined;
    const rejected = new Promise<void>((resolve) => (stopWaiting = resolve));
    const collect = (reason: unknown): void => {
        rejections.push(reason);
        stopWaiting();
    };
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", collect);
    try {
        await Promise.race([action(), rejected]);
    } catch (error) {
        rejections.unshift(error);
    } finally {
        // Rejections of what hangs on the first one arrive within the next turns of the event loop.
        await new Promise((resolve) => setTimeout(resolve, rejections.length === 0 ? 0 : 20));
        process.removeListener("unhandledRejection", collect);
        others.forEach((listener) => process.on("unhandledRejection", listener));
    }
    return rejections;
}
