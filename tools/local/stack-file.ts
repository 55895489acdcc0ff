/** The stack file the engine gets: the project's own, copied, plus settings that only an emulated AWS needs. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";

/** Settings without which a missing emulator action becomes a wait of many minutes. */
const overlay: Readonly<Record<string, unknown>> = {
    "aws:maxRetries": 2,
    "aws:s3UsePathStyle": true,
    "aws:skipMetadataApiCheck": true,
    "aws:skipCredentialsValidation": true,
};

interface StackFile {
    encryptionsalt?: string;
    config?: Record<string, unknown>;
    [key: string]: unknown;
}

/** The region of a stack: its own, the project's, or the provider's usual one. */
export function regionOf(stackFile: string, projectFile: string): string {
    const own = read(stackFile).config?.["aws:region"];
    const project = read(projectFile).config?.["aws:region"];
    const shared =
        typeof project === "object" && project !== null
            ? ((project as Record<string, unknown>)["value"] ?? (project as Record<string, unknown>)["default"])
            : project;
    return [own, shared].find((region): region is string => typeof region === "string") ?? "us-east-1";
}

/**
 * Copies the stack file with the bench's settings; the copy keeps the encryption salt of an earlier copy.
 * Values the user encrypted cannot be read with the bench's passphrase: a placeholder takes their place, and
 * their keys are returned so that this can be said.
 */
export function writeStackFile(source: string, target: string, region: string): string[] {
    const stack = read(source);
    const salt = fs.existsSync(target) ? read(target).encryptionsalt : undefined;
    delete stack.encryptionsalt;
    const replaced: string[] = [];
    const config = Object.fromEntries(
        Object.entries(stack.config ?? {}).map(([key, value]) => [key, withoutSecrets(value, key, replaced)]),
    );
    const copy = { ...stack, ...(salt ? { encryptionsalt: salt } : {}), config: { ...config, "aws:region": region, ...overlay } };
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, stringify(copy), { mode: 0o600 });
    return replaced;
}

function withoutSecrets(value: unknown, key: string, replaced: string[]): unknown {
    if (Array.isArray(value)) return value.map((one, index) => withoutSecrets(one, `${key}[${index}]`, replaced));
    if (typeof value !== "object" || value === null) return value;
    if (Object.keys(value).length === 1 && "secure" in value) {
        replaced.push(key);
        return "local-bench-placeholder";
    }
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutSecrets(one, `${key}.${name}`, replaced)]));
}

function read(file: string): StackFile {
    return (parse(fs.readFileSync(file, "utf8")) as StackFile | null) ?? {};
}
