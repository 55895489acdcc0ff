/** Puts the sections of a report together as one HTML document that needs nothing else. */
import { createHash } from "node:crypto";
import { ExitCode, verdictOf, verdictText } from "../verdict";
import { Html, html } from "./html";
import type { ReportContext, Section, Tone } from "./model";
import { SCRIPT } from "./script";
import { styleSheet } from "./style";

/** What is said of the document as a whole. */
export interface PageText {
    title: string;
    /** When the plan was made, as it is to be shown. */
    generatedAt?: string;
}

const HEADLINES: Readonly<Record<Exclude<Tone, "note">, string>> = { ok: "Ready", warn: "Ready, with warnings", bad: "Not ready" };
const SYMBOLS: Readonly<Record<Exclude<Tone, "note">, string>> = { ok: "✓", warn: "!", bad: "✕" };

/** The document. */
export function page(context: ReportContext, sections: readonly Section[], { title, generatedAt }: PageText): string {
    const { plan } = context;
    const document = html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content="${securityPolicy()}" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>${title}: plan of stack ${plan.stack}</title>
                <link rel="icon" href="data:," />
                ${raw("style", styleSheet())}
            </head>
            <body>
                <a class="skip" href="#content">Skip to the report</a>
                <div class="page">
                    <header class="top">
                        <p class="eyebrow">Plan of stack ${plan.stack}</p>
                        <h1>${title}</h1>
                        ${verdict(context)} ${tiles(context)}
                    </header>
                    <nav class="sections" aria-label="Sections">
                        <ul>
                            ${sections.map(({ id, title: name, count }) => html`<li><a href="#${id}">${name}${count !== undefined && html` <span class="count">${count}</span>`}</a></li>`)}
                        </ul>
                    </nav>
                    <main id="content" tabindex="-1">
                        ${sections.map(
                            ({ id, title: name, body }) =>
                                html`<section class="card" id="${id}" aria-labelledby="${id}-title">
                                    <h2 id="${id}-title">${name}</h2>
                                    ${body}
                                </section> `,
                        )}
                    </main>
                    <footer>
                        <p>
                            Made from a plan file of version ${plan.version}${generatedAt !== undefined && html`, ${generatedAt}`}. Values
                            marked <code>__unknown__</code> are known only to AWS; values marked <code>__secret__</code> are left out.
                        </p>
                    </footer>
                </div>
                ${raw("script", SCRIPT)}
            </body>
        </html> `;
    return document.text;
}

/** An element whose content is no HTML. Its bytes are what the policy's hash is of. */
function raw(name: "script" | "style", content: string): Html {
    return new Html(`<${name}>${content}</${name}>`);
}

/** Nothing is loaded; the one script is the one written here. */
function securityPolicy(): string {
    const hash = createHash("sha256").update(SCRIPT).digest("base64");
    return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function verdict({ plan }: ReportContext): Html {
    const outcome = verdictOf(plan);
    const tone = outcome.exitCode !== ExitCode.Ok ? "bad" : outcome.advisory.length + outcome.nearlyExceeded.length > 0 ? "warn" : "ok";
    const words = verdictText(outcome);
    return html`<p class="verdict ${tone}">
        <strong><span class="symbol" aria-hidden="true">${SYMBOLS[tone]}</span>${HEADLINES[tone]}</strong>
        <span>${words.charAt(0).toUpperCase() + words.slice(1)}.</span>
    </p>`;
}

function tiles({ plan }: ReportContext): Html {
    const { region, environment, kubernetesVersion, resources, components } = plan.summary;
    const facts: readonly (readonly [term: string, value: string])[] = [
        ["Environment", environment],
        ["Region", region],
        ["Kubernetes", kubernetesVersion],
        ["Resources", resources.toLocaleString("en-US")],
        ["Components", components.toLocaleString("en-US")],
        ["Policy-checked", plan.policy.evaluated.toLocaleString("en-US")],
    ];
    return html`<dl class="tiles">
        ${facts.map(
            ([term, value]) =>
                html`<div>
                    <dt>${term}</dt>
                    <dd>${value}</dd>
                </div>`,
        )}
    </dl>`;
}
