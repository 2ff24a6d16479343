package measure

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// promises follows the dates that the buyer of one deal gave.
//
// A promise begins with a qualifying `given` that has a date. Another date
// before that one has passed moves it. It ends kept, or not kept: broken, taken
// back or lapsed, or given anew after its date had passed; or its date passes
// and nothing is heard of it. One that is waived before its date is neither.
type promises struct {
	process *process.Process
	waiting map[commitment.Rung]promise
	settle  func(by *outcome.Verdict, r commitment.Rung, kept bool)
}

type promise struct {
	given *outcome.Verdict // the call that the buyer gave it in
	due   time.Time
}

// hear takes in a call.
func (l *promises) hear(v *outcome.Verdict) {
	at := v.Call().At
	for r := range v.Kept().All() {
		l.end(r, true)
	}
	// What is regained had lapsed.
	for r := range v.Lost().Union(v.Regained()).Union(said(l.process, v, commitment.Broken)).All() {
		l.end(r, false)
	}
	for r := range waived(l.process, v).All() {
		if l.waiting[r].due.Before(at) {
			l.end(r, false)
		}
		delete(l.waiting, r) // nobody needs it any more
	}
	over := said(l.process, v, commitment.Kept).Union(said(l.process, v, commitment.Withdrawn))
	for r := range said(l.process, v, commitment.Given).Minus(over).All() {
		due := l.due(v, r)
		if due.IsZero() {
			continue
		}
		if p, ok := l.waiting[r]; ok && !p.due.Before(at) {
			l.waiting[r] = promise{p.given, due}
			continue
		}
		l.end(r, false)
		l.waiting[r] = promise{v, due}
	}
	// What the buyer gave in the very call that refused the deal went with it.
	if v.Call().NoSale != nil {
		l.pass(at)
		clear(l.waiting)
	}
}

// waived returns the commitments that a call says are not needed.
func waived(p *process.Process, v *outcome.Verdict) (set commitment.Set) {
	for i := range v.Call().Commitments {
		e := &v.Call().Commitments[i]
		r, ok := p.Rung(e.Commitment)
		if ok && e.Status == commitment.Waived && (e.By == commitment.Buyer || e.By == commitment.Seller) && !commitment.Blank(e.Note) {
			set.Add(r)
		}
	}
	return set
}

// end settles a promise, if there is one.
func (l *promises) end(r commitment.Rung, kept bool) {
	if p, ok := l.waiting[r]; ok {
		delete(l.waiting, r)
		l.settle(p.given, r, kept)
	}
}

// pass settles what has come due before an instant. What is still open then is
// neither kept nor not.
func (l *promises) pass(at time.Time) {
	for r := range l.process.Len() {
		if p, ok := l.waiting[commitment.Rung(r)]; ok && p.due.Before(at) {
			l.end(commitment.Rung(r), false)
		}
	}
}

// due returns the latest date of what qualifies, zero where nothing with a date
// does.
func (l *promises) due(v *outcome.Verdict, r commitment.Rung) (due time.Time) {
	c, zone := v.Call(), l.process.Zone()
	for i := range c.Commitments {
		e := &c.Commitments[i]
		if !saysOf(l.process, e, commitment.Given, r) || e.Due.IsZero() || e.Due.End(zone).Before(c.At) {
			continue
		}
		offer := commitment.Offer{Dated: true, Ahead: e.Due.Start(zone).Sub(c.At), People: e.People, Evidence: e.Evidence}
		if l.process.Commitment(r).Require().Shortfall(offer) == 0 {
			due = latest(due, e.Due.End(zone))
		}
	}
	return due
}

// said returns the commitments of the process of which the buyer said
// something.
func said(p *process.Process, v *outcome.Verdict, status commitment.Status) (set commitment.Set) {
	for i := range v.Call().Commitments {
		e := &v.Call().Commitments[i]
		if r, ok := p.Rung(e.Commitment); ok && saysOf(p, e, status, r) {
			set.Add(r)
		}
	}
	return set
}

// saysOf reports whether an entry is the buyer's, of a commitment, and says so.
func saysOf(p *process.Process, e *outcome.Entry, status commitment.Status, r commitment.Rung) bool {
	if e.By != commitment.Buyer || e.Status != status || e.Other != "" {
		return false
	}
	of, ok := p.Rung(e.Commitment)
	return ok && of == r
}

// asked reports whether the seller asked for anything in a call. What the buyer
// gave, declined, put off or made conditional was asked for.
func asked(p *process.Process, c *outcome.Call) bool {
	for _, id := range c.Asked {
		if _, ok := p.Rung(id); ok {
			return true
		}
	}
	for i := range c.Commitments {
		e := &c.Commitments[i]
		_, known := p.Rung(e.Commitment)
		if e.By != commitment.Buyer || !known && e.Other == "" {
			continue
		}
		switch e.Status {
		case commitment.Given:
			if known {
				return true
			}
		case commitment.Declined, commitment.Deferred, commitment.Conditional:
			return true
		}
	}
	return false
}
