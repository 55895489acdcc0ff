/**
 * Validation problems, collected and reported together, so that one run names everything that is wrong.
 * Components raise them as `pulumi.InputPropertiesError`; tools print them and exit with code 2.
 */
import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with the arguments or the configuration. */
export interface Problem {
    /** Where: a property path such as `nodeGroups.apps.maxSize`. Empty when the whole object is meant. */
    path: string;
    /** What is wrong, with the value that was given, and how to mend it. */
    reason: string;
}

/** Gathers problems; every validator takes one of these, so that nothing is thrown half way. */
export class Problems {
    private readonly items: Problem[] = [];

    constructor(private readonly prefix = "") {}

    /** Records a problem at `path` (relative to this collector's prefix). */
    add(path: string, reason: string): void {
        this.items.push({ path: joinPath(this.prefix, path), reason });
    }

    /** Records a problem unless `condition` holds. */
    require(condition: boolean, path: string, reason: string): void {
        if (!condition) {
            this.add(path, reason);
        }
    }

    /** Takes over problems found elsewhere, below `path`. */
    addAll(problems: readonly Problem[], path = ""): void {
        for (const problem of problems) {
            this.add(joinPath(path, problem.path), problem.reason);
        }
    }

    /** What was found so far. */
    get list(): readonly Problem[] {
        return this.items;
    }

    /** Throws one `InputPropertiesError` with every problem, or returns when there is none. */
    throwIfAny(subject: string): void {
        if (this.items.length > 0) {
            throw inputProblems(subject, this.items);
        }
    }
}

/** Joins property paths; a part that begins with `[` needs no dot. */
export function joinPath(parent: string, child: string): string {
    if (parent === "" || child === "") {
        return parent + child;
    }
    return child.startsWith("[") ? parent + child : `${parent}.${child}`;
}

/** The error the engine shows with one line per property. */
export function inputProblems(subject: string, problems: readonly Problem[]): pulumi.InputPropertiesError {
    const lines = problems.map((problem) => `  ${problem.path || "(all)"}: ${problem.reason}`);
    const heading = `${subject}: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    return new pulumi.InputPropertiesError({
        message: [heading, ...lines].join("\n"),
        errors: problems.map((problem) => ({ propertyPath: problem.path, reason: problem.reason })),
    });
}

/** Shows a value inside an error message: short, quoted when text. */
export function show(value: unknown): string {
    const text = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The candidate nearest to `given` by edit distance, when it is near enough to be what was meant. */
export function nearest(given: string, candidates: Iterable<string>): string | undefined {
    let best: string | undefined;
    let bestDistance = Math.max(2, Math.floor(given.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(given.toLowerCase(), candidate.toLowerCase());
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

function editDistance(a: string, b: string): number {
    let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const current = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
        }
        previous = current;
    }
    return previous[b.length] ?? 0;
}
