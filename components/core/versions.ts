/**
 * Kubernetes minors this package knows.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
import { show } from "./errors";
import type { Problems } from "./errors";

/** Minors that can be deployed, oldest first. */
export const KUBERNETES_MINORS: readonly string[] = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"];

/** Checks a Kubernetes minor such as `1.35`. */
export function validateKubernetesVersion(version: string, path: string, problems: Problems): void {
    if (/^v?\d+\.\d+\.\d+$/.test(version)) {
        problems.add(
            path,
            `${show(version)} names a patch release; AWS takes a minor, write "${version.replace(/^v/, "").split(".").slice(0, 2).join(".")}"`,
        );
        return;
    }
    problems.require(
        KUBERNETES_MINORS.includes(version),
        path,
        `unknown Kubernetes version ${show(version)}; use one of ${KUBERNETES_MINORS.join(", ")}`,
    );
}
