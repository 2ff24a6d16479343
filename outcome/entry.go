package outcome

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// entry is an entry of a call, resolved against the process.
type entry struct {
	*Entry
	rung    commitment.Rung
	known   bool // rung is set: the entry is about a commitment of the process
	due     instant
	pastDue bool
	short   commitment.Shortfall
	counts  bool // it qualifies
}

// resolve finds the commitments of a call's entries. It does not judge them.
func resolve(p *process.Process, c *Call) []entry {
	entries := make([]entry, len(c.Commitments))
	for i := range c.Commitments {
		entries[i].resolve(p, &c.Commitments[i])
	}
	return entries
}

// resolve makes it the entry of a record.
func (e *entry) resolve(p *process.Process, of *Entry) {
	*e = entry{Entry: of}
	if of.Other == "" {
		e.rung, e.known = p.Rung(of.Commitment)
	}
}

// qualifyGiven decides whether a buyer's `given` counts: it meets what its
// commitment requires, and is not due before the call.
func (e *entry) qualifyGiven(p *process.Process, at instant) {
	q, dated := p.Commitment(e.rung).Require(), !e.Due.IsZero()
	var ahead time.Duration
	if dated {
		e.due = instantOf(e.Due.End(p.Zone()))
		start := e.due
		if e.Due.IsDate() {
			start = instantOf(e.Due.Start(p.Zone()))
		}
		ahead = start.since(at)
		e.pastDue = e.due.before(at)
	}
	e.short = q.ShortOfTime(dated, ahead) | q.ShortOfPersons(e.People) | q.ShortOfProof(e.Evidence)
	e.counts = !e.pastDue && e.short == 0
}

// shortKept says what keeps a buyer's `kept` from counting. What it does not
// list it inherits, where it can, from the last qualifying given, which met the
// same requirement.
func (e *entry) shortKept(p *process.Process, inherits bool) (short commitment.Shortfall) {
	q := p.Commitment(e.rung).Require()
	if len(e.People) > 0 || !inherits {
		short |= q.ShortOfPersons(e.People)
	}
	if len(e.Evidence) > 0 || !inherits {
		short |= q.ShortOfProof(e.Evidence)
	}
	return short
}

// qualifyWaived decides whether a waiver counts: it says why.
func (e *entry) qualifyWaived() {
	e.counts = !commitment.Blank(e.Note)
}
