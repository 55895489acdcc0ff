"""Auto Scaling actions that moto does not have."""
import uuid

from moto.autoscaling.exceptions import AutoscalingClientError
from moto.autoscaling.models import AutoScalingBackend, FakeScalingPolicy, LifecycleHook
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import camelcase_to_underscores, utcnow


class NoSuchGroup(AutoscalingClientError):
    code = "ValidationError"
    __module__ = "moto.autoscaling.exceptions"  # moto reads the service from here

    def __init__(self, name):
        super().__init__(f"AutoScalingGroup name not found - AutoScalingGroup '{name}' not found")


class NoActiveRefresh(AutoscalingClientError):
    code = "ActiveInstanceRefreshNotFound"
    __module__ = "moto.autoscaling.exceptions"  # moto reads the service from here

    def __init__(self, name):
        super().__init__(f"No in progress or pending Instance Refresh found for Auto Scaling group {name}")


def _group(response):
    name = response._get_param("AutoScalingGroupName")
    groups = response.autoscaling_backend.autoscaling_groups
    if name not in groups:
        raise NoSuchGroup(name)
    return groups[name]


def start_instance_refresh(self):
    """Replaces every instance at once: what a rolling refresh has done when it is over."""
    group = _group(self)
    desired = group.desired_capacity
    old = [state.instance.id for state in group.instance_states]
    if old:
        group.autoscaling_backend.ec2_backend.terminate_instances(old)
        group.instance_states = []
        group.set_desired_capacity(desired)
    refresh = {
        "InstanceRefreshId": str(uuid.uuid4()),
        "AutoScalingGroupName": group.name,
        "Status": "Successful",
        "StartTime": utcnow(),
        "EndTime": utcnow(),
        "PercentageComplete": 100,
        "InstancesToUpdate": 0,
        "Preferences": self._get_param("Preferences", {}),
    }
    group.__dict__.setdefault("instance_refreshes", []).insert(0, refresh)
    return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})


def describe_instance_refreshes(self):
    wanted = self._get_param("InstanceRefreshIds", [])
    refreshes = _group(self).__dict__.get("instance_refreshes", [])
    return ActionResult({"InstanceRefreshes": [one for one in refreshes if not wanted or one["InstanceRefreshId"] in wanted]})


def cancel_instance_refresh(self):
    raise NoActiveRefresh(_group(self).name)


def complete_lifecycle_action(self):
    """moto's instances pass their lifecycle transitions at once, so there is never anything to wait for."""
    _group(self)
    return EmptyResult()


def apply():
    AutoScalingResponse.start_instance_refresh = start_instance_refresh
    AutoScalingResponse.describe_instance_refreshes = describe_instance_refreshes
    AutoScalingResponse.cancel_instance_refresh = cancel_instance_refresh
    AutoScalingResponse.complete_lifecycle_action = complete_lifecycle_action
    AutoScalingResponse.record_lifecycle_action_heartbeat = complete_lifecycle_action
    delete = AutoScalingBackend.delete_auto_scaling_group

    def delete_with_belongings(self, group_name):
        """Hooks and scaling policies belong to the group and go with it; moto keeps them."""
        delete(self, group_name)
        for name, hook in list(self.lifecycle_hooks.items()):
            if hook.auto_scaling_group_name == group_name:
                self.lifecycle_hooks.pop(name)
        for name, policy in list(self.policies.items()):
            if policy.as_name == group_name:
                self.policies.pop(name)

    AutoScalingBackend.delete_auto_scaling_group = delete_with_belongings
    _report_hooks_as_given()
    _report_policies_as_given()
    for action in ("create_auto_scaling_group", "update_auto_scaling_group"):
        setattr(AutoScalingResponse, action, _keeping_settings(getattr(AutoScalingResponse, action)))


# Settings of a group that moto does not keep, so that a second look would show a change.
_SETTINGS = (
    "CapacityRebalance", "MaxInstanceLifetime", "DefaultInstanceWarmup", "TerminationPolicies", "DefaultCooldown", "PlacementGroup",
    "DesiredCapacityType", "ServiceLinkedRoleARN", "InstanceMaintenancePolicy", "AvailabilityZoneDistribution",
    "CapacityReservationSpecification", "AvailabilityZoneImpairmentPolicy", "Context",
)


def _keeping_settings(action):
    def keep(self):
        answer = action(self)
        group = _group(self)
        for name in _SETTINGS:
            value = self._get_param(name)
            if value is not None:
                setattr(group, camelcase_to_underscores(name), value)
        return answer

    return keep


def _report_policies_as_given():
    """moto leaves out that a policy is enabled, and reports an empty predictive configuration for any other kind."""
    create = FakeScalingPolicy.__init__

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        self.enabled = True
        self.predictive_scaling_configuration = self.predictive_scaling_configuration or None

    FakeScalingPolicy.__init__ = init


def _report_hooks_as_given():
    """moto reports a role, a target and metadata nobody gave, which the provider takes for a change."""
    create = LifecycleHook.__init__

    def init(self, *args, **kwargs):
        create(self, *args, **kwargs)
        self.role_arn = self.notification_target_arn = None

    LifecycleHook.__init__ = init
