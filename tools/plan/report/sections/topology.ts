/** Section with the diagram and what it shows in words. */
import { interfacesOf, machinesOf, nodesOf, TIER_TITLES } from "../dot-boxes";
import { dotOf } from "../dot";
import { draw } from "../diagram";
import { html } from "../html";
import type { Html } from "../html";
import { plural } from "../model";
import type { ReportContext, Section } from "../model";
import { topologyOf } from "../topology";
import { EXISTING_NETWORK, RouteVia } from "../topology-model";
import type { ControlPlane, Network, Route, Subnet, Topology } from "../topology-model";

/** Draws and describes the topology. */
export async function topologySection({ plan }: ReportContext): Promise<Section> {
    const topology = topologyOf(plan.resources);
    const zones = topology.networks.reduce((sum, network) => sum + network.zones.length, 0);
    const count = zones === 0 ? undefined : plural(zones, "zone");
    if (topology.networks.length + topology.controlPlanes.length + topology.groups.length === 0) {
        return { id: "topology", title: "Topology", body: html`<p>This plan has no network, control plane or nodes.</p>` };
    }
    const description = descriptionOf(topology);
    const diagram = await draw(dotOf(topology), { title: `Topology of ${plan.summary.clusterName}`, description });
    return {
        ...{ id: "topology", title: "Topology", count },
        body: html`
            <p class="lead">${description}</p>
            <div class="toolbar" data-script hidden role="group" aria-label="Size of the diagram">
                <button type="button" data-zoom="fit" aria-pressed="false">Fit</button>
                <button type="button" data-zoom="actual" aria-pressed="false">Actual size</button>
                <button type="button" data-zoom="out">Smaller</button>
                <button type="button" data-zoom="in">Larger</button>
            </div>
            <div class="canvas" id="canvas" tabindex="0" role="region" aria-label="Topology diagram, scrollable">${diagram.svg}</div>
            ${legend(topology)}
            <details class="box">
                <summary>The diagram in words</summary>
                <div class="words">
                    ${topology.networks.map((network) => networkWords(network, topology))}${topology.controlPlanes.map((plane) => planeWords(plane))}
                </div>
            </details>
        `,
    };
}

function descriptionOf({ networks, controlPlanes, groups, loadBalancers }: Topology): string {
    const zones = networks.reduce((sum, network) => sum + network.zones.length, 0);
    const subnets = networks.reduce((sum, network) => sum + network.zones.reduce((inner, zone) => inner + zone.subnets.length, 0), 0);
    const nats = networks.reduce((sum, network) => sum + network.nats.length, 0);
    const parts = [
        networks.length === 1 ? `VPC ${networks[0]?.name ?? ""}` : plural(networks.length, "network"),
        `${plural(subnets, "subnet")} in ${plural(zones, "zone")}`,
        ...(networks.every(({ key }) => key === EXISTING_NETWORK) ? [] : [nats === 0 ? "no NAT gateway" : plural(nats, "NAT gateway")]),
        ...(controlPlanes.length === 0 ? [] : [plural(controlPlanes.length, "EKS control plane")]),
        plural(groups.length, "node group"),
        ...(loadBalancers.length === 0 ? [] : [plural(loadBalancers.length, "load balancer")]),
    ];
    return `${parts.join(", ")}.`;
}

/** Explains the lines that are there. */
function legend({ networks, controlPlanes }: Topology): Html | undefined {
    const vias = networks.flatMap(({ zones }) =>
        zones.flatMap(({ subnets }) => subnets.flatMap(({ routes }) => routes.map(({ via }) => via))),
    );
    const lines = [
        ...(vias.some((via) => via === RouteVia.InternetGateway || via === RouteVia.NatGateway)
            ? [["solid", "Default route"] as const]
            : []),
        ...(vias.includes(RouteVia.EgressOnly) ? [["dashed", "IPv6, outgoing only"] as const] : []),
        ...(controlPlanes.length > 0 ? [["dotted", "Control plane: interfaces and public endpoint"] as const] : []),
    ];
    const key = (style: string): Html =>
        html`<svg class="key" viewBox="0 0 36 8" width="36" height="8" aria-hidden="true" focusable="false">
            <path class="${style}" d="M0 4H36"></path>
        </svg>`;
    return lines.length === 0
        ? undefined
        : html`<ul class="legend" aria-label="Lines in the diagram">
              ${lines.map(([style, text]) => html`<li>${key(style)}${text}</li>`)}
          </ul>`;
}

function networkWords(network: Network, topology: Topology): Html {
    const services = (gateway: boolean): string[] =>
        network.endpoints.filter(({ type }) => (type === "Gateway") === gateway).map(({ service }) => service);
    return html`
        <h3>VPC ${network.name}</h3>
        <dl class="facts">
            ${network.cidrBlocks.length > 0 && fact("Addresses", network.cidrBlocks.join(", "))}
            ${network.internetGateways.length > 0 && fact("Internet gateway", names(network.internetGateways))}
            ${network.egressOnlyGateways.length > 0 && fact("Egress-only gateway", names(network.egressOnlyGateways))}
            ${services(false).length > 0 && fact("Interface endpoints", services(false).join(", "))}
            ${services(true).length > 0 && fact("Gateway endpoints", services(true).join(", "))}
        </dl>
        <ul class="plain">
            ${network.zones.map(
                (zone) =>
                    html`<li>
                        <strong>${zone.name}</strong>
                        <ul>
                            ${zone.subnets.map((subnet) => subnetWords(subnet, network, topology))}
                        </ul>
                    </li>`,
            )}
        </ul>
    `;
}

function subnetWords(subnet: Subnet, network: Network, topology: Topology): Html {
    const inside = [
        ...network.nats.filter((nat) => nat.subnet === subnet.key).map(({ name }) => `NAT gateway ${name}`),
        ...topology.loadBalancers
            .filter(({ subnets }) => subnets.includes(subnet.key))
            .map(({ name, kind, internal }) => `${internal ? "internal " : ""}${kind} load balancer ${name}`),
        ...topology.groups
            .filter(({ subnets }) => subnets.includes(subnet.key))
            .map(
                (group) =>
                    `group ${group.name}: ${nodesOf(group)}, ${group.instanceTypes.length > 0 ? group.instanceTypes.join(", ") : machinesOf(group)}`,
            ),
        ...interfacesOf(subnet, network, topology).map((text) => text.toLowerCase()),
        ...subnet.routes.map(routeWords),
    ];
    const addresses = subnet.cidrBlock === "" ? "" : `, ${subnet.cidrBlock}${subnet.ipv6 ? " and IPv6" : ""}`;
    return html`<li>
        ${TIER_TITLES[subnet.tier]}
        ${subnet.name}${addresses}${
            inside.length > 0 &&
            html`<ul>
                ${inside.map((text) => html`<li>${text}</li>`)}
            </ul>`
        }
    </li>`;
}

function routeWords({ destination, via, targetName }: Route): string {
    return `route ${destination} through ${via === "other" ? targetName : `${via} ${targetName}`}`;
}

function planeWords({ name, version, privateEndpoint, publicEndpoint, publicCidrs }: ControlPlane): Html {
    const open = publicCidrs.length === 0 ? "from anywhere" : `from ${publicCidrs.join(", ")}`;
    return html`
        <h3>Control plane ${name}</h3>
        <dl class="facts">
            ${version !== "" && fact("Kubernetes", version)} ${fact("Private endpoint", privateEndpoint ? "yes" : "no")}
            ${fact("Public endpoint", publicEndpoint ? `reachable ${open}` : "no")}
        </dl>
    `;
}

function fact(term: string, value: string): Html {
    return html`<div>
        <dt>${term}</dt>
        <dd>${value}</dd>
    </div>`;
}

function names(items: readonly { name: string }[]): string {
    return items.map(({ name }) => name).join(", ");
}
