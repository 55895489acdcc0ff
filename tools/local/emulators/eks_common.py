"""What the additions to the EKS API share: records, answers and calls to the emulator of the other services."""
import os

from botocore.session import get_session
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import eks


class BadRequest(Exception):
    """An error in the form the EKS API reports it."""

    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.code = code
        self.status = status


def aws(service):
    """A client for the emulator that has everything but EKS, in the region of the current request."""
    return get_session().create_client(
        service, region_name=get_region(), endpoint_url=os.environ["BENCH_AWS_URL"],
        aws_access_key_id="test", aws_secret_access_key="test",
    )


def cluster_of(name):
    cluster = eks._clusters.get(name)
    if not cluster:
        raise BadRequest("ResourceNotFoundException", f"No cluster found for name: {name}.", 404)
    return cluster


def arn(kind, *parts):
    return f"arn:aws:eks:{get_region()}:{get_account_id()}:{kind}/" + "/".join(parts)


def record_update(cluster_name, kind):
    """Every change is done at once; the provider still asks how it went."""
    update = {"id": new_uuid(), "status": "Successful", "type": kind, "params": [], "errors": [], "createdAt": eks._now()}
    cluster_of(cluster_name).setdefault("_updates", {})[update["id"]] = update
    return eks._json_resp(200, {"update": update})


def merge(record, changes):
    """Puts what was given over what was there, one level into objects."""
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(record.get(key), dict):
            record[key] = {**record[key], **value}
        elif value is not None:
            record[key] = value
