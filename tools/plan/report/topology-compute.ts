/** Control planes, node groups and load balancers of a plan. Pure. */
import type { PlannedResource } from "../plan-file";
import type { References } from "./references";
import { list, record, text } from "./references";
import type { ControlPlane, LoadBalancer, NodeGroup } from "./topology-model";

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Control planes run by EKS. */
export function controlPlanes(resources: readonly PlannedResource[], references: References): ControlPlane[] {
    return resources
        .filter(({ type }) => type === "aws:eks/cluster:Cluster")
        .map((cluster) => {
            const vpc = record(cluster.inputs["vpcConfig"]);
            return {
                key: cluster.urn,
                name: text(cluster.inputs["name"]) ?? cluster.name,
                version: text(cluster.inputs["version"]) ?? "",
                publicEndpoint: vpc["endpointPublicAccess"] !== false,
                publicCidrs: texts(vpc["publicAccessCidrs"]),
                privateEndpoint: vpc["endpointPrivateAccess"] === true,
                subnets: references.subnets(cluster, "vpcConfig", vpc["subnetIds"]),
            };
        });
}

/** Everything that runs nodes. */
export function nodeGroups(resources: readonly PlannedResource[], references: References): NodeGroup[] {
    return resources.flatMap((resource) => {
        switch (resource.type) {
            case "aws:eks/nodeGroup:NodeGroup":
                return managed(resource, references);
            case "aws:autoscaling/group:Group":
                return selfManaged(resource, references);
            case "aws:eks/fargateProfile:FargateProfile":
                return fargate(resource, references);
            case "aws:ec2/instance:Instance":
                return instance(resource, references);
            default:
                return [];
        }
    });
}

/** Load balancers, of whichever generation. */
export function loadBalancers(resources: readonly PlannedResource[], references: References): LoadBalancer[] {
    return resources
        .filter(({ type }) => /^aws:(a?lb|elb)\/loadBalancer:LoadBalancer$/.test(type))
        .map((resource) => {
            const { inputs } = resource;
            const mappings = list(inputs["subnetMappings"]).map((mapping) => record(mapping)["subnetId"]);
            const subnets = [
                ...references.subnets(resource, "subnets", inputs["subnets"]),
                ...references.subnets(resource, "subnetMappings", mappings),
            ];
            return {
                key: resource.urn,
                name: text(inputs["name"]) ?? resource.name,
                kind: text(inputs["loadBalancerType"]) ?? (resource.type.startsWith("aws:elb/") ? "classic" : "application"),
                internal: inputs["internal"] === true,
                subnets,
            };
        });
}

function managed(resource: PlannedResource, references: References): NodeGroup {
    const { inputs } = resource;
    const scaling = record(inputs["scalingConfig"]);
    const own = texts(inputs["instanceTypes"]);
    return {
        ...{ key: resource.urn, name: resource.name, kind: "managed" },
        size: sizeOf(scaling["minSize"], scaling["maxSize"]),
        instanceTypes: own.length > 0 ? own : templateTypes(resource, "launchTemplate", references),
        spot: inputs["capacityType"] === "SPOT",
        subnets: references.subnets(resource, "subnetIds", inputs["subnetIds"]),
    };
}

function selfManaged(resource: PlannedResource, references: References): NodeGroup {
    const { inputs } = resource;
    const mixed = record(inputs["mixedInstancesPolicy"]);
    const distribution = record(mixed["instancesDistribution"]);
    const overrides = list(record(mixed["launchTemplate"])["overrides"]).flatMap(
        (override) => text(record(override)["instanceType"]) ?? [],
    );
    const templates = ["mixedInstancesPolicy", "launchTemplate"].flatMap((property) => templateTypes(resource, property, references));
    return {
        ...{ key: resource.urn, name: resource.name, kind: "self-managed" },
        size: sizeOf(inputs["minSize"], inputs["maxSize"]),
        instanceTypes: overrides.length > 0 ? [...new Set(overrides)] : templates,
        spot: Number(distribution["onDemandPercentageAboveBaseCapacity"] ?? 100) < 100,
        subnets: references.subnets(resource, "vpcZoneIdentifiers", inputs["vpcZoneIdentifiers"]),
    };
}

function fargate(resource: PlannedResource, references: References): NodeGroup {
    const subnets = references.subnets(resource, "subnetIds", resource.inputs["subnetIds"]);
    return { key: resource.urn, name: resource.name, kind: "Fargate", instanceTypes: [], spot: false, subnets };
}

function instance(resource: PlannedResource, references: References): NodeGroup {
    const { inputs } = resource;
    const own = text(inputs["instanceType"]);
    return {
        ...{ key: resource.urn, name: resource.name, kind: "instance", size: { min: 1, max: 1 } },
        instanceTypes: own === undefined ? templateTypes(resource, "launchTemplate", references) : [own],
        spot: inputs["instanceMarketOptions"] !== undefined,
        subnets: references.subnets(resource, "subnetId", inputs["subnetId"]),
    };
}

function templateTypes(resource: PlannedResource, property: string, references: References): string[] {
    return references.of(resource, property, LAUNCH_TEMPLATE).flatMap(({ inputs }) => text(inputs["instanceType"]) ?? []);
}

function sizeOf(min: unknown, max: unknown): { min: number; max: number } {
    return { min: Number(min ?? 0), max: Number(max ?? min ?? 0) };
}

function texts(value: unknown): string[] {
    return list(value).flatMap((item) => text(item) ?? []);
}
