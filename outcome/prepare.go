package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// Prepared is a call made ready for the deals of a process: its names looked
// up, its dates worked out, what was said measured against what is required.
// All that is left to find out is what it does to a deal, see [Fold.Judge]. It
// points to the call, which has to stay as it is. It never changes and may be
// judged any number of times, by several goroutines at once, best by the
// evaluator that prepared it.
type Prepared struct {
	brief
	ready *ready
}

// brief is what every judgement of a call looks at. It stands apart from the
// rest of the call, which is three times as large: a long history is read from
// memory, and that would take as long as judging it.
type brief struct {
	at     instant
	due    instant // what its only turn gives; zero for none, and for more turns than one
	deal   DealID
	id     CallID
	tail   uint64 // of the id
	memory *memory
	shape  shape
	found  codes // what there is to say of it, if it does nothing to its deal
	traits traits
	kind   uint16          // its index, plus 1; 0 where it does not matter in which stage the deal is
	rung   commitment.Rung // what its only turn is about
	target commitment.Rung
	still  Result       // what comes of it, if it does nothing
	came   TargetResult // and of its target
}

// ready is all that is known of a call before its deal is.
type ready struct {
	manner manner // once a record was made of it, see [templates.manner]
	brief
	kind     *process.Kind // nil without a kind, and for an unknown one
	contact  Contact
	rating   Rating
	revision int
	turns    short[turn]
	pause    instant // until when, if it pauses
	lost     int     // the stage in which a refusal closes the deal
	remarks  remarks // what the record itself gives rise to, whatever the deal
	codes    codes   // of these
	call     *Call   // nil: that of the verdict which holds this
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
	pauses                         // there is a reason to wait
	reached                        // the buyer was
	aimed                          // it has a target
	revised                        // its revision is not 0
)

func (t traits) any(of traits) bool { return t&of != 0 }

// Prepare makes a call ready. The error is that of [Call.Validate]. A call
// without an id gets the one that its content gives it, on a copy.
func (ev *Evaluator) Prepare(c *Call) (r Prepared, err error) {
	err = ev.PrepareInto(&r, c)
	return r, err
}

// PrepareInto is Prepare in place: it writes over a call that was made ready, and
// uses its memory again. No verdict of that call, and no copy of it, may be in
// use. After an error it is still that call.
func (ev *Evaluator) PrepareInto(r *Prepared, c *Call) error {
	whole := r.ready
	if whole == nil {
		whole = new(ready)
	}
	if err := ev.prepare(c, whole); err != nil {
		return err
	}
	r.brief, r.ready = whole.brief, whole
	return nil
}

func (ev *Evaluator) prepare(c *Call, r *ready) error {
	if err := c.Validate(); err != nil {
		return err
	}
	if c.ID == "" {
		identified := c.Identify()
		c = &identified
	}
	r.call, r.memory = c, ev.memory()
	r.deal, r.id, r.tail, r.at, r.revision = c.Deal, c.ID, c.ID.tail(), instantOf(c.At), c.Revision
	r.contact, r.rating, r.traits, r.codes, r.manner = c.Contact, c.Rating, 0, 0, manner{}
	if r.contact == Reached {
		r.traits |= reached
	}
	if r.revision != 0 {
		r.traits |= revised
	}
	r.turns.clear()
	r.remarks.clear()
	p := preparing{ready: r, process: ev.process}
	p.aim()
	p.ask()
	p.listen()
	p.close()
	p.rest()
	return nil
}

// preparing is a call on its way to being ready.
type preparing struct {
	*ready
	process *process.Process
	ignored remark // what nobody wants to know of
}

// note adds a remark, unless the process ignores its code, and returns it.
func (r *preparing) note(code finding.Code, about bool, rung commitment.Rung, name string) *remark {
	if r.process.Severity(code) == diagnostic.Ignore {
		return &r.ignored
	}
	r.codes.add(code)
	return r.remarks.on(code, about, rung, name)
}

// noteName notes a name that the process does not have, and that is about no
// commitment.
func (r *preparing) noteName(code finding.Code, name string) { r.note(code, false, 0, name) }

// aim finds what the call was for, and whether that was known beforehand.
func (r *preparing) aim() {
	c, known := r.call, false
	r.kind, r.brief.kind = nil, 0
	if c.Kind != "" {
		if r.kind, known = r.process.Kind(c.Kind); !known {
			r.noteName(finding.UnknownKind, string(c.Kind))
		}
	}
	r.target = 0
	late := !c.PlannedAt.IsZero() && c.PlannedAt.After(c.At)
	if c.Target != "" {
		if r.target, known = r.process.Rung(c.Target); known {
			r.traits |= aimed | named
			if !late {
				r.traits |= planned
			}
		} else {
			r.noteName(finding.UnknownCommitment, string(c.Target))
		}
	}
	if !r.traits.any(aimed) && r.kind != nil {
		r.target = r.kind.Outcome()
		r.traits |= aimed
	}
	if r.contact != Reached {
		return
	}
	if !r.traits.any(named) && r.kind == nil {
		r.note(finding.NoTarget, false, 0, "")
	}
	if late {
		r.note(finding.PlannedLate, false, 0, "")
	}
	if r.kind == nil {
		return
	}
	r.brief.kind = 1 + uint16(r.kind.Index())
	if r.target != r.kind.Outcome() && !r.kind.FallsBackOn(r.target) {
		r.note(finding.WrongTarget, true, r.target, "")
	}
}

// ask finds what the seller asked for and did.
func (r *preparing) ask() {
	c := r.call
	for _, id := range c.Asked {
		if _, ok := r.process.Rung(id); ok {
			r.traits |= askedFor
		} else {
			r.noteName(finding.UnknownCommitment, string(id))
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
	keeps := r.keeps()
	var e entry
	for i := range r.call.Commitments {
		e.resolve(r.process, &r.call.Commitments[i])
		r.checkNames(&e)
		switch {
		case !e.known && e.Other == "":
		case e.By == commitment.Buyer:
			r.hear(&e)
			if e.known && r.turnBy(&e) {
				keeps.Remove(e.rung)
			}
		case e.By == commitment.Seller && e.Status == commitment.Waived:
			if e.known {
				e.qualifyWaived()
				r.turnBy(&e)
			}
		case e.By == commitment.Seller:
			r.traits |= sellerSpoke
			r.remarks.on(finding.SellerOnly, e.Other == "", e.rung, "")
		case e.known:
			r.note(finding.NotByBuyer, true, e.rung, "")
		}
	}
	if !keeps.IsEmpty() {
		does := holdIt
		if r.contact == NoShow {
			does = missIt
		}
		for rung := range keeps.All() {
			r.turn(does, rung)
		}
	}
	r.inOrder()
}

// hear measures what the buyer said.
func (r *preparing) hear(e *entry) {
	var code finding.Code
	var short commitment.Shortfall
	switch e.Status {
	case commitment.Given:
		if !e.known {
			code = finding.OffLadder
			break
		}
		r.traits |= askedFor
		e.qualifyGiven(r.process, r.at)
		if e.pastDue {
			m := r.note(finding.PastDue, true, e.rung, "")
			m.when = later(m.when, e.due)
		}
		if e.short != 0 {
			code, short = finding.Unqualified, e.short
		}
		if e.counts && (r.contact == NotReached || r.contact == NoShow) {
			r.note(finding.Contradiction, true, e.rung, "")
		}
	case commitment.Kept:
		if !e.known {
			code = finding.OffLadder
		}
	case commitment.Waived:
		if e.known {
			if e.qualifyWaived(); !e.counts {
				code, short = finding.Unqualified, shortOfReason
			}
		}
	case commitment.Declined:
		code = finding.Declined
		r.traits |= askedFor
		if e.known && r.traits.any(aimed) && e.rung == r.target {
			r.traits |= declines
		}
	case commitment.Deferred:
		code = finding.Deferred
		r.traits |= askedFor
	case commitment.Conditional:
		code = finding.Conditional
		r.traits |= askedFor
	}
	if code != 0 {
		r.note(code, e.known, e.rung, "").short |= short
	}
}

// checkNames remarks on names that the process does not have.
func (r *preparing) checkNames(e *entry) {
	name := ""
	if !e.known {
		name = string(e.Commitment)
		if e.Other == "" {
			r.noteName(finding.UnknownCommitment, name)
		}
	}
	for i := range e.People {
		if role := string(e.People[i].Role); role != "" && !r.process.KnowsRole(role) {
			r.note(finding.UnknownRole, e.known, e.rung, name)
		}
	}
	for _, kind := range e.Evidence {
		if !r.process.KnowsEvidence(kind) {
			r.note(finding.UnknownEvidence, e.known, e.rung, name)
		}
	}
}

// keeps returns what the kind of the call keeps by taking place, or misses where
// the buyer did not come. What the buyer's entries speak of themselves, whether
// they qualify or not, is still to be taken off.
func (r *preparing) keeps() commitment.Set {
	if r.kind == nil || !r.kind.Keeping() || r.contact != Reached && r.contact != NoShow {
		return commitment.Set{}
	}
	return r.kind.Keeps()
}

// close looks at a refusal and a pause.
func (r *preparing) close() {
	c, p := r.call, r.process
	if c.Pause != nil {
		r.traits |= pauses
		r.pause = instantOf(c.Pause.Until.End(p.Zone()))
	}
	no := c.NoSale
	if no == nil {
		return
	}
	r.traits |= refuses
	r.lost = p.FirstLost()
	if no.Reason != "" && !p.KnowsReason(no.Reason) {
		r.noteName(finding.UnknownReason, no.Reason)
	}
	if no.Stage != "" {
		if s, ok := p.StageByID(no.Stage); ok && s.Closes() == process.ClosesLost {
			r.lost = s.Index()
		} else {
			r.noteName(finding.UnknownStage, string(no.Stage))
		}
	}
}

// rest finds what comes of the call if it does nothing to its deal, and what it
// may do.
func (r *preparing) rest() {
	r.came, r.still = NoTarget, Continuation
	if r.traits.any(aimed) {
		r.came = TargetMissed
	}
	switch {
	case r.traits.any(declines):
		r.still = Refusal
	case r.contact != Reached:
		r.still = NoContactResult
	}
	r.found = r.codes | lookAtTheCall(r.ready)
	r.shape, r.due, r.rung = r.memory.shape(r.ready), instant{}, 0
	if r.turns.n == 1 {
		r.due, r.rung = r.turns.first[0].due, r.turns.first[0].rung
	}
}
