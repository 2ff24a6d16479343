package outcome

import "github.com/advance-sales/advance/commitment"

// apply takes the turns of a call, which stand in the order of what they do: so
// the order of entries in a record means nothing. The taking place of the call
// stands in for a kept entry, and a no-show for a broken one, where the buyer's
// entries say nothing of their own.
func (f *Fold) apply(r *Prepared, v *Verdict) {
	for i := range r.turns.n {
		s := r.turns.at(i)
		known := &f.cells[s.rung]
		switch s.does {
		case giveIt:
			f.give(s, r, v)
		case keepIt:
			short := s.bare
			if known.flags.is(offered) {
				short = s.owed
			}
			if short != 0 {
				v.falls(s.rung, short)
				continue
			}
			t := f.touch(s.rung, r, v)
			if t.acts.any(done) {
				continue
			}
			if !f.keep(known, t, r.at) {
				t.acts |= repeated
			}
			t.acts |= gave | met | done
		case holdIt:
			if known.flags.is(held) && !known.settled(r.at) {
				t := f.touch(s.rung, r, v)
				f.keep(known, t, r.at)
				t.acts |= gave
			}
		case breakIt:
			f.drop(known, f.touch(s.rung, r, v), broken)
		case missIt:
			if known.flags&(held|kept) == held {
				f.drop(known, f.touch(s.rung, r, v), broken)
			}
		case waiveIt:
			f.touch(s.rung, r, v).acts |= excused
			known.flags |= waived
		case withdrawIt:
			f.drop(known, f.touch(s.rung, r, v), withdrawn)
			known.flags &^= waived
		}
	}
}

// give holds a commitment, or moves the date of one that is held. A zero due is
// none: then nothing moves, but one without a date starts again.
func (f *Fold) give(s *turn, r *Prepared, v *Verdict) {
	t, c := f.touch(s.rung, r, v), &f.cells[s.rung]
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
	switch {
	case !s.due.isZero():
		c.at = s.due
		is |= dated
		if was.is(held | kept) {
			is |= again
		}
	case !was.is(held | dated):
		c.at = r.at
	}
	c.flags = is
	t.acts |= did
}

// settled reports whether a commitment has been kept and not been promised
// again since, up to an instant or later.
func (c *cell) settled(at instant) bool { return c.flags.is(held|kept) && !c.isOpen(at) }

// keep marks a commitment as having happened, and reports whether that is news.
func (f *Fold) keep(c *cell, t *touch, at instant) bool {
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
func (f *Fold) drop(c *cell, t *touch, how acts) {
	if c.flags.is(held) {
		c.release()
		t.acts |= how
	} else {
		t.acts |= notHeld
	}
	f.unwon = f.unwon || f.ev.process.WinsBy(t.rung)
}

// touch returns what the call has done to a commitment so far. It has to be
// asked for before the commitment is changed. The pointer is good until the
// next touch.
func (f *Fold) touch(rung commitment.Rung, r *Prepared, v *Verdict) *touch {
	if v.touches.n > 0 {
		if t := v.touches.find(rung); t != nil {
			return t
		}
	}
	c, t := &f.cells[rung], v.touches.add()
	t.rung, t.before = rung, c.flags
	if c.flags.is(held|kept|again) && !c.at.before(r.at) {
		t.acts = renewed
	}
	return t
}
