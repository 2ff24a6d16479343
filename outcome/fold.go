package outcome

import (
	"math"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
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
//
// Who judges the same calls more than once makes them ready first, with
// [Evaluator.Prepare], and then has [Fold.Judge] do the rest.
type Fold struct {
	ev    *Evaluator
	state State         // but for what it holds, which is in cells
	cells []cell        // by rung
	now   Snapshot      // how the deal stands, as far as the last call knew
	exits process.Exits // and which exits are satisfied
	given []holding     // by the state that it began with, as long as no call changed them
	unwon bool          // this call broke or withdrew what the deal was won through
	words int           // how many words of a set the rungs of the process take

	// Two bounds that spare a look at every cell. Nothing lapses before lapses,
	// if it is set, and no date that the buyer gave lies after opens.
	lapses, opens instant

	// When the deal is stalled in the stage where it stands: after so many calls,
	// and from when on. It is worked out again where it is stale.
	calls int
	ends  instant
	stale bool
}

// Fold returns a fold that begins with a state. A state of another process gives
// a [*ProcessError].
func (ev *Evaluator) Fold(s State) (*Fold, error) {
	f := ev.newFold()
	return f, f.Reset(s)
}

func (ev *Evaluator) newFold() *Fold {
	return &Fold{ev: ev, cells: make([]cell, ev.process.Len()), words: wordsOf(ev.process)}
}

// Reset lets the fold begin again with another state, that of any deal. After
// an error it is still the deal that it was.
func (f *Fold) Reset(s State) error { return f.reset(&s) }

func (f *Fold) reset(s *State) error {
	if !s.bound || s.process != f.ev.ref {
		if err := s.bind(f.ev.process); err != nil {
			return err
		}
	}
	clear(f.cells)
	f.now = Snapshot{Mark: -1}
	f.exits.Reset(f.ev.process)
	f.lapses, f.opens = instant{}, instant{}
	for i := range s.rungs {
		h := &s.rungs[i]
		f.cells[h.rung] = h.cell
		f.put(h.rung, 0, h.flags)
		f.extend(&h.cell, h.rung)
	}
	f.state, f.unwon, f.stale = *s, false, true
	f.state.rungs, f.given = nil, s.rungs
	if s.mark.id != "" {
		f.now.Mark = int(s.mark.rung)
	}
	f.stand()
	return nil
}

// put enters what has become of a commitment, and reports whether that makes a
// difference to exits.
func (f *Fold) put(r commitment.Rung, was, is flags) bool {
	f.now.put(r, was, is)
	had, has := was.grip(), is.grip()
	if had == has {
		return false
	}
	f.exits.Put(r, had, has)
	return true
}

// grip says how exits see a commitment.
func (f flags) grip() process.Grip {
	if f.is(waived) {
		return process.GripHeld | process.GripKept
	}
	return process.Grip(f & (held | kept)) // the same bits
}

// State returns the state that the calls have added up to.
func (f *Fold) State() State {
	var s State
	f.Save(&s)
	return s
}

// Save is State in place: it writes over a state and uses its memory again. No
// copy of that state may be in use.
func (f *Fold) Save(s *State) {
	if len(f.given) > 0 && len(s.rungs) == len(f.given) && &s.rungs[0] == &f.given[0] {
		rungs := s.rungs
		*s = f.state
		s.rungs = rungs
		return
	}
	n := 0
	for r := range f.cells {
		if f.cells[r].flags != 0 {
			n++
		}
	}
	rungs := s.rungs[:0]
	if cap(rungs) < n {
		rungs = make([]holding, 0, n)
	}
	for r := range f.cells {
		if c := f.cells[r]; c.flags != 0 {
			rungs = append(rungs, holding{f.ev.process.Commitment(commitment.Rung(r)).ID(), commitment.Rung(r), c})
		}
	}
	*s = f.state
	s.rungs = rungs
	if f.now.Mark >= 0 {
		s.raise(f.ev.process, commitment.Rung(f.now.Mark))
	}
}

// Apply applies a call to the deal and fills in the verdict, which needs nothing
// of what it held before. The verdict points to the call: it is good as long as
// the call stays as it is. The errors are those of [Evaluator.Apply]; the deal
// then stays as it was, and the verdict means nothing.
func (f *Fold) Apply(c *Call, v *Verdict) error {
	if err := f.ev.prepare(c, &v.own); err != nil {
		return err
	}
	if err := f.admit(&v.own); err != nil {
		return err
	}
	v.shared = nil
	f.judge(&v.own, v)
	return nil
}

// Judge is Apply for a call that is ready: what it does to the deal takes a few
// operations on integers. A call that was prepared for another process gives a
// [*ProcessError].
func (f *Fold) Judge(r *Prepared, v *Verdict) error {
	if err := f.admit(r); err != nil {
		return err
	}
	v.shared = r
	f.judge(r, v)
	return nil
}

// admit says why a call can not be applied to the deal, if it can not.
func (f *Fold) admit(r *Prepared) error {
	if f.follows(r) {
		return nil
	}
	return f.refusal(r)
}

// follows reports whether a call can be applied, as almost all can that are
// tried. There may be others.
func (f *Fold) follows(r *Prepared) bool {
	last := &f.state.last
	return last.at.before(r.at) && r.ref == f.ev.ref && r.deal == f.state.deal && r.id != last.id
}

func (f *Fold) refusal(r *Prepared) error {
	s := &f.state
	if r.ref != f.ev.ref {
		return &ProcessError{Deal: s.deal, Have: refOf(r.ref), Want: f.ev.process.Ref()}
	}
	if r.deal != s.deal {
		return &DealError{State: s.deal, Call: r.deal}
	}
	if s.last.id == "" { // the first call
		return nil
	}
	if r.id == s.last.id && r.revision <= s.last.revision {
		return &SeenError{Deal: s.deal, Call: r.id}
	}
	if order := s.last.at.compare(r.at); order > 0 || order == 0 && r.id <= s.last.id || r.id == s.last.id {
		return &LateError{Deal: s.deal, Call: r.id, At: r.at.time(), Last: s.last.id, When: s.last.at.time()}
	}
	return nil
}

// judge applies a call to the deal and fills in the verdict. First the fold,
// which alone decides what is held and where the deal stands:
//
//	1  what has lapsed by now is gone
//	2  what was said applies, by status: broken, given, kept, waived, withdrawn
//	3  what was gained and credited is read off
//	4  a lost deal reopens, and the stage follows
//	5  a refusal takes back what it takes back
//	6  the clocks move
//
// Then whatever judges the call looks at the outcome.
func (f *Fold) judge(r *Prepared, v *Verdict) {
	s := &f.state
	v.begin(f.ev)
	f.unwon = false
	if s.opened.isZero() {
		s.opened = r.at
		s.clock = later(s.clock, r.at)
		f.stale = true
	}
	found := r.codes
	if !f.lapses.isZero() && f.lapses.before(r.at) && f.lapse(r, v) {
		found.add(finding.Lapsed)
	}
	v.from, v.mark = f.now.Stage, f.now.Mark
	v.targetHeld = r.hasTarget && f.now.Ever.Has(r.target)
	idle := v.targetHeld || r.hasTarget && f.isIdle(r.target)
	did, quiet := acts(0), !r.traits.any(refuses)
	if r.turns.n > 0 || !quiet {
		did = f.change(r, v)
		quiet = quiet && did == 0
	}
	v.touches.acts, v.to = did, f.now.Stage
	stalled := f.tick(r, v, did)

	v.target, v.result = r.still.target, r.still.result
	if !quiet {
		v.target = v.cameOfTheTarget(r)
		v.result = f.moved(r, v, did)
	}
	f.now.copyTo(&v.after, f.words)
	if len(f.ev.house) > 0 {
		f.askTheHouse(v, stalled)
	}
	if quiet {
		found |= r.still.codes
	} else {
		found |= lookAtTheCall(r, did, v.target, v.result)
	}
	v.codes = (v.codes | found | f.lookAtTheDeal(r, v, idle, stalled)) & f.ev.shown
}

// change applies what was said, and a refusal, and says what that did.
func (f *Fold) change(r *Prepared, v *Verdict) (did acts) {
	s, differs := &f.state, false
	f.given = nil
	if r.turns.n > 0 {
		f.apply(r, v)
		did, differs = f.readOff(v)
	}
	if did.any(gave) && s.isLost() && f.cameBack(v) {
		s.lost = stageRef{}
		v.reopened = !r.traits.any(refuses)
	}
	if differs || f.unwon || did.any(gave) {
		f.stand()
	}
	if r.traits.any(refuses) {
		f.refuse(v)
		did |= v.touches.losses()
	}
	return did
}

// tick moves the clocks, and reports whether the deal is stalled afterwards. The
// run counts the calls that reached the buyer, outside pauses, and brought
// nothing.
func (f *Fold) tick(r *Prepared, v *Verdict, did acts) (stalled bool) {
	s := &f.state
	paused := r.at.before(s.until)
	if r.traits.any(pauses) {
		s.pause(r.pause, r.at)
		f.stale = true
		paused = paused || r.at.before(s.until)
	}
	progress := did.any(credited|regained) || v.reopened
	switch {
	case progress:
		s.run = 0
	case r.contact == Reached && !paused:
		s.run++
	}
	if progress || did.any(fulfilled) {
		s.clock = later(s.clock, r.at)
		f.stale = true
	}
	s.last.at, s.last.id, s.last.revision = r.at, r.id, r.revision
	if f.stale || v.to != v.from {
		f.patience(v.to)
	}
	if s.run < f.calls && r.at.before(f.ends) {
		return false
	}
	return v.to < f.ev.process.Won() && !r.at.before(s.until) && (f.opens.before(r.at) || !f.anyOpen(r.at))
}

// patience works out when the deal is stalled in a stage: after how many calls,
// and from when on.
func (f *Fold) patience(stage int) {
	f.stale = false
	limit := f.ev.process.Stage(stage).Stalls()
	if f.calls = limit.Calls; f.calls == 0 {
		f.calls = math.MaxInt
	}
	at, ok := f.state.stallTime(limit)
	if f.ends = at; !ok {
		f.ends = never
	}
}

// isIdle reports whether a target that was never held could not be credited now.
func (f *Fold) isIdle(target commitment.Rung) bool {
	return int(target) <= f.now.Mark && !f.exits.Awaits(target, f.cells[target].flags.grip())
}

// passed reports whether the call moved the deal past an exit that is not
// satisfied. A deal that comes back from lost passes all that lies before it.
func (f *Fold) passed(v *Verdict) bool {
	from := v.from
	if from > f.ev.process.Won() {
		from = 0
	}
	return v.to > from && v.to <= f.ev.process.Won() && f.exits.Gap(from, v.to)
}

// lapse lets go of what has lapsed by the time of the call, and reports whether
// anything has.
func (f *Fold) lapse(r *Prepared, v *Verdict) bool {
	var gone commitment.Set
	for rung := range f.now.Held.All() {
		if f.cells[rung].isOver(f.ev.process, rung, r.at) {
			gone.Add(rung)
		}
	}
	for rung := range gone.All() {
		c := &f.cells[rung]
		was := c.flags
		c.release()
		f.put(rung, was, c.flags)
	}
	f.bounds()
	if gone.IsEmpty() {
		return false
	}
	f.given = nil
	v.anyGone, v.gone = true, gone
	f.stand()
	f.stale = true // the stage may be another one
	return true
}

// bounds works out when something may lapse, and up to when something is open.
func (f *Fold) bounds() {
	f.lapses, f.opens = instant{}, instant{}
	for rung := range f.now.Held.All() {
		f.extend(&f.cells[rung], rung)
	}
}

// extend widens the bounds by what is held.
func (f *Fold) extend(c *cell, rung commitment.Rung) {
	if deadline, ok := c.lapses(f.ev.process, rung); ok && (f.lapses.isZero() || deadline.before(f.lapses)) {
		f.lapses = deadline
	}
	if c.flags.is(held | dated) {
		f.opens = later(f.opens, c.at)
	}
}

// anyOpen reports whether some date that the buyer gave has not passed.
func (f *Fold) anyOpen(t instant) bool {
	for rung := range f.now.Held.All() {
		if f.cells[rung].isOpen(t) {
			return true
		}
	}
	return false
}

// readOff finds what was said came to for each commitment that was touched: what
// was gained, and what of that is credited, kept, regained and lost, as seen
// from the deal as it stood before. Then it brings what is known to be held up
// to date, and reports whether that makes a difference to exits.
func (f *Fold) readOff(v *Verdict) (did acts, differs bool) {
	for i := range v.touches.n {
		t := v.touches.at(i)
		c := &f.cells[t.rung]
		was, is, acts := t.before, c.flags, t.acts
		if is.is(held) {
			switch {
			case !was.is(ever):
				if int(t.rung) > v.mark || f.exits.Awaits(t.rung, was.grip()) {
					acts |= gained | credited
				} else {
					acts |= gained | below
				}
				is |= ever
				c.flags = is
				f.now.Mark = max(f.now.Mark, int(t.rung))
			case !was.is(held):
				acts |= regained
			}
			if acts.any(keptAnew) {
				acts |= fulfilled
			}
			f.extend(c, t.rung)
		} else if was.is(held) {
			acts |= lost
		}
		if is.is(kept) && was&(held|kept) == held {
			acts |= fulfilled
		}
		t.acts, t.unsold, t.after = acts, is, is
		did |= acts
	}
	for i := range v.touches.n {
		t := v.touches.at(i)
		if f.put(t.rung, t.before, t.after) {
			differs = true
		}
	}
	return did, differs
}

// cameBack reports whether the buyer gave or kept something that is held.
func (f *Fold) cameBack(v *Verdict) bool {
	for i := range v.touches.n {
		if t := v.touches.at(i); t.acts.any(gave) && t.unsold.is(held) {
			return true
		}
	}
	return false
}

// stand finds the stage. A won deal stays won until what it was won through is
// taken back.
func (f *Fold) stand() {
	s := &f.state
	if s.isLost() {
		f.now.Stage = s.lost.index
		return
	}
	f.now.Stage = f.exits.Position()
	if s.won = s.won && !f.unwon || f.now.Stage == f.ev.process.Won(); s.won {
		f.now.Stage = f.ev.process.Won()
	}
}

// refuse closes the deal as lost. It takes back what was given and not kept, and
// from a won deal what it was won through, waivers included.
func (f *Fold) refuse(v *Verdict) {
	s, p := &f.state, f.ev.process
	var won commitment.Set
	if s.won {
		won = p.Stage(p.Won() - 1).ExitItems()
	}
	for rung := range f.now.Held.Union(f.now.Waived).All() {
		c := &f.cells[rung]
		was := c.flags
		switch {
		case won.Has(rung):
			c.release()
			c.flags &^= waived
		case c.flags&(held|kept|assumed) == held:
			c.release()
		}
		if c.flags == was {
			continue
		}
		t := v.touches.find(rung)
		if t == nil {
			t = v.touches.add()
			t.rung, t.before, t.unsold = rung, was, was
		}
		t.after = c.flags
		f.put(rung, was, c.flags)
	}
	s.won = false
	s.lost = stageRef{p.Stage(p.FirstLost()).ID(), p.FirstLost()}
	if stage, ok := p.StageByID(v.Call().NoSale.Stage); ok && stage.Closes() == process.ClosesLost {
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
