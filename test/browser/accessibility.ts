/** Accessibility rules that a program can check, looked for in the page as the browser built it. */
import type { Page } from "playwright-core";

/** Run in the page, so written for a browser: gives one line for each fault. */
const CHECKS = `(() => {
    const faults = [];
    const all = (selector) => Array.from(document.querySelectorAll(selector));
    const text = (element) => (element.textContent || "").trim();
    const ids = all("[id]").map((element) => element.id);
    new Set(ids.filter((id, index) => ids.indexOf(id) !== index)).forEach((id) => faults.push("id twice: " + id));
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
        for (const element of all("[" + attribute + "]")) {
            for (const id of element.getAttribute(attribute).split(/\\s+/)) {
                if (!document.getElementById(id)) { faults.push(attribute + " leads nowhere: " + id); }
            }
        }
    }
    const levels = all("h1,h2,h3,h4,h5,h6").map((heading) => [Number(heading.localName[1]), text(heading)]);
    if (levels.filter(([level]) => level === 1).length !== 1) { faults.push("not exactly one h1"); }
    levels.forEach(([level, title], index) => {
        if (title === "") { faults.push("empty heading"); }
        if (index > 0 && level > levels[index - 1][0] + 1) { faults.push("heading level skipped before: " + title); }
    });
    for (const input of all("input,select,textarea")) {
        if (!input.labels || input.labels.length === 0) { faults.push("no label: " + input.id); }
    }
    for (const control of all("button,a[href],summary")) {
        if (text(control) === "" && !control.getAttribute("aria-label")) { faults.push("no name: " + control.outerHTML.slice(0, 80)); }
    }
    for (const outer of all("a[href],button,summary")) {
        if (outer.querySelector("a[href],button,input,summary,[tabindex]")) { faults.push("control in a control: " + text(outer)); }
    }
    for (const [name, selector] of [["main", "main"], ["navigation", "nav"], ["banner", "body > div > header"], ["footer", "footer"]]) {
        if (all(selector).length !== 1) { faults.push("not exactly one " + name); }
    }
    for (const region of all("section,[role=region],nav,svg[role=img]")) {
        if (!region.getAttribute("aria-label") && !region.getAttribute("aria-labelledby")) { faults.push("unnamed " + region.localName); }
    }
    for (const list of all("ul,ol")) {
        if (Array.from(list.children).some((child) => child.localName !== "li")) { faults.push("no list item in a list"); }
    }
    for (const table of all("table")) {
        if (!table.caption) { faults.push("table without a caption"); }
        if (Array.from(table.querySelectorAll("th")).some((cell) => !cell.scope)) { faults.push("header cell without scope"); }
    }
    if (all("[tabindex]").some((element) => element.tabIndex > 0)) { faults.push("tab order changed"); }
    if (!document.documentElement.lang) { faults.push("no language"); }
    if (!document.title) { faults.push("no title"); }
    return faults;
})()`;

/** Faults of a page. */
export function accessibilityFaults(page: Page): Promise<string[]> {
    return page.evaluate<string[]>(CHECKS);
}
