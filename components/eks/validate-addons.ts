/** Checks add-ons: names, versions, and how they are to get AWS rights. */
import { nearest, show } from "../core/errors";
import type { Problem, Problems } from "../core/errors";
import { WorkloadIdentity } from "../iam";
import { ADDON_IDENTITIES, AddonPhase, addonPhase } from "./addons";
import type { EksAddonArgs } from "./addons";
import type { EksClusterSettings } from "./validate";

/** Add-on names EKS lists are lower case with hyphens, some with a vendor before an underscore. */
const ADDON_NAME = /^[a-z0-9][a-z0-9_-]*$/;
const ADDON_VERSION = /^(default|latest|v\d+\.\d+\.\d+-eksbuild\.\d+)$/;
/** Add-ons of AWS, for the nearest name when one is misspelt. */
const KNOWN_ADDONS = [
    "vpc-cni",
    "kube-proxy",
    "coredns",
    "eks-pod-identity-agent",
    "aws-ebs-csi-driver",
    "aws-efs-csi-driver",
    "aws-mountpoint-s3-csi-driver",
    "snapshot-controller",
    "metrics-server",
    "eks-node-monitoring-agent",
    "amazon-cloudwatch-observability",
    "aws-guardduty-agent",
    "adot",
    "cert-manager",
    "external-dns",
    "kube-state-metrics",
    "prometheus-node-exporter",
];

const AGENT = "eks-pod-identity-agent";

/** Checks each add-on by itself. */
export function validateAddons(args: EksClusterSettings, problems: Problems): void {
    for (const [addonName, addon] of Object.entries(args.addons ?? {})) {
        const meant = KNOWN_ADDONS.includes(addonName) ? undefined : nearest(addonName, KNOWN_ADDONS);
        problems.require(
            ADDON_NAME.test(addonName) && meant === undefined,
            `addons.${addonName}`,
            `unknown add-on ${show(addonName)}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
        );
        problems.require(
            addon.version === undefined || ADDON_VERSION.test(addon.version),
            `addons.${addonName}.version`,
            `${show(addon.version)} is not a version; write "default", "latest" or one like "v1.20.4-eksbuild.2"`,
        );
        validateAddonIdentity(addonName, addon, problems);
    }
}

/** Rights that would be asked for and never given. */
function validateAddonIdentity(addonName: string, addon: EksAddonArgs, problems: Problems): void {
    const path = `addons.${addonName}`;
    if (ADDON_IDENTITIES[addonName] !== undefined || addon.identity === undefined) {
        return;
    }
    problems.require(
        addon.identity !== WorkloadIdentity.PodIdentity,
        `${path}.identity`,
        `"${WorkloadIdentity.PodIdentity}" needs the service account's name, which is known for ${Object.keys(ADDON_IDENTITIES).join(", ")} only; use "${WorkloadIdentity.Irsa}" with roleArn`,
    );
    problems.require(addon.roleArn !== undefined, `${path}.roleArn`, "no role is made for this add-on; give one, or leave identity out");
}

/** Rights through the agent, without the agent: the add-on's pods would find no credentials. */
export function agentProblems(addons: Readonly<Record<string, EksAddonArgs>>): Problem[] {
    if (addons[AGENT] !== undefined) {
        return [];
    }
    return Object.entries(addons)
        .filter(([addonName, addon]) => (addon.identity ?? ADDON_IDENTITIES[addonName]?.identity) === WorkloadIdentity.PodIdentity)
        .map(([addonName]) => ({
            path: `addons.${addonName}`,
            reason: `gets its rights through the Pod Identity agent, which is not installed; add "${AGENT}", or set identity: ${WorkloadIdentity.Irsa}`,
        }));
}

/** Add-ons a cluster component cannot install, because their pods wait for nodes. */
export function lateAddonProblems(addons: Readonly<Record<string, EksAddonArgs>>): Problem[] {
    return Object.keys(addons)
        .filter((addonName) => addonPhase(addonName) === AddonPhase.AfterNodes)
        .map((addonName) => ({
            path: `addons.${addonName}`,
            reason: "runs on nodes and would be degraded until there are some; install it with EksAddons after the node groups",
        }));
}
