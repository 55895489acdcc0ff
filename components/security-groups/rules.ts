/**
 * Traffic a cluster needs, as data; security-groups.ts makes one rule resource of each row.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */

/** The groups rules speak of. */
export const GroupKey = {
    /** Interfaces of the control plane. */
    ControlPlane: "control-plane",
    /** Nodes, and with the VPC CNI also pods. */
    Nodes: "nodes",
} as const;
/** The groups rules speak of. */
export type GroupKey = (typeof GroupKey)[keyof typeof GroupKey];

/** One rule. `from`/`to` undefined with protocol `-1`: all traffic. */
export interface RulePlan {
    /** Stable key, part of the resource name. */
    key: string;
    /** Group that carries the rule. */
    group: GroupKey;
    direction: "ingress" | "egress";
    description: string;
    protocol: "tcp" | "udp" | "icmp" | "icmpv6" | "-1";
    fromPort?: number;
    toPort?: number;
    /** The other side: a group, or a block of addresses. */
    peer: { group: GroupKey } | { cidrIpv4: string } | { cidrIpv6: string };
}

/**
 * Ports on which the API server calls nodes and pods: kubelet, HTTPS, and the usual ports of webhooks and aggregated
 * APIs (metrics-server 4443 and 10251, load-balancer controller 9443, Karpenter and cert-manager 8443 and 10260).
 */
export const CONTROL_PLANE_TO_NODE_PORTS: readonly number[] = [443, 4443, 6443, 8443, 9443, 10250, 10251, 10260];

/** Every rule of a cluster's two groups. */
export function clusterRules(additionalWebhookPorts: readonly number[] = []): RulePlan[] {
    const nodes = GroupKey.Nodes;
    const controlPlane = GroupKey.ControlPlane;
    const ports = [...new Set([...CONTROL_PLANE_TO_NODE_PORTS, ...additionalWebhookPorts])].sort((a, b) => a - b);
    return [
        rule("control-plane-api", controlPlane, "ingress", "API server from nodes and pods", "tcp", 443, { group: nodes }),
        rule("control-plane-to-nodes", controlPlane, "egress", "Kubelets and webhooks", "-1", undefined, { group: nodes }),
        rule("nodes-internal", nodes, "ingress", "Nodes and pods among themselves", "-1", undefined, { group: nodes }),
        ...ports.map((port) =>
            rule(`nodes-from-control-plane-${port}`, nodes, "ingress", `API server to port ${port} on nodes and pods`, "tcp", port, {
                group: controlPlane,
            }),
        ),
        rule("nodes-out-ipv4", nodes, "egress", "Anywhere, IPv4", "-1", undefined, { cidrIpv4: "0.0.0.0/0" }),
        rule("nodes-out-ipv6", nodes, "egress", "Anywhere, IPv6", "-1", undefined, { cidrIpv6: "::/0" }),
    ];
}

function rule(
    key: string,
    group: GroupKey,
    direction: RulePlan["direction"],
    description: string,
    protocol: RulePlan["protocol"],
    port: number | undefined,
    peer: RulePlan["peer"],
): RulePlan {
    return { key, group, direction, description, protocol, fromPort: port, toPort: port, peer };
}
