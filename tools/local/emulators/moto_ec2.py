"""EC2 actions that moto does not have, and a few answers that differ from AWS's."""
from moto.core.responses import ActionResult, EmptyResult
from moto.core.types import Base64EncodedString
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateVersion
from moto.ec2.models.subnets import Subnet
from moto.ec2.responses import EC2Response
from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, EC2_RESOURCE_TO_PREFIX, random_id
from moto.ssm.models import ssm_backends


class UnknownPlacementGroup(EC2ClientError):
    code = "InvalidPlacementGroup.Unknown"
    __module__ = "moto.ec2.exceptions"  # moto reads the service from here

    def __init__(self, name):
        super().__init__(f"The Placement Group '{name}' is unknown.")


class PlacementGroup(TaggedEC2Resource):
    """A placement group; moto has none at all."""

    __module__ = "moto.ec2.placement_groups"  # moto files every model under the service in its module name

    def __init__(self, backend, name, strategy, partitions, spread_level):
        self.ec2_backend = backend
        self.id = random_id(prefix="pg", size=17)
        self.name = name
        self.strategy = strategy
        self.partitions = partitions
        self.spread_level = spread_level

    def describe(self):
        found = {
            "GroupName": self.name,
            "GroupId": self.id,
            "GroupArn": f"arn:aws:ec2:{self.ec2_backend.region_name}:{self.ec2_backend.account_id}:placement-group/{self.name}",
            "State": "available",
            "Strategy": self.strategy,
            "Tags": self.get_tags(),
        }
        if self.partitions:
            found["PartitionCount"] = self.partitions
        if self.spread_level:
            found["SpreadLevel"] = self.spread_level
        return found


def _placement_groups(backend):
    return backend.__dict__.setdefault("placement_groups", {})


def create_placement_group(self):
    group = PlacementGroup(
        self.ec2_backend, self._get_param("GroupName"), self._get_param("Strategy", "cluster"),
        self._get_int_param("PartitionCount"), self._get_param("SpreadLevel"),
    )
    group.add_tags(self._parse_tag_specification().get("placement-group", {}))
    _placement_groups(self.ec2_backend)[group.name] = group
    return ActionResult({"PlacementGroup": group.describe()})


def describe_placement_groups(self):
    groups = _placement_groups(self.ec2_backend)
    names = self._get_param("GroupNames", [])
    for name in names:
        if name not in groups:
            raise UnknownPlacementGroup(name)
    ids = self._get_param("GroupIds", [])
    chosen = [one for one in groups.values() if (not names or one.name in names) and (not ids or one.id in ids)]
    return ActionResult({"PlacementGroups": [one.describe() for one in chosen]})


def delete_placement_group(self):
    name = self._get_param("GroupName")
    if _placement_groups(self.ec2_backend).pop(name, None) is None:
        raise UnknownPlacementGroup(name)
    return EmptyResult()


def apply():
    EC2_RESOURCE_TO_PREFIX["placement-group"] = "pg"
    EC2_PREFIX_TO_RESOURCE["pg"] = "placement-group"
    EC2Response.create_placement_group = create_placement_group
    EC2Response.describe_placement_groups = describe_placement_groups
    EC2Response.delete_placement_group = delete_placement_group
    # The AWS cloud controller asks for it; without an answer it retries for seconds on every node.
    EC2Response.describe_instance_topology = lambda self: ActionResult({"Instances": []})
    LaunchTemplateVersion.image_id = property(_image_id)
    _delete_default_acl_with_vpc()
    _report_ipv6_associations()
    _keep_template_tags_apart()
    # moto remembers the tags a template was created with and goes on reporting those
    LaunchTemplate.tags = property(lambda self: self.get_tags(), lambda self, _at_creation: None)
    EC2Response.create_dhcp_options = _create_tagged_dhcp_options(EC2Response.create_dhcp_options)


def _keep_template_tags_apart():
    """Tags of the launch template itself are no part of its data; moto puts them there too."""
    create = LaunchTemplateVersion.__init__

    def init(self, template, number, data, description):
        specifications = [one for one in data.get("TagSpecifications", []) if one.get("ResourceType") != "launch-template"]
        kept = {key: value for key, value in data.items() if key != "TagSpecifications"}
        if isinstance(kept.get("UserData"), str):  # only the first version gets moto's own type
            kept["UserData"] = Base64EncodedString(kept["UserData"])
        create(self, template, number, {**kept, **({"TagSpecifications": specifications} if specifications else {})}, description)

    LaunchTemplateVersion.__init__ = init


def _create_tagged_dhcp_options(action):
    """moto ignores the tags given at creation."""

    def create(self):
        before = set(self.ec2_backend.dhcp_options_sets)
        answer = action(self)
        tags = self._parse_tag_specification().get("dhcp-options", {})
        for new in set(self.ec2_backend.dhcp_options_sets) - before:
            self.ec2_backend.dhcp_options_sets[new].add_tags(tags)
        return answer

    return create


def _report_ipv6_associations():
    """The provider waits for a subnet's IPv6 block by asking with this filter; moto nests the state once too deep."""
    value_of = Subnet.get_filter_value

    def get_filter_value(self, filter_name, method_name=None):
        if filter_name == "ipv6-cidr-block-association.association-id":
            return list(self.ipv6_cidr_block_associations)
        return value_of(self, filter_name, method_name)

    def association_set(self):
        return [
            {**one, "ipv6CidrBlockState": {"state": one["ipv6CidrBlockState"]["State"]}}
            for one in self.ipv6_cidr_block_associations.values()
            if one["ipv6CidrBlockState"]["State"] == "associated"
        ]

    Subnet.get_filter_value = get_filter_value
    Subnet.ipv6_cidr_block_association_set = property(association_set)


def _image_id(self):
    """A template may name its image by a parameter (`resolve:ssm:/aws/service/…`), read at launch."""
    image = self.data.get("ImageId", "")
    if not image.startswith("resolve:ssm:"):
        return image
    backend = self.template.ec2_backend
    name = image.removeprefix("resolve:ssm:").split(":")[0]
    parameters = ssm_backends[backend.account_id][backend.region_name]._parameters
    return parameters[name][-1].value if name in parameters else image


def _delete_default_acl_with_vpc():
    """AWS deletes a VPC's default network ACL with it; moto keeps it."""
    delete = EC2Backend.delete_vpc

    def delete_vpc(self, vpc_id):
        vpc = delete(self, vpc_id)
        for acl_id, acl in list(self.network_acls.items()):
            if acl.vpc_id == vpc_id:
                self.network_acls.pop(acl_id)
        return vpc

    EC2Backend.delete_vpc = delete_vpc
