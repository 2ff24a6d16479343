package outcome

import (
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// The evaluators. Each answers one question about a call, or about what it did,
// and returns what it found. None of them looks at what another found, and none
// changes the deal. The call is looked at when it is made ready, as if it did
// nothing; what it does then may speak against some of that.

// lookAtTheCall asks about a call that did nothing to its deal.
func lookAtTheCall(r *ready) (found codes) {
	if r.contact == Reached {
		found = wasAnythingAsked(r) | didItKeepItsFocus(r) | wasItMorePleasantThanUseful(r)
	}
	return found | wasItTheSellerAlone(r)
}

// isNotSo says which of that is not so, by what the call did.
func isNotSo(did acts, result Result) (cleared codes) {
	if did.any(credited) {
		cleared |= 1<<finding.NotAsked | 1<<finding.LostFocus
	}
	if result.Moved() {
		cleared |= 1 << finding.HappyEars
	}
	if did.any(gained | regained) {
		cleared |= 1 << finding.SellerOnly
	}
	return cleared
}

// isNotLost is the same for a focus that led to the target.
func isNotLost(target TargetResult) codes {
	return codes(bit(target == TargetMet)) << finding.LostFocus
}

// lookAtTheDeal asks what the call did to the deal.
func (w *work) lookAtTheDeal(r *ready) (found codes) {
	m := w.move
	found = whatWasSaid(m.did)
	if r.contact == Reached {
		found |= wasAPromiseAllThatCame(m.did)
	}
	if m.did.any(excused) {
		found |= whatWasWaived(w.process, &m.touches)
	}
	return found | howDoesTheDealStand(w.passed(), m.reopened)
}

// wasItPlanned: was the one outcome of the call one that could move the deal,
// where it stood?
func wasItPlanned(c *brief, from *position) (found codes) {
	found = codes(bit(from.habits.away[c.kind])) << finding.WrongStage
	if c.traits&(reached|aimed) == reached|aimed {
		found |= codes(bit(from.idle.Has(c.target))) << finding.TargetNoAdvance
	}
	return found
}

// wasAnythingAsked: nothing asked, nothing obtained. What the buyer gave,
// declined, put off or made conditional was asked for.
func wasAnythingAsked(r *ready) (found codes) {
	if !r.traits.any(refuses | askedFor) {
		found.add(finding.NotAsked)
	}
	return found
}

// didItKeepItsFocus: was the time used for what belongs in another call,
// without the target or anything else to show for it?
func didItKeepItsFocus(r *ready) (found codes) {
	if r.traits.any(strayed) {
		found.add(finding.LostFocus)
	}
	return found
}

// wasItMorePleasantThanUseful: the seller liked it, and the deal did not move.
func wasItMorePleasantThanUseful(r *ready) (found codes) {
	if r.traits.any(pleased) {
		found.add(finding.HappyEars)
	}
	return found
}

// wasItTheSellerAlone: did only the seller promise something?
func wasItTheSellerAlone(r *ready) (found codes) {
	if r.traits.any(sellerSpoke) {
		found.add(finding.SellerOnly)
	}
	return found
}

// wasAPromiseAllThatCame: a promise was kept, and nothing new obtained.
func wasAPromiseAllThatCame(did acts) (found codes) {
	if did&(fulfilled|gained) == fulfilled {
		found.add(finding.KeptOnly)
	}
	return found
}

// whatWasSaid: what did the words of the buyer come to, given what was held?
func whatWasSaid(did acts) (found codes) {
	if !did.any(repeated | moved | broken | withdrawn | notHeld | regained | below) {
		return found
	}
	return found | tell(did, repeated, finding.Repeat) | tell(did, moved, finding.Rescheduled) |
		tell(did, broken, finding.Broken) | tell(did, withdrawn, finding.Withdrawn) |
		tell(did, notHeld, finding.NotHeld) | tell(did, regained, finding.Regained) | tell(did, below, finding.BelowMark)
}

// whatWasWaived: does an exit do without something from now on?
func whatWasWaived(p *process.Process, touches *touches) (found codes) {
	exits, waivers := p.ExitItems(), touches.set(excused)
	if exits.Meets(&waivers) {
		found.add(finding.Waived)
	}
	return found
}

// howDoesTheDealStand: what was passed over, and whether it came back.
func howDoesTheDealStand(passed, reopened bool) (found codes) {
	if passed {
		found.add(finding.Gap)
	}
	if reopened {
		found.add(finding.Reopened)
	}
	return found
}

// tell returns the code of what a call did, if it did it.
func tell(did, act acts, code finding.Code) codes {
	if did.any(act) {
		return 1 << code
	}
	return 0
}
