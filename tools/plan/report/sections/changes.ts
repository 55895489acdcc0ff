/** Section with what a former plan did not have, or had otherwise. */
import type { PlannedResource } from "../../plan-file";
import { html } from "../html";
import type { Html } from "../html";
import { pill, plural, resourceLink, shortType } from "../model";
import type { ChangedResource, ReportContext, ReportDiff, Section } from "../model";

/** Shows the differences. */
export function changesSection(diff: ReportDiff, context: ReportContext): Section {
    const { added, removed, changed } = diff;
    const replaced = changed.filter(({ replaces }) => replaces.length > 0);
    const updated = changed.filter(({ replaces }) => replaces.length === 0);
    const total = added.length + removed.length + changed.length;
    const body =
        total === 0
            ? html`<p class="calm">${pill("ok", "no changes")} Both plans register the same resources with the same inputs.</p>`
            : html`
                  <ul class="tally">
                      <li><b>${added.length}</b> added</li>
                      <li><b>${updated.length}</b> changed in place</li>
                      <li><b>${replaced.length}</b> replaced</li>
                      <li><b>${removed.length}</b> removed</li>
                  </ul>
                  ${group(
                      "Replaced",
                      replaced.map((resource) => change(resource, context)),
                  )}
                  ${group(
                      "Removed",
                      removed.map((resource) => plainRow(resource, context)),
                  )}
                  ${group(
                      "Changed",
                      updated.map((resource) => change(resource, context)),
                  )}
                  ${group(
                      "Added",
                      added.map((resource) => plainRow(resource, context)),
                  )}
              `;
    return { id: "changes", title: "Changes", count: plural(total, "resource"), body };
}

function group(title: string, rows: readonly Html[]): Html | undefined {
    return rows.length === 0
        ? undefined
        : html`<h3>${title} <span class="count">${rows.length}</span></h3>
              <ul class="changes">
                  ${rows}
              </ul>`;
}

function plainRow({ urn, name, type }: PlannedResource, context: ReportContext): Html {
    const known = context.resources.has(urn);
    return html`<li>
        ${known ? resourceLink(context, urn) : html`<span class="name">${name}</span> <span class="type">${shortType(type)}</span>`}
    </li>`;
}

function change({ urn, changes, replaces }: ChangedResource, context: ReportContext): Html {
    return html`<li>
        ${replaces.length > 0 && pill("bad", "replace")} ${resourceLink(context, urn)}
        <div class="scroll" tabindex="0" role="region" aria-label="Changed inputs of ${context.resources.get(urn)?.name ?? urn}">
            <table>
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
            </table>
        </div>
    </li>`;
}

function shown(value: unknown): Html {
    return value === undefined
        ? html`<span class="muted">none</span>`
        : html`<code>${typeof value === "string" ? value : JSON.stringify(value)}</code>`;
}
