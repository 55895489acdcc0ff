package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/log"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Properties that hold JSON documents; @pulumi/aws also takes them as objects.
var documents = []resource.PropertyKey{"assumeRolePolicy", "policy", "eventPattern", "redrivePolicy"}

// Properties that are newer than the bridged provider, by token ("*" is every resource that lacks them).
var newer = map[string][]resource.PropertyKey{
	"*":                           {"region"},
	"aws:eks/cluster:Cluster":     {"deletionProtection", "controlPlaneScalingConfig"},
	"aws:eks/addon:Addon":         {"namespaceConfig"},
	"aws:eks/nodeGroup:NodeGroup": {"nodeRepairConfig", "updateStrategy"},
	"aws:eks/podIdentityAssociation:PodIdentityAssociation": {"policy"},
	"aws:ec2/natGateway:NatGateway":                         {"availabilityMode", "availabilityZoneAddresses"},
	"aws:ec2/launchTemplate:LaunchTemplate":                 {"secondaryInterfaces"},
}

var (
	warned     = map[string]bool{}
	warnedLock sync.Mutex
)

// adjustInputs does what the published provider does before the check, and leaves out what the bridged one is
// too old for, saying so once for each property.
func adjustInputs(token string, schema shim.SchemaMap) func(
	context.Context, resource.PropertyMap, resource.PropertyMap,
) (resource.PropertyMap, error) {
	known := map[resource.PropertyKey]bool{}
	for _, n := range nodes(schema) {
		known[resource.PropertyKey(n.Name)] = true
	}
	return func(ctx context.Context, inputs, _ resource.PropertyMap) (resource.PropertyMap, error) {
		if err := encodeDocuments(inputs); err != nil {
			return nil, err
		}
		for _, list := range [][]resource.PropertyKey{newer["*"], newer[token]} {
			for _, property := range list {
				if v, given := inputs[property]; given && !known[property] {
					delete(inputs, property)
					if !v.IsNull() {
						warnOnce(ctx, token, string(property))
					}
				}
			}
		}
		return inputs, nil
	}
}

func encodeDocuments(inputs resource.PropertyMap) error {
	for _, property := range documents {
		v, given := inputs[property]
		if !given {
			continue
		}
		secret := v.IsSecret()
		if secret {
			v = v.SecretValue().Element
		}
		if !v.IsObject() || v.ContainsUnknowns() {
			continue
		}
		text, err := json.Marshal(v.Mappable())
		if err != nil {
			return err
		}
		inputs[property] = resource.NewStringProperty(string(text))
		if secret {
			inputs[property] = resource.MakeSecret(inputs[property])
		}
	}
	return nil
}

// The engine shows the warning beside the resource.
func warnOnce(ctx context.Context, token, property string) {
	warnedLock.Lock()
	defer warnedLock.Unlock()
	if key := token + " " + property; !warned[key] {
		warned[key] = true
		if logger := log.TryGetLogger(ctx); logger != nil {
			logger.Warn(fmt.Sprintf("local bench: %s of %s is newer than the bridged provider and was left out", property, token))
		}
	}
}
