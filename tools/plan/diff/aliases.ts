/** Former URNs of a resource, by its own aliases and those of its ancestors, as the engine works them out. */
import type { PlannedResource } from "../plan-file";

/** An alias as the engine receives it. */
interface AliasSpec {
    name?: string;
    type?: string;
    stack?: string;
    project?: string;
    parenturn?: string;
    noparent?: boolean;
}

/** Parts of `urn:pulumi:<stack>::<project>::<type>$<type>::<name>`. */
interface UrnParts {
    stack: string;
    project: string;
    /** Types of the ancestors, from the top. */
    ancestors: string;
    type: string;
    name: string;
}

/** How many former URNs are worked out at most: aliases of every generation multiply. */
const MOST_ALIASES = 1_000;

/** Former URNs of a resource, the nearest first. */
export function formerUrns(resource: PlannedResource, find: (urn: string) => PlannedResource | undefined, depth = 0): string[] {
    const parent = resource.parent === null ? undefined : find(resource.parent);
    // Parents come before children in any plan, so this ends; the limit is for plans no engine wrote.
    const parentsBefore = parent === undefined || depth > 50 ? [] : formerUrns(parent, find, depth + 1);
    const own = (resource.aliases ?? []).flatMap((alias) => aliasUrns(alias, resource, parentsBefore));
    const inherited = parentsBefore.map((former) => underFormerParent(resource, parent, former));
    return [...new Set([...own, ...inherited])].filter((urn) => urn !== resource.urn).slice(0, MOST_ALIASES);
}

function aliasUrns(alias: unknown, resource: PlannedResource, parentsBefore: readonly string[]): string[] {
    if (typeof alias === "string") {
        return [alias];
    }
    if (alias === null || typeof alias !== "object") {
        return [];
    }
    const { urn, spec } = alias as { urn?: string; spec?: AliasSpec };
    if (typeof urn === "string" && urn !== "") {
        return [urn];
    }
    const own = partsOf(resource.urn);
    if (spec === undefined || own === undefined) {
        return [];
    }
    const changed = {
        stack: spec.stack || own.stack,
        project: spec.project || own.project,
        type: spec.type || own.type,
        name: spec.name || own.name,
    };
    if (spec.noparent === true) {
        return [urnOf({ ...changed, ancestors: "" })];
    }
    if (spec.parenturn) {
        return [urnOf({ ...changed, ancestors: typesOf(spec.parenturn) })];
    }
    return [own.ancestors, ...parentsBefore.map(typesOf)].map((ancestors) => urnOf({ ...changed, ancestors }));
}

/** A child whose name begins with its parent's had the parent's former name in it. */
function underFormerParent(resource: PlannedResource, parent: PlannedResource | undefined, former: string): string {
    const own = partsOf(resource.urn);
    const formerParent = partsOf(former);
    if (own === undefined || formerParent === undefined) {
        return resource.urn;
    }
    const prefix = parent?.name ?? "";
    const name = prefix !== "" && own.name.startsWith(prefix) ? `${formerParent.name}${own.name.slice(prefix.length)}` : own.name;
    return urnOf({ ...own, stack: formerParent.stack, project: formerParent.project, name, ancestors: typesOf(former) });
}

function partsOf(urn: string): UrnParts | undefined {
    const [head = "", project = "", types = "", ...name] = urn.split("::");
    const stack = head.split(":").at(-1) ?? "";
    const chain = types.split("$");
    const type = chain.pop();
    return type === undefined || name.length === 0
        ? undefined
        : { stack, project, ancestors: chain.join("$"), type, name: name.join("::") };
}

function typesOf(urn: string): string {
    const types = urn.split("::")[2] ?? "";
    return types === "pulumi:pulumi:Stack" ? "" : types;
}

function urnOf({ stack, project, ancestors, type, name }: UrnParts): string {
    return `urn:pulumi:${stack}::${project}::${ancestors === "" ? "" : `${ancestors}$`}${type}::${name}`;
}
