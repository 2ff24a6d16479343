package outcome

import "github.com/advance-sales/advance/commitment"

// moved finds the result of a call: the first that applies.
func (f *Fold) moved() Result {
	h, v := &f.hearing, f.hearing.verdict
	won := v.process.Won()
	switch {
	case h.call.NoSale != nil:
		return NoSaleResult
	case v.to == won && v.from != won && h.acts.any(gained|fulfilled|regained) && v.wonByTheBuyer():
		return Order
	case v.from <= won && v.to < v.from,
		h.acts.any(lost) && !h.acts.any(credited):
		return Setback
	case h.acts.any(credited):
		return Advance
	case h.acts.any(regained) || v.reopened:
		return Recovery
	case v.hasTarget && h.said(commitment.Declined, v.targetRung):
		return Refusal
	case !h.reached():
		return NoContactResult
	}
	return Continuation
}

// wonByTheBuyer reports whether a deal that was won was won by something that
// the call gained, kept or regained: without these, waivers and all, it would
// not be.
func (v *Verdict) wonByTheBuyer() bool {
	before := v.before()
	without := Snapshot{
		Held:   v.after.Held.Intersect(before.Held),
		Kept:   v.after.Kept.Intersect(before.Kept),
		Waived: v.after.Waived,
	}
	return v.process.Position(without.Holdings()) != v.process.Won()
}

// cameOfTheTarget compares what was obtained with what the call was for.
func (v *Verdict) cameOfTheTarget() TargetResult {
	if !v.hasTarget {
		return NoTarget
	}
	best, any := v.touches.top(credited)
	target := v.touches.find(v.targetRung)
	switch {
	case any && best > v.targetRung:
		return TargetExceeded
	case target != nil && target.acts.any(met):
		return TargetMet
	case any:
		return TargetFallback
	}
	return TargetMissed
}
