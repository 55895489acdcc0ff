// Which resources can be tagged, and where their tags are.
import taggable from "../data/taggable.json";
import type { GroupTagsInput } from "../rules/autoscaling-group-tags";
import type { TagSpecificationsInput } from "../rules/launch-template-tags";
import type { TagsInput } from "../rules/required-tags";
import type { Value } from "../rules/value";
import { field } from "../rules/value";
import type { Properties } from "../unknown";
import { has, read } from "../unknown";
import type { SeenResource } from "./resource";
import { AWS } from "./tokens";

const TAGGABLE: ReadonlySet<string> = new Set(taggable.types);

/** Types with a property `tags` that is not the resource's own tags, each with the reason. */
export const NOT_TAGGABLE: ReadonlyMap<string, string> = new Map([
    [AWS.autoscalingGroup, "its tags are a list with propagateAtLaunch; the rule autoscaling-group-tags judges them"],
    ["aws:devopsguru/resourceCollection:ResourceCollection", "its tags select resources to analyze"],
    ["aws:inspector/resourceGroup:ResourceGroup", "its tags select instances to inspect"],
]);

/** Whether the resource takes tags: it shows tagsAll after the provider's Check, or its type is in the table. */
export function isTaggable(resource: SeenResource): boolean {
    if (!resource.type.startsWith("aws:") || NOT_TAGGABLE.has(resource.type)) {
        return false;
    }
    return TAGGABLE.has(resource.type) || has(resource.props, "tagsAll");
}

/** Tags of a resource from all places, or undefined when it cannot be tagged. */
export function tagsOf(resource: SeenResource): TagsInput | undefined {
    if (!isTaggable(resource)) {
        return undefined;
    }
    const { props, provider } = resource;
    const providerSeen = provider?.type === "pulumi:providers:aws";
    return {
        tags: read(props, "tags"),
        tagsAll: read(props, "tagsAll"),
        defaultTags: providerSeen ? defaultTagsOf(provider.props) : undefined,
        providerSeen,
    };
}

/** Default tags a provider sets. The engine keeps nested provider settings as JSON text. */
function defaultTagsOf(provider: Properties): Value {
    return field(parsed(read(provider, "defaultTags")), "tags");
}

function parsed(setting: Value): Value {
    if (typeof setting !== "string") {
        return setting;
    }
    try {
        return JSON.parse(setting) as Value;
    } catch {
        return undefined;
    }
}

/** Tag specifications of a launch template. */
export function tagSpecificationsOf(resource: SeenResource): TagSpecificationsInput | undefined {
    return resource.type === AWS.launchTemplate ? { specifications: read(resource.props, "tagSpecifications") } : undefined;
}

/** Tags of an Auto Scaling group. */
export function groupTagsOf(resource: SeenResource): GroupTagsInput | undefined {
    return resource.type === AWS.autoscalingGroup ? { tags: read(resource.props, "tags") } : undefined;
}
