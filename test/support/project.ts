/** Where the project's own files lie, seen from compiled tests. */
import { resolve } from "node:path";

/** Folder of package.json and Pulumi.yaml. */
export const projectDirectory = resolve(__dirname, "..", "..", "..");

/** Environments committed with the project. */
export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
