/** `npm run schema`: writes what is generated from the configuration schema. With `--check`, says what is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configurationPage } from "./configuration-page";
import { collectDocComments } from "./doc-comments";
import { configurationSchema, planSchema, stackFileSchema } from "./stack-schema";

/** Generated files by path, relative to the project. */
export function generatedFiles(projectDirectory: string): Record<string, string> {
    const docs = collectDocComments(["components", "stacks", "tools/plan"].map((folder) => join(projectDirectory, folder)));
    const configuration = configurationSchema(docs);
    return {
        "schemas/stack.schema.json": `${JSON.stringify(stackFileSchema(configuration), null, 2)}\n`,
        "schemas/plan.schema.json": `${JSON.stringify(planSchema(docs), null, 2)}\n`,
        "docs/configuration.md": configurationPage(configuration),
    };
}

function main(projectDirectory: string, check: boolean): number {
    let stale = 0;
    for (const [path, text] of Object.entries(generatedFiles(projectDirectory))) {
        const file = join(projectDirectory, path);
        if (!check) {
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, text);
            process.stdout.write(`wrote ${path}\n`);
        } else if (read(file) !== text) {
            stale += 1;
            process.stdout.write(`${path} is out of date; run "npm run schema"\n`);
        }
    }
    return stale === 0 ? 0 : 1;
}

function read(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return "";
    }
}

if (require.main === module) {
    process.exitCode = main(process.cwd(), process.argv.includes("--check"));
}
