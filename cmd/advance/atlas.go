package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

// atlas prints a process for people.
type atlas struct {
	w     io.Writer
	sheet terminal.Page
	p     *process.Process
	err   error // the first of the writer
}

func newAtlas(e *env, p *process.Process) *atlas {
	return &atlas{w: e.stdout, sheet: e.screen(), p: p}
}

// tab is where the text of an atlas begins, behind its labels.
const tab = 14

func (a *atlas) write(text string) {
	if a.err == nil {
		_, a.err = io.WriteString(a.w, text)
	}
}

func (a *atlas) paint(s terminal.Style, text string) string {
	return a.sheet.Paint(s, terminal.Clean(text))
}

// row prints a paragraph behind a label; nothing where there is no text.
func (a *atlas) row(label string, style terminal.Style, text string) {
	if text != "" {
		a.write(a.sheet.Fill("  "+a.paint(terminal.Dim, label), tab, style, text))
	}
}

func (a *atlas) print() error {
	p := a.p
	a.write(a.sheet.Apart(a.paint(terminal.Bold, p.Name()), a.paint(terminal.Dim, fmt.Sprintf("%s, version %d", p.ID(), p.Version()))))
	if p.Description() != "" {
		a.write(a.sheet.Fill("", 0, terminal.Plain, p.Description()))
	}
	a.write(a.sheet.Fill("", 0, terminal.Dim, "A date without a time means the end of that day in "+p.Zone().String()+"."))
	for s := range p.Stages() {
		a.stage(s)
	}
	first := true
	for k := range p.Kinds() {
		if first {
			a.write("\n" + a.sheet.Rule() + a.paint(terminal.Bold, "Kinds of call") + "\n")
		}
		first = false
		a.kind(k)
	}
	return a.err
}

func (a *atlas) stage(s *process.CompiledStage) {
	a.write("\n" + a.sheet.Rule())
	style, number := terminal.Bold, fmt.Sprintf("%d  ", s.Index()+1)
	switch s.Closes() {
	case process.ClosesWon:
		style = terminal.BoldGreen
	case process.ClosesLost:
		style, number = terminal.BoldRed, "✕  "
	}
	a.write(a.sheet.Apart(a.paint(style, number+s.Name()), a.paint(terminal.Dim, stageFacts(s))))
	if s.Description() != "" {
		a.write(a.sheet.Fill("", 3, terminal.Plain, s.Description()))
	}
	for _, r := range slices.Backward(slices.Collect(s.Ladder())) {
		a.rung(a.p.Commitment(r), s)
	}
	if criteria := s.Criteria(); len(criteria) > 0 {
		a.write("\n")
		label := "Exit"
		for _, c := range criteria {
			a.row(label, terminal.Green, sentence(a.criterion(c)))
			label = "and"
		}
		if s.Hard() {
			a.row("", terminal.Yellow, "A hard gate: no deal passes without it.")
		}
		a.row("Stalls", terminal.Plain, stallWords(s.Stalls()))
	}
}

// stageFacts says what a stage is called in documents, and what forecasts make
// of it.
func stageFacts(s *process.CompiledStage) string {
	facts := []string{string(s.ID())}
	switch s.Closes() {
	case process.ClosesWon:
		facts = append(facts, "closes won")
	case process.ClosesLost:
		facts = append(facts, "closes lost")
	}
	if percent, ok := s.Probability(); ok {
		facts = append(facts, fmt.Sprintf("%d%%", percent))
	}
	if s.Forecast() != "" {
		facts = append(facts, strings.ReplaceAll(s.Forecast(), "_", " "))
	}
	return strings.Join(facts, " · ")
}

// rung prints a commitment of a ladder.
func (a *atlas) rung(c *process.Commitment, s *process.CompiledStage) {
	style := terminal.Plain
	if items := s.ExitItems(); items.Has(c.Rung()) {
		style = terminal.Green
	}
	a.write("\n" + a.sheet.Apart("   "+a.paint(terminal.Dim, fmt.Sprint(c.Step()))+"  "+a.paint(style, c.Name()), a.paint(terminal.Dim, string(c.ID()))))
	indent := func(style terminal.Style, text string) {
		if text != "" {
			a.write(a.sheet.Fill("", 6, style, text))
		}
	}
	indent(terminal.Plain, c.Description())
	if c.Ask() != "" {
		indent(terminal.Cyan, prose.Quote(c.Ask()))
	}
	takes := "What it takes: " + needs(c.Require())
	if after, ok := c.LapsesAfter(); ok {
		takes += ". It lapses " + prose.Length(after) + " after "
		if c.Require().Dated {
			takes += "its date"
		} else {
			takes += "its date, or after it was given without one"
		}
	}
	indent(terminal.Dim, sentence(takes))
}

// criterion puts a condition of an exit into words.
func (a *atlas) criterion(c process.Criterion) string {
	switch {
	case c.Any != nil:
		return "one of: " + prose.Or(a.items(c.Any)...)
	case c.Of != nil:
		return fmt.Sprintf("at least %d of: %s", c.AtLeast, prose.And(a.items(c.Of)...))
	}
	return a.items(c.Items())[0]
}

func (a *atlas) items(items []process.Item) []string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = prose.Quote(commitmentName(a.p, item.Commitment))
		if item.Kept {
			list[i] += " has happened"
		}
	}
	return list
}

// stallWords says when a deal is stalled in a stage.
func stallWords(s process.StallAfter) string {
	var parts []string
	if s.Calls > 0 {
		parts = append(parts, count(s.Calls, "call")+" in a row that brought nothing new")
	}
	if s.Time >= 0 {
		parts = append(parts, prose.Length(s.Time)+" without progress")
	}
	if len(parts) == 0 {
		return "Never."
	}
	return "After " + prose.Or(parts...) + ", unless the buyer has promised something that is still to come."
}

// kind prints a kind of call.
func (a *atlas) kind(k *process.Kind) {
	a.write("\n" + a.sheet.Apart("  "+a.paint(terminal.Bold, k.Name()), a.paint(terminal.Dim, string(k.ID()))))
	a.row("", terminal.Plain, k.Description())
	a.row("Outcome", terminal.Green, a.p.Commitment(k.Outcome()).Name())
	a.row("or else", terminal.Plain, a.set(k.Fallbacks()))
	a.row("Keeps", terminal.Plain, a.set(k.Keeps()))
	a.row("Not for", terminal.Plain, strings.Join(spaced(k.NotFor()), ", "))
	if k.Refocus() != "" {
		a.row("Come back", terminal.Cyan, prose.Quote(k.Refocus()))
	}
	var stages []string
	for s := range a.p.Stages() {
		if k.BelongsTo(s.Index()) {
			stages = append(stages, s.Name())
		}
	}
	if n := len(slices.Collect(a.p.Stages())); len(stages) < n {
		a.row("Belongs to", terminal.Plain, strings.Join(stages, ", "))
	}
}

// set lists commitments, strongest first.
func (a *atlas) set(s commitment.Set) string {
	var list []string
	for r := range s.All() {
		list = append(list, a.p.Commitment(r).Name())
	}
	slices.Reverse(list)
	return strings.Join(list, "; ")
}
