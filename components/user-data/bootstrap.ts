/**
 * The seam between a node group and the operating system of its nodes: from facts about the cluster and
 * the node to the user data that makes an instance join. Pure; knows nothing of launch templates.
 * Limits: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
 */
import type { IpFamily } from "../core/handles";
import type { Problem } from "../core/errors";

/** Operating-system family of a node. */
export const OperatingSystem = {
    /** Amazon Linux 2023, the EKS-optimized image configured by nodeadm. */
    AmazonLinux2023: "al2023",
    /** Bottlerocket, configured by TOML settings. */
    Bottlerocket: "bottlerocket",
} as const;
/** Operating-system family of a node. */
export type OperatingSystem = (typeof OperatingSystem)[keyof typeof OperatingSystem];

/** What a taint does to pods that do not tolerate it. */
export const TaintEffect = {
    /** Such pods are not scheduled here. */
    NoSchedule: "NoSchedule",
    /** The scheduler avoids the node, but may use it. */
    PreferNoSchedule: "PreferNoSchedule",
    /** Such pods are not scheduled here, and running ones are evicted. */
    NoExecute: "NoExecute",
} as const;
/** What a taint does to pods that do not tolerate it. */
export type TaintEffect = (typeof TaintEffect)[keyof typeof TaintEffect];

/** A taint nodes register with (https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/). */
export interface TaintArgs {
    /** Taint key: a qualified name such as `dedicated` or `example.com/dedicated`. At most 63 characters on managed groups. */
    key: string;
    /** Taint value: at most 63 characters of letters, digits, `-`, `_`, `.`. Default: empty. */
    value?: string;
    /** What the taint does. One key may carry several effects; the same key and effect twice is refused. */
    effect: TaintEffect;
}

/**
 * Kubelet settings that mean the same on every operating system
 * (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/).
 */
export interface KubeletArgs {
    /**
     * Most pods on a node, 1 or more. Default: left to the image's own formula, which knows the instance type
     * but neither prefix delegation nor custom networking.
     */
    maxPods?: number;
    /** Resources kept for Kubernetes daemons, such as `{ cpu: "100m", memory: "600Mi" }`. Default: the image's own formula. */
    kubeReserved?: Record<string, string>;
    /** Resources kept for the operating system, such as `{ memory: "200Mi" }`. Default: the image's own. */
    systemReserved?: Record<string, string>;
    /** Thresholds at which pods are evicted at once, such as `{ "memory.available": "5%" }`. Default: the image's own. */
    evictionHard?: Record<string, string>;
    /**
     * Further KubeletConfiguration fields, written as they are, so that new ones need no release of this package.
     * Amazon Linux 2023 only; on Bottlerocket use `bottlerocket.settings`. Default: none.
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the package schema has "any" and no "unknown"
    extraConfiguration?: Record<string, any>;
}

/** What a node must know of its cluster. */
export interface ClusterFacts {
    /** Cluster name. */
    name: string;
    /** API server URL. */
    endpoint: string;
    /** CA certificate, PEM, base64-encoded. */
    certificateAuthority: string;
    /** Service CIDR of the primary family. */
    serviceCidr: string;
}

/** What a node registers with. */
export interface NodeFacts {
    /** Node labels. */
    labels: Readonly<Record<string, string>>;
    /** Node taints. */
    taints: readonly TaintArgs[];
    /** Kubelet settings. */
    kubelet: KubeletArgs;
}

/** Format of user data. */
export const UserDataKind = {
    /** MIME multipart with nodeadm NodeConfig and shell parts. */
    Mime: "mime",
    /** TOML settings. */
    Toml: "toml",
} as const;
/** Format of user data. */
export type UserDataKind = (typeof UserDataKind)[keyof typeof UserDataKind];

/** User data, not yet base64-encoded. An empty text means that nothing needs saying. */
export interface UserData {
    /** The document. */
    text: string;
    /** Its format. */
    kind: UserDataKind;
    /** Its size in bytes before base64, which is what EC2 limits. */
    bytes: number;
}

/** One operating-system family with one way to join a cluster. */
export interface NodeBootstrap {
    /** The operating-system family. */
    readonly operatingSystem: OperatingSystem;
    /**
     * The user data. Without `cluster` the document is partial: EKS adds endpoint, CA, labels and taints itself
     * when a managed group runs an EKS image (https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html).
     */
    userData(node: NodeFacts, cluster?: ClusterFacts): UserData;
    /** What is wrong with the operating system's own settings and with kubelet settings it cannot take. */
    problems(node: NodeFacts): Problem[];
}

/** Most bytes of user data EC2 takes, before base64. */
export const MAX_USER_DATA_BYTES = 16_384;

/** Wraps a document and measures it. */
export function measured(kind: UserDataKind, text: string): UserData {
    return { text, kind, bytes: Buffer.byteLength(text, "utf8") };
}

/** What is wrong with finished user data: its size. */
export function userDataProblems(userData: UserData, path = "userData"): Problem[] {
    if (userData.bytes <= MAX_USER_DATA_BYTES) {
        return [];
    }
    const reason =
        `user data of ${userData.bytes} bytes, and EC2 takes at most ${MAX_USER_DATA_BYTES} before base64; ` +
        `shorten the commands and settings, or fetch large files from S3`;
    return [{ path, reason }];
}

/**
 * Stand-ins of real length for values that are known only after the cluster exists, so that the size is
 * checked in the preview already. An EKS CA certificate is about 1,470 base64 characters.
 */
export function placeholderCluster(name: string, ipFamily: IpFamily): ClusterFacts {
    return {
        name,
        endpoint: `https://${"0".repeat(32)}.gr7.ap-southeast-1.eks.amazonaws.com`,
        certificateAuthority: "A".repeat(1_500),
        serviceCidr: ipFamily === "ipv6" ? "fd00:1234:5678::/108" : "172.20.0.0/16",
    };
}

/** Taints in a fixed order: by key, then effect. */
export function sortedTaints(taints: readonly TaintArgs[]): TaintArgs[] {
    const order = (taint: TaintArgs) => `${taint.key}\u0000${taint.effect}`;
    return [...taints].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
