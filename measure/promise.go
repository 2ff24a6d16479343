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
	waiting []promise // by commitment
	settle  func(given int, r commitment.Rung, kept bool)
}

// promise is a date that the buyer gave; the zero promise is none.
type promise struct {
	due   time.Time
	given int // the number of the call that it was given in
}

func (p *promise) isZero() bool { return p.due.IsZero() }

// hear takes in a call, by its number.
func (l *promises) hear(number int, v *outcome.Verdict) {
	at := v.Call().At
	for r := range v.Kept().All() {
		l.end(r, true)
	}
	said := saidIn(l.process, v.Call())
	// What is regained had lapsed.
	for r := range v.Lost().Union(v.Regained()).Union(said.broken).All() {
		l.end(r, false)
	}
	for r := range said.waived.All() {
		if l.waiting[r].due.Before(at) {
			l.end(r, false)
		}
		l.waiting[r] = promise{} // nobody needs it any more
	}
	for r := range said.given.Minus(said.kept.Union(said.withdrawn)).All() {
		due := l.due(v, r)
		if due.IsZero() {
			continue
		}
		p := &l.waiting[r]
		if !p.isZero() && !p.due.Before(at) {
			p.due = due
			continue
		}
		l.end(r, false)
		*p = promise{due, number}
	}
	// What the buyer gave in the very call that refused the deal went with it.
	if v.Call().NoSale != nil {
		l.pass(at)
		clear(l.waiting)
	}
}

// sayings are the commitments of the process of which something was said in a
// call: by the buyer, and that they are not needed by either.
type sayings struct{ broken, kept, withdrawn, given, waived commitment.Set }

func saidIn(p *process.Process, c *outcome.Call) (s sayings) {
	for i := range c.Commitments {
		e := &c.Commitments[i]
		r, ok := p.Rung(e.Commitment)
		if !ok {
			continue
		}
		if e.Status == commitment.Waived {
			if (e.By == commitment.Buyer || e.By == commitment.Seller) && !commitment.Blank(e.Note) {
				s.waived.Add(r)
			}
			continue
		}
		if e.By != commitment.Buyer || e.Other != "" {
			continue
		}
		switch e.Status {
		case commitment.Broken:
			s.broken.Add(r)
		case commitment.Kept:
			s.kept.Add(r)
		case commitment.Withdrawn:
			s.withdrawn.Add(r)
		case commitment.Given:
			s.given.Add(r)
		}
	}
	return s
}

// end settles a promise, if there is one.
func (l *promises) end(r commitment.Rung, kept bool) {
	if p := l.waiting[r]; !p.isZero() {
		l.waiting[r] = promise{}
		l.settle(p.given, r, kept)
	}
}

// pass settles what has come due before an instant. What is still open then is
// neither kept nor not.
func (l *promises) pass(at time.Time) {
	for r := range l.waiting {
		if p := &l.waiting[r]; !p.isZero() && p.due.Before(at) {
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
		if e.By != commitment.Buyer || e.Status != commitment.Given || e.Other != "" || e.Due.IsZero() || e.Due.End(zone).Before(c.At) {
			continue
		}
		if of, ok := l.process.Rung(e.Commitment); !ok || of != r {
			continue
		}
		offer := commitment.Offer{Dated: true, Ahead: e.Due.Start(zone).Sub(c.At), People: e.People, Evidence: e.Evidence}
		if l.process.Commitment(r).Require().Shortfall(offer) == 0 {
			due = latest(due, e.Due.End(zone))
		}
	}
	return due
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
