// Cases of the rule instance-template.
import type { Example } from "./rule";
import { LOCKED, OPEN, template, user } from "./template.examples";
import type { Value } from "./value";
import { UNKNOWN } from "./value";

const INSTANCE = "aws:ec2/instance:Instance";
const FLEET = "aws:ec2/fleet:Fleet";
const SPOT_FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest";
const nodes: Value = { id: "lt-nodes", version: "$Latest" };
const fleet = (...specifications: Value[]): Record<string, Value> => ({
    launchTemplateConfigs: specifications.map((launchTemplateSpecification) => ({ launchTemplateSpecification })),
});

/** Good and bad cases. */
export const examples: readonly Example[] = [
    {
        title: "an instance whose template passes",
        resources: [template("nodes", LOCKED), user(INSTANCE, { launchTemplate: nodes }, "nodes")],
        findings: [],
    },
    {
        title: "an instance whose template answers IMDSv1, but whose own settings pass",
        resources: [template("nodes", OPEN), user(INSTANCE, { launchTemplate: nodes, metadataOptions: LOCKED }, "nodes")],
        findings: [],
    },
    {
        title: "an instance without a template, which the rule on instances judges",
        resources: [user(INSTANCE, { metadataOptions: OPEN })],
        findings: [],
    },
    {
        title: "a fleet whose templates pass",
        resources: [
            template("nodes", LOCKED),
            user(
                FLEET,
                fleet({ launchTemplateId: "lt-nodes", version: "3" }, { launchTemplateName: "nodes-0a1b", version: "$Latest" }),
                "nodes",
            ),
        ],
        findings: [],
    },
    {
        title: "a spot fleet whose template passes",
        resources: [template("nodes", LOCKED), user(SPOT_FLEET, fleet(nodes), "nodes")],
        findings: [],
    },
    {
        title: "a game server group whose template passes",
        resources: [template("nodes", LOCKED), user("aws:gamelift/gameServerGroup:GameServerGroup", { launchTemplate: nodes }, "nodes")],
        findings: [],
    },
    {
        title: "an instance whose template answers IMDSv1",
        resources: [template("nodes", OPEN), user(INSTANCE, { launchTemplate: nodes }, "nodes")],
        findings: ["tokens:launchTemplate"],
    },
    {
        title: "an instance whose own settings are computed and whose template answers IMDSv1",
        resources: [
            template("nodes", OPEN),
            { ...user(INSTANCE, { launchTemplate: nodes, metadataOptions: UNKNOWN }), refersTo: { launchTemplate: ["nodes"] } },
        ],
        findings: ["tokens:launchTemplate"],
    },
    {
        title: "a spot request whose template has a hop limit of 2",
        resources: [
            template("nodes", { ...LOCKED, httpPutResponseHopLimit: 2 }),
            user("aws:ec2/spotInstanceRequest:SpotInstanceRequest", { launchTemplate: nodes }, "nodes"),
        ],
        findings: ["hop-limit:launchTemplate"],
    },
    {
        title: "a fleet that names a template outside the stack",
        resources: [user(FLEET, fleet({ launchTemplateId: "lt-golden", version: "1" }))],
        findings: ["outside:launchTemplateConfigs.0.launchTemplateSpecification"],
    },
    {
        title: "a fleet with one pinned old version",
        resources: [
            template("nodes", LOCKED),
            user(FLEET, fleet({ launchTemplateId: "lt-nodes", version: "3" }, { launchTemplateId: "lt-nodes", version: "2" }), "nodes"),
        ],
        findings: ["version:launchTemplateConfigs.1.launchTemplateSpecification"],
    },
    { title: "a fleet without a template", resources: [user(FLEET, { launchTemplateConfigs: [] })], findings: ["missing"] },
    {
        title: "a spot fleet with launch specifications",
        resources: [user(SPOT_FLEET, { launchSpecifications: [{ ami: "ami-1", instanceType: "m6i.large" }] })],
        findings: ["launch-specifications"],
    },
    {
        title: "a fleet whose configurations are not known yet",
        resources: [user(FLEET, { launchTemplateConfigs: UNKNOWN })],
        findings: [],
        unknowns: ["launchTemplateConfigs"],
    },
];
