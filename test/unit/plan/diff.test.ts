import { expect } from "chai";
import * as fc from "fast-check";
import { compare } from "../../../tools/plan/diff/compare";
import { diffMarkdown, diffPlans } from "../../../tools/plan/diff";
import type { PlanDiff } from "../../../tools/plan/diff";
import type { PlanFile, PlannedResource } from "../../../tools/plan/plan-file";
import { recordEnvironment } from "../../support/environment";
import { changeOf, GROUP, idOf, names, NOTHING, paths, plan, planned, SUBNET, VPC } from "./diff-plans";
import type { Inputs } from "./diff-plans";

const anyInputs = fc.dictionary(
    fc.constantFrom("cidrBlock", "tags", "name", "policy", "odd key", "__proto__"),
    fc.oneof(
        fc.constantFrom("a", "b", "__secret__", "__unknown__", '{"a":1}', '{ "a": 1 }', "[1]", "{broken"),
        fc.array(fc.integer({ max: 3 }), { maxLength: 3 }),
        fc.array(fc.dictionary(fc.constantFrom("k", "v"), fc.integer({ max: 2 })), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("k", "x.y"), fc.boolean()),
        fc.constant(null),
    ),
);
const anyPlan = fc
    .uniqueArray(
        fc.record({
            name: fc.constantFrom("a", "b", "c", "d"),
            type: fc.constantFrom(SUBNET, GROUP, VPC),
            inputs: anyInputs,
            protect: fc.boolean(),
            custom: fc.boolean(),
        }),
        { selector: ({ name, type }) => `${type}${name}`, maxLength: 8 },
    )
    .map((all) => plan(...all.map(({ name, type, inputs, protect, custom }) => planned(type, name, inputs, { protect, custom }))));

describe("the difference of two plans", () => {
    it("is nothing for equal plans", () => {
        fc.assert(
            fc.property(anyPlan, (before) => {
                expect(diffPlans(before, structuredClone(before))).to.deep.equal(NOTHING);
            }),
        );
    });

    it("is nothing for an environment recorded twice", async () => {
        const [one, two] = [await recordEnvironment("prod", false), await recordEnvironment("prod", false)];
        const plans = [one, two].map(({ resources }) => plan(...(resources as unknown as PlannedResource[])));
        expect(diffPlans(plans[0] as PlanFile, plans[1] as PlanFile)).to.deep.equal(NOTHING);
    });

    it("is mirrored when the plans change places", () => {
        fc.assert(
            fc.property(anyPlan, anyPlan, (before, after) => {
                const [there, back] = [diffPlans(before, after), diffPlans(after, before)];
                expect(names(there.added)).to.have.members(names(back.removed));
                expect(names(there.removed)).to.have.members(names(back.added));
                const flat = (diff: PlanDiff, reverse: boolean): unknown[] =>
                    diff.changed
                        .flatMap(({ urn, changes, replaces }) =>
                            changes.map((change) => [
                                urn,
                                change.path,
                                ...(reverse ? [change.after, change.before] : [change.before, change.after]),
                                replaces.includes(change.path),
                            ]),
                        )
                        .sort((a, b) => (JSON.stringify(a.slice(0, 2)) < JSON.stringify(b.slice(0, 2)) ? -1 : 1));
                expect(flat(there, false)).to.deep.equal(flat(back, true));
            }),
        );
    });

    it("names what is added and removed, components left out", () => {
        const component = planned("aws-kubernetes:index:Network", "net", {}, { custom: false });
        const diff = diffPlans(
            plan(planned(SUBNET, "a"), planned(SUBNET, "b")),
            plan(planned(SUBNET, "b"), planned(SUBNET, "c"), component),
        );
        expect([names(diff.added), names(diff.removed), diff.changed]).to.deep.equal([["c"], ["a"], []]);
    });

    it("names the path of each change, with both values", () => {
        const change = changeOf(
            GROUP,
            { scalingConfig: { maxSize: 3, minSize: 1 } },
            { scalingConfig: { maxSize: 5, minSize: 1 }, version: "1.35" },
        );
        expect(change?.changes).to.deep.equal([
            { path: "scalingConfig.maxSize", before: 3, after: 5 },
            { path: "version", before: undefined, after: "1.35" },
        ]);
        expect(change?.replaces).to.deep.equal([]);
    });

    it("quotes keys that are no names, and counts entries of lists of objects", () => {
        const before = { tags: { "kubernetes.io/role/elb": "1" }, taints: [{ key: "a" }, { key: "b" }] };
        const after = { tags: { "kubernetes.io/role/elb": "0" }, taints: [{ key: "a" }, { key: "c" }] };
        expect(paths(changeOf(GROUP, before, after))).to.deep.equal(['tags["kubernetes.io/role/elb"]', "taints[1].key"]);
    });

    it("takes a list of plain values as one", () => {
        expect(changeOf(GROUP, { subnetIds: ["a", "b"] }, { subnetIds: ["b", "c"] })?.changes).to.deep.equal([
            { path: "subnetIds", before: ["a", "b"], after: ["b", "c"] },
        ]);
    });

    it("looks into policies and passes over their white space", () => {
        const policy = (action: string, indent?: number): Inputs => ({
            policy: JSON.stringify({ Statement: [{ Action: action }] }, null, indent),
        });
        expect(changeOf("aws:iam/policy:Policy", policy("s3:Get"), policy("s3:Get", 4))).to.equal(undefined);
        expect(paths(changeOf("aws:iam/policy:Policy", policy("s3:Get"), policy("s3:Put")))).to.deep.equal(["policy.Statement[0].Action"]);
    });

    it("takes no notice of dependencies alone", () => {
        const after = planned(SUBNET, "a", {}, { dependencies: ["urn:x"], propertyDependencies: { vpcId: ["urn:x"] } });
        expect(diffPlans(plan(planned(SUBNET, "a")), plan(after))).to.deep.equal(NOTHING);
    });

    it("takes no notice of ignored inputs and what lies below them", () => {
        const ignored = (rule: string): string[] =>
            paths(
                changeOf(
                    GROUP,
                    { scalingConfig: { desiredSize: 1, maxSize: 2 }, taints: [{ key: "a" }] },
                    { scalingConfig: { desiredSize: 2, maxSize: 3 }, taints: [{ key: "b" }] },
                    { ignoreChanges: [rule] },
                ),
            );
        expect(ignored("scalingConfig.desiredSize")).to.deep.equal(["scalingConfig.maxSize", "taints[0].key"]);
        expect(ignored("scalingConfig")).to.deep.equal(["taints[0].key"]);
        expect(ignored("taints[0].key")).to.deep.equal(["scalingConfig.desiredSize", "scalingConfig.maxSize"]);
        expect(ignored("taints[1].key")).to.have.lengthOf(3);
        expect(ignored("taints[*].key")).to.have.lengthOf(2);
        expect(ignored("scaling")).to.have.lengthOf(3);
        expect(ignored("*")).to.deep.equal([]);
    });

    it("shows that protection is put on or taken off", () => {
        expect(changeOf(SUBNET, {}, {}, { protect: true })?.changes).to.deep.equal([{ path: "protect", before: false, after: true }]);
    });

    it("keeps what is own apart from what objects have anyway", () => {
        expect(compare({}, JSON.parse('{"constructor":1,"__proto__":2}'))).to.have.lengthOf(2);
    });
});

describe("an alias", () => {
    it("carries a resource over to its new URN, by URN or by parts", () => {
        const before = planned(SUBNET, "old", { cidrBlock: "a" });
        for (const alias of [
            before.urn,
            { urn: before.urn },
            { urn: "", spec: { name: "old", type: "", stack: "", project: "", parenturn: "" } },
        ]) {
            const diff = diffPlans(plan(before), plan(planned(SUBNET, "new", { cidrBlock: "b" }, { aliases: [alias] })));
            expect([diff.added, diff.removed]).to.deep.equal([[], []]);
            expect(diff.moved).to.deep.equal([{ from: before.urn, to: before.urn.replace("old", "new"), type: SUBNET, name: "new" }]);
            expect(diff.replaced.map(({ replaces }) => replaces)).to.deep.equal([["cidrBlock"]]);
        }
    });

    it("of no parent, another parent or another type is worked out", () => {
        const component = planned("aws-kubernetes:index:Network", "net", {}, { custom: false });
        const formers = [
            planned(SUBNET, "s"),
            planned(SUBNET, "s", {}, { parent: planned("x:index:Old", "o").urn }),
            planned("aws:ec2/old:Old", "s", {}, { parent: component.urn }),
        ];
        const aliases = [
            { spec: { noparent: true } },
            { spec: { parenturn: planned("x:index:Old", "o").urn } },
            { spec: { type: "aws:ec2/old:Old" } },
        ];
        aliases.forEach((alias, index) => {
            const before = formers[index] as PlannedResource;
            const diff = diffPlans(
                plan(component, before),
                plan(component, planned(SUBNET, "s", {}, { parent: component.urn, aliases: [alias] })),
            );
            expect(diff.moved.map(({ from }) => from)).to.deep.equal([before.urn]);
        });
    });

    it("of a component carries its children over, whose names began with its name", () => {
        const tree = (name: string, aliases?: unknown[]): PlannedResource[] => {
            const component = planned(
                "aws-kubernetes:index:Network",
                name,
                {},
                { custom: false, ...(aliases === undefined ? {} : { aliases }) },
            );
            const vpc = planned(VPC, name, {}, { parent: component.urn });
            const subnet = planned(SUBNET, `${name}-a`, { vpcId: idOf(vpc) }, { parent: vpc.urn });
            return [component, vpc, subnet];
        };
        const diff = diffPlans(plan(...tree("old")), plan(...tree("new", [{ spec: { name: "old" } }])));
        expect([diff.added, diff.removed, diff.changed]).to.deep.equal([[], [], []]);
        expect(names(diff.moved)).to.deep.equal(["new", "new-a"]);
    });

    it("moves nothing that stayed where it was, nor one resource to two", () => {
        const before = planned(SUBNET, "old");
        const stays = diffPlans(plan(before), plan(before, planned(SUBNET, "new", {}, { aliases: [before.urn] })));
        expect([names(stays.added), stays.moved]).to.deep.equal([["new"], []]);
        const two = ["one", "two"].map((name) => planned(SUBNET, name, {}, { aliases: [before.urn] }));
        const diff = diffPlans(plan(before), plan(...two));
        expect([names(diff.added), names(diff.moved)]).to.deep.equal([["two"], ["one"]]);
    });
});

describe("the difference as Markdown", () => {
    const many = (count: number): PlannedResource[] => Array.from({ length: count }, (_, index) => planned(SUBNET, `subnet-${index}`));

    it("says when nothing changes", () => {
        expect(diffMarkdown(NOTHING)).to.equal("### Plan: nothing changes\n");
    });

    it("begins with the counts and shows replacements before all else", () => {
        const before = plan(planned(SUBNET, "a", { cidrBlock: "x" }), planned(SUBNET, "b", { tags: {} }), planned(SUBNET, "gone"));
        const after = plan(planned(SUBNET, "a", { cidrBlock: "y" }), planned(SUBNET, "b", { tags: { k: "v" } }), planned(SUBNET, "new"));
        const text = diffMarkdown(diffPlans(before, after));
        expect(text.split("\n")[0]).to.equal("### Plan: 1 added, 1 removed, 1 changed in place, **1 replaced**");
        const order = ["Replaced (1)", "Removed (1)", "Added (1)", "Changed in place (1)"].map((title) => text.indexOf(title));
        expect(order)
            .to.deep.equal([...order].sort((a, b) => a - b))
            .and.not.include(-1);
        expect(text).to.contain("`cidrBlock` from `x` to `y` ⚠️ replaces").and.to.contain("`tags.k` is set to `v`");
    });

    it("closes what it opens", () => {
        const text = diffMarkdown(diffPlans(plan(...many(3)), plan(planned(SUBNET, "other"))));
        expect(text.match(/<details/g)).to.have.lengthOf(text.match(/<\/details>/g)?.length ?? 0);
    });

    it("stays below 60,000 characters and says how many it left out", () => {
        const text = diffMarkdown(diffPlans(plan(), plan(...many(5000))));
        const shown = text.match(/^- /gm)?.length ?? 0;
        expect(text).to.have.length.within(50_000, 60_000);
        expect(shown).to.be.above(500);
        expect(text).to.contain(`${5000 - shown} more do not fit here`);
        expect(text.match(/<\/details>/g)).to.have.lengthOf(1);
    });

    it("shows a whole replacement rather than part of one", () => {
        const inputs = (value: string): Inputs => Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key${index}`, value]));
        const text = diffMarkdown(diffPlans(plan(planned(SUBNET, "a", inputs("x"))), plan(planned(SUBNET, "a", inputs("y")))));
        expect(text).to.have.length.below(60_000).and.to.contain("1 more do not fit");
    });

    it("lets no value out of its code span, and none go on and on", () => {
        const text = diffMarkdown(
            diffPlans(
                plan(planned(SUBNET, "a", { tags: {} })),
                plan(planned(SUBNET, "a", { tags: { k: "`x` </details>\n<script>" + "y".repeat(900) } })),
            ),
        );
        expect(text).to.contain("`` `x` </details> <script>yyy").and.to.contain("…");
        expect(text.split("\n").every((line) => line.length < 300)).to.equal(true);
    });

    it("tells user data by its size", () => {
        const data = (text: string): Inputs => ({ userData: Buffer.from(text).toString("base64") });
        const type = "aws:ec2/launchTemplate:LaunchTemplate";
        const text = diffMarkdown(diffPlans(plan(planned(type, "t", data("abc"))), plan(planned(type, "t", data("abcdef")))));
        expect(text).to.contain("`userData` from `3 bytes` to `6 bytes`");
    });
});
