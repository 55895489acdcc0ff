/** Reads user data back the way a node would, and makes facts to render. */
import * as fc from "fast-check";
import { parse as parseYaml } from "yaml";
import { TaintEffect } from "../../../components/user-data";
import type { ClusterFacts, NodeFacts, TaintArgs } from "../../../components/user-data";
import { parseToml } from "../../../components/user-data/toml";

/** One part of a MIME document. */
export interface Part {
    contentType: string;
    body: string;
}

/** Splits a multipart document by the boundary its header names (RFC 2046 §5.1). */
export function parseMime(text: string): Part[] {
    const boundary = /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="([^"]+)"\n\n/.exec(text)?.[1];
    if (boundary === undefined) {
        throw new Error("no multipart header");
    }
    const [, ...sections] = `\n${text}`.split(`\n--${boundary}`);
    const end = sections.pop();
    if (end === undefined || !end.startsWith("--")) {
        throw new Error("no closing boundary");
    }
    return sections.map((section) => {
        const [head = "", ...body] = section.replace(/^\n/, "").split("\n\n");
        const contentType = /^Content-Type: ([^;\n]+)/m.exec(head)?.[1] ?? "";
        return { contentType, body: body.join("\n\n") };
    });
}

/* eslint-disable @typescript-eslint/no-explicit-any */
/** The NodeConfig of a MIME document. */
export function nodeConfigOf(text: string): any {
    const part = parseMime(text).find(({ contentType }) => contentType === "application/node.eks.aws");
    return part === undefined ? undefined : parseYaml(part.body);
}

/** The settings of a TOML document. */
export function settingsOf(text: string): any {
    return parseToml(text)["settings"];
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** A cluster. */
export const CLUSTER: ClusterFacts = {
    name: "prod",
    endpoint: "https://ABC.gr7.eu-central-1.eks.amazonaws.com",
    certificateAuthority: "Q0E=",
    serviceCidr: "172.20.0.0/16",
};

/** A node with nothing set but what is given. */
export function node(facts: Partial<NodeFacts> = {}): NodeFacts {
    return { labels: {}, taints: [], kubelet: {}, ...facts };
}

const name = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/).filter((text) => text !== "__proto__");
const prefix = fc.constantFrom("", "example.com/", "team.example.org/", "node.kubernetes.io/");
/** Label and taint keys. */
export const anyKey = fc.tuple(prefix, name).map(([before, after]) => before + after);
/** Label and taint values. */
export const anyValue = fc.oneof(fc.constant(""), name);
/** Sets of labels. */
export const anyLabels: fc.Arbitrary<Record<string, string>> = fc.dictionary(anyKey, anyValue, { maxKeys: 6, noNullPrototype: true });
/** Lists of taints, each key and effect once. */
export const anyTaints: fc.Arbitrary<TaintArgs[]> = fc.uniqueArray(
    fc.record({ key: anyKey, value: anyValue, effect: fc.constantFrom(...Object.values(TaintEffect)) }),
    { maxLength: 6, selector: (taint) => `${taint.key}:${taint.effect}` },
);
