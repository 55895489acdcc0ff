"""Fargate profiles, which ministack does not have."""
from eks_common import BadRequest, arn, cluster_of
from ministack.core.responses import AccountRegionScopedDict, new_uuid
from ministack.services import eks

# "cluster/profile" -> record
profiles = AccountRegionScopedDict()


def create(request, cluster_name):
    cluster_of(cluster_name)
    body = request.body
    name = body["fargateProfileName"]
    key = f"{cluster_name}/{name}"
    if key in profiles:
        raise BadRequest("ResourceInUseException", f"Fargate Profile already exists with name {name}", 409)
    profiles[key] = {
        "fargateProfileName": name,
        "fargateProfileArn": arn("fargateprofile", cluster_name, name, new_uuid()),
        "clusterName": cluster_name,
        "createdAt": eks._now(),
        "podExecutionRoleArn": body["podExecutionRoleArn"],
        "subnets": body.get("subnets", []),
        "selectors": body.get("selectors", []),
        "status": "ACTIVE",
        "health": {"issues": []},
        "tags": body.get("tags", {}),
    }
    return eks._json_resp(200, {"fargateProfile": profiles[key]})


def _profile(cluster_name, name):
    profile = profiles.get(f"{cluster_name}/{name}")
    if not profile:
        raise BadRequest("ResourceNotFoundException", f"No Fargate Profile found with name: {name}.", 404)
    return profile


def describe(_request, cluster_name, name):
    return eks._json_resp(200, {"fargateProfile": _profile(cluster_name, name)})


def list_names(_request, cluster_name):
    cluster_of(cluster_name)
    return eks._json_resp(200, {"fargateProfileNames": [key.split("/")[1] for key in profiles if key.startswith(f"{cluster_name}/")]})


def delete(_request, cluster_name, name):
    profile = _profile(cluster_name, name)
    profiles.pop(f"{cluster_name}/{name}")
    return eks._json_resp(200, {"fargateProfile": {**profile, "status": "DELETING"}})
