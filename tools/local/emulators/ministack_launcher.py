"""Starts ministack (for its EKS API) with what the product needs and ministack lacks."""
import json

import eks_patches
from ministack import app as gateway
from ministack.services import eks

_KINDS = {
    "clusters": eks._clusters,
    "nodegroups": eks._nodegroups,
    "addons": eks._addons,
    "access_entries": eks._access_entries,
    "access_policies": eks._access_policies,
    "pod_identity_associations": eks._pod_identity_associations,
    "identity_provider_configs": eks._idp_configs,
}


def inventory():
    """Everything the EKS emulator holds, as ids by kind; the bench compares it with the start."""
    found = {
        f"eks.{kind}": sorted(str(key[-1]).replace("\x00", " ") for key, _ in store.all_items())
        for kind, store in {**_KINDS, **eks_patches.STORES}.items()
    }
    return {kind: ids for kind, ids in found.items() if ids}


def with_inventory(inner):
    """The gateway plus the bench's own address."""

    async def application(scope, receive, send):
        if scope["type"] != "http" or scope["path"] != "/_bench/inventory":
            return await inner(scope, receive, send)
        body = json.dumps(inventory()).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})

    return application


if __name__ == "__main__":
    eks_patches.apply()
    gateway.app = with_inventory(gateway.app)
    gateway.main()
