package main

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// naming is how the published provider names a resource that was given no name.
type naming struct {
	field     string // Terraform attribute
	property  string // published property
	maxLength int
	prefix    string
}

// Where the published provider differs from "`name`, up to 255 characters".
var namings = map[string]naming{
	"aws:iam/role:Role":                           {"name", "name", 64, ""},
	"aws:iam/instanceProfile:InstanceProfile":     {"name", "name", 128, ""},
	"aws:iam/policy:Policy":                       {"name", "name", 128, ""},
	"aws:iam/rolePolicy:RolePolicy":               {"name", "name", 128, ""},
	"aws:ec2/launchTemplate:LaunchTemplate":       {"name", "name", 125, ""},
	"aws:eks/cluster:Cluster":                     {"name", "name", 100, ""},
	"aws:eks/nodeGroup:NodeGroup":                 {"node_group_name", "nodeGroupName", 63, ""},
	"aws:eks/fargateProfile:FargateProfile":       {"fargate_profile_name", "fargateProfileName", 63, ""},
	"aws:kms/alias:Alias":                         {"name", "name", 256, "alias/"},
	"aws:lb/loadBalancer:LoadBalancer":            {"name", "name", 32, ""},
	"aws:lb/targetGroup:TargetGroup":              {"name", "name", 32, ""},
	"aws:elb/loadBalancer:LoadBalancer":           {"name", "name", 32, ""},
	"aws:cloudwatch/eventRule:EventRule":          {"name", "name", 64, ""},
	"aws:sqs/queue:Queue":                         {"name", "name", 80, ""},
	"aws:elasticache/subnetGroup:SubnetGroup":     {"name", "name", 255, ""},
	"aws:autoscaling/lifecycleHook:LifecycleHook": {"name", "name", 255, ""},
	"aws:cloudwatch/eventBus:EventBus":            {"name", "name", 256, ""},
	"aws:dynamodb/table:Table":                    {"name", "name", 255, ""},
}

// nameAutomatically gives a resource the published provider's automatic name: the Pulumi name and seven
// characters. With a name prefix nothing is generated: the provider does it, and refuses both.
func nameAutomatically(token string, schema shim.SchemaMap, fields map[string]*info.Schema) {
	n, special := namings[token]
	if !special {
		n = naming{"name", "name", 255, ""}
	}
	s, known := schema.GetOk(n.field)
	if !known || s.Type() != shim.TypeString || !(s.Optional() || s.Required()) {
		return
	}
	o := fields[n.field]
	if o == nil {
		o = &info.Schema{}
		fields[n.field] = o
	}
	o.Name = n.property
	prefixProperty := resource.PropertyKey(n.property + "Prefix")
	o.Default = &info.Default{
		AutoNamed: true,
		ComputeDefault: func(ctx context.Context, opts info.ComputeDefaultOptions) (any, error) {
			if v, given := opts.Properties[prefixProperty]; given && !v.IsNull() {
				return nil, nil
			}
			name, err := tfbridge.ComputeAutoNameDefault(ctx, info.AutoNameOptions{
				Separator: "-", Maxlen: n.maxLength - len(n.prefix), Randlen: 7,
			}, opts)
			if s, ok := name.(string); ok && !strings.HasPrefix(s, n.prefix) {
				return n.prefix + s, err
			}
			return name, err
		},
	}
}
