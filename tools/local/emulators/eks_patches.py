"""Additions to ministack's EKS API, each with the reason why the product or the provider needs it."""
import json
import re
import urllib.parse

import eks_addons
import eks_clusters
import eks_fargate
import eks_nodegroups
from eks_common import BadRequest
from ministack.services import eks

# Stores of this project's own, for the inventory.
STORES = {"fargate_profiles": eks_fargate.profiles}

_NAME = r"([A-Za-z0-9_-]+)"
# Requests ministack has no route for, or answers with less than AWS does.
_ROUTES = [
    ("POST", rf"/clusters/{_NAME}/update-config", eks_clusters.update_config),
    ("POST", rf"/clusters/{_NAME}/updates", eks_clusters.update_version),
    ("GET", rf"/clusters/{_NAME}/updates", eks_clusters.list_updates),
    ("GET", rf"/clusters/{_NAME}/updates/([A-Za-z0-9-]+)", eks_clusters.describe_update),
    ("GET", r"/cluster-versions", eks_clusters.describe_versions),
    ("POST", rf"/clusters/{_NAME}/node-groups", eks_nodegroups.create),
    ("DELETE", rf"/clusters/{_NAME}/node-groups/{_NAME}", eks_nodegroups.delete),
    ("POST", rf"/clusters/{_NAME}/node-groups/{_NAME}/update-config", eks_nodegroups.update_config),
    ("POST", rf"/clusters/{_NAME}/node-groups/{_NAME}/update-version", eks_nodegroups.update_version),
    ("GET", r"/addons/supported-versions", eks_addons.describe_versions),
    ("GET", r"/addons/configuration-schemas", eks_addons.describe_configuration),
    ("POST", rf"/clusters/{_NAME}/addons", eks_addons.create),
    ("POST", rf"/clusters/{_NAME}/addons/([A-Za-z0-9_.-]+)/update", eks_addons.update),
    ("DELETE", rf"/clusters/{_NAME}/addons/([A-Za-z0-9_.-]+)", eks_addons.delete),
    ("POST", rf"/clusters/{_NAME}/fargate-profiles", eks_fargate.create),
    ("GET", rf"/clusters/{_NAME}/fargate-profiles", eks_fargate.list_names),
    ("GET", rf"/clusters/{_NAME}/fargate-profiles/{_NAME}", eks_fargate.describe),
    ("DELETE", rf"/clusters/{_NAME}/fargate-profiles/{_NAME}", eks_fargate.delete),
    ("POST", r"/clusters", eks_clusters.create),
    ("DELETE", rf"/clusters/{_NAME}", eks_clusters.delete),
]
_COMPILED = [(method, re.compile(path), handler) for method, path, handler in _ROUTES]


def apply():
    original = eks._handle_request_sync

    def handle(method, path, headers, body, query):
        flat = {key: (value[0] if isinstance(value, list) else value) for key, value in query.items()}
        for wanted, pattern, handler in _COMPILED:
            match = pattern.fullmatch(path) if method == wanted else None
            if match:
                try:
                    return handler(_Request(original, method, path, headers, body, query, flat), *match.groups())
                except BadRequest as error:
                    return eks._error(error.status, error.code, str(error))
        answer = original(method, path, headers, body, query)
        if path.startswith("/tags/") and method in ("POST", "DELETE"):
            _copy_tags(urllib.parse.unquote(path[6:]))
        return answer

    eks._handle_request_sync = handle
    eks._resolve_tag_resource_arn = _also_taggable(eks._resolve_tag_resource_arn)
    eks._issuer_url = eks_clusters.issuer_url
    # AWS knows these too; ministack refuses them.
    eks._VALID_ACCESS_ENTRY_TYPES = eks._VALID_ACCESS_ENTRY_TYPES + ("EC2", "HYBRID_LINUX", "HYPERPOD_LINUX")
    eks._build_access_entry = _with_defaults(eks._build_access_entry)


class _Request:
    """A request with its parsed body, and a way to let ministack answer it."""

    def __init__(self, original, method, path, headers, body, query, flat):
        self.body = json.loads(body) if body else {}
        self.query = flat
        self._call = (original, method, path, headers, query)

    def pass_on(self, body=None):
        original, method, path, headers, query = self._call
        return original(method, path, headers, json.dumps(self.body if body is None else body).encode(), query)


def _also_taggable(resolve):
    """Pod identity associations and Fargate profiles can be tagged too; ministack refuses their ARNs."""

    def resolve_any(arn):
        for store, name in ((eks._pod_identity_associations, "associationArn"), (eks_fargate.profiles, "fargateProfileArn")):
            if any(record.get(name) == arn for _, record in store.all_items()):
                return arn, None
        return resolve(arn)

    return resolve_any


def _copy_tags(arn):
    """ministack keeps changed tags beside the resource and goes on describing it with the first ones."""
    tags = dict(eks._tags.get(arn) or {})
    arns = ("arn", "nodegroupArn", "addonArn", "accessEntryArn", "associationArn", "fargateProfileArn")
    for store in (eks._clusters, eks._nodegroups, eks._addons, eks._access_entries, eks._pod_identity_associations, eks_fargate.profiles):
        for _, record in store.all_items():
            if arn in (record.get(name) for name in arns):
                record["tags"] = tags


def _with_defaults(build):
    """AWS fills in the user name and, for nodes, the groups of an access entry."""

    def with_defaults(cluster_name, principal_arn, body):
        entry = build(cluster_name, principal_arn, body)
        if entry["type"] in ("EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"):
            entry["username"] = "system:node:{{SessionName}}" if entry["type"] == "FARGATE_LINUX" else "system:node:{{EC2PrivateDNSName}}"
            entry["kubernetesGroups"] = ["system:nodes"]
        elif not entry["username"]:
            role = re.fullmatch(r"arn:aws:iam::(\d+):role/(?:.*/)?([^/]+)", principal_arn)
            entry["username"] = f"arn:aws:sts::{role[1]}:assumed-role/{role[2]}/{{{{SessionName}}}}" if role else principal_arn
        return entry

    return with_defaults
