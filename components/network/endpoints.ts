/** VPC endpoints of a network: gateway endpoints in its route tables, interface endpoints in its subnets. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { SubnetsByTier } from "../core/handles";
import { mergeTags } from "../core/tags";
import type { NetworkArgs } from "./arguments";
import { NETWORK_DEFAULTS, ipv6Enabled } from "./defaults";
import { GATEWAY_SERVICES, endpointServiceName } from "./endpoint-services";

/** Creates the endpoints and returns them and their rules, so that nodes can wait for them. */
export function createEndpoints(
    parent: pulumi.ComponentResource,
    name: string,
    args: NetworkArgs,
    vpc: aws.ec2.Vpc,
    subnets: SubnetsByTier,
    routeTables: aws.ec2.RouteTable[],
): pulumi.Resource[] {
    const services = args.endpoints?.services ?? NETWORK_DEFAULTS.endpointServices;
    const places = subnets.private.length > 0 ? subnets.private : subnets.isolated;
    const interfaces = services.filter((service) => !GATEWAY_SERVICES.includes(service));
    const dependencies: pulumi.Resource[] = [];
    const securityGroup = interfaces.length > 0 ? createSecurityGroup(parent, name, args, vpc, dependencies) : undefined;
    const endpoints = services.map((service) => {
        const endpointName = `${name}-endpoint-${service.replace(/\./g, "-")}`;
        const common = {
            vpcId: vpc.id,
            serviceName: endpointServiceName(args.region, service),
            tags: mergeTags(endpointName, args.tags),
        };
        const specific =
            securityGroup === undefined || GATEWAY_SERVICES.includes(service)
                ? { vpcEndpointType: "Gateway", routeTableIds: routeTables.map((table) => table.id) }
                : {
                      vpcEndpointType: "Interface",
                      privateDnsEnabled: true,
                      subnetIds: places.map((subnet) => subnet.id),
                      securityGroupIds: [securityGroup.id],
                  };
        return new aws.ec2.VpcEndpoint(endpointName, { ...common, ...specific }, { parent });
    });
    return [...endpoints, ...dependencies];
}

/** Anyone inside the VPC may reach the endpoints over HTTPS; what they may do there, IAM says. */
function createSecurityGroup(
    parent: pulumi.ComponentResource,
    name: string,
    args: NetworkArgs,
    vpc: aws.ec2.Vpc,
    rules: pulumi.Resource[],
): aws.ec2.SecurityGroup {
    const groupName = `${name}-endpoints`;
    const group = new aws.ec2.SecurityGroup(
        groupName,
        { vpcId: vpc.id, description: "HTTPS to VPC endpoints from inside the VPC", tags: mergeTags(groupName, args.tags) },
        { parent },
    );
    const rule = (suffix: string, source: { cidrIpv4?: pulumi.Input<string>; cidrIpv6?: pulumi.Input<string> }): void => {
        rules.push(
            new aws.vpc.SecurityGroupIngressRule(
                `${groupName}-${suffix}`,
                {
                    securityGroupId: group.id,
                    description: "HTTPS from the VPC",
                    ipProtocol: "tcp",
                    fromPort: 443,
                    toPort: 443,
                    ...source,
                    tags: mergeTags(`${groupName}-${suffix}`, args.tags),
                },
                { parent: group },
            ),
        );
    };
    rule("ipv4", { cidrIpv4: vpc.cidrBlock });
    if (args.podCidrBlock !== undefined) {
        rule("pods", { cidrIpv4: args.podCidrBlock });
    }
    if (ipv6Enabled(args)) {
        rule("ipv6", { cidrIpv6: vpc.ipv6CidrBlock });
    }
    return group;
}
