/** A small valid configuration, changed one key at a time. */
import { ConfigurationError, loadConfig } from "../../../stacks/config";
import type { StackConfig } from "../../../stacks/config";

/** Keys without namespace; `aws:region` stands beside them. */
export type Raw = Record<string, unknown>;

const BASE: Raw = {
    "aws:region": "eu-central-1",
    environment: "dev",
    kubernetesVersion: "1.35",
    network: { cidrBlock: "10.0.0.0/16", zoneCount: 2, nat: { strategy: "single" } },
    access: {
        entries: {
            admin: { principalArn: "arn:aws:iam::123456789012:role/platform", policies: [{ policy: "AmazonEKSClusterAdminPolicy" }] },
        },
    },
    nodeGroups: { apps: { kind: "managed", instanceTypes: ["m6i.large"], minSize: 1, maxSize: 3 } },
};

/** The base with the value at each dotted path replaced; undefined removes it. */
export function changed(changes: Raw): Raw {
    const copy = structuredClone(BASE);
    for (const [path, value] of Object.entries(changes)) {
        const parts = path.split("/");
        const last = parts.pop() ?? "";
        let at = copy;
        for (const part of parts) {
            at = (at[part] ??= {}) as Raw;
        }
        if (value === undefined) {
            delete at[last];
        } else {
            at[last] = value;
        }
    }
    return copy;
}

/** As the engine hands values to a program: text, structured values as JSON, keys with their namespace. */
export function engineValues(raw: Raw): Record<string, string> {
    return Object.fromEntries(
        Object.entries(raw).map(([key, value]) => [
            key.includes(":") ? key : `aws-kubernetes:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

/** Loads the base with changes. */
export function load(changes: Raw = {}): StackConfig {
    return loadConfig(engineValues(changed(changes)), { stack: "dev" });
}

/** The error of an action, which must be one of configuration. */
export function errorOf(action: () => unknown): ConfigurationError {
    try {
        action();
    } catch (error) {
        if (error instanceof ConfigurationError) {
            return error;
        }
        throw error;
    }
    throw new Error("nothing was refused");
}
