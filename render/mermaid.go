package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// Mermaid writes the process as a Mermaid flowchart, which GitHub and other
// sites draw from a code block: a box a stage with its ladder in it, the best
// rung on top, and on the arrow to the next stage what it takes to get there. A
// thick arrow is a gate. The error is that of the writer.
func Mermaid(w io.Writer, p *process.Process) error {
	m := mermaid{}
	m.line(`---`)
	m.line(`title: %s`, yamlText(p.Name()))
	m.line(`---`)
	m.line(`flowchart LR`)
	for s := range p.Stages() {
		m.stage(p, s)
	}
	for s := range p.Stages() {
		if s.Closes() != "" {
			continue
		}
		arrow, exit := "-->", prose.Exit(p, s)
		if s.Hard() {
			arrow, exit = "==>", "Gate: "+exit
		}
		m.line(`  s%d %s|"%s"| s%d`, s.Index(), arrow, label(exit), s.Index()+1)
	}
	m.line(`  classDef stage fill:none,stroke:#a79f92`)
	m.line(`  classDef awaited stroke:#0d6b57,stroke-width:3px`)
	m.line(`  classDef won fill:#0d6b57,stroke:#0d6b57,color:#ffffff`)
	m.line(`  classDef lost stroke:#9a3324,stroke-dasharray:4 3`)
	for i := range p.Won() {
		m.line(`  class s%d stage`, i)
	}
	m.line(`  class s%d won`, p.Won())
	if _, err := io.WriteString(w, m.String()); err != nil {
		return fmt.Errorf("drawing process %s: %w", p.ID(), err)
	}
	return nil
}

// mermaid is a flowchart that is being written.
type mermaid struct{ strings.Builder }

func (m *mermaid) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

// stage writes a stage: a box around its ladder, or a single node where it has
// none. What is said of stages themselves never reaches into their boxes, or
// Mermaid would lay the ladders out in its own direction.
func (m *mermaid) stage(p *process.Process, s *process.CompiledStage) {
	if s.Closes() == process.ClosesLost {
		m.line(`  s%d(["%s"]):::lost`, s.Index(), label(s.Name()))
		return
	}
	title := fmt.Sprintf("%d · %s", s.Index()+1, s.Name())
	first := true
	before := ""
	items := s.ExitItems()
	for r := range s.Ladder() {
		if first {
			m.line(`  subgraph s%d ["%s"]`, s.Index(), label(title))
			m.line(`    direction BT`)
			first = false
		}
		class := ""
		if items.Has(r) {
			class = ":::awaited"
		}
		node := fmt.Sprintf("c%d", r)
		m.line(`    %s["%s"]%s`, node, label(p.Commitment(r).Name()), class)
		if before != "" {
			m.line(`    %s --- %s`, before, node)
		}
		before = node
	}
	if first {
		m.line(`  s%d["%s"]`, s.Index(), label(title))
		return
	}
	m.line(`  end`)
}

// label writes a text for the place between quotes. What means something to
// Mermaid, to the Markdown it reads there, or to HTML is written as a character
// code, which Mermaid turns back.
func label(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\"#;<>&`*_\\[]{}|%$", r) {
			fmt.Fprintf(&b, "#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// yamlText writes a text for the head of the chart, which is YAML.
func yamlText(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
