// A launch template passes tags on only through tag specifications: neither its own tags nor the provider's default tags
// reach instances, volumes or network interfaces. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateTagSpecificationRequest.html
import { examples } from "./launch-template-tags.examples";
import type { Rule, Verdict } from "./rule";
import { finding, PASS, unknownAt } from "./rule";
import { stringsOf } from "./settings";
import { DEFAULT_REQUIRED_KEYS, missingKey, REQUIRED_KEYS } from "./tags";
import type { Value } from "./value";
import { asList, asRecord, field, isAbsent, isUnknown, show } from "./value";

const PATH = "tagSpecifications";
const DEFAULT_RESOURCE_TYPES: readonly string[] = ["instance", "volume", "network-interface"];

/** The tag specifications of a launch template. */
export interface TagSpecificationsInput {
    readonly specifications: Value;
}

/** The tags one resource type gets at launch, and where a tag could be that is not known yet. */
interface LaunchTags {
    readonly path: string;
    readonly values: Map<string, Value>;
    moreAt: string | undefined;
}

/** Tags by resource type; a specification of unknown type may be for any of them. */
function launchTags(list: readonly Value[], resourceType: string): LaunchTags | undefined {
    const tags: LaunchTags = { path: `${PATH}(${resourceType}).tags`, values: new Map(), moreAt: undefined };
    let found = false;
    list.forEach((specification, index) => {
        const type = field(specification, "resourceType");
        if (isUnknown(type)) {
            tags.moreAt ??= `${PATH}.${index}${isUnknown(specification) ? "" : ".resourceType"}`;
        } else if (type === resourceType) {
            found = true;
            const map = field(specification, "tags");
            if (isUnknown(map)) {
                tags.moreAt ??= `${PATH}.${index}.tags`;
            }
            for (const [key, value] of Object.entries(asRecord(map) ?? {})) {
                if (!isAbsent(value)) {
                    tags.values.set(key, value);
                }
            }
        }
    });
    return found || tags.moreAt !== undefined ? tags : undefined;
}

function judgeType(list: readonly Value[], resourceType: string, required: readonly string[]): Verdict[] {
    const tags = launchTags(list, resourceType);
    if (tags === undefined) {
        const message = `${PATH} has none for "${resourceType}". Add one with tags ${required.join(", ")}.`;
        return [finding(`specification:${resourceType}`, PATH, message)];
    }
    return required.map((key): Verdict => {
        const value = tags.values.get(key);
        if (value === undefined) {
            const missing = missingKey(key, tags.values.keys(), tags.path, "Add it there; default tags do not get there.");
            return tags.moreAt === undefined ? { ...missing, id: `missing:${resourceType}:${key}` } : unknownAt(tags.moreAt);
        }
        return value === ""
            ? finding(`empty:${resourceType}:${key}`, tags.path, `Tag "${key}" in ${tags.path} is empty. Give it a value.`)
            : PASS;
    });
}

/** The rule `launch-template-tags`. */
export const launchTemplateTags: Rule<TagSpecificationsInput> = {
    id: "launch-template-tags",
    title: "Launch templates tag what they launch",
    description: "Tag specifications of a launch template must carry the required tags for instances, volumes and network interfaces.",
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
        "Add tagSpecifications with the required tags for the resource types instance, volume and network-interface.",
        "Default tags of the provider do not reach them, and tags of an EKS node group do not either.",
    ],
    configSchema: {
        requiredKeys: REQUIRED_KEYS,
        resourceTypes: {
            type: "array",
            description: "Resource types that need a tag specification.",
            default: DEFAULT_RESOURCE_TYPES,
            items: { type: "string", enum: [...DEFAULT_RESOURCE_TYPES, "spot-instances-request", "elastic-gpu"] },
        },
    },
    examples,
    evaluate: ({ specifications }, config) => {
        if (isUnknown(specifications)) {
            return [unknownAt(PATH)];
        }
        const list = isAbsent(specifications) ? [] : asList(specifications);
        if (list === undefined) {
            return [finding("malformed", PATH, `${PATH} is ${show(specifications)}. Write a list, one entry for each resource type.`)];
        }
        const required = stringsOf(config, "requiredKeys", DEFAULT_REQUIRED_KEYS);
        return stringsOf(config, "resourceTypes", DEFAULT_RESOURCE_TYPES).flatMap((type) => judgeType(list, type, required));
    },
};
