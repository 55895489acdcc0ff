/** Ways to reach a cluster's API server. */
export * from "./kubeconfig";
