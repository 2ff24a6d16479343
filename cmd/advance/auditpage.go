package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// auditPage prints what an audit found.
type auditPage struct {
	w      io.Writer
	sheet  terminal.Page
	report *audit.Report
	zone   *time.Location
	note   string // behind the instant that is looked from
	all    bool   // every deal, and what is for information too
	// look finds what the report does not list, in a few deals; nil where it lists all.
	look func([]outcome.DealID) ([]audit.Finding, error)
	err  error // the first of the writer
}

// How much is shown without --all.
const (
	mostToActOn    = 10 // deals
	mostCurrencies = 3
)

func (p *auditPage) print(text string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, text)
	}
}

func (p *auditPage) paint(s terminal.Style, text string) string {
	return p.sheet.Paint(s, terminal.Clean(text))
}

// row prints a paragraph behind a label.
func (p *auditPage) row(label, text string) {
	p.print(p.sheet.Fill("  "+p.paint(terminal.Dim, label), column, terminal.Plain, text))
}

func (p *auditPage) heading(text, right string) {
	p.print("\n" + p.sheet.Apart(p.paint(terminal.Bold, text), p.paint(terminal.Dim, right)))
}

// write prints the page.
func (p *auditPage) write() error {
	p.cover()
	p.values()
	p.counts()
	p.deals()
	p.rates()
	p.rows()
	return p.err
}

// cover says what was audited, and what for.
func (p *auditPage) cover() {
	r, s := p.report, &p.report.Summary
	p.print(p.sheet.Apart(p.paint(terminal.Bold, "Pipeline audit: "+count(s.Deals, "deal")), p.paint(terminal.Dim, moment(r.AsOf, p.zone)+p.note)))
	p.print(p.sheet.Fill("", 0, terminal.Dim, fmt.Sprintf("Judged by %s (%s, version %s). %s", r.Name, r.Process, thousands(r.Version), r.Purpose)))
	p.print("\n")
	p.row("Claimed", fmt.Sprintf("%s open, %s won, %s lost", thousands(s.Open), thousands(s.Won), thousands(s.Lost)))
	var apart []string
	if !r.Since.IsZero() {
		p.row("Since", fmt.Sprintf("%s: %s opened on trust at the stage that they claimed then", date(r.Since, p.zone), count(s.Trusted, "older deal")))
		apart = append(apart, count(s.Settled, "deal")+" closed before that")
	}
	if s.Ahead > 0 {
		apart = append(apart, count(s.Ahead, "deal")+" that began later")
	}
	if len(apart) > 0 {
		p.row("Left out", prose.And(apart...))
	}
	p.atRisk()
	if s.Insufficient > 0 {
		text := fmt.Sprintf("%s of %s: no record could show a commitment of the buyer, so claims are not judged; "+
			"history, dates and amounts are", thousands(s.Insufficient), count(s.Deals, "deal"))
		if s.Insufficient == s.Deals {
			text += ". Record what buyers commit to, or write rules in the mapping that read it out of the activities"
		}
		p.row("Unknown", text)
	}
	if b := r.Baseline; b != nil {
		p.row("Baseline", fmt.Sprintf("%s known and not shown, %s gone since; what follows is new", count(b.Known, "finding"), thousands(b.Gone)))
	}
}

// atRisk says how much of what is open is claimed above what was earned.
func (p *auditPage) atRisk() {
	over := 0
	var currencies []string
	risk, open := map[string]float64{}, map[string]float64{}
	for i := range p.report.Deals {
		d := &p.report.Deals[i]
		if d.Has(audit.Overstated) {
			over++
		}
		if d.Status != audit.Open || amountOf(d) == 0 {
			continue
		}
		if !slices.Contains(currencies, d.Currency) {
			currencies = append(currencies, d.Currency)
		}
		open[d.Currency] += amountOf(d)
		if d.Has(audit.Overstated) {
			risk[d.Currency] += amountOf(d)
		}
	}
	if over == 0 {
		return
	}
	slices.Sort(currencies)
	text := fmt.Sprintf("%s of %s open deals", thousands(over), thousands(p.report.Summary.Open))
	for _, c := range currencies {
		if risk[c] != 0 {
			text += fmt.Sprintf(", %s of %s", money(math.Round(risk[c]), c), money(math.Round(open[c]), c))
		}
	}
	p.row("Overstated", text)
}

// values puts what the open deals claim beside what they earned.
func (p *auditPage) values() {
	values := slices.Clone(p.report.Measures.Value)
	slices.SortStableFunc(values, func(a, b measure.Value) int { return -cmp.Compare(a.Claimed.Deals, b.Claimed.Deals) })
	if rest := len(values) - mostCurrencies; rest > 0 && !p.all {
		defer func() {
			what := fmt.Sprintf("%d more currencies", rest)
			if rest == 1 {
				what = "one more currency"
			}
			p.print("  " + p.paint(terminal.Dim, "and deals in "+what+"; --all shows them") + "\n")
		}()
		values = values[:mostCurrencies]
	}
	for _, v := range values {
		title := "Open deals by stage"
		if v.Currency != "" {
			title += ", in " + v.Currency
		}
		p.heading(title, "")
		line := func(name, claimed, claimedSum, earned, earnedSum string) {
			p.print("  " + terminal.Pad(terminal.Fit(name, 28), 28) + fmt.Sprintf("%8s%15s%10s%15s\n", claimed, claimedSum, earned, earnedSum))
		}
		line("", "claimed", "worth", "earned", "worth")
		for _, row := range v.Rows {
			name := "not known"
			if row.Stage != "" {
				name = p.report.StageName(row.Stage)
			}
			line(terminal.Clean(name), some(row.Claimed.Deals), worth(row.Claimed.Deals, row.Claimed.Sum), some(row.Earned.Deals), worth(row.Earned.Deals, row.Earned.Sum))
		}
		if len(v.Rows) > 1 {
			line("together", some(v.Claimed.Deals), worth(v.Claimed.Deals, v.Claimed.Sum), some(v.Earned.Deals), worth(v.Earned.Deals, v.Earned.Sum))
		}
	}
}

func some(n int) string {
	if n == 0 {
		return "·"
	}
	return thousands(n)
}

func worth(deals int, sum float64) string {
	if deals == 0 {
		return "·"
	}
	return money(math.Round(sum), "")
}

// counts prints how often each code was found.
func (p *auditPage) counts() {
	if len(p.report.Codes) == 0 {
		p.heading("Nothing was found.", "")
		return
	}
	p.heading("Found", "")
	p.print(p.paint(terminal.Dim, "findings  deals") + "\n")
	for _, c := range p.report.Codes {
		left := fmt.Sprintf("%8s%7s  ", thousands(c.Findings), thousands(c.Deals)) +
			terminal.Pad(p.paint(severityStyle(c.Severity), c.Severity.String()), 8) +
			terminal.Pad(p.paint(terminal.Bold, string(c.Code)), 25)
		p.print(left + p.paint(terminal.Dim, c.Code.Title()) + "\n")
	}
}

// toActOn is a deal with what was found in it.
type toActOn struct {
	*audit.Deal
	urgency int
}

// deals prints the deals to act on, the most valuable first.
func (p *auditPage) deals() {
	var list []toActOn
	for i := range p.report.Deals {
		d := &p.report.Deals[i]
		worst := p.worst(d)
		if p.all && d.Findings > 0 || worst >= diagnostic.Warning && d.Status != audit.Lost {
			list = append(list, toActOn{d, urgency(d, worst)})
		}
	}
	slices.SortStableFunc(list, func(a, b toActOn) int {
		return cmp.Or(cmp.Compare(a.urgency, b.urgency), -cmp.Compare(amountOf(a.Deal), amountOf(b.Deal)))
	})
	if len(list) == 0 {
		return
	}
	shown, right := list, ""
	if !p.all && len(list) > mostToActOn {
		shown, right = list[:mostToActOn], fmt.Sprintf("%d of %s; --all shows every one", mostToActOn, thousands(len(list)))
	}
	p.heading("To act on, the most valuable first", right)
	all := p.findings(shown)
	if p.err != nil {
		return
	}
	for _, d := range shown {
		var findings []*audit.Finding
		i, _ := slices.BinarySearchFunc(all, d.Deal.Deal, func(f audit.Finding, id outcome.DealID) int { return cmp.Compare(f.Deal, id) })
		for ; i < len(all) && all[i].Deal == d.Deal.Deal; i++ {
			if f := &all[i]; p.all || f.Severity >= diagnostic.Warning {
				findings = append(findings, f)
			}
		}
		p.deal(d.Deal, findings)
	}
	p.strays()
}

// worst returns the severity of the gravest finding of a deal.
func (p *auditPage) worst(d *audit.Deal) diagnostic.Severity {
	for _, c := range p.report.Codes { // the gravest first
		if d.Has(c.Code) {
			return c.Severity
		}
	}
	return diagnostic.Ignore
}

// findings returns those of some deals, among others perhaps, in the order of deals.
func (p *auditPage) findings(of []toActOn) []audit.Finding {
	if p.look == nil {
		return p.report.Findings
	}
	ids := make([]outcome.DealID, len(of))
	for i := range of {
		ids[i] = of[i].Deal.Deal
	}
	list, err := p.look(ids)
	p.err = cmp.Or(p.err, err)
	return list
}

// urgency puts open deals first: there is something to be sold. Then come those
// that are over, the gravest first, and last what is for information alone.
func urgency(d *audit.Deal, worst diagnostic.Severity) int {
	switch {
	case worst < diagnostic.Warning:
		return 3
	case d.Status == audit.Open:
		return 0
	case worst == diagnostic.Error:
		return 1
	}
	return 2
}

func amountOf(d *audit.Deal) float64 {
	if d.Amount == nil {
		return 0
	}
	return *d.Amount
}

// deal prints the gravest finding of a deal, and names the others.
func (p *auditPage) deal(d *audit.Deal, findings []*audit.Finding) {
	slices.SortStableFunc(findings, func(a, b *audit.Finding) int { return -cmp.Compare(a.Severity, b.Severity) })
	name := string(d.Deal)
	if d.Name != "" && d.Name != name {
		name += "  " + d.Name
	}
	name = p.paint(terminal.Bold, name)
	var facts []string
	if d.Amount != nil {
		facts = append(facts, money(*d.Amount, d.Currency))
	}
	if d.Owner != "" {
		facts = append(facts, d.Owner)
	}
	p.print("\n" + p.sheet.Apart("  "+name, p.paint(terminal.Dim, strings.Join(facts, ", "))))
	full := findings[:1]
	if p.all {
		full = findings
	}
	for _, f := range full {
		p.finding(f)
	}
	if more := others(findings[len(full):]); len(more) > 0 {
		p.print(p.sheet.Fill("    "+p.paint(terminal.Dim, "also"), 9, terminal.Dim, strings.Join(more, ", ")))
	}
}

func (p *auditPage) finding(f *audit.Finding) {
	sign := "•"
	switch f.Severity {
	case diagnostic.Error:
		sign = "✗"
	case diagnostic.Warning:
		sign = "!"
	}
	p.print(p.sheet.Fill("    "+p.paint(severityStyle(f.Severity), sign), 6, terminal.Plain, f.Message))
	p.print(p.sheet.Fill("    "+p.paint(terminal.Green, "→"), 6, terminal.Plain, f.Do))
	if p.all {
		var records []string
		for _, e := range f.Evidence {
			records = append(records, record(e))
		}
		p.print(p.sheet.Fill("", 6, terminal.Dim, strings.Join(records, "; ")))
	}
}

// record names a record, and where it was read.
func record(e audit.Evidence) string {
	text := strings.TrimSpace(e.Table + " " + e.ID)
	if e.File != "" {
		text += fmt.Sprintf(" (%s)", pipeline.Source{File: e.File, Line: e.Line})
	}
	return text
}

// others names codes, each with how often it is there.
func others(findings []*audit.Finding) []string {
	var list []string
	for i := 0; i < len(findings); {
		n := 1
		for i+n < len(findings) && findings[i+n].Code == findings[i].Code {
			n++
		}
		text := prose.Words(string(findings[i].Code))
		if n > 1 {
			text += fmt.Sprintf(" (%s)", thousands(n))
		}
		list = append(list, text)
		i += n
	}
	return list
}

// strays prints, with --all, what was found in rows of no deal that is there.
func (p *auditPage) strays() {
	if !p.all {
		return
	}
	there := make(map[outcome.DealID]bool, len(p.report.Deals))
	for i := range p.report.Deals {
		there[p.report.Deals[i].Deal] = true
	}
	said := false
	for i := range p.report.Findings {
		f := &p.report.Findings[i]
		if there[f.Deal] {
			continue
		}
		if !said {
			p.heading("Rows of no deal that is there", "")
			said = true
		}
		p.finding(f)
	}
}

// rows accounts for what was read.
func (p *auditPage) rows() {
	if len(p.report.Rows) == 0 {
		return
	}
	p.heading("Rows", "read      used  rejected  out of scope")
	for _, r := range p.report.Rows {
		p.print(p.sheet.Apart("  "+p.paint(terminal.Plain, r.Table),
			fmt.Sprintf("%10s%10s%10s%14s", thousands(r.Read), thousands(r.Used), thousands(r.Rejected), thousands(r.OutOfScope))))
	}
}
