package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/info"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// Terraform resource and data source names to the tokens of @pulumi/aws.
var (
	//go:embed resources.json
	resourcesJSON []byte
	//go:embed datasources.json
	dataSourcesJSON []byte
	//go:embed fields.json
	fieldsJSON []byte
)

// field is one property whose published name or shape differs from what the bridge derives.
type field struct {
	Name        string           `json:"name,omitempty"`
	MaxItemsOne *bool            `json:"maxItemsOne,omitempty"`
	First       string           `json:"first,omitempty"`
	Fields      map[string]field `json:"fields,omitempty"`
}

// describe maps the Terraform provider onto the tokens and names of the published package.
func describe(p shim.Provider, version string) (info.Provider, error) {
	var resources, dataSources map[string]string
	var fields map[string]map[string]field
	for _, table := range []struct {
		data []byte
		into any
	}{{resourcesJSON, &resources}, {dataSourcesJSON, &dataSources}, {fieldsJSON, &fields}} {
		if err := json.Unmarshal(table.data, table.into); err != nil {
			return info.Provider{}, fmt.Errorf("reading the tables of this program: %w", err)
		}
	}
	provider := info.Provider{
		P: p, Name: "aws", Version: version, ResourcePrefix: "aws",
		MetadataInfo: &info.Metadata{Path: "", Data: tfbridge.ProviderMetadata(nil)},
		Resources:    map[string]*info.Resource{}, DataSources: map[string]*info.DataSource{},
	}
	for name, res := range p.ResourcesMap().Range {
		token, known := resources[name]
		if !known {
			provider.IgnoreMappings = append(provider.IgnoreMappings, name)
			continue
		}
		r := &info.Resource{Tok: tokens.Type(token), Fields: overrides(res.Schema(), fields[token])}
		r.TransformOutputs = firstElements(res.Schema(), fields[token])
		r.PreCheckCallback = adjustInputs(token, res.Schema())
		nameAutomatically(token, res.Schema(), r.Fields)
		provider.Resources[name] = r
	}
	for name, source := range p.DataSourcesMap().Range {
		if token, known := dataSources[name]; known {
			provider.DataSources[name] = &info.DataSource{
				Tok: tokens.ModuleMember(token), Fields: overrides(source.Schema(), fields[token]),
			}
		} else {
			provider.IgnoreMappings = append(provider.IgnoreMappings, name)
		}
	}
	return provider, nil
}

// overrides turns the table's entries into the bridge's form, following the shape of the schema.
func overrides(schema shim.SchemaMap, fields map[string]field) map[string]*info.Schema {
	out := map[string]*info.Schema{}
	for name, f := range fields {
		s, known := schema.GetOk(name)
		if !known || f.First != "" {
			continue
		}
		o := &info.Schema{Name: f.Name, MaxItemsOne: f.MaxItemsOne}
		if len(f.Fields) > 0 {
			if nested := nestedFields(s); nested != nil {
				inner := overrides(nested, f.Fields)
				if s.Type() == shim.TypeMap {
					o.Fields = inner
				} else {
					o.Elem = &info.Schema{Fields: inner}
				}
			}
		}
		out[name] = o
	}
	return out
}

// firstElements publishes the only element of a list under a name of its own, beside the list. Flattening such
// a list instead makes the bridge send an empty one for it, which the provider refuses for a computed property.
func firstElements(schema shim.SchemaMap, fields map[string]field) info.PropertyTransform {
	names := map[resource.PropertyKey]resource.PropertyKey{}
	for name, f := range fields {
		if f.First != "" {
			list := tfbridge.TerraformToPulumiNameV2(name, schema, nil)
			names[resource.PropertyKey(list)] = resource.PropertyKey(f.First)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return func(_ context.Context, outputs resource.PropertyMap) (resource.PropertyMap, error) {
		for list, first := range names {
			switch v := outputs[list]; {
			case v.IsArray() && len(v.ArrayValue()) > 0:
				outputs[first] = v.ArrayValue()[0]
			case v.IsComputed():
				outputs[first] = v
			}
		}
		return outputs, nil
	}
}

// nestedFields is the schema of the object inside a block or a list of objects, if there is one.
func nestedFields(s shim.Schema) shim.SchemaMap {
	switch elem := s.Elem().(type) {
	case shim.Resource:
		return elem.Schema()
	case shim.Schema:
		if inner, ok := elem.Elem().(shim.Resource); ok {
			return inner.Schema()
		}
	}
	return nil
}
