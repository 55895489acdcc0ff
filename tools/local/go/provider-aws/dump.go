package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// node is one property as the bridge would name it without overrides.
type node struct {
	Name   string          `json:"name"`
	Type   string          `json:"type"`
	Single bool            `json:"single,omitempty"`
	Input  bool            `json:"input,omitempty"`
	Fields map[string]node `json:"fields,omitempty"`
}

// dump lists every resource and data source with the property names the bridge derives; published-names.ts
// compares them with the typings of @pulumi/aws and writes fields.json.
func dump(p shim.Provider) map[string]map[string]map[string]node {
	out := map[string]map[string]map[string]node{"resources": {}, "dataSources": {}}
	for name, res := range p.ResourcesMap().Range {
		out["resources"][name] = nodes(res.Schema())
	}
	for name, res := range p.DataSourcesMap().Range {
		out["dataSources"][name] = nodes(res.Schema())
	}
	return out
}

func nodes(schema shim.SchemaMap) map[string]node {
	out := map[string]node{}
	for name, s := range schema.Range {
		n := node{
			Name:   tfbridge.TerraformToPulumiNameV2(name, schema, nil),
			Type:   typeName(s.Type()),
			Single: s.MaxItems() == 1,
			Input:  s.Optional() || s.Required(),
		}
		if nested := nestedFields(s); nested != nil {
			n.Fields = nodes(nested)
		}
		out[name] = n
	}
	return out
}

func typeName(t shim.ValueType) string {
	switch t {
	case shim.TypeList, shim.TypeSet:
		return "list"
	case shim.TypeMap:
		return "map"
	default:
		return "scalar"
	}
}
