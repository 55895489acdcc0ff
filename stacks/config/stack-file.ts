/** Reads `Pulumi.<stack>.yaml` as Pulumi would, for tools that run without it; errors name file and line. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Node } from "yaml";
import { nearest } from "../../components/core/errors";
import { ConfigurationError } from "./errors";
import { PROJECT, loadConfig } from "./load";
import type { StackConfig } from "./schema";

/** Where a stack file lies. */
export interface StackFileOptions {
    /** Folder of Pulumi.yaml. */
    projectDirectory: string;
    /** Stack name. */
    stack: string;
    /** Stack file elsewhere. Default: `Pulumi.<stack>.yaml` in the project's folder. */
    file?: string;
}

/** A stack's configuration by full key, as the engine hands it to a program, and the line of each key. */
export interface StackFile {
    /** Path of the file. */
    file: string;
    /** Values by full key; structured ones as JSON. */
    values: Record<string, string>;
    /** Line of a property path, where it stands in the file. */
    lines: (path: string) => number | undefined;
}

/**
 * Reads and checks a stack's configuration.
 *
 * @throws ConfigurationError naming every problem with its key and line
 */
export function loadStackFile(options: StackFileOptions): StackConfig {
    const { file, values, lines } = readStackFile(options);
    return loadConfig(values, { stack: options.stack, name: basename(file), lines });
}

/**
 * Reads a stack's values without judging them.
 *
 * @throws ConfigurationError when the file cannot be read or is not YAML
 */
export function readStackFile(options: StackFileOptions): StackFile {
    const file = options.file ?? join(options.projectDirectory, `Pulumi.${options.stack}.yaml`);
    if (options.file === undefined && !existsSync(file)) {
        throw new ConfigurationError(`stack ${options.stack}`, [{ path: "", reason: unknownStack(options) }]);
    }
    const counter = new LineCounter();
    const document = parseYaml(file, counter);
    const project = parseYaml(join(options.projectDirectory, "Pulumi.yaml"), new LineCounter());
    const values = {
        ...projectDefaults(contentOf(project, "Pulumi.yaml") as ProjectFile),
        ...stackValues(file, contentOf(document, file)),
    };
    return { file, values, lines: (path) => lineOf(document, counter, path) };
}

interface ProjectFile {
    config?: Record<string, unknown>;
}

function unknownStack({ stack, projectDirectory }: StackFileOptions): string {
    const stacks = readdirSync(projectDirectory).flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? []);
    const meant = nearest(stack, stacks);
    return `there is no Pulumi.${stack}.yaml; ${meant === undefined ? "" : `did you mean "${meant}"? `}stacks here are ${stacks.sort().join(", ")}`;
}

function parseYaml(file: string, lineCounter: LineCounter): Document {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        throw new ConfigurationError(basename(file), [
            { path: "", reason: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` },
        ]);
    }
    const document = parseDocument(text, { lineCounter, prettyErrors: false });
    if (document.errors.length > 0) {
        const problems = document.errors.map(({ message, pos }) => ({
            path: "",
            reason: `line ${lineCounter.linePos(pos[0]).line}: ${yamlReason(message)}`,
        }));
        throw new ConfigurationError(basename(file), problems);
    }
    return document;
}

/** Aliases are followed here only, so one that leads nowhere shows here. */
function contentOf(document: Document, file: string): unknown {
    try {
        return document.toJS() as unknown;
    } catch (error) {
        throw new ConfigurationError(basename(file), [{ path: "", reason: `not YAML: ${(error as Error).message}` }]);
    }
}

function yamlReason(message: string): string {
    return message === "Map keys must be unique" ? "this key is there twice; rename or remove one" : `not YAML: ${message}`;
}

/** Defaults of the project file: own keys stand without namespace, as a value or below `value` or `default`. */
function projectDefaults({ config = {} }: ProjectFile): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [key, declared] of Object.entries(config)) {
        const declaration = declared as { value?: unknown; default?: unknown } | null;
        const isDeclaration = declaration !== null && typeof declaration === "object";
        const value = isDeclaration ? (declaration.value ?? declaration.default) : declared;
        if (value !== undefined) {
            values[key.includes(":") ? key : `${PROJECT}:${key}`] = asText(value);
        }
    }
    return values;
}

function stackValues(file: string, content: unknown): Record<string, string> {
    const config = (content as { config?: unknown } | null)?.config ?? {};
    if (typeof config !== "object" || Array.isArray(config)) {
        throw new ConfigurationError(basename(file), [{ path: "config", reason: "is not a group of keys" }]);
    }
    return Object.fromEntries(
        Object.entries(config as object).map(([key, value]) => [key.includes(":") ? key : `${PROJECT}:${key}`, asText(value)]),
    );
}

function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

function lineOf(document: Document, counter: LineCounter, path: string): number | undefined {
    const parts = path.replace(/\[(\d+)\]/g, ".$1").split(".");
    const first = path.startsWith("aws:") ? path : `${PROJECT}:${parts[0] ?? ""}`;
    let at: unknown = document.getIn(["config"], true);
    let position: number | undefined;
    for (const part of [first, ...parts.slice(1)]) {
        const next = child(at, part);
        if (next === undefined) {
            break;
        }
        position = next.position;
        at = next.value;
    }
    return position === undefined ? undefined : counter.linePos(position).line;
}

function child(node: unknown, part: string): { position: number | undefined; value: unknown } | undefined {
    if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
        return pair === undefined ? undefined : { position: (pair.key as Node).range?.[0], value: pair.value };
    }
    if (isSeq(node)) {
        const item = node.items[Number(part)] as Node | undefined;
        return item === undefined ? undefined : { position: item.range?.[0], value: item };
    }
    return undefined;
}
