/**
 * What the SDK's own mocks cost: registers the resources of a recorded program once more, bare, with the same types,
 * names and inputs, but without components, validation, planning or policies. Run as a process of its own, so that loading
 * counts on both sides.
 */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
// Loaded as every program of this kind does; its classes are read lazily.
import "@pulumi/aws";
import "@pulumi/kubernetes";

/** A resource as a bare registration needs it. */
export interface BareResource {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

class BareRegistration extends pulumi.CustomResource {}

/** Registers them and waits until all are done. */
export async function registerBare(resources: readonly BareResource[]): Promise<void> {
    await pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }), call: () => ({}) });
    await pulumi.runtime.runInPulumiStack(() => {
        for (const { type, name, inputs } of resources) {
            new BareRegistration(type, name, inputs);
        }
        return Promise.resolve();
    });
    await pulumi.runtime.disconnect();
}

if (require.main === module) {
    const file = process.argv[2] ?? "";
    void registerBare(JSON.parse(readFileSync(file, "utf8")) as BareResource[]);
}
