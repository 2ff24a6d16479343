package schema_test

import (
	"encoding"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/outcome"
)

// TestFields holds the schemas of the records against the types that are read
// and written.
func TestFields(t *testing.T) {
	for name, of := range map[string]reflect.Type{
		"call":    reflect.TypeFor[outcome.Call](),
		"deal":    reflect.TypeFor[outcome.Deal](),
		"verdict": reflect.TypeFor[outcome.VerdictRecord](),
	} {
		t.Run(name, func(t *testing.T) {
			root := load(t, name)
			sameFields(t, root, of, name)
		})
	}
}

// sameFields compares an object with a struct, and what is in them.
func sameFields(t *testing.T, n node, of reflect.Type, at string) {
	t.Helper()
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() == reflect.Slice {
		if assert.NotNil(t, n.Items, "%s is a list", at) {
			sameFields(t, *n.Items, of.Elem(), at+"[]")
		}
		return
	}
	sameType(t, n, of, at)
	if !isObject(of) {
		assert.Empty(t, n.Properties, at)
		return
	}
	var fields, keys []string
	for f := range of.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		fields = append(fields, name)
		child, ok := n.Properties[name]
		if ok {
			sameFields(t, child, f.Type, at+"."+name)
		}
	}
	for key := range n.Properties {
		keys = append(keys, key)
	}
	assert.ElementsMatch(t, fields, keys, at)
}

// isObject reports whether a type is written as a JSON object.
func isObject(of reflect.Type) bool {
	return of.Kind() == reflect.Struct && !reflect.PointerTo(of).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// sameType compares the JSON type of a schema with a Go type.
func sameType(t *testing.T, n node, of reflect.Type, at string) {
	t.Helper()
	want := map[reflect.Kind]string{
		reflect.String: "string", reflect.Int: "integer", reflect.Float64: "number", reflect.Bool: "boolean",
	}[of.Kind()]
	switch {
	case n.Enum != nil || n.AnyOf != nil:
		return // a vocabulary, which is a matter of its words
	case isObject(of):
		want = "object"
	case of == reflect.TypeFor[time.Time](), of == reflect.TypeFor[outcome.When]():
		want = "string"
	}
	assert.Contains(t, string(n.Type), `"`+want+`"`, at)
}

// TestFindingTexts makes sure that every finding is explained.
func TestFindingTexts(t *testing.T) {
	root := load(t, "process")
	findings := root.Properties["findings"]
	assert.Len(t, findings.Properties, len(finding.Codes()))
	for _, code := range finding.Codes() {
		assert.NotEmpty(t, findings.Properties[code.String()].Description, code)
	}
}
