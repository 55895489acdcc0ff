"""Instances and NAT gateways: what is made and deleted with them."""
import copy
import threading

from moto.ec2.models import EC2Backend
from moto.ec2.models.instances import Instance
from moto.kms import kms_backends

_ROOT_DEVICES = ("/dev/xvda", "/dev/sda1")
_key_lock = threading.Lock()


def apply():
    prepare = Instance.prep_nics

    def prep_nics(self, nic_spec, *args, **kwargs):
        """An interface made at launch goes with its instance unless told otherwise; moto keeps those of a template."""
        keep = {int(nic["DeviceIndex"]) for nic in nic_spec or [] if nic.get("NetworkInterfaceId") or nic.get("DeleteOnTermination") is False}
        prepare(self, nic_spec, *args, **kwargs)
        for index, nic in self.nics.items():
            nic.delete_on_termination = index not in keep

    Instance.prep_nics = prep_nics
    EC2Backend._get_template_from_args = _with_deleted_root(EC2Backend._get_template_from_args)
    make_key = EC2Backend._create_default_encryption_key

    def make_aws_key(self):
        """The default key of a service belongs to AWS, not to the stack that first encrypts a volume."""
        with _key_lock:  # several volumes at once would each make one
            arn = make_key(self)
            kms_backends[self.account_id][self.region_name].describe_key("alias/aws/ebs").key_manager = "AWS"
            return arn

    EC2Backend._create_default_encryption_key = make_aws_key
    delete_nat_gateway = EC2Backend.delete_nat_gateway

    def delete_with_interface(self, nat_gateway_id):
        """The interface AWS makes for a NAT gateway goes with it; moto keeps it."""
        gateway = delete_nat_gateway(self, nat_gateway_id)
        self.enis.pop(gateway._eni.id, None)
        return gateway

    EC2Backend.delete_nat_gateway = delete_with_interface


def _with_deleted_root(find):
    """The root volume of an image goes with its instance unless the template says otherwise; moto keeps it."""

    def launch_version(self, arguments):
        version = copy.copy(find(self, arguments))
        mappings = [
            {**one, "Ebs": {"DeleteOnTermination": True, **one["Ebs"]}} if one.get("DeviceName") in _ROOT_DEVICES and "Ebs" in one else one
            for one in version.data.get("BlockDeviceMappings", [])
        ]
        if mappings:
            version.data = {**version.data, "BlockDeviceMappings": mappings}
        return version

    return launch_version
