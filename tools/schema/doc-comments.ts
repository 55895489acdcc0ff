/** Reads the doc comments of interface properties from source, so that a key is described in one place only. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** Doc comments of an interface's properties, inherited ones included. */
export type InterfaceDocs = Map<string, string>;

interface ParsedInterface {
    docs: InterfaceDocs;
    parents: string[];
}

/** Collects every interface below the given folders; a name that stands twice is an error. */
export function collectDocComments(folders: readonly string[]): (interfaceName: string) => InterfaceDocs {
    const interfaces = new Map<string, ParsedInterface>();
    for (const file of folders.flatMap(sourceFiles)) {
        const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
        source.statements.filter(ts.isInterfaceDeclaration).forEach((declaration) => {
            interfaces.set(declaration.name.text, parseInterface(declaration));
        });
    }
    const lookUp = (name: string): InterfaceDocs => {
        const found = interfaces.get(name);
        if (found === undefined) {
            throw new Error(`there is no interface ${name} to take descriptions from`);
        }
        return new Map([
            ...found.parents.filter((parent) => interfaces.has(parent)).flatMap((parent) => [...lookUp(parent)]),
            ...found.docs,
        ]);
    };
    return lookUp;
}

function sourceFiles(folder: string): string[] {
    return readdirSync(folder)
        .sort()
        .map((entry) => join(folder, entry))
        .flatMap((path) =>
            statSync(path).isDirectory() ? sourceFiles(path) : path.endsWith(".ts") && !path.endsWith(".d.ts") ? [path] : [],
        );
}

function parseInterface(declaration: ts.InterfaceDeclaration): ParsedInterface {
    const docs: InterfaceDocs = new Map();
    for (const member of declaration.members.filter(ts.isPropertySignature)) {
        const comment = ts
            .getJSDocCommentsAndTags(member)
            .filter(ts.isJSDoc)
            .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "")
            .join("\n");
        docs.set(member.name.getText(), comment.replace(/\s+/g, " ").trim());
    }
    const parents = (declaration.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.expression.getText()));
    return { docs, parents };
}
