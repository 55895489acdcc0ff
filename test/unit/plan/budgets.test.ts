import { expect } from "chai";
import { BudgetKind, BudgetStatus, budgetReport } from "../../../tools/plan/budgets";
import type { Budget } from "../../../tools/plan/budgets";
import type { PlannedResource } from "../../../tools/plan/plan-file";
import { recordEnvironment } from "../../support/environment";
import { budget, cluster, cni, managed, ofKind, perNode, planned, selfManaged, subnet, template } from "./budget-plans";
import type { Inputs } from "./budget-plans";

describe("the rules of a security group", () => {
    const group = planned("aws:ec2/securityGroup:SecurityGroup", "nodes", {});
    const rules = (count: number, inputs: Inputs, kind = "Ingress"): PlannedResource[] =>
        Array.from({ length: count }, (_, index) => {
            const type = `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`;
            return planned(type, `${Object.keys(inputs)[0]}-${index}`, inputs, { securityGroupId: [group] });
        });
    const counted = (resources: PlannedResource[], subject = "nodes inbound"): Budget =>
        budget([group, ...resources], BudgetKind.SecurityGroupRules, subject);

    it("count for each family apart, and the fuller one is reported", () => {
        expect(counted([...rules(3, { cidrIpv4: "10.0.0.0/8" }), ...rules(4, { cidrIpv6: "::/0" })]).used).to.equal(4);
        expect(counted([...rules(5, { cidrIpv4: "10.0.0.0/8" }), ...rules(4, { cidrIpv6: "::/0" })]).used).to.equal(5);
    });

    it("count in both families where they name a group", () => {
        const found = counted([...rules(3, { cidrIpv6: "::/0" }), ...rules(2, { referencedSecurityGroupId: "sg-1" })]);
        expect(found.used).to.equal(5);
        expect(found.parts).to.deep.include({ what: "security groups", amount: 2 });
    });

    it("count for each direction apart", () => {
        const all = [...rules(2, { cidrIpv4: "10.0.0.0/8" }), ...rules(3, { cidrIpv4: "10.0.0.0/8" }, "Egress")];
        expect([counted(all).used, counted(all, "nodes outbound").used]).to.deep.equal([2, 3]);
    });

    it("are an error beyond sixty, with a remedy, and a warning beyond 48", () => {
        expect(counted(rules(48, { cidrIpv4: "10.0.0.0/8" })).status).to.equal(BudgetStatus.Ok);
        expect(counted(rules(49, { cidrIpv4: "10.0.0.0/8" })).status).to.equal(BudgetStatus.Warning);
        expect(counted(rules(60, { cidrIpv4: "10.0.0.0/8" })).status).to.equal(BudgetStatus.Warning);
        const over = counted(rules(61, { cidrIpv4: "10.0.0.0/8" }));
        expect(over.status).to.equal(BudgetStatus.Error);
        expect(over.advice).to.contain("AWS Load Balancer Controller");
    });

    it("are counted inline, one for each source", () => {
        const ingress = [
            { cidrBlocks: ["10.0.0.0/8", "172.16.0.0/12"], ipv6CidrBlocks: ["::/0"], securityGroups: ["sg-1"], self: true },
            { prefixListIds: ["pl-1"] },
        ];
        const inline = planned("aws:ec2/securityGroup:SecurityGroup", "inline", { ingress, egress: [] });
        expect(budget([inline], BudgetKind.SecurityGroupRules).used).to.equal(2 + 2 + 1);
    });

    it("are counted in the older rule resource", () => {
        const inputs = { type: "egress", cidrBlocks: ["10.0.0.0/8", "172.16.0.0/12"] };
        const old = planned("aws:ec2/securityGroupRule:SecurityGroupRule", "old", inputs, { securityGroupId: [group] });
        expect(counted([old], "nodes outbound").used).to.equal(2);
    });

    it("count a prefix list by the entries it may have", () => {
        const list = planned("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", { maxEntries: 25 });
        const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        const rule = planned(type, "offices", { prefixListId: "pl-1" }, { securityGroupId: [group], prefixListId: [list] });
        expect(counted([list, rule]).used).to.equal(25);
    });

    it("belong to the cluster where the group is the one EKS makes", () => {
        const of = cluster();
        const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        const rule = planned(type, "extra", { cidrIpv4: "10.0.0.0/8", securityGroupId: "sg-1" }, { securityGroupId: [of] });
        expect(budget([of, rule], BudgetKind.SecurityGroupRules, "cluster (the group EKS makes) inbound")).to.include({
            used: 1,
            urn: of.urn,
        });
    });

    it("say so where load-balancer controllers add to them", () => {
        const tagged = { ...group, inputs: { tags: { "kubernetes.io/cluster/prod": "owned" } } };
        const found = budget([tagged, ...rules(1, { cidrIpv4: "10.0.0.0/8" })], BudgetKind.SecurityGroupRules, "nodes inbound");
        expect(found.note).to.contain("LoadBalancer");
    });

    it("have a sixth group on a network interface as an error, the cluster's own counted", () => {
        const ids = ["1", "2", "3", "4", "5"];
        const over = budget([cluster({ vpcConfig: { securityGroupIds: ids } })], BudgetKind.SecurityGroupRules);
        expect(over).to.include({ used: 6, limit: 5, status: BudgetStatus.Error });
        const full = budget([template({ vpcSecurityGroupIds: ids })], BudgetKind.SecurityGroupRules);
        expect(full).to.include({ used: 5, status: BudgetStatus.Warning });
    });

    it("follow raised quotas, whose product AWS limits to a thousand", () => {
        const { budgets } = budgetReport([group, ...rules(61, { cidrIpv4: "10.0.0.0/8" })], { rulesPerGroup: 250 });
        expect(budgets.map(({ subject, status }) => [subject, status])).to.deep.equal([
            ["nodes inbound", BudgetStatus.Ok],
            ["quotas of the account", BudgetStatus.Error],
        ]);
    });
});

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const nodeConfig = (kubelet: string): string => `apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    ${kubelet}\n`;
const mime = (...parts: string[]): string =>
    `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b-1"\n\n${parts.map((part) => `--b-1\nContent-Type: ${part}\n`).join("")}--b-1--\n`;

describe("the pods of a node", () => {
    const own = subnet("a", "10.0.0.0/20");
    const withData = (text: string, inputs: Inputs = {}): PlannedResource[] => {
        const launch = template({ userData: base64(text), instanceType: "m5.large" });
        return [launch, managed("prod-apps", [own], 4, inputs, { launchTemplate: [launch] })];
    };

    it("are what EKS works out for a managed group: the addresses, up to what is recommended", () => {
        const pods = (type: string, env: Record<string, string> = {}): number =>
            perNode([cni(env), managed("apps", [own], 4, { instanceTypes: [type] })]).used;
        expect([pods("m5.large"), pods("m5.4xlarge"), pods("c5.24xlarge")]).to.deep.equal([29, 110, 250]);
        expect(pods("m5.large", { ENABLE_PREFIX_DELEGATION: "true" })).to.equal(110);
        expect(pods("m5.large", { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true" })).to.equal(20);
    });

    it("are those of the smallest type of a mixed group", () => {
        expect(perNode([managed("apps", [own], 4, { instanceTypes: ["m5.4xlarge", "t3.small", "m5.large"] })]).used).to.equal(11);
    });

    it("are what the image works out for a self-managed group, which heeds no recommendation: a warning", () => {
        const launch = template({ instanceType: "m5.4xlarge" });
        const found = perNode([launch, selfManaged("batch", [own], 4, {}, { launchTemplate: [launch] })]);
        expect(found).to.include({ used: 234, limit: 110, status: BudgetStatus.Warning });
        expect(found.advice).to.contain("nodeGroups.batch.kubelet.maxPods");
    });

    it("are what the image works out for a managed group with an image of its own", () => {
        const launch = template({ imageId: "ami-1" });
        const found = perNode([launch, managed("apps", [own], 4, { instanceTypes: ["m5.4xlarge"] }, { launchTemplate: [launch] })]);
        expect(found.used).to.equal(234);
    });

    it("are too many for a self-managed group with custom networking until maxPods is set", () => {
        const env = cni({ AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true" });
        const launch = template({ instanceType: "m5.large" });
        const found = perNode([env, launch, selfManaged("batch", [own], 4, {}, { launchTemplate: [launch] })]);
        expect(found).to.include({ used: 29, limit: 20, status: BudgetStatus.Error });
    });

    it("lie idle in part where the image does not know of prefixes", () => {
        const launch = template({ instanceType: "m5.large" });
        const env = cni({ ENABLE_PREFIX_DELEGATION: "true" });
        expect(perNode([env, launch, selfManaged("batch", [own], 4, {}, { launchTemplate: [launch] })]).note).to.contain("110");
    });

    it("are read from a NodeConfig, alone or as a part of a MIME document", () => {
        const config = nodeConfig("config: { maxPods: 20 }");
        const document = mime(`text/x-shellscript\n\n#!/bin/sh\necho maxPods: 7\n`, `application/node.eks.aws\n\n${config}`);
        expect([config, document].map((text) => perNode(withData(text)).used)).to.deep.equal([20, 20]);
    });

    it("are read from the last NodeConfig, and from a kubelet flag before all", () => {
        const first = `application/node.eks.aws\n\n${nodeConfig("config: { maxPods: 20 }")}`;
        const second = `application/node.eks.aws\n\n${nodeConfig("config: { maxPods: 21 }")}`;
        const flag = `application/node.eks.aws\n\n${nodeConfig("flags: [--max-pods=22]")}`;
        expect(perNode(withData(mime(first, second))).used).to.equal(21);
        expect(perNode(withData(mime(flag, first))).used).to.equal(22);
    });

    it("are read from Bottlerocket's settings", () => {
        expect(perNode(withData('[settings.kubernetes]\ncluster-name = "prod"\nmax-pods = 25\n')).used).to.equal(25);
    });

    it("are the default where user data is unknown, broken or about other things", () => {
        const texts = [
            "",
            "\u0000\u0001",
            "[settings.kubernetes\nmax-pods = 5",
            "apiVersion: node.eks.aws/v1alpha1\n  : [",
            "#cloud-config\n",
        ];
        expect(texts.map((text) => perNode(withData(text)).used)).to.deep.equal(texts.map(() => 29));
        const launch = template({ userData: "__unknown__" });
        expect(perNode([launch, managed("apps", [own], 4, {}, { launchTemplate: [launch] })]).used).to.equal(29);
    });

    it("are an error when more are configured than addresses carry", () => {
        const found = perNode(withData(nodeConfig("config: { maxPods: 30 }")));
        expect(found).to.include({ used: 30, limit: 29, status: BudgetStatus.Error });
        expect(found.advice).to.contain("nodeGroups.apps.kubelet.maxPods").and.to.contain("29");
    });

    it("are a warning when more are configured than recommended, and none at the recommended number", () => {
        const prefixes = cni({ ENABLE_PREFIX_DELEGATION: "true" });
        const found = (pods: number): Budget => perNode([prefixes, ...withData(nodeConfig(`config: { maxPods: ${pods} }`))]);
        expect(found(110)).to.include({ status: BudgetStatus.Ok }).and.not.have.property("advice");
        expect(found(111)).to.include({ status: BudgetStatus.Warning, limit: 110 });
    });

    it("times the group's maximum are the pods of the group", () => {
        const found = budget([managed("apps", [own], 4)], BudgetKind.Pods, "apps", "pods in the group");
        expect(found).to.include({ used: 4 * 29, limit: 4 * 110, status: BudgetStatus.Ok });
    });
});

describe("the size of a policy", () => {
    const role = planned("aws:iam/role:Role", "nodes", { assumeRolePolicy: "__unknown__" });
    const document = (characters: number): string => JSON.stringify({ Statement: [], Id: "x".repeat(characters - 24) }, null, 8);

    it("does not count white space", () => {
        const policy = planned("aws:iam/policy:Policy", "policy", { policy: document(100) });
        expect(budget([policy], BudgetKind.PolicySize)).to.include({ used: 100, limit: 6144 });
    });

    it("is the same for an object as for its text", () => {
        const text = document(200);
        const sizes = [text, JSON.parse(text) as unknown].map(
            (policy) => budget([planned("aws:iam/policy:Policy", "p", { policy })], BudgetKind.PolicySize).used,
        );
        expect(sizes).to.deep.equal([200, 200]);
    });

    it("is an error beyond 6,144 characters", () => {
        const status = (characters: number): BudgetStatus =>
            budget([planned("aws:iam/policy:Policy", "p", { policy: document(characters) })], BudgetKind.PolicySize).status;
        expect([status(6144), status(6145)]).to.deep.equal([BudgetStatus.Warning, BudgetStatus.Error]);
    });

    it("is that of all inline policies of a role together", () => {
        const inline = (name: string): PlannedResource =>
            planned("aws:iam/rolePolicy:RolePolicy", name, { policy: document(6000) }, { role: [role] });
        const own = { ...role, inputs: { inlinePolicies: [{ name: "own", policy: document(100) }] } };
        const found = budget([own, inline("one"), inline("two")], BudgetKind.PolicySize);
        expect(found).to.include({ used: 12_100, limit: 10_240, status: BudgetStatus.Error, urn: role.urn });
        expect(found.parts).to.have.lengthOf(3);
    });

    it("is limited to 2,048 characters for trust policies", () => {
        const trusted = planned("aws:iam/role:Role", "nodes", { assumeRolePolicy: document(2049) });
        expect(budget([trusted], BudgetKind.PolicySize)).to.include({ used: 2049, limit: 2048, status: BudgetStatus.Error });
    });

    it("is left out where the text is unknown or secret", () => {
        const unknown = ["__unknown__", "__secret__"].map((policy) => planned("aws:iam/policy:Policy", "p", { policy }));
        expect(unknown.flatMap((policy) => ofKind([policy], BudgetKind.PolicySize))).to.deep.equal([]);
    });
});

describe("the size of user data", () => {
    const sized = (bytes: number): Budget => budget([template({ userData: base64("é".repeat(bytes / 2)) })], BudgetKind.UserData);

    it("is that before base64, in bytes", () => {
        expect(sized(1000)).to.include({ used: 1000, limit: 16_384, status: BudgetStatus.Ok });
    });

    it("is an error beyond 16 KiB", () => {
        expect([sized(16_384).status, sized(16_386).status]).to.deep.equal([BudgetStatus.Warning, BudgetStatus.Error]);
    });

    it("of instances is counted whether it is encoded or not", () => {
        const type = "aws:ec2/instance:Instance";
        const plain = planned(type, "plain", { userData: "#!/bin/sh" });
        const encoded = planned(type, "encoded", { userDataBase64: base64("#!/bin/sh") });
        expect(ofKind([plain, encoded], BudgetKind.UserData).map(({ used }) => used)).to.deep.equal([9, 9]);
    });
});

describe("the budgets of the committed environments", () => {
    for (const stack of ["dev", "staging", "prod"]) {
        for (const preview of [true, false]) {
            it(`are kept in ${stack} in ${preview ? "a preview" : "an update"}`, async () => {
                const { resources } = await recordEnvironment(stack, preview);
                const { budgets } = budgetReport(resources as unknown as PlannedResource[]);
                expect(budgets.filter(({ status }) => status !== BudgetStatus.Ok)).to.deep.equal([]);
                const nodes = budgets.filter(
                    ({ kind, subject }) => kind === BudgetKind.SubnetAddresses && subject.startsWith(`${stack}-private`),
                );
                expect(nodes).to.not.be.empty;
                nodes.forEach(({ used, atRest, limit }) => {
                    expect(used).to.be.within(100, limit);
                    expect(atRest).to.be.within(30, used);
                });
            });
        }
    }
});
