/**
 * VPC flow logs to CloudWatch Logs, with the role that may write them.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mergeTags } from "../core/tags";
import type { NetworkArgs } from "./arguments";
import { NETWORK_DEFAULTS } from "./defaults";

/** Actions the flow-logs service needs on its own log group; the group itself is made here. */
const WRITE_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"];

/** Creates the log group, the role and the flow log, unless they are switched off. */
export function createFlowLogs(parent: pulumi.ComponentResource, name: string, args: NetworkArgs, vpcId: pulumi.Input<string>): void {
    const settings = args.flowLogs ?? {};
    if (settings.enabled === false) {
        return;
    }
    const logsName = `${name}-flow-logs`;
    const tags = mergeTags(logsName, args.tags);
    const logGroup = new aws.cloudwatch.LogGroup(
        logsName,
        {
            retentionInDays: settings.retentionDays ?? NETWORK_DEFAULTS.flowLogRetentionDays,
            kmsKeyId: settings.kmsKeyArn,
            tags,
        },
        { parent },
    );
    const role = new aws.iam.Role(
        logsName,
        {
            description: `Writes flow logs of network ${name}`,
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "vpc-flow-logs.amazonaws.com" } }],
            }),
            tags,
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        logsName,
        {
            role: role.name,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: WRITE_ACTIONS, Resource: [logGroup.arn, pulumi.interpolate`${logGroup.arn}:*`] }],
            }),
        },
        { parent: role },
    );
    new aws.ec2.FlowLog(
        logsName,
        {
            vpcId,
            trafficType: settings.traffic ?? NETWORK_DEFAULTS.flowLogTraffic,
            logDestination: logGroup.arn,
            iamRoleArn: role.arn,
            maxAggregationInterval: 60,
            tags,
        },
        { parent, dependsOn: [policy] },
    );
}
