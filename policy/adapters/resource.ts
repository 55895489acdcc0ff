// The part of the SDK's resource objects that adapters read; plain test objects fit as well.
import type { Properties } from "../unknown";

/** A resource as a resource policy sees it: inputs after the provider's Check. */
export interface SeenResource {
    readonly type: string;
    readonly props: Properties;
    readonly provider?: { readonly type: string; readonly props: Properties };
}

/** A resource as a stack policy sees it: outputs, and the resources it depends on. */
export interface StackResource extends SeenResource {
    readonly urn: string;
    readonly name: string;
    readonly parent?: StackResource;
    readonly dependencies: readonly StackResource[];
    readonly propertyDependencies: Readonly<Record<string, readonly StackResource[]>>;
}
