import { expect } from "chai";
import * as fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { Problems, inputProblems, joinPath, nearest, show } from "../../../components/core/errors";

function raised(problems: Problems): pulumi.InputPropertiesError {
    try {
        problems.throwIfAny("Network");
    } catch (error) {
        if (pulumi.InputPropertiesError.isInstance(error)) {
            return error;
        }
    }
    throw new Error("nothing was raised");
}

describe("Problems", () => {
    it("puts its prefix before every path", () => {
        const problems = new Problems("nodeGroups.apps");
        problems.add("maxSize", "too small");
        expect(problems.list).to.deep.equal([{ path: "nodeGroups.apps.maxSize", reason: "too small" }]);
    });

    it("records nothing for a condition that holds", () => {
        const problems = new Problems();
        problems.require(true, "a", "b");
        expect(problems.list).to.deep.equal([]);
    });

    it("takes over problems found elsewhere below a path", () => {
        const inner = new Problems();
        inner.add("[0].effect", "unknown");
        const outer = new Problems("apps");
        outer.addAll(inner.list, "taints");
        expect(outer.list.map(({ path }) => path)).to.deep.equal(["apps.taints[0].effect"]);
    });

    it("raises nothing when nothing is wrong", () => {
        expect(() => new Problems().throwIfAny("Network")).not.to.throw();
    });

    it("raises several problems at once, each with its path", () => {
        const problems = new Problems();
        problems.add("a", "first");
        problems.add("b.c", "second");
        expect(raised(problems).errors).to.deep.equal([
            { propertyPath: "a", reason: "first" },
            { propertyPath: "b.c", reason: "second" },
        ]);
    });

    it("says in its message what was judged, how much is wrong, and every line", () => {
        const problems = new Problems();
        problems.add("a", "first");
        problems.add("", "second");
        expect(raised(problems).message).to.equal("Network: 2 problems\n  a: first\n  (all): second");
    });

    it("counts one problem in the singular", () => {
        expect(inputProblems("Network", [{ path: "a", reason: "b" }]).message).to.match(/^Network: 1 problem\n/);
    });
});

describe("joinPath", () => {
    it("needs no dot before an index", () => {
        expect(joinPath("zones", "[1]")).to.equal("zones[1]");
    });

    it("leaves out an empty part", () => {
        expect([joinPath("", "a"), joinPath("a", "")]).to.deep.equal(["a", "a"]);
    });
});

describe("show", () => {
    it("quotes text", () => {
        expect(show("a")).to.equal('"a"');
    });

    it("shows undefined as a word", () => {
        expect(show(undefined)).to.equal("undefined");
    });

    it("is never longer than 80 characters", () => {
        fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void expect(show(text).length).to.be.at.most(80)));
    });
});

describe("nearest", () => {
    it("finds a name with two letters exchanged", () => {
        expect(nearest("eu-cnetral-1", ["eu-central-1", "us-east-1"])).to.equal("eu-central-1");
    });

    it("does not mind capitals", () => {
        expect(nearest("ROUTE", ["route", "subnet"])).to.equal("route");
    });

    it("finds nothing when nothing is near", () => {
        expect(nearest("banana", ["eu-central-1", "us-east-1"])).to.equal(undefined);
    });

    it("takes the nearer of two", () => {
        expect(nearest("ecr.apj", ["ecr.dkr", "ecr.api"])).to.equal("ecr.api");
    });

    it("finds any name with one letter missing", () => {
        const names = ["autoscaling", "elasticloadbalancing", "secretsmanager", "monitoring"];
        fc.assert(
            fc.property(fc.constantFrom(...names), fc.nat(8), (name, index) => {
                expect(nearest(name.slice(0, index) + name.slice(index + 1), names)).to.equal(name);
            }),
        );
    });
});
