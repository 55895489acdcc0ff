/**
 * Deterministic answers in place of AWS: ids and ARNs of the right shape, computed outputs that the program reads,
 * and data sources from tables. Everything is derived from the URN, so the same program gives the same plan.
 */
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { zonesOf } from "../../components/core/regions";
import type { RecordedResource } from "./resource";
import { instanceCapacity } from "./tables/instance-capacity";

/** Account that stands in fake ARNs (the one AWS uses in its documentation). */
const ACCOUNT = "123456789012";

/** Prefix of ids by type; types not listed take their name as id, as most named AWS resources do. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
    "aws:ec2/vpc:Vpc": "vpc",
    "aws:ec2/subnet:Subnet": "subnet",
    "aws:ec2/internetGateway:InternetGateway": "igw",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "eigw",
    "aws:ec2/routeTable:RouteTable": "rtb",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc",
    "aws:ec2/route:Route": "r-rtb",
    "aws:ec2/eip:Eip": "eipalloc",
    "aws:ec2/natGateway:NatGateway": "nat",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce",
    "aws:ec2/securityGroup:SecurityGroup": "sg",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr",
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "dopt",
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": "vpc-cidr-assoc",
    "aws:ec2/flowLog:FlowLog": "fl",
    "aws:ec2/launchTemplate:LaunchTemplate": "lt",
    "aws:ec2/instance:Instance": "i",
    "aws:ec2/networkInterface:NetworkInterface": "eni",
};

/** Seventeen hexadecimal digits derived from `text`, as in EC2 ids. */
export function fakeHex(text: string, length = 17): string {
    return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** Id the resource would have. */
export function fakeId(resource: RecordedResource): string {
    const prefix = ID_PREFIXES[resource.type];
    if (prefix !== undefined) {
        return `${prefix}-${fakeHex(resource.urn)}`;
    }
    if (resource.type === "aws:kms/key:Key") {
        const hex = fakeHex(resource.urn, 32);
        return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
    }
    if (resource.type === "aws:iam/openIdConnectProvider:OpenIdConnectProvider") {
        return arn(resource, `oidc-provider/${String(resource.inputs["url"]).replace(/^https:\/\//, "")}`, "iam");
    }
    if (resource.type.startsWith("kubernetes:")) {
        const { namespace, name } = (resource.inputs["metadata"] ?? {}) as { namespace?: string; name?: string };
        return [namespace, name].filter((part) => part !== undefined).join("/") || physicalName(resource);
    }
    return physicalName(resource);
}

/** Outputs AWS would have computed. */
export function fakeOutputs(resource: RecordedResource, id: string): Record<string, unknown> {
    const computed = COMPUTED[resource.type];
    return { ...commonOutputs(resource, id), ...(computed === undefined ? {} : computed(resource, id)) };
}

function commonOutputs(resource: RecordedResource, id: string): Record<string, unknown> {
    if (!resource.type.startsWith("aws:")) {
        return {};
    }
    const service = resource.type.split(":")[1]?.split("/")[0] ?? "";
    const kind = (resource.type.split("/")[1] ?? "").split(":")[0] ?? "";
    const outputs: Record<string, unknown> = { arn: arn(resource, `${hyphenated(kind)}/${id}`, service === "vpc" ? "ec2" : service) };
    if (resource.inputs["name"] === undefined && NAMED_SERVICES.has(service)) {
        outputs["name"] = physicalName(resource);
    }
    return outputs;
}

const NAMED_SERVICES: ReadonlySet<string> = new Set(["iam", "eks", "autoscaling", "cloudwatch", "kms", "ec2"]);

const COMPUTED: Readonly<Record<string, (resource: RecordedResource, id: string) => Record<string, unknown>>> = {
    "aws:ec2/vpc:Vpc": (resource, id) => ({
        defaultSecurityGroupId: `sg-${fakeHex(`${id}/default`)}`,
        mainRouteTableId: `rtb-${fakeHex(`${id}/main`)}`,
        ...(resource.inputs["assignGeneratedIpv6CidrBlock"] === true || resource.inputs["ipv6IpamPoolId"] !== undefined
            ? { ipv6CidrBlock: "2600:1f14:abc:de00::/56" }
            : {}),
        ...(resource.inputs["cidrBlock"] === undefined
            ? { cidrBlock: `10.0.0.0/${Number(resource.inputs["ipv4NetmaskLength"] ?? 16)}` }
            : {}),
    }),
    "aws:ec2/eip:Eip": (_resource, id) => ({ allocationId: id, publicIp: "203.0.113.10" }),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1, defaultVersion: 1 }),
    "aws:eks/cluster:Cluster": (resource) => clusterOutputs(resource),
    "aws:eks/nodeGroup:NodeGroup": (resource) => ({
        nodeGroupName: physicalName(resource),
        resources: [{ autoscalingGroups: [{ name: `eks-${physicalName(resource)}` }] }],
    }),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (_resource, id) => ({ arn: id }),
    "aws:iam/role:Role": (resource) => ({ arn: globalArn(resource, `role/${physicalName(resource)}`), name: physicalName(resource) }),
    "aws:iam/policy:Policy": (resource) => ({ arn: globalArn(resource, `policy/${physicalName(resource)}`) }),
    "aws:iam/instanceProfile:InstanceProfile": (resource) => ({ arn: globalArn(resource, `instance-profile/${physicalName(resource)}`) }),
    "aws:kms/key:Key": (resource, id) => ({ keyId: id, arn: arn(resource, `key/${id}`, "kms") }),
    "aws:cloudwatch/logGroup:LogGroup": (resource) => ({ arn: arn(resource, `log-group:${physicalName(resource)}`, "logs") }),
};

function clusterOutputs(resource: RecordedResource): Record<string, unknown> {
    const name = physicalName(resource);
    const hex = fakeHex(resource.urn, 32).toUpperCase();
    const network = (resource.inputs["kubernetesNetworkConfig"] ?? {}) as Record<string, unknown>;
    return {
        arn: arn(resource, `cluster/${name}`, "eks"),
        endpoint: `https://${hex}.gr7.${region(resource)}.eks.amazonaws.com`,
        certificateAuthority: { data: Buffer.from(`-----BEGIN CERTIFICATE-----\n${hex}\n-----END CERTIFICATE-----\n`).toString("base64") },
        identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region(resource)}.amazonaws.com/id/${hex}` }] }],
        vpcConfig: {
            ...((resource.inputs["vpcConfig"] ?? {}) as Record<string, unknown>),
            clusterSecurityGroupId: `sg-${fakeHex(`${resource.urn}/cluster`)}`,
        },
        kubernetesNetworkConfig: {
            ...network,
            serviceIpv4Cidr: network["serviceIpv4Cidr"] ?? "172.20.0.0/16",
            ...(network["ipFamily"] === "ipv6" ? { serviceIpv6Cidr: "fd7c:e93:9f2f::/108" } : {}),
        },
        platformVersion: "eks.1",
        status: "ACTIVE",
    };
}

/** Answer of a data source; unknown ones are an error that names what is missing. */
export function fakeInvoke(token: string, inputs: Record<string, unknown>): Record<string, unknown> {
    switch (token) {
        case "aws:index/getPartition:getPartition":
            return { partition: "aws", dnsSuffix: "amazonaws.com", id: "aws", reverseDnsPrefix: "com.amazonaws" };
        case "aws:index/getRegion:getRegion":
            return { region: inputs["region"] ?? "eu-central-1", name: inputs["region"] ?? "eu-central-1", id: "eu-central-1" };
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/plan`, userId: "AIDAPLAN", id: ACCOUNT };
        case "aws:index/getAvailabilityZones:getAvailabilityZones": {
            const asked = typeof inputs["region"] === "string" ? inputs["region"] : pulumi.runtime.allConfig()["aws:region"];
            const names = zonesOf(asked ?? "") ?? [];
            return { ...inputs, id: "zones", names, zoneIds: [], groupNames: [] };
        }
        case "aws:ec2/getInstanceType:getInstanceType":
            return instanceType(String(inputs["instanceType"]));
        case "aws:eks/getAddonVersion:getAddonVersion":
            return { ...inputs, version: "v1.0.0-eksbuild.1", id: String(inputs["addonName"]) };
        default:
            throw new Error(`the data source ${token} has no answer without AWS; add one to tools/plan/fakes.ts`);
    }
}

function instanceType(name: string): Record<string, unknown> {
    const capacity = instanceCapacity(name);
    if (capacity === undefined) {
        throw new Error(`the instance type ${name} is not in the table of tools/plan/tables`);
    }
    const { interfaces, addressesPerInterface, vcpus } = capacity;
    return {
        instanceType: name,
        id: name,
        maximumNetworkInterfaces: interfaces,
        maximumIpv4AddressesPerInterface: addressesPerInterface,
        defaultVcpus: vcpus,
    };
}

function physicalName(resource: RecordedResource): string {
    const { name, namePrefix } = resource.inputs;
    if (typeof name === "string") {
        return name;
    }
    return `${typeof namePrefix === "string" ? namePrefix : `${resource.name}-`}${fakeHex(resource.urn, 7)}`;
}

function region(resource: RecordedResource): string {
    return typeof resource.inputs["region"] === "string" ? resource.inputs["region"] : "eu-central-1";
}

function arn(resource: RecordedResource, path: string, service: string): string {
    return `arn:aws:${service}:${region(resource)}:${ACCOUNT}:${path}`;
}

function globalArn(_resource: RecordedResource, path: string): string {
    return `arn:aws:iam::${ACCOUNT}:${path}`;
}

function hyphenated(text: string): string {
    return text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}
