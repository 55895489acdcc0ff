/** Golden lists: committed text files that show in a diff what a change does to resource identities. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import type { RecordedResource } from "../../tools/plan/recorder";
import { projectDirectory } from "./project";

/** Identities of resources, one on a line, sorted: type chain and name, without stack and project. */
export function identities(resources: readonly RecordedResource[]): string {
    const lines = resources.map(({ urn }) => urn.split("::").slice(2).join("::"));
    return `${lines.sort().join("\n")}\n`;
}

/** Compares with `test/fixtures/golden/<name>.txt`; `UPDATE_GOLDEN=1` writes it. */
export function expectGolden(name: string, text: string): void {
    const file = join(projectDirectory, "test", "fixtures", "golden", `${name}.txt`);
    if (process.env["UPDATE_GOLDEN"] === "1") {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
    }
    const golden = existsSync(file) ? readFileSync(file, "utf8") : "";
    const hint = `identities of ${name} changed; if that is meant, add aliases or a release note and run UPDATE_GOLDEN=1 npm test`;
    expect(text.split("\n"), hint).to.deep.equal(golden.split("\n"));
}
