/** The plan file's shape as a zod schema: for its JSON Schema, and for reading plans made by other versions. */
import { z } from "zod";
import { ConfigurationError, pathText } from "../../stacks/config/errors";
import { section } from "../../stacks/config/fields";
import { BudgetKind, BudgetStatus } from "./budgets";
import { PLAN_VERSION } from "./plan-file";
import type { PlanFile } from "./plan-file";

const step = section("CriticalStep", { urn: z.string(), seconds: z.number() });
const chain = z.strictObject({ seconds: z.number(), steps: z.array(step) });

const budget = section("Budget", {
    kind: z.enum(BudgetKind),
    subject: z.string(),
    urn: z.string(),
    used: z.number(),
    limit: z.number(),
    unit: z.string(),
    status: z.enum(BudgetStatus),
    parts: z.array(z.strictObject({ what: z.string(), amount: z.number() })),
    atRest: z.number().optional(),
    note: z.string().optional(),
    advice: z.string().optional(),
});

const resource = section("PlannedResource", {
    urn: z.string().regex(/^urn:pulumi:/),
    type: z.string(),
    name: z.string(),
    parent: z.string().nullable(),
    custom: z.boolean(),
    provider: z.string().nullable(),
    inputs: z.record(z.string(), z.unknown()),
    dependencies: z.array(z.string()),
    propertyDependencies: z.record(z.string(), z.array(z.string())),
    protect: z.boolean(),
    read: z.literal(true).optional(),
    ignoreChanges: z.array(z.string()).optional(),
    aliases: z.array(z.unknown()).optional(),
});

const violation = section("PlannedViolation", {
    policy: z.string(),
    level: z.enum(["advisory", "mandatory"]),
    severity: z.enum(["low", "medium", "high", "critical", "unspecified"]),
    urn: z.string(),
    message: z.string(),
});

const summary = section("PlanSummary", {
    region: z.string(),
    environment: z.string(),
    clusterName: z.string(),
    kubernetesVersion: z.string(),
    resourcesByType: z.record(z.string(), z.int()),
    resources: z.int(),
    components: z.int(),
    budgets: z.strictObject({ budgets: z.array(budget) }),
    criticalPath: section("CriticalPath", { create: chain, destroy: chain }),
});

/** The plan file. */
export const planFileSchema = section("PlanFile", {
    version: z.literal(PLAN_VERSION),
    stack: z.string(),
    resources: z.array(resource),
    policy: z.strictObject({ violations: z.array(violation), evaluated: z.int() }),
    summary,
});

/**
 * Reads a plan file.
 *
 * @throws ConfigurationError naming what keeps the text from being one
 */
export function parsePlanFile(file: string, text: string): PlanFile {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new ConfigurationError(file, [{ path: "", reason: `is not a plan file: ${(error as Error).message}` }]);
    }
    const parsed = planFileSchema.safeParse(value);
    if (!parsed.success) {
        const problems = parsed.error.issues.slice(0, 10).map(({ path, message }) => ({ path: pathText(path), reason: message }));
        throw new ConfigurationError(file, problems);
    }
    return parsed.data as PlanFile;
}
