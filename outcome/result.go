package outcome

import "github.com/advance-sales/advance/commitment"

// didTheDealMove finds the result of a call: the first that applies.
func didTheDealMove(ch *Change) Result {
	won := ch.Process.Won()
	switch {
	case ch.Refused():
		return NoSaleResult
	case ch.Before.Stage != won && ch.After.Stage == won && wonByTheBuyer(ch):
		return Order
	case !ch.WasLost() && ch.After.Stage < ch.Before.Stage,
		!ch.Lost.IsEmpty() && ch.Credited.IsEmpty():
		return Setback
	case !ch.Credited.IsEmpty():
		return Advance
	case !ch.Regained.IsEmpty() || ch.Reopened:
		return Recovery
	case ch.HasTarget && said(ch, commitment.Declined, ch.Target):
		return Refusal
	case !ch.Reached():
		return NoContactResult
	}
	return Continuation
}

// wonByTheBuyer reports whether a deal that was won was won by something that
// the call gained, kept or regained: without these, waivers and all, it would
// not be.
func wonByTheBuyer(ch *Change) bool {
	without := Snapshot{
		Held:   ch.After.Held.Intersect(ch.Before.Held),
		Kept:   ch.After.Kept.Intersect(ch.Before.Kept),
		Waived: ch.After.Waived,
	}
	return ch.Obtained() && ch.Process.Position(without.Holdings()) != ch.Process.Won()
}

// whatCameOfTheTarget compares what was obtained with what the call was for.
func whatCameOfTheTarget(ch *Change) TargetResult {
	best, credited := ch.Credited.Max()
	switch {
	case !ch.HasTarget:
		return NoTarget
	case credited && best > ch.Target:
		return TargetExceeded
	case ch.acts.met.Has(ch.Target):
		return TargetMet
	case credited:
		return TargetFallback
	}
	return TargetMissed
}

// said reports whether the buyer said something of a commitment.
func said(ch *Change, status commitment.Status, r commitment.Rung) bool {
	for i := range ch.entries {
		if e := &ch.entries[i]; e.is(status) && e.rung == r {
			return true
		}
	}
	return false
}
