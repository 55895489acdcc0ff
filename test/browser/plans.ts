/** Plans to make reports of. */
import { loadStackFile } from "../../stacks/config";
import { diffPlans } from "../../tools/plan/diff";
import type { PlanDiff } from "../../tools/plan/diff";
import { makePlan } from "../../tools/plan/plan";
import type { PlanFile, PlannedResource, PlannedViolation } from "../../tools/plan/plan-file";
import { projectDirectory } from "../support/project";

const made = new Map<string, Promise<PlanFile>>();

/** The plan of a committed environment, made once. */
export function environmentPlan(stack: "dev" | "staging" | "prod"): Promise<PlanFile> {
    const plan = made.get(stack) ?? makePlan(loadStackFile({ projectDirectory, stack }), { stack });
    made.set(stack, plan);
    return plan;
}

/** A resource with nothing but what is given. */
export function resource(type: string, name: string, more: Partial<PlannedResource> = {}): PlannedResource {
    return {
        ...{ urn: `urn:pulumi:test::shop::${type}::${name}`, type, name, parent: null, custom: true, provider: null },
        ...{ inputs: {}, dependencies: [], propertyDependencies: {}, protect: false },
        ...more,
    };
}

/** A plan of some resources. */
export function planOf(resources: PlannedResource[], violations: PlannedViolation[] = []): PlanFile {
    return {
        ...{ version: 1, stack: "test", resources, policy: { violations, evaluated: resources.length } },
        summary: {
            ...{ region: "eu-central-1", environment: "test", clusterName: "shop", kubernetesVersion: "1.35" },
            ...{ resourcesByType: {}, resources: resources.length, components: 0 },
            budgets: { budgets: [] },
            criticalPath: { create: { seconds: 0, steps: [] }, destroy: { seconds: 0, steps: [] } },
        },
    };
}

/** The production plan with something wrong in every section, and how it differs from the committed one. */
export async function troubledPlan(): Promise<{ plan: PlanFile; diff: PlanDiff }> {
    const committed = await environmentPlan("prod");
    const plan = structuredClone(committed);
    const urn = (type: string): string => plan.resources.find((candidate) => candidate.type === type)?.urn ?? "";
    plan.resources = plan.resources.filter(({ type }) => type !== "aws:ec2/flowLog:FlowLog");
    plan.resources.push(resource("aws:s3/bucket:Bucket", "uploads", { inputs: { bucketPrefix: "uploads" } }));
    const vpc = plan.resources.find(({ type }) => type === "aws:ec2/vpc:Vpc");
    if (vpc !== undefined) {
        vpc.inputs = { ...vpc.inputs, cidrBlock: "10.99.0.0/16" };
    }
    plan.policy.violations = [
        violation("required-tags", "mandatory", "medium", urn("aws:ec2/vpc:Vpc"), "tags lack Owner. Add the key."),
        violation(
            "imdsv2-required",
            "mandatory",
            "critical",
            urn("aws:ec2/launchTemplate:LaunchTemplate"),
            "httpTokens is optional. Set it to required.",
        ),
        violation("own-policy", "advisory", "low", "", "The stack has no alarm. Add one."),
    ];
    const [first, second] = plan.summary.budgets.budgets;
    if (first !== undefined && second !== undefined) {
        Object.assign(first, { used: Math.ceil(first.limit * 1.2), status: "error", advice: "Take a larger block." });
        Object.assign(second, { used: Math.ceil(second.limit * 0.9), status: "warning", advice: "Ask for a higher quota." });
    }
    return { plan, diff: diffPlans(committed, plan) };
}

function violation(
    policy: string,
    level: PlannedViolation["level"],
    severity: PlannedViolation["severity"],
    urn: string,
    message: string,
): PlannedViolation {
    return { policy, level, severity, urn, message };
}
