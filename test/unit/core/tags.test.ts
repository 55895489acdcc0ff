import { expect } from "chai";
import { Problems } from "../../../components/core/errors";
import { MAX_TAGS, clusterTagKey, mergeTags, validateTags } from "../../../components/core/tags";

function problemsOf(tags: Record<string, unknown> | undefined): string[] {
    const problems = new Problems();
    validateTags(tags, "tags", problems);
    return problems.list.map(({ path, reason }) => `${path}: ${reason}`);
}

function numbered(count: number): Record<string, string> {
    return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, "value"]));
}

describe("mergeTags", () => {
    it("lets later sets win", () => {
        expect(mergeTags("x", { Owner: "a", Team: "a" }, { Owner: "b" })).to.include({ Owner: "b", Team: "a" });
    });

    it("sets Name last, whatever the sets say", () => {
        expect(mergeTags("x", { Name: "other" })["Name"]).to.equal("x");
    });

    it("passes over sets that are not there", () => {
        expect(mergeTags("x", undefined, { a: "b" }, undefined)).to.deep.equal({ a: "b", Name: "x" });
    });

    it("leaves the sets as they are", () => {
        const tags = { Owner: "a" };
        mergeTags("x", tags, { Owner: "b" });
        expect(tags).to.deep.equal({ Owner: "a" });
    });
});

describe("clusterTagKey", () => {
    it("is the key the cloud provider looks for", () => {
        expect(clusterTagKey("prod")).to.equal("kubernetes.io/cluster/prod");
    });
});

describe("validateTags", () => {
    it("takes what AWS takes", () => {
        expect(problemsOf({ "kubernetes.io/role/elb": "1", "Kosten stelle": "A_b.c:d/e=f+g-h@i ü", empty: "" })).to.deep.equal([]);
    });

    it("takes no tags at all", () => {
        expect(problemsOf(undefined)).to.deep.equal([]);
    });

    it("passes over values known only later", () => {
        expect(problemsOf({ id: Promise.resolve("x") })).to.deep.equal([]);
    });

    it(`takes ${MAX_TAGS} tags`, () => {
        expect(problemsOf(numbered(MAX_TAGS))).to.deep.equal([]);
    });

    for (const [what, tags, expected] of [
        ["a tag too many", numbered(51), /^tags: 51 tags, and AWS takes at most 50/],
        ["an empty key", { "": "x" }, /tag key of 0 characters/],
        ["a key of 129 characters", { ["k".repeat(129)]: "x" }, /tag key of 129 characters; use 1 to 128/],
        ["a value of 257 characters", { k: "v".repeat(257) }, /^tags\.k: tag value of 257 characters/],
        ["a key with a character AWS refuses", { "a#b": "x" }, /^tags\.a#b: tag key "a#b" has a character/],
        ["a value with a character AWS refuses", { a: "<x>" }, /^tags\.a: tag value "<x>" has a character/],
        ["the reserved prefix", { "aws:owner": "x" }, /prefix "aws:" is reserved/],
        ["the reserved prefix in capitals", { "AWS:owner": "x" }, /prefix "aws:" is reserved/],
    ] as [string, Record<string, string>, RegExp][]) {
        it(`refuses ${what}`, () => {
            expect(problemsOf(tags)).to.have.length(1);
            expect(problemsOf(tags)[0]).to.match(expected);
        });
    }

    it("takes a key and a value of the greatest length", () => {
        expect(problemsOf({ ["k".repeat(128)]: "v".repeat(256) })).to.deep.equal([]);
    });
});
