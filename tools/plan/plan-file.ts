/** The plan file: what a program would register, what the policy pack says of it, and what it adds up to. Stable and versioned. */
import type { BudgetReport } from "./budgets";
import type { CriticalPath } from "./critical-path";

/** Stands for a value that is secret. */
export const SECRET = "__secret__";

/** Version of the format; raised when a reader of the former one would misunderstand it. */
export const PLAN_VERSION = 1;

/** One resource of a plan. */
export interface PlannedResource {
    /** Uniform resource name. */
    urn: string;
    /** Type token, such as `aws:ec2/vpc:Vpc`. */
    type: string;
    /** Logical name. */
    name: string;
    /** URN of the parent; null for children of the stack. */
    parent: string | null;
    /** False for components. */
    custom: boolean;
    /** Provider reference (`urn::id`); null for the default provider of its package. */
    provider: string | null;
    /** Inputs as the provider would receive them. Unknown: `"__unknown__"`; secret: `"__secret__"`; references: ids of the right shape. */
    inputs: Record<string, unknown>;
    /** URNs of everything it waits for, sorted. */
    dependencies: string[];
    /** URNs by the input that made the dependency. */
    propertyDependencies: Record<string, string[]>;
    /** Whether deletion is refused. */
    protect: boolean;
    /** True for resources that are only read. */
    read?: true;
    /** Inputs whose changes are ignored. */
    ignoreChanges?: string[];
    /** Former identities. */
    aliases?: unknown[];
}

/** One violation. */
export interface PlannedViolation {
    /** Name of the policy. */
    policy: string;
    /** `mandatory` fails the plan. */
    level: "advisory" | "mandatory";
    /** How bad it is. */
    severity: "low" | "medium" | "high" | "critical" | "unspecified";
    /** The resource; empty when the policy speaks of the whole stack. */
    urn: string;
    /** What is wrong and how to mend it. */
    message: string;
}

/** What a plan adds up to. */
export interface PlanSummary {
    /** AWS region. */
    region: string;
    /** Environment name. */
    environment: string;
    /** Cluster name. */
    clusterName: string;
    /** Kubernetes minor. */
    kubernetesVersion: string;
    /** Resources by type, components left out; sorted by type. */
    resourcesByType: Record<string, number>;
    /** Resources the provider would make. */
    resources: number;
    /** Components. */
    components: number;
    /** Address space, rules, pods and sizes against their limits. */
    budgets: BudgetReport;
    /** The longest chain of dependencies. */
    criticalPath: CriticalPath;
}

/** A plan. */
export interface PlanFile {
    /** Version of the format. */
    version: typeof PLAN_VERSION;
    /** Stack name. */
    stack: string;
    /** Every resource, in order of registration. */
    resources: PlannedResource[];
    /** What the policy pack says. */
    policy: { violations: PlannedViolation[]; evaluated: number };
    /** What it adds up to. */
    summary: PlanSummary;
}
