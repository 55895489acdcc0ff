/** The one error of a bad configuration: every problem with its key, value and fix. */
import type { z } from "zod";
import { joinPath, nearest, show } from "../../components/core/errors";
import type { Problem } from "../../components/core/errors";

/** Exit code of tools for a bad configuration. */
export const CONFIGURATION_EXIT_CODE = 2;

/** Raised with all problems at once, before any resource is registered. */
export class ConfigurationError extends Error {
    /** The same problems, with their line where the file tells. */
    readonly details: readonly (Problem & { line: number | undefined })[];

    /**
     * @param source what was read: a file or a stack
     * @param problems what is wrong; `lines` tells where in the file
     */
    constructor(
        readonly source: string,
        readonly problems: readonly Problem[],
        lines: (path: string) => number | undefined = () => undefined,
    ) {
        const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
        const details = problems.map((problem) => ({ ...problem, line: lines(problem.path) }));
        const list = details.map(({ path, reason, line }) => {
            return `  ${path === "" ? "" : `${path}: `}${reason}${line === undefined ? "" : ` (line ${line})`}`;
        });
        super([`Configuration of ${source}: ${count}. Nothing was deployed.`, ...list].join("\n"));
        this.name = "ConfigurationError";
        this.details = details;
    }
}

/** Turns what zod found into problems. `knownKeys` tells which keys exist at a path. */
export function problemsOf(error: z.ZodError, value: unknown, knownKeys: (path: readonly PropertyKey[]) => string[]): Problem[] {
    return error.issues.flatMap((issue): Problem[] => {
        const path = pathText(issue.path);
        if (issue.code === "unrecognized_keys") {
            return issue.keys.map((key) => ({ path: joinPath(path, key), reason: unknownKey(key, knownKeys(issue.path)) }));
        }
        return [{ path, reason: reasonFor(issue, valueAt(value, issue.path)) }];
    });
}

function reasonFor(issue: z.core.$ZodIssue, given: unknown): string {
    if (given === undefined && (issue.code === "invalid_type" || issue.code === "invalid_value")) {
        return issue.code === "invalid_value"
            ? `missing; use one of ${issue.values.map(String).join(", ")}`
            : `missing; give ${article(issue.expected)}`;
    }
    switch (issue.code) {
        case "invalid_type":
            return `${show(given)} is not ${article(issue.expected)}`;
        case "invalid_value": {
            const choices = issue.values.map(String);
            const meant = typeof given === "string" ? nearest(given, choices) : undefined;
            return `${show(given)} is not known; ${meant === undefined ? "" : `did you mean "${meant}"? `}use one of ${choices.join(", ")}`;
        }
        default:
            return `${show(given)}: ${issue.message}`;
    }
}

function unknownKey(key: string, known: string[]): string {
    const meant = nearest(key, known);
    return meant === undefined ? `unknown key; known here are ${known.join(", ")}` : `unknown key; did you mean "${meant}"?`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
    string: "text",
    boolean: "true or false",
    int: "a whole number",
    number: "a number",
    array: "a list",
    object: "a group of keys",
    record: "a group of keys",
};

function article(type: string): string {
    return TYPE_NAMES[type] ?? type;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
        (at, key) => (at === null || typeof at !== "object" ? undefined : (at as Record<PropertyKey, unknown>)[key]),
        value,
    );
}

/** A path as people write it: `nodeGroups.apps.taints[0].effect`. */
export function pathText(path: readonly PropertyKey[]): string {
    return path.reduce<string>((joined, part) => (typeof part === "number" ? `${joined}[${part}]` : joinPath(joined, String(part))), "");
}
