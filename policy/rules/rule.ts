// What a rule is: its documentation, its configuration schema, its examples, and a pure function from plain data to verdicts.
import type { Value } from "./value";

/** The rule holds. */
export interface Pass {
    readonly kind: "pass";
}

/** The rule is broken. The id names this one fault within the rule, so that an exemption can name it too. */
export interface Finding {
    readonly kind: "finding";
    readonly id: string;
    readonly path: string;
    readonly message: string;
}

/** The rule could not be judged because the property at this path is not known yet. */
export interface UnknownAt {
    readonly kind: "unknown";
    readonly path: string;
}

/** The outcome of one check. A rule returns as many as it made. */
export type Verdict = Pass | Finding | UnknownAt;

/** How bad a violation is. */
export type RuleSeverity = "low" | "medium" | "high" | "critical";

/** A rule in somebody else's catalogue that asks for the same. */
export interface FrameworkReference {
    readonly name: string;
    readonly version: string;
    readonly reference: string;
    readonly specification: string;
}

/** The part of JSON Schema that configuration of a rule needs. */
export interface ConfigProperty {
    readonly type: "string" | "integer" | "boolean" | "array" | "object";
    readonly description: string;
    readonly default: unknown;
    readonly items?: { readonly type: "string"; readonly enum?: readonly string[] };
    readonly minimum?: number;
    readonly maximum?: number;
    readonly additionalProperties?: { readonly type: "string" | "array"; readonly items?: { readonly type: "string" } };
}

/** Configuration of a rule as the engine or a test hands it over. Nothing in it is certain: not even the defaults. */
export type RuleConfig = Readonly<Record<string, unknown>>;

/** A resource of an example. `refersTo` lists, by property, the names of the resources whose outputs it uses. */
export interface ExampleResource {
    readonly name: string;
    readonly type: string;
    readonly props: Readonly<Record<string, Value>>;
    readonly refersTo?: Readonly<Record<string, readonly string[]>>;
    /** Properties of the provider that manages the resource, when the example is about them. */
    readonly provider?: Readonly<Record<string, Value>>;
}

/** A case that documents the rule and is run as a test of it. */
export interface Example {
    readonly title: string;
    readonly resources: readonly ExampleResource[];
    readonly config?: RuleConfig;
    /** Ids of the findings to expect; empty for a good example. */
    readonly findings: readonly string[];
    /** Places ("resource.property.…") where a value that is not known yet is accepted, although this value is at fault. */
    readonly acceptsUnknownAt?: readonly string[];
    /** Paths that must be reported as not known yet. */
    readonly unknowns?: readonly string[];
}

/** What the catalogue says about a rule. */
export interface RuleInfo {
    /** Also the name of the policy. */
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly severity: RuleSeverity;
    readonly frameworks: readonly FrameworkReference[];
    readonly remediation: readonly string[];
    readonly configSchema: Readonly<Record<string, ConfigProperty>>;
    readonly examples: readonly Example[];
}

/** A rule over one kind of input. An adapter makes the input from a resource. */
export interface Rule<Input> extends RuleInfo {
    readonly evaluate: (input: Input, config: RuleConfig) => readonly Verdict[];
}

/** The verdict of a check that holds. */
export const PASS: Pass = { kind: "pass" };

/** A violation. The message says what is wrong with what was found, then how to fix it. */
export function finding(id: string, path: string, message: string): Finding {
    return { kind: "finding", id, path, message };
}

/** A check that has to wait for the value at this path. */
export function unknownAt(path: string): UnknownAt {
    return { kind: "unknown", path };
}
