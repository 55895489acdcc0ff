/**
 * EKS images: the AMI type of a managed group and the public parameter of a self-managed one.
 * AL2023: https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * Bottlerocket: https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html
 */
import { OperatingSystem } from "../user-data";
import type { Architecture } from "./arguments";
import { Accelerator } from "./arguments";

/** What decides an EKS image. */
export interface ImageChoice {
    /** Operating system. */
    operatingSystem: OperatingSystem;
    /** Architecture. */
    architecture: Architecture;
    /** Accelerator support. */
    accelerator: Accelerator;
    /** Kubernetes minor version. */
    kubernetesVersion: string;
    /** A fixed release. */
    releaseVersion?: string;
}

/** AMI types of EKS (https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html), by operating system, architecture, accelerator. */
const AMI_TYPES: Readonly<Record<OperatingSystem, Readonly<Record<Architecture, Readonly<Partial<Record<Accelerator, string>>>>>>> = {
    al2023: {
        x86_64: { none: "AL2023_x86_64_STANDARD", nvidia: "AL2023_x86_64_NVIDIA", neuron: "AL2023_x86_64_NEURON" },
        arm64: { none: "AL2023_ARM_64_STANDARD", nvidia: "AL2023_ARM_64_NVIDIA" },
    },
    bottlerocket: {
        x86_64: { none: "BOTTLEROCKET_x86_64", nvidia: "BOTTLEROCKET_x86_64_NVIDIA" },
        arm64: { none: "BOTTLEROCKET_ARM_64", nvidia: "BOTTLEROCKET_ARM_64_NVIDIA" },
    },
};

/** The AMI type, or undefined when EKS has no such image. */
export function amiType(choice: Pick<ImageChoice, "operatingSystem" | "architecture" | "accelerator">): string | undefined {
    return AMI_TYPES[choice.operatingSystem][choice.architecture][choice.accelerator];
}

/**
 * What the launch template of a self-managed group names as its image: a public parameter that EC2 resolves at launch.
 * The template's text stays the same when AWS publishes an image, so nothing is replaced unasked; a new instance gets
 * the image current then, or that of the fixed release.
 */
export function imageReference(choice: ImageChoice): string {
    return `resolve:ssm:${imageParameter(choice)}`;
}

/** Name of the public parameter that holds the AMI id. */
export function imageParameter(choice: ImageChoice): string {
    return choice.operatingSystem === OperatingSystem.Bottlerocket ? bottlerocketParameter(choice) : amazonLinuxParameter(choice);
}

function amazonLinuxParameter({ architecture, accelerator, kubernetesVersion, releaseVersion }: ImageChoice): string {
    const variant = accelerator === Accelerator.None ? "standard" : accelerator;
    // A release such as 1.35.2-20251120 is published under its date.
    const date = releaseVersion?.split("-")[1];
    const image = date === undefined ? "recommended" : `amazon-eks-node-al2023-${architecture}-${variant}-${kubernetesVersion}-v${date}`;
    return `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${architecture}/${variant}/${image}/image_id`;
}

function bottlerocketParameter({ architecture, accelerator, kubernetesVersion, releaseVersion }: ImageChoice): string {
    const variant = accelerator === Accelerator.Nvidia ? "-nvidia" : "";
    return `/aws/service/bottlerocket/aws-k8s-${kubernetesVersion}${variant}/${architecture}/${releaseVersion ?? "latest"}/image_id`;
}

/** Shape of a release version by operating system, with an example. */
export const RELEASE_VERSION: Readonly<Record<OperatingSystem, { pattern: RegExp; example: string }>> = {
    al2023: { pattern: /^1\.\d+\.\d+-\d{8}$/, example: "1.35.2-20251120" },
    bottlerocket: { pattern: /^\d+\.\d+\.\d+-[0-9a-f]{8}$/, example: "1.50.0-7e2ff0ea" },
};
