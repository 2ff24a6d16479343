package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

// TextOptions say how text is laid out. The zero TextOptions are right for a
// file.
type TextOptions struct {
	Width int  // in columns; 0: 80
	Color bool // paint it for a terminal
}

// Text writes the process as one ladder for a terminal, to be read from its
// foot: the first stage stands at the bottom, and every rung above another is
// worth more. A line a commitment; its asks and requirements are left out. The
// error is that of the writer.
func Text(w io.Writer, p *process.Process, o TextOptions) error {
	t := text{p: p, page: terminal.Page{Width: max(o.Width, 40), Color: o.Color}}
	if o.Width == 0 {
		t.page.Width = 80
	}
	t.head()
	stages := slices.Collect(p.Stages())
	path, lost := stages[:p.Won()+1], stages[p.Won()+1:]
	for _, s := range slices.Backward(path) {
		t.stage(s)
	}
	t.foot(lost)
	t.kinds()
	if _, err := io.WriteString(w, t.String()); err != nil {
		return fmt.Errorf("drawing process %s: %w", p.ID(), err)
	}
	return nil
}

// text is a ladder that is being written.
type text struct {
	strings.Builder
	p    *process.Process
	page terminal.Page
}

// indent is where texts begin, right of the ladder.
const indent = 12

func (t *text) paint(s terminal.Style, text string) string {
	return t.page.Paint(s, terminal.Clean(text))
}

func (t *text) head() {
	t.WriteString(t.page.Apart(t.paint(terminal.Bold, t.p.Name()), t.paint(terminal.Dim, fmt.Sprintf("%s, version %d", t.p.ID(), t.p.Version()))))
	if t.p.Description() != "" {
		t.WriteString(t.page.Fill("", 0, terminal.Plain, t.p.Description()))
	}
	t.WriteByte('\n')
}

// stage writes the ladder of a stage, its best rung first, and below it the
// stage that it stands on.
func (t *text) stage(s *process.CompiledStage) {
	items := s.ExitItems()
	ladder := slices.Collect(s.Ladder())
	if s.Hard() && s.Closes() == "" {
		t.WriteString(t.page.Fill(t.paint(terminal.Red, "  ══╬═══╬══"), indent, terminal.Red, "Gate: nobody passes without the exit of this stage."))
	}
	for _, r := range slices.Backward(ladder) {
		rung, style := "    ├───┤", terminal.Plain
		if items.Has(r) {
			rung, style = "    ┝━━━┥", terminal.Green
		}
		t.WriteString(t.page.Fill(t.page.Paint(style, rung), indent, style, t.p.Commitment(r).Name()))
	}
	number, style := fmt.Sprint(s.Index()+1), terminal.Bold
	if s.Closes() == process.ClosesWon {
		style = terminal.BoldGreen
	}
	t.WriteString("    │   │\n")
	t.WriteString(t.page.Apart(t.paint(terminal.Dim, "  ──┴───┴──")+" "+t.paint(style, number+"  "+s.Name()), t.paint(terminal.Dim, stageFacts(s))))
	if exit := prose.Exit(t.p, s); exit != "" {
		t.WriteString(t.page.Fill("", indent, terminal.Plain, "Leave it with "+exit+"."))
	}
	if stalls := prose.Stalls(s.Stalls()); stalls != "" && s.Closes() == "" {
		t.WriteString(t.page.Fill("", indent, terminal.Dim, "Stalled after "+stalls+"."))
	}
}

// stageFacts says what a stage is called, and what forecasts make of it.
func stageFacts(s *process.CompiledStage) string {
	list := []string{string(s.ID())}
	if percent, ok := s.Probability(); ok {
		list = append(list, fmt.Sprintf("%d%%", percent))
	}
	if s.Forecast() != "" {
		list = append(list, prose.Words(s.Forecast()))
	}
	return strings.Join(list, " · ")
}

// foot says how the ladder is read, and where deals end that were lost.
func (t *text) foot(lost []*process.CompiledStage) {
	t.WriteByte('\n')
	t.WriteString(t.page.Fill(t.paint(terminal.Green, "    ┝━━━┥"), indent, terminal.Dim, "The exit of its stage asks for it."))
	var names []string
	for _, s := range lost {
		names = append(names, s.Name())
	}
	t.WriteString(t.page.Fill(t.paint(terminal.Dim, "  Lost"), indent, terminal.Plain, strings.Join(names, ", ")))
}

// kinds lists the kinds of call with the one outcome of each.
func (t *text) kinds() {
	first := true
	for k := range t.p.Kinds() {
		if first {
			t.WriteString("\n" + t.paint(terminal.Bold, "Calls, and the one outcome of each") + "\n")
			first = false
		}
		t.WriteString(t.page.Fill("", 2, terminal.Plain, k.Name()))
		line := t.p.Commitment(k.Outcome()).Name()
		t.WriteString(t.page.Fill(t.paint(terminal.Dim, "      →"), 8, terminal.Green, line))
		if fallbacks := names(t.p, k.Fallbacks()); len(fallbacks) > 0 {
			t.WriteString(t.page.Fill("", 8, terminal.Plain, "or else: "+strings.Join(fallbacks, "; ")))
		}
	}
}
