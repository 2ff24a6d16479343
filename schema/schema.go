package schema

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/internal/nearest"
)

// base begins the ids of the schemas. Nothing needs to be there.
const base = "https://github.com/advance-sales/advance/schema/"

const draft = "https://json-schema.org/draft/2020-12/schema"

var all = []struct {
	name  string
	build func() *schema
}{
	{"process", processSchema},
	{"cases", casesSchema},
	{"mapping", mappingSchema},
	{"call", callSchema},
	{"deal", dealSchema},
	{"verdict", verdictSchema},
}

// Names lists what there is a schema for.
func Names() []string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.name
	}
	return names
}

// JSON returns the schema of a name, as an indented JSON document that ends in
// a line feed. The error of an unknown name tells the nearest.
func JSON(name string) ([]byte, error) {
	for _, s := range all {
		if s.name == name {
			root := s.build()
			root.Draft, root.ID = draft, base+name+".json"
			text, err := json.Marshal(root, jsontext.WithIndent("  "), json.Deterministic(true))
			if err != nil {
				return nil, fmt.Errorf("writing the schema of a %s: %w", name, err)
			}
			return append(text, '\n'), nil
		}
	}
	hint := nearest.Hint(name, Names())
	if hint == "" {
		hint = "there is " + strings.Join(Names(), ", ")
	}
	return nil, fmt.Errorf("there is no schema of a %q: %s", name, hint)
}

// schema is a JSON Schema, as far as the ones here need it, in the order in
// which its keywords are written.
type schema struct {
	Draft               string           `json:"$schema,omitzero"`
	ID                  string           `json:"$id,omitzero"`
	Ref                 string           `json:"$ref,omitzero"`
	Title               string           `json:"title,omitzero"`
	Description         string           `json:"description,omitzero"`
	Type                types            `json:"type,omitzero"`
	Const               jsontext.Value   `json:"const,omitzero"`
	Enum                []word           `json:"enum,omitzero"`
	EnumDescriptions    []string         `json:"enumDescriptions,omitzero"` // read by editors
	Pattern             string           `json:"pattern,omitzero"`
	PatternErrorMessage string           `json:"patternErrorMessage,omitzero"` // read by editors
	Format              string           `json:"format,omitzero"`
	Minimum             *int             `json:"minimum,omitzero"`
	Maximum             *int             `json:"maximum,omitzero"`
	Default             jsontext.Value   `json:"default,omitzero"`
	Examples            []jsontext.Value `json:"examples,omitzero"`

	Items    *schema `json:"items,omitzero"`
	MinItems int     `json:"minItems,omitzero"`
	MaxItems int     `json:"maxItems,omitzero"`

	Required             []string   `json:"required,omitzero"`
	MinProperties        int        `json:"minProperties,omitzero"`
	Properties           properties `json:"properties,omitzero"`
	PatternProperties    properties `json:"patternProperties,omitzero"`
	PropertyNames        *schema    `json:"propertyNames,omitzero"`
	AdditionalProperties *orFalse   `json:"additionalProperties,omitzero"`

	AnyOf []*schema  `json:"anyOf,omitzero"`
	OneOf []*schema  `json:"oneOf,omitzero"`
	Defs  properties `json:"$defs,omitzero"`
}

// types is one type, or several.
type types []string

// MarshalJSON writes a single type without a list around it.
func (t types) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// word is a word of a vocabulary; the empty one is null.
type word string

// MarshalJSON writes the word.
func (w word) MarshalJSON() ([]byte, error) {
	if w == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(w))
}

// orFalse is a schema, or, where it is empty, nothing at all.
type orFalse struct{ *schema }

// MarshalJSON writes the schema, or false.
func (o orFalse) MarshalJSON() ([]byte, error) {
	if o.schema == nil {
		return []byte("false"), nil
	}
	return json.Marshal(o.schema)
}

// properties are schemas by name, in their order.
type properties []property

type property struct {
	name string
	*schema
}

// MarshalJSON writes an object.
func (p properties) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	enc := jsontext.NewEncoder(&out)
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return nil, err
	}
	for _, each := range p {
		if err := enc.WriteToken(jsontext.String(each.name)); err != nil {
			return nil, err
		}
		if err := json.MarshalEncode(enc, each.schema); err != nil {
			return nil, err
		}
	}
	if err := enc.WriteToken(jsontext.EndObject); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
