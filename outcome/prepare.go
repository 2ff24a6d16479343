package outcome

import (
	"unique"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// Prepared is a call made ready for the deals of a process: its names looked
// up, its dates worked out, what was said measured against what is required.
// All that is left to find out is what it does to a deal, see [Fold.Judge]. It
// points to the call, which has to stay as it is. It never changes and may be
// judged any number of times, by several goroutines at once.
type Prepared struct {
	ref    unique.Handle[process.Ref]
	deal   DealID
	id     CallID
	at     instant
	codes  codes // of the remarks
	traits traits

	contact   Contact
	hasTarget bool
	target    commitment.Rung
	still     stillness
	turns     short[turn]
	kind      *process.Kind // nil without a kind, and for an unknown one
	pause     instant       // until when; zero for none
	revision  int

	remarks remarks // what the record itself gives rise to, whatever the deal
	call    *Call   // nil: that of the verdict which holds this
}

// stillness is what comes of a call that does nothing to its deal.
type stillness struct {
	codes  codes
	result Result
	target TargetResult
}

// traits are what is asked of every call, answered beforehand.
type traits uint16

const (
	named       traits = 1 << iota // the record itself names the target
	planned                        // ... and not after the call
	askedFor                       // the seller asked for something, or the buyer spoke as if
	strayed                        // an activity belongs in another kind of call
	pleased                        // rated great or good
	refuses                        // the deal was refused or given up
	declines                       // the buyer declined the target
	sellerSpoke                    // the seller promised something
	breaks                         // some turn is broken or withdrawn
)

func (t traits) any(of traits) bool { return t&of != 0 }

// Prepare makes a call ready. The error is that of [Call.Validate]. A call
// without an id gets the one that its content gives it, on a copy.
func (ev *Evaluator) Prepare(c *Call) (r Prepared, err error) {
	err = ev.prepare(c, &r)
	return r, err
}

func (ev *Evaluator) prepare(c *Call, r *Prepared) error {
	if err := c.Validate(); err != nil {
		return err
	}
	if c.ID == "" {
		identified := c.Identify()
		c = &identified
	}
	r.call, r.ref = c, ev.ref
	r.deal, r.id, r.at, r.revision = c.Deal, c.ID, instantOf(c.At), c.Revision
	r.contact, r.traits, r.codes = c.Contact, 0, 0
	r.turns.clear()
	r.remarks.clear()
	p := preparing{Prepared: r, process: ev.process}
	p.aim()
	p.ask()
	p.listen()
	p.close()
	p.rest()
	return nil
}

// preparing is a call on its way to being ready.
type preparing struct {
	*Prepared
	process *process.Process
	room    [8]entry // enough for the entries of an ordinary call
}

// note adds a remark, unless the process ignores its code.
func (r *preparing) note(m remark) {
	if r.process.Severity(m.code) != 0 {
		r.remarks.add(m)
		r.codes.add(m.code)
	}
}

func (r *preparing) unknown(id commitment.ID) {
	r.note(remark{code: finding.UnknownCommitment, name: string(id)})
}

// aim finds what the call was for, and whether that was known beforehand.
func (r *preparing) aim() {
	c, known := r.call, false
	r.kind = nil
	if c.Kind != "" {
		if r.kind, known = r.process.Kind(c.Kind); !known {
			r.note(remark{code: finding.UnknownKind, name: string(c.Kind)})
		}
	}
	r.target, r.hasTarget = 0, false
	late := !c.PlannedAt.IsZero() && c.PlannedAt.After(c.At)
	if c.Target != "" {
		if r.target, r.hasTarget = r.process.Rung(c.Target); r.hasTarget {
			r.traits |= named
			if !late {
				r.traits |= planned
			}
		} else {
			r.unknown(c.Target)
		}
	}
	if !r.hasTarget && r.kind != nil {
		r.target, r.hasTarget = r.kind.Outcome(), true
	}
	if r.contact != Reached {
		return
	}
	if !r.traits.any(named) && r.kind == nil {
		r.note(remark{code: finding.NoTarget})
	}
	if late {
		r.note(remark{code: finding.PlannedLate})
	}
	if r.kind != nil && r.target != r.kind.Outcome() && !r.kind.FallsBackOn(r.target) {
		r.note(remark{code: finding.WrongTarget, about: true, rung: r.target})
	}
}

// ask finds what the seller asked for and did.
func (r *preparing) ask() {
	c := r.call
	for _, id := range c.Asked {
		if _, ok := r.process.Rung(id); ok {
			r.traits |= askedFor
		} else {
			r.unknown(id)
		}
	}
	if c.Rating == Great || c.Rating == Good {
		r.traits |= pleased
	}
	if r.kind == nil {
		return
	}
	for _, activity := range c.Activities {
		if r.kind.Excludes(activity) {
			r.traits |= strayed
			return
		}
	}
}

// listen sorts what was said into turns, in the order in which they apply, and
// remarks on what counts for nothing.
func (r *preparing) listen() {
	c, p := r.call, r.process
	entries := resolve(p, c, r.room[:0])
	var said [commitment.Waived + 1]bool
	for i := range entries {
		e := &entries[i]
		r.checkNames(e)
		switch {
		case !e.known && e.Other == "":
		case e.By == commitment.Buyer:
			r.hear(e)
			said[e.Status] = said[e.Status] || e.known
		case e.By == commitment.Seller && e.Status == commitment.Waived:
			if e.known {
				e.qualifyWaived()
				said[commitment.Waived] = true
			}
		case e.By == commitment.Seller:
			r.traits |= sellerSpoke
		case e.known:
			r.note(remark{code: finding.NotByBuyer, about: true, rung: e.rung})
		}
	}
	keeps := r.keeps(entries)
	if said[commitment.Broken] {
		r.each(entries, commitment.Broken, breakIt)
	}
	if r.contact == NoShow {
		for rung := range keeps.All() {
			r.turns.add(turn{does: missIt, rung: rung})
		}
	}
	if said[commitment.Given] {
		r.each(entries, commitment.Given, giveIt)
	}
	if said[commitment.Kept] {
		r.each(entries, commitment.Kept, keepIt)
	}
	if r.contact == Reached {
		for rung := range keeps.All() {
			r.turns.add(turn{does: holdIt, rung: rung})
		}
	}
	if said[commitment.Waived] {
		r.each(entries, commitment.Waived, waiveIt)
	}
	if said[commitment.Withdrawn] {
		r.each(entries, commitment.Withdrawn, withdrawIt)
	}
}

// hear measures what the buyer said.
func (r *preparing) hear(e *entry) {
	note := remark{about: e.known, rung: e.rung}
	switch e.Status {
	case commitment.Given:
		if !e.known {
			note.code = finding.OffLadder
			break
		}
		r.traits |= askedFor
		e.qualifyGiven(r.process, r.at)
		if e.pastDue {
			r.note(remark{code: finding.PastDue, about: true, rung: e.rung, when: e.due})
		}
		if e.short != 0 {
			note.code, note.short = finding.Unqualified, e.short
		}
		if e.counts && (r.contact == NotReached || r.contact == NoShow) {
			r.note(remark{code: finding.Contradiction, about: true, rung: e.rung})
		}
	case commitment.Kept:
		if !e.known {
			note.code = finding.OffLadder
		}
	case commitment.Waived:
		if e.known {
			if e.qualifyWaived(); !e.counts {
				note.code, note.short = finding.Unqualified, shortOfReason
			}
		}
	case commitment.Declined:
		note.code = finding.Declined
		r.traits |= askedFor
		if e.known && r.hasTarget && e.rung == r.target {
			r.traits |= declines
		}
	case commitment.Deferred:
		note.code = finding.Deferred
		r.traits |= askedFor
	case commitment.Conditional:
		note.code = finding.Conditional
		r.traits |= askedFor
	}
	if note.code != 0 {
		r.note(note)
	}
}

// checkNames remarks on names that the process does not have.
func (r *preparing) checkNames(e *entry) {
	note := remark{about: e.known, rung: e.rung}
	if !e.known {
		note.name = string(e.Commitment)
		if e.Other == "" {
			r.unknown(e.Commitment)
		}
	}
	for i := range e.People {
		if role := string(e.People[i].Role); role != "" && !r.process.KnowsRole(role) {
			note.code = finding.UnknownRole
			r.note(note)
		}
	}
	for _, kind := range e.Evidence {
		if !r.process.KnowsEvidence(kind) {
			note.code = finding.UnknownEvidence
			r.note(note)
		}
	}
}

// keeps returns what the kind of the call keeps, but for what the buyer's
// entries speak of themselves, whether they qualify or not.
func (r *preparing) keeps(entries []entry) (keeps commitment.Set) {
	if r.kind == nil || !r.kind.Keeping() || r.contact != Reached && r.contact != NoShow {
		return keeps
	}
	keeps = r.kind.Keeps()
	for i := range entries {
		switch e := &entries[i]; e.Status {
		case commitment.Given, commitment.Kept, commitment.Broken, commitment.Waived, commitment.Withdrawn:
			if e.known && e.By == commitment.Buyer {
				keeps.Remove(e.rung)
			}
		}
	}
	return keeps
}

// close looks at a refusal and a pause.
func (r *preparing) close() {
	c, p := r.call, r.process
	r.pause = instant{}
	if c.Pause != nil {
		r.pause = instantOf(c.Pause.Until.End(p.Zone()))
	}
	no := c.NoSale
	if no == nil {
		return
	}
	r.traits |= refuses
	if no.Reason != "" && !p.KnowsReason(no.Reason) {
		r.note(remark{code: finding.UnknownReason, name: no.Reason})
	}
	if no.Stage != "" {
		if s, ok := p.StageByID(no.Stage); !ok || s.Closes() != process.ClosesLost {
			r.note(remark{code: finding.UnknownStage, name: string(no.Stage)})
		}
	}
}

// rest finds what comes of the call if it does nothing to its deal.
func (r *preparing) rest() {
	v := Verdict{}
	v.target, v.result = v.cameOfTheTarget(r.Prepared), Continuation
	switch {
	case r.traits.any(declines):
		v.result = Refusal
	case r.contact != Reached:
		v.result = NoContactResult
	}
	v.lookAtTheCall(r.Prepared, 0)
	r.still = stillness{v.codes, v.result, v.target}
}
