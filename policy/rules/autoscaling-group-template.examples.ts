// Cases of the rule autoscaling-group-template.
import type { Example } from "./rule";
import { group, LOCKED, OPEN, template } from "./template.examples";
import type { Value } from "./value";
import { UNKNOWN } from "./value";

const MIXED = "mixedInstancesPolicy.launchTemplate";
const latest = (name: string): Value => ({ launchTemplateId: `lt-${name}`, version: "$Latest" });
const mixed = (main: Value, ...overrides: Value[]): Record<string, Value> => ({
    mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: main, overrides } },
});

/** Good and bad cases. */
export const examples: readonly Example[] = [
    {
        title: "a template of the stack",
        resources: [template("nodes", LOCKED), group({ launchTemplate: { id: "lt-nodes", version: "$Latest" } }, "nodes")],
        findings: [],
    },
    {
        title: "a template that has yet to be made, beside a block the provider computes",
        resources: [
            template("nodes", LOCKED, { id: UNKNOWN, latestVersion: UNKNOWN }),
            {
                ...group({ launchTemplate: { id: UNKNOWN, version: UNKNOWN }, mixedInstancesPolicy: UNKNOWN }),
                refersTo: { launchTemplate: ["nodes"] },
            },
        ],
        findings: [],
    },
    {
        title: "a mixed instances policy whose overrides name templates of the stack",
        resources: [
            template("nodes", LOCKED),
            template("arm", LOCKED),
            group(mixed(latest("nodes"), { instanceType: "m6i.large" }, { launchTemplateSpecification: latest("arm") }), "nodes", "arm"),
        ],
        findings: [],
    },
    {
        title: "a template outside the stack that is allowed by name",
        resources: [group({ launchTemplate: { name: "golden", version: "$Latest" } })],
        config: { allowedTemplates: ["golden"] },
        findings: [],
    },
    {
        title: "a template beside a launch configuration the provider computes",
        resources: [
            template("nodes", LOCKED),
            group({ launchTemplate: { id: "lt-nodes", version: "$Latest" }, launchConfiguration: UNKNOWN }, "nodes"),
        ],
        findings: [],
    },
    { title: "a group that names no template", resources: [group({ maxSize: 1 })], findings: ["missing"] },
    {
        title: "a launch configuration",
        resources: [group({ launchConfiguration: "old" })],
        findings: ["launch-configuration"],
    },
    {
        title: "a launch configuration beside a block the provider computes",
        resources: [group({ launchConfiguration: "old", mixedInstancesPolicy: UNKNOWN })],
        findings: ["launch-configuration"],
    },
    {
        title: "a template that answers IMDSv1",
        resources: [template("nodes", OPEN), group({ launchTemplate: { id: "lt-nodes", version: "$Latest" } }, "nodes")],
        findings: ["tokens:launchTemplate"],
    },
    {
        title: "a mixed instances policy whose main template answers IMDSv1",
        resources: [template("nodes", OPEN), group(mixed(latest("nodes")), "nodes")],
        findings: [`tokens:${MIXED}.launchTemplateSpecification`],
    },
    {
        title: "one override that names a template that answers IMDSv1",
        resources: [
            template("nodes", LOCKED),
            template("arm", OPEN),
            group(mixed(latest("nodes"), { launchTemplateSpecification: latest("nodes") }, { launchTemplateSpecification: latest("arm") })),
        ],
        findings: [`tokens:${MIXED}.overrides.1.launchTemplateSpecification`],
    },
    {
        title: "an override that names a template outside the stack",
        resources: [template("nodes", LOCKED), group(mixed(latest("nodes"), { launchTemplateSpecification: latest("golden") }), "nodes")],
        findings: [`outside:${MIXED}.overrides.0.launchTemplateSpecification`],
    },
    {
        title: "a pinned old version in an override",
        resources: [
            template("nodes", LOCKED),
            group(mixed(latest("nodes"), { launchTemplateSpecification: { launchTemplateId: "lt-nodes", version: "2" } }), "nodes"),
        ],
        findings: [`version:${MIXED}.overrides.0.launchTemplateSpecification`],
    },
    {
        title: "no version, and a default that stays behind",
        resources: [template("nodes", LOCKED, { defaultVersion: 1 }), group({ launchTemplate: { id: "lt-nodes" } }, "nodes")],
        findings: ["version:launchTemplate"],
    },
    {
        title: "overrides that are not known yet, of a template that has yet to be made",
        resources: [
            template("nodes", LOCKED, { id: UNKNOWN, latestVersion: UNKNOWN }),
            group(
                {
                    mixedInstancesPolicy: {
                        launchTemplate: {
                            launchTemplateSpecification: { launchTemplateId: UNKNOWN, version: UNKNOWN },
                            overrides: UNKNOWN,
                        },
                    },
                },
                "nodes",
            ),
        ],
        findings: [],
        unknowns: [`${MIXED}.overrides`],
    },
    {
        title: "a bad main template although the overrides are not known yet",
        resources: [
            template("nodes", OPEN),
            group(
                { mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: latest("nodes"), overrides: UNKNOWN } } },
                "nodes",
            ),
        ],
        findings: [`tokens:${MIXED}.launchTemplateSpecification`],
        unknowns: [`${MIXED}.overrides`],
    },
];
