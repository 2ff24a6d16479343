package outcome

import (
	"sync"

	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// Options are what an [Evaluator] can be told. The zero Options are right.
type Options struct {
	// House are an organisation's own rules. They are asked in this order,
	// after everything else.
	House []Rule
}

// Evaluator judges calls by a process. It never changes and is safe for
// concurrent use, as far as its house rules are.
type Evaluator struct {
	process *process.Process
	house   []Rule
	desks   sync.Pool // of *desk
}

// desk is where one call is judged. It is used again for the next: so judging
// an ordinary call allocates nothing.
type desk struct {
	call   Call
	change Change
	room   [8]entry // enough for the entries of an ordinary call
}

// clear lets go of everything that belongs to the last call.
func (d *desk) clear() {
	d.call, d.change = Call{}, Change{}
	clear(d.room[:])
}

// NewEvaluator returns an evaluator of a process.
func NewEvaluator(p *process.Process, o Options) *Evaluator {
	return &Evaluator{
		process: p, house: append([]Rule(nil), o.House...),
		desks: sync.Pool{New: func() any { return new(desk) }},
	}
}

// Process returns the process that calls are judged by.
func (ev *Evaluator) Process() *process.Process { return ev.process }

// Apply applies a call to the state of its deal, and returns the state after it
// and the verdict. The state and the call that it was given stay as they were.
//
// A call before the last one that was applied gives a [*LateError], the last
// one again a [*SeenError], a call of another deal a [*DealError], and a state
// of another process, or of another version of it, a [*ProcessError], and one
// that can not be judged at all a [*RecordError], see [Call.Validate]; the state
// is then returned as it came.
func (ev *Evaluator) Apply(s State, c Call) (State, Verdict, error) {
	if c.ID == "" {
		c = c.Identify()
	}
	if err := c.Validate(); err != nil {
		return s, Verdict{}, err
	}
	next := s
	next.owned = false
	if err := next.bind(ev.process); err != nil {
		return s, Verdict{}, err
	}
	if err := next.admit(&c); err != nil {
		return s, Verdict{}, err
	}
	var v Verdict
	d := ev.desks.Get().(*desk)
	d.call = c
	ev.judge(d, &next, false, &v)
	d.clear()
	ev.desks.Put(d)
	next.owned = false
	return next, v, nil
}

// admit says whether a call can be applied to a state.
func (s *State) admit(c *Call) error {
	if c.Deal != s.deal {
		return &DealError{State: s.deal, Call: c.Deal}
	}
	if s.last == (lastCall{}) {
		return nil
	}
	if c.ID == s.last.id && c.Revision <= s.last.revision {
		return &SeenError{Deal: s.deal, Call: c.ID}
	}
	if order := s.last.at.compare(instantOf(c.At)); order > 0 || order == 0 && c.ID <= s.last.id || c.ID == s.last.id {
		return &LateError{Deal: s.deal, Call: c.ID, At: c.At, Last: s.last.id, When: s.last.at.time()}
	}
	return nil
}

// judge applies the call on a desk to a state in place, and fills in the
// verdict. Twice says that the record has a rival of the same revision.
func (ev *Evaluator) judge(d *desk, s *State, twice bool, v *Verdict) {
	p, c, ch := ev.process, &d.call, &d.change
	*ch = Change{Process: p, Call: c, entries: resolve(p, c, d.room[:0])}
	if c.Kind != "" {
		ch.Kind, _ = p.Kind(c.Kind)
	}
	if c.Target != "" {
		ch.Target, ch.HasTarget = p.Rung(c.Target)
		ch.Named = ch.HasTarget
	}
	if !ch.HasTarget && ch.Kind != nil {
		ch.Target, ch.HasTarget = ch.Kind.Outcome(), true
	}
	s.fold(ch)

	v.process, v.call = p, *c
	v.hasTarget, v.targetRung = ch.HasTarget, ch.Target
	v.from, v.to = ch.Before.Stage, ch.After.Stage
	v.gained, v.credited, v.kept, v.regained, v.lost = ch.Gained, ch.Credited, ch.Kept, ch.Regained, ch.Lost
	v.met, v.before, v.after, v.reopened = ch.acts.met, ch.Before, ch.After, ch.Reopened
	v.remarks.process = p

	v.target = whatCameOfTheTarget(ch)
	v.planned = ch.Named && !c.PlannedAt.After(c.At)
	v.result = didTheDealMove(ch)
	if len(ev.house) > 0 {
		ev.askTheHouse(ch.facts(), *c, v)
	}
	wasItPlanned(ch, &v.remarks)
	wasAnythingAsked(ch, &v.remarks)
	didItKeepItsFocus(ch, v.target, &v.remarks)
	wasAPromiseAllThatCame(ch, &v.remarks)
	wasItMorePleasantThanUseful(ch, v.result, &v.remarks)
	whatDidTheBuyerSay(ch, &v.remarks)
	whatDidOthersSay(ch, &v.remarks)
	didTheLadderRise(ch, &v.remarks)
	howDoesTheDealStand(ch, &v.remarks)
	isTheRecordSound(ch, &v.remarks)
	if twice {
		v.remarks.plain(finding.DuplicateCall)
	}
}
