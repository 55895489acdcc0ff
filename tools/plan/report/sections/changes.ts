/** Section with what a former plan did not have, or had otherwise. */
import type { FollowingReplacement, Move, ResourceChange } from "../../diff";
import type { PlannedResource } from "../../plan-file";
import { html } from "../html";
import type { Html } from "../html";
import { pill, plural, resourceLink, shortType } from "../model";
import type { ReportContext, ReportDiff, Section } from "../model";

/** Shows the differences. */
export function changesSection(diff: ReportDiff, context: ReportContext): Section {
    const { added, removed, changed, following = [], moved = [] } = diff;
    const replaced = changed.filter(({ replaces }) => replaces.length > 0);
    const updated = changed.filter(({ replaces }) => replaces.length === 0);
    const total = added.length + removed.length + changed.length + following.length + moved.length;
    const body =
        total === 0
            ? html`<p class="calm">${pill("ok", "no changes")} Both plans register the same resources with the same inputs.</p>`
            : html`
                  <ul class="tally">
                      <li><b>${added.length}</b> added</li>
                      <li><b>${updated.length}</b> changed in place</li>
                      <li><b>${replaced.length}</b> replaced</li>
                      <li><b>${removed.length}</b> removed</li>
                      ${moved.length > 0 && html`<li><b>${moved.length}</b> moved</li>`}
                  </ul>
                  ${group("Replaced", replaced, (resource) => change(resource, context))}
                  ${group("May be replaced along with them", following, (resource) => follower(resource, context))}
                  ${group("Removed", removed, (resource) => plainRow(resource, context))}
                  ${group("Changed", updated, (resource) => change(resource, context))}
                  ${group("Added", added, (resource) => plainRow(resource, context))}
                  ${group("Moved", moved, (resource) => move(resource, context))}
              `;
    return { id: "changes", title: "Changes", count: plural(total, "resource"), body };
}

function group<Item>(title: string, items: readonly Item[], row: (item: Item) => Html): Html | undefined {
    return items.length === 0
        ? undefined
        : html`<h3>${title} <span class="count">${items.length}</span></h3>
              <ul class="changes">
                  ${items.map((item) => html`<li>${row(item)}</li>`)}
              </ul>`;
}

function plainRow({ urn, name, type }: PlannedResource, context: ReportContext): Html {
    const known = context.resources.has(urn);
    return known ? resourceLink(context, urn) : html`<span class="name">${name}</span> <span class="type">${shortType(type)}</span>`;
}

function follower({ urn, inputs, because }: FollowingReplacement, context: ReportContext): Html {
    const causes = because.map((cause, index) => html`${index > 0 && ", "}${resourceLink(context, cause)}`);
    return html`${resourceLink(context, urn)}
        <p class="muted">
            ${inputs.map((input, index) => html`${index > 0 && ", "}<code>${input}</code>`)} will hold the new id of ${causes}
        </p>`;
}

function move({ from, to }: Move, context: ReportContext): Html {
    return html`${resourceLink(context, to)}
        <p class="muted">was <code>${from}</code></p>`;
}

function change({ urn, name, changes, replaces }: ResourceChange, context: ReportContext): Html {
    return html`${replaces.length > 0 && pill("bad", "replace")} ${resourceLink(context, urn)}
        <table>
            <caption class="hidden">
                Changed inputs of ${name}
            </caption>
            <thead>
                <tr>
                    <th scope="col">Input</th>
                    <th scope="col">Before</th>
                    <th scope="col">After</th>
                </tr>
            </thead>
            <tbody>
                ${changes.map(
                    ({ path, before, after }) =>
                        html`<tr>
                            <th scope="row">
                                <code>${path}</code>${replaces.includes(path) && html` <span class="muted">replaces</span>`}
                            </th>
                            <td>${shown(before)}</td>
                            <td>${shown(after)}</td>
                        </tr>`,
                )}
            </tbody>
        </table>`;
}

function shown(value: unknown): Html {
    return value === undefined
        ? html`<span class="muted">none</span>`
        : html`<code>${typeof value === "string" ? value : JSON.stringify(value)}</code>`;
}
