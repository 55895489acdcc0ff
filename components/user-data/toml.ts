/**
 * TOML reading and writing through smol-toml. The package has one declaration file, written for ECMAScript modules,
 * which TypeScript refuses to a CommonJS file although the package ships CommonJS code; so it is loaded with types of
 * our own.
 */
import { createRequire } from "node:module";

interface Toml {
    parse(text: string): Record<string, unknown>;
    stringify(value: object): string;
}

const library = createRequire(__filename)("smol-toml") as Toml;

/** Reads a TOML document; throws with line and column when it is none. */
export const parseToml = (text: string): Record<string, unknown> => library.parse(text);
/** Writes an object as TOML. */
export const stringifyToml = (value: object): string => library.stringify(value);
