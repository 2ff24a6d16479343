package main

import (
	"io"
	"strings"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// book prints a page for each deal, and a summary at its end.
type book struct {
	w       io.Writer
	sheet   terminal.Page
	judge   *outcome.Evaluator
	process *process.Process
	zone    *time.Location
	from    asOf
	verbose bool
	tally   tally
	err     error // the first of the writer
}

// column is where the text of a page begins, behind dates and labels.
const column = 15

func newBook(e *env, judge *outcome.Evaluator, from asOf, verbose bool) *book {
	p := judge.Process()
	return &book{
		w: e.stdout, sheet: e.screen(), judge: judge, process: p, zone: p.Zone(),
		from: from, verbose: verbose, tally: newTally(p),
	}
}

func (b *book) print(text string) {
	if b.err == nil {
		_, b.err = io.WriteString(b.w, text)
	}
}

func (b *book) paint(s terminal.Style, text string) string {
	return b.sheet.Paint(s, terminal.Clean(text))
}

// row prints a paragraph behind a label.
func (b *book) row(label string, style terminal.Style, text string) {
	b.print(b.sheet.Fill("  "+b.paint(terminal.Dim, label), column, style, text))
}

// cover says what the calls are judged by, and from which instant.
func (b *book) cover(done string) {
	p := b.process
	b.print(b.sheet.Fill("", 0, terminal.Dim, done+" by "+title(p)+", as of "+moment(b.from.at, b.zone)+b.from.note()+"."))
}

// title names a process.
func title(p *process.Process) string {
	return p.Name() + " (" + p.ID() + ", version " + thousands(p.Version()) + ")"
}

// page prints the page of a deal: its calls, and how it stands. Later is the
// number of calls that do not count in how it stands.
func (b *book) page(deal outcome.Deal, verdicts []outcome.Verdict, state outcome.State, later int) error {
	standing, err := b.judge.Standing(state, b.from.at)
	if err != nil {
		return err
	}
	plan, err := b.judge.Plan(state, b.from.at, "")
	if err != nil {
		return err
	}
	b.tally.deal(&standing)
	b.head(deal, &standing)
	for i := range verdicts {
		record := verdicts[i].Record()
		b.tally.call(&record)
		b.call(verdicts[i].Call(), &record)
	}
	if len(verdicts) == 0 {
		b.print("\n")
		b.row("", terminal.Dim, "No calls yet.")
	}
	if later > 0 {
		b.print("\n")
		text := "The last call took place later: how the deal stands does not count it."
		if later > 1 {
			text = "The last " + count(later, "call") + " took place later: how the deal stands does not count them."
		}
		b.row("", terminal.Dim, text)
	}
	b.asks(&plan)
	b.standing(state, &standing)
	return b.err
}

// head prints whose page it is.
func (b *book) head(deal outcome.Deal, s *outcome.Standing) {
	b.print("\n" + b.sheet.Rule())
	b.print(b.sheet.Apart(b.dealName(deal), b.paint(terminal.Dim, dealFacts(deal, b.zone))))
	parts := []string{b.where(s)}
	if s.Stalled {
		parts = append(parts, b.paint(terminal.Red, "stalled"))
	}
	if s.Paused {
		parts = append(parts, b.paint(terminal.Yellow, "paused"))
	}
	if n := len(s.Overdue); n > 0 && !s.Lost {
		parts = append(parts, b.paint(terminal.Yellow, thousands(n)+" overdue"))
	}
	if s.NoNext && !s.Stalled {
		parts = append(parts, b.paint(terminal.Yellow, "no next commitment"))
	}
	b.print(b.sheet.Apart(strings.Join(parts, b.paint(terminal.Dim, " · ")), b.claim(deal, s)))
	if len(s.Gaps) > 0 {
		b.print(b.sheet.Fill(b.paint(terminal.Yellow, "gaps:"), 6, terminal.Yellow, prose.And(stageNames(b.process, s.Gaps)...)))
	}
}

// claim says which stage another system shows, in a warning colour where the
// deal stands elsewhere.
func (b *book) claim(deal outcome.Deal, s *outcome.Standing) string {
	if deal.Claimed == "" {
		return ""
	}
	style, name := terminal.Dim, deal.Claimed
	if stage, ok := b.process.StageByID(process.StageID(deal.Claimed)); ok {
		name = stage.Name()
	}
	if !strings.EqualFold(name, stageName(b.process, s.Stage)) {
		style = terminal.Yellow
	}
	return b.paint(style, "claimed: "+name)
}

// where says in which stage a deal stands.
func (b *book) where(s *outcome.Standing) string {
	name := stageName(b.process, s.Stage)
	style, closed := terminal.Cyan, ""
	switch {
	case s.Won:
		style, closed = terminal.Green, "Won"
	case s.Lost:
		style, closed = terminal.Red, "Lost"
	}
	if closed != "" && !strings.EqualFold(name, closed) {
		name = closed + ": " + name
	}
	return b.paint(style, name)
}

func (b *book) dealName(deal outcome.Deal) string {
	if deal.Name == "" {
		return b.paint(terminal.Bold, string(deal.Deal))
	}
	return b.paint(terminal.Bold, deal.Name) + "  " + b.paint(terminal.Dim, string(deal.Deal))
}

// dealFacts says what is on record of a deal: its owner, its amount, and when it
// is to close.
func dealFacts(deal outcome.Deal, zone *time.Location) string {
	var facts []string
	if deal.Owner != "" {
		facts = append(facts, deal.Owner)
	}
	if deal.Amount != nil {
		facts = append(facts, money(*deal.Amount, deal.Currency))
	}
	if !deal.CloseDate.IsZero() {
		facts = append(facts, "closes "+date(deal.CloseDate.Start(zone), zone))
	}
	return strings.Join(facts, " · ")
}

// look is how a result looks.
type look struct {
	sign  string
	word  string
	style terminal.Style
}

var looks = [...]look{
	outcome.Order:           {"★", "order", terminal.BoldGreen},
	outcome.NoSaleResult:    {"✕", "no sale", terminal.Red},
	outcome.Setback:         {"▼", "setback", terminal.Red},
	outcome.Advance:         {"▲", "advance", terminal.Green},
	outcome.Recovery:        {"△", "recovery", terminal.Green},
	outcome.Refusal:         {"✕", "refusal", terminal.Yellow},
	outcome.NoContactResult: {"·", "no contact", terminal.Dim},
	outcome.Continuation:    {"–", "continuation", terminal.Yellow},
}

// verdictWidth is how wide the longest sign and word are, with what keeps them
// apart from what follows.
const verdictWidth = 17

// call prints a call with its verdict.
func (b *book) call(c *outcome.Call, v *outcome.VerdictRecord) {
	l := looks[v.Result]
	when := date(v.At, b.zone)
	line := strings.Repeat(" ", 13-terminal.Columns(when)) + when + "  " +
		terminal.Pad(b.paint(l.style, l.sign+" "+l.word), verdictWidth)
	if v.From == v.To {
		line += b.paint(terminal.Dim, stageName(b.process, v.To))
	} else {
		line += b.paint(terminal.Cyan, stageName(b.process, v.From)+" → "+stageName(b.process, v.To))
	}
	b.print("\n")
	what := b.whatCall(c)
	if terminal.Columns(line)+2+terminal.Columns(what) <= b.sheet.Width {
		b.print(b.sheet.Apart(line, b.paint(terminal.Dim, what)))
	} else {
		b.print(line + "\n")
		b.row("", terminal.Dim, what)
	}
	for _, id := range v.Credited {
		b.row("", terminal.Green, "+ "+commitmentName(b.process, id))
	}
	for _, id := range v.Lost {
		b.row("", terminal.Red, "- "+commitmentName(b.process, id))
	}
	style := terminal.Plain
	if v.Result == outcome.NoContactResult {
		style = terminal.Dim
	}
	b.row("", style, v.Why)
	for i := range v.Findings {
		if f := &v.Findings[i]; b.verbose || f.Severity == diagnostic.Error || !strings.Contains(v.Why, f.Message) {
			b.finding(f)
		}
	}
}

// whatCall says what kind of call it was, and whose.
func (b *book) whatCall(c *outcome.Call) string {
	kind := string(c.Kind)
	if k, ok := b.process.Kind(c.Kind); ok {
		kind = k.Name()
	}
	if kind == "" || c.Rep == "" {
		return terminal.Clean(kind + c.Rep)
	}
	return terminal.Clean(kind + ", " + c.Rep)
}

// finding prints a finding, unless it is one that only a patient reader wants.
func (b *book) finding(f *outcome.FindingRecord) {
	lead, style := "·", terminal.Dim
	switch {
	case f.Severity == diagnostic.Error:
		lead, style = "error:", terminal.Red
	case f.Severity == diagnostic.Warning:
		lead, style = "!", terminal.Yellow
	case !b.verbose:
		return
	}
	indent := column + terminal.Columns(lead) + 1
	b.print(b.sheet.Fill(strings.Repeat(" ", column)+b.paint(style, lead), indent, style, f.Message+" ["+f.Code+"]"))
}

// asks prints what to ask for next: in full what is best, by name what will do.
func (b *book) asks(plan *outcome.Plan) {
	if len(plan.Asks) == 0 {
		return
	}
	b.print("\n")
	label := "Ask next"
	var fallbacks []string
	for i := range plan.Asks {
		a := &plan.Asks[i]
		if a.Role == outcome.RoleFallback && !b.verbose {
			fallbacks = append(fallbacks, a.Name)
			continue
		}
		name := a.Name
		if a.Role == outcome.RoleGap {
			name += " (a gap: " + stageName(b.process, a.Stage) + ")"
		}
		b.row(label, terminal.Bold, name)
		label = ""
		if a.Ask != "" {
			b.row("", terminal.Plain, prose.Quote(a.Ask))
		}
	}
	if len(fallbacks) > 0 {
		b.row("or else", terminal.Plain, strings.Join(fallbacks, "; "))
	}
}
