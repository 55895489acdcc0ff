import { expect } from "chai";
import * as fc from "fast-check";
import {
    Family,
    addressBits,
    contains,
    formatCidr,
    isPrivate,
    overlaps,
    parseCidr,
    requireCidr,
    size,
    subnetOf,
} from "../../../components/core/cidr";
import type { CidrBlock } from "../../../components/core/cidr";

const anyBlock = fc.constantFrom(Family.Ipv4, Family.Ipv6).chain((family) =>
    fc.integer({ min: 0, max: addressBits(family) }).chain((prefixLength) => {
        const hostBits = BigInt(addressBits(family) - prefixLength);
        return fc
            .bigInt({ min: 0n, max: (1n << BigInt(prefixLength)) - 1n })
            .map((network): CidrBlock => ({ family, prefixLength, first: network << hostBits }));
    }),
);
const twoOfOneFamily = fc.tuple(anyBlock, anyBlock).filter(([a, b]) => a.family === b.family);

/** First and last address, worked out without the code under test. */
function range({ family, first, prefixLength }: CidrBlock): [bigint, bigint] {
    return [first, first + 2n ** BigInt((family === Family.Ipv4 ? 32 : 128) - prefixLength) - 1n];
}

describe("parseCidr", () => {
    it("reads back what formatCidr wrote, for any block of either family", () => {
        fc.assert(fc.property(anyBlock, (block) => void expect(parseCidr(formatCidr(block))).to.deep.equal(block)));
    });

    it("reads an IPv4 block as number and prefix", () => {
        expect(parseCidr("10.1.0.0/16")).to.deep.equal({ family: 4, first: (10n << 24n) + (1n << 16n), prefixLength: 16 });
    });

    it("reads an IPv6 block as number and prefix", () => {
        expect(parseCidr("2600:1f14::/32")).to.deep.equal({ family: 6, first: 0x26001f14n << 96n, prefixLength: 32 });
    });

    it("suggests the block itself when host bits are set, for any address", () => {
        const withHostBits = anyBlock.filter((block) => size(block) > 1n);
        fc.assert(
            fc.property(withHostBits, (block) => {
                const shifted = formatCidr({ ...block, first: block.first + 1n });
                expect(parseCidr(shifted)).to.equal(`${JSON.stringify(shifted)} has host bits set; did you mean "${formatCidr(block)}"?`);
            }),
        );
    });

    it("asks for a prefix length where there is none", () => {
        expect(parseCidr("10.0.0.0")).to.equal('"10.0.0.0" has no prefix length; write it like "10.0.0.0/16"');
    });

    for (const text of [
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0/16",
        "256.0.0.0/8",
        "010.0.0.0/8",
        "10.0.0.0/16/16",
        "::/129",
        " 10.0.0.0/16",
    ]) {
        it(`refuses ${JSON.stringify(text)}`, () => {
            expect(parseCidr(text)).to.match(/is not a CIDR block/);
        });
    }
});

describe("requireCidr", () => {
    it("throws with the reason", () => {
        expect(() => requireCidr("nonsense")).to.throw("no prefix length");
    });
});

describe("size", () => {
    it("is the number of addresses between first and last", () => {
        fc.assert(
            fc.property(anyBlock, (block) => {
                const [first, last] = range(block);
                expect(size(block)).to.equal(last - first + 1n);
            }),
        );
    });
});

describe("overlaps", () => {
    it("agrees with comparing first and last addresses", () => {
        fc.assert(
            fc.property(twoOfOneFamily, ([a, b]) => {
                const [firstA, lastA] = range(a);
                const [firstB, lastB] = range(b);
                expect(overlaps(a, b)).to.equal(!(lastA < firstB || lastB < firstA));
            }),
        );
    });

    it("is false across families", () => {
        expect(overlaps(requireCidr("0.0.0.0/0"), requireCidr("::/0"))).to.equal(false);
    });

    it("is false for neighbours", () => {
        expect(overlaps(requireCidr("10.0.0.0/17"), requireCidr("10.0.128.0/17"))).to.equal(false);
    });
});

describe("contains", () => {
    it("agrees with comparing first and last addresses", () => {
        fc.assert(
            fc.property(twoOfOneFamily, ([outer, inner]) => {
                const [firstOuter, lastOuter] = range(outer);
                const [firstInner, lastInner] = range(inner);
                expect(contains(outer, inner)).to.equal(firstOuter <= firstInner && lastInner <= lastOuter);
            }),
        );
    });

    it("holds between a block and itself", () => {
        fc.assert(fc.property(anyBlock, (block) => void expect(contains(block, block)).to.equal(true)));
    });

    it("is false across families", () => {
        expect(contains(requireCidr("::/0"), requireCidr("10.0.0.0/8"))).to.equal(false);
    });
});

describe("subnetOf", () => {
    it("is the index-th block by plain arithmetic", () => {
        const places = anyBlock.chain((parent) =>
            fc
                .integer({ min: parent.prefixLength, max: Math.min(addressBits(parent.family), parent.prefixLength + 20) })
                .chain((prefixLength) =>
                    fc
                        .integer({ min: 0, max: 2 ** (prefixLength - parent.prefixLength) - 1 })
                        .map((index) => ({ parent, prefixLength, index })),
                ),
        );
        fc.assert(
            fc.property(places, ({ parent, prefixLength, index }) => {
                const child = requireCidr(subnetOf(formatCidr(parent), prefixLength, index));
                const step = 2n ** BigInt(addressBits(parent.family) - prefixLength);
                expect(child).to.deep.equal({ family: parent.family, prefixLength, first: parent.first + BigInt(index) * step });
            }),
        );
    });

    it("gives the last block of its parent", () => {
        expect(subnetOf("10.0.0.0/16", 19, 7)).to.equal("10.0.224.0/19");
    });

    it("refuses the block after the last", () => {
        expect(() => subnetOf("10.0.0.0/16", 19, 8)).to.throw("block 8 of /19 does not fit in 10.0.0.0/16");
    });

    it("refuses a negative index", () => {
        expect(() => subnetOf("10.0.0.0/16", 19, -1)).to.throw("does not fit");
    });

    it("refuses a prefix shorter than its parent's", () => {
        expect(() => subnetOf("10.0.0.0/16", 15, 0)).to.throw("does not fit");
    });

    it("cuts /64 blocks out of an IPv6 /56", () => {
        expect(subnetOf("2600:1f14:abc:de00::/56", 64, 255)).to.equal("2600:1f14:abc:deff::/64");
    });
});

describe("isPrivate", () => {
    for (const text of ["10.0.0.0/8", "172.16.0.0/12", "172.31.0.0/16", "192.168.4.0/22", "100.64.0.0/10", "100.127.0.0/16"]) {
        it(`holds for ${text}`, () => {
            expect(isPrivate(requireCidr(text))).to.equal(true);
        });
    }
    for (const text of ["8.0.0.0/16", "172.32.0.0/16", "192.169.0.0/16", "100.128.0.0/16", "2600::/32"]) {
        it(`does not hold for ${text}`, () => {
            expect(isPrivate(requireCidr(text))).to.equal(false);
        });
    }
});
