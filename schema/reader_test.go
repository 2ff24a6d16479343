package schema_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/schema"
)

// node is a JSON Schema as it is written.
type node struct {
	Ref                  string          `json:"$ref"`
	Description          string          `json:"description"`
	Type                 json.RawMessage `json:"type"`
	Enum                 []*string       `json:"enum"`
	Const                json.RawMessage `json:"const"`
	Pattern              string          `json:"pattern"`
	Required             []string        `json:"required"`
	Properties           map[string]node `json:"properties"`
	AdditionalProperties *node           `json:"additionalProperties"`
	Items                *node           `json:"items"`
	AnyOf                []node          `json:"anyOf"`
	Defs                 map[string]node `json:"$defs"`

	closed bool // additionalProperties is false
}

// UnmarshalJSON tells additionalProperties that are false from a schema.
func (n *node) UnmarshalJSON(text []byte) error {
	if string(text) == "false" {
		n.closed = true
		return nil
	}
	type plain node
	return json.Unmarshal(text, (*plain)(n))
}

func (n node) isClosed() bool { return n.AdditionalProperties != nil && n.AdditionalProperties.closed }

func load(t *testing.T, name string) node {
	t.Helper()
	text, err := schema.JSON(name)
	require.NoError(t, err)
	var root node
	require.NoError(t, json.Unmarshal(text, &root))
	return root
}

// step leads from a value to one inside it: a key, or the first item of a list.
type step struct {
	key  string
	item bool
}

// walk visits every schema with a path of a document that leads to it.
func walk(root, n node, path []step, visit func(path []step, n node)) {
	for n.Ref != "" {
		n = root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")]
	}
	visit(path, n)
	for key, child := range n.Properties {
		walk(root, child, append(slices.Clone(path), step{key: key}), visit)
	}
	if n.AdditionalProperties != nil && !n.isClosed() {
		walk(root, *n.AdditionalProperties, append(slices.Clone(path), step{key: "some"}), visit)
	}
	if n.Items != nil {
		walk(root, *n.Items, append(slices.Clone(path), step{item: true}), visit)
	}
	for _, branch := range n.AnyOf {
		walk(root, branch, path, visit)
	}
}

// wrap returns the JSON text of a document that has a value at a path.
func wrap(path []step, value string) string {
	for _, s := range slices.Backward(path) {
		if s.item {
			value = "[" + value + "]"
		} else {
			value = fmt.Sprintf("{%q: %s}", s.key, value)
		}
	}
	return value
}

func (s step) String() string {
	if s.item {
		return "[0]"
	}
	return "." + s.key
}

func pathOf(path []step) string {
	var b strings.Builder
	for _, s := range path {
		b.WriteString(s.String())
	}
	return strings.TrimPrefix(b.String(), ".")
}

var readers = map[string]func(text string) diagnostic.List{
	"process": func(text string) diagnostic.List {
		_, diags := process.Read("", []byte(text))
		return diags
	},
	"mapping": func(text string) diagnostic.List {
		_, diags := crm.Read("", []byte(text))
		return diags
	},
	"cases": func(text string) diagnostic.List {
		p, err := process.Builtin("transactional")
		if err != nil {
			panic(err)
		}
		_, err = cases.Parse("", []byte(text), cases.Options{Process: p})
		diags, _ := err.(diagnostic.List)
		return diags
	},
}

// fewest is how many words of fixed vocabularies a document has at least.
var fewest = map[string]int{"process": 10, "cases": 10, "mapping": 3}

// nonsense is a key, and a word, that is near to no other.
const nonsense = "zzzzzzzz"

// TestKeys asks the readers, at every group of keys, which keys they know.
func TestKeys(t *testing.T) {
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			root := load(t, name)
			groups := map[string][]string{}
			walk(root, root, nil, func(path []step, n node) {
				if n.isClosed() {
					at := pathOf(path)
					for key := range n.Properties {
						if !slices.Contains(groups[at], key) {
							groups[at] = append(groups[at], key)
						}
					}
				}
			})
			asked := 0
			walk(root, root, nil, func(path []step, n node) {
				at := pathOf(path)
				if !n.isClosed() || at == "findings" { // whose keys are the findings
					return
				}
				asked++
				diags := read(wrap(path, fmt.Sprintf("{%q: 1}", nonsense)))
				i := slices.IndexFunc(diags, func(d diagnostic.Diagnostic) bool {
					return d.Code == yamldoc.UnknownKey && strings.HasSuffix(d.Path, nonsense)
				})
				if !assert.GreaterOrEqual(t, i, 0, "nobody reads %q: %v", at, diags) {
					return
				}
				keys, found := strings.CutPrefix(diags[i].Hint, "the keys here are ")
				require.True(t, found, diags[i].Hint)
				assert.ElementsMatch(t, strings.Split(keys, ", "), groups[at], "keys of %q", at)
			})
			assert.Greater(t, asked, 8)
		})
	}
}

// TestRequired asks the readers which keys have to be there.
func TestRequired(t *testing.T) {
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			root := load(t, name)
			walk(root, root, nil, func(path []step, n node) {
				if !n.isClosed() {
					return
				}
				var missing []string
				for _, d := range read(wrap(path, `{"x-own": 1}`)) {
					if d.Code == yamldoc.MissingKey {
						if key, ok := strings.CutPrefix(d.Path, joined(pathOf(path))); ok && !strings.ContainsAny(key, ".[") {
							missing = append(missing, key)
						}
					}
				}
				required := n.Required
				if name == "cases" && len(path) == 0 {
					required = []string{"cases"} // these were read with a process at hand
				}
				assert.ElementsMatch(t, required, missing, "what %q requires", pathOf(path))
			})
		})
	}
}

func joined(path string) string {
	if path == "" {
		return ""
	}
	return path + "."
}

// TestWords gives the readers every word of every vocabulary, and one that is
// in none.
func TestWords(t *testing.T) {
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			root := load(t, name)
			refused := func(path []step, word string) bool {
				return slices.ContainsFunc(read(wrap(path, fmt.Sprintf("%q", word))), func(d diagnostic.Diagnostic) bool {
					return d.Path == pathOf(path) && (d.Code == process.CodeBadValue || d.Code == process.CodeUnknownFinding)
				})
			}
			asked := 0
			walk(root, root, nil, func(path []step, n node) {
				if n.Enum == nil || slices.Contains([]string{"commitments.some.allow[0]", "extends"}, pathOf(path)) { // judged with the rest of the process
					return
				}
				asked++
				for _, word := range n.Enum {
					assert.False(t, refused(path, *word), "%s: %s", pathOf(path), *word)
				}
				if len(n.Enum) > 1 || name != "process" { // a fault of the data can only be an error, by judgement and not by form
					assert.True(t, refused(path, nonsense), "%s: %s", pathOf(path), nonsense)
				}
			})
			assert.GreaterOrEqual(t, asked, fewest[name])
		})
	}
}

// TestDescriptions makes sure that an editor has something to show for every
// key.
func TestDescriptions(t *testing.T) {
	for _, name := range schema.Names() {
		root := load(t, name)
		walk(root, root, nil, func(path []step, n node) {
			for key, child := range n.Properties {
				assert.NotEmpty(t, child.Description, "%s: %s.%s", name, pathOf(path), key)
				if child.Description != "" {
					assert.Regexp(t, `^[A-Z\x60].*[.)]$`, child.Description, "%s: %s.%s", name, pathOf(path), key)
				}
			}
		})
	}
}

func TestUnknown(t *testing.T) {
	_, err := schema.JSON("proces")
	assert.ErrorContains(t, err, `did you mean "process"?`)
	_, err = schema.JSON("everything")
	assert.ErrorContains(t, err, "process, cases, mapping, call, deal, verdict")
}
