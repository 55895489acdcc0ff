/**
 * What a stack file may say, as a zod schema: the shape of each key. What values mean together is checked by the
 * components, whose validators `checks.ts` calls.
 */
import { z } from "zod";
import { ClusterKind } from "../../components/core/handles";
import type { SubnetTier } from "../../components/core/handles";
import { accessSchema, addonsSchema, clusterSchema, loggingSchema } from "./cluster-schema";
import { section, text, textMap } from "./fields";
import { networkSchema } from "./network-schema";
import { nodeGroupSchema } from "./node-group-schema";
import type { ExistingNetworkArgs, NetworkArgs } from "../../components/network";
import type { NodeGroupKind } from "../../components/node-groups";

/** Cluster kinds this release can deploy. */
const DEPLOYABLE = { Eks: ClusterKind.Eks } as const;

/** The whole configuration of a stack, without the `aws-kubernetes:` prefix of its keys. */
export const configSchema = section("StackConfig", {
    environment: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,30}$/, "use lower-case letters, digits and hyphens, at most 31, beginning with a letter"),
    clusterKind: z.enum(DEPLOYABLE),
    clusterName: text.optional(),
    kubernetesVersion: text,
    protect: z.boolean().optional(),
    tags: textMap.optional(),
    network: networkSchema.optional(),
    cluster: clusterSchema.optional(),
    logging: loggingSchema.optional(),
    access: accessSchema,
    addons: addonsSchema.optional(),
    nodeGroups: z.record(z.string(), nodeGroupSchema).optional(),
});

/** The keys of the schema as validated, before defaults are filled in. */
export type RawConfig = z.infer<typeof configSchema>;

/** Configuration of one node group: the arguments of `ManagedNodeGroup` or `SelfManagedNodeGroup`, and where it goes. */
export interface NodeGroupConfig {
    /** `managed` by EKS, or `self-managed`: a launch template and an Auto Scaling group. */
    kind: NodeGroupKind;
    /** Tier of subnets nodes go to. Default: `private`, or `public` where there is none. */
    subnetTier?: SubnetTier;
    /** Zones nodes go to, by name. Default: all of the network. */
    zones?: string[];
}

/** Configuration of the network: the arguments of `Network`, or the ids of one that exists. */
export interface NetworkConfig extends NetworkArgs {
    /** Ids of a network made elsewhere, to use in place of a new one; no other key may stand beside it. */
    existing?: ExistingNetworkArgs;
}

/** A stack's configuration, complete and checked. Keys stand in the stack file as `aws-kubernetes:<key>`. */
export interface StackConfig {
    /** Environment: prefix of resource names and value of the `Environment` tag. Default: the stack's name. Changing it renames, and so replaces, everything. */
    environment: string;
    /** Who runs the control plane: `eks`. Default: `eks`. */
    clusterKind: ClusterKind;
    /** Name of the cluster in AWS. Default: `aws-kubernetes-<environment>`. Changing it replaces the cluster. */
    clusterName: string;
    /** Kubernetes minor in quotes, such as `"1.35"`. Raising it upgrades in place, one minor at a time. */
    kubernetesVersion: string;
    /** Whether Pulumi refuses to delete or replace the network and the control plane. Default: false. */
    protect: boolean;
    /** Tags on everything. `Project`, `Environment` and `ManagedBy` are set unless given here. Default: none further. */
    tags: Record<string, string>;
    /** The network: settings of one to make, or `existing` with the ids of one made elsewhere. Default: a new one. */
    network: z.infer<typeof networkSchema>;
    /** The control plane. Default: private endpoint, encrypted secrets. */
    cluster: z.infer<typeof clusterSchema>;
    /** Control-plane logs. Default: all, kept 90 days. */
    logging: z.infer<typeof loggingSchema>;
    /** Who may enter the cluster. */
    access: z.infer<typeof accessSchema>;
    /** EKS add-ons by name. Default: vpc-cni, kube-proxy, eks-pod-identity-agent and coredns. */
    addons: z.infer<typeof addonsSchema>;
    /** Node groups by name; any number. Default: none. */
    nodeGroups: Record<string, z.infer<typeof nodeGroupSchema>>;
    /** AWS region, from the provider's key `aws:region`. */
    region: string;
}
