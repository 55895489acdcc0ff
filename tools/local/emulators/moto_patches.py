"""Additions to moto, by service; each patch says why the product or the provider needs it."""
import moto_autoscaling
import moto_ec2
import moto_errors
import moto_instances
import moto_security_groups
import moto_ssm


def apply():
    moto_errors.apply()
    moto_autoscaling.apply()
    moto_ec2.apply()
    moto_instances.apply()
    moto_security_groups.apply()
    moto_ssm.apply()
