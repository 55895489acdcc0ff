/** Pods that run on a node of each group, and in the whole group. */
import { BudgetKind, BudgetStatus, budgetOf } from "./model";
import type { Budget } from "./model";
import { nodeGroups, podRoom } from "./node-groups";
import type { NodeGroup, PodRoom } from "./node-groups";
import { groupKey } from "./plan-index";
import type { PlanIndex } from "./plan-index";

/** Two budgets for each group: one node, and all nodes at the group's maximum. */
export function podBudgets(index: PlanIndex): Budget[] {
    return nodeGroups(index).flatMap((group) => {
        const room = podRoom(group);
        return [nodeBudget(index, group, room), groupBudget(group, room)];
    });
}

/**
 * More pods than addresses is an error: the scheduler places them and they never start. More than AWS recommends is a
 * warning. A node that takes exactly what is recommended is as it should be, so nearness to the limit is no warning.
 */
function nodeBudget(index: PlanIndex, group: NodeGroup, room: PodRoom): Budget {
    const key = groupKey(index, group.resource);
    const isShort = room.pods > room.byAddresses;
    const budget = budgetOf({
        kind: BudgetKind.Pods,
        subject: group.resource.name,
        urn: group.resource.urn,
        limit: isShort ? room.byAddresses : room.recommended,
        unit: "pods per node",
        parts: [{ what: `${room.type ?? group.unknownTypes.join(", ")}, ${sourceOf(group)}`, amount: room.pods }],
        ...noteOf(group, room),
        advice: isShort
            ? `set ${key}.kubelet.maxPods to at most ${room.byAddresses}, the pods the addresses of ${room.type ?? "a node"} carry; or enable prefix delegation in addons.vpc-cni`
            : `set ${key}.kubelet.maxPods to at most ${room.recommended}, or take larger instanceTypes`,
    });
    if (isShort) {
        return budget;
    }
    const { advice, ...rest } = budget;
    const isAboveRecommendation = room.pods > room.recommended;
    return {
        ...rest,
        status: isAboveRecommendation ? BudgetStatus.Warning : BudgetStatus.Ok,
        ...(isAboveRecommendation ? { advice } : {}),
    };
}

function sourceOf(group: NodeGroup): string {
    if (group.maxPods !== undefined) {
        return "as configured";
    }
    return group.eksImage ? "as EKS works out" : "as the image works out";
}

/** An image does not know of prefixes, so most of what they bring lies idle until maxPods says otherwise. */
function noteOf(group: NodeGroup, room: PodRoom): { note?: string } {
    if (group.unknownTypes.length > 0) {
        return { note: `${group.unknownTypes.join(", ")}: not in the table, so the recommended number is assumed` };
    }
    const usable = Math.min(room.byAddresses, room.recommended);
    const isIdle = group.maxPods === undefined && !group.eksImage && !group.cni.ipv6 && room.pods < usable && group.cni.prefixDelegation;
    return isIdle ? { note: `addresses would carry ${usable}; the image takes ${room.pods} until kubelet.maxPods is set` } : {};
}

function groupBudget(group: NodeGroup, room: PodRoom): Budget {
    const parts = [{ what: `${group.nodes} nodes × ${room.pods} pods`, amount: group.nodes * room.pods }];
    const budget = budgetOf({
        kind: BudgetKind.Pods,
        subject: group.resource.name,
        urn: group.resource.urn,
        limit: group.nodes * Math.max(room.pods, room.recommended),
        unit: "pods in the group",
        parts,
    });
    // The budget of one node says all there is to complain about.
    return { ...budget, status: BudgetStatus.Ok };
}
