// Where each resource type keeps its instance metadata settings. Field names: typings of @pulumi/aws 7.
import type { MetadataFields, MetadataInput } from "../rules/metadata";
import { asRecord, isAbsent } from "../rules/value";
import type { Properties } from "../unknown";
import { has, read, readAll } from "../unknown";
import type { SeenResource } from "./resource";
import { AWS } from "./tokens";

interface MetadataPlace {
    /** Property that holds the block; empty when the settings are properties of the resource itself. */
    readonly path: string;
    readonly fields: MetadataFields;
    /** The type may take its settings from a launch template instead. */
    readonly template?: boolean;
}

const EC2: MetadataFields = {
    tokens: "httpTokens",
    required: "required",
    endpoint: "httpEndpoint",
    hopLimit: "httpPutResponseHopLimit",
    ipv6: "httpProtocolIpv6",
};

const PLACES: ReadonlyMap<string, MetadataPlace> = new Map([
    [AWS.launchTemplate, { path: "metadataOptions", fields: EC2 }],
    [AWS.launchConfiguration, { path: "metadataOptions", fields: EC2 }],
    [AWS.instance, { path: "metadataOptions", fields: EC2, template: true }],
    [AWS.spotInstanceRequest, { path: "metadataOptions", fields: EC2, template: true }],
    [AWS.instanceMetadataDefaults, { path: "", fields: EC2 }],
    [
        AWS.infrastructureConfiguration,
        {
            path: "instanceMetadataOptions",
            fields: { tokens: "httpTokens", required: "required", hopLimit: "httpPutResponseHopLimit" },
        },
    ],
    [
        AWS.notebookInstance,
        {
            path: "instanceMetadataServiceConfiguration",
            fields: { tokens: "minimumInstanceMetadataServiceVersion", required: "2" },
        },
    ],
]);

/** Metadata settings of a resource, or undefined when its type has none. */
export function metadataOf(resource: SeenResource): MetadataInput | undefined {
    const place = PLACES.get(resource.type);
    if (place === undefined) {
        return undefined;
    }
    const block = place.path === "" ? readAll(resource.props) : read(resource.props, place.path);
    const followsTemplate = place.template === true && isAbsent(block) && namesTemplate(resource.props);
    return { path: place.path, block, fields: place.fields, followsTemplate };
}

/** As {@link metadataOf}, for types that have a hop limit. */
export function hopLimitOf(resource: SeenResource): MetadataInput | undefined {
    const input = metadataOf(resource);
    return input?.fields.hopLimit === undefined ? undefined : input;
}

/** A launch template is named, told without reading ids: they are unknown while the template is being made. */
function namesTemplate(props: Properties): boolean {
    const template = has(props, "launchTemplate") ? read(props, "launchTemplate") : undefined;
    const record = asRecord(template);
    return record === undefined ? !isAbsent(template) : !isAbsent(record["id"]) || !isAbsent(record["name"]);
}
