/** CIDR arithmetic on plain text, for both families. Wraps the `ip-address` library behind the few questions asked here. */
import { Address4, Address6 } from "ip-address";

/** Address families. */
export const Family = { Ipv4: 4, Ipv6: 6 } as const;
/** Address families. */
export type Family = (typeof Family)[keyof typeof Family];

/** A parsed block: first address and prefix length. */
export interface CidrBlock {
    family: Family;
    /** First address as a number. */
    first: bigint;
    /** Prefix length in bits. */
    prefixLength: number;
}

/** Bits in an address of the family. */
export function addressBits(family: Family): number {
    return family === Family.Ipv4 ? 32 : 128;
}

/** Parses `10.0.0.0/16` or `2600:1f14::/56`; a string says what is wrong. Host bits must be zero. */
export function parseCidr(text: string): CidrBlock | string {
    if (!text.includes("/")) {
        return `${JSON.stringify(text)} has no prefix length; write it like "10.0.0.0/16"`;
    }
    const isIpv6 = text.includes(":");
    try {
        const address = isIpv6 ? new Address6(text) : new Address4(text);
        const block: CidrBlock = {
            family: isIpv6 ? Family.Ipv6 : Family.Ipv4,
            first: address.startAddress().bigInt(),
            prefixLength: address.subnetMask,
        };
        if (address.bigInt() !== block.first) {
            return `${JSON.stringify(text)} has host bits set; did you mean "${formatCidr(block)}"?`;
        }
        return block;
    } catch {
        return `${JSON.stringify(text)} is not a CIDR block; write it like "10.0.0.0/16"`;
    }
}

/** Parses a block that was validated before. */
export function requireCidr(text: string): CidrBlock {
    const block = parseCidr(text);
    if (typeof block === "string") {
        throw new Error(block);
    }
    return block;
}

/** Writes a block in its shortest usual form. */
export function formatCidr(block: CidrBlock): string {
    const address = block.family === Family.Ipv4 ? Address4.fromBigInt(block.first) : Address6.fromBigInt(block.first);
    return `${address.correctForm()}/${block.prefixLength}`;
}

/** Number of addresses in a block. */
export function size(block: CidrBlock): bigint {
    return 1n << BigInt(addressBits(block.family) - block.prefixLength);
}

/** Whether two blocks share an address. */
export function overlaps(a: CidrBlock, b: CidrBlock): boolean {
    return a.family === b.family && a.first < b.first + size(b) && b.first < a.first + size(a);
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: CidrBlock, inner: CidrBlock): boolean {
    return outer.family === inner.family && outer.first <= inner.first && inner.first + size(inner) <= outer.first + size(outer);
}

/**
 * The `index`-th block of `prefixLength` inside `parent`. Written out for text, because the parent is often an
 * output: `subnetOf("10.0.0.0/16", 19, 1)` is `10.0.32.0/19`.
 */
export function subnetOf(parent: string, prefixLength: number, index: number): string {
    const block = requireCidr(parent);
    const step = 1n << BigInt(addressBits(block.family) - prefixLength);
    const child: CidrBlock = { family: block.family, first: block.first + step * BigInt(index), prefixLength };
    if (prefixLength < block.prefixLength || !contains(block, child)) {
        throw new Error(`block ${index} of /${prefixLength} does not fit in ${parent}`);
    }
    return formatCidr(child);
}

/** Private ranges of RFC 1918 and the shared range of RFC 6598, which VPCs may use. */
export const PRIVATE_RANGES: readonly CidrBlock[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(requireCidr);

/** Whether a block lies in a range that is not routed on the internet. */
export function isPrivate(block: CidrBlock): boolean {
    return PRIVATE_RANGES.some((range) => contains(range, block));
}
