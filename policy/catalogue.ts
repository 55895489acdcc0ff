// All rules of the pack with their adapters, in the order of the documentation.
import { hopLimitOf, metadataOf } from "./adapters/metadata";
import { groupTagsOf, tagSpecificationsOf, tagsOf } from "./adapters/tags";
import { autoscalingGroups, launchingResources, nodeGroups } from "./adapters/templates";
import type { Definition } from "./definition";
import { onResource, onStack } from "./definition";
import { autoscalingGroupTags } from "./rules/autoscaling-group-tags";
import { autoscalingGroupTemplate } from "./rules/autoscaling-group-template";
import { imdsv2Required } from "./rules/imdsv2-required";
import { instanceTemplate } from "./rules/instance-template";
import { launchTemplateTags } from "./rules/launch-template-tags";
import { metadataHopLimit } from "./rules/metadata-hop-limit";
import { nodeGroupTemplate } from "./rules/node-group-template";
import { requiredTags } from "./rules/required-tags";

/** The rules of the pack. */
export const definitions: readonly Definition[] = [
    onResource(requiredTags, tagsOf),
    onResource(launchTemplateTags, tagSpecificationsOf),
    onResource(autoscalingGroupTags, groupTagsOf),
    onResource(imdsv2Required, metadataOf),
    onResource(metadataHopLimit, hopLimitOf),
    onStack(nodeGroupTemplate, nodeGroups),
    onStack(autoscalingGroupTemplate, autoscalingGroups),
    onStack(instanceTemplate, launchingResources),
];
