/**
 * What CloudWatch Logs offers.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
import { show } from "./errors";
import type { Problems } from "./errors";

/** Retention periods in days. */
export const LOG_RETENTION_DAYS: readonly number[] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Checks a retention period in days; undefined is left to the default. */
export function validateLogRetention(days: number | undefined, path: string, problems: Problems): void {
    problems.require(
        days === undefined || LOG_RETENTION_DAYS.includes(days),
        path,
        `CloudWatch has no retention of ${show(days)} days; use one of ${LOG_RETENTION_DAYS.join(", ")}`,
    );
}
