/** Makes a plan: runs the program, has the policy pack judge what it registers, and adds it up. */
import { evaluatePack } from "../../policy/pack";
import type { PackConfig, PlanResource } from "../../policy/pack";
import type { StackConfig } from "../../stacks/config";
import { deploy } from "../../stacks/program";
import { budgetReport } from "./budgets";
import { criticalPath } from "./critical-path";
import { PLAN_VERSION, SECRET } from "./plan-file";
import type { PlanFile, PlanSummary, PlannedResource } from "./plan-file";
import { record } from "./recorder";
import type { RecordedResource } from "./recorder";

/** What is needed besides the configuration. */
export interface PlanOptions {
    /** Stack name. */
    stack: string;
    /** Content of a policy configuration file. Default: the pack's own levels and settings. */
    policyConfig?: PackConfig;
    /** Whether errors of the program carry stack traces, at some cost in time. Default: false. */
    stackTraces?: boolean;
}

/** Plans a stack. The same configuration gives the same plan. */
export async function makePlan(config: StackConfig, options: PlanOptions): Promise<PlanFile> {
    const recording = await record(() => deploy(config), { ...options, config: { "aws:region": config.region } });
    const recorded = [...recording.resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const { violations, evaluated } = await evaluatePack(recorded.map(forPolicies), { config: options.policyConfig });
    const resources = recorded.map(planned);
    return {
        version: PLAN_VERSION,
        stack: options.stack,
        resources,
        policy: { violations: violations.map((violation) => ({ ...violation })), evaluated },
        summary: summarize(config, resources),
    };
}

/** The pack sees what it would see in an update: ids and computed outputs are there. */
function forPolicies(resource: RecordedResource): PlanResource {
    const { urn, type, name, parent, provider, inputs, id, state, dependencies, propertyDependencies, protect, read } = resource;
    return {
        urn,
        type,
        name,
        parent,
        provider,
        props: inputs,
        outputs: { id, ...state },
        dependencies,
        propertyDependencies,
        protect,
        read,
    };
}

function planned(resource: RecordedResource): PlannedResource {
    const { urn, type, name, parent, custom, provider, dependencies, propertyDependencies, protect } = resource;
    const inputs = withoutSecrets(resource.inputs, resource.secrets);
    return {
        ...{ urn, type, name, parent, custom, provider, inputs, dependencies, propertyDependencies, protect },
        ...(resource.read ? { read: true as const } : {}),
        ...(resource.ignoreChanges.length > 0 ? { ignoreChanges: resource.ignoreChanges } : {}),
        ...(resource.aliases.length > 0 ? { aliases: resource.aliases } : {}),
    };
}

function withoutSecrets(inputs: Record<string, unknown>, secrets: readonly string[]): Record<string, unknown> {
    const hide = (value: unknown, path: string): unknown => {
        if (secrets.includes(path)) {
            return SECRET;
        }
        if (Array.isArray(value)) {
            return value.map((item, index) => hide(item, `${path}[${index}]`));
        }
        if (value !== null && typeof value === "object") {
            const entries = Object.entries(value).map(([key, item]) => [key, hide(item, path === "" ? key : `${path}.${key}`)]);
            return Object.fromEntries(entries) as Record<string, unknown>;
        }
        return value;
    };
    return hide(inputs, "") as Record<string, unknown>;
}

function summarize(config: StackConfig, resources: readonly PlannedResource[]): PlanSummary {
    const custom = resources.filter((resource) => resource.custom);
    const byType = new Map<string, number>();
    for (const { type } of custom) {
        byType.set(type, (byType.get(type) ?? 0) + 1);
    }
    const { region, environment, clusterName, kubernetesVersion } = config;
    return {
        ...{ region, environment, clusterName, kubernetesVersion },
        resourcesByType: Object.fromEntries([...byType].sort(([a], [b]) => (a < b ? -1 : 1))),
        resources: custom.length,
        components: resources.length - custom.length,
        budgets: budgetReport(resources),
        criticalPath: criticalPath(resources),
    };
}
