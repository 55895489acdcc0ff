/** TypeScript examples of the documentation, made into files a compiler can judge. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectDirectory } from "./project";

/** One fenced example. */
export interface Snippet {
    /** Page and position, such as `docs/components/eks.md example 1`. */
    title: string;
    /** The example as a module: names it takes for granted are declared. */
    source: string;
}

/** What examples take for granted, declared unless they make it themselves. */
const TAKEN_FOR_GRANTED: Readonly<Record<string, string>> = {
    network: 'declare const network: import("aws-kubernetes").Network;',
    cluster: 'declare const cluster: import("aws-kubernetes").EksCluster;',
    role: 'declare const role: import("aws-kubernetes").NodeRole;',
    apps: 'declare const apps: import("aws-kubernetes").ManagedNodeGroup;',
    nodeRole: 'declare const nodeRole: import("aws-kubernetes").NodeRoleHandle;',
    tags: 'declare const tags: import("aws-kubernetes").Tags;',
    args: 'declare const args: import("aws-kubernetes").ManagedNodeGroupArgs;',
    workerPolicy: 'declare const workerPolicy: import("@pulumi/pulumi").Resource;',
    registryPolicy: 'declare const registryPolicy: import("@pulumi/pulumi").Resource;',
};

/** Every `ts` example of README and the component pages. */
export function documentationSnippets(): Snippet[] {
    const pages = [
        "README.md",
        ...readdirSync(join(projectDirectory, "docs", "components")).map((page) => join("docs", "components", page)),
    ];
    return pages.flatMap((page) => {
        const text = readFileSync(join(projectDirectory, page), "utf8");
        const examples = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? "");
        return examples.map((example, index) => ({ title: `${page} example ${index + 1}`, source: asModule(example) }));
    });
}

function asModule(example: string): string {
    const missing = Object.entries(TAKEN_FOR_GRANTED).filter(
        ([name]) => !new RegExp(`(const|import) \\{?[^}=\\n]*\\b${name}\\b`).test(example),
    );
    const imported = /from "aws-kubernetes"/.test(example)
        ? ""
        : 'import { ManagedNodeGroup, Network } from "aws-kubernetes";\nvoid [ManagedNodeGroup, Network];\n';
    return `${imported}${example}\n${missing.map(([, declaration]) => declaration).join("\n")}\nexport {};\n`;
}
