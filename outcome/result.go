package outcome

// moved finds the result of a call that changes its deal: the first that
// applies. Zero is none of its own, which leaves that of a call that did nothing.
func (w *work) moved(r *ready) Result {
	m, won := w.move, w.process.Won()
	from, to, did := m.from.now.Stage, m.to.now.Stage, m.did
	switch {
	case r.traits.any(refuses):
		return NoSaleResult
	case to == won && from != won && did.any(gained|fulfilled|regained) && w.wonByTheBuyer():
		return Order
	case to < from && from <= won, did&(lost|credited) == lost:
		return Setback
	case did.any(credited):
		return Advance
	case did.any(regained) || m.reopened:
		return Recovery
	}
	return 0
}

// wonByTheBuyer reports whether a deal that was won was won by something that
// the call gained, kept or regained: without these, waivers and all, it would
// not be.
func (w *work) wonByTheBuyer() bool {
	before := &w.move.from.now
	without := Snapshot{
		Held:   w.now.Held.Intersect(before.Held),
		Kept:   w.now.Kept.Intersect(before.Kept),
		Waived: w.now.Waived,
	}
	return w.process.Position(without.Holdings()) != w.process.Won()
}

// cameOfTheTarget compares what was obtained with what the call was for, if it
// was for something.
func (m *move) cameOfTheTarget(c *brief) TargetResult {
	isMet := m.did.any(met) && c.target == c.rung // by its only turn
	if c.shape&moreSaid != 0 {
		all := m.touches.set(met)
		isMet = all.Has(c.target)
	}
	return targetResults[bit(m.best > 1+uint16(c.target))<<2|bit(isMet)<<1|bit(m.best > 0)]
}

// targetResults are the results by three things: that more than the target was
// credited, that the target was met, that anything was credited.
var targetResults = [...]TargetResult{
	TargetMissed, TargetFallback, TargetMet, TargetMet, TargetExceeded, TargetExceeded, TargetExceeded, TargetExceeded,
}
