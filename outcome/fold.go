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
	f.lapses, f.opens, f.calm = forever, always, always
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
	for r := range len(f.dates) {
		if f.at.said[r] != 0 {
			n++
		}
	}
	rungs := s.rungs[:0]
	if cap(rungs) < n {
		rungs = make([]holding, 0, n)
	}
	for i := range len(f.dates) {
		if r := commitment.Rung(i); f.at.flags(r) != 0 {
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
	return f.judgeOwn(v, false)
}

// judgeOwn judges the call that the verdict holds itself.
func (f *Fold) judgeOwn(v *Verdict, admitted bool) error {
	return f.judge(&v.own.brief, &v.own, nil, v, admitted)
}

// Judge is Apply for a call that is ready: what it does to the deal is mostly
// known from another deal that stood alike. A call that was prepared for another
// process gives a [*ProcessError]. One that another evaluator of this process
// prepared is prepared again each time.
func (f *Fold) Judge(c *Prepared, v *Verdict) error {
	return f.judge(&c.brief, c.ready, c.ready, v, false)
}

// follows reports whether a call can be applied, as almost all can that are
// tried. There may be others.
func (f *Fold) follows(c *brief) bool {
	return f.state.last.at.sec < c.at.sec && c.memory == f.memory && c.tail != f.tail && c.deal == f.state.deal
}

// judgeOther judges a call that may be one that can not be applied, or may have
// been prepared by another evaluator. Such a one is prepared again, since its
// numbers are not ours.
func (f *Fold) judgeOther(c *brief, r, shared *ready, v *Verdict) error {
	if r == nil {
		return &ProcessError{Deal: f.state.deal, Want: f.ev.process.Ref()}
	}
	if err := f.refusal(r); err != nil {
		return err
	}
	if c.memory == f.memory {
		return f.judge(c, r, shared, v, true)
	}
	ours, err := f.ev.Prepare(r.call)
	if err != nil {
		return err
	}
	return f.judge(&ours.brief, ours.ready, ours.ready, v, true)
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

// judge applies a call to the deal, unless it turns out that it can not be, and
// fills in the verdict: what has lapsed by now is gone, then the call makes its
// move, then the clocks go on. The call is shared where it is not the verdict's
// own.
func (f *Fold) judge(c *brief, r, shared *ready, v *Verdict, admitted bool) error {
	if !admitted && !f.follows(c) {
		return f.judgeOther(c, r, shared, v)
	}
	found, result, came := c.found, c.still, c.came
	eventful, progress := f.calm <= c.at.sec, false
	v.anyGone, v.acts = false, 0
	if eventful && f.pass(c.at, v) {
		found.add(finding.Lapsed)
	}
	found |= wasItPlanned(c, f.at)
	m := &f.at.rest
	if c.shape != 0 {
		m = f.move(c, r)
		if m.result != 0 {
			result = m.result
		}
		if came != NoTarget {
			came = m.cameOfTheTarget(c)
		}
		found = found&^(m.clears|isNotLost(came)) | m.codes
		eventful, progress = eventful || m.wakes, m.progress
		f.at, v.acts = m.to, m.did
	}
	s := &f.state
	f.tail = c.tail
	s.last.at, s.last.id, s.last.revision = c.at, c.id, 0
	v.shared, v.move, v.result, v.target = shared, m, result, came
	run, stalled := s.run+int(bit(c.traits.any(reached))), false
	if eventful || c.traits.any(pauses|revised) {
		var paused bool
		if paused, stalled = f.look(c, r); paused {
			run = s.run
		}
	}
	if progress {
		run = 0
	}
	s.run = run
	if stalled = (stalled || run >= f.at.habits.stalls) && f.waits(c.at); stalled {
		found.add(finding.Stalled)
	}
	if v.ev != f.ev {
		v.ev, v.house, v.lowered = f.ev, nil, ""
	}
	if len(f.ev.house) > 0 {
		found |= f.askTheHouse(v, stalled)
	}
	v.codes = found & f.ev.shown
	return nil
}

// move finds what a call does to the deal, or works it out. It takes over the
// dates that this sets, and when it was.
func (f *Fold) move(c *brief, r *ready) *move {
	var dates uint64
	if c.shape&moreSaid == 0 {
		dates = f.compare(c.rung, c.due, c.at)
	} else {
		for i := range r.turns.n {
			t := r.turns.at(i)
			dates |= f.compare(t.rung, t.due, c.at) << (2 * i)
		}
	}
	m := f.find(c, r, dates)
	f.changed = true
	if m.sets == itsDate {
		f.set(c.rung, dateOf(c.due, c.at), m.touches.first[0].lasts)
	} else if m.sets != noDate {
		f.setAll(m, c.at, r)
	}
	if m.restarts {
		f.state.clock = later(f.state.clock, c.at)
		f.calm = min(c.at.sec+m.to.habits.patience, f.lapses)
	}
	return m
}

// compare says how the dates compare that matter for a turn about a commitment
// which is held up to a date: whether it names the same, and whether that has
// passed.
func (f *Fold) compare(rung commitment.Rung, due, at instant) uint64 {
	if !f.at.flags(rung).is(held | dated) {
		return 0
	}
	date := f.dates[rung]
	return bit(date == due) | bit(date.before(at))<<1
}

// workOut works out what a call does to the deal.
func (f *Fold) workOut(c *brief, r *ready, dates uint64) *move {
	w := f.memory.workplace()
	defer w.leave()
	m := &move{from: f.at, shape: c.shape, dates: dates}
	w.begin(f.at, f.dates)
	w.move = m
	w.judge(r)
	return m
}

// setAll sets the dates that the touches of a move set.
func (f *Fold) setAll(m *move, at instant, r *ready) {
	for i := range m.touches.n {
		if t := m.touches.at(i); t.gift != 0 {
			f.set(t.rung, dateOf(r.turns.at(int(t.gift)-1).due, at), t.lasts)
		}
	}
}

// set sets the date of a commitment, after which it is held for so many seconds.
func (f *Fold) set(r commitment.Rung, date instant, lasts int64) {
	f.dates[r] = date
	f.extend(date, lasts)
}
