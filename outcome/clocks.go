package outcome

import (
	"time"

	"github.com/advance-sales/advance/commitment"
)

// pass lets time pass up to a call, and reports whether something has lapsed.
func (f *Fold) pass(at instant, v *Verdict) (lapsed bool) {
	if s := &f.state; s.opened.isZero() {
		s.opened = at
		s.clock = later(s.clock, at)
	}
	return f.lapses <= at.sec && f.lapse(at, v)
}

// look looks at what is not the same after almost every call: whether the deal is
// paused, which keeps the call out of the run of those that brought nothing, and
// whether time alone stalls it where it stands. Then it works out up to when the
// clocks need not be looked at.
func (f *Fold) look(c *brief, r *ready) (paused, stalled bool) {
	s := &f.state
	if c.traits.any(revised) {
		s.last.revision = r.revision
	}
	paused = c.at.before(s.until)
	if c.traits.any(pauses) {
		s.pause(r.pause, c.at)
		paused = paused || c.at.before(s.until)
	}
	ends, ok := s.stallTime(f.ev.process.Stage(f.at.now.Stage).Stalls())
	if !ok {
		ends = never
	}
	f.calm = min(ends.sec, f.lapses)
	if c.at.before(s.until) {
		f.calm = always
	}
	return paused, !c.at.before(ends)
}

// lapse lets go of what has lapsed by the time of the call, and reports whether
// anything has.
func (f *Fold) lapse(at instant, v *Verdict) bool {
	var gone commitment.Set
	for rung := range f.at.now.Held.All() {
		if c := f.cell(rung); c.isOver(f.ev.process, rung, at) {
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
	f.changed = true
	return true
}

// cell returns what is known of a commitment.
func (f *Fold) cell(r commitment.Rung) cell { return f.at.cell(r, f.dates) }

// bounds works out when something may lapse, and up to when something is open.
func (f *Fold) bounds() {
	f.lapses, f.opens = forever, always
	for rung := range f.at.now.Held.All() {
		flags := f.at.flags(rung)
		f.extend(f.dates[rung], secondsOf(flags.lasts(f.ev.process, rung)))
	}
}

// extend widens the bounds by the date of a commitment, and for how many seconds
// it lasts after that.
func (f *Fold) extend(date instant, lasts int64) {
	f.opens = max(f.opens, date.sec)
	f.lapses = min(f.lapses, date.sec+lasts)
	f.calm = min(f.calm, f.lapses)
}

// secondsOf returns for how many whole seconds something lasts, see [flags.lasts].
func secondsOf(d time.Duration) int64 {
	if d < 0 {
		return forever
	}
	return int64(d / time.Second)
}

// waits reports whether the deal is stalled, once it has waited for long enough:
// it is open, in no pause, and no date that the buyer gave is still to come.
func (f *Fold) waits(now instant) bool {
	return f.at.habits.open && !now.before(f.state.until) && (f.opens < now.sec || !f.anyOpen(now))
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
