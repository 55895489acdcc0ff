/** Small factories for node-group tests: handles, arguments, and look-ups in a recording. */
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { ClusterKind, IpFamily } from "../../../components/core/handles";
import type { ClusterHandle, SubnetHandle } from "../../../components/core/handles";
import type { NodeGroupArgs, NodeRoleHandle } from "../../../components/node-groups";
import { record } from "../../../tools/plan/recorder";
import type { RecordedResource } from "../../../tools/plan/recorder";

/** Subnets, one for each zone name. */
export function subnets(...zones: string[]): SubnetHandle[] {
    return zones.map((zone) => ({ id: `subnet-${zone}`, zone }));
}

/** A resource a group must wait for. */
export function attachment(name: string): pulumi.Resource {
    return new aws.iam.RolePolicyAttachment(name, { role: "nodes", policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" });
}

/** An EKS cluster made elsewhere. */
export function cluster(changes: Partial<ClusterHandle> = {}): ClusterHandle {
    return {
        name: "prod",
        kind: ClusterKind.Eks,
        kubernetesVersion: "1.35",
        endpoint: "https://ABC.gr7.eu-central-1.eks.amazonaws.com",
        certificateAuthority: "Q0E=",
        serviceCidr: "172.20.0.0/16",
        ipFamily: IpFamily.Ipv4,
        vpcId: "vpc-1",
        nodeSecurityGroupIds: ["sg-nodes"],
        provider: new k8s.Provider("cluster", { kubeconfig: "{}" }),
        dependencies: [],
        ...changes,
    };
}

/** A node role made elsewhere. */
export function nodeRole(changes: Partial<NodeRoleHandle> = {}): NodeRoleHandle {
    return { arn: "arn:aws:iam::123456789012:role/nodes", instanceProfileName: "nodes", dependencies: [], ...changes };
}

/** The tags the policy pack asks for. */
export const TAGS = { Project: "shop", Environment: "prod", Owner: "platform", ManagedBy: "pulumi" };

/** Arguments any group takes. */
export function groupArgs<T extends Partial<NodeGroupArgs>>(changes: T): T & NodeGroupArgs {
    const places = subnets("eu-central-1a", "eu-central-1b");
    return { nodeRole: nodeRole(), subnets: places, tags: TAGS, ...changes, cluster: changes.cluster ?? cluster() };
}

/* eslint-disable @typescript-eslint/no-explicit-any */
/** What a program registered, with look-ups by type and name. */
export interface Found {
    resources: RecordedResource[];
    ofType(type: string): RecordedResource[];
    one(type: string, name?: string): Omit<RecordedResource, "inputs"> & { inputs: any };
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Records a program and offers look-ups. */
export async function recorded(program: () => void, preview = false): Promise<Found> {
    const { resources } = await record(program, { preview });
    const ofType = (type: string) => resources.filter((resource) => resource.type.endsWith(type));
    return {
        resources,
        ofType,
        one: (type, name) => {
            const found = ofType(type).filter((resource) => name === undefined || resource.name === name);
            if (found.length !== 1 || found[0] === undefined) {
                throw new Error(
                    `${found.length} resources of type ${type} named ${String(name)}: ${resources.map((r) => r.name).join(", ")}`,
                );
            }
            return found[0];
        },
    };
}

/** Type and name of every resource below a component. */
export function children(found: Found, component: string): string[] {
    const parent = found.resources.find((resource) => resource.type.endsWith(component))?.urn;
    return found.resources
        .filter((resource) => resource.parent === parent)
        .map((resource) => `${resource.type.split(":").pop()} ${resource.name}`);
}

/** Decodes user data of a launch template's inputs. */
export function userDataOf(inputs: { userData?: string }): string {
    return Buffer.from(inputs.userData ?? "", "base64").toString("utf8");
}
