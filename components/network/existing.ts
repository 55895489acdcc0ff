/** A network made elsewhere (awsx, Terraform, another stack), described by ids. Nothing is looked up or changed. */
import type * as pulumi from "@pulumi/pulumi";
import { parseCidr } from "../core/cidr";
import { Problems, show } from "../core/errors";
import type { Problem } from "../core/errors";
import type { NetworkHandle, SubnetHandle } from "../core/handles";
import { parseZone } from "../core/regions";

/** Ids of a network. Subnets must carry the tags load balancers look for; see docs/components/network.md. */
export interface ExistingNetworkArgs {
    /** VPC id, `vpc-…`. */
    vpcId: pulumi.Input<string>;
    /** IPv4 blocks of the VPC, the primary one first. */
    cidrBlocks: pulumi.Input<string>[];
    /** IPv6 block of the VPC, when it has one. Default: none. */
    ipv6CidrBlock?: pulumi.Input<string>;
    /** Public subnets. Default: none. */
    publicSubnets?: SubnetHandle[];
    /** Private subnets, for nodes and the control plane. At least one of private and public subnets is needed. */
    privateSubnets?: SubnetHandle[];
    /** Isolated subnets. Default: none. */
    isolatedSubnets?: SubnetHandle[];
    /** Subnets for pods. Default: none. */
    podSubnets?: SubnetHandle[];
}

/** Everything wrong with the ids, as far as they are plain text. */
export function validateExistingNetwork(args: ExistingNetworkArgs): Problem[] {
    const problems = new Problems();
    requireId(args.vpcId, "vpc-", "vpcId", problems);
    problems.require(args.cidrBlocks.length > 0, "cidrBlocks", "name the VPC's IPv4 block");
    args.cidrBlocks.forEach((block, index) => {
        const parsed = typeof block === "string" ? parseCidr(block) : undefined;
        if (typeof parsed === "string") {
            problems.add(`cidrBlocks[${index}]`, parsed);
        }
    });
    const lists = {
        publicSubnets: args.publicSubnets,
        privateSubnets: args.privateSubnets,
        isolatedSubnets: args.isolatedSubnets,
        podSubnets: args.podSubnets,
    };
    problems.require(
        (args.privateSubnets ?? []).length + (args.publicSubnets ?? []).length > 0,
        "privateSubnets",
        "name the subnets nodes go to",
    );
    for (const [list, subnets] of Object.entries(lists)) {
        (subnets ?? []).forEach((subnet, index) => {
            requireId(subnet.id, "subnet-", `${list}[${index}].id`, problems);
            problems.require(
                parseZone(subnet.zone) !== undefined,
                `${list}[${index}].zone`,
                `${show(subnet.zone)} is not an availability zone name such as "eu-central-1a"`,
            );
        });
    }
    return [...problems.list];
}

function requireId(id: pulumi.Input<string>, prefix: string, path: string, problems: Problems): void {
    problems.require(typeof id !== "string" || id.startsWith(prefix), path, `${show(id)} is not an id; it begins with "${prefix}"`);
}

/**
 * Describes a network by ids, for use in place of `Network`.
 *
 * @throws pulumi.InputPropertiesError naming every problem in `args`
 */
export function existingNetwork(args: ExistingNetworkArgs): NetworkHandle {
    const problems = new Problems();
    problems.addAll(validateExistingNetwork(args));
    problems.throwIfAny("Existing network");
    const subnets = {
        public: args.publicSubnets ?? [],
        private: args.privateSubnets ?? [],
        isolated: args.isolatedSubnets ?? [],
        pod: args.podSubnets ?? [],
    };
    const zones = new Set(Object.values(subnets).flatMap((list) => list.map(({ zone }) => zone)));
    return {
        vpcId: args.vpcId,
        cidrBlocks: args.cidrBlocks,
        ipv6CidrBlock: args.ipv6CidrBlock,
        zones: [...zones].sort(),
        subnets,
        dependencies: [],
    };
}
