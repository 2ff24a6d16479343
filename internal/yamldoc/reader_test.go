package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
)

// readProcess reads a document much like a process and returns what it read, a
// line each.
func readProcess(r *Reader, root *Node) []string {
	var log []string
	text := func(what string) func(*Node) {
		return func(n *Node) {
			if s, ok := r.String(n, what); ok {
				log = append(log, fmt.Sprintf("%s = %q", n.Path(), s))
			}
		}
	}
	number := func(what string) func(*Node) {
		return func(n *Node) {
			if i, ok := r.Int(n, what); ok {
				log = append(log, fmt.Sprintf("%s = %d", n.Path(), i))
			}
		}
	}
	truth := func(what string) func(*Node) {
		return func(n *Node) {
			if b, ok := r.Bool(n, what); ok {
				log = append(log, fmt.Sprintf("%s = %t", n.Path(), b))
			}
		}
	}
	texts := func(what string) func(*Node) {
		return func(n *Node) {
			r.Items(n, what, func(_ int, item *Node) { text("an item of " + what)(item) })
		}
	}
	r.Fields(root, "a process", Fields{
		"id":      text("id"),
		"version": number("version"),
		"dated":   truth("dated"),
		"roles":   texts("roles"),
		"commitments": func(n *Node) {
			r.Entries(n, "commitments", func(key, value *Node) {
				if value.Kind() == Null {
					log = append(log, value.Path()+" is null")
					return
				}
				r.Fields(value, "a commitment", Fields{"name": text("name"), "ask": text("ask"), "people": number("people")})
			})
		},
		"stages": func(n *Node) {
			r.Items(n, "stages", func(_ int, item *Node) {
				r.Fields(item, "a stage", Fields{"id": text("id"), "ladder": texts("ladder"), "name": text("name"), "gate": text("gate")}, "id", "ladder")
			})
		},
	}, "id")
	return log
}

var readerCases = map[string]string{
	"unknown key": `
id: a
«comitments»: {}  #! unknown_key "unknown key \"comitments\" in a process; did you mean \"commitments\"\\?"
`,
	"unknown key far from all": `
id: a
«wholly_else»: {}  #! unknown_key "the keys here are commitments, dated, id, roles, stages, version"
`,
	"unknown key for a required one": `
id: a
stages:
  - id: b
    «laddr»: [c]  #! unknown_key "did you mean \"ladder\""
`,
	"key with two colons": `
id: a
«version:»: 3  #! unknown_key "one colon is enough"
`,
	"key without a space in braces": `
id: a
stages: [{id: a, «gate:soft», ladder: []}]  #! unknown_key "write .gate: soft."
`,
	"key in curly quotes": `
“id”: a  #! unknown_key "curly"
`,
	"key that almost is free": `
id: a
«x_crm»: 1  #! unknown_key "begin with \"x-\""
`,
	"duplicate key": `
id: a
version: 1
«id»: b  #! duplicate_key "\"id\" stands here twice, the first time in line 1"
`,
	"duplicate free key": `
id: a
x-a: 1
«x-a»: 2  #! duplicate_key "\"x-a\""
`,
	"duplicate entry": `
id: a
commitments:
  b: {name: c}
  «b»: {name: d}  #! duplicate_key "line 3"
`,
	"duplicate unknown key": `
id: a
«foo»: 1  #! unknown_key "."
«foo»: 1  #! duplicate_key "."
`,
	"duplicates among many": `
id: a
commitments:
  c1: {}
  c2: {}
  c3: {}
  c4: {}
  c5: {}
  c6: {}
  c7: {}
  c8: {}
  c9: {}
  c10: {}
  c11: {}
  c12: {}
  c13: {}
  c14: {}
  c15: {}
  c16: {}
  c17: {}
  «c4»: {}  #! duplicate_key "line 6"
`,
	"empty value": `
id: a
«roles»:  #! empty_value "` + "`roles:`" + ` has no value"
`,
	"empty value, in words": `
id: a
roles: «~»  #! empty_value "has no value"
version: «null»  #! empty_value "has no value"
`,
	"empty item": `
id: a
roles:
  - a
  «-»  #! empty_value "an item of \"roles\" is empty"
  - b
stages:
  «-»    # nothing  #! empty_value "an item of \"stages\" is empty"
`,
	"missing key": `
«version: 1»  #! missing_key "\"id\" is missing in a process"
`,
	"missing key of an item": `
id: a
stages:
  - «id: won»  #! missing_key "\"ladder\" is missing in a stage"
`,
	"missing key in braces": `
id: a
stages:
  - «{id: won}»  # so  #! missing_key "\"ladder\""
`,
	"list expected": `
id: a
roles: «champion»  #! wrong_type "\"roles\" has to be a list, and this is the word \"champion\"; write \\[champion\\], or one"
`,
	"group of keys expected": `
id: a
commitments: «[a, b]»  #! wrong_type "\"commitments\" has to be a group of keys with values, and this is a list"
stages:
  - «id:target»  #! wrong_type "a stage has to be a group.*a space after the colon\\? .id: target."
`,
	"word expected": `
id: «[a]»  #! wrong_type "has to be a word or a text, and this is a list; put quotes .* \\["
version: «{a: 1}»  #! wrong_type "."
dated: «[no]»  #! wrong_type "."
`,
	"word expected where keys follow": `
«id»:  #! wrong_type "has to be a word or a text, and this is a group of keys"
  a: 1
`,
	"text with a colon as an item": `
id: a
roles:
  - «Note: this»  #! wrong_type "quotes around a text with a colon"
`,
	"double braces": `
id: «{{name}}»  #! wrong_type "begins with {"
`,
	"number expected": `
id: a
version: «"5"»  #! wrong_type "whole number, and this is a text; write 5, without the quotes"
commitments:
  a: {people: «1.5»}  #! wrong_type "the number 1.5"
  b: {people: «two»}  #! wrong_type "the word \"two\"; write digits"
  c: {people: «5%»}  #! wrong_type "write 5$"
  d: {people: «007»}  #! wrong_type "write 7, without the zero"
  e: {people: «0x10»}  #! wrong_type "."
  f: {people: «1_000»}  #! wrong_type "."
  g: {people: «99999999999999999999»}  #! wrong_type "too large"
  h: {people: !!str «5»}  #! wrong_type "."
  i: {people: «“5”»}  #! wrong_type "write 5$"
  j: {people: «--5»}  #! wrong_type "."
`,
	"truth expected": `
id: a
dated: «maybe»  #! wrong_type "has to be true or false, and this is the word \"maybe\"; write true or false$"
`,
	"truth expected, quoted": `
id: a
dated: «'yes'»  #! wrong_type "without quotes"
`,
	"tags": `
id: !foo «a»  #! wrong_type "marked as \"!foo\".*begins with !"
version: !!binary «aGk=»  #! wrong_type "!!binary"
roles: !!set «{a}»  #! wrong_type "!!set"
`,
	"keys that are no words": `
id: a
commitments:
  ? «[a, b]»  #! wrong_type "a key has to be a word, and this is a list"
  : c
  «~»: d  #! wrong_type "a key is missing before this colon"
  ? «{a: b}»  #! wrong_type "group of keys"
  : c
  «""»: e  #! wrong_type "a key is missing"
`,
	"two merge keys": `
x-base: &base {name: a}
x-other: &other {ask: b}
id: a
commitments:
  c:
    <<: *base
    «<<»: *other  #! duplicate_key "\"<<\""
`,
	"merge of no mapping": `
x-base: &base [a]
id: a
commitments:
  c:
    «<<»: 5  #! wrong_type "takes over another group of keys, and this names none"
  d:
    «<<»: [*base]  #! wrong_type "names none"
`,
	"faults within free values": `
id: a
x-crm:
  deep:
    - b: 1
      «b»: 2  #! duplicate_key "\"b\""
    - !foo «bar»  #! wrong_type "!foo"
    - ? «[a]»  #! wrong_type "a key has to be a word"
      : b
`,
	"fault behind an alias": `
x-base: &base
  «nmae»: a  #! unknown_key "did you mean \"name\""
id: a
commitments:
  b: *base
`,
}

func TestReader(t *testing.T) {
	for name, marked := range readerCases {
		t.Run(name, func(t *testing.T) {
			src, wants := marktest.Strip(t, marked[1:])
			root, diags := Parse("", []byte(src))
			require.Empty(t, diags)
			r := NewReader(root)
			readProcess(r, root)
			marktest.Check(t, wants, r.Diagnostics())
		})
	}
}

func TestReaderReads(t *testing.T) {
	src := `
id: no                    # a word
version: +3
dated: On
roles: [2026-11-01, 123, 'it''s', "a\tb", !!str 5, null-ish, ~x]
x-owner: {team: EMEA}
commitments:
  "quoted key":
    name: |
      two
      lines
    ask: one
      line
    x-rank: 1
  nothing:
  x-note: free
stages:
- {id: a, ladder: [], x-color: red}
`
	root, diags := Parse("f.yaml", []byte(src))
	require.Empty(t, diags)
	r := NewReader(root)
	log := readProcess(r, root)
	require.Empty(t, r.Diagnostics())
	assert.Equal(t, []string{
		`id = "no"`, `version = 3`, `dated = true`,
		`roles[0] = "2026-11-01"`, `roles[1] = "123"`, `roles[2] = "it's"`, `roles[3] = "a\tb"`,
		`roles[4] = "5"`, `roles[5] = "null-ish"`, `roles[6] = "~x"`,
		`commitments.quoted key.name = "two\nlines\n"`, `commitments.quoted key.ask = "one line"`,
		`commitments.nothing is null`, `stages[0].id = "a"`,
	}, log)
	assert.Equal(t, map[string]map[string]any{
		"":                       {"x-owner": map[string]any{"team": "EMEA"}},
		"commitments":            {"x-note": "free"},
		"commitments.quoted key": {"x-rank": int64(1)},
		"stages[0]":              {"x-color": "red"},
	}, r.Extensions())
	assert.False(t, r.Failed(""))
}

func TestMerge(t *testing.T) {
	src := `
x-base: &base {name: base, people: 1, x-kept: yes}
x-more: &more {<<: *base, name: more, ask: why}
id: a
commitments:
  own: {people: 2, <<: *base}
  both: {<<: [*more, *base]}
  back: {<<: [*base, *more, {ask: inline}]}
`
	root, diags := Parse("", []byte(src))
	require.Empty(t, diags)
	r := NewReader(root)
	log := readProcess(r, root)
	require.Empty(t, r.Diagnostics())
	assert.Equal(t, []string{
		`id = "a"`,
		`commitments.own.people = 2`, `commitments.own.name = "base"`,
		`commitments.both.people = 1`, `commitments.both.name = "more"`, `commitments.both.ask = "why"`,
		`commitments.back.name = "base"`, `commitments.back.people = 1`, `commitments.back.ask = "why"`,
	}, log)
	assert.Equal(t, map[string]any{"x-kept": "yes"}, r.Extensions()["commitments.own"])
	assert.Equal(t, map[string]any{"name": "more", "people": int64(1), "ask": "why", "x-kept": "yes"}, root.Locate("commitments.both").Value.Value())
	at := root.Locate("commitments.own.name")
	assert.Equal(t, 2, at.Key.Range().Start.Line, "where it was written")
	assert.Equal(t, "commitments.own.name", at.Value.Path())
}

func TestFailed(t *testing.T) {
	src := "id: a\nstages:\n  - id: b\n    laddr: [c]\n  - id: [c]\n    ladder: []\n"
	root, _ := Parse("", []byte(src))
	r := NewReader(root)
	readProcess(r, root)
	for path, want := range map[string]bool{
		"": true, "id": false, "stages": true, "stages[0]": true, "stages[0].id": false,
		"stages[0].laddr": true, "stages[0].ladder": true, "stages[1].id": true, "stages[1].ladder": false, "stage": false,
	} {
		assert.Equal(t, want, r.Failed(path), path)
	}
	r.Report(root.Locate("id").Value, "no_ask", diagnostic.Warning, "a warning", "")
	assert.False(t, r.Failed("id"), "a warning refuses nothing")
}

func TestManyFaults(t *testing.T) {
	var b strings.Builder
	b.WriteString("id: a\n")
	for i := range 3 * MaxDiagnostics {
		fmt.Fprintf(&b, "unknown%d: 1\n", i)
	}
	root, _ := Parse("", []byte(b.String()))
	r := NewReader(root)
	readProcess(r, root)
	got := r.Diagnostics()
	require.Len(t, got, MaxDiagnostics)
	assert.Equal(t, TooLarge, got[MaxDiagnostics-1].Code)
}

func TestNilRoot(t *testing.T) {
	r := NewReader(nil)
	assert.Empty(t, readProcess(r, nil))
	r.Report(nil, Syntax, diagnostic.Error, "m", "")
	assert.True(t, r.Failed(""))
	assert.Nil(t, (*Node)(nil).Value())
	assert.Equal(t, &Place{}, (*Node)(nil).Locate("a.b"))
}
