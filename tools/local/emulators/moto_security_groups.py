"""Security group rules: what moto loses of them, and changes it cannot make."""
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroupRule


class UnknownRule(EC2ClientError):
    code = "InvalidSecurityGroupRuleId.NotFound"
    __module__ = "moto.ec2.exceptions"  # moto reads the service from here

    def __init__(self, rule_id):
        super().__init__(f"The security group rule ID '{rule_id}' does not exist")


def _description(self):
    """moto reports the description of a rule for addresses, and none for one that names a group or prefix list."""
    return self.ip_range.get("Description") or self.source_group.get("Description") or self.__dict__.get("prefix_list_description")


def _modify(self, group_id, rules):
    """moto changes addresses and insists on ports, which a rule for every protocol has not."""
    group = self.get_security_group_from_id(group_id)
    existing = {rule.id: rule for rule in group.ingress_rules + group.egress_rules}
    for rule_id, change in rules.items():
        if rule_id not in existing:
            raise UnknownRule(rule_id)
        rule = existing[rule_id]
        described = {"Description": change["Description"]} if change.get("Description") else {}
        rule.ip_protocol = change.get("IpProtocol", rule.ip_protocol)
        ports = (None, None) if rule.ip_protocol == "-1" else (change.get("FromPort"), change.get("ToPort"))
        rule.from_port, rule.to_port = ports
        for name, key in (("CidrIpv4", "CidrIp"), ("CidrIpv6", "CidrIpv6")):
            if change.get(name):
                rule.ip_range = {key: change[name], **described}
        if change.get("ReferencedGroupId"):
            rule.source_group = {**rule.source_group, "GroupId": change["ReferencedGroupId"], **described}
        if change.get("PrefixListId"):
            rule.prefix_list_id = change["PrefixListId"]
            rule.prefix_list_description = change.get("Description")


def apply():
    create = SecurityGroupRule.__init__

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None)
        if isinstance(prefix_list, dict):
            self.prefix_list_description = prefix_list.get("Description")

    SecurityGroupRule.__init__ = init
    SecurityGroupRule.description = property(_description)
    EC2Backend.modify_security_group_rules = _modify
