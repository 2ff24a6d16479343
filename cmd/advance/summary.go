package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// tally counts what came of calls, and how deals stand.
type tally struct {
	process     *process.Process
	calls       int
	results     [len(looks)]int
	findings    map[string]int
	severities  map[string]diagnostic.Severity
	first, last time.Time

	deals, open, won, lost            int
	stalled, paused, noNext, withGaps int
}

func newTally(p *process.Process) tally {
	return tally{process: p, findings: make(map[string]int), severities: make(map[string]diagnostic.Severity)}
}

// call counts a call.
func (t *tally) call(v *outcome.VerdictRecord) {
	if t.calls == 0 || v.At.Before(t.first) {
		t.first = v.At
	}
	if v.At.After(t.last) {
		t.last = v.At
	}
	t.calls++
	t.results[v.Result]++
	for i := range v.Findings {
		f := &v.Findings[i]
		t.findings[f.Code]++
		t.severities[f.Code] = max(t.severities[f.Code], f.Severity)
	}
}

// deal counts a deal.
func (t *tally) deal(s *outcome.Standing) {
	t.deals++
	if len(s.Gaps) > 0 {
		t.withGaps++
	}
	switch {
	case s.Won:
		t.won++
		return
	case s.Lost:
		t.lost++
		return
	}
	t.open++
	switch {
	case s.Stalled:
		t.stalled++
	case s.Paused:
		t.paused++
	case s.NoNext:
		t.noNext++
	}
}

// ranked are the results in the order of a summary, best first.
var ranked = []outcome.Result{
	outcome.Order, outcome.Advance, outcome.Recovery, outcome.Continuation, outcome.NoContactResult,
	outcome.Refusal, outcome.Setback, outcome.NoSaleResult,
}

// summary prints what all the calls came to.
func (b *book) summary() {
	t := &b.tally
	b.print("\n" + b.sheet.Rule())
	period := ""
	if t.calls > 0 {
		period = date(t.first, b.zone)
		if to := date(t.last, b.zone); to != period {
			period += " to " + to
		}
	}
	b.print(b.sheet.Apart(b.paint(terminal.Bold, count(t.calls, "call")+", "+count(t.deals, "deal")), b.paint(terminal.Dim, period)))
	b.results(t)
	b.deals(t)
	b.findings(t)
}

// barWidth is the width of the longest bar.
const barWidth = 30

// results prints how many calls came to what.
func (b *book) results(t *tally) {
	if t.calls == 0 {
		return
	}
	b.print("\n")
	most := slices.Max(t.results[:])
	for _, r := range ranked {
		n := t.results[r]
		if n == 0 {
			continue
		}
		l := looks[r]
		line := fmt.Sprintf("  %s%6s  %3.0f%%  ", terminal.Pad(b.paint(l.style, l.sign+" "+l.word), verdictWidth),
			thousands(n), 100*float64(n)/float64(t.calls))
		room := min(barWidth, b.sheet.Width-terminal.Columns(line))
		bar := strings.Repeat("█", max(1, n*room/most))
		b.print(line + b.paint(l.style, bar) + "\n")
	}
}

// deals prints how the deals stand.
func (b *book) deals(t *tally) {
	if t.deals == 0 {
		return
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{t.stalled, "stalled"}, {t.paused, "paused"}, {t.noNext, "without a next commitment"}} {
		if p.n > 0 {
			parts = append(parts, thousands(p.n)+" "+p.what)
		}
	}
	text := thousands(t.open) + " open"
	if len(parts) > 0 {
		text += " (" + strings.Join(parts, ", ") + ")"
	}
	text += "; " + thousands(t.won) + " won; " + thousands(t.lost) + " lost"
	if t.withGaps > 0 {
		text += "; " + thousands(t.withGaps) + " with gaps"
	}
	b.print("\n")
	b.row("Deals now", terminal.Plain, text+".")
}

// findings prints how often each finding came up, the gravest first.
func (b *book) findings(t *tally) {
	codes := make([]string, 0, len(t.findings))
	quiet := 0
	for code, n := range t.findings {
		if t.severities[code] >= diagnostic.Warning || b.verbose {
			codes = append(codes, code)
		} else {
			quiet += n
		}
	}
	order := make(map[string]int)
	for i, c := range finding.Codes() {
		order[c.String()] = i
	}
	slices.SortFunc(codes, func(x, y string) int {
		return cmp.Or(cmp.Compare(t.severities[y], t.severities[x]), cmp.Compare(t.findings[y], t.findings[x]),
			cmp.Compare(order[x], order[y]), strings.Compare(x, y))
	})
	label := "Findings"
	if len(codes)+quiet > 0 {
		b.print("\n")
	}
	for _, code := range codes {
		style := severityStyle(t.severities[code])
		b.print("  " + terminal.Pad(b.paint(terminal.Dim, label), column-2) +
			fmt.Sprintf("%5s  ", thousands(t.findings[code])) +
			b.paint(style, terminal.Pad(t.severities[code].String(), 9)) + terminal.Clean(code) + "\n")
		label = ""
	}
	if quiet > 0 {
		b.row(label, terminal.Dim, "and "+thousands(quiet)+" for information, shown with --verbose")
	}
}

func severityStyle(s diagnostic.Severity) terminal.Style {
	switch s {
	case diagnostic.Error:
		return terminal.Red
	case diagnostic.Warning:
		return terminal.Yellow
	}
	return terminal.Dim
}
