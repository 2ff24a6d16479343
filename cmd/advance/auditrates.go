package main

import (
	"fmt"

	"github.com/advance-sales/advance/measure"
)

// rates prints the figures of the calls in short.
func (p *auditPage) rates() {
	m := &p.report.Measures.Overall
	if m.Calls == 0 || p.report.Summary.Insufficient == p.report.Summary.Deals {
		return // calls that could not show a commitment are no failures to get one
	}
	p.heading("Calls", "95 % intervals; docs/measures.md says what is counted")
	p.row("All", fmt.Sprintf("%s, of which %s reached the buyer", count(m.Calls, "call"), thousands(m.Reached)))
	p.rate("Advance", m.Advance, "reached call", "moved the deal")
	if m.Asked.Hits > 0 { // else nobody wrote down what was asked for
		p.rate("Asked", m.Asked, "reached call", "asked for a commitment")
	}
	p.rate("Target", m.Target, "reached call", "obtained what was planned beforehand")
	p.rate("Pleasant", m.Continuation, "reached call", "were continuations: the deal did not move")
	p.rate("Kept", m.Kept, "promise", "were kept when they came due")
	p.wait("Pace", m.NextAdvance, "from one advance to the next")
	p.wait("", m.AfterContinuation, "from a continuation to the next advance")
}

// rate prints a share, unless there is nothing that it could be of.
func (p *auditPage) rate(label string, r measure.Rate, thing, what string) {
	switch {
	case r.Of == 0:
		return
	case !r.Enough:
		p.row(label, fmt.Sprintf("%s of %s %s: too few for a rate", thousands(r.Hits), count(r.Of, thing), what))
		return
	}
	p.row(label, fmt.Sprintf("%.0f %% of %s %s (%.0f to %.0f %%)", 100*r.Value, count(r.Of, thing), what, 100*r.Low, 100*r.High))
}

// wait prints how long something takes, where enough of it has come to its end.
func (p *auditPage) wait(label string, w measure.Wait, what string) {
	if !w.Enough {
		return
	}
	switch {
	case w.Median.Days != nil:
		p.row(label, fmt.Sprintf("half take %.0f days or less %s", *w.Median.Days, what))
	case w.Quarter.Days != nil:
		p.row(label, fmt.Sprintf("a quarter take %.0f days or less %s; half have not come so far", *w.Quarter.Days, what))
	}
}
