package outcome

// moved finds the result of a call that changes its deal: the first that
// applies. Zero is none of its own, which leaves that of a call that did nothing.
func (w *work) moved(r *Prepared) Result {
	m, won := w.move, w.process.Won()
	from, to, did := m.from.now.Stage, m.to.now.Stage, m.touches.acts
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

// cameOfTheTarget compares what was obtained with what the call was for.
func (m *move) cameOfTheTarget(r *Prepared) TargetResult {
	if !r.hasTarget {
		return NoTarget
	}
	best := int(m.best) - 1
	return targetResults[bit(best > int(r.target))<<2|bit(m.met.Has(r.target))<<1|bit(best >= 0)]
}

// targetResults are the results by three things: that more than the target was
// credited, that the target was met, that anything was credited.
var targetResults = [...]TargetResult{
	TargetMissed, TargetFallback, TargetMet, TargetMet, TargetExceeded, TargetExceeded, TargetExceeded, TargetExceeded,
}
