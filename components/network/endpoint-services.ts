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

/**
 * Services whose endpoint names begin with `cn.` in China; the others are spelled as everywhere.
 * Source: `aws ec2 describe-vpc-endpoint-services`, as kept by the AWS CDK
 * (https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts)
 */
const PREFIXED_IN_CHINA: readonly string[] = [
    "autoscaling",
    "cloudformation",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "elasticfilesystem",
    "monitoring",
    "rds",
    "sqs",
    "sts",
    "xray",
];

/** Full endpoint service name. */
export function endpointServiceName(region: string, service: string): string {
    const prefix = partitionOf(region) === "aws-cn" && PREFIXED_IN_CHINA.includes(service) ? "cn." : "";
    return `${prefix}com.amazonaws.${region}.${service}`;
}
