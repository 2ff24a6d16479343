package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// Fold applies the calls of a deal one after another, in place: what
// [Evaluator.Apply] does with a copy each time. It is the way to run through a
// history: nothing is allocated for an ordinary call. A Fold must not be used by
// several goroutines at once.
//
//	f, err := ev.Fold(state)
//	var v outcome.Verdict
//	for i := range calls {
//		err := f.Apply(&calls[i], &v)
//	}
//	state = f.State()
type Fold struct {
	ev    *Evaluator
	state State     // its rungs are the fold's own
	room  []holding // for those rungs, used again from deal to deal
	now   Snapshot  // how the deal stands, as far as the last call knew

	// Two bounds that spare a look at every holding. Nothing lapses before
	// lapses, if it is set, and no date that the buyer gave lies after opens.
	lapses, opens instant

	hearing hearing

	// Working room of Evaluator.Apply, whose call and verdict are values.
	call    Call
	verdict Verdict
}

// Fold returns a fold that begins with a state. A state of another process gives
// a [*ProcessError].
func (ev *Evaluator) Fold(s State) (*Fold, error) {
	f := &Fold{ev: ev}
	return f, f.Reset(s)
}

// Reset lets the fold begin again with another state, that of any deal. After
// an error it is still the deal that it was.
func (f *Fold) Reset(s State) error {
	if !s.bound || s.process != f.ev.ref {
		if err := s.bind(f.ev.process); err != nil {
			return err
		}
	}
	f.room = append(f.room[:0], s.rungs...)
	f.state = s
	f.state.rungs = f.room
	f.now = f.state.snapshot(f.ev.process)
	f.bounds()
	return nil
}

// State returns the state that the calls have added up to.
func (f *Fold) State() State {
	s := f.state
	s.rungs = append([]holding(nil), s.rungs...)
	return s
}

// Apply applies a call to the deal and fills in the verdict, which needs nothing
// of what it held before. The verdict points to the call: it is good as long as
// the call stays as it is. The errors are those of [Evaluator.Apply]; the deal
// then stays as it was, and so does the verdict.
func (f *Fold) Apply(c *Call, v *Verdict) error {
	if c.ID == "" {
		named := c.Identify()
		c = &named
	}
	if err := f.admit(c); err != nil {
		return err
	}
	f.judge(c, false, v)
	return nil
}

// admit says whether a call can be applied to the deal.
func (f *Fold) admit(c *Call) error {
	if err := c.Validate(); err != nil {
		return err
	}
	s := &f.state
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

// fold applies the call that is being heard. It alone decides what is held and
// where the deal stands; whatever judges the call looks at the outcome
// afterwards.
//
//	1  what has lapsed by now is gone
//	2  the entries apply, by status: broken, given, kept, waived, withdrawn
//	3  what was gained and credited is read off
//	4  a lost deal reopens, and the stage follows
//	5  a refusal takes back what it takes back
//	6  the clocks move
func (f *Fold) fold() {
	h, s, p := &f.hearing, &f.state, f.ev.process
	c, v := h.call, h.verdict
	paused := h.at.before(s.until)

	f.applyEntries()
	f.readOff()
	if h.acts.any(gave) && s.isLost() && f.cameBack() {
		s.lost = stageRef{}
		v.reopened = c.NoSale == nil
	}
	if f.update() || h.unwon || h.acts.any(gave) {
		f.stand()
	}
	if c.NoSale != nil {
		f.refuse(c.NoSale)
	}
	for i := range v.touches.n {
		if t := v.touches.at(i); t.before.is(held) && !t.after.is(held) {
			t.acts |= lost
			h.acts |= lost
		}
	}
	v.touches.acts = h.acts
	v.to, v.after = f.now.Stage, f.now

	if c.Pause != nil {
		s.pause(instantOf(c.Pause.Until.End(p.Zone())), h.at)
		paused = paused || h.at.before(s.until)
	}
	progress := h.acts.any(credited|regained) || v.reopened
	switch {
	case progress:
		s.run = 0
	case c.Contact == Reached && !paused:
		s.run++
	}
	if progress || h.acts.any(fulfilled) {
		s.clock = later(s.clock, h.at)
	}
	s.last = lastCall{h.at, c.ID, c.Revision}
	h.stalled = s.stallsBy(p, h.at, f.now.Stage) && (f.opens.before(h.at) || !s.anyOpen(h.at))
}

// lapse lets go of what has lapsed by the time of the call.
func (f *Fold) lapse() {
	h, p := &f.hearing, f.ev.process
	for i := range f.state.rungs {
		rung := &f.state.rungs[i]
		if deadline, ok := rung.lapses(p); ok && deadline.before(h.at) {
			rung.release()
			f.now.put(rung.rung, rung.flags)
			h.lapsed.Add(rung.rung)
			h.anyLapsed = true
		}
	}
	f.bounds()
	if h.anyLapsed {
		f.stand()
	}
}

// bounds works out when something may lapse, and up to when something is open.
func (f *Fold) bounds() {
	f.lapses, f.opens = instant{}, instant{}
	for i := range f.state.rungs {
		f.extend(&f.state.rungs[i])
	}
}

// extend widens the bounds by a holding.
func (f *Fold) extend(h *holding) {
	if deadline, ok := h.lapses(f.ev.process); ok && (f.lapses.isZero() || deadline.before(f.lapses)) {
		f.lapses = deadline
	}
	if h.flags.is(held | dated) {
		f.opens = later(f.opens, h.at)
	}
}

// readOff finds what the entries came to for each commitment that they touched:
// what was gained, and what of that is credited, kept and regained. It looks at
// the deal as it stood before.
func (f *Fold) readOff() {
	h, s, p := &f.hearing, &f.state, f.ev.process
	list := &h.verdict.touches
	for i := range list.n {
		t := list.at(i)
		rung := s.find(t.rung)
		if rung != nil {
			t.unsold = rung.flags
		}
		was, is := t.before, t.unsold
		if is.is(held) {
			switch {
			case !was.is(ever):
				t.acts |= gained
				if int(t.rung) > f.now.Mark || p.Awaits(f.now.Holdings(), t.rung) {
					t.acts |= credited
				}
				rung.flags |= ever
				t.unsold |= ever
				s.raise(p, t.rung)
			case !was.is(held):
				t.acts |= regained
			}
			if t.acts.any(keptAnew) {
				t.acts |= fulfilled
			}
			f.extend(rung)
		}
		if is.is(kept) && was&(held|kept) == held {
			t.acts |= fulfilled
		}
		t.after = t.unsold
		h.acts |= t.acts
	}
}

// cameBack reports whether the buyer gave or kept something that is held.
func (f *Fold) cameBack() bool {
	list := &f.hearing.verdict.touches
	for i := range list.n {
		if t := list.at(i); t.acts.any(gave) && t.unsold.is(held) {
			return true
		}
	}
	return false
}

// update brings what is known to be held up to date, and reports whether that
// makes a difference to exits.
func (f *Fold) update() (differs bool) {
	list := &f.hearing.verdict.touches
	for i := range list.n {
		if t := list.at(i); t.before != t.unsold {
			f.now.put(t.rung, t.unsold)
			differs = differs || (t.before^t.unsold)&(held|kept|waived) != 0
		}
	}
	if f.state.mark.id != "" {
		f.now.Mark = int(f.state.mark.rung)
	}
	return differs
}

// stand finds the stage. A won deal stays won until what it was won through is
// taken back.
func (f *Fold) stand() {
	s, p := &f.state, f.ev.process
	if s.isLost() {
		f.now.Stage = s.lost.index
		return
	}
	position := p.Position(f.now.Holdings())
	if s.won = s.won && !f.hearing.unwon || position == p.Won(); s.won {
		position = p.Won()
	}
	f.now.Stage = position
}

// refuse closes the deal as lost. It takes back what was given and not kept, and
// from a won deal what it was won through, waivers included.
func (f *Fold) refuse(no *NoSale) {
	s, p, list := &f.state, f.ev.process, &f.hearing.verdict.touches
	var won commitment.Set
	if s.won {
		won = p.Stage(p.Won() - 1).ExitItems()
	}
	for i := range s.rungs {
		h := &s.rungs[i]
		was := h.flags
		switch {
		case won.Has(h.rung):
			h.release()
			h.flags &^= waived
		case h.flags&(held|kept|assumed) == held:
			h.release()
		}
		if h.flags == was {
			continue
		}
		t := list.find(h.rung)
		if t == nil {
			t = list.add(touch{rung: h.rung, before: was, unsold: was})
		}
		t.after = h.flags
		f.now.put(h.rung, h.flags)
	}
	s.won = false
	s.lost = stageRef{p.Stage(p.FirstLost()).ID(), p.FirstLost()}
	if stage, ok := p.StageByID(no.Stage); ok && stage.Closes() == process.ClosesLost {
		s.lost = stageRef{stage.ID(), stage.Index()}
	}
	f.stand()
}

// pause starts, moves or ends a pause: the latest counts.
func (s *State) pause(until, at instant) {
	switch {
	case at.before(until):
		s.until = until
	case at.before(s.until):
		s.until = at // cut short by one that is over already
	}
}
