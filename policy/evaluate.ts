// Runs the pack on the resources of a plan in this process: no engine, no server, no account.
import type { Policies, ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { Diagnostic, PlanResource } from "./analyzer";
import { findProvider, makeAnalyzer } from "./analyzer";
import { definitions } from "./catalogue";
import type { PackConfig, ResolvedSetting } from "./config";
import { configProblems, resolveSetting } from "./config";
import type { Definition } from "./definition";
import { PACK_NAME, PACK_VERSION } from "./identity";
import { policiesOf } from "./sdk";

/** Options of {@link evaluatePack}. */
export interface EvaluateOptions {
    /** Content of a policy configuration file, such as policy/config/dev.json. */
    readonly config?: PackConfig;
    /** Rules to use in place of the pack's own. */
    readonly definitions?: readonly Definition[];
}

/** What the pack says about a plan. */
export interface Evaluation {
    /** Violations, and as advisory ones what could not be judged yet. */
    readonly violations: readonly Diagnostic[];
    /** How many times a policy was applied: once for each resource it is about, once for each stack policy that found any. */
    readonly evaluated: number;
}

/** Configuration comes from the caller: the SDK keeps its own in a global of the process, set over the wire only. */
function withSetting(policy: Policies[number], { level, properties }: ResolvedSetting): Policies[number] {
    const getConfig = <T extends object>(): T => structuredClone(properties) as T;
    const configured = level === undefined ? policy : { ...policy, enforcementLevel: level };
    if ("validateStack" in configured) {
        const { validateStack } = configured;
        return {
            ...configured,
            validateStack: (args, report) => validateStack({ ...args, getConfig }, report),
        } satisfies StackValidationPolicy;
    }
    const validate = [configured.validateResource ?? []].flat();
    return {
        ...configured,
        validateResource: validate.map(
            (one) =>
                (args: ResourceValidationArgs, report: Parameters<typeof one>[1]): Promise<void> | void =>
                    one({ ...args, getConfig }, report),
        ),
    } satisfies ResourceValidationPolicy;
}

/** Policies as the configuration wants them. Throws one error that lists everything wrong with the configuration. */
export function configuredPolicies(config: PackConfig, rules: readonly Definition[] = definitions): Policies {
    const problems = configProblems(
        config,
        rules.map(({ rule }) => rule),
    );
    if (problems.length > 0) {
        throw new Error(`Policy configuration:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    }
    return policiesOf(rules).map((policy, index) => {
        const definition = rules[index];
        return definition === undefined ? policy : withSetting(policy, resolveSetting(config, definition.rule));
    });
}

/**
 * Evaluates the pack on the resources of a plan, as the engine would in a preview: resource policies on every managed
 * resource, then stack policies on all of them, also those only read.
 */
export async function evaluatePack(resources: readonly PlanResource[], options: EvaluateOptions = {}): Promise<Evaluation> {
    const policies = configuredPolicies(options.config ?? {}, options.definitions);
    const enabled = policies.filter(({ enforcementLevel }) => enforcementLevel !== "disabled");
    const resourcePolicies = enabled.filter((policy) => !("validateStack" in policy)).length;
    const analyzer = makeAnalyzer(PACK_NAME, PACK_VERSION, policies);
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const violations: Diagnostic[] = [];
    let evaluated = 0;
    for (const resource of resources.filter(({ read }) => read !== true)) {
        const analysis = await analyzer.resource(resource, findProvider(resource, byUrn));
        violations.push(...analysis.diagnostics);
        evaluated += resourcePolicies - analysis.notApplicable.length;
    }
    const analysis = await analyzer.stack(resources);
    violations.push(...analysis.diagnostics);
    evaluated += enabled.length - resourcePolicies - analysis.notApplicable.length;
    return { violations, evaluated };
}
