/** Public interface of the package. */
export * from "./core/handles";
export * from "./core/tags";
export * from "./eks";
export * from "./iam";
export * from "./kubernetes";
export * from "./network";
export * from "./node-groups";
export * from "./security-groups";
export * from "./user-data";
