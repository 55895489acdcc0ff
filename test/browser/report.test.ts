import { expect } from "chai";
import type { Page } from "playwright-core";
import { renderReport } from "../../tools/plan/report";
import { DARK, LIGHT } from "../../tools/plan/report/palette";
import { accessibilityFaults } from "./accessibility";
import { ReportBrowser, missingBrowser } from "./chromium";
import type { Opened } from "./chromium";
import { environmentPlan, planOf, resource, troubledPlan } from "./plans";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** What is focused: its text, or its id. */
function focused(page: Page): Promise<string> {
    return page.evaluate<string>("document.activeElement.id || document.activeElement.textContent.trim().replace(/\\s+/g, ' ')");
}

/** Presses Tab until something is focused; gives the steps, or -1. */
async function tabTo(page: Page, selector: string, limit = 200): Promise<number> {
    for (let step = 1; step <= limit; step++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) {
            return step;
        }
    }
    return -1;
}

/** An RGB colour of CSS as hexadecimal digits. */
function hexadecimal(color: string): string {
    return `#${[...color.matchAll(/\d+/g)].map(([part]) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

describe("report in a browser", function () {
    this.timeout(60_000);
    let browser: ReportBrowser;
    let documents: Record<"dev" | "prod" | "troubled", string>;

    before(async function () {
        const missing = missingBrowser();
        if (missing !== undefined) {
            if (process.env["E2E_REQUIRED"] === "1") {
                throw new Error(`the report cannot be tested in a browser: ${missing}`);
            }
            process.stdout.write(`not run: report in a browser, because there is ${missing}\n`);
            return this.skip();
        }
        const { plan, diff } = await troubledPlan();
        documents = {
            dev: await renderReport(await environmentPlan("dev")),
            prod: await renderReport(await environmentPlan("prod")),
            troubled: await renderReport(plan, { diff }),
        };
        browser = await ReportBrowser.start();
    });

    after(() => browser?.stop());

    const opened: Opened[] = [];
    const open = async (...args: Parameters<ReportBrowser["open"]>): Promise<Page> => {
        const one = await browser.open(...args);
        opened.push(one);
        return one.page;
    };
    afterEach(() => Promise.all(opened.splice(0).map(({ page }) => page.context().close())));

    for (const name of ["dev", "prod", "troubled"] as const) {
        it(`loads ${name} without errors, warnings or requests`, async () => {
            await open(documents[name]);
            expect(opened[0]?.complaints).to.deep.equal([]);
        });

        it(`finds no accessibility fault in ${name}`, async () => {
            expect(await accessibilityFaults(await open(documents[name]))).to.deep.equal([]);
        });

        for (const width of [320, 360, 768, 1280]) {
            it(`shows ${name} at ${width} pixels without scrolling sideways, also with everything open`, async () => {
                const page = await open(
                    documents[name],
                    width < 500 ? { ...PHONE, viewport: { width, height: 740 } } : { viewport: { width, height: 900 } },
                );
                const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
                expect(await page.evaluate<number>(overflow)).to.equal(0);
                await page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))");
                expect(await page.evaluate<number>(overflow)).to.equal(0);
            });
        }
    }

    it("has text of at least 12 pixels on a phone, also in the diagram", async () => {
        const page = await open(documents.prod, PHONE);
        const sizes = `Array.from(document.querySelectorAll("p,dt,dd,li,summary,td,svg.diagram text")).filter((e) => e.getClientRects().length).map((e) => {
            const scale = e.ownerSVGElement ? e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width : 1;
            return scale * parseFloat(e.ownerSVGElement ? e.getAttribute("font-size") : getComputedStyle(e).fontSize);
        })`;
        expect(Math.min(...(await page.evaluate<number[]>(sizes)))).to.be.at.least(12);
    });

    it("keeps the text of the diagram inside its boxes", async () => {
        const page = await open(documents.prod);
        const outside = `Array.from(document.querySelectorAll("svg.diagram .node")).filter((node) => {
            const box = node.querySelector("path").getBoundingClientRect();
            return Array.from(node.querySelectorAll("text")).some((text) => text.getBoundingClientRect().right > box.right + 1);
        }).map((node) => node.textContent)`;
        expect(await page.evaluate<string[]>(outside)).to.deep.equal([]);
    });

    it("changes the size of the diagram from the keyboard", async () => {
        const page = await open(documents.prod, PHONE);
        const width = (): Promise<number> => page.evaluate<number>("document.querySelector('svg.diagram').getBoundingClientRect().width");
        const actual = await width();
        await page.focus("[data-zoom=fit]");
        await page.keyboard.press("Enter");
        expect(await width()).to.be.below(360);
        expect(await page.getAttribute("[data-zoom=fit]", "aria-pressed")).to.equal("true");
        await page.focus("[data-zoom=in]");
        const fit = await width();
        await page.keyboard.press("Space");
        expect(await width()).to.be.closeTo(fit * 1.25, 1);
        await page.focus("[data-zoom=actual]");
        await page.keyboard.press("Enter");
        expect(await width()).to.be.closeTo(actual, 1);
    });

    it("filters the tree, says how much it found, and restores it", async () => {
        const page = await open(documents.prod);
        const visible = (): Promise<string[]> =>
            page.evaluate<string[]>(
                "Array.from(document.querySelectorAll('#tree li.hit > details > summary .name')).filter((e) => e.getClientRects().length).map((e) => e.textContent)",
            );
        const announced = (text: RegExp): Promise<void> => page.locator("#found", { hasText: text }).waitFor();
        const openCount = "document.querySelectorAll('#tree details[open]').length";
        const before = await page.evaluate<number>(openCount);
        await page.fill("#search", "natgateway");
        await announced(/^3 of \d+ resources$/);
        expect(await visible()).to.deep.equal(["prod-nat-a", "prod-nat-b", "prod-nat-c"]);
        await page.fill("#search", "subnet private-b");
        await announced(/^2 of \d+ resources$/);
        await page.fill("#search", "nothing like it");
        await announced(/^No resource matches nothing like it$/);
        await page.fill("#search", "");
        await announced(/^\d+ resources$/);
        expect(await page.evaluate<number>(openCount)).to.equal(before);
        expect(await page.getAttribute("#found", "aria-live")).to.equal("polite");
    });

    it("is reached by keyboard: first a way past the navigation, then everything in order", async () => {
        const page = await open(documents.prod);
        await page.keyboard.press("Tab");
        expect(await focused(page)).to.equal("Skip to the report");
        await page.keyboard.press("Enter");
        expect(await focused(page)).to.equal("content");
        expect(await tabTo(page, "[data-zoom=fit]", 3)).to.be.greaterThan(0);
        expect(await tabTo(page, "#canvas", 5)).to.be.greaterThan(0);
        expect(await tabTo(page, "#search")).to.be.greaterThan(0);
        expect(await tabTo(page, "#tree summary", 4)).to.be.greaterThan(0);
        const [style, width] = await page.evaluate<[string, string]>(
            "[getComputedStyle(document.activeElement).outlineStyle, getComputedStyle(document.activeElement).outlineWidth]",
        );
        expect([style, width]).to.deep.equal(["solid", "3px"]);
    });

    it("lets the keyboard out at both ends", async () => {
        const page = await open(documents.dev);
        const tab = (key: string): Promise<string> =>
            page.keyboard.press(key).then(() => page.evaluate<string>("document.activeElement.localName"));
        const seen = new Set<string>();
        let at = await tab("Tab");
        for (let step = 0; step < 150 && at !== "body"; step++) {
            seen.add(at);
            at = await tab("Tab");
        }
        expect(at, "after the last control").to.equal("body");
        expect([...seen]).to.include.members(["a", "button", "input", "summary"]);
    });

    it("opens and closes details from the keyboard", async () => {
        const page = await open(documents.prod);
        const state = "document.querySelector('#tree details').open";
        await page.focus("#tree summary");
        const before = await page.evaluate<boolean>(state);
        await page.keyboard.press("Enter");
        expect(await page.evaluate<boolean>(state)).to.equal(!before);
        await page.keyboard.press("Space");
        expect(await page.evaluate<boolean>(state)).to.equal(before);
        await page.click("[data-tree=open]");
        expect(await page.evaluate<number>("document.querySelectorAll('#tree li > details:not([open]):not(.inputs)').length")).to.equal(0);
        await page.click("[data-tree=close]");
        expect(await page.evaluate<number>("document.querySelectorAll('#tree li > details[open]').length")).to.equal(0);
    });

    it("leads from a violation to its resource, opened, even past a search", async () => {
        const page = await open(documents.troubled);
        await page.fill("#search", "nothing like it");
        await page.click(".violations a");
        const target = "document.querySelector(':target')";
        expect(await page.evaluate<boolean>(`${target}.getClientRects().length > 0 && ${target}.firstElementChild.open`)).to.equal(true);
        expect(await page.evaluate<boolean>(`document.activeElement === ${target}.firstElementChild.firstElementChild`)).to.equal(true);
        expect(
            await page.evaluate<boolean>(
                `${target}.getBoundingClientRect().top > document.querySelector("nav").getBoundingClientRect().bottom - 1`,
            ),
        ).to.equal(true);
    });

    it("is light or dark as the reader prefers, the diagram too", async () => {
        for (const [colorScheme, colors] of [["light", LIGHT] as const, ["dark", DARK] as const]) {
            const page = await open(documents.prod, { colorScheme });
            const seen = await page.evaluate<string[]>(
                "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, getComputedStyle(document.querySelector('svg.diagram text')).fill, getComputedStyle(document.querySelector('svg.diagram .f-private')).fill]",
            );
            expect(seen.map(hexadecimal)).to.deep.equal([colors.page, colors.ink, colors.ink, colors.private]);
        }
    });

    it("runs no script but its own", async () => {
        const { page, complaints } = await browser.open(documents.dev);
        await page.evaluate(`(() => {
            const button = document.createElement("button");
            button.setAttribute("onclick", "window.ran = 'handler'");
            document.body.append(button);
            button.click();
            const script = document.createElement("script");
            script.textContent = "window.ran = 'script'";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://example.invalid/image.png";
            document.body.append(image);
        })()`);
        await page.waitForTimeout(100);
        expect(await page.evaluate<string>("String(window.ran)")).to.equal("undefined");
        expect(complaints.filter((complaint) => complaint.includes("Content Security Policy"))).to.have.length.of.at.least(3);
        await page.context().close();
    });

    it("shows names as text", async () => {
        const evil = `"><img src=x onerror="window.ran=1"><script>window.ran=1</script>`;
        const page = await open(
            await renderReport(planOf([resource("aws:s3/bucket:Bucket", evil, { inputs: { tags: { [evil]: evil } } })])),
        );
        expect(await page.textContent("#tree .name")).to.equal(evil);
        expect(await page.evaluate<string>("String(window.ran)")).to.equal("undefined");
        expect(opened[0]?.complaints).to.deep.equal([]);
    });

    it("hides controls on paper, opens the tree and uses light colours", async () => {
        const page = await open(documents.prod, { colorScheme: "dark" });
        await page.emulateMedia({ media: "print", colorScheme: "dark" });
        for (const selector of ["nav.sections", ".search", "[data-zoom=fit]", ".skip"]) {
            expect(await page.isVisible(selector), selector).to.equal(false);
        }
        for (const selector of ["#topology svg.diagram", "#budgets .budget", "#policies", "#critical-path .step", "#tree"]) {
            expect(await page.isVisible(selector), selector).to.equal(true);
        }
        expect(hexadecimal(await page.evaluate<string>("getComputedStyle(document.body).backgroundColor"))).to.equal("#ffffff");
        expect(
            await page.evaluate<boolean>("dispatchEvent(new Event('beforeprint')), document.querySelector('#tree .component').open"),
        ).to.equal(true);
        expect(
            await page.evaluate<boolean>("dispatchEvent(new Event('afterprint')), document.querySelector('#tree .component').open"),
        ).to.equal(false);
        expect((await page.pdf({ format: "A4" })).length).to.be.greaterThan(20_000);
    });

    it("is complete without scripts, apart from search and zoom", async () => {
        const page = await open(documents.prod, { javaScriptEnabled: false });
        for (const selector of ["#search", "[data-zoom=fit]", "[data-tree=open]"]) {
            expect(await page.isVisible(selector), selector).to.equal(false);
        }
        expect(await page.isVisible("svg.diagram")).to.equal(true);
        await page.click("#tree summary");
        expect(await page.isVisible("#tree details[open] ul summary")).to.equal(true);
    });
});
