// Type tokens of the resources the rules look into. Comparing tokens spares the pack from loading the provider SDKs.

/** Tokens by the name of the resource in the AWS provider. */
export const AWS = {
    autoscalingGroup: "aws:autoscaling/group:Group",
    fleet: "aws:ec2/fleet:Fleet",
    gameServerGroup: "aws:gamelift/gameServerGroup:GameServerGroup",
    infrastructureConfiguration: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    instance: "aws:ec2/instance:Instance",
    instanceMetadataDefaults: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    launchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
    launchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
    nodeGroup: "aws:eks/nodeGroup:NodeGroup",
    notebookInstance: "aws:sagemaker/notebookInstance:NotebookInstance",
    spotFleetRequest: "aws:ec2/spotFleetRequest:SpotFleetRequest",
    spotInstanceRequest: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
} as const;

/** The root of every stack; all resources are its descendants. */
export const STACK = "pulumi:pulumi:Stack";
