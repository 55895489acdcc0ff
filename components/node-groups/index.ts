/** Node groups: managed by EKS, or an own launch template and Auto Scaling group. */
export * from "./arguments";
export * from "./defaults";
export { isKnownInstanceType, knownInstanceTypes, architectureOf } from "./instance-types";
export * from "./managed-arguments";
export { ManagedNodeGroup } from "./managed-node-group";
export * from "./self-managed-arguments";
export { SelfManagedNodeGroup } from "./self-managed-node-group";
export { NodeGroupKind, validateNodeGroup } from "./validate";
