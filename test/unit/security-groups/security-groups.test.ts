/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- recorded inputs have no type of their own */
import { expect } from "chai";
import { CONTROL_PLANE_TO_NODE_PORTS, ClusterSecurityGroups } from "../../../components/security-groups";
import type { ClusterSecurityGroupsArgs } from "../../../components/security-groups";
import { recorded, refused } from "../../support/found";
import type { Found, Resource } from "../../support/found";

const GROUP = "securityGroup:SecurityGroup";
const CLUSTER_TAG = "kubernetes.io/cluster/prod";

function groups(args: Partial<ClusterSecurityGroupsArgs> = {}, preview = false): Promise<Found> {
    const tags = { Owner: "platform" };
    return recorded(() => void new ClusterSecurityGroups("c", { clusterName: "prod", vpcId: "vpc-1", tags, ...args }), preview);
}

for (const preview of [false, true]) {
    describe(`ClusterSecurityGroups in ${preview ? "a preview" : "an update"}`, () => {
        let found: Found;
        before(async () => {
            found = await groups({}, preview);
        });

        /** Whose group a rule stands on, its direction, its ports and the other side. */
        const described = (rule: Resource): string => {
            const nameOf = (property: string): string | undefined =>
                found.resources.find(({ urn }) => rule.propertyDependencies[property]?.includes(urn))?.name;
            const { cidrIpv4, cidrIpv6, fromPort, toPort, ipProtocol } = rule.inputs;
            const direction = rule.type.endsWith("IngressRule") ? "from" : "to";
            const peer = nameOf("referencedSecurityGroupId") ?? cidrIpv4 ?? cidrIpv6;
            const ports = fromPort === undefined ? "" : ` ${fromPort}-${toPort}`;
            return `${nameOf("securityGroupId")} ${direction} ${peer}: ${ipProtocol}${ports}`;
        };

        it("has one group with the cluster tag, the nodes'", () => {
            const tagged = found.all(GROUP).filter(({ inputs }) => inputs.tags[CLUSTER_TAG] !== undefined);
            expect(tagged.map(({ name, inputs }) => [name, inputs.tags[CLUSTER_TAG]])).to.deep.equal([["c-nodes", "owned"]]);
        });

        it("has a group for the control plane and one for the nodes", () => {
            expect(found.names(GROUP)).to.deep.equal(["c-control-plane", "c-nodes"]);
        });

        it("has no rules inside the groups", () => {
            for (const { inputs } of found.all(GROUP)) {
                expect(inputs).not.to.have.any.keys("ingress", "egress");
            }
        });

        it("takes foreign rules away when a group goes", () => {
            expect(found.all(GROUP).map(({ inputs }) => inputs.revokeRulesOnDelete as unknown)).to.deep.equal([true, true]);
        });

        it("has exactly the rules a cluster needs, each from the right side", () => {
            const rules = [...found.all("SecurityGroupIngressRule"), ...found.all("SecurityGroupEgressRule")].map(described);
            expect(rules).to.have.members([
                "c-control-plane from c-nodes: tcp 443-443",
                "c-control-plane to c-nodes: -1",
                "c-nodes from c-nodes: -1",
                ...CONTROL_PLANE_TO_NODE_PORTS.map((port) => `c-nodes from c-control-plane: tcp ${port}-${port}`),
                "c-nodes to 0.0.0.0/0: -1",
                "c-nodes to ::/0: -1",
            ]);
        });

        it("admits nobody by address", () => {
            const open = found.all("SecurityGroupIngressRule").filter(({ inputs }) => inputs.cidrIpv4 ?? inputs.cidrIpv6);
            expect(open).to.deep.equal([]);
        });

        it("hangs each rule below its group", () => {
            for (const rule of [...found.all("SecurityGroupIngressRule"), ...found.all("SecurityGroupEgressRule")]) {
                expect([rule.parent]).to.deep.equal(rule.propertyDependencies["securityGroupId"]);
            }
        });

        it("tags groups and rules with the environment's tags and their names", () => {
            for (const { name, inputs } of found.resources.filter(({ custom }) => custom)) {
                expect(inputs.tags).to.include({ Owner: "platform", Name: name });
            }
        });

        it("registers its outputs", () => {
            expect(found.one("index:ClusterSecurityGroups").outputs).to.have.keys("controlPlaneId", "nodesId");
        });
    });
}

describe("ClusterSecurityGroups", () => {
    it("opens webhook ports of the user's own, each once", async () => {
        const names = (await groups({ webhookPorts: [9876, 443, 9876] })).names("SecurityGroupIngressRule");
        expect(names.filter((name) => name.endsWith("-9876"))).to.deep.equal(["c-nodes-from-control-plane-9876"]);
        expect(names.filter((name) => name.endsWith("-443"))).to.have.length(1);
    });

    it("keeps every rule's name when a port is added", async () => {
        const [before, after] = [await groups(), await groups({ webhookPorts: [1] })];
        expect(after.resources.map(({ urn }) => urn)).to.include.members(before.resources.map(({ urn }) => urn));
    });

    it("refuses what is no port, all at once, and registers nothing", async () => {
        const args = { clusterName: "prod", vpcId: "vpc-1", webhookPorts: [0, 443, 65536, 1.5] };
        const { registered, paths } = await refused(() => new ClusterSecurityGroups("c", args));
        expect(paths).to.deep.equal(["webhookPorts[0]", "webhookPorts[2]", "webhookPorts[3]"]);
        expect(registered).to.deep.equal([]);
    });
});
