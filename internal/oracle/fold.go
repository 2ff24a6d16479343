package oracle

import (
	"cmp"
	"slices"
	"time"
)

// change is what one call did to one commitment, beyond the holding itself.
type change struct {
	qualified bool // a `given` or `kept` entry of the buyer counted
	fulfilled bool // a promise that waited was kept
	broke     bool // broken or withdrawn was recorded, held or not, or a no-show broke it
}

// apply gives the holding of a commitment after a call, with the entries taken in
// the fixed order broken, given, kept, waived, withdrawn.
func apply(p Process, r reading, id string, h holding, found findings) (holding, change) {
	var did change
	t := r.At
	before := h

	if r.keeps(id) && !r.decided(id) && h.held {
		if r.reached() {
			did.fulfilled = h.waits(t)
			h = h.keep()
		}
		if r.Contact == "no_show" && !h.kept {
			h, did.broke = h.lose(), true
			found.add("broken", id)
		}
	}

	brokenNow := false
	if r.has(id, "broken", "buyer") {
		did.broke = true
		if h.held {
			found.add("broken", id)
			brokenNow = true
		} else {
			found.add("not_held", id)
		}
		h = h.lose()
	}

	if e, ok := latestGiven(p, r, id, found); ok {
		did.qualified = true
		h = give(p, h, e, t, brokenNow, found)
		if r.Contact == "not_reached" || r.Contact == "no_show" {
			found.add("contradiction", id)
		}
	}

	keptNow := false
	for _, e := range r.about(id, "kept", "buyer") {
		if p.meetsKept(id, e.Entry, h.last) {
			keptNow = true
		} else {
			found.add("unqualified", id)
		}
	}
	if keptNow {
		did.qualified = true
		did.fulfilled = before.waits(t)
		if h.held && h.kept && !h.isOpen(t) {
			found.add("repeat", id)
		}
		h = h.keep()
	}

	for _, e := range r.about(id, "waived", "buyer", "seller") {
		h.waived = h.waived || p.waives(e)
	}

	if r.has(id, "withdrawn", "buyer") {
		did.broke = true
		if h.held {
			found.add("withdrawn", id)
		} else {
			found.add("not_held", id)
		}
		h = h.lose()
		h.waived = false
	}

	// Only what is held when the call is over has been held.
	h.ever = h.ever || h.held
	return h, did
}

// keep is the holding once it has happened; the promise no longer waits.
func (h holding) keep() holding {
	h.held, h.kept, h.due = true, true, time.Time{}
	return h
}

// latestGiven reports the `given` entries that do not count and finds, of those
// that do, the one with the latest due date.
func latestGiven(p Process, r reading, id string, found findings) (entry, bool) {
	var counting []entry
	for _, e := range r.about(id, "given", "buyer") {
		meets, past := p.meetsGiven(id, e.Entry, r.At), p.pastDue(e.Entry, r.At)
		if !meets {
			found.add("unqualified", id)
		}
		if past {
			found.add("past_due", id)
		}
		if meets && !past {
			counting = append(counting, e)
		}
	}
	if len(counting) == 0 {
		return entry{}, false
	}
	slices.SortFunc(counting, func(a, b entry) int {
		return cmp.Or(-p.dueOf(a).Compare(p.dueOf(b)), cmp.Compare(content(a.Entry), content(b.Entry)))
	})
	return counting[0], true
}

// dueOf is the due date of an entry; zero, before all others, when it has none.
func (p Process) dueOf(e entry) time.Time {
	if e.Due == "" {
		return time.Time{}
	}
	end, _ := p.instant(e.Due)
	return end
}

// give is the holding after a qualifying `given`. What is held already only has its
// date moved, or its time started again when it has no date.
func give(p Process, h holding, e entry, t time.Time, brokenNow bool, found findings) holding {
	due := p.dueOf(e)
	h.last = promise{people: e.People, evidence: e.Evidence}
	if !h.held {
		if brokenNow {
			found.add("rescheduled", e.id)
		}
		h.held, h.due, h.given = true, due, t
		return h
	}
	if due.IsZero() || due.Equal(h.due) {
		found.add("repeat", e.id)
	} else {
		found.add("rescheduled", e.id)
		h.due = due
	}
	h.given = t
	return h
}

// judge folds one call and compares the deal before and after it.
func judge(p Process, s state, c Call, duplicate bool) (state, Verdict) {
	found := findings{}
	if duplicate {
		found.add("duplicate_call", "")
	}
	r := read(p, c, found)
	r.said(p, found)

	before, lapsed := at(p, s, c.At)
	for _, id := range lapsed {
		found.add("lapsed", id)
	}
	after := before.clone()
	did := map[string]change{}
	for _, id := range p.order() {
		after.holdings[id], did[id] = apply(p, r, id, before.holdings[id], found)
	}

	reopened := before.lost != "" && cameBack(after, did)
	if reopened {
		after.lost = ""
	}
	after.won = after.lost == "" && (before.won && !released(p, did) || position(p, after) == p.wonIndex())

	o := compare(p, before, after, did)
	byDeeds := after.won && !before.won && len(o.gained)+len(o.kept)+len(o.regained) > 0 && !wonWithout(p, before, after, o)

	if c.NoSale != nil {
		after, reopened = refuse(p, after, r.lostStage), false
	}
	o.lost = which(p, func(id string) bool { return before.holdings[id].held && !after.holdings[id].held })
	o.reopened = reopened
	after = clocks(p, before, after, r, o)

	v := Verdict{
		Call: c.ID, Deal: c.Deal, At: c.At,
		From: before.stage(p), To: after.stage(p),
		Credited: o.credited, Gained: o.gained, Kept: o.kept, Regained: o.regained, Lost: o.lost,
		Gaps: stageIDs(after.gaps(p)),
		Next: next(p, after),
	}
	v.Target = target(p, r, o, did)
	v.Result = result(p, r, o, before, after, byDeeds)
	remark(p, r, o, v, before, after, found)
	v.Findings = found.sorted(p)
	return after, v
}

// cameBack tells whether the buyer gave or kept something that counted, and stands
// by it at the end of the call.
func cameBack(after state, did map[string]change) bool {
	for id, d := range did {
		if (d.qualified || d.fulfilled) && after.holdings[id].held {
			return true
		}
	}
	return false
}

// released tells whether the call recorded that an item of the exit into the won
// stage was broken or withdrawn.
func released(p Process, did map[string]change) bool {
	for _, id := range p.wonThrough() {
		if did[id].broke {
			return true
		}
	}
	return false
}

// wonWithout tells whether the deal would be won even had the call gained, kept and
// regained nothing, that is, by its waivers alone.
func wonWithout(p Process, before, after state, o obtained) bool {
	without := after.clone()
	for _, id := range slices.Concat(o.gained, o.kept, o.regained) {
		h := before.holdings[id]
		h.waived = after.holdings[id].waived
		without.holdings[id] = h
	}
	return position(p, without) == p.wonIndex()
}

// refuse closes a deal in a lost stage. It takes back what was given and not kept
// and, from a won deal, the items of the exit that it was won through.
func refuse(p Process, s state, stage string) state {
	s = s.clone()
	for id, h := range s.holdings {
		if h.held && !h.kept && !h.assumed {
			s.holdings[id] = h.lose()
		}
	}
	if s.won {
		for _, id := range p.wonThrough() {
			h := s.holdings[id].lose()
			h.waived = false
			s.holdings[id] = h
		}
	}
	s.won, s.lost = false, stage
	return s
}

// clocks moves on what stalling is measured by.
func clocks(p Process, before, after state, r reading, o obtained) state {
	t := r.At
	if r.Pause != nil {
		after.pause, _ = p.instant(r.Pause.Until)
	}
	brought := len(o.credited) > 0 || len(o.regained) > 0 || o.reopened
	if (brought || len(o.kept) > 0) && t.After(after.clock) {
		after.clock = t
	}
	switch {
	case brought:
		after.run = 0
	case r.reached() && !before.paused(t) && !after.paused(t):
		after.run++
	}
	return after
}
