/** Section with the resource tree and its search. */
import type { PlannedResource } from "../../plan-file";
import { html } from "../html";
import type { Html } from "../html";
import { plural, resourceLink, shortType } from "../model";
import type { ReportContext, Section } from "../model";

/** Shows every resource below its parent. */
export function resourcesSection(context: ReportContext): Section {
    const { resources } = context.plan;
    const children = new Map<string | null, PlannedResource[]>();
    for (const resource of resources) {
        const parent = resource.parent !== null && context.resources.has(resource.parent) ? resource.parent : null;
        children.set(parent, [...(children.get(parent) ?? []), resource]);
    }
    for (const siblings of children.values()) {
        siblings.sort(byKindAndName);
    }
    const roots = children.get(null)?.length ?? 0;
    const below = (urn: string): number => (children.get(urn) ?? []).reduce((sum, child) => sum + 1 + below(child.urn), 0);
    const node = (resource: PlannedResource, depth: number): Html =>
        item(resource, context, {
            open: depth === 0 && !resource.custom && roots <= 3,
            below: below(resource.urn),
            children: (children.get(resource.urn) ?? []).map((child) => node(child, depth + 1)),
        });
    return {
        ...{ id: "resources", title: "Resources", count: String(resources.length) },
        body: html`
            <div class="search" data-script hidden role="search">
                <label for="search">Search by type, name or URN</label>
                <div class="toolbar">
                    <input id="search" type="search" autocomplete="off" spellcheck="false" aria-describedby="found" />
                    <button type="button" data-tree="open">Open all</button>
                    <button type="button" data-tree="close">Close all</button>
                </div>
                <p id="found" class="muted" role="status" aria-live="polite">${plural(resources.length, "resource")}</p>
            </div>
            <ul class="tree" id="tree">
                ${(children.get(null) ?? []).map((resource) => node(resource, 0))}
            </ul>
        `,
    };
}

function item(resource: PlannedResource, context: ReportContext, tree: { open: boolean; below: number; children: readonly Html[] }): Html {
    const { urn, type, name, custom, protect, read } = resource;
    const [open, kind] = [tree.open ? html` open` : undefined, custom ? "custom" : "component"];
    return html`<li id="${context.anchors.get(urn)}" data-search="${`${type} ${name} ${urn}`.toLowerCase()}">
        <details class="${kind}" ${open}>
            <summary>
                <span class="kind" aria-hidden="true"></span><span class="name">${name}</span>
                <span class="type">${shortType(type)}</span
                >${custom ? undefined : html`<span class="hidden"> component</span>`}${protect && html` <span class="flag">protected</span>`}${read && html` <span class="flag">read only</span>`}${tree.below > 0 && html` <span class="count">${tree.below}<span class="hidden"> below</span></span>`}
            </summary>
            ${
                tree.children.length > 0
                    ? html`<details class="inputs">
                              <summary>Inputs and identity<span class="hidden"> of ${name}</span></summary>
                              ${facts(resource, context)}
                          </details>
                          <ul>
                              ${tree.children}
                          </ul>`
                    : facts(resource, context)
            }
        </details>
    </li>`;
}

function facts(resource: PlannedResource, context: ReportContext): Html {
    const { urn, type, provider, dependencies, ignoreChanges, aliases, inputs } = resource;
    const entries = Object.entries(inputs);
    return html`<div class="body">
        <dl class="facts">
            <div>
                <dt>Type</dt>
                <dd><code>${type}</code></dd>
            </div>
            <div>
                <dt>URN</dt>
                <dd><code>${urn}</code></dd>
            </div>
            ${
                provider !== null &&
                html`<div>
                    <dt>Provider</dt>
                    <dd><code>${provider}</code></dd>
                </div>`
            }
            ${
                dependencies.length > 0 &&
                html`<div>
                    <dt>Waits for</dt>
                    <dd>
                        <ul class="links">
                            ${dependencies.map((dependency) => html`<li>${resourceLink(context, dependency)}</li>`)}
                        </ul>
                    </dd>
                </div>`
            }
            ${
                ignoreChanges !== undefined &&
                html`<div>
                    <dt>Ignores changes of</dt>
                    <dd><code>${ignoreChanges.join(", ")}</code></dd>
                </div>`
            }
            ${
                aliases !== undefined &&
                html`<div>
                    <dt>Aliases</dt>
                    <dd><code>${JSON.stringify(aliases)}</code></dd>
                </div>`
            }
        </dl>
        ${
            entries.length > 0 &&
            html`<dl class="values">
                ${entries.map(
                    ([key, value]) =>
                        html`<div>
                            <dt>${key}</dt>
                            <dd>${shown(value)}</dd>
                        </div>`,
                )}
            </dl>`
        }
    </div>`;
}

function shown(value: unknown): Html {
    if (value === null || typeof value !== "object") {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        return text.includes("\n") ? html`<pre>${text}</pre>` : html`<code>${text}</code>`;
    }
    const short = JSON.stringify(value);
    return short.length <= 60 ? html`<code>${short}</code>` : html`<pre>${JSON.stringify(value, null, 2)}</pre>`;
}

/** Components first, then by type and name. */
function byKindAndName(a: PlannedResource, b: PlannedResource): number {
    const key = ({ custom, type, name, urn }: PlannedResource): string => [custom ? "1" : "0", type, name, urn].join("\u0000");
    return key(a) < key(b) ? -1 : 1;
}
