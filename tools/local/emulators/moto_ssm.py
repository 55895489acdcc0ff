"""Public parameters that name machine images: moto has them for ECS and plain Amazon Linux only."""
import hashlib
import re

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami
from moto.ssm.models import Parameter, ParameterDict

_IMAGE_PARAMETERS = (
    re.compile(r"^/aws/service/eks/optimized-ami/(?P<version>[\d.]+)/[a-z0-9-]+/(?P<arch>x86_64|arm64)/[a-z0-9-]+/recommended/image_id$"),
    re.compile(r"^/aws/service/eks/optimized-ami/(?P<version>[\d.]+)/amazon-linux-2(?P<variant>-arm64|-gpu)?/recommended/image_id$"),
    re.compile(r"^/aws/service/bottlerocket/aws-k8s-(?P<version>[\d.]+)(?:-[a-z0-9-]+)?/(?P<arch>x86_64|arm64)/(?:latest|[\d.]+)/image_id$"),
    re.compile(r"^/aws/service/(?:canonical/ubuntu|flatcar-linux|debian)/.*(?P<arch>amd64|x86_64|arm64).*$"),
)
# What stands beside an image id: the release a node group reports and the image's name.
_RELEASE_PARAMETER = re.compile(r"^/aws/service/(eks/optimized-ami|bottlerocket)/.*/(release_version|image_version|image_name)$")


def _value(name, account_id, region):
    """The image a public parameter names, registered with EC2 so that it can be looked up there too."""
    if _RELEASE_PARAMETER.match(name):
        version = re.search(r"\d+\.\d+", name)
        return f"{version.group(0) if version else '1.0'}.0-20250101"
    for pattern in _IMAGE_PARAMETERS:
        match = pattern.match(name)
        if match:
            image_id = "ami-0" + hashlib.sha256(f"{region}{name}".encode()).hexdigest()[:16]
            arch = "arm64" if "arm64" in name else "x86_64"
            backend = ec2_backends[account_id][region]
            if image_id not in backend.amis:
                backend.amis[image_id] = Ami(
                    backend, image_id, name=name.strip("/").replace("/", "-"), owner_id="602401143452", owner_alias="amazon",
                    public=True, virtualization_type="hvm", architecture=arch, root_device_type="ebs", root_device_name="/dev/xvda",
                    hypervisor="xen", region_name=region, image_location=name,
                )
            return image_id
    return None


def apply():
    load = ParameterDict._check_loading_status

    def check(self, key):
        load(self, key)
        name = str(key or "")
        if name.startswith("/aws/service/") and not dict.__contains__(self, name):
            value = _value(name, self.account_id, self.region_name)
            if value is not None:
                self.setdefault(name, []).append(
                    Parameter(
                        account_id=self.account_id, name=name, value=value, parameter_type="String", description=None,
                        allowed_pattern=None, keyid=None, last_modified_date=utcnow(), version=1, data_type="text",
                    )
                )

    ParameterDict._check_loading_status = check
