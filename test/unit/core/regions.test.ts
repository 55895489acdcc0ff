import { expect } from "chai";
import { Problems } from "../../../components/core/errors";
import { ZONE_LETTERS, parseZone, partitionOf, zonesOf } from "../../../components/core/regions";
import { KUBERNETES_MINORS, validateKubernetesVersion } from "../../../components/core/versions";

describe("zones of a region", () => {
    for (const [region, letters] of Object.entries(ZONE_LETTERS)) {
        it(`of ${region} read back as its own`, () => {
            const parsed = (zonesOf(region) ?? []).map(parseZone);
            expect(parsed).to.deep.equal([...letters].map((letter) => ({ region, letter })));
        });
    }

    it("are sorted and each there once", () => {
        for (const letters of Object.values(ZONE_LETTERS)) {
            expect([...letters]).to.deep.equal([...new Set(letters)].sort());
        }
    });

    it("are unknown for an unknown region", () => {
        expect(zonesOf("xx-north-1")).to.equal(undefined);
    });
});

describe("parseZone", () => {
    for (const text of ["us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "eu-central-1", "eu-central-1g", "euc1-az1", "a", ""]) {
        it(`knows no slot for ${JSON.stringify(text)}`, () => {
            expect(parseZone(text)).to.equal(undefined);
        });
    }
});

describe("partitionOf", () => {
    it("gives each region of the table its partition", () => {
        const others = Object.fromEntries(
            Object.keys(ZONE_LETTERS)
                .map((region): [string, string] => [region, partitionOf(region)])
                .filter(([, partition]) => partition !== "aws"),
        );
        expect(others).to.deep.equal({
            "cn-north-1": "aws-cn",
            "cn-northwest-1": "aws-cn",
            "us-gov-east-1": "aws-us-gov",
            "us-gov-west-1": "aws-us-gov",
        });
    });
});

describe("validateKubernetesVersion", () => {
    const problemsOf = (version: string): string[] => {
        const problems = new Problems();
        validateKubernetesVersion(version, "kubernetesVersion", problems);
        return problems.list.map(({ reason }) => reason);
    };

    for (const minor of KUBERNETES_MINORS) {
        it(`takes ${minor}`, () => {
            expect(problemsOf(minor)).to.deep.equal([]);
        });
    }

    it("suggests the minor of a patch release", () => {
        expect(problemsOf("v1.35.2")[0]).to.match(/names a patch release.*write "1\.35"/);
    });

    it("names those it knows", () => {
        expect(problemsOf("1.99")[0]).to.equal(`unknown Kubernetes version "1.99"; use one of ${KUBERNETES_MINORS.join(", ")}`);
    });
});
