package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
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
	ev      *Evaluator
	memory  *memory   // that of the evaluator
	state   State     // but for what it holds, which is in at and dates
	at      *position // as far as the last call knew
	dates   []instant // by rung, see [cell]
	tail    uint64    // of the id of the last call
	given   []holding // by the state that it began with
	changed bool      // some call may have changed these

	// Bounds in whole seconds, see [instant], that spare a look at the clocks.
	// Nothing lapses before lapses, and no date that the buyer gave lies after the
	// second of opens. Before calm no pause is in force, nothing lapses and time
	// alone stalls nothing.
	lapses, opens, calm int64
}

// Fold returns a fold that begins with a state. A state of another process gives
// a [*ProcessError].
func (ev *Evaluator) Fold(s State) (*Fold, error) {
	f := ev.newFold()
	return f, f.Reset(s)
}

func (ev *Evaluator) newFold() *Fold {
	return &Fold{ev: ev, memory: ev.memory(), dates: make([]instant, ev.process.Len())}
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
	clear(f.dates)
	f.at = f.memory.position(s)
	f.lapses, f.opens, f.calm = forever, 0, 0
	for i := range s.rungs {
		h := &s.rungs[i]
		f.dates[h.rung] = h.at
		f.extend(h.at, secondsOf(h.flags.lasts(f.ev.process, h.rung)))
	}
	f.state = *s
	f.state.rungs, f.given, f.changed, f.tail = nil, s.rungs, false, s.last.id.tail()
	return nil
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
	if !f.changed && len(f.given) > 0 && len(s.rungs) == len(f.given) && &s.rungs[0] == &f.given[0] {
		rungs := s.rungs
		*s = f.state
		s.rungs, s.won, s.lost = rungs, f.at.won, f.at.lost
		return
	}
	n := 0
	for _, flags := range f.at.flags {
		if flags != 0 {
			n++
		}
	}
	rungs := s.rungs[:0]
	if cap(rungs) < n {
		rungs = make([]holding, 0, n)
	}
	for i, flags := range f.at.flags {
		if r := commitment.Rung(i); flags != 0 {
			rungs = append(rungs, holding{f.ev.process.Commitment(r).ID(), r, f.cell(r)})
		}
	}
	*s = f.state
	s.rungs = rungs
	s.won, s.lost = f.at.won, f.at.lost
	if f.at.now.Mark >= 0 {
		s.raise(f.ev.process, commitment.Rung(f.at.now.Mark))
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
	f.judge(&v.own.brief, &v.own, v)
	return nil
}

// Judge is Apply for a call that is ready: what it does to the deal is mostly
// known from another deal that stood alike. A call that was prepared for another
// process gives a [*ProcessError].
func (f *Fold) Judge(c *Prepared, v *Verdict) error {
	if !f.follows(&c.brief) {
		return f.judgeOther(c, v)
	}
	v.shared = c.ready
	f.judge(&c.brief, c.ready, v)
	return nil
}

// judgeOther judges a call that may be one that can not be applied, or may have
// been prepared by another evaluator.
func (f *Fold) judgeOther(c *Prepared, v *Verdict) error {
	if c.ready == nil {
		return &ProcessError{Deal: f.state.deal, Want: f.ev.process.Ref()}
	}
	if err := f.refusal(c.ready); err != nil {
		return err
	}
	b := c.brief
	if b.memory != f.memory {
		b.shape = f.memory.shape(c.ready)
	}
	v.shared = c.ready
	f.judge(&b, c.ready, v)
	return nil
}

// admit says why a call can not be applied to the deal, if it can not.
func (f *Fold) admit(r *ready) error {
	if f.follows(&r.brief) {
		return nil
	}
	return f.refusal(r)
}

// follows reports whether a call can be applied, as almost all can that are
// tried. There may be others.
func (f *Fold) follows(c *brief) bool {
	return f.state.last.at.sec < c.at.sec && c.memory == f.memory && c.tail != f.tail && c.deal == f.state.deal
}

func (f *Fold) refusal(r *ready) error {
	s := &f.state
	if of := r.memory.process; of.Handle() != f.ev.ref {
		return &ProcessError{Deal: s.deal, Have: of.Ref(), Want: f.ev.process.Ref()}
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

// judge applies a call to the deal and fills in the verdict: what has lapsed by
// now is gone, then the call makes its move, then the clocks go on. Whose the
// call is the verdict knows already.
func (f *Fold) judge(c *brief, r *ready, v *Verdict) {
	v.begin(f.ev)
	found, result, came := c.found, c.still, c.came
	eventful := f.calm <= c.at.sec || c.traits.any(pauses)
	if eventful && f.pass(c.at, v) {
		found.add(finding.Lapsed)
	}
	found |= wasItPlanned(c, f.at)
	m, progress := &f.at.rest, false
	if c.shape != 0 {
		m = f.move(c, r)
		if m.result != 0 {
			result = m.result
		}
		if came != NoTarget {
			came = m.cameOfTheTarget(c)
		}
		found = found&^(m.clears|isNotLost(came)) | m.codes
		f.at, progress = m.to, m.progress
		eventful = eventful || m.wakes
	}
	v.move, v.result, v.target = m, result, came
	run, stalled := f.state.run+int(bit(c.traits.any(reached))), false
	if eventful {
		run, stalled = f.look(c, r)
	}
	if progress {
		run = 0
	}
	f.state.run, f.tail = run, c.tail
	last := &f.state.last
	last.at, last.id, last.revision = c.at, c.id, 0
	if c.traits.any(revised) {
		last.revision = r.revision
	}
	if stalled = (stalled || run >= f.at.stalls) && f.waits(c.at); stalled {
		found.add(finding.Stalled)
	}
	if len(f.ev.house) > 0 {
		found |= f.askTheHouse(v, stalled)
	}
	v.codes = found & f.ev.shown
}

// move finds what a call does to the deal, or works it out. It takes over the
// dates that this sets, and when it was.
func (f *Fold) move(c *brief, r *ready) *move {
	var dates uint64
	if c.shape&moreSaid == 0 {
		dates = f.compare(c.rung, c.due, c.at)
	} else {
		for i := range min(r.turns.n, mostCompared) {
			t := r.turns.at(i)
			dates |= f.compare(t.rung, t.due, c.at) << (2 * i)
		}
	}
	m := f.memory.find(f.at, c.shape, dates)
	if m == nil {
		m = f.workOut(c, r, dates)
	}
	f.changed = true
	if m.sets == itsDate {
		f.set(c.rung, c.due, c.at, m.lasts)
	} else if m.sets != noDate {
		f.setAll(m, c.at, r)
	}
	if m.restarts {
		f.state.clock = later(f.state.clock, c.at)
		f.calm = min(c.at.sec+m.to.patience, f.lapses)
	}
	return m
}

// compare says how the dates compare that matter for a turn about a commitment
// which is held up to a date: whether it names the same, and whether that has
// passed.
func (f *Fold) compare(rung commitment.Rung, due, at instant) uint64 {
	if !f.at.flags[rung].is(held | dated) {
		return 0
	}
	date := f.dates[rung]
	return bit(date == due) | bit(date.before(at))<<1
}

// workOut works out what a call does to the deal, and keeps it, if the shape of
// the call has a name.
func (f *Fold) workOut(c *brief, r *ready, dates uint64) *move {
	w := f.memory.workplace()
	defer w.leave()
	m := &move{from: f.at, shape: c.shape, dates: dates}
	w.begin(f.at, f.dates)
	w.move = m
	w.judge(r)
	if c.shape != nameless {
		f.memory.keep(m)
	}
	return m
}

// setAll sets the dates that the touches of a move set.
func (f *Fold) setAll(m *move, at instant, r *ready) {
	for i := range m.touches.n {
		if t := m.touches.at(i); t.gift != 0 {
			f.set(t.rung, r.turns.at(int(t.gift)-1).due, at, t.lasts)
		}
	}
}

// set sets the date of a commitment, which is the day by which the buyer will do
// it or the time of the call, and after which it is held for so many seconds.
func (f *Fold) set(r commitment.Rung, due, at instant, lasts int64) {
	if due.isZero() {
		due = at
	}
	f.dates[r] = due
	f.extend(due, lasts)
}
