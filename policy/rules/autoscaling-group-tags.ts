// An Auto Scaling group has a list of tags of its own kind: default tags never reach it, and each tag says whether instances get it.
// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
import { examples } from "./autoscaling-group-tags.examples";
import type { Rule, Verdict } from "./rule";
import { finding, PASS, unknownAt } from "./rule";
import { stringsOf } from "./settings";
import { DEFAULT_REQUIRED_KEYS, missingKey, REQUIRED_KEYS } from "./tags";
import type { Value } from "./value";
import { asBoolean, asList, field, isAbsent, isUnknown, show } from "./value";

const PATH = "tags";

/** The tags of an Auto Scaling group. */
export interface GroupTagsInput {
    readonly tags: Value;
}

/** Index of the entry with this key; the last one wins, as in AWS. */
function indexOfKey(list: readonly Value[], key: string): number {
    return list.reduce((last: number, entry, index) => (field(entry, "key") === key ? index : last), -1);
}

function judgeEntry(entry: Value, key: string, path: string): Verdict {
    const value = field(entry, "value");
    if (isAbsent(value) || value === "") {
        return finding(`empty:${key}`, path, `Tag "${key}" has no value. Give it one.`);
    }
    const propagate = field(entry, "propagateAtLaunch");
    if (isUnknown(propagate)) {
        return unknownAt(`${path}.propagateAtLaunch`);
    }
    return asBoolean(propagate) === true
        ? PASS
        : finding(
              `not-propagated:${key}`,
              `${path}.propagateAtLaunch`,
              `Tag "${key}" has propagateAtLaunch ${show(propagate)}, so instances do not get it. Set propagateAtLaunch to true.`,
          );
}

function judgeKey(list: readonly Value[], key: string): Verdict {
    const index = indexOfKey(list, key);
    if (index >= 0) {
        return judgeEntry(list[index], key, `${PATH}.${index}`);
    }
    const open = list.findIndex((entry) => isUnknown(field(entry, "key")));
    if (open >= 0) {
        return unknownAt(isUnknown(list[open]) ? `${PATH}.${open}` : `${PATH}.${open}.key`);
    }
    const keys = list.map((entry) => field(entry, "key")).filter((other): other is string => typeof other === "string");
    return missingKey(key, keys, PATH, "Add it with propagateAtLaunch true; default tags do not reach Auto Scaling groups.");
}

/** The rule `autoscaling-group-tags`. */
export const autoscalingGroupTags: Rule<GroupTagsInput> = {
    id: "autoscaling-group-tags",
    title: "Auto Scaling groups carry the required tags and pass them on",
    description: "An Auto Scaling group must carry the required tags with propagateAtLaunch true.",
    severity: "medium",
    frameworks: [
        { name: "checkov", version: "3", reference: "CKV_AWS_153", specification: "Auto Scaling groups supply tags to launched instances" },
        {
            name: "AWS Security Hub",
            version: "Tagging Standard",
            reference: "AutoScaling.10",
            specification: "Auto Scaling groups are tagged",
        },
    ],
    remediation: [
        "Add { key, value, propagateAtLaunch: true } to the group's tags for each required key.",
        "Default tags of the provider do not reach Auto Scaling groups.",
    ],
    configSchema: { requiredKeys: REQUIRED_KEYS },
    examples,
    evaluate: ({ tags }, config) => {
        if (isUnknown(tags)) {
            return [unknownAt(PATH)];
        }
        const list = isAbsent(tags) ? [] : asList(tags);
        if (list === undefined) {
            const message = `${PATH} is ${show(tags)}. Write a list of { key, value, propagateAtLaunch }.`;
            return [finding("malformed", PATH, message)];
        }
        return stringsOf(config, "requiredKeys", DEFAULT_REQUIRED_KEYS).map((key) => judgeKey(list, key));
    },
};
