// Turns examples of rules into what the engine would send, and places unknown values in them.
import { unknownCheckingProxy } from "@pulumi/policy";
import type { PlanResource } from "../../policy/analyzer";
import { PLAN_UNKNOWN } from "../../policy/analyzer";
import type { SeenResource, StackResource } from "../../policy/adapters/resource";
import type { Definition } from "../../policy/definition";
import type { Example, ExampleResource, Verdict } from "../../policy/rules/rule";
import type { Value } from "../../policy/rules/value";
import { UNKNOWN } from "../../policy/rules/value";
import { UNKNOWN_SENTINEL } from "../../policy/unknown";

/** A property of an example, with its unknown markers replaced. */
function withUnknown(value: Value, unknown: string): unknown {
    if (value === UNKNOWN) {
        return unknown;
    }
    if (Array.isArray(value)) {
        return value.map((item: Value) => withUnknown(item, unknown));
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknown(item, unknown)]));
    }
    return value;
}

/** The URN an example's resource gets. */
export function urnOf({ type, name }: ExampleResource): string {
    return `urn:pulumi:dev::shop::${type}::${name}`;
}

const PROVIDER_TYPE = "pulumi:providers:aws";

/** The resources of an example as a plan has them. */
export function planOf(example: Example): PlanResource[] {
    const byName = new Map(example.resources.map((resource) => [resource.name, urnOf(resource)]));
    const urns = (names: readonly string[]): string[] => names.map((name) => byName.get(name) ?? name);
    return example.resources.flatMap((resource): PlanResource[] => {
        const provider = `urn:pulumi:dev::shop::${PROVIDER_TYPE}::default`;
        const plan: PlanResource = {
            urn: urnOf(resource),
            type: resource.type,
            name: resource.name,
            props: withUnknown(resource.props, PLAN_UNKNOWN) as Record<string, unknown>,
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.refersTo ?? {}).map(([property, names]) => [property, urns(names)]),
            ),
            provider: resource.provider === undefined ? null : provider,
        };
        const props =
            resource.provider === undefined ? undefined : (withUnknown(resource.provider, PLAN_UNKNOWN) as Record<string, unknown>);
        return props === undefined ? [plan] : [{ urn: provider, type: PROVIDER_TYPE, name: "default", props }, plan];
    });
}

/** The SDK's wrapper, which throws when an unknown value is read; the SDK publishes it without a type. */
export const asSdk = unknownCheckingProxy as (props: object) => Record<string, unknown>;

/** Properties of an example wrapped as the SDK wraps them. */
export function wrapped(props: Readonly<Record<string, Value>>): Record<string, unknown> {
    return asSdk(withUnknown(props, UNKNOWN_SENTINEL) as Record<string, unknown>);
}

function seen(resource: ExampleResource): SeenResource {
    const { type, props, provider } = resource;
    return {
        type,
        props: wrapped(props),
        ...(provider === undefined ? {} : { provider: { type: PROVIDER_TYPE, props: wrapped(provider) } }),
    };
}

function stack(example: Example): StackResource[] {
    const resources = example.resources.map((resource) => ({
        ...seen(resource),
        urn: urnOf(resource),
        name: resource.name,
        dependencies: [],
        propertyDependencies: {} as Record<string, StackResource[]>,
    }));
    example.resources.forEach((resource, index) => {
        for (const [property, names] of Object.entries(resource.refersTo ?? {})) {
            const target = resources[index]?.propertyDependencies ?? {};
            target[property] = resources.filter(({ name }) => names.includes(name));
        }
    });
    return resources;
}

/** Verdicts of a rule on an example, without the SDK. */
export function verdictsOn(definition: Definition, example: Example): Verdict[] {
    const config = example.config ?? {};
    return definition.kind === "resource"
        ? example.resources.flatMap((resource) => definition.judge(seen(resource), config) ?? [])
        : definition.judge(stack(example), config).flatMap(({ verdicts }) => [...verdicts]);
}

/** Ids of the findings among verdicts. */
export function findingIds(verdicts: readonly Verdict[]): string[] {
    return verdicts.flatMap((verdict) => (verdict.kind === "finding" ? [verdict.id] : []));
}

/** Paths of the unknowns among verdicts. */
export function unknownPaths(verdicts: readonly Verdict[]): string[] {
    return verdicts.flatMap((verdict) => (verdict.kind === "unknown" ? [verdict.path] : []));
}

/** A copy of an example with one value not known yet. */
export interface Obscured {
    readonly example: Example;
    readonly place: string;
}

function* obscuredValues(value: Value, path: string): Generator<[Value, string]> {
    if (value !== null && typeof value === "object") {
        for (const [key, item] of Object.entries(value) as [string, Value][]) {
            for (const [changed, place] of obscuredValues(item, `${path}.${key}`)) {
                yield Array.isArray(value)
                    ? [value.map((old: Value, index) => (String(index) === key ? changed : old)), place]
                    : [{ ...value, [key]: changed }, place];
            }
        }
    }
    if (path !== "" && value !== UNKNOWN) {
        yield [UNKNOWN, path];
    }
}

function without(value: Value, known: Value): Value {
    if (value === known) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map((item: Value) => without(item, known));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, without(item, known)]))
        : value;
}

/** An id that is not known yet is not known to the resources that use it either. */
function withoutId(example: Example, id: Value): Example {
    return {
        ...example,
        resources: example.resources.map((resource) => ({ ...resource, props: without(resource.props, id) as ExampleResource["props"] })),
    };
}

/** The example with an unknown in the place of each value, leaves and whole blocks, one at a time. */
export function* obscured(example: Example): Generator<Obscured> {
    for (const [index, resource] of example.resources.entries()) {
        for (const [props, place] of obscuredValues(resource.props, "")) {
            const id = place === ".id" ? resource.props["id"] : undefined;
            if (id !== undefined) {
                yield { example: withoutId(example, id), place: `${resource.name}${place}` };
                continue;
            }
            const resources = example.resources.map((old, at) =>
                at === index ? { ...old, props: props as ExampleResource["props"] } : old,
            );
            yield { example: { ...example, resources }, place: `${resource.name}${place}` };
        }
    }
}
