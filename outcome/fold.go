package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// fold applies a call to a state, in place, and fills in what it did. It alone
// decides what is held and where a deal stands; whatever judges the call looks
// at the outcome afterwards.
//
//	1  what has lapsed by now is gone
//	2  the entries apply, by status: broken, given, kept, waived, withdrawn
//	3  what was gained and credited is read off
//	4  a lost deal reopens, and the stage follows
//	5  a refusal takes back what it takes back
//	6  the clocks move
func (s *State) fold(ch *Change) {
	p, c := ch.Process, ch.Call
	at := instantOf(c.At)
	if s.opened.isZero() {
		s.opened = at
		s.clock = later(s.clock, at)
	}
	paused := at.before(s.until)

	ch.Lapsed = s.lapse(p, at)
	ch.Before = s.snapshot(p)
	s.touched = false
	f := folding{State: s, ch: ch, p: p, at: at, renewed: s.renewed(at)}
	f.applyEntries()

	after := ch.Before
	if s.touched {
		after = s.snapshot(p)
	}
	ch.Gained = after.Held.Minus(ch.Before.Ever)
	ch.Regained = after.Held.Intersect(ch.Before.Ever).Minus(ch.Before.Held)
	ch.Kept = after.Kept.Intersect(ch.Before.Held).Minus(ch.Before.Kept).Union(f.fulfilled.Intersect(after.Held))
	for r := range ch.Gained.All() {
		if ch.Creditable(r) {
			ch.Credited.Add(r)
		}
		s.edit(p, r).flags |= ever
		s.raise(p, r)
	}

	if comesBack := f.gave.Intersect(after.Held); s.isLost() && !comesBack.IsEmpty() {
		s.lost = stageRef{}
		ch.Reopened = c.NoSale == nil
	}
	if !s.isLost() {
		s.won = s.won && !f.unwon || p.Position(after.Holdings()) == p.Won()
	}
	if c.NoSale != nil {
		s.refuse(p, c.NoSale)
	}
	ch.After = ch.Before
	if s.touched || f.unwon || c.NoSale != nil || !f.gave.IsEmpty() {
		ch.After = s.snapshot(p)
	}
	ch.Lost = ch.Before.Held.Minus(ch.After.Held)

	if c.Pause != nil {
		s.pause(instantOf(c.Pause.Until.End(p.Zone())), at)
		paused = paused || at.before(s.until)
	}
	progress := !ch.Credited.IsEmpty() || !ch.Regained.IsEmpty() || ch.Reopened
	switch {
	case progress:
		s.run = 0
	case c.Contact == Reached && !paused:
		s.run++
	}
	if progress || !ch.Kept.IsEmpty() {
		s.clock = later(s.clock, at)
	}
	s.last = lastCall{at, c.ID, c.Revision}
	ch.Stalled = s.stalled(p, at, &ch.After)
}

// renewed returns the commitments that were kept, and have been promised again
// up to an instant or later.
func (s *State) renewed(at instant) (set commitment.Set) {
	for i := range s.rungs {
		if h := &s.rungs[i]; h.flags.is(held|kept|again) && !h.at.before(at) {
			set.Add(h.rung)
		}
	}
	return set
}

// lapse lets go of what has lapsed by an instant.
func (s *State) lapse(p *process.Process, at instant) (lapsed commitment.Set) {
	for i := range s.rungs {
		if deadline, ok := s.rungs[i].lapses(p); ok && deadline.before(at) {
			s.own()
			s.rungs[i].release()
			lapsed.Add(s.rungs[i].rung)
		}
	}
	return lapsed
}

// lapses returns the last instant at which a holding that can lapse is held.
func (h *holding) lapses(p *process.Process) (deadline instant, ok bool) {
	if h.flags&(held|kept|assumed) != held {
		return instant{}, false
	}
	after, ok := p.Commitment(h.rung).LapsesAfter()
	if !ok {
		return instant{}, false
	}
	return h.at.add(after), true
}

// snapshot says how the deal stands, with what is held now.
func (s *State) snapshot(p *process.Process) Snapshot {
	snap := Snapshot{Mark: -1}
	for i := range s.rungs {
		h := &s.rungs[i]
		if h.flags.is(held) {
			snap.Held.Add(h.rung)
			if h.flags.is(kept) {
				snap.Kept.Add(h.rung)
			}
		}
		if h.flags.is(waived) {
			snap.Waived.Add(h.rung)
		}
		if h.flags.is(ever) {
			snap.Ever.Add(h.rung)
		}
	}
	if s.mark.id != "" {
		snap.Mark = int(s.mark.rung)
	}
	switch {
	case s.isLost():
		snap.Stage = s.lost.index
	case s.won:
		snap.Stage = p.Won()
	default:
		snap.Stage = p.Position(snap.Holdings())
	}
	return snap
}

// refuse closes a deal as lost. It takes back what was given and not kept, and
// from a won deal what it was won through, waivers included.
func (s *State) refuse(p *process.Process, no *NoSale) {
	var won commitment.Set
	if s.won {
		won = p.Stage(p.Won() - 1).ExitItems()
	}
	s.own()
	for i := range s.rungs {
		switch h := &s.rungs[i]; {
		case won.Has(h.rung):
			h.release()
			h.flags &^= waived
		case h.flags&(held|kept|assumed) == held:
			h.release()
		}
	}
	s.won = false
	s.lost = stageRef{p.Stage(p.FirstLost()).ID(), p.FirstLost()}
	if stage, ok := p.StageByID(no.Stage); ok && stage.Closes() == process.ClosesLost {
		s.lost = stageRef{stage.ID(), stage.Index()}
	}
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

// folding is a fold on its way through the entries of a call.
type folding struct {
	*State
	ch        *Change
	p         *process.Process
	at        instant
	renewed   commitment.Set // kept before the call, and promised again up to now or later
	fulfilled commitment.Set // of those, what the call kept again
	gave      commitment.Set // what the buyer gave or kept
	unwon     bool           // an item that the deal was won through was broken or withdrawn
}

// applyEntries applies the entries by status, so that their order in the
// record means nothing. The taking place of the call stands in for a kept
// entry, and a no-show for a broken one, where the buyer's entries say nothing
// of their own.
func (f *folding) applyEntries() {
	contact, keeps := f.ch.Call.Contact, f.keeps()

	for r := range f.said(commitment.Broken).All() {
		f.drop(r, &f.ch.acts.broken)
		f.unwon = f.unwon || f.wonBy(r)
	}
	if contact == NoShow {
		for r := range keeps.All() {
			if h := f.find(r); h != nil && h.flags&(held|kept) == held {
				f.drop(r, &f.ch.acts.broken)
				f.unwon = f.unwon || f.wonBy(r)
			}
		}
	}

	f.give()

	for r := range f.qualifyingKept().All() {
		if !f.keep(r) {
			f.ch.acts.repeated.Add(r)
		}
		f.gave.Add(r)
		f.ch.acts.met.Add(r)
	}
	if contact == Reached {
		for r := range keeps.All() {
			if h := f.find(r); h != nil && h.flags.is(held) && f.keep(r) {
				f.gave.Add(r)
			}
		}
	}

	for i := range f.ch.entries {
		e := &f.ch.entries[i]
		if e.known && e.Status == commitment.Waived && (e.By == commitment.Buyer || e.By == commitment.Seller) {
			if e.qualifyWaived(); e.counts {
				f.edit(f.p, e.rung).flags |= waived
				f.ch.acts.waived.Add(e.rung)
			}
		}
	}

	for r := range f.said(commitment.Withdrawn).All() {
		f.drop(r, &f.ch.acts.withdrawn)
		if h := f.find(r); h != nil && h.flags.is(waived) {
			f.edit(f.p, r).flags &^= waived
		}
		f.unwon = f.unwon || f.wonBy(r)
	}
}

// said returns the commitments of which the buyer said something.
func (f *folding) said(status commitment.Status) (set commitment.Set) {
	for i := range f.ch.entries {
		if e := &f.ch.entries[i]; e.is(status) {
			set.Add(e.rung)
		}
	}
	return set
}

// give applies what the buyer gave. Of several entries for one commitment the
// latest due date counts.
func (f *folding) give() {
	var given commitment.Set
	for i := range f.ch.entries {
		e := &f.ch.entries[i]
		if !e.is(commitment.Given) {
			continue
		}
		if e.qualifyGiven(f.p, f.at); e.counts {
			given.Add(e.rung)
		}
	}
	for r := range given.All() {
		var due instant
		for i := range f.ch.entries {
			if e := &f.ch.entries[i]; e.is(commitment.Given) && e.counts && e.rung == r {
				due = later(due, e.due)
			}
		}
		f.giveOne(r, due)
	}
	f.gave = f.gave.Union(given)
	f.ch.acts.met = f.ch.acts.met.Union(given)
}

// giveOne holds a commitment, or moves the date of one that is held. A zero due
// is none: then nothing moves, but one without a date starts again.
func (f *folding) giveOne(r commitment.Rung, due instant) {
	h := f.edit(f.p, r)
	was := h.flags
	moves := !due.isZero() && (!was.is(dated) || h.at != due)
	switch {
	case !was.is(held):
		h.flags |= held
		if f.ch.acts.broken.Has(r) {
			f.ch.acts.moved.Add(r)
		}
	case moves:
		f.ch.acts.moved.Add(r)
	default:
		f.ch.acts.repeated.Add(r)
	}
	switch {
	case !due.isZero():
		h.at = due
		h.flags |= dated
		if was.is(held | kept) {
			h.flags |= again
		}
	case !was.is(held | dated):
		h.at = f.at
	}
	h.flags |= offered
}

// qualifyingKept returns the commitments that the buyer's entries say have
// happened.
func (f *folding) qualifyingKept() (set commitment.Set) {
	for i := range f.ch.entries {
		e := &f.ch.entries[i]
		if !e.is(commitment.Kept) {
			continue
		}
		h := f.find(e.rung)
		if e.qualifyKept(f.p, h != nil && h.flags.is(offered)); e.counts {
			set.Add(e.rung)
		}
	}
	return set
}

// keep marks a commitment as having happened, and reports whether that is news:
// it was not kept, or had been promised again.
func (f *folding) keep(r commitment.Rung) bool {
	if h := f.find(r); h != nil && h.flags.is(held|kept) && !h.isOpen(f.at) {
		return false
	}
	if f.renewed.Has(r) {
		f.fulfilled.Add(r)
	}
	h := f.edit(f.p, r)
	h.flags &^= assumed | again | dated
	h.flags |= held | kept
	return true
}

// drop lets go of a commitment, if it is held, and notes what was done.
func (f *folding) drop(r commitment.Rung, done *commitment.Set) {
	if h := f.find(r); h == nil || !h.flags.is(held) {
		f.ch.acts.notHeld.Add(r)
		return
	}
	f.edit(f.p, r).release()
	done.Add(r)
}

// release ends the holding of a commitment, and all that went with it.
func (h *holding) release() { h.flags &^= held | kept | assumed | dated | again }

// wonBy reports whether the deal, if it is won, was won through a commitment.
func (f *folding) wonBy(r commitment.Rung) bool {
	items := f.p.Stage(f.p.Won() - 1).ExitItems()
	return items.Has(r)
}

// keeps returns what the kind of the call keeps, but for what the buyer's
// entries speak of themselves, whether they qualify or not.
func (f *folding) keeps() commitment.Set {
	if f.ch.Kind == nil {
		return commitment.Set{}
	}
	keeps := f.ch.Kind.Keeps()
	for i := range f.ch.entries {
		switch e := &f.ch.entries[i]; e.Status {
		case commitment.Given, commitment.Kept, commitment.Broken, commitment.Waived, commitment.Withdrawn:
			if e.known && e.By == commitment.Buyer {
				keeps.Remove(e.rung)
			}
		}
	}
	return keeps
}
