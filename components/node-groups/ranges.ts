/**
 * Checks of choices and numbers that several validators share.
 */
import { show } from "../core/errors";
import type { Problems } from "../core/errors";

/** Refuses a value that is none of a choice's. */
export function oneOf(value: string | undefined, choice: Readonly<Record<string, string>>, path: string, problems: Problems): void {
    const values = Object.values(choice);
    problems.require(value === undefined || values.includes(value), path, `${show(value)} is unknown; use one of ${values.join(", ")}`);
}

/** Refuses a value that is no whole number within the bounds. */
export function within(value: number | undefined, least: number, most: number, path: string, problems: Problems): void {
    problems.require(
        value === undefined || (Number.isInteger(value) && value >= least && value <= most),
        path,
        `${show(value)} is out of range; use a whole number from ${least} to ${most}`,
    );
}
