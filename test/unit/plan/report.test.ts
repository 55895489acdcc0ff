import { createHash } from "node:crypto";
import { expect } from "chai";
import * as fc from "fast-check";
import type { PlanFile } from "../../../tools/plan/plan-file";
import { renderReport } from "../../../tools/plan/report";
import { escapeText, html, printable } from "../../../tools/plan/report/html";
import { duration, shortType } from "../../../tools/plan/report/model";
import { DARK, LIGHT, TEXT_PAIRS, contrast } from "../../../tools/plan/report/palette";
import { environmentPlan, planOf, resource, troubledPlan } from "../../browser/plans";

/** Elements of a document, with user data cut out: names of tags in order, and names of attributes. */
function skeleton(document: string): string[] {
    // Long values and those of several lines stand in blocks.
    const body = document.slice(document.indexOf("<body>")).replace(/<(\/?)pre>/g, "<$1code>");
    return [...body.matchAll(/<(\/?[a-zA-Z][^\s/>]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
        ([, tag = "", attributes = ""]) => `${tag} ${[...attributes.matchAll(/([^\s="]+)="[^"]*"/g)].map(([, name]) => name).join(" ")}`,
    );
}

function named(name: string): PlanFile {
    const vpc = resource("aws:ec2/vpc:Vpc", `${name}-vpc`, { inputs: { cidrBlock: "10.0.0.0/16", tags: { Name: name, [name]: name } } });
    const subnet = resource("aws:ec2/subnet:Subnet", `${name}-subnet`, {
        inputs: { availabilityZone: name, cidrBlock: name, note: name },
        propertyDependencies: { vpcId: [vpc.urn] },
        dependencies: [vpc.urn],
    });
    const group = resource("aws:eks/nodeGroup:NodeGroup", `${name}-group`, {
        inputs: { instanceTypes: [name], scalingConfig: { minSize: 1, maxSize: 2 } },
        propertyDependencies: { subnetIds: [subnet.urn] },
    });
    const plan = planOf(
        [vpc, subnet, group],
        [{ policy: `p${name}`, level: "mandatory", severity: "high", urn: vpc.urn, message: `m${name}` }],
    );
    plan.summary.budgets.budgets.push({
        ...{ kind: "pods", subject: `s${name}`, urn: vpc.urn, used: 9, limit: 8, unit: "pods", status: "error", advice: `a${name}` },
        parts: [{ what: `w${name}`, amount: 9 }],
    });
    plan.summary.clusterName = `c${name}`;
    return plan;
}

describe("report", () => {
    it("has every section, and the changes only when they are given", async () => {
        const { plan, diff } = await troubledPlan();
        const titles = (document: string): string[] => [...document.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, title = ""]) => title);
        expect(titles(await renderReport(plan))).to.deep.equal(["Topology", "Budgets", "Policies", "Critical path", "Resources"]);
        expect(titles(await renderReport(plan, { diff }))[0]).to.equal("Changes");
    });

    it("is the same for the same plan", async () => {
        const plan = await environmentPlan("prod");
        const [one, other] = [await renderReport(plan), await renderReport(structuredClone(plan))];
        expect(one).to.equal(other);
        expect(one).not.to.match(/\b20\d\d-\d\d-\d\dT/);
    });

    it("says when it was made only if told so", async () => {
        const plan = planOf([]);
        expect(await renderReport(plan, { generatedAt: new Date(0), title: "A title" }))
            .to.contain("1970-01-01T00:00:00.000Z")
            .and.to.contain(">A title</h1>");
    });

    for (const stack of ["dev", "prod"] as const) {
        it(`of ${stack} is one file below 1.5 MB that loads nothing`, async () => {
            const document = await renderReport(await environmentPlan(stack));
            expect(Buffer.byteLength(document)).to.be.below(1_500_000);
            const targets = [...document.matchAll(/\s(?:src|href|action|data|poster|srcset)="([^"]*)"/g)].map(([, target = ""]) => target);
            expect(targets.filter((target) => !target.startsWith("#") && target !== "data:,")).to.deep.equal([]);
            expect(document).not.to.match(/@import|url\(|<(?:link rel="(?!icon")|iframe|img|object|embed)/);
        });
    }

    it("allows exactly its own script", async () => {
        const document = await renderReport(planOf([]));
        const script = /<script>([\s\S]*?)<\/script>/.exec(document)?.[1] ?? "";
        const hash = createHash("sha256").update(script).digest("base64");
        expect(document).to.contain(`script-src &#39;sha256-${hash}&#39;`).and.to.contain("default-src &#39;none&#39;");
        expect(document.match(/<script/g)).to.have.length(1);
    });

    it("leads from every link to something in the page, and has no id twice", async () => {
        const { plan, diff } = await troubledPlan();
        const document = await renderReport(plan, { diff });
        const ids = [...document.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
        const links = [...document.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
        expect(ids).to.have.length(new Set(ids).size);
        expect(ids).to.include.members([...new Set(links)]);
    });

    it("shows every resource, with secrets and unknown values as the plan has them", async () => {
        const plan = planOf([
            resource("aws:s3/bucket:Bucket", "b", { inputs: { token: "__secret__", arn: "__unknown__" }, protect: true, read: true }),
        ]);
        const document = await renderReport(plan);
        expect(document).to.contain("<code>__secret__</code>").and.to.contain("<code>__unknown__</code>");
        expect(document).to.contain("protected</span>").and.to.contain("read only</span>");
        const prod = await environmentPlan("prod");
        expect((await renderReport(prod)).match(/data-search=/g)).to.have.length(prod.resources.length);
    });
});

describe("report of a plan with problems", () => {
    it("groups violations by severity, the worst first, and says how to fix them", async () => {
        const { plan } = await troubledPlan();
        const document = await renderReport(plan);
        const section = document.slice(document.indexOf('id="policies"'), document.indexOf('id="critical-path"'));
        const severities = [...section.matchAll(/<h3>\s*([A-Z]\w+)/g)].map(([, title]) => title);
        expect(severities).to.deep.equal(["Critical", "Medium", "Low"]);
        expect(section).to.contain("httpTokens is optional. Set it to required.").and.to.contain("Keys are case-sensitive");
        expect(section).to.contain("whole stack");
    });

    it("puts the fullest budget first and says what to change", async () => {
        const { plan } = await troubledPlan();
        const document = await renderReport(plan);
        const section = document.slice(document.indexOf('id="budgets"'), document.indexOf('id="policies"'));
        const shares = [...section.matchAll(/class="percent">(\d+) %/g)].map(([, share]) => Number(share));
        expect(shares).to.have.length(plan.summary.budgets.budgets.length);
        expect(shares[0]).to.equal(Math.max(...shares));
        expect(section).to.contain("exceeded").and.to.contain("nearly full").and.to.contain("Take a larger block.");
    });

    it("is not ready", async () => {
        const { plan } = await troubledPlan();
        const document = await renderReport(plan);
        expect(document).to.contain("Not ready").and.to.contain("2 mandatory violations, 1 exceeded budget");
        expect(await renderReport(await environmentPlan("prod"))).to.contain(">Ready<");
    });

    it("shows what was added, removed, changed and replaced", async () => {
        const { plan, diff } = await troubledPlan();
        const document = await renderReport(plan, { diff });
        const section = document.slice(document.indexOf('id="changes"'), document.indexOf('id="topology"'));
        expect(diff.changed.some(({ replaces }) => replaces.length > 0)).to.equal(true);
        expect(section)
            .to.contain("prod-flow-logs")
            .and.to.contain("uploads")
            .and.to.contain("10.99.0.0/16")
            .and.to.contain("replace</span");
    });

    it("says so when nothing changed", async () => {
        const document = await renderReport(planOf([]), { diff: { added: [], removed: [], changed: [] } });
        expect(document).to.contain("no changes");
    });

    it("shows what moves and what is replaced along", async () => {
        const [one, other] = [resource("aws:ec2/vpc:Vpc", "one"), resource("aws:ec2/subnet:Subnet", "other")];
        const following = [{ ...other, inputs: ["vpcId"], because: [one.urn] }];
        const moved = [{ from: "urn:pulumi:test::shop::aws:ec2/vpc:Vpc::former", to: one.urn, type: one.type, name: one.name }];
        const document = await renderReport(planOf([one, other]), { diff: { added: [], removed: [], changed: [], following, moved } });
        expect(document).to.contain("May be replaced along").and.to.contain("::former").and.to.contain("vpcId</code>");
    });
});

describe("names in a report", () => {
    it("are text, whatever they are", async () => {
        const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>\`--><!-- ]]>`;
        const document = await renderReport(named(evil));
        expect(document).not.to.match(/<script>alert|<img|onerror='/);
        expect(skeleton(document)).to.deep.equal(skeleton(await renderReport(named("plain"))));
    });

    it("never become markup (random)", async () => {
        const plain = skeleton(await renderReport(named("plain")));
        const piece = fc.constantFrom(
            "<",
            ">",
            '"',
            "'",
            "&",
            "`",
            "=",
            "/",
            "-->",
            "]]>",
            "</script>",
            "<b>",
            "\u0000",
            "\ud800",
            "\u202e",
            "é",
            "😀",
            "%",
            "\\",
            "{",
            "$",
        );
        const name = fc
            .array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 6 })), { minLength: 1, maxLength: 8 })
            .map((parts) => parts.join(""));
        await fc.assert(
            fc.asyncProperty(name, async (value) => {
                expect(skeleton(await renderReport(named(`n${value}`)))).to.deep.equal(plain);
            }),
            { numRuns: 60 },
        );
    });

    it("lose characters that no document may hold", () => {
        expect(printable("a\u0000b\ud800c\uffffd\te\r\nf")).to.equal("a\ufffdb\ufffdc\ufffdd\te\nf");
        expect(escapeText(`<a b='c' d="e">&\``)).to.equal("&#60;a b=&#39;c&#39; d=&#34;e&#34;&#62;&#38;&#96;");
        expect(html`<p>${["<", 1, false, undefined, null, html`<b>${"&"}</b>`]}</p>`.text).to.equal("<p>&#60;1<b>&#38;</b></p>");
    });
});

describe("colours of the report", () => {
    for (const [scheme, colors] of Object.entries({ light: LIGHT, dark: DARK })) {
        it(`of text meet WCAG AA in the ${scheme} scheme`, () => {
            const weak = TEXT_PAIRS.filter(([text, background]) => contrast(colors[text], colors[background]) < 4.5);
            expect(weak).to.deep.equal([]);
        });

        it(`of bars, lines and borders of controls stand out in the ${scheme} scheme`, () => {
            const pairs = (["edge", "ok", "warn", "bad", "accent"] as const).flatMap((color) => [
                [color, contrast(colors[color], colors.surface)] as const,
                [color, contrast(colors[color], colors.sunken)] as const,
            ]);
            expect(pairs.filter(([, ratio]) => ratio < 3)).to.deep.equal([]);
        });
    }

    it("are compared as WCAG does", () => {
        expect(contrast("#000000", "#ffffff")).to.equal(21);
        expect(contrast("#777777", "#ffffff")).to.be.closeTo(4.48, 0.01);
    });
});

describe("words of the report", () => {
    it("give durations", () => {
        expect([0, 45, 60, 95, 780, 3600, 5400].map(duration)).to.deep.equal([
            "0 s",
            "45 s",
            "1 min",
            "1 min 35 s",
            "13 min",
            "1 h",
            "1 h 30 min",
        ]);
    });

    it("shorten types", () => {
        expect(
            ["aws:ec2/vpc:Vpc", "aws-kubernetes:index:Network", "kubernetes:apps/v1:Deployment", "pulumi:providers:aws", "odd"].map(
                shortType,
            ),
        ).to.deep.equal(["ec2 Vpc", "Network", "kubernetes apps Deployment", "pulumi providers aws", "odd"]);
    });
});
