package main

import (
	"iter"
	"strings"

	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
)

// ledger prints a line a call, as the calls come, and a summary at its end.
type ledger struct {
	*book
	called map[outcome.DealID]string // the names of deals
}

func newLedger(e *env, judge *outcome.Evaluator, deals []outcome.Deal, verbose bool) *ledger {
	l := &ledger{book: newBook(e, judge, asOf{}, verbose), called: make(map[outcome.DealID]string)}
	for _, d := range deals {
		if d.Name != "" {
			l.called[d.Deal] = d.Name
		}
	}
	return l
}

// dealWidth is how much room the name of a deal has.
const dealWidth = 20

// line prints a call: when, which deal, what came of it, and where it went.
// With --verbose the reason and the findings follow.
func (l *ledger) line(v *outcome.Verdict) error {
	r := v.Record()
	l.tally.call(&r)
	name := l.called[r.Deal]
	if name == "" {
		name = string(r.Deal)
	}
	look := looks[r.Result]
	to := stageName(l.process, r.To)
	if r.From != r.To {
		to = stageName(l.process, r.From) + " → " + to
	}
	when := date(r.At, l.zone)
	l.print(strings.Repeat(" ", 11-terminal.Columns(when)) + when + "  " +
		terminal.Pad(terminal.Fit(terminal.Clean(name), dealWidth), dealWidth+2) +
		terminal.Pad(l.paint(look.style, look.sign+" "+look.word), verdictWidth) +
		l.paint(terminal.Cyan, to) + "\n")
	if l.verbose {
		l.row("", terminal.Plain, r.Why)
	}
	for i := range r.Findings {
		l.finding(&r.Findings[i])
	}
	return l.err
}

// end prints the summary.
func (l *ledger) end(from asOf, states iter.Seq[outcome.State]) error {
	for state := range states {
		standing, err := l.judge.Standing(state, from.at)
		if err != nil {
			return err
		}
		l.tally.deal(&standing)
	}
	l.from = from
	l.summary()
	l.print("\n")
	l.cover("Judged")
	return l.err
}
