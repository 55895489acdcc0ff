// Ties a pure rule to the adapter that makes its input, so that everything after it deals with one shape.
import type { Rule, RuleConfig, RuleInfo, Verdict } from "./rules/rule";
import type { SeenResource, StackResource } from "./adapters/resource";
import type { StackInput } from "./adapters/templates";

/** Verdicts on one resource of a stack. */
export interface ResourceVerdicts {
    readonly urn: string;
    readonly name: string;
    readonly verdicts: readonly Verdict[];
}

/** A rule on one resource at a time, before it is created or changed. */
export interface ResourceDefinition {
    readonly kind: "resource";
    readonly rule: RuleInfo;
    /** Undefined when the rule does not apply to the resource. */
    readonly judge: (resource: SeenResource, config: RuleConfig) => readonly Verdict[] | undefined;
}

/** A rule on resources of the whole stack, at the end of a preview or update. */
export interface StackDefinition {
    readonly kind: "stack";
    readonly rule: RuleInfo;
    /** Empty when the rule applies to no resource. */
    readonly judge: (resources: readonly StackResource[], config: RuleConfig) => readonly ResourceVerdicts[];
}

/** A rule with its adapter. */
export type Definition = ResourceDefinition | StackDefinition;

/** A rule on single resources. */
export function onResource<Input>(rule: Rule<Input>, adapter: (resource: SeenResource) => Input | undefined): ResourceDefinition {
    return {
        kind: "resource",
        rule,
        judge: (resource, config) => {
            const input = adapter(resource);
            return input === undefined ? undefined : rule.evaluate(input, config);
        },
    };
}

/** A rule that needs to see other resources of the stack. */
export function onStack<Input>(rule: Rule<Input>, adapter: (resources: readonly StackResource[]) => StackInput<Input>[]): StackDefinition {
    return {
        kind: "stack",
        rule,
        judge: (resources, config) =>
            adapter(resources).map(({ urn, name, input }) => ({ urn, name, verdicts: rule.evaluate(input, config) })),
    };
}
