import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { UNKNOWN, record } from "../../tools/plan/recorder";

async function failure(program: () => unknown): Promise<string> {
    try {
        await record(program);
    } catch (error) {
        return (error as Error).message;
    }
    return "no error";
}

describe("The recorder", () => {
    it("refuses two resources with one URN", async () => {
        const message = await failure(() => {
            new aws.ec2.Vpc("same", { cidrBlock: "10.0.0.0/16" });
            new aws.ec2.Vpc("same", { cidrBlock: "10.1.0.0/16" });
        });
        expect(message).to.include("Duplicate resource URN").and.to.include("aws:ec2/vpc:Vpc::same");
    });

    it("rejects with what a program throws", async () => {
        expect(
            await failure(() => {
                throw new Error("in the program");
            }),
        ).to.include("in the program");
    });

    it("rejects with what an apply throws", async () => {
        expect(
            await failure(() => {
                pulumi.output(1).apply(() => {
                    throw new Error("in an apply");
                });
            }),
        ).to.include("in an apply");
    });

    it("rejects, and does not wait, when another resource hangs on what an apply throws", async () => {
        const message = await failure(() => {
            const tags = pulumi.output(1).apply((): Record<string, string> => {
                throw new Error("in an input");
            });
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", tags });
            new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
        });
        expect(message).to.include("in an input");
    });

    it("rejects for a data source it has no answer for", async () => {
        expect(await failure(() => aws.ec2.getVpcOutput({ id: "vpc-1" }))).to.include("aws:ec2/getVpc:getVpc");
    });

    it("answers zones and instance types from tables", async () => {
        const { outputs } = await record(
            () => ({
                zones: aws.getAvailabilityZonesOutput({ state: "available" }).names,
                interfaces: aws.ec2.getInstanceTypeOutput({ instanceType: "m5.large" }).maximumNetworkInterfaces,
            }),
            { config: { "aws:region": "eu-central-1" } },
        );
        expect(outputs).to.deep.equal({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"], interfaces: 3 });
    });

    it("marks computed values as unknown in a preview and fakes them in an update", async () => {
        const program = (): void => {
            const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
            new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
        };
        const preview = await record(program, { preview: true });
        const update = await record(program);
        expect(preview.resources[1]?.inputs["vpcId"]).to.equal(UNKNOWN);
        expect(update.resources[1]?.inputs["vpcId"]).to.match(/^vpc-[0-9a-f]{17}$/);
    });

    it("tells secrets by path", async () => {
        const { resources } = await record(() => {
            new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", tags: { token: pulumi.secret("hidden") } });
        });
        expect(resources[0]?.secrets).to.satisfy((paths: string[]) => paths.some((path) => path.startsWith("tags")));
    });

    it("gives the same ids on every run", async () => {
        const ids = async (): Promise<unknown> =>
            (await record(() => ({ id: new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }).id }))).outputs["id"];
        expect(await ids()).to.equal(await ids());
    });
});
