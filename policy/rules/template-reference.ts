// How a reference to a launch template is followed and judged: which template it names, whether that one is locked down,
// and whether the version in use is the one that was judged.
// Versions: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html
import type { MetadataInput } from "./metadata";
import { judgeHopLimit, judgeTokens } from "./metadata";
import type { ConfigProperty, RuleConfig, Verdict } from "./rule";
import { finding, PASS, unknownAt } from "./rule";
import { integerOf, stringsOf } from "./settings";
import { DEFAULT_MAX_HOP_LIMIT, MAX_HOP_LIMIT } from "./metadata-hop-limit";
import type { Value } from "./value";
import { asBoolean, asInteger, isAbsent, isUnknown, pathOf, show } from "./value";

/** A launch template of the stack, also one that is only read. */
export interface Template {
    /** Name of the resource in the program, for messages. */
    readonly resource: string;
    readonly id: Value;
    readonly name: Value;
    readonly metadata: MetadataInput;
    readonly updateDefaultVersion: Value;
    readonly defaultVersion: Value;
    readonly latestVersion: Value;
}

/** A place in a resource that names a launch template. */
export interface TemplateReference {
    readonly path: string;
    readonly id: Value;
    readonly name: Value;
    readonly version: Value;
    /** The block itself is not known yet, so id, name and version are not either. */
    readonly unknownBlock: boolean;
    /** Templates whose outputs the property uses, as the program recorded it; known even while ids are not. */
    readonly dependencies: readonly Template[];
}

/** Templates of the stack, and where a resource refers to one. */
export interface ReferenceInput {
    readonly references: readonly TemplateReference[];
    readonly templates: readonly Template[];
}

/** Configuration of every rule that follows references. */
export const REFERENCE_CONFIG: Readonly<Record<string, ConfigProperty>> = {
    maxHopLimit: MAX_HOP_LIMIT,
    allowedTemplates: {
        type: "array",
        description: "Ids or names of launch templates outside the stack that may be used without being checked.",
        default: [],
        items: { type: "string" },
    },
};

type Match = "yes" | "no" | "perhaps";

/** Whether a reference names a template, judged by id, else by name. */
function match(reference: TemplateReference, template: Template): Match {
    for (const key of ["id", "name"] as const) {
        const wanted = reference[key];
        const actual = template[key];
        if (isAbsent(wanted) || wanted === "") {
            continue;
        }
        if (isAbsent(actual) || (isUnknown(wanted) && isUnknown(actual))) {
            return "perhaps";
        }
        // An id known here is not the one AWS has yet to give to a template, but a name may be. And what is unknown here is no copy of
        // what is known there.
        return isUnknown(actual) && key === "name" ? "perhaps" : wanted === actual ? "yes" : "no";
    }
    return reference.unknownBlock ? "perhaps" : "no";
}

/** The value that decides which template is named: the id, or the name where there is no id. */
function decisive({ id, name }: TemplateReference): Value {
    return isAbsent(id) || id === "" ? name : id;
}

/** The templates a reference names; several when ids are unknown and the property depends on several. */
function resolve(reference: TemplateReference, templates: readonly Template[]): readonly Template[] | "unknown" | "outside" {
    const certain = templates.filter((template) => match(reference, template) === "yes");
    if (certain.length > 0) {
        return certain;
    }
    const dependencies = reference.dependencies.filter((template) => match(reference, template) === "perhaps");
    if (dependencies.length > 0) {
        return dependencies;
    }
    if (reference.unknownBlock || isUnknown(decisive(reference))) {
        return "unknown";
    }
    const byName = isAbsent(reference.id) || reference.id === "";
    return byName && templates.some(({ name }) => isUnknown(name)) ? "unknown" : "outside";
}

/** Verdicts on one reference: the template's metadata settings and the version in use. */
export function judgeReference(reference: TemplateReference, templates: readonly Template[], config: RuleConfig): Verdict[] {
    const { path, id, name } = reference;
    const named = [id, name].filter((value): value is string => typeof value === "string" && value !== "");
    if (named.some((value) => stringsOf(config, "allowedTemplates", []).includes(value))) {
        return [PASS];
    }
    if (named.length === 0 && !reference.unknownBlock && !isUnknown(id) && !isUnknown(name)) {
        const message = `${path} names no launch template. Refer to one by id or name.`;
        return [finding(`unnamed:${path}`, path, message)];
    }
    const resolved = resolve(reference, templates);
    if (resolved === "unknown") {
        return [unknownAt(reference.unknownBlock ? path : pathOf(path, isUnknown(id) ? "id" : "name"))];
    }
    if (resolved === "outside") {
        const message =
            `${path} names launch template ${show(named[0])}, which is not in this stack and cannot be checked. ` +
            "Define it here, read it with LaunchTemplate.get, or list it in allowedTemplates.";
        return [finding(`outside:${path}`, path, message)];
    }
    return resolved.flatMap((template) => [...judgeTemplate(reference, template, config), judgeVersion(reference, template)]);
}

/** The metadata rules on a template, worded from the side of the resource that uses it. */
function judgeTemplate(reference: TemplateReference, template: Template, config: RuleConfig): Verdict[] {
    const verdicts = [
        ...judgeTokens(template.metadata, false),
        ...judgeHopLimit(template.metadata, integerOf(config, "maxHopLimit", DEFAULT_MAX_HOP_LIMIT)),
    ];
    return verdicts.map((verdict): Verdict => {
        if (verdict.kind === "pass") {
            return verdict;
        }
        const path = pathOf(reference.path, template.resource, verdict.path);
        return verdict.kind === "unknown"
            ? unknownAt(path)
            : finding(
                  `${verdict.id}:${reference.path}`,
                  path,
                  `${reference.path} uses launch template "${template.resource}": ${verdict.message}`,
              );
    });
}

/** The version must be the latest, for that is the one whose settings the stack shows. */
function judgeVersion(reference: TemplateReference, template: Template): Verdict {
    const { version } = reference;
    const path = pathOf(reference.path, "version");
    if (isUnknown(version)) {
        const latestOfTemplate = !reference.unknownBlock && asInteger(template.latestVersion) === undefined;
        return latestOfTemplate && reference.dependencies.includes(template) ? PASS : unknownAt(path);
    }
    if (version === "$Latest") {
        return PASS;
    }
    if (isAbsent(version) || version === "" || version === "$Default") {
        return judgeDefaultVersion(reference, template, path);
    }
    const number = asInteger(version);
    if (number === undefined) {
        return finding(`version:${reference.path}`, path, `${path} is ${show(version)}, which is no version. Use "$Latest".`);
    }
    const latest = asInteger(template.latestVersion);
    if (latest === undefined) {
        return unknownAt(pathOf(reference.path, template.resource, "latestVersion"));
    }
    return number === latest
        ? PASS
        : finding(
              `version:${reference.path}`,
              path,
              `${path} is pinned to ${number}, while the settings of launch template "${template.resource}" are those of version ${latest}. ` +
                  'Use the template\'s latestVersion output or "$Latest".',
          );
}

function judgeDefaultVersion(reference: TemplateReference, template: Template, path: string): Verdict {
    const follows = asBoolean(template.updateDefaultVersion);
    const standard = asInteger(template.defaultVersion);
    const latest = asInteger(template.latestVersion);
    if (follows === true || (standard !== undefined && standard === latest)) {
        return PASS;
    }
    for (const key of ["updateDefaultVersion", "defaultVersion", "latestVersion"] as const) {
        if (isUnknown(template[key])) {
            return unknownAt(pathOf(reference.path, template.resource, key));
        }
    }
    const used = isAbsent(reference.version) || reference.version === "" ? "is not set and so means the default version" : 'is "$Default"';
    return finding(
        `version:${reference.path}`,
        path,
        `${path} ${used}, but the default version of launch template "${template.resource}" does not follow its changes. ` +
            'Set updateDefaultVersion on it, or use its latestVersion output or "$Latest".',
    );
}
