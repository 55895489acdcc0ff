// Every taggable AWS resource carries the required tags, within the limits of AWS.
// Limits: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
import { examples } from "./required-tags.examples";
import type { Rule, RuleConfig, Verdict } from "./rule";
import { finding, PASS, unknownAt } from "./rule";
import { mapOf, stringsOf } from "./settings";
import { DEFAULT_REQUIRED_KEYS, missingKey, REQUIRED_KEYS } from "./tags";
import type { Value } from "./value";
import { asRecord, isAbsent, isUnknown, show } from "./value";

/** Most tags a resource can carry, and the longest key and value in characters. */
const LIMITS = { tags: 50, key: 128, value: 256 } as const;

/** The tags of one resource, from the three places they come from. */
export interface TagsInput {
    /** The resource's own tags. */
    readonly tags: Value;
    /** Own and default tags, as the provider's Check merged them. Unknown as a whole when one value is. */
    readonly tagsAll: Value;
    /** Default tags of the provider. */
    readonly defaultTags: Value;
    /** Whether the engine said which provider manages the resource; if not, nothing is known about default tags. */
    readonly providerSeen: boolean;
}

/** What is known about the tags, and whether there may be more. */
interface SeenTags {
    readonly values: ReadonlyMap<string, Value>;
    /** Path of the map that could hold further tags, or undefined when all are known. */
    readonly moreAt: string | undefined;
}

function seenTags(input: TagsInput): SeenTags {
    const values = new Map<string, Value>();
    const merged = asRecord(input.tagsAll) !== undefined;
    const layers: Value[] = [merged ? undefined : input.defaultTags, input.tagsAll, input.tags];
    for (const layer of layers) {
        for (const [key, value] of Object.entries(asRecord(layer) ?? {})) {
            if (!isAbsent(value) && !(isUnknown(value) && values.has(key))) {
                values.set(key, value);
            }
        }
    }
    return { values, moreAt: openPlace(input) };
}

/** Where a tag could still be that nobody has seen. Known own and default tags settle it even if tagsAll is unknown. */
function openPlace(input: TagsInput): string | undefined {
    if (isUnknown(input.tags)) {
        return "tags";
    }
    if (asRecord(input.tagsAll) !== undefined) {
        return undefined;
    }
    if (isUnknown(input.defaultTags) || (isUnknown(input.tagsAll) && !input.providerSeen)) {
        return "tagsAll";
    }
    return undefined;
}

function judgeShape(input: TagsInput): Verdict[] {
    const verdicts: Verdict[] = [];
    for (const [path, value] of [
        ["tags", input.tags],
        ["tagsAll", input.tagsAll],
    ] as const) {
        if (!isUnknown(value) && !isAbsent(value) && asRecord(value) === undefined) {
            verdicts.push(finding(`malformed:${path}`, path, `${path} is ${show(value)}. Write a map of keys and values.`));
        }
    }
    return verdicts;
}

function judgeRequired(seen: SeenTags, required: readonly string[]): Verdict[] {
    return required.map((key): Verdict => {
        if (!seen.values.has(key)) {
            return seen.moreAt === undefined
                ? missingKey(key, seen.values.keys(), "tags", "Add it to the resource or to the provider's defaultTags.")
                : unknownAt(seen.moreAt);
        }
        return seen.values.get(key) === "" ? finding(`empty:${key}`, `tags.${key}`, `Tag "${key}" is empty. Give it a value.`) : PASS;
    });
}

function judgeLimits(seen: SeenTags): Verdict[] {
    const verdicts: Verdict[] = [];
    const own = [...seen.values.keys()];
    if (own.length > LIMITS.tags) {
        verdicts.push(finding("too-many", "tags", `${own.length} tags, AWS takes ${LIMITS.tags}. Remove some.`));
    }
    for (const [key, value] of seen.values) {
        if (/^aws:/i.test(key)) {
            verdicts.push(
                finding(`reserved:${key}`, `tags.${key}`, `Tag ${show(key)}: the prefix "aws:" is reserved. Choose another key.`),
            );
        }
        if (key.length < 1 || key.length > LIMITS.key) {
            verdicts.push(
                finding("key-length", "tags", `Tag key ${show(key)} has ${key.length} characters. Use 1 to ${LIMITS.key} characters.`),
            );
        }
        if (typeof value === "string" && value.length > LIMITS.value) {
            const length = `has a value of ${value.length} characters, AWS takes ${LIMITS.value}`;
            verdicts.push(finding(`value-length:${key}`, `tags.${key}`, `Tag ${show(key)} ${length}. Shorten it.`));
        }
    }
    return verdicts;
}

/** Values are judged only for keys somebody configured: those classify resources and are no secrets. */
function judgeValues(seen: SeenTags, config: RuleConfig): Verdict[] {
    const verdicts: Verdict[] = [];
    for (const [key, allowed] of mapOf(config, "allowedValues")) {
        if (Array.isArray(allowed)) {
            const wanted = `one of ${allowed.map((item) => JSON.stringify(item)).join(", ")}`;
            verdicts.push(...judgeValue(seen, key, wanted, (value) => allowed.includes(value)));
        }
    }
    for (const [key, pattern] of mapOf(config, "valuePatterns")) {
        const expression = typeof pattern === "string" ? compiled(pattern) : undefined;
        if (expression === undefined) {
            const message = `Configuration valuePatterns["${key}"] is no regular expression. Correct it.`;
            verdicts.push(finding(`configuration:${key}`, `tags.${key}`, message));
        } else {
            verdicts.push(...judgeValue(seen, key, `text that matches ${expression.source}`, (value) => expression.test(value)));
        }
    }
    return verdicts;
}

function judgeValue(seen: SeenTags, key: string, wanted: string, allows: (value: string) => boolean): Verdict[] {
    const value = seen.values.get(key);
    if (value === undefined || value === "") {
        return [];
    }
    if (isUnknown(value)) {
        return [unknownAt(`tags.${key}`)];
    }
    return typeof value === "string" && allows(value)
        ? [PASS]
        : [finding(`value:${key}`, `tags.${key}`, `Tag "${key}" is ${show(value)}. Use ${wanted}.`)];
}

function compiled(pattern: string): RegExp | undefined {
    try {
        return new RegExp(pattern, "u");
    } catch {
        return undefined;
    }
}

/** The rule `required-tags`. */
export const requiredTags: Rule<TagsInput> = {
    id: "required-tags",
    title: "Required tags on every taggable AWS resource",
    description: "Every taggable AWS resource must carry the required tags.",
    severity: "medium",
    frameworks: [
        {
            name: "AWS Well-Architected Framework",
            version: "2024-06-27",
            reference: "COST03-BP02",
            specification: "Add organization information to cost and usage",
        },
    ],
    remediation: [
        "Add the missing keys to the resource's tags, or to defaultTags of the AWS provider to reach every resource at once.",
        "Keys are case-sensitive: rename a key that differs only in case.",
    ],
    configSchema: {
        requiredKeys: REQUIRED_KEYS,
        allowedValues: {
            type: "object",
            description: "By key, the values that are allowed. A key that is not required is judged only where it is set.",
            default: {},
            additionalProperties: { type: "array", items: { type: "string" } },
        },
        valuePatterns: {
            type: "object",
            description: "By key, a regular expression the value must match. Anchor it with ^ and $.",
            default: {},
            additionalProperties: { type: "string" },
        },
    },
    examples,
    evaluate: (input, config) => {
        const seen = seenTags(input);
        return [
            ...judgeShape(input),
            ...judgeRequired(seen, stringsOf(config, "requiredKeys", DEFAULT_REQUIRED_KEYS)),
            ...judgeLimits(seen),
            ...judgeValues(seen, config),
        ];
    },
};
