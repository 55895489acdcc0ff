"""Managed node groups with a real Auto Scaling group (and its launch template) in the other emulator."""
import re

from botocore.exceptions import ClientError
from eks_common import BadRequest, arn, aws, cluster_of, record_update
from ministack.core.responses import new_uuid
from ministack.services import eks


def create(request, cluster_name):
    cluster, body = cluster_of(cluster_name), request.body
    name = body.get("nodegroupName", "")
    key = f"{cluster_name}/{name}"
    if key in eks._nodegroups:
        raise BadRequest("ResourceInUseException", f"NodeGroup already exists with name {name} and cluster name {cluster_name}", 409)
    identity = new_uuid()
    group = _describe(cluster, body, identity)
    try:
        template, custom_image = _create_launch_template(cluster, group, body, identity)
        if custom_image:
            group["amiType"] = "CUSTOM"
            group["releaseVersion"] = custom_image
        _create_auto_scaling_group(cluster, group, template)
    except ClientError as error:
        _remove_instances(group)
        raise BadRequest("InvalidRequestException", str(error)) from error
    eks._nodegroups[key] = group
    if group["tags"]:
        eks._tags[group["nodegroupArn"]] = dict(group["tags"])
    _node_access(cluster, group)
    return eks._json_resp(200, {"nodegroup": group})


def _describe(cluster, body, identity):
    """The record as DescribeNodegroup answers it: with a launch template, what the template decides is absent."""
    name, now, template = body["nodegroupName"], eks._now(), body.get("launchTemplate")
    version = body.get("version", cluster["version"])
    group = {
        "nodegroupName": name,
        "nodegroupArn": arn("nodegroup", cluster["name"], name, identity),
        "clusterName": cluster["name"],
        "version": version,
        "releaseVersion": body.get("releaseVersion") or f"{version}.0-20250101",
        "createdAt": now,
        "modifiedAt": now,
        "status": "ACTIVE",
        "capacityType": body.get("capacityType", "ON_DEMAND"),
        "scalingConfig": body.get("scalingConfig") or {"minSize": 1, "maxSize": 2, "desiredSize": 2},
        "subnets": body.get("subnets", []),
        "amiType": body.get("amiType", "AL2023_x86_64_STANDARD"),
        "nodeRole": body["nodeRole"],
        "labels": body.get("labels", {}),
        "taints": body.get("taints", []),
        "updateConfig": body.get("updateConfig") or {"maxUnavailable": 1},
        "health": {"issues": []},
        "resources": {"autoScalingGroups": [{"name": f"eks-{name}-{identity}"}]},
        "tags": body.get("tags", {}),
    }
    if body.get("instanceTypes") or not template:
        group["instanceTypes"] = body.get("instanceTypes") or ["t3.medium"]
    if not template:
        group["diskSize"] = body.get("diskSize", 20)
    for optional in ("remoteAccess", "nodeRepairConfig"):
        if body.get(optional):
            group[optional] = body[optional]
    return group


def _create_launch_template(cluster, group, body, identity):
    """EKS makes a template of its own from the user's, with the image, the cluster security group and its tags."""
    ec2 = aws("ec2")
    data, given = {}, body.get("launchTemplate")
    if given:
        data, group["launchTemplate"] = _read_template(ec2, given)
    custom_image = data.get("ImageId")
    created = ec2.create_launch_template(
        LaunchTemplateName=f"eks-{identity}", LaunchTemplateData=_merged(data, cluster, group),
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": _eks_tags(group)}],
    )["LaunchTemplate"]
    return created["LaunchTemplateId"], custom_image


def _read_template(ec2, given):
    which = {"LaunchTemplateId": given["id"]} if given.get("id") else {"LaunchTemplateName": given["name"]}
    version = ec2.describe_launch_template_versions(**which, Versions=[str(given.get("version") or "$Default")])["LaunchTemplateVersions"][0]
    shown = {"id": version["LaunchTemplateId"], "name": version["LaunchTemplateName"], "version": str(given.get("version") or version["VersionNumber"])}
    return version["LaunchTemplateData"], shown


def _merged(data, cluster, group):
    arch = "arm64" if "ARM" in group["amiType"].upper() else "x86_64"
    merged = {key: value for key, value in data.items() if key not in ("IamInstanceProfile",)}
    merged.setdefault("InstanceType", (group.get("instanceTypes") or ["m6g.large" if arch == "arm64" else "m5.large"])[0])
    merged.setdefault("ImageId", f"resolve:ssm:/aws/service/eks/optimized-ami/{group['version']}/amazon-linux-2023/{arch}/standard/recommended/image_id")
    if not merged.get("SecurityGroupIds") and not merged.get("NetworkInterfaces"):
        merged["SecurityGroupIds"] = [cluster["resourcesVpcConfig"]["clusterSecurityGroupId"]]
    return merged


def _eks_tags(group):
    return [{"Key": "eks:cluster-name", "Value": group["clusterName"]}, {"Key": "eks:nodegroup-name", "Value": group["nodegroupName"]}]


def _create_auto_scaling_group(cluster, group, template):
    scaling, name = group["scalingConfig"], group["resources"]["autoScalingGroups"][0]["name"]
    tags = {
        "eks:cluster-name": group["clusterName"],
        "eks:nodegroup-name": group["nodegroupName"],
        "k8s.io/cluster-autoscaler/enabled": "true",
        f"k8s.io/cluster-autoscaler/{group['clusterName']}": "owned",
        f"kubernetes.io/cluster/{group['clusterName']}": "owned",
    }
    aws("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=name, MinSize=scaling["minSize"], MaxSize=scaling["maxSize"], DesiredCapacity=scaling["desiredSize"],
        VPCZoneIdentifier=",".join(group["subnets"]), LaunchTemplate={"LaunchTemplateId": template, "Version": "$Latest"},
        Tags=[{"Key": key, "Value": value, "PropagateAtLaunch": True, "ResourceId": name, "ResourceType": "auto-scaling-group"} for key, value in tags.items()],
    )


def _node_access(cluster, group):
    """With the API authentication mode EKS lets the nodes in by an access entry for their role."""
    if cluster["accessConfig"]["authenticationMode"] == "CONFIG_MAP":
        return
    key = eks._ae_key(cluster["name"], group["nodeRole"])
    if key not in eks._access_entries:
        kind = "EC2_WINDOWS" if group["amiType"].startswith("WINDOWS") else "EC2_LINUX"
        eks._access_entries[key] = eks._build_access_entry(cluster["name"], group["nodeRole"], {"type": kind})


def _remove_instances(group):
    name = group["resources"]["autoScalingGroups"][0]["name"]
    scaling, ec2 = aws("autoscaling"), aws("ec2")
    if scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]:
        scaling.delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)
    template = f"eks-{group['nodegroupArn'].rsplit('/', 1)[1]}"
    try:
        ec2.delete_launch_template(LaunchTemplateName=template)
    except ClientError as error:
        if "NotFound" not in str(error):
            raise


def delete(request, cluster_name, name):
    group = eks._nodegroups.get(f"{cluster_name}/{name}")
    answer = request.pass_on()
    if answer[0] == 200 and group:
        _remove_instances(group)
    return answer


def _group_of(cluster_name, name):
    group = eks._nodegroups.get(f"{cluster_name}/{name}")
    if not group:
        raise BadRequest("ResourceNotFoundException", f"No node group found for name: {name}.", 404)
    return group


def update_config(request, cluster_name, name):
    group, body = _group_of(cluster_name, name), request.body
    labels = body.get("labels") or {}
    group["labels"] = {key: value for key, value in {**group["labels"], **labels.get("addOrUpdateLabels", {})}.items() if key not in labels.get("removeLabels", [])}
    taints = body.get("taints") or {}
    changed = {(one["key"], one.get("effect")) for one in taints.get("removeTaints", []) + taints.get("addOrUpdateTaints", [])}
    group["taints"] = [one for one in group["taints"] if (one["key"], one.get("effect")) not in changed] + taints.get("addOrUpdateTaints", [])
    for key in ("updateConfig", "nodeRepairConfig"):
        if body.get(key):
            group[key] = body[key]
    if body.get("scalingConfig"):
        scaling = group["scalingConfig"] = {**group["scalingConfig"], **body["scalingConfig"]}
        aws("autoscaling").update_auto_scaling_group(
            AutoScalingGroupName=group["resources"]["autoScalingGroups"][0]["name"],
            MinSize=scaling["minSize"], MaxSize=scaling["maxSize"], DesiredCapacity=scaling["desiredSize"],
        )
    group["modifiedAt"] = eks._now()
    return record_update(cluster_name, "ConfigUpdate")


def update_version(request, cluster_name, name):
    group, body = _group_of(cluster_name, name), request.body
    if body.get("version"):
        group["version"] = body["version"]
        group["releaseVersion"] = f"{body['version']}.0-20250101"
    if body.get("releaseVersion"):
        group["releaseVersion"] = body["releaseVersion"]
    if body.get("launchTemplate"):
        ec2 = aws("ec2")
        data, group["launchTemplate"] = _read_template(ec2, {**group.get("launchTemplate", {}), **body["launchTemplate"]})
        if data.get("ImageId") and not re.match("resolve:ssm", data["ImageId"]):
            group["amiType"], group["releaseVersion"] = "CUSTOM", data["ImageId"]
        merged = _merged(data, cluster_of(cluster_name), group)
        ec2.create_launch_template_version(LaunchTemplateName=f"eks-{group['nodegroupArn'].rsplit('/', 1)[1]}", LaunchTemplateData=merged)
    group["modifiedAt"] = eks._now()
    return record_update(cluster_name, "VersionUpdate")
