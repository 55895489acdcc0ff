/** Look-ups in what a program registered, and the errors of arguments that were refused. */
import * as pulumi from "@pulumi/pulumi";
import { record } from "../../tools/plan/recorder";
import type { RecordedResource } from "../../tools/plan/recorder";
import { upstream } from "./environment";

/* eslint-disable @typescript-eslint/no-explicit-any */
/** A recorded resource whose inputs are read without types of their own. */
export type Resource = Omit<RecordedResource, "inputs" | "outputs"> & { inputs: any; outputs?: any };
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Everything a program registered. */
export class Found {
    constructor(
        readonly resources: Resource[],
        readonly outputs: Record<string, unknown>,
    ) {}

    /** Resources whose type ends with `type`, such as `subnet:Subnet`. */
    all(type: string): Resource[] {
        return this.resources.filter((resource) => resource.type.endsWith(type));
    }

    /** Names of the resources of a type. */
    names(type: string): string[] {
        return this.all(type).map(({ name }) => name);
    }

    /** The only resource of a type, or the one of that name. */
    one(type: string, name?: string): Resource {
        const found = this.all(type).filter((resource) => name === undefined || resource.name === name);
        if (found.length !== 1 || found[0] === undefined) {
            throw new Error(`${found.length} of ${type} ${name ?? ""}; there are ${this.names(type).join(", ")}`);
        }
        return found[0];
    }

    /** URNs of everything the only resource of a type waits for, directly or through others. */
    upstreamOf(type: string): string[] {
        return [...upstream(this.resources, this.one(type).urn)];
    }

    /** The resource another one's parent URN names. */
    parentOf(resource: Resource): Resource | undefined {
        return this.resources.find(({ urn }) => urn === resource.parent);
    }
}

/** Records a program. */
export async function recorded(program: () => unknown, preview = false, config?: Record<string, string>): Promise<Found> {
    const { resources, outputs } = await record(program, { preview, config });
    return new Found(resources, outputs);
}

/** Property paths and reasons of the one error `action` raises; empty when it raises none. */
export function refusals(action: () => unknown): { path: string; reason: string }[] {
    try {
        action();
    } catch (error) {
        if (!pulumi.InputPropertiesError.isInstance(error)) {
            throw error;
        }
        return error.errors.map(({ propertyPath, reason }) => ({ path: propertyPath, reason }));
    }
    return [];
}

/** What is registered while `action` raises an error, and the paths of that error. */
export async function refused(action: () => unknown): Promise<{ registered: string[]; paths: string[] }> {
    let paths: string[] = [];
    const { resources } = await record(() => {
        paths = refusals(action).map(({ path }) => path);
    });
    return { registered: resources.map(({ type }) => type), paths };
}
