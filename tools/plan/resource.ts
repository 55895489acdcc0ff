/** What is recorded of one resource. */

/** One resource as the engine would have received it. */
export interface RecordedResource {
    /** Uniform resource name, with the chain of parent types as the engine builds it. */
    urn: string;
    /** Type token, such as `aws:ec2/vpc:Vpc`. */
    type: string;
    /** Logical name. */
    name: string;
    /** URN of the parent, null for children of the stack. */
    parent: string | null;
    /** False for components. */
    custom: boolean;
    /** True when the resource is only read (`.get`). */
    read: boolean;
    /** Provider reference (`urn::id`), null for the default provider. */
    provider: string | null;
    /** Inputs; unknown values are `"__unknown__"`. */
    inputs: Record<string, unknown>;
    /** Paths of inputs that are secret. */
    secrets: string[];
    /** URNs of everything this one waits for. */
    dependencies: string[];
    /** URNs by the input that made the dependency. */
    propertyDependencies: Record<string, string[]>;
    /** Whether deletion is refused. */
    protect: boolean;
    /** Inputs whose changes are ignored. */
    ignoreChanges: string[];
    /** Former identities. */
    aliases: unknown[];
    /** Whether a replacement deletes before it creates. */
    deleteBeforeReplace: boolean;
    /** Whether the real resource stays when this one is deleted. */
    retainOnDelete: boolean;
    /** Outputs whose value is kept secret. */
    additionalSecretOutputs: string[];
    /** Id the resource was given; undefined in a preview and for components. */
    id?: string;
    /** Inputs and computed outputs together; undefined where `id` is. */
    state?: Record<string, unknown>;
    /** Outputs a component registered; undefined when it never did. */
    outputs?: Record<string, unknown>;
}
