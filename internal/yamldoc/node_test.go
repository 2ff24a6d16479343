package yamldoc

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// at returns "line:from-to" of a range.
func at(n *Node) string {
	if n == nil {
		return "-"
	}
	r := n.Range()
	return fmt.Sprintf("%d:%d-%d", r.Start.Line, r.Start.Column, r.End.Column)
}

func TestLocate(t *testing.T) {
	src := `commitments:
  demo: &demo
    name: Démo "x"   # comment
    requires: {within: 21d, roles: [a, "b, ]"]}
  again: *demo
  a.b[0]: dotted
stages:
- id: target
  exit: first
- id: won
  exit:
    - kept: a
    - any:
      - b
      - 'it''s' # c
text: |  # header
  block
plain: several
  lines here
nothing:
items:
-
- &mark !!str tagged
? key
: value
{flow: key}: v
`
	root, diags := Parse("", []byte(src))
	require.Empty(t, diags)
	for _, tt := range []struct{ path, key, value, found string }{
		{"", "-", "1:1-13", ""},
		{"commitments", "1:1-12", "1:1-12", "commitments"},
		{"commitments.demo", "2:3-7", "2:3-7", "commitments.demo"},
		{"commitments.demo.name", "3:5-9", "3:11-19", "commitments.demo.name"},
		{"commitments.demo.requires", "4:5-13", "4:15-48", "commitments.demo.requires"},
		{"commitments.demo.requires.within", "4:16-22", "4:24-27", "commitments.demo.requires.within"},
		{"commitments.demo.requires.roles", "4:29-34", "4:36-47", "commitments.demo.requires.roles"},
		{"commitments.demo.requires.roles[1]", "-", "4:40-46", "commitments.demo.requires.roles[1]"},
		{"commitments.demo.requires.dated", "4:5-13", "4:15-48", "commitments.demo.requires"},
		{"commitments.again.name", "3:5-9", "3:11-19", "commitments.again.name"},
		{"commitments.again", "5:3-8", "5:3-8", "commitments.again"},
		{"commitments.a.b[0]", "6:3-9", "6:11-17", "commitments.a.b[0]"},
		{"stages[0]", "-", "8:3-13", "stages[0]"},
		{"stages[0].exit", "9:3-7", "9:9-14", "stages[0].exit"},
		{"stages[0].exit[0]", "9:3-7", "9:9-14", "stages[0].exit"},
		{"stages[0].exit[1]", "9:3-7", "9:9-14", "stages[0].exit"},
		{"stages[1].exit[0].kept", "12:7-11", "12:13-14", "stages[1].exit[0].kept"},
		{"stages[1].exit[0].kept[0]", "12:7-11", "12:13-14", "stages[1].exit[0].kept"},
		{"stages[1].exit[1].any[1]", "-", "15:9-16", "stages[1].exit[1].any[1]"},
		{"stages[1].exit[1].any[7]", "13:7-10", "13:7-10", "stages[1].exit[1].any"},
		{"stages[9].exit", "7:1-7", "7:1-7", "stages"},
		{"stages[x]", "7:1-7", "7:1-7", "stages"},
		{"stages[", "7:1-7", "7:1-7", "stages"},
		{"text", "16:1-5", "16:7-8", "text"},
		{"plain", "18:1-6", "18:8-15", "plain"},
		{"nothing", "20:1-8", "20:1-8", "nothing"},
		{"items[0]", "-", "22:1-2", "items[0]"},
		{"items[1]", "-", "23:15-21", "items[1]"},
		{"key", "24:3-6", "25:3-8", "key"},
		{"unknown", "-", "1:1-13", ""},
	} {
		place := root.Locate(tt.path)
		assert.Equal(t, tt.key, at(place.Key), "key of %s", tt.path)
		assert.Equal(t, tt.value, at(place.Value), "value of %s", tt.path)
		assert.Equal(t, tt.found, place.Value.Path(), "path of %s", tt.path)
	}
	demo := root.Locate("commitments.demo").Value
	assert.Equal(t, "4:24-27", at(demo.Locate("requires.within").Value), "relative to a node")
	assert.Equal(t, "2:3-7", at(demo.Locate("").Key))
}

func TestValue(t *testing.T) {
	src := `
word: no
truth: True
numbers: [1, -2, 0x10, 1_000, 1.5, 1e3, .inf, .nan, 99999999999999999999, 0o17]
strings: ["1", '2', 2026-11-01, !!str 3]
nothing: [~, null, '']
? [complex]
: left out
twice: 1
twice: 2
`
	root, diags := Parse("", []byte(src))
	require.Empty(t, diags)
	assert.Equal(t, map[string]any{
		"word":    "no",
		"truth":   true,
		"numbers": []any{int64(1), int64(-2), int64(16), int64(1000), 1.5, 1000.0, ".inf", ".nan", 1e20, int64(15)},
		"strings": []any{"1", "2", "2026-11-01", "3"},
		"nothing": []any{nil, nil, ""},
		"twice":   int64(1),
	}, root.Value())
}

func TestKind(t *testing.T) {
	for src, want := range map[string]Kind{"a: [1]": Mapping, "[1]": Sequence, "a": Scalar, "''": Scalar, "!!str": Scalar} {
		root, diags := Parse("", []byte(src))
		require.Empty(t, diags, src)
		assert.Equal(t, want, root.Kind(), src)
	}
	assert.Equal(t, "null scalar sequence mapping", fmt.Sprintf("%s %s %s %s", Null, Scalar, Sequence, Mapping))
}
