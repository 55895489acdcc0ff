// The pack without its server: importing this has no side effect. policy/index.ts serves it to the engine.
import type { PolicyPackArgs } from "@pulumi/policy";
import { definitions } from "./catalogue";
import { DEFAULT_LEVEL, policiesOf } from "./sdk";

export { PlanResource, Diagnostic as PackViolation } from "./analyzer";
export { definitions } from "./catalogue";
export { configProblems, PackConfig, PolicySetting } from "./config";
export { EvaluateOptions, Evaluation, evaluatePack } from "./evaluate";
export { PACK_NAME, PACK_VERSION } from "./identity";

/** What the engine is told about the pack. */
export function packArgs(): PolicyPackArgs {
    return {
        displayName: "Kubernetes on AWS",
        description: "Tags that reach every resource, and instance metadata that pods and attackers cannot use.",
        provider: "aws",
        tags: ["aws", "kubernetes", "eks", "imdsv2", "tagging"],
        enforcementLevel: DEFAULT_LEVEL,
        policies: policiesOf(definitions),
    };
}
