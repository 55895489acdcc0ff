/**
 * What a node group component shows of its arguments in the state, and what its children wait for.
 */
import * as pulumi from "@pulumi/pulumi";
import type { NodeGroupArgs } from "./arguments";

/** The arguments as plain inputs: handles hold resources and providers, which do not belong in a component's inputs. */
export function groupInputs(args: NodeGroupArgs): pulumi.Inputs {
    return {
        ...args,
        cluster: args.cluster.name,
        nodeRole: args.nodeRole.arn,
        subnets: args.subnets.map(({ id, zone }) => ({ id, zone })),
    };
}

/** Options of a child: those given, after `dependencies` and what the component itself was told to wait for. */
export function waitingFor(
    dependencies: readonly pulumi.Resource[],
    component: pulumi.ComponentResourceOptions | undefined,
    own: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
    // `dependsOn` of a component reaches none of its children by itself.
    const waits = pulumi.mergeOptions({ dependsOn: [...dependencies] }, { dependsOn: component?.dependsOn ?? [] });
    return { ...own, dependsOn: waits.dependsOn };
}
