/** IAM: roles for control planes, nodes and workloads, and the policies behind them. */
export * from "./cni-policies";
export * from "./eks-cluster-role";
export * from "./managed-policies";
export * from "./node-role";
export * from "./policy-document";
export * from "./trust";
export * from "./workload-role";
