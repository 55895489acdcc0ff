/**
 * Rules of each security group, and groups on each network interface, against the quotas of the account
 * (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups).
 */
import type { PlannedResource } from "../plan-file";
import { BudgetKind, budgetOf } from "./model";
import type { Budget } from "./model";
import { Type, listAt, numberAt, objectAt, tagsOf, textsAt } from "./plan-index";
import type { PlanIndex } from "./plan-index";

/** Quotas of an account that can be raised. */
export interface Quotas {
    /** Rules of a security group, for each direction and each address family. */
    rulesPerGroup: number;
    /** Security groups of a network interface. */
    groupsPerInterface: number;
}

/** What an account has before anything is raised. */
export const DEFAULT_QUOTAS: Readonly<Quotas> = Object.freeze({ rulesPerGroup: 60, groupsPerInterface: 5 });

/** The two quotas multiplied cannot be raised beyond this. */
const RULES_PER_INTERFACE = 1_000;

type Direction = "inbound" | "outbound";

/** Rules of one family that one rule resource or entry makes. */
interface RuleCount {
    what: string;
    ipv4: number;
    ipv6: number;
}

/** A group's rules of one direction. */
interface RuleSet {
    /** The group, or the resource it comes with. */
    owner: PlannedResource;
    subject: string;
    direction: Direction;
    counts: RuleCount[];
}

const RULE_ADVICE =
    "merge rules into CIDR ranges, port ranges or references to security groups; for load balancers run the AWS Load Balancer Controller, " +
    "whose rules on nodes do not grow with the Services; or have the quota 'Inbound or outbound rules per security group' raised";

/** Rules of every group, and groups of every launch template, cluster and endpoint. */
export function securityGroupBudgets(index: PlanIndex, quotas: Quotas = DEFAULT_QUOTAS): Budget[] {
    return [...ruleBudgets(index, quotas), ...interfaceBudgets(index, quotas)];
}

function ruleBudgets(index: PlanIndex, quotas: Quotas): Budget[] {
    return [...ruleSets(index).values()].map(({ owner, subject, direction, counts }) => {
        const family = total(counts, "ipv6") > total(counts, "ipv4") ? "ipv6" : "ipv4";
        const kinds = [...new Set(counts.map(({ what }) => what))];
        const amountOf = (kind: string): number =>
            total(
                counts.filter(({ what }) => what === kind),
                family,
            );
        const isTagged = Object.keys(tagsOf(owner)).some((key) => key.startsWith("kubernetes.io/cluster/"));
        return budgetOf({
            kind: BudgetKind.SecurityGroupRules,
            subject: `${subject} ${direction}`,
            urn: owner.urn,
            limit: quotas.rulesPerGroup,
            unit: "rules",
            parts: kinds.map((what) => ({ what, amount: amountOf(what) })).filter(({ amount }) => amount > 0),
            ...(isTagged && direction === "inbound" ? { note: "controllers add rules here for each Service of type LoadBalancer" } : {}),
            advice: RULE_ADVICE,
        });
    });
}

function total(counts: readonly RuleCount[], family: "ipv4" | "ipv6"): number {
    return counts.reduce((sum, count) => sum + count[family], 0);
}

function ruleSets(index: PlanIndex): Map<string, RuleSet> {
    const sets = new Map<string, RuleSet>();
    const add = (owner: PlannedResource, subject: string, key: string, direction: Direction, counts: RuleCount[]): void => {
        const set = sets.get(`${key} ${direction}`) ?? { owner, subject, direction, counts: [] };
        set.counts.push(...counts);
        if (set.counts.length > 0) {
            sets.set(`${key} ${direction}`, set);
        }
    };
    for (const group of [...index.ofType(Type.SecurityGroup), ...index.ofType(Type.DefaultSecurityGroup)]) {
        const inline = (input: string): RuleCount[] =>
            listAt(group.inputs[input]).flatMap((rule) => listedCounts(index, group, objectAt(rule)));
        add(group, group.name, group.urn, "inbound", inline("ingress"));
        add(group, group.name, group.urn, "outbound", inline("egress"));
    }
    for (const rule of index.ofType(Type.IngressRule)) {
        add(...groupOf(index, rule), "inbound", singleCount(index, rule));
    }
    for (const rule of index.ofType(Type.EgressRule)) {
        add(...groupOf(index, rule), "outbound", singleCount(index, rule));
    }
    for (const rule of index.ofType(Type.LegacyRule)) {
        add(...groupOf(index, rule), rule.inputs["type"] === "egress" ? "outbound" : "inbound", listedCounts(index, rule, rule.inputs));
    }
    return sets;
}

/** The group a rule belongs to: one of the plan, the one EKS makes with a cluster, or one known by its id alone. */
function groupOf(index: PlanIndex, rule: PlannedResource): [owner: PlannedResource, subject: string, key: string] {
    const input = "securityGroupId";
    const id = String(rule.inputs[input]);
    const group = index.referred(rule, input, Type.SecurityGroup, Type.DefaultSecurityGroup)[0];
    if (group !== undefined) {
        return [group, group.name, group.urn];
    }
    const cluster = index.referred(rule, input, Type.Cluster)[0];
    return cluster === undefined ? [rule, id, id] : [cluster, `${cluster.name} (the group EKS makes)`, `${cluster.urn} ${id}`];
}

/** A rule resource holds one rule. One that names a group or a prefix list counts in both families. */
function singleCount(index: PlanIndex, rule: PlannedResource): RuleCount[] {
    const { cidrIpv4, cidrIpv6, prefixListId } = rule.inputs;
    if (cidrIpv4 !== undefined) {
        return [{ what: "IPv4 ranges", ipv4: 1, ipv6: 0 }];
    }
    if (cidrIpv6 !== undefined) {
        return [{ what: "IPv6 ranges", ipv4: 0, ipv6: 1 }];
    }
    if (prefixListId !== undefined) {
        const entries = prefixListEntries(index, rule, "prefixListId", 1);
        return [{ what: "prefix lists", ipv4: entries, ipv6: entries }];
    }
    return [{ what: "security groups", ipv4: 1, ipv6: 1 }];
}

/** Inline rules and rules of the older resource hold one rule for each source they list. */
function listedCounts(index: PlanIndex, holder: PlannedResource, rule: Record<string, unknown>): RuleCount[] {
    const lists = textsAt(rule["prefixListIds"]).length;
    const entries = lists === 0 ? 0 : prefixListEntries(index, holder, "prefixListIds", lists);
    const groups =
        textsAt(rule["securityGroups"]).length + (rule["sourceSecurityGroupId"] === undefined ? 0 : 1) + (rule["self"] === true ? 1 : 0);
    const counts: RuleCount[] = [
        { what: "IPv4 ranges", ipv4: listAt(rule["cidrBlocks"]).length, ipv6: 0 },
        { what: "IPv6 ranges", ipv4: 0, ipv6: listAt(rule["ipv6CidrBlocks"]).length },
        { what: "prefix lists", ipv4: entries, ipv6: entries },
        { what: "security groups", ipv4: groups, ipv6: groups },
    ];
    return counts.filter(({ ipv4, ipv6 }) => ipv4 + ipv6 > 0);
}

/** A prefix list counts as many rules as it may ever have entries. Lists outside the plan count as one each: the least they can. */
function prefixListEntries(index: PlanIndex, resource: PlannedResource, input: string, lists: number): number {
    const known = index.referred(resource, input, Type.PrefixList);
    const entries = known.reduce((sum, list) => sum + (numberAt(list.inputs["maxEntries"]) ?? 1), 0);
    return entries + Math.max(0, lists - known.length);
}

function interfaceBudgets(index: PlanIndex, quotas: Quotas): Budget[] {
    const groupsOf = (resource: PlannedResource): number => {
        const { vpcSecurityGroupIds, securityGroupIds, networkInterfaces, vpcConfig } = resource.inputs;
        const own = listAt(vpcSecurityGroupIds).length + listAt(securityGroupIds).length;
        const interfaces = listAt(networkInterfaces).map((item) => listAt(objectAt(item)["securityGroups"]).length);
        // EKS adds a group of its own to those of the cluster.
        const cluster = resource.type === Type.Cluster ? 1 + listAt(objectAt(vpcConfig)["securityGroupIds"]).length : 0;
        return Math.max(own, cluster, ...interfaces);
    };
    const budgets = [Type.LaunchTemplate, Type.Cluster, Type.Endpoint].flatMap((type) =>
        index.ofType(type).map((resource) =>
            budgetOf({
                kind: BudgetKind.SecurityGroupRules,
                subject: resource.name,
                urn: resource.urn,
                limit: quotas.groupsPerInterface,
                unit: "groups per network interface",
                parts: [{ what: "security groups", amount: groupsOf(resource) }],
                advice: "attach fewer groups (additionalSecurityGroupIds), or have the quota 'Security groups per network interface' raised",
            }),
        ),
    );
    const relevant = budgets.filter(({ used, urn }) => used > 0 && (index.find(urn)?.type !== Type.Endpoint || used > 1));
    return [...relevant, ...quotaBudget(index, quotas)];
}

/** Raised quotas are refused when their product is too large. */
function quotaBudget(index: PlanIndex, quotas: Quotas): Budget[] {
    const anchor = index.ofType(Type.SecurityGroup)[0];
    const isRaised =
        quotas.rulesPerGroup !== DEFAULT_QUOTAS.rulesPerGroup || quotas.groupsPerInterface !== DEFAULT_QUOTAS.groupsPerInterface;
    if (anchor === undefined || !isRaised) {
        return [];
    }
    const amount = quotas.rulesPerGroup * quotas.groupsPerInterface;
    return [
        budgetOf({
            kind: BudgetKind.SecurityGroupRules,
            subject: "quotas of the account",
            urn: anchor.urn,
            limit: RULES_PER_INTERFACE,
            unit: "rules per network interface",
            parts: [{ what: `${quotas.rulesPerGroup} rules × ${quotas.groupsPerInterface} groups`, amount }],
            advice: "AWS raises one of the two quotas only while their product stays within the limit",
        }),
    ];
}
