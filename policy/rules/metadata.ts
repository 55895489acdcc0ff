// How the instance metadata settings of one resource are judged; shared by the rules on resources and the rules that follow templates.
// Field names and defaults: EC2 API, type InstanceMetadataOptionsRequest. EC2 fills what is missing from account, then AMI defaults.
import type { Verdict } from "./rule";
import { finding, PASS, unknownAt } from "./rule";
import type { Value } from "./value";
import { asInteger, asRecord, field, isAbsent, isUnknown, pathOf, show } from "./value";

/** The names a resource type uses for its metadata settings. */
export interface MetadataFields {
    readonly tokens: string;
    /** The value of the token field that turns IMDSv1 off. */
    readonly required: string;
    readonly endpoint?: string;
    readonly hopLimit?: string;
    readonly ipv6?: string;
}

/** The metadata settings of one resource. */
export interface MetadataInput {
    /** Path of the block; empty when the settings are properties of the resource itself. */
    readonly path: string;
    readonly block: Value;
    readonly fields: MetadataFields;
    /** The resource names a launch template and has no settings of its own, so the template decides. */
    readonly followsTemplate: boolean;
}

/** Three answers: two-valued logic would turn what is not known into a pass or into a false alarm. */
type Answer = "yes" | "no" | "unknown";

function endpointDisabled(input: MetadataInput): Answer {
    const name = input.fields.endpoint;
    if (name === undefined) {
        return "no";
    }
    const endpoint = field(input.block, name);
    return isUnknown(endpoint) ? "unknown" : endpoint === "disabled" ? "yes" : "no";
}

/** Verdict on the block as a whole, or undefined when it is a map to look into. */
function judgeBlock(input: MetadataInput, id: string, wanted: string): Verdict | undefined {
    const { block, path } = input;
    if (isUnknown(block)) {
        return unknownAt(path);
    }
    if (isAbsent(block)) {
        return finding(id, path, `${path} is not set, so account or AMI defaults decide. Set ${pathOf(path, wanted)}.`);
    }
    if (asRecord(block) === undefined) {
        return finding(id, path, `${path} is ${show(block)}, expected a map. Set ${pathOf(path, wanted)}.`);
    }
    return undefined;
}

/** IMDSv2 only: tokens required, or the endpoint switched off. */
export function judgeTokens(input: MetadataInput, forbidIpv6: boolean): Verdict[] {
    if (input.followsTemplate) {
        return [PASS];
    }
    const { tokens, required, endpoint } = input.fields;
    const wanted = `${tokens} to ${JSON.stringify(required)}`;
    const block = judgeBlock(input, "tokens", wanted);
    if (block !== undefined) {
        return [block];
    }
    const disabled = endpointDisabled(input);
    if (disabled === "yes") {
        return [PASS];
    }
    return [judgeTokenValue(input, disabled, wanted, endpoint), ...judgeIpv6(input, disabled, forbidIpv6)];
}

function judgeTokenValue(input: MetadataInput, disabled: Answer, wanted: string, endpoint: string | undefined): Verdict {
    const { tokens, required } = input.fields;
    const path = pathOf(input.path, tokens);
    const value = field(input.block, tokens);
    if (value === required || (typeof value === "number" && String(value) === required)) {
        return PASS;
    }
    if (isUnknown(value)) {
        return unknownAt(path);
    }
    if (disabled === "unknown" && endpoint !== undefined) {
        return unknownAt(pathOf(input.path, endpoint));
    }
    const wrong = isAbsent(value) ? "is not set, so IMDSv1 may be answered" : `is ${show(value)}, so IMDSv1 may be answered`;
    return finding("tokens", path, `${path} ${wrong}. Set ${pathOf(input.path, wanted)}.`);
}

function judgeIpv6(input: MetadataInput, disabled: Answer, forbid: boolean): Verdict[] {
    const name = input.fields.ipv6;
    if (!forbid || name === undefined) {
        return [];
    }
    const path = pathOf(input.path, name);
    const value = field(input.block, name);
    if (isUnknown(value)) {
        return [unknownAt(path)];
    }
    if (value !== "enabled") {
        return [];
    }
    if (disabled === "unknown") {
        return [unknownAt(pathOf(input.path, input.fields.endpoint ?? ""))];
    }
    return [finding("ipv6", path, `${path} is "enabled", so fd00:ec2::254 answers too. Remove it or set it to "disabled".`)];
}

/** The answer to a token request travels at most `max` hops, so that a container with its own network namespace gets none. */
export function judgeHopLimit(input: MetadataInput, max: number): Verdict[] {
    const name = input.fields.hopLimit;
    if (input.followsTemplate || name === undefined) {
        return [PASS];
    }
    const wanted = `${name} to ${max === 1 ? "1" : `a number from 1 to ${max}`}`;
    const block = judgeBlock(input, "hop-limit", wanted);
    if (block !== undefined) {
        return [block];
    }
    const disabled = endpointDisabled(input);
    if (disabled === "yes") {
        return [PASS];
    }
    const path = pathOf(input.path, name);
    const value = field(input.block, name);
    const limit = asInteger(value);
    if (limit !== undefined && limit >= 1 && limit <= max) {
        return [PASS];
    }
    if (isUnknown(value)) {
        return [unknownAt(path)];
    }
    if (disabled === "unknown") {
        return [unknownAt(pathOf(input.path, input.fields.endpoint ?? ""))];
    }
    const wrong = isAbsent(value) ? "is not set, so account or AMI defaults decide (some AMIs ask for 2)" : `is ${show(value)}`;
    return [finding("hop-limit", path, `${path} ${wrong}. Set ${pathOf(input.path, wanted)}.`)];
}
