/** The browser that the report is tested in. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const EXECUTABLE = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** Why there is no browser; undefined when there is one. */
export function missingBrowser(): string | undefined {
    return existsSync(EXECUTABLE) ? undefined : `no browser at ${EXECUTABLE}: install Chromium, or set CHROMIUM_PATH`;
}

/** A page in a browser, with what it did that it should not. */
export interface Opened {
    page: Page;
    /** Errors, warnings and requests; a report makes none. */
    complaints: string[];
}

/** A browser and the documents it opens. */
export class ReportBrowser {
    private constructor(
        private readonly browser: Browser,
        private readonly folder: string,
    ) {}

    /** Starts a browser with a profile of its own. */
    static async start(): Promise<ReportBrowser> {
        const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS, headless: true });
        return new ReportBrowser(browser, mkdtempSync(join(tmpdir(), "report-")));
    }

    /** Opens a document as a file. */
    async open(document: string, options: BrowserContextOptions = {}): Promise<Opened> {
        const file = join(this.folder, "report.html");
        writeFileSync(file, document);
        const address = pathToFileURL(file).href;
        const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
        page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
        page.on("request", (request) => {
            if (request.url() !== address && !request.url().startsWith("data:")) {
                complaints.push(`request: ${request.url()}`);
            }
        });
        await page.goto(address, { waitUntil: "load" });
        return { page, complaints };
    }

    /** Ends the browser and removes what it left. */
    async stop(): Promise<void> {
        await this.browser.close();
        rmSync(this.folder, { recursive: true, force: true });
    }
}
