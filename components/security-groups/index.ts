/** Security groups of a cluster. */
export * from "./cluster-security-groups";
export { CONTROL_PLANE_TO_NODE_PORTS } from "./rules";
