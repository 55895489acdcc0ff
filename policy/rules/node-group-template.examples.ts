// Cases of the rule node-group-template.
import type { Example } from "./rule";
import { LOCKED, nodeGroup, OPEN, template } from "./template.examples";
import { UNKNOWN } from "./value";

const PATH = "launchTemplate";

/** Good and bad cases. */
export const examples: readonly Example[] = [
    {
        title: "a template of the stack in its latest version",
        resources: [template("nodes", LOCKED), nodeGroup({ id: "lt-nodes", version: "3" }, "nodes")],
        findings: [],
    },
    {
        title: "a template that has yet to be made",
        resources: [
            template("nodes", LOCKED, { id: UNKNOWN, latestVersion: UNKNOWN }),
            nodeGroup({ id: UNKNOWN, version: UNKNOWN }, "nodes"),
        ],
        findings: [],
    },
    {
        title: "a template named by name, always latest",
        resources: [template("nodes", LOCKED), nodeGroup({ name: "nodes-0a1b", version: "$Latest" })],
        findings: [],
    },
    {
        title: "the default version of a template whose default follows changes",
        resources: [template("nodes", LOCKED, { updateDefaultVersion: true }), nodeGroup({ id: "lt-nodes", version: "$Default" }, "nodes")],
        findings: [],
    },
    {
        title: "the default version of a template whose default is the latest",
        resources: [template("nodes", LOCKED, { defaultVersion: 3 }), nodeGroup({ id: "lt-nodes", version: "$Default" }, "nodes")],
        findings: [],
    },
    {
        title: "a template outside the stack that is allowed",
        resources: [nodeGroup({ id: "lt-golden", version: "7" })],
        config: { allowedTemplates: ["lt-golden"] },
        findings: [],
    },
    {
        title: "a hop limit of 2, when 2 is allowed",
        resources: [
            template("nodes", { ...LOCKED, httpPutResponseHopLimit: 2 }),
            nodeGroup({ id: "lt-nodes", version: "$Latest" }, "nodes"),
        ],
        config: { maxHopLimit: 2 },
        findings: [],
    },
    { title: "a node group without a launch template", resources: [nodeGroup(undefined)], findings: ["missing"] },
    {
        title: "a template that answers IMDSv1",
        resources: [template("nodes", OPEN), nodeGroup({ id: "lt-nodes", version: "$Latest" }, "nodes")],
        findings: [`tokens:${PATH}`],
    },
    {
        title: "a template that answers IMDSv1, before ids are known",
        resources: [
            template("nodes", OPEN, { id: UNKNOWN, latestVersion: UNKNOWN }),
            template("other", LOCKED, { id: UNKNOWN, latestVersion: UNKNOWN }),
            nodeGroup({ id: UNKNOWN, version: UNKNOWN }, "nodes"),
        ],
        findings: [`tokens:${PATH}`],
    },
    {
        title: "a template without metadata options",
        resources: [template("nodes", null), nodeGroup({ id: "lt-nodes", version: "$Latest" }, "nodes")],
        findings: [`tokens:${PATH}`, `hop-limit:${PATH}`],
    },
    {
        title: "a template with a hop limit of 2",
        resources: [
            template("nodes", { ...LOCKED, httpPutResponseHopLimit: 2 }),
            nodeGroup({ id: "lt-nodes", version: "$Latest" }, "nodes"),
        ],
        findings: [`hop-limit:${PATH}`],
    },
    {
        title: "a template outside the stack",
        resources: [template("nodes", LOCKED), nodeGroup({ id: "lt-golden", version: "7" })],
        findings: [`outside:${PATH}`],
    },
    {
        title: "an old version of the template",
        resources: [template("nodes", LOCKED), nodeGroup({ id: "lt-nodes", version: "1" }, "nodes")],
        findings: [`version:${PATH}`],
    },
    {
        title: "the default version of a template whose default stays behind",
        resources: [template("nodes", LOCKED, { defaultVersion: 1 }), nodeGroup({ id: "lt-nodes", version: "$Default" }, "nodes")],
        findings: [`version:${PATH}`],
    },
    {
        title: "a version that is none",
        resources: [template("nodes", LOCKED), nodeGroup({ id: "lt-nodes", version: "latest" }, "nodes")],
        findings: [`version:${PATH}`],
    },
    {
        title: "a launch template block that names none",
        resources: [template("nodes", LOCKED), nodeGroup({ version: "3" })],
        findings: [`unnamed:${PATH}`],
    },
    {
        title: "an id that is not known and comes from nowhere in the stack",
        resources: [nodeGroup({ id: UNKNOWN, version: "$Latest" })],
        findings: [],
        unknowns: ["launchTemplate.id"],
    },
    {
        title: "a number for a template whose latest version is not known yet",
        resources: [template("nodes", LOCKED, { latestVersion: UNKNOWN }), nodeGroup({ id: "lt-nodes", version: "1" }, "nodes")],
        findings: [],
        unknowns: ["launchTemplate.nodes.latestVersion"],
    },
];
