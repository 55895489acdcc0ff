/** A resource monitor that records registrations and answers with deterministic ids and ARNs. */
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { fakeId, fakeInvoke, fakeOutputs } from "./fakes";
import type { RecordedResource } from "./resource";
import { plainValue } from "./values";

type Callback<T> = (error: Error | null, response?: T) => void;

const STACK_TYPE = "pulumi:pulumi:Stack";

/** Implements the calls of the engine's monitor that the SDK makes. */
export class RecordingMonitor {
    readonly resources: RecordedResource[] = [];
    readonly failures: Error[] = [];
    stackOutputs: Record<string, unknown> = {};
    private readonly byUrn = new Map<string, RecordedResource>();
    private stackUrn = "";

    constructor(
        readonly preview: boolean,
        readonly project: string,
        readonly stack: string,
    ) {}

    registerResource(request: resource.RegisterResourceRequest, callback: Callback<resource.RegisterResourceResponse>): void {
        const wire = request.getObject()?.toJavaScript() ?? {};
        const recorded = this.fromRequest(request, wire);
        if (recorded.type === STACK_TYPE) {
            this.stackUrn = recorded.urn;
        } else {
            this.keep(recorded);
        }
        const response = new resource.RegisterResourceResponse();
        response.setUrn(recorded.urn);
        if (!recorded.custom) {
            response.setObject(Struct.fromJavaScript({}));
        } else if (this.preview) {
            response.setObject(request.getObject() ?? Struct.fromJavaScript({}));
        } else {
            const id = fakeId(recorded);
            const computed = fakeOutputs(recorded, id);
            recorded.id = id;
            recorded.state = { ...recorded.inputs, ...computed };
            response.setId(id);
            response.setObject(Struct.fromJavaScript({ ...wire, ...computed } as Record<string, JavaScriptValue>));
        }
        callback(null, response);
    }

    readResource(request: resource.ReadResourceRequest, callback: Callback<resource.ReadResourceResponse>): void {
        const wire = request.getProperties()?.toJavaScript() ?? {};
        const recorded: RecordedResource = {
            ...this.identity(request.getType(), request.getName(), request.getParent()),
            ...emptyRecord(),
            custom: true,
            read: true,
            provider: request.getProvider() || null,
            inputs: plainValue(wire).value as Record<string, unknown>,
            dependencies: request.getDependenciesList(),
        };
        this.keep(recorded);
        const response = new resource.ReadResourceResponse();
        response.setUrn(recorded.urn);
        const outputs = { ...wire, ...fakeOutputs(recorded, request.getId()) } as Record<string, JavaScriptValue>;
        response.setProperties(Struct.fromJavaScript(outputs));
        callback(null, response);
    }

    registerResourceOutputs(request: resource.RegisterResourceOutputsRequest, callback: Callback<object>): void {
        const outputs = plainValue(request.getOutputs()?.toJavaScript() ?? {}).value as Record<string, unknown>;
        const recorded = this.byUrn.get(request.getUrn());
        if (recorded !== undefined) {
            recorded.outputs = outputs;
        } else {
            this.stackOutputs = outputs;
        }
        callback(null, {});
    }

    invoke(request: resource.ResourceInvokeRequest, callback: Callback<provider.InvokeResponse>): void {
        try {
            const inputs = plainValue(request.getArgs()?.toJavaScript() ?? {}).value as Record<string, unknown>;
            const response = new provider.InvokeResponse();
            response.setReturn(Struct.fromJavaScript(fakeInvoke(request.getTok(), inputs) as Record<string, JavaScriptValue>));
            callback(null, response);
        } catch (error) {
            this.failures.push(error as Error);
            callback(error as Error);
        }
    }

    supportsFeature(request: resource.SupportsFeatureRequest, callback: Callback<{ getHassupport: () => boolean }>): void {
        const supported = request.getId() !== "outputValues";
        callback(null, { getHassupport: () => supported });
    }

    registerPackage(_request: unknown, callback: Callback<resource.RegisterPackageResponse>): void {
        callback(null, new resource.RegisterPackageResponse());
    }

    close(): void {
        // Nothing is open.
    }

    private fromRequest(request: resource.RegisterResourceRequest, wire: unknown): RecordedResource {
        const inputs = plainValue(wire);
        const propertyDependencies: Record<string, string[]> = {};
        request
            .getPropertydependenciesMap()
            .forEach((dependencies: resource.RegisterResourceRequest.PropertyDependencies, property: string) => {
                propertyDependencies[property] = [...dependencies.getUrnsList()].sort();
            });
        return {
            ...this.identity(request.getType(), request.getName(), request.getParent()),
            ...emptyRecord(),
            custom: request.getCustom(),
            provider: request.getProvider() || null,
            inputs: inputs.value as Record<string, unknown>,
            secrets: inputs.secrets,
            dependencies: [...request.getDependenciesList()].sort(),
            propertyDependencies,
            protect: (request.getProtect() ?? false) || this.parentProtects(request),
            ignoreChanges: request.getIgnorechangesList(),
            aliases: request.getAliasesList().map((alias) => alias.toObject()),
            deleteBeforeReplace: request.getDeletebeforereplace() ?? false,
            retainOnDelete: request.getRetainondelete() ?? false,
            additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        };
    }

    /** The SDK hands `protect` down itself; this holds for children registered without a word on it. */
    private parentProtects(request: resource.RegisterResourceRequest): boolean {
        return !request.hasProtect() && (this.byUrn.get(request.getParent())?.protect ?? false);
    }

    private identity(type: string, name: string, parent: string): Pick<RecordedResource, "urn" | "type" | "name" | "parent"> {
        const parentType = parent === "" || parent === this.stackUrn ? "" : `${parent.split("::")[2] ?? ""}$`;
        const urn = `urn:pulumi:${this.stack}::${this.project}::${parentType}${type}::${name}`;
        return { urn, type, name, parent: parentType === "" ? null : parent };
    }

    /** A duplicate is answered like any other, so that the program runs to its end; `record` then rejects. */
    private keep(recorded: RecordedResource): void {
        if (this.byUrn.has(recorded.urn)) {
            this.failures.push(new Error(`Duplicate resource URN ${recorded.urn}; give the resource another name`));
            return;
        }
        this.byUrn.set(recorded.urn, recorded);
        this.resources.push(recorded);
    }
}

function emptyRecord(): Omit<RecordedResource, "urn" | "type" | "name" | "parent"> {
    return {
        custom: false,
        read: false,
        provider: null,
        inputs: {},
        secrets: [],
        dependencies: [],
        propertyDependencies: {},
        protect: false,
        ignoreChanges: [],
        aliases: [],
        deleteBeforeReplace: false,
        retainOnDelete: false,
        additionalSecretOutputs: [],
    };
}
