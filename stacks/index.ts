/** Entry of `pulumi up`: configuration first, all of it, then resources. */
import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError, loadConfig } from "./config";
import type { StackConfig } from "./config";
import { deploy } from "./program";

function configuration(): StackConfig {
    try {
        return loadConfig(pulumi.runtime.allConfig(), { stack: pulumi.getStack() });
    } catch (error) {
        // A run error is shown as its message alone, without a stack trace.
        throw error instanceof ConfigurationError ? new pulumi.RunError(error.message) : error;
    }
}

export = deploy(configuration());
