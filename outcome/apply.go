package outcome

import "github.com/advance-sales/advance/commitment"

// apply takes the turns of a call, which stand in the order of what they do: so
// the order of entries in a record means nothing. The taking place of the call
// stands in for a kept entry, and a no-show for a broken one, where the buyer's
// entries say nothing of their own.
func (w *work) apply(r *ready) {
	for i := range r.turns.n {
		s := r.turns.at(i)
		known := &w.cells[s.rung]
		switch s.does {
		case giveIt:
			w.give(i, r)
		case keepIt:
			short := s.bare
			if known.flags.is(offered) {
				short = s.owed
			}
			if short != 0 {
				w.falls(s.rung, short)
				continue
			}
			t := w.touch(s.rung, r)
			if t.acts.any(done) {
				continue
			}
			if !w.keep(known, t, r.at) {
				t.acts |= repeated
			}
			t.acts |= gave | met | done
		case holdIt:
			if known.flags.is(held) && !known.settled(r.at) {
				t := w.touch(s.rung, r)
				w.keep(known, t, r.at)
				t.acts |= gave
			}
		case breakIt:
			w.drop(known, w.touch(s.rung, r), broken)
		case missIt:
			if known.flags&(held|kept) == held {
				w.drop(known, w.touch(s.rung, r), broken)
			}
		case waiveIt:
			w.touch(s.rung, r).acts |= excused
			known.flags |= waived
		case withdrawIt:
			w.drop(known, w.touch(s.rung, r), withdrawn)
			known.flags &^= waived
		}
	}
}

// give holds a commitment, or moves the date of one that is held. A zero due is
// none: then nothing moves, but one without a date starts again.
func (w *work) give(number int, r *ready) {
	s := r.turns.at(number)
	t, c := w.touch(s.rung, r), &w.cells[s.rung]
	was, did := c.flags, gave|met
	is := was | held | offered
	switch {
	case !was.is(held):
		if t.acts.any(broken) {
			did |= moved
		}
	case !s.due.isZero() && (!was.is(dated) || c.at != s.due):
		did |= moved
	default:
		did |= repeated
	}
	if !s.due.isZero() {
		is |= dated
		if was.is(held | kept) {
			is |= again
		}
	}
	if !s.due.isZero() || !was.is(held|dated) {
		c.at = dateOf(s.due, r.at)
		t.gift = uint16(number) + 1
	}
	c.flags = is
	t.acts |= did
}

// settled reports whether a commitment has been kept and not been promised
// again since, up to an instant or later.
func (c *cell) settled(at instant) bool { return c.flags.is(held|kept) && !c.isOpen(at) }

// keep marks a commitment as having happened, and reports whether that is news.
func (w *work) keep(c *cell, t *touch, at instant) bool {
	if c.settled(at) {
		return false
	}
	if t.acts.any(renewed) {
		t.acts |= keptAnew
	}
	c.flags = c.flags&^(assumed|again|dated) | held | kept
	return true
}

// drop lets go of a commitment, if it is held, and notes what was done. A won
// deal is no longer won by what it was won through, held or not.
func (w *work) drop(c *cell, t *touch, how acts) {
	if c.flags.is(held) {
		c.release()
		t.acts |= how
	} else {
		t.acts |= notHeld
	}
	w.unwon = w.unwon || w.process.WinsBy(t.rung)
}

// touch returns what the call has done to a commitment so far. It has to be
// asked for before the commitment is changed. The pointer is good until the
// next touch.
func (w *work) touch(rung commitment.Rung, r *ready) *touch {
	if w.move.touches.n > 0 {
		if t := w.move.touches.find(rung); t != nil {
			return t
		}
	}
	c, t := &w.cells[rung], w.move.touches.add()
	t.rung, t.before = rung, c.flags
	if c.flags.is(held|kept|again) && !c.at.before(r.at) {
		t.acts = renewed
	}
	return t
}
