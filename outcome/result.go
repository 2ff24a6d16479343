package outcome

// moved finds the result of a call: the first that applies.
func (f *Fold) moved(r *Prepared, v *Verdict, did acts) Result {
	won := f.ev.process.Won()
	switch {
	case r.traits.any(refuses):
		return NoSaleResult
	case v.to == won && v.from != won && did.any(gained|fulfilled|regained) && f.wonByTheBuyer(v):
		return Order
	case v.to < v.from && v.from <= won, did&(lost|credited) == lost:
		return Setback
	case did.any(credited):
		return Advance
	case did.any(regained) || v.reopened:
		return Recovery
	case r.traits.any(declines):
		return Refusal
	case r.contact != Reached:
		return NoContactResult
	}
	return Continuation
}

// wonByTheBuyer reports whether a deal that was won was won by something that
// the call gained, kept or regained: without these, waivers and all, it would
// not be.
func (f *Fold) wonByTheBuyer(v *Verdict) bool {
	before := v.touches.undo(f.now, v.from, v.mark)
	without := Snapshot{
		Held:   f.now.Held.Intersect(before.Held),
		Kept:   f.now.Kept.Intersect(before.Kept),
		Waived: f.now.Waived,
	}
	return f.ev.process.Position(without.Holdings()) != f.ev.process.Won()
}

// cameOfTheTarget compares what was obtained with what the call was for.
func (v *Verdict) cameOfTheTarget(r *Prepared) TargetResult {
	if !r.hasTarget {
		return NoTarget
	}
	result := TargetMissed
	for i := range v.touches.n {
		switch t := v.touches.at(i); {
		case t.acts.any(credited) && t.rung > r.target:
			return TargetExceeded
		case t.acts.any(met) && t.rung == r.target:
			result = TargetMet
		case t.acts.any(credited) && result == TargetMissed:
			result = TargetFallback
		}
	}
	return result
}
