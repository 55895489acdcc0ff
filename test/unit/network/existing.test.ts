import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { existingNetwork, validateExistingNetwork } from "../../../components/network";
import type { ExistingNetworkArgs } from "../../../components/network";
import { refusals } from "../../support/found";

const subnet = (letter: string): { id: string; zone: string } => ({ id: `subnet-${letter}`, zone: `eu-central-1${letter}` });
const ARGS: ExistingNetworkArgs = { vpcId: "vpc-1", cidrBlocks: ["10.0.0.0/16"], privateSubnets: [subnet("b"), subnet("a")] };

const ROWS: [string, Partial<ExistingNetworkArgs>, string, RegExp][] = [
    ["a VPC by name", { vpcId: "main" }, "vpcId", /"main" is not an id; it begins with "vpc-"/],
    ["no block", { cidrBlocks: [] }, "cidrBlocks", /name the VPC's IPv4 block/],
    ["a block that is none", { cidrBlocks: ["10.0.0.0/16", "10.0.0.0"] }, "cidrBlocks[1]", /has no prefix length/],
    ["no subnets for nodes", { privateSubnets: [], isolatedSubnets: [subnet("a")] }, "privateSubnets", /name the subnets nodes go to/],
    ["a subnet by name", { podSubnets: [{ ...subnet("a"), id: "pods" }] }, "podSubnets[0].id", /begins with "subnet-"/],
    [
        "a zone by id",
        { publicSubnets: [{ ...subnet("a"), zone: "euc1-az1" }] },
        "publicSubnets[0].zone",
        /"euc1-az1" is not an availability zone name/,
    ],
];

describe("validateExistingNetwork", () => {
    for (const [what, changes, path, reason] of ROWS) {
        it(`refuses ${what} at ${path}`, () => {
            const found = validateExistingNetwork({ ...ARGS, ...changes });
            expect(found.map((problem) => problem.path)).to.deep.equal([path]);
            expect(found[0]?.reason).to.match(reason);
        });
    }

    it("does not guess at ids known only later", () => {
        expect(validateExistingNetwork({ ...ARGS, vpcId: pulumi.output("main"), cidrBlocks: [pulumi.output("?")] })).to.deep.equal([]);
    });

    it("names everything that is wrong at once", () => {
        expect(validateExistingNetwork({ vpcId: "x", cidrBlocks: [] })).to.have.length(3);
    });
});

describe("existingNetwork", () => {
    it("offers the ids as a handle, with tiers that are not there empty", () => {
        expect(existingNetwork(ARGS)).to.deep.equal({
            vpcId: "vpc-1",
            cidrBlocks: ["10.0.0.0/16"],
            ipv6CidrBlock: undefined,
            zones: ["eu-central-1a", "eu-central-1b"],
            subnets: { public: [], private: [subnet("b"), subnet("a")], isolated: [], pod: [] },
            dependencies: [],
        });
    });

    it("raises what validation finds", () => {
        expect(refusals(() => existingNetwork({ ...ARGS, vpcId: "main" })).map(({ path }) => path)).to.deep.equal(["vpcId"]);
    });
});
