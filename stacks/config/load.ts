/** Reads a stack's configuration, checks all of it, and returns it complete and frozen. */
import { z } from "zod";
import { nearest } from "../../components/core/errors";
import type { Problem } from "../../components/core/errors";
import { ClusterKind } from "../../components/core/handles";
import { parseZone } from "../../components/core/regions";
import { checkConfig } from "./checks";
import { ConfigurationError, problemsOf } from "./errors";
import { configSchema } from "./schema";
import type { RawConfig, StackConfig } from "./schema";

/** Project name, and namespace of the configuration keys. */
export const PROJECT = "aws-kubernetes";

/** Keys whose values are text even when they look like something else. */
const TEXT_KEYS = new Set(["environment", "clusterKind", "clusterName", "kubernetesVersion"]);

const DEFAULT_ADDONS: RawConfig["addons"] = { "vpc-cni": {}, "kube-proxy": {}, "eks-pod-identity-agent": {}, coredns: {} };

/** Where configuration came from. */
export interface ConfigSource {
    /** Stack name. */
    stack: string;
    /** What errors call it, such as a file. Default: the stack. */
    name?: string;
    /** Line of a key in the file, where there is one. */
    lines?: (path: string) => number | undefined;
}

/**
 * @param values configuration by full key as Pulumi hands it to a program: text, structured values as JSON
 * @throws ConfigurationError naming every problem
 */
export function loadConfig(values: Readonly<Record<string, string>>, source: ConfigSource): StackConfig {
    const fail = (problems: Problem[]): never => {
        throw new ConfigurationError(source.name ?? `stack ${source.stack}`, problems, source.lines);
    };
    const problems: Problem[] = [];
    const raw = parseValues(values, problems);
    raw["environment"] ??= source.stack;
    raw["clusterKind"] ??= ClusterKind.Eks;
    const parsed = configSchema.safeParse(raw);
    const region = values["aws:region"];
    if (region === undefined) {
        problems.push({ path: "aws:region", reason: 'missing; name the region, such as "eu-central-1"' });
    }
    if (!parsed.success) {
        return fail([...problems, ...problemsOf(parsed.error, raw, knownKeys)]);
    }
    const config = complete(parsed.data, region ?? likelyRegion(parsed.data));
    problems.push(...checkConfig(config).filter(({ path }) => path !== "aws:region" || region !== undefined));
    return problems.length > 0 ? fail(problems) : deepFreeze(config);
}

function parseValues(values: Readonly<Record<string, string>>, problems: Problem[]): Record<string, unknown> {
    const raw: Record<string, unknown> = {};
    for (const [fullKey, text] of Object.entries(values)) {
        const [namespace, key] = [fullKey.slice(0, fullKey.indexOf(":")), fullKey.slice(fullKey.indexOf(":") + 1)];
        if (namespace !== PROJECT) {
            if (nearest(namespace, [PROJECT]) !== undefined) {
                problems.push({ path: fullKey, reason: `unknown namespace; did you mean "${PROJECT}:${key}"?` });
            }
            continue;
        }
        try {
            raw[key] = TEXT_KEYS.has(key) ? text : (JSON.parse(text) as unknown);
        } catch {
            // Plain text where a group of keys belongs: the schema says so, with the key.
            raw[key] = text;
        }
    }
    if (raw["kubernetesVersion"] === "1.3") {
        problems.push({ path: "kubernetesVersion", reason: 'YAML reads 1.30 as the number 1.3; write it in quotes, "1.30"' });
    }
    return raw;
}

/** Stands for a region that is missing, so that the rest can be judged: that of the zones, where they are named. */
function likelyRegion({ network }: RawConfig): string {
    return parseZone(network?.zones?.[0] ?? "")?.region ?? "us-east-1";
}

function complete(raw: RawConfig, region: string): StackConfig {
    const { environment } = raw;
    return {
        ...raw,
        region,
        clusterName: raw.clusterName ?? `${PROJECT}-${environment}`,
        protect: raw.protect ?? false,
        tags: { Project: PROJECT, Environment: environment, ManagedBy: "pulumi", ...raw.tags },
        network: raw.network ?? {},
        cluster: raw.cluster ?? {},
        logging: raw.logging ?? {},
        addons: raw.addons ?? DEFAULT_ADDONS ?? {},
        nodeGroups: raw.nodeGroups ?? {},
    };
}

/** Keys the schema knows at a path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
    let at: z.ZodType = configSchema;
    for (const part of path) {
        at = inner(at);
        if (at instanceof z.ZodObject) {
            at = (at.shape as Record<string, z.ZodType>)[String(part)] ?? z.unknown();
        } else if (at instanceof z.ZodRecord) {
            at = at.valueType as z.ZodType;
        } else if (at instanceof z.ZodArray) {
            at = at.element as z.ZodType;
        }
    }
    at = inner(at);
    return at instanceof z.ZodObject ? Object.keys(at.shape as object) : [];
}

function inner(schema: z.ZodType): z.ZodType {
    return schema instanceof z.ZodOptional ? inner(schema.unwrap() as z.ZodType) : schema;
}

function deepFreeze<T>(value: T): T {
    if (value !== null && typeof value === "object") {
        Object.values(value).forEach(deepFreeze);
        Object.freeze(value);
    }
    return value;
}
