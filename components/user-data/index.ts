/** User data by operating-system family and way of joining. */
export * from "./bootstrap";
export * from "./bottlerocket";
export { clusterDnsAddress } from "./cluster-dns";
export * from "./mime";
export * from "./nodeadm";
