// What the tag rules share: the keys every resource must carry, and how a key that is nearly right is recognised.
import type { ConfigProperty, Finding } from "./rule";
import { finding } from "./rule";

/** Keys required unless configured otherwise. */
export const DEFAULT_REQUIRED_KEYS: readonly string[] = ["Project", "Environment", "Owner", "ManagedBy"];

/** Configuration shared by all tag rules. */
export const REQUIRED_KEYS: ConfigProperty = {
    type: "array",
    description: "Tag keys that must be there. Keys are case-sensitive in AWS.",
    default: DEFAULT_REQUIRED_KEYS,
    items: { type: "string" },
};

/** The key without case, hyphens, underscores and blanks, so that "managed-by" and "ManagedBy" compare equal. */
function folded(key: string): string {
    return key.toLowerCase().replace(/[-_ ]/g, "");
}

/** A finding for a required key that is not there. Names a key that differs only in case or punctuation. */
export function missingKey(key: string, present: Iterable<string>, path: string, remedy: string): Finding {
    for (const other of present) {
        if (other !== key && folded(other) === folded(key)) {
            return finding(
                `missing:${key}`,
                path,
                `Tag "${key}" is missing from ${path}; "${other}" is there, but keys are case-sensitive. Rename it to "${key}".`,
            );
        }
    }
    return finding(`missing:${key}`, path, `Tag "${key}" is missing from ${path}. ${remedy}`);
}
