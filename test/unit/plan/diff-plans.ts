/** Small plans to compare. */
import { expect } from "chai";
import { diffPlans } from "../../../tools/plan/diff";
import type { PlanDiff, ResourceChange } from "../../../tools/plan/diff";
import { fakeId } from "../../../tools/plan/fakes";
import type { PlanFile, PlannedResource } from "../../../tools/plan/plan-file";
import type { RecordedResource } from "../../../tools/plan/recorder";

/** Inputs of a resource. */
export type Inputs = Record<string, unknown>;

export const SUBNET = "aws:ec2/subnet:Subnet";
export const GROUP = "aws:eks/nodeGroup:NodeGroup";
export const VPC = "aws:ec2/vpc:Vpc";

export function planned(type: string, name: string, inputs: Inputs = {}, changes: Partial<PlannedResource> = {}): PlannedResource {
    const { parent = null } = changes;
    const types = parent === null ? type : `${parent.split("::")[2]}$${type}`;
    const urn = `urn:pulumi:prod::aws-kubernetes::${types}::${name}`;
    return {
        urn,
        type,
        name,
        parent,
        custom: true,
        provider: null,
        inputs,
        dependencies: [],
        propertyDependencies: {},
        protect: false,
        ...changes,
    };
}

export const plan = (...resources: PlannedResource[]): PlanFile => ({ version: 1, stack: "prod", resources }) as unknown as PlanFile;
export const idOf = (resource: PlannedResource): string => fakeId(resource as unknown as RecordedResource);

/** The one change between two sets of inputs. */
export function changeOf(type: string, before: Inputs, after: Inputs, changes: Partial<PlannedResource> = {}): ResourceChange | undefined {
    const diff = diffPlans(plan(planned(type, "x", before)), plan(planned(type, "x", after, changes)));
    expect([diff.added, diff.removed, diff.moved]).to.deep.equal([[], [], []]);
    return diff.changed[0];
}

export const paths = (change: ResourceChange | undefined): string[] => (change?.changes ?? []).map(({ path }) => path);
export const names = (resources: readonly { name: string }[]): string[] => resources.map(({ name }) => name);

/** The difference of equal plans. */
export const NOTHING: PlanDiff = { added: [], removed: [], changed: [], replaced: [], following: [], moved: [] };
