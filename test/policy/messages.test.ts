// Wording of violations: what was found, by name, and the way out.
import { assert } from "chai";
import { evaluatePack } from "../../policy/pack";
import type { PackConfig } from "../../policy/pack";

async function messageOf(type: string, props: Record<string, unknown>, config: PackConfig = {}): Promise<string> {
    const { violations } = await evaluatePack([{ urn: "urn:example", type, name: "example", props }], { config });
    return violations.map(({ message }) => message).join("\n");
}

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const BUCKET = "aws:s3/bucket:Bucket";

describe("message", () => {
    it("names the key that differs from a required one only in case", async () => {
        assert.include(
            await messageOf(BUCKET, { tags: { owner: "x" } }),
            '"owner" is there, but keys are case-sensitive. Rename it to "Owner"',
        );
    });

    it("tells a missing key from one that is merely different", async () => {
        const message = await messageOf(BUCKET, { tags: { Team: "x" } });
        assert.include(message, 'Tag "Owner" is missing from tags. Add it');
        assert.notInclude(message, "Team");
    });

    it("says that metadata options are not set, rather than what they are not", async () => {
        assert.include(
            await messageOf(TEMPLATE, {}),
            "metadataOptions is not set, so account or AMI defaults decide. Set metadataOptions.httpTokens",
        );
    });

    it("shows the value of httpTokens and the one to set", async () => {
        const message = await messageOf(TEMPLATE, { metadataOptions: { httpTokens: "optional" } });
        assert.include(
            message,
            'metadataOptions.httpTokens is "optional", so IMDSv1 may be answered. Set metadataOptions.httpTokens to "required"',
        );
    });

    it("shows the hop limit found and the largest one allowed", async () => {
        const props = { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 5 } };
        const message = await messageOf(TEMPLATE, props, { "metadata-hop-limit": { maxHopLimit: 2 } });
        assert.include(message, "httpPutResponseHopLimit is 5. Set metadataOptions.httpPutResponseHopLimit to a number from 1 to 2");
    });

    it("lists the values a tag may have", async () => {
        const config: PackConfig = { "required-tags": { requiredKeys: [], allowedValues: { Tier: ["web", "data"] } } };
        assert.strictEqual(await messageOf(BUCKET, { tags: { Tier: "x" } }, config), 'Tag "Tier" is "x". Use one of "web", "data".');
    });

    it("shortens a long value", async () => {
        const config: PackConfig = { "required-tags": { requiredKeys: [], valuePatterns: { Tier: "^$" } } };
        assert.isBelow((await messageOf(BUCKET, { tags: { Tier: "x".repeat(250) } }, config)).length, 120);
    });

    it("says nothing about tags of an Auto Scaling group in the rule on tag maps", async () => {
        const { violations } = await evaluatePack([
            { urn: "urn:group", type: "aws:autoscaling/group:Group", name: "nodes", props: { tagsAll: {} } },
        ]);
        assert.notInclude(
            violations.map(({ policy }) => policy),
            "required-tags",
        );
    });
});
