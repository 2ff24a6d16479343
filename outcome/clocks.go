package outcome

import (
	"math"
	"time"

	"github.com/advance-sales/advance/commitment"
)

// pass lets time pass up to a call, and reports whether something has lapsed.
func (f *Fold) pass(r *Prepared, v *Verdict) (lapsed bool) {
	if s := &f.state; s.opened.isZero() {
		s.opened = r.at
		s.clock = later(s.clock, r.at)
	}
	return !f.lapses.isZero() && f.lapses.before(r.at) && f.lapse(r, v)
}

// tick moves the clocks, and reports whether the deal is stalled afterwards. The
// run counts the calls that reached the buyer, outside pauses, and brought
// nothing.
func (f *Fold) tick(r *Prepared, m *move, eventful bool) (stalled bool) {
	s := &f.state
	counts := r.contact == Reached
	if eventful {
		paused := r.at.before(s.until)
		if r.traits.any(pauses) {
			s.pause(r.pause, r.at)
			paused = paused || r.at.before(s.until)
		}
		counts = counts && !paused
	}
	if counts {
		s.run++
	}
	if m.progress {
		s.run = 0
	}
	s.last.at, s.last.id, s.last.revision = r.at, r.id, r.revision
	f.tail = r.tail
	if eventful || m.restarts || m.leaves {
		f.patience(r.at)
		stalled = !r.at.before(f.ends)
	}
	if !stalled && s.run < f.calls {
		return false
	}
	return m.to.now.Stage < f.ev.process.Won() && !r.at.before(s.until) && (f.opens.before(r.at) || !f.anyOpen(r.at))
}

// patience works out when the deal is stalled where it stands: after how many
// calls, and from when on. And up to when it need not be asked.
func (f *Fold) patience(now instant) {
	limit := f.ev.process.Stage(f.at.now.Stage).Stalls()
	if f.calls = limit.Calls; f.calls == 0 {
		f.calls = math.MaxInt
	}
	ends, ok := f.state.stallTime(limit)
	if !ok {
		ends = never
	}
	calm := ends
	if !f.lapses.isZero() {
		calm = sooner(calm, f.lapses)
	}
	if now.before(f.state.until) {
		calm = instant{}
	}
	f.ends, f.calm = ends, calm
}

// lapse lets go of what has lapsed by the time of the call, and reports whether
// anything has.
func (f *Fold) lapse(r *Prepared, v *Verdict) bool {
	var gone commitment.Set
	for rung := range f.at.now.Held.All() {
		if c := f.cell(rung); c.isOver(f.ev.process, rung, r.at) {
			gone.Add(rung)
		}
	}
	defer f.bounds()
	if gone.IsEmpty() {
		return false
	}
	w := f.memory.workplace()
	w.begin(f.at, f.dates)
	for rung := range gone.All() {
		c := &w.cells[rung]
		was := c.flags
		c.release()
		w.put(rung, was, c.flags)
	}
	w.stand()
	f.at = w.position()
	w.leave()
	v.anyGone, v.gone = true, gone
	f.given = nil
	return true
}

// cell returns what is known of a commitment.
func (f *Fold) cell(r commitment.Rung) cell { return f.at.cell(r, f.dates) }

// bounds works out when something may lapse, and up to when something is open.
func (f *Fold) bounds() {
	f.lapses, f.opens = instant{}, instant{}
	for rung := range f.at.now.Held.All() {
		flags := f.at.flags[rung]
		f.extend(f.dates[rung], flags, flags.lasts(f.ev.process, rung))
	}
}

// extend widens the bounds by the date of a commitment that is held, and lasts
// for some time after it.
func (f *Fold) extend(date instant, flags flags, lasts time.Duration) {
	if flags.is(held | dated) {
		f.opens = later(f.opens, date)
	}
	if lasts < 0 {
		return
	}
	if deadline := date.add(lasts); f.lapses.isZero() || deadline.before(f.lapses) {
		f.lapses, f.calm = deadline, sooner(f.calm, deadline)
	}
}

// anyOpen reports whether some date that the buyer gave has not passed.
func (f *Fold) anyOpen(t instant) bool {
	for rung := range f.at.now.Held.All() {
		if c := f.cell(rung); c.isOpen(t) {
			return true
		}
	}
	return false
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
