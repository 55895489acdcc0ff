/** Section with what the policy pack says, the worst first, and how to fix it. */
import { definitions } from "../../../../policy/catalogue";
import type { PlannedViolation } from "../../plan-file";
import { html } from "../html";
import type { Html } from "../html";
import { pill, plural, resourceLink } from "../model";
import type { ReportContext, Section, Tone } from "../model";

const SEVERITIES: readonly (readonly [severity: PlannedViolation["severity"], title: string])[] = [
    ["critical", "Critical"],
    ["high", "High"],
    ["medium", "Medium"],
    ["low", "Low"],
    ["unspecified", "Severity not given"],
];

/** Shows every violation. */
export function policySection(context: ReportContext): Section {
    const { violations, evaluated } = context.plan.policy;
    const groups = SEVERITIES.map(([severity, title]) => ({
        title,
        found: violations.filter((violation) => violation.severity === severity),
    }));
    const body =
        violations.length === 0
            ? html`<p class="calm">
                  ${pill("ok", "no violations")} ${plural(evaluated, "resource")} checked by
                  ${plural(definitions.length, "policy", "policies")}.
              </p>`
            : html`<p class="lead">${plural(evaluated, "resource")} checked by ${plural(definitions.length, "policy", "policies")}.</p>
                  ${groups.map(
                      ({ title, found }) =>
                          found.length > 0 &&
                          html`<h3>${title} <span class="count">${found.length}</span></h3>
                              ${byPolicy(found, context)}`,
                  )}`;
    return { id: "policies", title: "Policies", count: plural(violations.length, "violation"), body };
}

function byPolicy(violations: readonly PlannedViolation[], context: ReportContext): Html[] {
    const names = [...new Set(violations.map(({ policy }) => policy))].sort();
    return names.map((name) => {
        const found = violations.filter(({ policy }) => policy === name);
        const rule = definitions.find((definition) => definition.rule.id === name)?.rule;
        return html`<article class="policy ${tone(found)}">
            <h4>${rule?.title ?? name}</h4>
            <p class="muted"><code>${name}</code></p>
            <ul class="violations">
                ${found.map(
                    (violation) =>
                        html`<li>
                            ${level(violation)} ${resourceLink(context, violation.urn)}
                            <p>${violation.message}</p>
                        </li>`,
                )}
            </ul>
            ${
                rule !== undefined &&
                rule.remediation.length > 0 &&
                html`<div class="fix">
                    <h5>How to fix</h5>
                    <ul>
                        ${rule.remediation.map((step) => html`<li>${step}</li>`)}
                    </ul>
                </div>`
            }
        </article>`;
    });
}

function tone(violations: readonly PlannedViolation[]): Tone {
    return violations.some((violation) => violation.level === "mandatory") ? "bad" : "warn";
}

function level(violation: PlannedViolation): Html {
    return violation.level === "mandatory" ? pill("bad", "mandatory") : pill("warn", "advisory");
}
