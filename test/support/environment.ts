/** Records a committed environment as `pulumi preview` or `pulumi up` would register it. */
import { loadStackFile } from "../../stacks/config";
import { deploy } from "../../stacks/program";
import { record } from "../../tools/plan/recorder";
import type { RecordedResource, Recording } from "../../tools/plan/recorder";
import { projectDirectory } from "./project";

/** Runs the program for a stack file of this project. */
export function recordEnvironment(stack: string, preview: boolean): Promise<Recording> {
    const config = loadStackFile({ projectDirectory, stack });
    return record(() => deploy(config), { stack, preview, config: { "aws:region": config.region } });
}

/** Resources of a type. */
export function ofType(resources: readonly RecordedResource[], type: string): RecordedResource[] {
    return resources.filter((resource) => resource.type === type);
}

/** URNs of everything a resource waits for, directly or through others. */
export function upstream(resources: readonly RecordedResource[], urn: string): Set<string> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const seen = new Set<string>();
    const visit = (at: string): void => {
        for (const dependency of byUrn.get(at)?.dependencies ?? []) {
            if (!seen.has(dependency)) {
                seen.add(dependency);
                visit(dependency);
            }
        }
    };
    visit(urn);
    return seen;
}
