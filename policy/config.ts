// The configuration file of a pack: what it may hold, and how the engine would complete it. Used where there is no engine.
import type { EnforcementLevel } from "@pulumi/policy";
import type { RuleInfo } from "./rules/rule";

/** Levels a policy can have. */
export const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** A policy's level, or its level and properties. */
export type PolicySetting = EnforcementLevel | ({ readonly enforcementLevel?: EnforcementLevel } & Readonly<Record<string, unknown>>);

/** Content of a configuration file: settings by policy name; "all" sets the level of those that say nothing themselves. */
export type PackConfig = Readonly<Record<string, PolicySetting>>;

/** What applies to one policy. */
export interface ResolvedSetting {
    /** Undefined when the configuration says nothing: then the policy's own level applies. */
    readonly level: EnforcementLevel | undefined;
    readonly properties: Readonly<Record<string, unknown>>;
}

function propertiesOf(setting: unknown): Record<string, unknown> {
    const map = typeof setting === "object" && setting !== null ? { ...(setting as Record<string, unknown>) } : {};
    delete map["enforcementLevel"];
    return map;
}

function levelOf(setting: unknown): unknown {
    return typeof setting === "object" && setting !== null ? (setting as Record<string, unknown>)["enforcementLevel"] : setting;
}

/** Everything wrong with a configuration: the engine accepts a misspelt policy name without a word. */
export function configProblems(config: PackConfig, rules: readonly RuleInfo[]): string[] {
    const problems: string[] = [];
    for (const [name, setting] of Object.entries(config)) {
        const level = levelOf(setting);
        if (level !== undefined && !LEVELS.includes(level as EnforcementLevel)) {
            problems.push(`${name}: ${JSON.stringify(level)} is no level; use ${LEVELS.join(", ")}`);
        }
        const rule = rules.find(({ id }) => id === name);
        if (rule === undefined && name !== "all") {
            problems.push(`${name}: no policy has this name; use ${rules.map(({ id }) => id).join(", ")} or all`);
            continue;
        }
        for (const key of Object.keys(propertiesOf(setting))) {
            if (rule === undefined) {
                problems.push(`all.${key}: only a level can be set for all policies`);
            } else if (!(key in rule.configSchema)) {
                problems.push(`${name}.${key}: no such setting; use ${Object.keys(rule.configSchema).join(", ")}`);
            }
        }
    }
    return problems;
}

/** Settings of one policy as the engine resolves them: its own level before that of "all", defaults filled at the top level only. */
export function resolveSetting(config: PackConfig, rule: RuleInfo): ResolvedSetting {
    const setting = config[rule.id];
    const defaults = Object.fromEntries(Object.entries(rule.configSchema).map(([key, property]) => [key, property.default]));
    return {
        level: (levelOf(setting) ?? levelOf(config["all"])) as EnforcementLevel | undefined,
        properties: { ...defaults, ...propertiesOf(setting) },
    };
}
