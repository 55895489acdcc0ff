// Calls the SDK's own analyzer functions in this process, with the messages the engine would send. What is unknown, not
// applicable or of which level is thus decided by the SDK and not by a copy of it.
import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import type { AnalyzeDiagnostic, AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import {
    AnalyzeRequest,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzeStackRequest,
    AnalyzerPropertyDependencies,
    EnforcementLevel,
    PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_SENTINEL } from "./unknown";

/** How a plan file writes a value that is not known. */
export const PLAN_UNKNOWN = "__unknown__";

/** A resource of a plan. */
export interface PlanResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** Inputs. A value that is not known is the string "__unknown__". */
    readonly props: Readonly<Record<string, unknown>>;
    /** What stack policies see in place of the inputs; the inputs when left out. */
    readonly outputs?: Readonly<Record<string, unknown>>;
    /** Id given by AWS, when it is known; stack policies see it among the outputs. */
    readonly id?: string;
    readonly parent?: string | null;
    /** URN of the provider, or the engine's reference to it (URN and id); it is looked up among the others for its default tags. */
    readonly provider?: string | null;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly protect?: boolean;
    /** Only read, not managed: the engine shows it to stack policies alone. */
    readonly read?: boolean;
    readonly opts?: { readonly ignoreChanges?: readonly string[]; readonly aliases?: readonly string[] };
}

/** One report of a policy. */
export interface Diagnostic {
    readonly policy: string;
    readonly level: "advisory" | "mandatory";
    readonly severity: "low" | "medium" | "high" | "critical" | "unspecified";
    /** Empty when the policy named no resource. */
    readonly urn: string;
    readonly message: string;
}

/** Outcome of one analyzer call. */
export interface Analysis {
    readonly diagnostics: readonly Diagnostic[];
    /** Names of the policies that did not apply. */
    readonly notApplicable: readonly string[];
}

type AnalyzerFunction<Request> = (
    call: { request: Request },
    callback: (error: Error | null | undefined, response: AnalyzeResponse | undefined) => void,
) => Promise<void>;
type MakeFunction<Request> = (pack: string, version: string, level: string, policies: Policies) => AnalyzerFunction<Request>;

/** Functions the SDK exports but leaves out of its typings. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as {
    makeAnalyzeRpcFun: MakeFunction<AnalyzeRequest>;
    makeAnalyzeStackRpcFun: MakeFunction<AnalyzeStackRequest>;
};

function wireValue(value: unknown): JavaScriptValue {
    if (value === PLAN_UNKNOWN) {
        return UNKNOWN_SENTINEL;
    }
    if (Array.isArray(value)) {
        return value.map(wireValue);
    }
    if (typeof value === "object" && value !== null) {
        const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== "function");
        return Object.fromEntries(entries.map(([key, item]) => [key, wireValue(item)]));
    }
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function struct(props: Readonly<Record<string, unknown>>): Struct {
    return Struct.fromJavaScript(wireValue(props) as Record<string, JavaScriptValue>);
}

function optionsOf({ protect, opts, parent }: PlanResource): AnalyzerResourceOptions {
    return new AnalyzerResourceOptions()
        .setProtect(protect ?? false)
        .setIgnorechangesList([...(opts?.ignoreChanges ?? [])])
        .setAliasesList([...(opts?.aliases ?? [])])
        .setParent(parent ?? "");
}

function providerOf(provider: PlanResource | undefined): AnalyzerProviderResource | undefined {
    return provider === undefined
        ? undefined
        : new AnalyzerProviderResource()
              .setType(provider.type)
              .setUrn(provider.urn)
              .setName(provider.name)
              .setProperties(struct(provider.props));
}

/** The provider of a resource among those of the plan. */
export function findProvider({ provider }: PlanResource, byUrn: ReadonlyMap<string, PlanResource>): PlanResource | undefined {
    const reference = provider ?? "";
    return byUrn.get(reference) ?? byUrn.get(reference.slice(0, Math.max(0, reference.lastIndexOf("::"))));
}

/** The engine's request about one resource. */
export function analyzeRequest(resource: PlanResource, provider?: PlanResource): AnalyzeRequest {
    return new AnalyzeRequest()
        .setType(resource.type)
        .setUrn(resource.urn)
        .setName(resource.name)
        .setProperties(struct(resource.props))
        .setOptions(optionsOf(resource))
        .setProvider(providerOf(provider));
}

/** The engine's request about a whole stack. */
export function analyzeStackRequest(resources: readonly PlanResource[]): AnalyzeStackRequest {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    return new AnalyzeStackRequest().setResourcesList(
        resources.map((resource) => {
            const { id } = resource;
            const message = new AnalyzerResource()
                .setType(resource.type)
                .setUrn(resource.urn)
                .setName(resource.name)
                .setProperties(struct({ ...(id === undefined ? {} : { id }), ...(resource.outputs ?? resource.props) }))
                .setOptions(optionsOf(resource))
                .setProvider(providerOf(findProvider(resource, byUrn)))
                .setParent(resource.parent ?? "")
                .setDependenciesList([...(resource.dependencies ?? [])]);
            for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
                message.getPropertydependenciesMap().set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
            }
            return message;
        }),
    );
}

/** A diagnostic of the protocol, without the policy's description that the SDK puts before each message. */
export function diagnosticOf(diagnostic: AnalyzeDiagnostic, urn = ""): Diagnostic {
    const description = `${diagnostic.getDescription()}\n`;
    const message = diagnostic.getMessage();
    const severity = Object.entries(PolicySeverity).find(([, value]) => value === diagnostic.getSeverity())?.[0] ?? "";
    return {
        policy: diagnostic.getPolicyname(),
        level: diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
        severity: severity.replace("POLICY_SEVERITY_", "").toLowerCase() as Diagnostic["severity"],
        urn: diagnostic.getUrn() || urn,
        message: message.startsWith(description) ? message.slice(description.length) : message,
    };
}

async function call<Request>(run: AnalyzerFunction<Request>, request: Request, urn?: string): Promise<Analysis> {
    const response = await new Promise<AnalyzeResponse>((resolve, reject) => {
        void run({ request }, (error, answer) => (answer === undefined ? reject(error ?? new Error("no answer")) : resolve(answer)));
    });
    return {
        diagnostics: response.getDiagnosticsList().map((diagnostic) => diagnosticOf(diagnostic, urn)),
        notApplicable: response.getNotApplicableList().map((policy) => policy.getPolicyName()),
    };
}

/** A pack without a server. */
export interface Analyzer {
    /** Resource policies on one resource. */
    readonly resource: (resource: PlanResource, provider?: PlanResource) => Promise<Analysis>;
    /** Stack policies on all resources. */
    readonly stack: (resources: readonly PlanResource[]) => Promise<Analysis>;
}

/** Analyzes with the given policies as a pack of this name and version would. */
export function makeAnalyzer(pack: string, version: string, policies: Policies): Analyzer {
    const analyze = makeAnalyzeRpcFun(pack, version, "advisory", policies);
    const analyzeStack = makeAnalyzeStackRpcFun(pack, version, "advisory", policies);
    return {
        resource: (resource, provider) => call(analyze, analyzeRequest(resource, provider), resource.urn),
        stack: (resources) => call(analyzeStack, analyzeStackRequest(resources)),
    };
}
