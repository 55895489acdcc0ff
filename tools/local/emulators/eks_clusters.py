"""Clusters: what AWS reports and ministack does not, changes, and the cluster security group in EC2."""
import base64

from botocore.exceptions import ClientError
from eks_common import BadRequest, aws, cluster_of, merge, record_update
from ministack.core.responses import get_region
from ministack.services import eks

_VERSIONS = ["1.36", "1.35", "1.34", "1.33", "1.32", "1.31"]
_CHANGEABLE = (
    "logging", "accessConfig", "upgradePolicy", "zonalShiftConfig", "computeConfig", "storageConfig",
    "kubernetesNetworkConfig", "remoteNetworkConfig", "deletionProtection", "controlPlaneScalingConfig",
)


def issuer_url(oidc_id):
    """The provider's OIDC resource insists on https, and roles are written for this host."""
    return f"https://oidc.eks.{get_region()}.amazonaws.com/id/{oidc_id}"


def create(request):
    answer = request.pass_on()
    if answer[0] != 200:
        return answer
    body = request.body
    cluster = eks._clusters[body["name"]]
    oidc_id = cluster["identity"]["oidc"]["issuer"].rsplit("/", 1)[1]
    cluster["status"] = "ACTIVE"
    cluster["endpoint"] = f"https://{oidc_id}.gr7.{get_region()}.eks.amazonaws.com"
    cluster["certificateAuthority"] = {"data": base64.b64encode(f"certificate authority of {body['name']}".encode()).decode()}
    cluster["platformVersion"] = "eks.1"
    cluster["health"] = {"issues": []}
    cluster["accessConfig"] = {"authenticationMode": "CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": True, **body.get("accessConfig", {})}
    cluster["upgradePolicy"] = body.get("upgradePolicy") or {"supportType": "EXTENDED"}
    cluster["logging"] = _logging(body.get("logging"))
    cluster["deletionProtection"] = bool(body.get("deletionProtection"))
    for key in ("zonalShiftConfig", "computeConfig", "storageConfig", "remoteNetworkConfig", "controlPlaneScalingConfig"):
        if body.get(key) is not None:
            cluster[key] = body[key]
    _network(cluster, body.get("kubernetesNetworkConfig") or {})
    try:
        _security_group(cluster)
    except (ClientError, IndexError) as error:
        eks._clusters.pop(body["name"])
        raise BadRequest("InvalidParameterException", f"the network of the cluster is not usable: {error}") from error
    return eks._json_resp(200, {"cluster": eks._sanitize(cluster)})


def _network(cluster, given):
    """ministack always answers ipv4."""
    if given.get("ipFamily") == "ipv6":
        network = {"ipFamily": "ipv6", "serviceIpv6Cidr": "fd5c:1a2b:3c4d::/108"}
    else:
        network = {"ipFamily": "ipv4", "serviceIpv4Cidr": given.get("serviceIpv4Cidr", "10.100.0.0/16")}
    if "elasticLoadBalancing" in given:
        network["elasticLoadBalancing"] = given["elasticLoadBalancing"]
    cluster["kubernetesNetworkConfig"] = network


def _logging(given):
    """AWS lists enabled and disabled kinds; ministack echoes what was sent."""
    kinds = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
    on = {kind for one in (given or {}).get("clusterLogging", []) if one.get("enabled") for kind in one.get("types", [])}
    groups = [(sorted(on, key=kinds.index), True), ([kind for kind in kinds if kind not in on], False)]
    return {"clusterLogging": [{"types": types, "enabled": enabled} for types, enabled in groups if types]}


def _security_group(cluster):
    """The cluster security group must exist in EC2: rules refer to it, nodes carry it."""
    name, config, ec2 = cluster["name"], cluster["resourcesVpcConfig"], aws("ec2")
    subnets = ec2.describe_subnets(SubnetIds=config["subnetIds"])["Subnets"]
    config["vpcId"] = subnets[0]["VpcId"]
    if len({one["AvailabilityZone"] for one in subnets}) < 2:
        raise BadRequest("InvalidParameterException", "Subnets specified must be in at least two different AZs")
    group = ec2.create_security_group(
        GroupName=f"eks-cluster-sg-{name}-{cluster['identity']['oidc']['issuer'][-10:]}",
        Description="EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
        VpcId=config["vpcId"],
        TagSpecifications=[{"ResourceType": "security-group", "Tags": [
            {"Key": "Name", "Value": f"eks-cluster-sg-{name}"},
            {"Key": f"kubernetes.io/cluster/{name}", "Value": "owned"},
        ]}],
    )["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}])
    config["clusterSecurityGroupId"] = group


def delete(request, name):
    """AWS refuses to delete a protected cluster or one with groups; ministack deletes groups silently."""
    cluster = cluster_of(name)
    if cluster.get("deletionProtection"):
        raise BadRequest("InvalidRequestException", "Cluster deletion protection is enabled")
    if any(key.startswith(f"{name}/") for key in eks._nodegroups):
        raise BadRequest("ResourceInUseException", "Cluster has nodegroups attached", 409)
    group = cluster["resourcesVpcConfig"].get("clusterSecurityGroupId")
    answer = request.pass_on()
    if answer[0] == 200 and group:
        ec2 = aws("ec2")
        for rule in ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]:
            revoke = ec2.revoke_security_group_egress if rule["IsEgress"] else ec2.revoke_security_group_ingress
            revoke(GroupId=group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
        ec2.delete_security_group(GroupId=group)
    for key in [key for key in eks._addons if key.startswith(f"{name}/")]:
        eks._addons.pop(key)
    return answer


def update_config(request, name):
    cluster, body = cluster_of(name), request.body
    if body.get("logging"):
        body["logging"] = _logging_after(cluster["logging"], body["logging"])
    merge(cluster, {key: body.get(key) for key in _CHANGEABLE})
    if body.get("resourcesVpcConfig"):
        merge(cluster["resourcesVpcConfig"], body["resourcesVpcConfig"])
    kinds = {"logging": "LoggingUpdate", "resourcesVpcConfig": "EndpointAccessUpdate", "accessConfig": "AccessConfigUpdate", "upgradePolicy": "UpgradePolicyUpdate"}
    return record_update(name, next((kind for key, kind in kinds.items() if key in body), "ConfigUpdate"))


def _logging_after(before, change):
    """A change names only the kinds it turns on or off."""
    on = {kind for one in before["clusterLogging"] if one["enabled"] for kind in one["types"]}
    for one in change.get("clusterLogging", []):
        on = on | set(one["types"]) if one.get("enabled") else on - set(one["types"])
    return _logging({"clusterLogging": [{"types": list(on), "enabled": True}]})


def update_version(request, name):
    cluster = cluster_of(name)
    old, new = cluster["version"], request.body.get("version", "")
    if int(new.split(".")[1]) != int(old.split(".")[1]) + 1:
        raise BadRequest("InvalidParameterException", f"Unsupported Kubernetes minor version update from {old} to {new}")
    cluster["version"] = new
    return record_update(name, "VersionUpdate")


def list_updates(_request, name):
    return eks._json_resp(200, {"updateIds": list(cluster_of(name).get("_updates", {}))})


def describe_update(_request, name, update_id):
    update = cluster_of(name).get("_updates", {}).get(update_id)
    if not update:
        raise BadRequest("ResourceNotFoundException", f"No update found for ID: {update_id}", 404)
    return eks._json_resp(200, {"update": update})


def describe_versions(_request):
    versions = [{"clusterVersion": one, "clusterType": "eks", "defaultVersion": index == 1, "status": "STANDARD_SUPPORT", "versionStatus": "STANDARD_SUPPORT"} for index, one in enumerate(_VERSIONS)]
    return eks._json_resp(200, {"clusterVersions": versions})
