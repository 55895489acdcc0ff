/** JSON Schema of a stack file, from the zod schema and the doc comments of the components' arguments. */
import { z } from "zod";
import { ZONE_LETTERS } from "../../components/core/regions";
import { KUBERNETES_MINORS } from "../../components/core/versions";
import { PROJECT, configSchema } from "../../stacks/config";
import { planFileSchema } from "../plan/plan-schema";
import type { InterfaceDocs } from "./doc-comments";

/** A JSON Schema node, as far as it is read here. */
export interface SchemaNode {
    type?: string;
    description?: string;
    properties?: Record<string, SchemaNode>;
    required?: string[];
    items?: SchemaNode;
    enum?: unknown[];
    examples?: unknown[];
    additionalProperties?: SchemaNode | boolean;
    interfaceName?: string;
    [keyword: string]: unknown;
}

/** Interfaces whose properties stand in one section of the configuration. */
const INTERFACES: Readonly<Record<string, string[]>> = {
    NodeGroupConfig: ["NodeGroupConfig", "ManagedNodeGroupArgs", "SelfManagedNodeGroupArgs"],
};

/** Schema of the configuration alone, every key described. */
export function configurationSchema(docs: (interfaceName: string) => InterfaceDocs): SchemaNode {
    const schema = z.toJSONSchema(configSchema, { target: "draft-7", io: "input" }) as SchemaNode;
    describe(schema, docs);
    const properties = schema.properties ?? {};
    // The loader fills these in from the stack's name and the project's defaults.
    schema.required = (schema.required ?? []).filter((key) => !["environment", "clusterKind", "kubernetesVersion"].includes(key));
    properties["kubernetesVersion"] = { ...properties["kubernetesVersion"], enum: [...KUBERNETES_MINORS] };
    return schema;
}

/** Schema of the plan file. */
export function planSchema(docs: (interfaceName: string) => InterfaceDocs): SchemaNode {
    const schema = z.toJSONSchema(planFileSchema, { target: "draft-7" }) as SchemaNode;
    describe(schema, docs);
    return { ...schema, title: "Plan file of aws-kubernetes" };
}

/** Schema of the whole stack file, for editors. */
export function stackFileSchema(configuration: SchemaNode): SchemaNode {
    const own = Object.entries(configuration.properties ?? {}).map(([key, node]): [string, SchemaNode] => [`${PROJECT}:${key}`, node]);
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Stack configuration of aws-kubernetes",
        type: "object",
        properties: {
            config: {
                type: "object",
                properties: {
                    "aws:region": { type: "string", description: "AWS region everything is made in.", examples: Object.keys(ZONE_LETTERS) },
                    ...Object.fromEntries(own),
                },
                required: ["aws:region", ...(configuration.required ?? []).map((key) => `${PROJECT}:${key}`)],
                patternProperties: { [`^(?!${PROJECT}:)[a-z-]+:`]: {} },
                additionalProperties: false,
            },
            encryptionsalt: { type: "string" },
            encryptedkey: { type: "string" },
            secretsprovider: { type: "string" },
            environment: {},
        },
        required: ["config"],
        additionalProperties: false,
    };
}

function describe(node: SchemaNode, docs: (interfaceName: string) => InterfaceDocs): void {
    const { interfaceName } = node;
    if (interfaceName !== undefined) {
        const known = new Map((INTERFACES[interfaceName] ?? [interfaceName]).flatMap((name) => [...docs(name)]));
        for (const [key, child] of Object.entries(node.properties ?? {})) {
            const text = known.get(key);
            if (text === undefined || text === "") {
                throw new Error(`${interfaceName}.${key} has no doc comment`);
            }
            child.description = text;
        }
        delete node.interfaceName;
    }
    const children = [...Object.values(node.properties ?? {}), node.items, node.additionalProperties];
    children.forEach((child) => {
        if (typeof child === "object") {
            describe(child, docs);
        }
    });
}
