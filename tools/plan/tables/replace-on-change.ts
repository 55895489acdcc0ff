/**
 * Inputs whose change replaces the resource. The typings of @pulumi/aws say so of few; the rest is written here by hand
 * from the `ForceNew` and `RequiresReplace` attributes of the resources in hashicorp/terraform-provider-aws
 * (`internal/service/<service>/<resource>.go`), for the types this package makes and their neighbours.
 */
import typings from "./replace-on-change.json";

const NAMED = ["name", "namePrefix"] as const;

/** Paths by type; a path stands for everything below it. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
    "aws:autoscaling/group:Group": NAMED,
    "aws:autoscaling/lifecycleHook:LifecycleHook": ["name", "autoscalingGroupName"],
    "aws:autoscaling/tag:Tag": ["autoscalingGroupName", "tag.key"],
    "aws:cloudwatch/eventRule:EventRule": [...NAMED, "eventBusName"],
    "aws:cloudwatch/eventTarget:EventTarget": ["rule", "targetId", "eventBusName"],
    "aws:cloudwatch/logGroup:LogGroup": [...NAMED, "logGroupClass"],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["vpcId"],
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": ["vpcId"],
    "aws:ec2/eip:Eip": ["address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    "aws:ec2/flowLog:FlowLog": [
        ...["deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination", "logDestinationType", "logFormat"],
        ...["maxAggregationInterval", "subnetId", "trafficType", "transitGatewayAttachmentId", "transitGatewayId", "vpcId"],
    ],
    "aws:ec2/instance:Instance": [
        ...["ami", "associatePublicIpAddress", "availabilityZone", "hibernation", "keyName", "placementGroup", "privateIp"],
        ...["securityGroups", "subnetId", "tenancy"],
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": NAMED,
    "aws:ec2/managedPrefixList:ManagedPrefixList": ["addressFamily"],
    "aws:ec2/natGateway:NatGateway": ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"],
    "aws:ec2/networkInterface:NetworkInterface": ["interfaceType", "subnetId"],
    "aws:ec2/route:Route": ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"],
    "aws:ec2/routeTable:RouteTable": ["vpcId"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["gatewayId", "subnetId"],
    "aws:ec2/securityGroup:SecurityGroup": [...NAMED, "description", "vpcId"],
    "aws:ec2/securityGroupRule:SecurityGroupRule": [
        ...["cidrBlocks", "fromPort", "ipv6CidrBlocks", "prefixListIds", "protocol", "securityGroupId", "self", "sourceSecurityGroupId"],
        ...["toPort", "type"],
    ],
    "aws:ec2/subnet:Subnet": ["availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"],
    "aws:ec2/tag:Tag": ["key", "resourceId"],
    "aws:ec2/vpc:Vpc": ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": [
        ...["domainName", "domainNameServers", "ipv6AddressPreferredLeaseTime", "netbiosNameServers", "netbiosNodeType", "ntpServers"],
    ],
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": ["vpcId"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": [
        ...["resourceConfigurationArn", "serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId"],
    ],
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "vpcId"],
    "aws:eks/accessEntry:AccessEntry": ["clusterName", "principalArn", "type"],
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ["accessScope", "clusterName", "policyArn", "principalArn"],
    "aws:eks/addon:Addon": ["addonName", "clusterName"],
    "aws:eks/cluster:Cluster": [
        ...["accessConfig.bootstrapClusterCreatorAdminPermissions", "computeConfig.nodeRoleArn", "kubernetesNetworkConfig.ipFamily"],
        ...["kubernetesNetworkConfig.serviceIpv4Cidr", "name", "outpostConfig", "roleArn"],
    ],
    "aws:eks/fargateProfile:FargateProfile": ["clusterName", "fargateProfileName", "podExecutionRoleArn", "selectors", "subnetIds"],
    "aws:eks/nodeGroup:NodeGroup": [
        ...["amiType", "capacityType", "clusterName", "diskSize", "instanceTypes", "launchTemplate.id", "launchTemplate.name"],
        ...["nodeGroupName", "nodeGroupNamePrefix", "nodeRoleArn", "remoteAccess", "subnetIds"],
    ],
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["clusterName", "namespace", "serviceAccount"],
    "aws:iam/instanceProfile:InstanceProfile": [...NAMED, "path"],
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ["url"],
    "aws:iam/policy:Policy": [...NAMED, "description", "path"],
    "aws:iam/role:Role": [...NAMED, "path"],
    "aws:iam/rolePolicy:RolePolicy": [...NAMED, "role"],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn", "role"],
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": ["awsServiceName", "customSuffix"],
    "aws:kms/alias:Alias": NAMED,
    "aws:kms/key:Key": ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    "aws:lb/listener:Listener": ["loadBalancerArn"],
    "aws:lb/loadBalancer:LoadBalancer": [...NAMED, "customerOwnedIpv4Pool", "internal", "loadBalancerType"],
    "aws:lb/targetGroup:TargetGroup": [...NAMED, "ipAddressType", "port", "protocol", "protocolVersion", "targetType", "vpcId"],
    "aws:route53/record:Record": ["name", "setIdentifier", "zoneId"],
    "aws:route53/zone:Zone": ["delegationSetId", "name"],
    "aws:s3/bucket:Bucket": ["bucket", "bucketPrefix", "objectLockEnabled"],
    "aws:secretsmanager/secret:Secret": NAMED,
    "aws:sns/topic:Topic": [...NAMED, "fifoTopic"],
    "aws:sqs/queue:Queue": [...NAMED, "fifoQueue"],
    "aws:ssm/parameter:Parameter": ["name"],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ["securityGroupId"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["securityGroupId"],
    // What Kubernetes refuses to change, the provider replaces (pulumi/pulumi-kubernetes, provider/pkg/provider/diff.go).
    "kubernetes:apps/v1:DaemonSet": ["spec.selector"],
    "kubernetes:apps/v1:Deployment": ["spec.selector"],
    "kubernetes:apps/v1:StatefulSet": ["spec.podManagementPolicy", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
    "kubernetes:batch/v1:Job": ["spec.completions", "spec.selector", "spec.template"],
    "kubernetes:core/v1:Secret": ["type"],
    "kubernetes:core/v1:Service": ["spec.clusterIP"],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": ["roleRef"],
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
    "kubernetes:storage.k8s.io/v1:StorageClass": ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
    "pulumi:providers:kubernetes": ["clusterIdentifier"],
};

/** Inputs that replace only when they are taken away: envelope encryption cannot be turned off. */
const ON_REMOVAL: Readonly<Record<string, readonly string[]>> = { "aws:eks/cluster:Cluster": ["encryptionConfig"] };

/** Any AWS resource moves to another region by being made anew (the `region` input of provider version 7). */
const ANY_AWS = ["region"];

/** Any Kubernetes object is another one under another name. */
const ANY_KUBERNETES = ["metadata.name", "metadata.namespace"];

const FROM_TYPINGS = typings.types as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** Paths of inputs whose change replaces a resource of the type, or may: some do so only under a condition. */
export function replacingPaths(type: string): string[] {
    const every = type.startsWith("aws:") ? ANY_AWS : type.startsWith("kubernetes:") ? ANY_KUBERNETES : [];
    return [...new Set([...every, ...(BY_HAND[type] ?? []), ...Object.keys(FROM_TYPINGS[type] ?? {})])].sort();
}

/** Paths of inputs whose removal replaces a resource of the type. */
export function replacingRemovals(type: string): readonly string[] {
    return ON_REMOVAL[type] ?? [];
}

/** Types the table written by hand has. */
export function typesByHand(): string[] {
    return Object.keys(BY_HAND);
}
