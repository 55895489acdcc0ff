/**
 * Typical durations of AWS resources, for the critical path. They are orders of magnitude: AWS promises none. Each says
 * where it comes from: `log` is a public Terraform apply or destroy log, `docs` an AWS page, `usual` experience with
 * the API, whose calls answer in a second or two.
 */

/** Seconds to create and to destroy, and where they come from. */
export interface Duration {
    create: number;
    destroy: number;
    source: string;
}

/** Calls that answer at once. */
const DEFAULT: Readonly<Duration> = { create: 2, destroy: 2, source: "usual: the API answers at once" };

/** Resources only read. */
export const READ_SECONDS = 1;

/** Durations by type; what is not listed takes the time of a call or two. */
export const DURATIONS: Readonly<Record<string, Duration>> = {
    "aws:eks/cluster:Cluster": {
        create: 540,
        destroy: 180,
        source: "log: 8m33s to create (DevopsArtFactory/terraform-provisioning#46); docs: several minutes (EKS user guide, create-cluster)",
    },
    "aws:eks/nodeGroup:NodeGroup": {
        create: 150,
        destroy: 240,
        source: "usual: instances boot and join in two to three minutes; nodes are drained before they end",
    },
    "aws:eks/fargateProfile:FargateProfile": { create: 90, destroy: 180, source: "usual" },
    "aws:eks/addon:Addon": { create: 30, destroy: 15, source: "usual: active once its pods are; sooner where none run yet" },
    "aws:eks/accessEntry:AccessEntry": { create: 1, destroy: 1, source: "log: 1s (DevopsArtFactory/terraform-provisioning#47)" },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": { create: 2, destroy: 2, source: "usual" },
    "aws:autoscaling/group:Group": {
        create: 60,
        destroy: 180,
        source: "usual: waits until its instances are in service; terminates them all before it goes",
    },
    "aws:ec2/instance:Instance": { create: 15, destroy: 40, source: "usual" },
    "aws:ec2/vpc:Vpc": { create: 22, destroy: 1, source: "log: 22s with DNS host names (DevopsArtFactory/terraform-provisioning#5)" },
    "aws:ec2/subnet:Subnet": {
        create: 11,
        destroy: 2,
        source: "log: 10s to create where attributes are set after creation (terraform-aws-modules/terraform-aws-eks#2203), 2s to destroy (agones-dev/agones#1790)",
    },
    "aws:ec2/internetGateway:InternetGateway": {
        create: 1,
        destroy: 15,
        source: "log: 1s (DevopsArtFactory/terraform-provisioning#5); detaching waits for public addresses to be gone",
    },
    "aws:ec2/natGateway:NatGateway": { create: 110, destroy: 60, source: "usual: one to two minutes; destroyed in about one" },
    "aws:ec2/eip:Eip": { create: 1, destroy: 1, source: "log: 1s (DevopsArtFactory/terraform-provisioning#5)" },
    "aws:ec2/vpcEndpoint:VpcEndpoint": { create: 75, destroy: 60, source: "usual: interface endpoints take one to two minutes" },
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": { create: 12, destroy: 12, source: "usual" },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        create: 1,
        destroy: 1,
        source: "log: 1s (terraform-aws-modules/terraform-aws-eks#2203)",
    },
    "aws:ec2/networkInterface:NetworkInterface": { create: 5, destroy: 5, source: "usual" },
    "aws:ec2/launchTemplate:LaunchTemplate": { create: 6, destroy: 1, source: "usual" },
    "aws:iam/instanceProfile:InstanceProfile": { create: 8, destroy: 1, source: "usual: waits until IAM has spread it" },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        create: 1,
        destroy: 1,
        source: "log: 1s (DevopsArtFactory/terraform-provisioning#46)",
    },
    "aws:kms/key:Key": { create: 10, destroy: 2, source: "usual: waits until policy and rotation have spread; deletion is only scheduled" },
    "aws:lb/loadBalancer:LoadBalancer": { create: 150, destroy: 20, source: "usual: two to three minutes until active" },
    "aws:route53/zone:Zone": { create: 35, destroy: 5, source: "usual: waits until changes are in sync" },
    "aws:route53/record:Record": { create: 35, destroy: 35, source: "usual: waits until changes are in sync" },
    "aws:s3/bucket:Bucket": { create: 3, destroy: 2, source: "usual" },
    "aws:sqs/queue:Queue": {
        create: 26,
        destroy: 61,
        source: "usual: the provider waits until attributes have spread, and a minute after deletion",
    },
    "aws:efs/mountTarget:MountTarget": { create: 90, destroy: 20, source: "usual" },
    "kubernetes:helm.sh/v3:Release": { create: 40, destroy: 15, source: "usual: waits for the chart's workloads" },
    "kubernetes:apps/v1:Deployment": { create: 30, destroy: 10, source: "usual: waits for its pods" },
    "kubernetes:apps/v1:DaemonSet": { create: 30, destroy: 10, source: "usual: waits for its pods" },
};

/** Endpoints of the gateway kind are entries in route tables. */
const GATEWAY_ENDPOINT: Readonly<Duration> = { create: 6, destroy: 6, source: "usual: entries in route tables" };

/** Providers and logical resources take no time of AWS. */
const NOTHING: Readonly<Duration> = { create: 0, destroy: 0, source: "made in the engine" };

/** Duration of a resource of a type with the given inputs. */
export function durationOf(type: string, inputs: Readonly<Record<string, unknown>> = {}): Duration {
    if (type.startsWith("pulumi:")) {
        return NOTHING;
    }
    if (type === "aws:ec2/vpcEndpoint:VpcEndpoint" && (inputs["vpcEndpointType"] ?? "Gateway") === "Gateway") {
        return GATEWAY_ENDPOINT;
    }
    return DURATIONS[type] ?? DEFAULT;
}
