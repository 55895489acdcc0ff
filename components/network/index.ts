/** Network: a VPC for clusters, or a description of one that exists. */
export * from "./arguments";
export { NETWORK_DEFAULTS } from "./defaults";
export { ENDPOINT_SERVICES, GATEWAY_SERVICES, PRIVATE_CLUSTER_SERVICES } from "./endpoint-services";
export * from "./existing";
export * from "./network";
export { validateNetwork } from "./validate";
export type { RouteTableIds } from "./routing";
