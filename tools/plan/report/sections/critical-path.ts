/** Section with the longest chains of dependencies, drawn on a time axis. */
import type { CriticalPath } from "../../critical-path";
import { html } from "../html";
import type { Html } from "../html";
import { duration, plural, resourceLink } from "../model";
import type { ReportContext, Section } from "../model";

/** Shows what the time goes into. */
export function criticalPathSection(context: ReportContext): Section {
    const { create, destroy } = context.plan.summary.criticalPath;
    return {
        ...{
            id: "critical-path",
            title: "Critical path",
            count: create.steps.length === 0 ? undefined : `about ${duration(create.seconds)}`,
        },
        body: html`
            <p class="lead">
                The longest chain of resources that wait for each other, with typical durations: nothing makes it faster but a shorter
                chain.
            </p>
            ${chain("Create", create, context)} ${chain("Destroy", destroy, context)}
        `,
    };
}

function chain(title: string, { seconds, steps }: CriticalPath["create"], context: ReportContext): Html {
    if (steps.length === 0) {
        return html`<h3>${title}</h3>
            <p class="muted">Nothing waits for anything.</p>`;
    }
    const total = Math.max(
        1,
        seconds,
        steps.reduce((sum, step) => sum + step.seconds, 0),
    );
    let start = 0;
    const rows = steps.map((step) => {
        const begin = start;
        start += step.seconds;
        return html`<li class="step">
            <div class="what">${resourceLink(context, step.urn)}</div>
            <div class="track" aria-hidden="true">
                <span style="left:${percent(begin, total)}%;width:${percent(step.seconds, total)}%"></span>
            </div>
            <div class="amount">${duration(step.seconds)}<span class="hidden">, from ${duration(begin)} on</span></div>
        </li>`;
    });
    return html`<h3>${title} <span class="count">about ${duration(seconds)} in ${plural(steps.length, "step")}</span></h3>
        <ol class="timeline">
            ${rows}
        </ol>`;
}

function percent(part: number, total: number): string {
    return ((part / total) * 100).toFixed(2);
}
