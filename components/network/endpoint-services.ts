/**
 * Services with VPC endpoints that clusters use, and how their endpoint names are spelled.
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
import { partitionOf } from "../core/regions";

/** Gateway endpoints: entries in route tables, free of charge. */
export const GATEWAY_SERVICES: readonly string[] = ["s3", "dynamodb"];

/** What nodes without a way to the internet need. Source: https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
export const PRIVATE_CLUSTER_SERVICES: readonly string[] = [
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticloadbalancing",
    "logs",
    "s3",
    "ssm",
    "sts",
];

/** Every service accepted. */
export const ENDPOINT_SERVICES: readonly string[] = [
    ...PRIVATE_CLUSTER_SERVICES,
    "acm-pca",
    "cloudformation",
    "dynamodb",
    "ec2messages",
    "elasticfilesystem",
    "events",
    "guardduty-data",
    "kms",
    "monitoring",
    "rds",
    "secretsmanager",
    "sns",
    "sqs",
    "ssmmessages",
    "wafv2",
    "xray",
];

/** Full endpoint service name; in China most interface services carry a prefix of their own. */
export function endpointServiceName(region: string, service: string): string {
    const prefix = partitionOf(region) === "aws-cn" && !GATEWAY_SERVICES.includes(service) ? "cn." : "";
    return `${prefix}com.amazonaws.${region}.${service}`;
}
