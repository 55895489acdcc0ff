/** The program by cluster kind; tools run it in their own process. */
import type { StackConfig } from "./config";
import { deployEks } from "./eks";

/** Registers everything a configuration asks for and returns the stack's outputs. */
export function deploy(config: StackConfig): Record<string, unknown> {
    return deployEks(config);
}
