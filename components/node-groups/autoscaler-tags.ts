/**
 * Tags by which Cluster Autoscaler finds a group and knows what a node of it will be while it has none.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
import { TaintEffect } from "../user-data";
import type { TaintArgs } from "../user-data";

const PREFIX = "k8s.io/cluster-autoscaler";

/** What the autoscaler should know of a group. */
export interface NodeTemplate {
    /** Node labels. */
    labels: Readonly<Record<string, string>>;
    /** Node taints. */
    taints: readonly TaintArgs[];
    /** Extended and other resources. */
    resources: Readonly<Record<string, string>>;
    /** Disk size in GiB. */
    diskSizeGib: number;
    /** The zone, when the group has one only. */
    zone?: string;
}

/** Tags for auto-discovery; EKS writes these on managed groups itself. */
export function discoveryTags(clusterName: string): Record<string, string> {
    return { [`${PREFIX}/enabled`]: "true", [`${PREFIX}/${clusterName}`]: "owned" };
}

/** Tags for scaling from zero. */
export function nodeTemplateTags(template: NodeTemplate): Record<string, string> {
    const labels = { ...zoneLabels(template.zone), ...template.labels };
    const resources = { "ephemeral-storage": `${template.diskSizeGib}Gi`, ...template.resources };
    return {
        ...tagged("label", labels),
        ...tagged("taint", taintValues(template.taints)),
        ...tagged("resources", resources),
    };
}

/** Pods with an EBS volume ask for this label, which the CSI driver sets only once a node runs. */
function zoneLabels(zone: string | undefined): Record<string, string> {
    return zone === undefined ? {} : { "topology.ebs.csi.aws.com/zone": zone };
}

/** A tag key can hold one value, so of several effects on one taint key the strongest stands for all. */
function taintValues(taints: readonly TaintArgs[]): Record<string, string> {
    const strength: TaintEffect[] = [TaintEffect.PreferNoSchedule, TaintEffect.NoSchedule, TaintEffect.NoExecute];
    const weakestFirst = [...taints].sort((a, b) => strength.indexOf(a.effect) - strength.indexOf(b.effect));
    return Object.fromEntries(weakestFirst.map((taint) => [taint.key, `${taint.value ?? ""}:${taint.effect}`]));
}

function tagged(kind: string, values: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${PREFIX}/node-template/${kind}/${key}`, value]));
}
