/** Boxes and labels of the diagram in DOT. Colours are placeholders, which the drawing turns into classes. */
import { escapeText } from "./html";
import { COLORS } from "./palette";
import type { Color } from "./palette";
import { Tier } from "./topology-model";
import type { ControlPlane, Network, NodeGroup, Subnet, Topology } from "./topology-model";

/** The widest of the usual fonts: boxes made for it hold their text in every other one. */
export const FONT = "DejaVu Sans";
/** Longest name drawn in full. */
const NAME_LENGTH = 34;
const SMALL = 11;
/** Colours of subnets. */
export const TIER_COLORS: Readonly<Record<Tier, Color>> = {
    [Tier.Public]: "public",
    [Tier.Private]: "private",
    [Tier.Pod]: "pod",
    [Tier.Isolated]: "isolated",
    [Tier.Existing]: "private",
};
/** What subnets are called. */
export const TIER_TITLES: Readonly<Record<Tier, string>> = {
    [Tier.Public]: "Public subnet",
    [Tier.Private]: "Private subnet",
    [Tier.Pod]: "Pod subnet",
    [Tier.Isolated]: "Isolated subnet",
    [Tier.Existing]: "Existing subnet",
};

/** One line of a box. */
interface Line {
    text: string;
    size?: number;
    bold?: boolean;
    color?: Color;
}

/** A box in a box. */
interface Part {
    /** Name for edges. */
    port: string;
    color: Color;
    lines: readonly Line[];
}

/** Names of nodes: Graphviz sees no user data in them. */
export class NodeIds {
    private readonly ids = new Map<string, string>();

    of(key: string): string {
        const id = this.ids.get(key) ?? `n${this.ids.size}`;
        this.ids.set(key, id);
        return id;
    }
}

/** A colour Graphviz carries through: its index, written as a colour. */
export function placeholder(color: Color): string {
    return `#fe00${COLORS.indexOf(color).toString(16).padStart(2, "0")}`;
}

/** A box with a title and a line below. */
export function simpleBox(id: string, color: Color, title: string, detail?: string): string {
    return box(id, color, [{ text: title, bold: true }, ...(detail === undefined ? [] : [minor(detail)])]);
}

/** A subnet with what is in it. */
export function subnetBox(subnet: Subnet, network: Network, topology: Topology, ids: NodeIds): string {
    const color = TIER_COLORS[subnet.tier];
    const lines = [
        { text: TIER_TITLES[subnet.tier], bold: true },
        minor(subnet.name),
        ...(subnet.cidrBlock === "" ? [] : [minor(`${subnet.cidrBlock}${subnet.ipv6 ? " + IPv6" : ""}`)]),
    ];
    const part = (key: string, partColor: Color, title: string, ...details: string[]): Part => {
        return { port: ids.of(key), color: partColor, lines: [{ text: title, bold: true, size: SMALL }, ...details.map(minor)] };
    };
    const within = <Item extends { subnets: readonly string[] }>(items: readonly Item[]): Item[] =>
        items.filter(({ subnets }) => subnets.includes(subnet.key));
    const interfaces = interfacesOf(subnet, network, topology);
    const nats = network.nats.filter((nat) => nat.subnet === subnet.key);
    return box(ids.of(subnet.key), color, lines, [
        ...nats.map(({ key, name }) => part(key, "nat", "NAT gateway", name)),
        ...within(topology.loadBalancers).map(({ key, name, internal, kind }) =>
            part(key, "surface", name, `${internal ? "internal " : ""}${kind} load balancer`),
        ),
        ...within(topology.groups).map((group) => part(group.key, "surface", group.name, nodesOf(group), machinesOf(group))),
        ...(interfaces.length === 0 ? [] : [{ port: "interfaces", color, lines: interfaces.map(minor) }]),
    ]);
}

/** Network interfaces in a subnet that belong to something elsewhere. */
export function interfacesOf({ key }: Subnet, { endpoints }: Network, { controlPlanes }: Topology): string[] {
    const number = endpoints.filter(({ subnets }) => subnets.includes(key)).length;
    return [
        ...(controlPlanes.some(({ subnets }) => subnets.includes(key)) ? ["Control-plane interface"] : []),
        ...(number === 0 ? [] : [`${number} endpoint interface${number === 1 ? "" : "s"}`]),
    ];
}

/** A control plane. */
export function planeBox(id: string, { name, version, privateEndpoint, publicEndpoint }: ControlPlane): string {
    const reach = [...(privateEndpoint ? ["private"] : []), ...(publicEndpoint ? ["public"] : [])].join(" and ");
    return box(id, "plane", [
        { text: "EKS control plane", bold: true },
        minor(name),
        minor(`Kubernetes ${version === "" ? "of EKS's choice" : version}`),
        minor(reach === "" ? "no endpoint" : `${reach} endpoint`),
    ]);
}

/** Attributes of a cluster. */
export function cluster(title: string, more: string, color: Color): string {
    const label = `${span({ text: title, bold: true, size: 13 })}${more === "" ? "" : span({ text: `   ${more}`, size: 12, color: "muted" })}`;
    return `graph [label=<${label}> labeljust="l" labelloc="b" style="rounded,filled" fillcolor="${placeholder(color)}" color="${placeholder("line")}" margin="12"]`;
}

/** How many nodes a group has. */
export function nodesOf({ kind, size, subnets, spot }: NodeGroup): string {
    if (size === undefined) {
        return `${kind} pods`;
    }
    const nodes = size.min === size.max ? `${size.min}` : `${size.min}–${size.max}`;
    const spread = subnets.length > 1 ? ` over ${subnets.length} subnets` : "";
    return `${nodes} ${spot ? "spot " : ""}${size.max === 1 ? "node" : "nodes"}${spread}`;
}

/** What the nodes of a group are. */
export function machinesOf({ kind, instanceTypes: [type, ...others] }: NodeGroup): string {
    const machine = type === undefined ? [] : [`${type}${others.length > 0 ? ` +${others.length}` : ""}`];
    return [...machine, kind].join(" · ");
}

function box(id: string, color: Color, lines: readonly Line[], inner: readonly Part[] = []): string {
    const rows = (content: readonly Line[]): string =>
        content.map((line) => `<TR><TD ALIGN="LEFT" CELLPADDING="1">${span(line)}</TD></TR>`).join("");
    const inset = (content: readonly Line[]): string =>
        `<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLSPACING="0" CELLPADDING="0">${rows(content)}</TABLE></TD></TR>`;
    const parts = inner.map((part) => {
        const look = `STYLE="ROUNDED" COLOR="${placeholder(part.color === color ? color : "line")}" BGCOLOR="${placeholder(part.color)}"`;
        return `<TR><TD PORT="${part.port}"><TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="5" ${look}>${inset(part.lines)}</TABLE></TD></TR>`;
    });
    const title = inset(lines);
    const look = `STYLE="ROUNDED" COLOR="${placeholder("edge")}" BGCOLOR="${placeholder(color)}"`;
    return `${id} [label=<<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="5" ${look}>${title}${parts.join("")}</TABLE>>]`;
}

function minor(text: string): Line {
    return { text, size: SMALL, color: "muted" };
}

function span({ text, size = 12, bold = false, color = "ink" }: Line): string {
    const content = escapeText(shorten(text));
    return `<FONT POINT-SIZE="${size}" COLOR="${placeholder(color)}">${bold ? `<B>${content}</B>` : content}</FONT>`;
}

/** One line of bounded length, never empty: Graphviz takes no empty text. */
function shorten(text: string): string {
    const characters = [...text.replace(/[\t\n\r]+/g, " ")];
    const short = characters.length <= NAME_LENGTH ? characters.join("") : `${characters.slice(0, NAME_LENGTH - 1).join("")}…`;
    return short.replace(/^ +|^$/, (spaces) => "\u00a0".repeat(Math.max(1, spaces.length)));
}
