/** Small plans for the budgets, and look-ups in what comes of them. */
import { expect } from "chai";
import { BudgetKind, budgetReport } from "../../../tools/plan/budgets";
import type { Budget } from "../../../tools/plan/budgets";
import type { PlannedResource } from "../../../tools/plan/plan-file";

/** Inputs of a resource. */
export type Inputs = Record<string, unknown>;

/** A planned resource; `refers` are the names of what its inputs refer to. */
export function planned(type: string, name: string, inputs: Inputs, refers: Record<string, PlannedResource[]> = {}): PlannedResource {
    const propertyDependencies = Object.fromEntries(Object.entries(refers).map(([input, found]) => [input, found.map(({ urn }) => urn)]));
    const urn = `urn:pulumi:prod::aws-kubernetes::${type}::${name}`;
    const dependencies = Object.values(propertyDependencies).flat();
    return { urn, type, name, parent: null, custom: true, provider: null, inputs, dependencies, propertyDependencies, protect: false };
}

export const subnet = (name: string, cidrBlock: string, inputs: Inputs = {}): PlannedResource =>
    planned("aws:ec2/subnet:Subnet", name, { cidrBlock, availabilityZone: `eu-central-1${name.at(-1)}`, ...inputs });
export const template = (inputs: Inputs = {}): PlannedResource => planned("aws:ec2/launchTemplate:LaunchTemplate", "template", inputs);
export const cluster = (inputs: Inputs = {}): PlannedResource =>
    planned("aws:eks/cluster:Cluster", "cluster", { name: "cluster", ...inputs });
export const cni = (env: Record<string, string>, of?: PlannedResource): PlannedResource =>
    planned(
        "aws:eks/addon:Addon",
        "vpc-cni",
        { addonName: "vpc-cni", configurationValues: JSON.stringify({ env }) },
        of === undefined ? {} : { clusterName: [of] },
    );

/** A managed group without surge, so that numbers are easy to follow. */
export function managed(
    name: string,
    subnets: PlannedResource[],
    maxSize: number,
    inputs: Inputs = {},
    refers: Record<string, PlannedResource[]> = {},
): PlannedResource {
    const own = {
        scalingConfig: { minSize: 1, desiredSize: 1, maxSize },
        instanceTypes: ["m5.large"],
        subnetIds: subnets.map(({ name: id }) => id),
        updateConfig: { maxUnavailable: 1, updateStrategy: "MINIMAL" },
    };
    return planned("aws:eks/nodeGroup:NodeGroup", name, { ...own, ...inputs }, { subnetIds: subnets, ...refers });
}

export function selfManaged(
    name: string,
    subnets: PlannedResource[],
    maxSize: number,
    inputs: Inputs = {},
    refers: Record<string, PlannedResource[]> = {},
): PlannedResource {
    const own = { maxSize, minSize: 0, vpcZoneIdentifiers: subnets.map(({ name: id }) => id) };
    return planned("aws:autoscaling/group:Group", name, { ...own, ...inputs }, { vpcZoneIdentifiers: subnets, ...refers });
}

export const ofKind = (resources: PlannedResource[], kind: BudgetKind): Budget[] =>
    budgetReport(resources).budgets.filter((budget) => budget.kind === kind);

/** The only budget of a kind, or that of a subject. */
export function budget(resources: PlannedResource[], kind: BudgetKind, subject?: string, unit?: string): Budget {
    const found = ofKind(resources, kind).filter(
        (item) => (subject === undefined || item.subject === subject) && (unit === undefined || item.unit === unit),
    );
    expect(found, JSON.stringify(found.map((item) => item.subject))).to.have.lengthOf(1);
    return found[0] as Budget;
}

export const addresses = (resources: PlannedResource[], subject?: string): Budget => budget(resources, BudgetKind.SubnetAddresses, subject);
export const perNode = (resources: PlannedResource[], subject?: string): Budget =>
    budget(resources, BudgetKind.Pods, subject, "pods per node");
