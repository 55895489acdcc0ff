"""Add-ons: versions to choose from, and the pod identity associations an add-on owns."""
import json

from eks_common import BadRequest, cluster_of, record_update
from ministack.services import eks

# Versions in the form EKS uses; every one is offered for every Kubernetes version.
_VERSIONS = {
    "vpc-cni": ["v1.20.4-eksbuild.1", "v1.20.1-eksbuild.3", "v1.19.6-eksbuild.7"],
    "kube-proxy": ["v1.34.1-eksbuild.2", "v1.33.5-eksbuild.2"],
    "coredns": ["v1.12.4-eksbuild.1", "v1.12.3-eksbuild.1"],
    "aws-ebs-csi-driver": ["v1.52.1-eksbuild.1", "v1.51.1-eksbuild.1"],
    "aws-efs-csi-driver": ["v2.1.13-eksbuild.1"],
    "aws-fsx-csi-driver": ["v1.7.0-eksbuild.1"],
    "aws-mountpoint-s3-csi-driver": ["v2.2.0-eksbuild.1"],
    "snapshot-controller": ["v8.3.0-eksbuild.1"],
    "eks-pod-identity-agent": ["v1.3.10-eksbuild.1", "v1.3.9-eksbuild.3"],
    "eks-node-monitoring-agent": ["v1.4.2-eksbuild.1"],
    "amazon-cloudwatch-observability": ["v4.7.0-eksbuild.1"],
    "adot": ["v0.131.0-eksbuild.1"],
    "metrics-server": ["v0.8.0-eksbuild.3"],
    "external-dns": ["v0.19.0-eksbuild.2"],
    "kube-state-metrics": ["v2.17.0-eksbuild.4"],
    "cert-manager": ["v1.19.1-eksbuild.1"],
}
_CLUSTER_VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"]


def describe_versions(request):
    wanted, kubernetes = request.query.get("addonName"), request.query.get("kubernetesVersion")
    addons = []
    for name, versions in _VERSIONS.items():
        if wanted in (None, name):
            addons.append({"addonName": name, "type": "networking", "publisher": "eks", "owner": "aws", "addonVersions": [
                {"addonVersion": version, "architecture": ["amd64", "arm64"], "requiresConfiguration": False, "requiresIamPermissions": False,
                 "compatibilities": [{"clusterVersion": one, "platformVersions": ["*"], "defaultVersion": index == 0} for one in _CLUSTER_VERSIONS if kubernetes in (None, one)]}
                for index, version in enumerate(versions)
            ]})
    return eks._json_resp(200, {"addons": addons})


def describe_configuration(request):
    answer = {"addonName": request.query.get("addonName"), "addonVersion": request.query.get("addonVersion"), "configurationSchema": json.dumps({"type": "object"})}
    return eks._json_resp(200, answer)


def create(request, cluster_name):
    cluster_of(cluster_name)
    body = request.body
    name = body.get("addonName", "")
    if name not in _VERSIONS:
        raise BadRequest("InvalidParameterException", f"Addon {name} specified is not supported")
    _check_configuration(body)
    answer = request.pass_on({**body, "addonVersion": body.get("addonVersion") or _VERSIONS[name][0], "podIdentityAssociations": []})
    if answer[0] == 200:
        addon = eks._addons[f"{cluster_name}/{name}"]
        addon["namespaceConfig"] = body.get("namespaceConfig") or {"namespace": "kube-system"}
        _own_associations(cluster_name, addon, body.get("podIdentityAssociations") or [])
        return eks._json_resp(200, {"addon": addon})
    return answer


def update(request, cluster_name, name):
    addon = eks._addons.get(f"{cluster_name}/{name}")
    body = {key: value for key, value in request.body.items() if key != "podIdentityAssociations"}
    _check_configuration(body)
    answer = request.pass_on(body)
    if answer[0] != 200:
        return answer
    if request.body.get("podIdentityAssociations") is not None:
        _drop_associations(addon)
        _own_associations(cluster_name, addon, request.body["podIdentityAssociations"])
    return record_update(cluster_name, "AddonUpdate")


def delete(request, cluster_name, name):
    addon = eks._addons.get(f"{cluster_name}/{name}")
    if addon:
        _drop_associations(addon)
    return request.pass_on()


def _check_configuration(body):
    values = body.get("configurationValues")
    if values and values.lstrip().startswith("{"):
        try:
            json.loads(values)
        except ValueError as error:
            raise BadRequest("InvalidParameterException", f"ConfigurationValue provided in request is not supported: {error}") from error


def _own_associations(cluster_name, addon, given):
    """EKS makes an association for each service account and reports their ARNs; ministack echoes the request."""
    arns = []
    for one in given:
        status, _, body = eks._create_pod_identity_association(cluster_name, {"namespace": "kube-system", **one})
        made = json.loads(body)
        if status != 200:
            raise BadRequest(made["__type"], made["message"], status)
        association = eks._pod_identity_associations[eks._pia_key(cluster_name, made["association"]["associationId"])]
        association["ownerArn"] = addon["addonArn"]
        arns.append(association["associationArn"])
    addon["podIdentityAssociations"] = arns


def _drop_associations(addon):
    for key, association in list(eks._pod_identity_associations.items()):
        if association.get("ownerArn") == addon["addonArn"]:
            eks._pod_identity_associations.pop(key)
