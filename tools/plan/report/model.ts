/** What the sections of a report share: the plan, and anchors and names of its resources. */
import type { PlanDiff } from "../diff";
import type { PlanFile, PlannedResource } from "../plan-file";
import type { Html } from "./html";
import { html } from "./html";

/** Differences between a former plan and this one. */
export type ReportDiff = Pick<PlanDiff, "added" | "removed" | "changed"> & Partial<Pick<PlanDiff, "following" | "moved">>;

/** What a section is made from. */
export interface ReportContext {
    plan: PlanFile;
    resources: ReadonlyMap<string, PlannedResource>;
    /** Anchors of the resources in the tree. */
    anchors: ReadonlyMap<string, string>;
}

/** A section of the page. */
export interface Section {
    id: string;
    title: string;
    /** Short count for the navigation. */
    count?: string;
    body: Html;
}

/** Prepares a plan. */
export function contextOf(plan: PlanFile): ReportContext {
    return {
        plan,
        resources: new Map(plan.resources.map((resource) => [resource.urn, resource])),
        anchors: new Map(plan.resources.map(({ urn }, index) => [urn, `r${index}`])),
    };
}

/** Link to a resource in the tree; its name alone when the plan does not hold it. */
export function resourceLink({ resources, anchors }: ReportContext, urn: string): Html {
    const resource = resources.get(urn);
    const name = resource?.name ?? (urn === "" ? "whole stack" : (urn.split("::").at(-1) ?? urn));
    const anchor = anchors.get(urn);
    const type = resource === undefined ? "" : shortType(resource.type);
    const label = html`<span class="name">${name}</span>${type !== "" && html` <span class="type">${type}</span>`}`;
    return anchor === undefined ? label : html`<a href="#${anchor}">${label}</a>`;
}

/** A type token without what everybody knows: `aws:ec2/vpc:Vpc` becomes `ec2 Vpc`. */
export function shortType(type: string): string {
    const [packageName = "", module = "", name = ""] = type.split(":");
    const group = module.split("/")[0] ?? "";
    if (name === "") {
        return type;
    }
    return group === "index" || group === "" ? name : `${packageName === "aws" ? "" : `${packageName} `}${group} ${name}`;
}

/** Seconds in words: `45 s`, `12 min`, `1 h 5 min`. */
export function duration(seconds: number): string {
    if (seconds < 60) {
        return `${Math.round(seconds)} s`;
    }
    const minutes = Math.floor(seconds / 60);
    const rest = Math.round(seconds % 60);
    if (minutes < 60) {
        return rest === 0 || minutes >= 10 ? `${Math.round(seconds / 60)} min` : `${minutes} min ${rest} s`;
    }
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 zone`, `2 zones`. */
export function plural(number: number, one: string, many = `${one}s`): string {
    return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}

/** How something stands. */
export type Tone = "ok" | "warn" | "bad" | "note";

const SYMBOLS: Readonly<Record<Tone, string>> = { ok: "✓", warn: "!", bad: "✕", note: "i" };

/** A state in a word, with a colour and a symbol. */
export function pill(tone: Tone, text: string): Html {
    return html`<span class="pill ${tone}"><span class="symbol" aria-hidden="true">${SYMBOLS[tone]}</span>${text}</span>`;
}
