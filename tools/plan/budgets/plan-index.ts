/** Look-ups in the resources of a plan, and careful reading of their inputs, which may hold markers in place of values. */
import type { PlannedResource } from "../plan-file";

/** Type tokens the budgets read. */
export const Type = {
    Subnet: "aws:ec2/subnet:Subnet",
    NatGateway: "aws:ec2/natGateway:NatGateway",
    Endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    Instance: "aws:ec2/instance:Instance",
    NetworkInterface: "aws:ec2/networkInterface:NetworkInterface",
    LoadBalancer: "aws:lb/loadBalancer:LoadBalancer",
    LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
    AutoScalingGroup: "aws:autoscaling/group:Group",
    NodeGroup: "aws:eks/nodeGroup:NodeGroup",
    Cluster: "aws:eks/cluster:Cluster",
    Addon: "aws:eks/addon:Addon",
    SecurityGroup: "aws:ec2/securityGroup:SecurityGroup",
    DefaultSecurityGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    IngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    EgressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    LegacyRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
    PrefixList: "aws:ec2/managedPrefixList:ManagedPrefixList",
    Policy: "aws:iam/policy:Policy",
    RolePolicy: "aws:iam/rolePolicy:RolePolicy",
    Role: "aws:iam/role:Role",
} as const;

/** The resources of a plan by type and by what refers to them. */
export class PlanIndex {
    private readonly byUrn: ReadonlyMap<string, PlannedResource>;
    private readonly byType = new Map<string, PlannedResource[]>();

    constructor(readonly resources: readonly PlannedResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const resource of resources) {
            this.byType.set(resource.type, [...(this.byType.get(resource.type) ?? []), resource]);
        }
    }

    /** Resources of a type, in the plan's order. */
    ofType(type: string): readonly PlannedResource[] {
        return this.byType.get(type) ?? [];
    }

    /** The resource of a URN. */
    find(urn: string | null): PlannedResource | undefined {
        return urn === null ? undefined : this.byUrn.get(urn);
    }

    /** Resources of the given types an input refers to. Plans hold no ids to go by, but they say where each input came from. */
    referred(resource: PlannedResource, input: string, ...types: string[]): PlannedResource[] {
        return (resource.propertyDependencies[input] ?? [])
            .map((urn) => this.byUrn.get(urn))
            .filter((found): found is PlannedResource => found !== undefined && types.includes(found.type));
    }
}

/** A value as an object; empty when it is none. */
export function objectAt(value: unknown): Record<string, unknown> {
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A value as a list; empty when it is none. */
export function listAt(value: unknown): unknown[] {
    return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A value as texts; whatever is no text is left out. */
export function textsAt(value: unknown): string[] {
    return listAt(value).filter((item): item is string => typeof item === "string");
}

/** A number, also where it is written as text; undefined for anything else. */
export function numberAt(value: unknown): number | undefined {
    const isNumeric = typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()));
    return isNumeric ? Number(value) : undefined;
}

/** Tags of a resource. */
export function tagsOf(resource: PlannedResource): Record<string, unknown> {
    return objectAt(resource.inputs["tags"]);
}

/** Configuration key of a node group, as far as names tell: its component's name without the environment. */
export function groupKey(index: PlanIndex, group: PlannedResource): string {
    const name = index.find(group.parent)?.name ?? group.name;
    const stack = group.urn.split("::")[0]?.split(":").at(-1) ?? "";
    return `nodeGroups.${name.startsWith(`${stack}-`) ? name.slice(stack.length + 1) : name}`;
}
