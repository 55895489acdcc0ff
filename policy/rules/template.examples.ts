// Resources from which the examples of the template rules are built.
import type { ExampleResource } from "./rule";
import type { Value, ValueRecord } from "./value";

/** Metadata options that pass. */
export const LOCKED: ValueRecord = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

/** Metadata options that answer IMDSv1. */
export const OPEN: ValueRecord = { httpTokens: "optional", httpPutResponseHopLimit: 1 };

/** A launch template of the stack. */
export function template(name: string, metadataOptions: Value, props: Readonly<Record<string, Value>> = {}): ExampleResource {
    return {
        name,
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        props: { id: `lt-${name}`, name: `${name}-0a1b`, latestVersion: 3, metadataOptions, ...props },
    };
}

/** A managed node group with this launch template block, and the resources whose outputs are in it. */
export function nodeGroup(launchTemplate: Value, ...from: string[]): ExampleResource {
    return user("aws:eks/nodeGroup:NodeGroup", { launchTemplate }, ...from);
}

/** An Auto Scaling group with these properties, each using outputs of the given resources. */
export function group(props: Readonly<Record<string, Value>>, ...from: string[]): ExampleResource {
    return user("aws:autoscaling/group:Group", props, ...from);
}

/** A resource that uses templates. */
export function user(type: string, props: Readonly<Record<string, Value>>, ...from: string[]): ExampleResource {
    const given = Object.entries(props).filter(([, value]) => value !== undefined);
    return {
        name: "user",
        type,
        props: Object.fromEntries(given),
        refersTo: Object.fromEntries(given.map(([key]) => [key, from])),
    };
}
