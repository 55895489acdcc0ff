/** How many network interfaces and addresses an instance type has, by which pods on a node are limited. */
import table from "./instance-capacity.json";

/** What runs an instance; prefix delegation needs anything but Xen. */
export type Platform = "nitro" | "xen" | "metal" | "unknown";

/** Capacity of an instance type. */
export interface InstanceCapacity {
    /** Network interfaces of the default network card. */
    interfaces: number;
    /** IPv4 addresses of each interface, its own included. */
    addressesPerInterface: number;
    /** Virtual processors. */
    vcpus: number;
    /** What runs the instance. */
    platform: Platform;
}

const TYPES = table.types as unknown as Readonly<Record<string, readonly [number, number, number, Platform]>>;

/** Capacity of a type; undefined for types that are newer than the table. */
export function instanceCapacity(instanceType: string): InstanceCapacity | undefined {
    const row = Object.hasOwn(TYPES, instanceType) ? TYPES[instanceType] : undefined;
    if (row === undefined) {
        return undefined;
    }
    const [interfaces, addressesPerInterface, vcpus, platform] = row;
    return { interfaces, addressesPerInterface, vcpus, platform };
}

/** Every instance type in the table. */
export function knownInstanceTypes(): string[] {
    return Object.keys(TYPES);
}

/** Most vCPUs for which AWS recommends the smaller number of pods (max-pods-calculator.sh in awslabs/amazon-eks-ami). */
const SMALL_NODE_VCPUS = 30;

/**
 * Most pods AWS recommends on a node whatever its addresses
 * (https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html).
 */
export function recommendedPods(vcpus: number): number {
    return vcpus <= SMALL_NODE_VCPUS ? 110 : 250;
}
