/**
 * Puts a stack in order after an engine was killed: what it was creating may exist without being in the state.
 * Such things are looked for in the emulator and put into the state, as one would do by hand.
 */
import type { DeploymentState } from "./engine";
import type { Inventory, Leftover } from "./leftovers";

/** A creation of unknown outcome. */
export interface PendingCreate {
    readonly urn: string;
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** EC2 gives ids of its own: where the emulator keeps them, by resource type. */
const keptIn: Readonly<Record<string, string>> = {
    "aws:ec2/vpc:Vpc": "ec2.vpcs",
    "aws:ec2/subnet:Subnet": "ec2.subnets",
    "aws:ec2/internetGateway:InternetGateway": "ec2.internet_gateways",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "ec2.egress_only_internet_gateways",
    "aws:ec2/routeTable:RouteTable": "ec2.route_tables",
    "aws:ec2/natGateway:NatGateway": "ec2.nat_gateways",
    "aws:ec2/eip:Eip": "ec2.addresses",
    "aws:ec2/securityGroup:SecurityGroup": "ec2.groups",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "ec2.vpc_end_points",
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "ec2.dhcp_options_sets",
    "aws:ec2/flowLog:FlowLog": "ec2.flow_logs",
    "aws:ec2/launchTemplate:LaunchTemplate": "ec2.launch_templates",
    "aws:kms/key:Key": "kms.keys",
};

/** Elsewhere the id follows from the inputs. */
const idFromInputs: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => string>> = {
    "aws:iam/role:Role": (inputs) => text(inputs["name"]),
    "aws:iam/instanceProfile:InstanceProfile": (inputs) => text(inputs["name"]),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (inputs) => `${text(inputs["role"])}/${text(inputs["policyArn"])}`,
    "aws:iam/rolePolicy:RolePolicy": (inputs) => `${text(inputs["role"])}:${text(inputs["name"])}`,
    "aws:cloudwatch/logGroup:LogGroup": (inputs) => text(inputs["name"]),
    "aws:autoscaling/group:Group": (inputs) => text(inputs["name"]),
    "aws:kms/alias:Alias": (inputs) => text(inputs["name"]),
    "aws:ssm/parameter:Parameter": (inputs) => text(inputs["name"]),
    "aws:ec2/placementGroup:PlacementGroup": (inputs) => text(inputs["name"]),
    "aws:eks/cluster:Cluster": (inputs) => text(inputs["name"]),
    "aws:eks/nodeGroup:NodeGroup": (inputs) => `${text(inputs["clusterName"])}:${text(inputs["nodeGroupName"])}`,
    "aws:eks/addon:Addon": (inputs) => `${text(inputs["clusterName"])}:${text(inputs["addonName"])}`,
    "aws:eks/accessEntry:AccessEntry": (inputs) => `${text(inputs["clusterName"])}:${text(inputs["principalArn"])}`,
    "aws:eks/fargateProfile:FargateProfile": (inputs) => `${text(inputs["clusterName"])}:${text(inputs["fargateProfileName"])}`,
};

/** The creations a killed engine left open. */
export function pendingCreates(state: DeploymentState): PendingCreate[] {
    return (state.pending_operations ?? [])
        .filter((operation) => operation.type === "creating")
        .map(({ resource }) => ({
            urn: resource.urn,
            type: resource.urn.split("::")[2]?.split("$").pop() ?? "",
            inputs: resource.inputs ?? {},
        }));
}

/**
 * The ids of what was created after all, by URN: what is in the emulator, was not there at the start and is in
 * no state, or what the inputs name. A wrong guess does no harm: the refresh that follows drops what is not there.
 */
export function findCreated(pending: readonly PendingCreate[], known: DeploymentState, left: readonly Leftover[]): Map<string, string> {
    const ids = new Set((known.resources ?? []).map((resource) => resource.id));
    const orphans = new Map<string, string[]>();
    for (const { kind, id } of left) {
        const own = id.slice(id.indexOf("/") + 1);
        if (!ids.has(own)) orphans.set(kind, [...(orphans.get(kind) ?? []), own]);
    }
    const found = new Map<string, string>();
    for (const one of pending) {
        const id = keptIn[one.type] ? orphans.get(keptIn[one.type] ?? "")?.shift() : idFromInputs[one.type]?.(one.inputs);
        if (id) found.set(one.urn, id);
    }
    return found;
}

/** The state with these creations taken as done and no operation left open. */
export function adopt(state: DeploymentState, created: ReadonlyMap<string, string>): DeploymentState {
    const adopted = (state.pending_operations ?? []).flatMap(({ type, resource }) => {
        const id = type === "creating" ? created.get(resource.urn) : undefined;
        return id === undefined ? [] : [{ ...resource, id, outputs: {} }];
    });
    return { ...state, resources: [...(state.resources ?? []), ...adopted], pending_operations: [] };
}

/** Asks for the inventory until it stands still: a provider may outlive its engine by some seconds. */
export async function settledInventory(take: () => Promise<Inventory>, limitSeconds = 30): Promise<Inventory> {
    const end = Date.now() + limitSeconds * 1000;
    let before = await take();
    for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        const now = await take();
        if (JSON.stringify(now) === JSON.stringify(before) || Date.now() > end) return now;
        before = now;
    }
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}
