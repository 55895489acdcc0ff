"""Lists what moto's backends hold, by walking their tables rather than by a list of known kinds."""
import threading

from moto.core.base_backend import AccountSpecificBackend, BackendDict

# Tables that are indexes, histories or counters of other tables, not things of their own.
_NOT_THINGS = {
    "ec2.tags",
    "ec2.launch_template_name_to_ids",
    "ec2.launch_template_insert_order",
    "ec2.amis",
    "ec2.modifications",
    "ec2.sg_old_egress_ruls",
    "ec2.sg_old_ingress_ruls",
    "ec2.subnet_associations",
}
# AWS's own parameters appear in the table when somebody asks for them.
_PUBLIC = "/aws/service/"
_GONE = {"deleted", "deleting", "terminated", "pendingdeletion"}

_lock = threading.RLock()
_at_birth = {}
_get_backend = AccountSpecificBackend.__getitem__


def _get_and_remember(self, region):
    """A region's backend is made on first use, with AWS's defaults in it: those do not count as left over."""
    with _lock:
        before = region in self.keys()
        backend = _get_backend(self, region)
        if not before and id(backend) not in _at_birth:
            _at_birth[id(backend)] = {kind: set(ids) for kind, ids in _tables(self.service_name, backend)}
        return backend


AccountSpecificBackend.__getitem__ = _get_and_remember


def collect():
    """Ids by kind, without what a new account holds by itself."""
    found = {}
    for backends in list(BackendDict._instances):
        for regions in list(backends.values()):
            for region, backend in list(regions.items()):
                defaults = _at_birth.get(id(backend), {})
                for kind, ids in _tables(backends.service_name, backend):
                    new = set(ids) - defaults.get(kind, set())
                    found.setdefault(kind, set()).update(f"{region}/{one}" for one in new)
    return {kind: sorted(ids) for kind, ids in sorted(found.items()) if ids}


def _tables(service, backend):
    for name, value in list(vars(backend).items()):
        kind = f"{service}.{name}"
        if kind not in _NOT_THINGS:
            ids = _ids(value, str(backend.account_id))
            if ids:
                yield kind, ids


def _ids(table, account):
    """Ids in a table: a dict of things, of lists of things or of such dicts, or a list of things."""
    ids = []
    if isinstance(table, dict):
        for key, value in list(table.items()):
            if isinstance(value, dict):
                ids.extend(str(inner) for inner, thing in list(value.items()) if _is_there(thing, account))
            elif _is_there(value, account) or (isinstance(value, list) and any(_is_there(thing, account) for thing in value)):
                ids.append(str(key))
    elif isinstance(table, list):
        ids.extend(_name(thing) for thing in list(table) if _is_there(thing, account))
    return [one for one in ids if not one.startswith(_PUBLIC)]


def _name(thing):
    for attribute in ("id", "arn", "allocation_id", "name"):
        if getattr(thing, attribute, None):
            return str(getattr(thing, attribute))
    return type(thing).__name__


def _is_there(thing, account):
    """False for plain values, for what AWS too keeps showing for a while after it was deleted, and for AWS's own."""
    if not hasattr(thing, "__dict__"):
        return False
    if type(thing).__name__ == "Reservation":
        return any(instance._state.name != "terminated" for instance in thing.instances)
    owner = str(getattr(thing, "owner_id", None) or account)
    if getattr(thing, "key_manager", None) == "AWS" or (owner.isdigit() and owner != account):
        return False
    states = (getattr(thing, name, None) for name in ("key_state", "state", "status"))
    return not any(str(state).lower() in _GONE for state in states)
