// Launch templates of a stack, and the resources that refer to one. Programs pass ids that are unknown in a preview,
// so a reference is followed by the property dependencies the engine recorded, not only by its value.
import type { GroupTemplateInput } from "../rules/autoscaling-group-template";
import type { InstanceTemplateInput } from "../rules/instance-template";
import type { ReferenceInput, Template, TemplateReference } from "../rules/template-reference";
import type { Value } from "../rules/value";
import { asList, asRecord, field, isAbsent, isUnknown, pathOf } from "../rules/value";
import { read } from "../unknown";
import { metadataOf } from "./metadata";
import type { StackResource } from "./resource";
import { AWS, STACK } from "./tokens";

/** What one resource gives a rule to judge. */
export interface StackInput<Input> {
    readonly urn: string;
    readonly name: string;
    readonly input: Input;
}

/** Names of the fields by which a block refers to a template. */
interface ReferenceFields {
    readonly id: string;
    readonly name: string;
}

const SHORT: ReferenceFields = { id: "id", name: "name" };
const LONG: ReferenceFields = { id: "launchTemplateId", name: "launchTemplateName" };

/** The launch templates of a stack by URN. */
type Templates = ReadonlyMap<string, Template>;

function templatesOf(resources: readonly StackResource[]): Templates {
    const templates = new Map<string, Template>();
    for (const resource of resources) {
        const metadata = resource.type === AWS.launchTemplate ? metadataOf(resource) : undefined;
        if (metadata !== undefined) {
            templates.set(resource.urn, {
                resource: resource.name,
                id: read(resource.props, "id"),
                name: read(resource.props, "name"),
                metadata,
                updateDefaultVersion: read(resource.props, "updateDefaultVersion"),
                defaultVersion: read(resource.props, "defaultVersion"),
                latestVersion: read(resource.props, "latestVersion"),
            });
        }
    }
    return templates;
}

/** Reads the references of one resource. */
class ReferenceReader {
    constructor(
        private readonly resource: StackResource,
        private readonly resources: readonly StackResource[],
        private readonly templates: Templates,
    ) {}

    /** The reference in a block, or none when the block is not set. Providers return an empty map for a block that is not set. */
    reference(path: string, block: Value, fields: ReferenceFields): TemplateReference[] {
        if (isAbsent(block) || Object.keys(asRecord(block) ?? { set: true }).length === 0) {
            return [];
        }
        return [
            {
                path,
                id: field(block, fields.id),
                name: field(block, fields.name),
                version: field(block, "version"),
                unknownBlock: isUnknown(block),
                dependencies: this.dependencies(path),
            },
        ];
    }

    /** References in the blocks of a list; a list that is not known counts as one that depends on nothing we know. */
    references(path: string, list: Value, block: string, fields: ReferenceFields): TemplateReference[] {
        if (isUnknown(list)) {
            return this.reference(path, list, fields).map((reference) => ({ ...reference, dependencies: [] }));
        }
        return (asList(list) ?? []).flatMap((item, index) =>
            this.reference(pathOf(path, String(index), block), field(item, block), fields),
        );
    }

    /** Templates whose outputs went into the property, by the engine's record; else those the resource depends on at all. */
    dependencies(path: string): readonly Template[] {
        const [property = path] = path.split(".");
        const byProperty = this.templatesAmong(this.resource.propertyDependencies[property] ?? []);
        return byProperty.length > 0 ? byProperty : this.templatesAmong(this.resource.dependencies);
    }

    /** Whether the program gave an unknown property, rather than the provider computing it: then it depends on something. */
    given(property: string): boolean {
        return (this.resource.propertyDependencies[property] ?? []).length > 0;
    }

    /** A dependency on a component stands for the templates below it: remote components report themselves. */
    private templatesAmong(dependencies: readonly StackResource[]): Template[] {
        const found = new Set<Template>();
        for (const dependency of dependencies) {
            const template = this.templates.get(dependency.urn);
            if (template !== undefined) {
                found.add(template);
            } else if (!dependency.type.startsWith("aws:") && dependency.type !== STACK) {
                this.templatesBelow(dependency.urn).forEach((child) => found.add(child));
            }
        }
        return [...found];
    }

    private templatesBelow(urn: string): Template[] {
        return this.resources
            .filter((resource) => this.templates.has(resource.urn) && isBelow(resource, urn))
            .flatMap((resource) => this.templates.get(resource.urn) ?? []);
    }
}

function isBelow(resource: StackResource, urn: string): boolean {
    for (let parent = resource.parent; parent !== undefined; parent = parent.parent) {
        if (parent.urn === urn) {
            return true;
        }
    }
    return false;
}

/** Collects the inputs of a rule from all resources of the given types. */
function collect<Input>(
    resources: readonly StackResource[],
    types: readonly string[],
    make: (resource: StackResource, reader: ReferenceReader, templates: readonly Template[]) => Input,
): StackInput<Input>[] {
    const users = resources.filter((resource) => types.includes(resource.type));
    const templates = users.length === 0 ? new Map<string, Template>() : templatesOf(resources);
    const all = [...templates.values()];
    return users.map((resource) => ({
        urn: resource.urn,
        name: resource.name,
        input: make(resource, new ReferenceReader(resource, resources, templates), all),
    }));
}

/** Managed node groups and the template they name. */
export function nodeGroups(resources: readonly StackResource[]): StackInput<ReferenceInput>[] {
    return collect(resources, [AWS.nodeGroup], ({ props }, reader, templates) => ({
        references: reader.reference("launchTemplate", read(props, "launchTemplate"), SHORT),
        templates,
    }));
}

/** Auto Scaling groups and every template they name. */
export function autoscalingGroups(resources: readonly StackResource[]): StackInput<GroupTemplateInput>[] {
    return collect(resources, [AWS.autoscalingGroup], ({ props }, reader, templates) => {
        const single = reader.reference("launchTemplate", read(props, "launchTemplate"), SHORT);
        const mixed = mixedReferences(read(props, "mixedInstancesPolicy"), reader);
        return { references: withoutComputed([...single, ...mixed]), templates, launchConfiguration: read(props, "launchConfiguration") };
    });
}

/** A block the program left out can be unknown in a preview because the provider computes it; another, known block tells so. */
function withoutComputed(references: TemplateReference[]): TemplateReference[] {
    const known = references.filter((reference) => !reference.unknownBlock || reference.path.includes("."));
    return known.length > 0 ? known : references;
}

function mixedReferences(policy: Value, reader: ReferenceReader): TemplateReference[] {
    const path = "mixedInstancesPolicy";
    if (isUnknown(policy)) {
        return reader.reference(path, policy, LONG);
    }
    const template = field(policy, "launchTemplate");
    const below = pathOf(path, "launchTemplate");
    if (isUnknown(template)) {
        return reader.reference(below, template, LONG);
    }
    const specification = "launchTemplateSpecification";
    return [
        ...reader.reference(pathOf(below, specification), field(template, specification), LONG),
        ...reader.references(pathOf(below, "overrides"), field(template, "overrides"), specification, LONG),
    ];
}

/** Instances, spot requests and fleets with the templates they name. */
export function launchingResources(resources: readonly StackResource[]): StackInput<InstanceTemplateInput>[] {
    const types = [AWS.instance, AWS.spotInstanceRequest, AWS.fleet, AWS.spotFleetRequest, AWS.gameServerGroup];
    return collect(resources, types, (resource, reader, templates) => {
        const { props, type } = resource;
        const own = metadataOf(resource);
        const decides = own !== undefined && (!isUnknown(own.block) || reader.given(own.path));
        const configs = read(props, "launchTemplateConfigs");
        const fields = type === AWS.spotFleetRequest ? SHORT : LONG;
        return {
            references: [
                ...reader.reference("launchTemplate", read(props, "launchTemplate"), SHORT),
                ...reader.references("launchTemplateConfigs", configs, "launchTemplateSpecification", fields),
            ],
            templates,
            ownMetadata: decides ? { ...own, followsTemplate: false } : undefined,
            launchSpecifications: read(props, "launchSpecifications"),
            templateOnly: own === undefined,
        };
    });
}
