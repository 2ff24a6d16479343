package outcome

import (
	"github.com/advance-sales/advance/commitment"
)

// applyEntries applies the entries by status, so that their order in the
// record means nothing. The taking place of the call stands in for a kept
// entry, and a no-show for a broken one, where the buyer's entries say nothing
// of their own.
func (f *Fold) applyEntries() {
	h := &f.hearing
	contact := h.call.Contact
	keeps := h.kind != nil && h.kind.Keeping() && (contact == Reached || contact == NoShow)

	if h.words.any(commitment.Broken) {
		for i := range h.entries {
			if e := &h.entries[i]; e.is(commitment.Broken) && !f.before(i) {
				f.drop(e.rung, broken)
			}
		}
	}
	if keeps && contact == NoShow {
		for r := range f.keeps().All() {
			if known := f.state.find(r); known != nil && known.flags&(held|kept) == held {
				f.drop(r, broken)
			}
		}
	}
	if h.words.any(commitment.Given) {
		f.give()
	}
	if h.words.any(commitment.Kept) {
		for i := range h.entries {
			if e := &h.entries[i]; e.is(commitment.Kept) {
				known := f.state.find(e.rung)
				e.qualifyKept(f.ev.process, known != nil && known.flags.is(offered))
			}
		}
		for i := range h.entries {
			if e := &h.entries[i]; e.is(commitment.Kept) && e.counts && !f.before(i) {
				if !f.keep(e.rung) {
					f.did(e.rung, repeated)
				}
				f.did(e.rung, gave|met)
			}
		}
	}
	if keeps && contact == Reached {
		for r := range f.keeps().All() {
			if known := f.state.find(r); known != nil && known.flags.is(held) && f.keep(r) {
				f.did(r, gave)
			}
		}
	}
	if h.words.any(commitment.Waived) {
		for i := range h.entries {
			e := &h.entries[i]
			if e.known && e.Status == commitment.Waived && (e.By == commitment.Buyer || e.By == commitment.Seller) {
				if e.qualifyWaived(); e.counts {
					f.did(e.rung, excused)
					f.edit(e.rung).flags |= waived
				}
			}
		}
	}
	if h.words.any(commitment.Withdrawn) {
		for i := range h.entries {
			if e := &h.entries[i]; e.is(commitment.Withdrawn) && !f.before(i) {
				f.drop(e.rung, withdrawn)
				if known := f.state.find(e.rung); known != nil {
					known.flags &^= waived
				}
			}
		}
	}
}

// before reports whether an earlier entry counts for the same as entry i.
func (f *Fold) before(i int) bool {
	e := &f.hearing.entries[i]
	for j := range i {
		if o := &f.hearing.entries[j]; o.is(e.Status) && o.rung == e.rung && o.counts == e.counts {
			return true
		}
	}
	return false
}

// give applies what the buyer gave. Of several entries for one commitment the
// latest due date counts.
func (f *Fold) give() {
	h := &f.hearing
	for i := range h.entries {
		if e := &h.entries[i]; e.is(commitment.Given) {
			e.qualifyGiven(f.ev.process, h.at)
		}
	}
	for i := range h.entries {
		e := &h.entries[i]
		if !e.is(commitment.Given) || !e.counts || f.before(i) {
			continue
		}
		due := e.due
		for j := i + 1; j < len(h.entries); j++ {
			if o := &h.entries[j]; o.is(commitment.Given) && o.counts && o.rung == e.rung {
				due = later(due, o.due)
			}
		}
		f.giveOne(e.rung, due)
	}
}

// giveOne holds a commitment, or moves the date of one that is held. A zero due
// is none: then nothing moves, but one without a date starts again.
func (f *Fold) giveOne(r commitment.Rung, due instant) {
	t := f.touch(r)
	t.acts |= gave | met
	h := f.edit(r)
	was := h.flags
	moves := !due.isZero() && (!was.is(dated) || h.at != due)
	switch {
	case !was.is(held):
		h.flags |= held
		if t.acts.any(broken) {
			t.acts |= moved
		}
	case moves:
		t.acts |= moved
	default:
		t.acts |= repeated
	}
	switch {
	case !due.isZero():
		h.at = due
		h.flags |= dated
		if was.is(held | kept) {
			h.flags |= again
		}
	case !was.is(held | dated):
		h.at = f.hearing.at
	}
	h.flags |= offered
}

// keep marks a commitment as having happened, and reports whether that is news:
// it was not kept, or had been promised again.
func (f *Fold) keep(r commitment.Rung) bool {
	if known := f.state.find(r); known != nil && known.flags.is(held|kept) && !known.isOpen(f.hearing.at) {
		return false
	}
	if t := f.touch(r); t.acts.any(renewed) {
		t.acts |= keptAnew
	}
	h := f.edit(r)
	h.flags &^= assumed | again | dated
	h.flags |= held | kept
	return true
}

// drop lets go of a commitment, if it is held, and notes what was done. A won
// deal is no longer won by what it was won through, held or not.
func (f *Fold) drop(r commitment.Rung, how acts) {
	t := f.touch(r)
	if h := f.state.find(r); h != nil && h.flags.is(held) {
		h.release()
		t.acts |= how
	} else {
		t.acts |= notHeld
	}
	f.hearing.unwon = f.hearing.unwon || f.ev.process.WinsBy(r)
}

// did notes what the call did to a commitment.
func (f *Fold) did(r commitment.Rung, what acts) { f.touch(r).acts |= what }

// touch returns what the call has done to a commitment so far. It has to be
// asked for before the commitment is changed. The pointer is good until the
// next touch.
func (f *Fold) touch(r commitment.Rung) *touch {
	list := &f.hearing.verdict.touches
	if t := list.find(r); t != nil {
		return t
	}
	t := touch{rung: r}
	if h := f.state.find(r); h != nil {
		t.before = h.flags
		if h.flags.is(held|kept|again) && !h.at.before(f.hearing.at) {
			t.acts = renewed
		}
	}
	return list.add(t)
}

// edit returns what is known of a commitment for changing it, and makes room
// for it first where nothing is known.
func (f *Fold) edit(r commitment.Rung) *holding {
	h := f.state.edit(f.ev.process, r)
	f.room = f.state.rungs
	return h
}

// keeps returns what the kind of the call keeps, but for what the buyer's
// entries speak of themselves, whether they qualify or not.
func (f *Fold) keeps() commitment.Set {
	keeps := f.hearing.kind.Keeps()
	for i := range f.hearing.entries {
		switch e := &f.hearing.entries[i]; e.Status {
		case commitment.Given, commitment.Kept, commitment.Broken, commitment.Waived, commitment.Withdrawn:
			if e.known && e.By == commitment.Buyer {
				keeps.Remove(e.rung)
			}
		}
	}
	return keeps
}
