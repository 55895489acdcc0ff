import { expect } from "chai";
import * as fc from "fast-check";
import { Problems } from "../../../components/core/errors";
import { Architecture, architectureOf, knownInstanceTypes } from "../../../components/node-groups";
import { validateInstanceTypes } from "../../../components/node-groups/instance-types";

function problemsOf(types: string[], allowUnknown = false): string[] {
    const problems = new Problems();
    validateInstanceTypes(types, allowUnknown, "instanceTypes", problems);
    return problems.list.map(({ path, reason }) => `${path}: ${reason}`);
}

describe("instance types", () => {
    for (const type of ["m6i.large", "c7gn.16xlarge", "u-6tb1.112xlarge", "p4d.24xlarge", "c7i.metal-24xl", "m7i-flex.large"]) {
        it(`takes ${type}`, () => {
            expect(problemsOf([type])).to.deep.equal([]);
        });
    }

    it("takes every type of the table that can run Linux", () => {
        const refused = knownInstanceTypes().filter((type) => !type.startsWith("mac") && problemsOf([type]).length > 0);
        expect(refused).to.deep.equal([]);
    });

    it("refuses a size no type has, with the sizes of the family", () => {
        expect(problemsOf(["t3.foo"]).join()).to.match(/^instanceTypes\[0\]: "t3\.foo" is no instance type; (did you mean "t3\.|t3 has )/);
    });

    it("suggests the nearest size of the family", () => {
        expect(problemsOf(["m6i.larg"]).join()).to.contain('did you mean "m6i.large"?');
    });

    it("suggests the nearest type of a family it does not know", () => {
        expect(problemsOf(["m6ii.large"]).join()).to.contain("did you mean");
    });

    it("refuses a type of right shape that it does not know", () => {
        expect(problemsOf(["m99i.large"]).join()).to.contain("allowUnknownInstanceTypes");
    });

    it("takes an unknown type of right shape when told to", () => {
        expect(problemsOf(["m99i.large"], true)).to.deep.equal([]);
    });

    it("refuses a wrong shape even so", () => {
        expect(problemsOf(["large"], true)).to.have.length(1);
    });

    it("refuses types that run macOS only", () => {
        expect(problemsOf(["mac2-m2.metal"]).join()).to.contain("macOS");
    });

    it("refuses one type twice", () => {
        expect(problemsOf(["m6i.large", "m6i.large"]).join()).to.contain("instanceTypes[1]");
    });

    it("refuses mixed architectures and names each", () => {
        expect(problemsOf(["m6i.large", "m6g.large"]).join()).to.contain("m6i.large (x86_64), m6g.large (arm64)");
    });

    it("knows Graviton as Arm, and Intel and AMD as x86", () => {
        expect(["m6g.large", "t4g.small", "m6i.large", "m6a.large", "g5g.xlarge"].map(architectureOf)).to.deep.equal([
            Architecture.Arm,
            Architecture.Arm,
            Architecture.X86,
            Architecture.X86,
            Architecture.Arm,
        ]);
    });

    it("answers any text without an exception", () => {
        fc.assert(fc.property(fc.string(), (text) => problemsOf([text]).length >= 1 || knownInstanceTypes().includes(text)));
    });
});
