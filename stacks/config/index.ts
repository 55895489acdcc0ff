/** Configuration of stacks: schema, checks and loading. */
export { CONFIGURATION_EXIT_CODE, ConfigurationError } from "./errors";
export { PROJECT, loadConfig } from "./load";
export { configSchema } from "./schema";
export type { NodeGroupConfig, StackConfig } from "./schema";
export { clusterSettings, networkSettings, nodeGroupArgs } from "./settings";
export { loadStackFile, readStackFile } from "./stack-file";
export type { StackFile, StackFileOptions } from "./stack-file";
