/** From the topology to the DOT language: zones side by side, the internet on top, the control plane below. */
import { FONT, NodeIds, cluster, placeholder, planeBox, simpleBox, subnetBox } from "./dot-boxes";
import { RouteVia, Tier } from "./topology-model";
import type { ControlPlane, Network, Subnet, Topology } from "./topology-model";

/** Key of the internet. */
const INTERNET = "internet";

/** The diagram in DOT. */
export function dotOf(topology: Topology): string {
    const ids = new NodeIds();
    const font = `fontname="${FONT}" fontsize="12" fontcolor="${placeholder("ink")}"`;
    const body = [
        `graph [rankdir="TB" newrank="true" compound="true" nodesep="0.3" ranksep="0.55" pad="0.05" bgcolor="transparent" ${font}]`,
        `node [shape="plain" ${font}]`,
        `edge [color="${placeholder("edge")}" penwidth="1.3" arrowsize="0.7" ${font}]`,
        ...(reachesInternet(topology) ? [simpleBox(ids.of(INTERNET), "surface", "Internet")] : []),
        ...topology.networks.flatMap((network, index) => networkLines(network, index, topology, ids)),
        ...topology.controlPlanes.flatMap((plane) => planeLines(plane, topology, ids)),
    ];
    return `digraph topology {\n${body.join("\n")}\n}\n`;
}

/** Whether anything of a topology reaches the internet, or is reached from there. */
function reachesInternet({ networks, controlPlanes }: Topology): boolean {
    return networks.some((network) => gatewaysOf(network).length > 0) || controlPlanes.some(({ publicEndpoint }) => publicEndpoint);
}

function networkLines(network: Network, index: number, topology: Topology, ids: NodeIds): string[] {
    const endpoints = network.endpoints.filter(({ type }) => type === "Gateway").map(({ service }) => service);
    return [
        `subgraph cluster_vpc${index} {`,
        cluster(`VPC ${network.name}`, network.cidrBlocks.join(", "), "surface"),
        ...network.internetGateways.map(({ key, name }) => simpleBox(ids.of(key), "nat", "Internet gateway", name)),
        ...network.egressOnlyGateways.map(({ key, name }) => simpleBox(ids.of(key), "nat", "Egress-only gateway", name)),
        ...(endpoints.length === 0 ? [] : [simpleBox(ids.of(endpointsKey(network)), "sunken", "Gateway endpoints", endpoints.join(", "))]),
        ...network.zones.flatMap((zone, at) => [
            `subgraph cluster_vpc${index}_zone${at} {`,
            cluster(zone.name, "", "page"),
            ...zone.subnets.map((subnet) => subnetBox(subnet, network, topology, ids)),
            ...column(zone.subnets, ids),
            "}",
        ]),
        "}",
        ...rows(network, ids),
        ...routes(network, ids),
    ];
}

/** Keeps the subnets of a zone below each other. */
function column(subnets: readonly Subnet[], ids: NodeIds): string[] {
    return subnets.slice(1).map(({ key }, above) => edge(ids.of(subnets[above]?.key ?? ""), ids.of(key), 'style="invis" weight="8"'));
}

/** Subnets of a tier side by side, and so the gateways. */
function rows(network: Network, ids: NodeIds): string[] {
    const tiers = Object.values(Tier).map((tier) => subnetsOf(network).filter((subnet) => subnet.tier === tier));
    const top = [
        ...gatewaysOf(network),
        ...(network.endpoints.some(({ type }) => type === "Gateway") ? [{ key: endpointsKey(network) }] : []),
    ];
    return [...tiers, top].filter((row) => row.length > 1).map((row) => `{ rank="same"; ${row.map(({ key }) => ids.of(key)).join("; ")} }`);
}

/** Arrows show the way out; they are written backwards, which keeps the internet on top. */
function routes(network: Network, ids: NodeIds): string[] {
    const internet = gatewaysOf(network).map(({ key }) => edge(ids.of(INTERNET), ids.of(key), 'dir="back" weight="4"'));
    const out = subnetsOf(network).flatMap((subnet) => {
        const targets = new Map(subnet.routes.filter(({ target }) => target !== "").map(({ target, via }) => [target, via]));
        return [...targets].map(([target, via]) => {
            const nat = network.nats.find(({ key }) => key === target);
            const tail = nat === undefined ? ids.of(target) : `${ids.of(nat.subnet)}:${ids.of(nat.key)}:s`;
            return edge(
                tail,
                ids.of(subnet.key),
                via === RouteVia.EgressOnly ? 'dir="back" style="dashed" weight="1"' : 'dir="back" weight="3"',
            );
        });
    });
    const first = network.zones[0]?.subnets[0];
    const below = gatewaysOf(network).length === 0 && first !== undefined && network.endpoints.some(({ type }) => type === "Gateway");
    return [...internet, ...out, ...(below ? [edge(ids.of(endpointsKey(network)), ids.of(first.key), 'style="invis"')] : [])];
}

/** Below the networks; the subnets themselves say which of them hold its interfaces. */
function planeLines(plane: ControlPlane, { networks }: Topology, ids: NodeIds): string[] {
    const node = ids.of(plane.key);
    const links = networks.flatMap((network, index) => {
        const lowest = network.zones.flatMap(({ subnets }) => subnets.at(-1) ?? []);
        const linked = subnetsOf(network).some(({ key }) => plane.subnets.includes(key));
        const middle = Math.floor((lowest.length - 1) / 2);
        return lowest.map(({ key }, at) => {
            const visible = linked && at === middle;
            return edge(
                ids.of(key),
                node,
                visible
                    ? `style="dotted" dir="both" ltail="cluster_vpc${index}" weight="4" minlen="2"`
                    : 'style="invis" weight="4" minlen="2"',
            );
        });
    });
    const open = plane.publicEndpoint ? [edge(ids.of(INTERNET), node, 'style="dotted" weight="0"')] : [];
    return [planeBox(node, plane), ...links, ...open];
}

function gatewaysOf({ internetGateways, egressOnlyGateways }: Network): { key: string }[] {
    return [...internetGateways, ...egressOnlyGateways];
}

function subnetsOf({ zones }: Network): Subnet[] {
    return zones.flatMap(({ subnets }) => subnets);
}

function endpointsKey({ key }: Network): string {
    return `${key} endpoints`;
}

function edge(tail: string, head: string, attributes: string): string {
    return `${tail} -> ${head} [${attributes}]`;
}
