// Writes taggable.json: the resource types of the installed @pulumi/aws that take tags. Run it after updating @pulumi/aws:
//   npm run build && node bin/policy/data/generate-taggable.js
// The provider has no list of them; a resource class with an output `tagsAll` is one that takes tags.
import * as fs from "node:fs";
import * as path from "node:path";

/** What the typings say about tags. */
export interface TagSupport {
    /** Types with tags and tagsAll, sorted. */
    readonly taggable: readonly string[];
    /** Types with a property tags but no tagsAll: each needs a look at what its tags are. */
    readonly tagsOnly: readonly string[];
    readonly version: string;
}

function* classFiles(folder: string): Generator<string> {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== "types") {
            yield* classFiles(file);
        } else if (entry.name.endsWith(".d.ts")) {
            yield file;
        }
    }
}

/** Reads the typings of the installed @pulumi/aws. */
export function readTagSupport(): TagSupport {
    const manifest = require.resolve("@pulumi/aws/package.json");
    const taggable: string[] = [];
    const tagsOnly: string[] = [];
    for (const file of classFiles(path.dirname(manifest))) {
        const typings = fs.readFileSync(file, "utf8");
        if (!typings.includes("extends pulumi.CustomResource") || !typings.includes("readonly tags:")) {
            continue;
        }
        const script = fs.readFileSync(file.replace(/\.d\.ts$/, ".js"), "utf8");
        const token = /__pulumiType = ['"]([^'"]+)['"]/.exec(script)?.[1];
        if (token !== undefined) {
            (typings.includes("readonly tagsAll:") ? taggable : tagsOnly).push(token);
        }
    }
    const { version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string };
    return { taggable: taggable.sort(), tagsOnly: tagsOnly.sort(), version };
}

/** The content of taggable.json for the installed @pulumi/aws. */
export function renderTaggable(): string {
    const { taggable, version } = readTagSupport();
    return `${JSON.stringify({ generatedFrom: `@pulumi/aws ${version}`, types: taggable }, undefined, 4)}\n`;
}

if (require.main === module) {
    fs.writeFileSync(path.join(__dirname, "../../../policy/data/taggable.json"), renderTaggable());
}
