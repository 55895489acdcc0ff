/** The difference between two plans as Markdown, for a comment on a pull request: counts, then what is replaced, then the rest. */
import { SECRET } from "../plan-file";
import type { PlannedResource } from "../plan-file";
import type { FollowingReplacement, PlanDiff, ResourceChange } from "../diff";
import type { PropertyChange } from "./compare";

/** Characters a text may have; GitHub refuses comments beyond 65,536. */
export const MOST_CHARACTERS = 60_000;

/** Characters of one value. */
const MOST_VALUE = 160;

/** Space kept for the sentence on what was left out. */
const CLOSING = 200;

interface Section {
    title: string;
    /** Whether it is shown without a click. */
    open: boolean;
    items: string[];
}

/** Writes a difference as Markdown. */
export function diffMarkdown(diff: PlanDiff): string {
    const inPlace = diff.changed.filter(({ replaces }) => replaces.length === 0);
    const sections: Section[] = [
        { title: "Replaced", open: true, items: diff.replaced.map(changeItem) },
        { title: "May be replaced along with them", open: true, items: diff.following.map(followingItem) },
        { title: "Removed", open: true, items: diff.removed.map(resourceItem) },
        { title: "Added", open: false, items: diff.added.map(resourceItem) },
        { title: "Changed in place", open: false, items: inPlace.map(changeItem) },
        { title: "Moved", open: false, items: diff.moved.map(({ from, to }) => `- ${code(from)} is now ${code(to)}`) },
    ].filter(({ items }) => items.length > 0);
    const counts = [
        `${diff.added.length} added`,
        `${diff.removed.length} removed`,
        `${inPlace.length} changed in place`,
        `**${diff.replaced.length} replaced**`,
        ...(diff.following.length > 0 ? [`${diff.following.length} may follow`] : []),
        ...(diff.moved.length > 0 ? [`${diff.moved.length} moved`] : []),
    ];
    const heading = `### Plan: ${counts.join(", ")}`;
    return sections.length === 0 ? "### Plan: nothing changes\n" : fitted(heading, sections);
}

/** Sections in order of weight, as many entries as fit; the rest is counted. */
function fitted(heading: string, sections: readonly Section[]): string {
    let text = `${heading}\n`;
    let left = 0;
    for (const { title, open, items } of sections) {
        const head = `\n<details${open ? " open" : ""}><summary>${title} (${items.length})</summary>\n\n`;
        const foot = "\n</details>\n";
        let room = MOST_CHARACTERS - CLOSING - text.length - head.length - foot.length;
        let count = 0;
        while (count < items.length && (items[count]?.length ?? 0) + 1 <= room) {
            room -= (items[count]?.length ?? 0) + 1;
            count += 1;
        }
        left += items.length - count;
        text += count === 0 ? "" : `${head}${items.slice(0, count).join("\n")}\n${foot}`;
    }
    return left === 0 ? text : `${text}\n${left} more do not fit here; see the plan's report.\n`;
}

function resourceItem({ type, name, protect }: PlannedResource): string {
    return `- ${code(type)} ${code(name)}${protect ? " (protected)" : ""}`;
}

function changeItem({ type, name, changes, replaces }: ResourceChange): string {
    const lines = changes.map((change) => `  - ${changeText(change)}${replaces.includes(change.path) ? " ⚠️ replaces" : ""}`);
    return [`- ${code(type)} ${code(name)}`, ...lines].join("\n");
}

function followingItem({ type, name, inputs, because }: FollowingReplacement): string {
    const causes = because.map((urn) => code(urn.split("::").at(-1) ?? urn));
    return `- ${code(type)} ${code(name)}: ${inputs.map(code).join(", ")} from ${causes.join(", ")}`;
}

function changeText({ path, before, after }: PropertyChange): string {
    const isUserData = /(^|\.)userData(Base64)?$/.test(path);
    const show = (value: unknown): string => code(shortened(isUserData ? decoded(value) : value));
    if (before === undefined) {
        return `${code(path)} is set to ${show(after)}`;
    }
    return after === undefined ? `${code(path)} is no longer ${show(before)}` : `${code(path)} from ${show(before)} to ${show(after)}`;
}

/** User data is told by its size: the text is in the report, and base64 helps nobody. */
function decoded(value: unknown): unknown {
    return typeof value === "string" && value !== SECRET ? `${Buffer.from(value, "base64").length} bytes` : value;
}

function shortened(value: unknown): string {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
    const characters = [...text];
    return characters.length <= MOST_VALUE ? text : `${characters.slice(0, MOST_VALUE - 1).join("")}…`;
}

/** A code span; fenced by more backticks than the text has in a row, and on one line. */
function code(text: string): string {
    const line = text.replace(/\s+/g, " ");
    const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    const pad = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
    return `${fence}${pad}${line}${pad}${fence}`;
}
