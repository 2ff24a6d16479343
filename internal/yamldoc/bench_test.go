package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// sampleProcess returns a process document of some 300 lines.
func sampleProcess() []byte {
	var b strings.Builder
	b.WriteString("advance: 1\nid: sample\nversion: 1\nname: Sample process\nroles: [champion, user_buyer, economic_buyer]\n\ncommitments:\n")
	for i := range 24 {
		fmt.Fprintf(&b, `  commitment_%d:
    name: Take meeting number %d
    description: What this is about, in a sentence of some length
    ask: "What does Thursday look like for a 20-minute appointment?"
    requires: {dated: true, within: 21d, people: 1}
    lapses_after: 7d   # a comment
    evidence: {any: [calendar, email]}
`, i, i)
	}
	b.WriteString("stages:\n")
	for i := range 12 {
		fmt.Fprintf(&b, `  - id: stage_%d
    name: Stage number %d
    description: What this is about, in a sentence of some length
    probability: 5
    ladder: [commitment_%d, commitment_%d]
    exit:
      - kept: commitment_%d
      - any: [commitment_%d, commitment_%d]
    gate: soft
    stalls_after: {calls: 4, time: 21d}
`, i, i, 2*i, 2*i+1, i, 2*i, 2*i+1)
	}
	return []byte(b.String())
}

// readAll reads the sample as a process is read.
func readAll(r *Reader, root *Node) {
	word := func(n *Node) { _, _ = r.String(n, "it") }
	number := func(n *Node) { _, _ = r.Int(n, "it") }
	truth := func(n *Node) { _, _ = r.Bool(n, "it") }
	words := func(n *Node) { r.Items(n, "it", func(_ int, item *Node) { word(item) }) }
	r.Fields(root, "a process", Fields{
		"advance": number, "id": word, "version": number, "name": word, "roles": words,
		"commitments": func(n *Node) {
			r.Entries(n, "commitments", func(_, n *Node) {
				r.Fields(n, "a commitment", Fields{
					"name": word, "description": word, "ask": word, "lapses_after": word,
					"requires": func(n *Node) {
						r.Fields(n, "requires", Fields{"dated": truth, "within": word, "people": number})
					},
					"evidence": func(n *Node) { r.Fields(n, "evidence", Fields{"any": words}) },
				})
			})
		},
		"stages": func(n *Node) {
			r.Items(n, "stages", func(_ int, n *Node) {
				r.Fields(n, "a stage", Fields{
					"id": word, "name": word, "description": word, "probability": number, "ladder": words, "gate": word,
					"exit": func(n *Node) {
						r.Items(n, "exit", func(_ int, n *Node) { r.Fields(n, "a criterion", Fields{"kept": word, "any": words}) })
					},
					"stalls_after": func(n *Node) { r.Fields(n, "stalls_after", Fields{"calls": number, "time": word}) },
				})
			})
		},
	})
}

// BenchmarkParse compares with what the library takes to make its nodes.
func BenchmarkParse(b *testing.B) {
	src := sampleProcess()
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("library", func() error { return yaml.Unmarshal(src, new(yaml.Node)) })
	run("parse", func() error {
		_, diags := Parse("", src)
		return diags.Err()
	})
	run("parse and read", func() error {
		root, diags := Parse("", src)
		r := NewReader(root)
		readAll(r, root)
		return append(diags, r.Diagnostics()...).Err()
	})
}

func TestSampleIsFine(t *testing.T) {
	root, diags := Parse("", sampleProcess())
	r := NewReader(root)
	readAll(r, root)
	if err := append(diags, r.Diagnostics()...).Err(); err != nil {
		t.Fatal(err)
	}
}
