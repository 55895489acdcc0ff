/** Section with the budgets as bars, the fullest first. */
import { BudgetKind, BudgetStatus } from "../../budgets";
import type { Budget } from "../../budgets";
import { html } from "../html";
import type { Html } from "../html";
import { pill, resourceLink } from "../model";
import type { ReportContext, Section, Tone } from "../model";

const TITLES: Readonly<Record<BudgetKind, string>> = {
    [BudgetKind.SubnetAddresses]: "Addresses of subnets",
    [BudgetKind.SecurityGroupRules]: "Rules of security groups",
    [BudgetKind.Pods]: "Pods",
    [BudgetKind.PolicySize]: "Size of IAM policies",
    [BudgetKind.UserData]: "Size of user data",
};
const STATES: Readonly<Record<BudgetStatus, readonly [tone: Tone, text: string]>> = {
    [BudgetStatus.Ok]: ["ok", "within"],
    [BudgetStatus.Warning]: ["warn", "nearly full"],
    [BudgetStatus.Error]: ["bad", "exceeded"],
};

/** Shows every budget. */
export function budgetsSection(context: ReportContext): Section {
    const { budgets } = context.plan.summary.budgets;
    const sorted = [...budgets].sort((a, b) => share(b) - share(a) || (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
    const kinds = [...new Set(sorted.map(({ kind }) => kind))];
    const body =
        budgets.length === 0
            ? html`<p>Nothing of this plan is limited.</p>`
            : html`
                  <p class="lead">Most that can be in use at once, against the limit: every group at its maximum size.</p>
                  ${kinds.map(
                      (kind) => html`
                          <h3>${TITLES[kind] ?? kind}</h3>
                          <ul class="budgets">
                              ${sorted.filter((budget) => budget.kind === kind).map((budget) => row(budget, context))}
                          </ul>
                      `,
                  )}
              `;
    return { id: "budgets", title: "Budgets", count: String(budgets.length), body };
}

function row(budget: Budget, context: ReportContext): Html {
    const { status, parts, advice } = budget;
    const [tone] = STATES[status];
    const measure = measures(budget);
    const note = advice === undefined ? undefined : html`<p class="advice ${tone}">${advice}</p>`;
    const content =
        parts.length === 0
            ? html`<div class="budget">${measure}</div>`
            : html`<details>
                  <summary class="budget">${measure}</summary>
                  ${partsTable(budget, context)}
              </details>`;
    return html`<li>${content}${note}</li>`;
}

/** Name, bar and numbers. The bar repeats what the numbers say. */
function measures(budget: Budget): Html {
    const { subject, used, limit, unit, status } = budget;
    const [tone, state] = STATES[status];
    const percent = Math.round(share(budget) * 100);
    const width = Math.min(100, Math.max(percent, used > 0 ? 1 : 0));
    return html`<span class="subject">${subject}</span>
        <span class="bar ${tone}" aria-hidden="true"><span style="width:${width}%"></span></span>
        <span class="amount">${number(used)} <span class="muted">of ${number(limit)} ${unit}</span></span>
        <span class="percent">${percent} %</span> <span class="state">${pill(tone, state)}</span>`;
}

function partsTable({ subject, unit, urn, parts }: Budget, context: ReportContext): Html {
    return html`<div class="parts">
        <p>${resourceLink(context, urn)}</p>
        <table>
            <caption class="hidden">
                What ${subject} is made up of
            </caption>
            <thead>
                <tr>
                    <th scope="col">What</th>
                    <th scope="col" class="right">${unit}</th>
                </tr>
            </thead>
            <tbody>
                ${parts.map(
                    ({ what, amount }) =>
                        html`<tr>
                            <td>${what}</td>
                            <td class="right">${number(amount)}</td>
                        </tr>`,
                )}
            </tbody>
        </table>
    </div>`;
}

function share({ used, limit }: Budget): number {
    return limit > 0 ? used / limit : used > 0 ? 10 : 0;
}

function number(value: number): string {
    return value.toLocaleString("en-US");
}
