/** The report: a plan as one HTML file that loads nothing, for any screen, for paper and for the keyboard. */
import type { PlanFile } from "../plan-file";
import { contextOf } from "./model";
import type { ReportDiff } from "./model";
import { page } from "./page";
import { budgetsSection } from "./sections/budgets";
import { changesSection } from "./sections/changes";
import { criticalPathSection } from "./sections/critical-path";
import { policySection } from "./sections/policy";
import { resourcesSection } from "./sections/resources";
import { topologySection } from "./sections/topology";

export type { ReportDiff } from "./model";

/** What a report may say besides the plan. */
export interface ReportOptions {
    /** Differences from a former plan; without them the report has no such section. */
    diff?: ReportDiff;
    /** Title of the document. Default: the name of the cluster. */
    title?: string;
    /** When the plan was made. Left out by default, so that the same plan gives the same bytes. */
    generatedAt?: Date | string;
}

/** Renders a plan. The same plan and options give the same bytes. */
export async function renderReport(plan: PlanFile, options: ReportOptions = {}): Promise<string> {
    const { diff, title, generatedAt } = options;
    const context = contextOf(plan);
    const sections = [
        ...(diff === undefined ? [] : [changesSection(diff, context)]),
        await topologySection(context),
        budgetsSection(context),
        policySection(context),
        criticalPathSection(context),
        resourcesSection(context),
    ];
    return page(context, sections, {
        title: title ?? plan.summary.clusterName,
        generatedAt: generatedAt instanceof Date ? generatedAt.toISOString() : generatedAt,
    });
}
