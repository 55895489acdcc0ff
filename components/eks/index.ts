/** EKS: control plane, access and add-ons. */
export * from "./addons";
export * from "./arguments";
export { EKS_DEFAULTS } from "./defaults";
export * from "./eks-cluster";
export { validateEksCluster, validatePlace } from "./validate";
export type { EksClusterSettings } from "./validate";
export { agentProblems } from "./validate-addons";
