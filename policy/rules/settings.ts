// Readers for rule configuration: a value of the wrong type counts as not set, because in a unit test nothing has validated it.
import type { RuleConfig } from "./rule";

/** A list of strings, or the default. */
export function stringsOf(config: RuleConfig, key: string, otherwise: readonly string[]): readonly string[] {
    const value = config[key];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : otherwise;
}

/** A whole number, or the default. */
export function integerOf(config: RuleConfig, key: string, otherwise: number): number {
    const value = config[key];
    return typeof value === "number" && Number.isInteger(value) ? value : otherwise;
}

/** A boolean, or the default. */
export function booleanOf(config: RuleConfig, key: string, otherwise: boolean): boolean {
    const value = config[key];
    return typeof value === "boolean" ? value : otherwise;
}

/** A map, or an empty one. */
export function mapOf(config: RuleConfig, key: string): ReadonlyMap<string, unknown> {
    const value = config[key];
    return new Map(typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}
