package yamldoc

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/advance-sales/advance/diagnostic"
)

// FuzzParse holds for any text that nothing panics or hangs, that every place
// lies inside of it, and that the search for a syntax error finds none in a
// text without one.
func FuzzParse(f *testing.F) {
	for _, marked := range syntaxCases {
		f.Add(marked)
	}
	for _, marked := range readerCases {
		f.Add(marked)
	}
	f.Add(bomb(3))
	f.Add("\xEF\xBB\xBFa: &a [*a]\r\n---\rb")
	f.Add("a: {<<: [*b, {<<: *c}]}\n? [x]\n: |2-\n   y\n")
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1<<14 {
			return
		}
		lines := linesOf(src)
		root, diags := Parse("", []byte(src))
		check := func(r diagnostic.Range) {
			for _, p := range []diagnostic.Position{r.Start, r.End} {
				if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > lines[p.Line-1]+1 {
					t.Fatalf("%v is outside of the text", p)
				}
			}
			if r.Start.Line != r.End.Line || r.Start.Column > r.End.Column {
				t.Fatalf("range %v", r)
			}
		}
		for _, d := range diags {
			check(d.Range)
			if d.Message == "" {
				t.Fatal("a diagnostic says nothing")
			}
		}
		if root == nil {
			if len(diags) == 0 {
				t.Fatal("nothing read and nothing said")
			}
			return
		}
		if len(diags) == 0 {
			if found, _ := findFault(root.doc.src); found.code != "" {
				t.Fatalf("a fault in a text without one: %d-%d %s; %s", found.from, found.to, found.message, found.hint)
			}
		}
		r := NewReader(root)
		readProcess(r, root)
		walk(root, func(n *Node) {
			check(n.Range())
			check(n.head())
			if place := root.Locate(n.Path()); place.Value == nil {
				t.Fatalf("%s is nowhere", n.Path())
			}
			_, _ = r.String(n, "it")
			_, _ = r.Int(n, "it")
			_, _ = r.Bool(n, "it")
		})
		r.check(root)
		root.Value()
		for _, d := range r.Diagnostics() {
			check(d.Range)
		}
	})
}

// walk visits the first two hundred nodes.
func walk(root *Node, visit func(*Node)) {
	queue := []*Node{root}
	for i := 0; i < len(queue) && i < 200; i++ {
		n := queue[i]
		visit(n)
		for j := range n.raw.Content {
			switch {
			case n.kind == Sequence:
				queue = append(queue, n.item(j))
			case j%2 == 1:
				queue = append(queue, n.value(entry{follow(n.raw.Content[j-1]), n.raw.Content[j]}))
			}
		}
	}
}

// linesOf returns how many characters each line has, as an editor counts them.
func linesOf(src string) []int {
	src = strings.TrimPrefix(src, "\ufeff")
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src)
	var lines []int
	for _, line := range strings.Split(src, "\n") {
		lines = append(lines, utf8.RuneCountInString(line))
	}
	return lines
}
