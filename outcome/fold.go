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
	ev     *Evaluator
	memory *memory   // that of the evaluator
	state  State     // but for what it holds, which is in at and dates
	at     *position // as far as the last call knew
	dates  []instant // by rung, see [cell]
	tail   uint64    // of the id of the last call
	given  []holding // by the state that it began with, as long as no call changed them

	// Bounds that spare a look at the clocks. Nothing lapses before lapses, if it is
	// set, and no date that the buyer gave lies after opens. The deal is not stalled
	// before so many calls, nor before ends. Before calm no pause is in force,
	// nothing lapses and time alone stalls nothing.
	lapses, opens, ends, calm instant
	calls                     int
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
	f.lapses, f.opens, f.calm = instant{}, instant{}, instant{}
	for i := range s.rungs {
		h := &s.rungs[i]
		f.dates[h.rung] = h.at
		f.extend(h.at, h.flags, h.flags.lasts(f.ev.process, h.rung))
	}
	f.state = *s
	f.state.rungs, f.given, f.tail = nil, s.rungs, s.last.id.tail()
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
	if len(f.given) > 0 && len(s.rungs) == len(f.given) && &s.rungs[0] == &f.given[0] {
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
	f.judge(&v.own, nil, v)
	return nil
}

// Judge is Apply for a call that is ready: what it does to the deal is mostly
// known from another deal that stood alike. A call that was prepared for another
// process gives a [*ProcessError].
func (f *Fold) Judge(r *Prepared, v *Verdict) error {
	if err := f.admit(r); err != nil {
		return err
	}
	f.judge(r, r, v)
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
	return last.at.before(r.at) && r.ref == f.ev.ref && r.deal == f.state.deal && (r.tail != f.tail || r.id != last.id)
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

// judge applies a call to the deal and fills in the verdict: what has lapsed by
// now is gone, then the call makes its move, then the clocks go on. The call is
// shared where it is not the verdict's own.
func (f *Fold) judge(r, shared *Prepared, v *Verdict) {
	v.begin()
	found, eventful := r.codes, !r.at.before(f.calm) || r.traits.any(pauses)
	if eventful && f.pass(r, v) {
		found.add(finding.Lapsed)
	}
	m := &f.at.rest
	v.target, v.result = r.still.target, r.still.result
	found |= r.still.codes | wasItPlanned(r, f.at)
	if r.shape != 0 {
		m = f.move(r)
		v.target = m.cameOfTheTarget(r)
		if m.result != 0 {
			v.result = m.result
		}
		found = found&^(m.clears|isNotLost(v.target)) | m.codes
		f.take(m, r)
	}
	v.ev, v.shared, v.move = f.ev, shared, m
	stalled := f.tick(r, m, eventful)
	if stalled {
		found.add(finding.Stalled)
	}
	if len(f.ev.house) > 0 {
		found |= f.askTheHouse(v, stalled)
	}
	v.codes = found & f.ev.shown
}

// move finds what a call does to the deal, or works it out.
func (f *Fold) move(r *Prepared) *move {
	if r.shape == nameless {
		return f.workOut(r, 0)
	}
	dates := f.compare(r)
	if m := f.memory.find(f.at, r.shape, dates); m != nil {
		return m
	}
	m := f.workOut(r, dates)
	f.memory.keep(m)
	return m
}

// compare says how the dates compare that matter: for each turn about something
// that is held up to a date, whether it names the same, and whether it has
// passed.
func (f *Fold) compare(r *Prepared) (dates uint64) {
	for i := range r.turns.n {
		t := r.turns.at(i)
		if !f.at.flags[t.rung].is(held | dated) {
			continue
		}
		date := f.dates[t.rung]
		dates |= (bit(date == t.due) | bit(date.before(r.at))<<1) << (2 * i)
	}
	return dates
}

// workOut works out what a call does to the deal.
func (f *Fold) workOut(r *Prepared, dates uint64) *move {
	w := f.memory.workplace()
	defer w.leave()
	m := &move{from: f.at, shape: r.shape, dates: dates}
	w.begin(f.at, f.dates)
	w.move = m
	w.judge(r)
	return m
}

// take makes a move.
func (f *Fold) take(m *move, r *Prepared) {
	f.at = m.to
	for i := range m.touches.n {
		t := m.touches.at(i)
		if t.gift == 0 {
			continue
		}
		date := r.turns.at(int(t.gift) - 1).date(r)
		f.dates[t.rung] = date
		f.extend(date, t.after, t.lasts)
	}
	f.given = nil
	if m.restarts {
		f.state.clock = later(f.state.clock, r.at)
	}
}
