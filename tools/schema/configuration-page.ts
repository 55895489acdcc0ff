/** docs/configuration.md: every key of a stack file, from its JSON Schema. */
import type { SchemaNode } from "./stack-schema";

const HEADING = `# Configuration

Generated from the schema by \`npm run schema\`; do not edit.

A stack is configured in \`Pulumi.<stack>.yaml\`. Keys stand below \`config\` with the prefix \`aws-kubernetes:\`; the region is the provider's own key, \`aws:region\`. \`Pulumi.yaml\` holds what all stacks share. Unknown keys are refused, and every problem is reported at once, with key, value and fix, before anything is deployed.

Editors complete and check the files with \`schemas/stack.schema.json\`.
`;

/** The page's text. */
export function configurationPage(schema: SchemaNode): string {
    const lines = [HEADING, ...section("", schema)];
    return `${lines
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trimEnd()}\n`;
}

/** A table of a section's keys, then a section for each key that has keys of its own. */
function section(path: string, node: SchemaNode): string[] {
    const entries = Object.entries(node.properties ?? {});
    const rows = entries.map(([key, child]) => {
        const required = (node.required ?? []).includes(key) ? " **Required.**" : "";
        return `| \`${key}\` | ${typeName(child)} | ${cell(child.description ?? "")}${required} |`;
    });
    const below = entries.flatMap(([key, child]) => subsections(path === "" ? key : `${path}.${key}`, child));
    return [path === "" ? "## Top level" : `## ${path}`, "", "| key | type | meaning |", "|---|---|---|", ...rows, "", ...below];
}

function subsections(path: string, node: SchemaNode): string[] {
    if (node.properties !== undefined) {
        return section(path, node);
    }
    if (node.items !== undefined) {
        return subsections(`${path}[]`, node.items);
    }
    return typeof node.additionalProperties === "object" ? subsections(`${path}.<name>`, node.additionalProperties) : [];
}

function typeName(node: SchemaNode): string {
    if (node.enum !== undefined) {
        return node.enum.map((value) => `\`${String(value)}\``).join(", ");
    }
    if (node.type === "array") {
        return `list of ${typeName(node.items ?? {})}`;
    }
    if (node.type === "object") {
        return typeof node.additionalProperties === "object" ? `${typeName(node.additionalProperties)} by name` : "keys below";
    }
    return { string: "text", integer: "whole number", number: "number", boolean: "true or false" }[node.type ?? ""] ?? "any";
}

function cell(text: string): string {
    return text.replace(/\|/g, "\\|");
}
