/** Which resource an input refers to: by the recorded dependencies, and by ids where several are in one input. */
import type { PlannedResource } from "../plan-file";

/** References between the resources of a plan. */
export class References {
    private readonly byUrn: ReadonlyMap<string, PlannedResource>;
    private readonly urnById = new Map<string, string>();

    constructor(resources: readonly PlannedResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const { inputs, propertyDependencies } of resources) {
            for (const [property, urns] of Object.entries(propertyDependencies)) {
                const value = inputs[property];
                const [urn] = urns;
                if (urn !== undefined && urns.length === 1 && typeof value === "string" && /^[a-z]+-[0-9a-f]+$/.test(value)) {
                    this.urnById.set(value, urn);
                }
            }
        }
    }

    /** Resources of a type that an input refers to. */
    of(resource: PlannedResource, property: string, type: string): PlannedResource[] {
        const urns = resource.propertyDependencies[property] ?? [];
        return urns.flatMap((urn) => this.byUrn.get(urn) ?? []).filter((target) => target.type === type);
    }

    /** The resource of a type that an input refers to. */
    one(resource: PlannedResource, property: string, type: string): PlannedResource | undefined {
        return this.of(resource, property, type)[0];
    }

    /** Keys of the subnets an input names: URNs of planned ones, ids of those that are there already. */
    subnets(resource: PlannedResource, property: string, value: unknown): string[] {
        const planned = this.of(resource, property, "aws:ec2/subnet:Subnet").map(({ urn }) => urn);
        const ids = (Array.isArray(value) ? value : [value]).filter(
            (id): id is string => typeof id === "string" && id.startsWith("subnet-"),
        );
        const existing = ids.length > planned.length ? ids.filter((id) => !this.urnById.has(id)) : [];
        return [...new Set([...planned, ...existing])].sort();
    }
}

/** An object, or an empty one. */
export function record(value: unknown): Record<string, unknown> {
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A list, or an empty one. */
export function list(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}

/** Text, or undefined. */
export function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}
