package outcome

import (
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// The evaluators. Each answers one question about what a call did, from the
// deal before it, the call, and the deal after it, and returns what it found.
// None of them looks at what another found, and none changes the deal. What the
// record alone gives rise to was found when the call was prepared.

// lookAtTheCall asks about the call and what it did. What there is to say of one
// that did nothing is known beforehand, see [preparing.rest].
func lookAtTheCall(r *Prepared, did acts, target TargetResult, result Result) (found codes) {
	if r.contact == Reached {
		found = wasAnythingAsked(r, did) | didItKeepItsFocus(r, did, target) |
			wasAPromiseAllThatCame(did) | wasItMorePleasantThanUseful(r, result)
	}
	return found | whatWasSaid(r, did)
}

// lookAtTheDeal asks about the deal before and after the call.
func (f *Fold) lookAtTheDeal(r *Prepared, v *Verdict, idle, stalled bool) (found codes) {
	if r.contact == Reached {
		found = wasItPlanned(r, v.from, idle)
	}
	if v.touches.acts.any(excused) {
		found |= whatWasWaived(f.ev.process, &v.touches)
	}
	return found | howDoesTheDealStand(f.passed(v), stalled, v.reopened)
}

// wasItPlanned: was the one outcome of the call one that could move the deal,
// where it stood?
func wasItPlanned(r *Prepared, from int, idle bool) (found codes) {
	if r.kind != nil && !r.kind.BelongsTo(from) {
		found.add(finding.WrongStage)
	}
	if idle {
		found.add(finding.TargetNoAdvance)
	}
	return found
}

// wasAnythingAsked: nothing asked, nothing obtained. What the buyer gave,
// declined, put off or made conditional was asked for.
func wasAnythingAsked(r *Prepared, did acts) (found codes) {
	if !did.any(credited) && !r.traits.any(refuses|askedFor) {
		found.add(finding.NotAsked)
	}
	return found
}

// didItKeepItsFocus: was the time used for what belongs in another call,
// without the target or anything else to show for it?
func didItKeepItsFocus(r *Prepared, did acts, target TargetResult) (found codes) {
	if r.traits.any(strayed) && target != TargetMet && !did.any(credited) {
		found.add(finding.LostFocus)
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

// wasItMorePleasantThanUseful: the seller liked it, and the deal did not move.
func wasItMorePleasantThanUseful(r *Prepared, result Result) (found codes) {
	if r.traits.any(pleased) && !result.Moved() {
		found.add(finding.HappyEars)
	}
	return found
}

// whatWasSaid: what the words of the buyer came to, given what was held, and
// whether the seller's were all there was.
func whatWasSaid(r *Prepared, did acts) (found codes) {
	if r.traits.any(sellerSpoke) && !did.any(gained|regained) {
		found.add(finding.SellerOnly)
	}
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

// howDoesTheDealStand: what was passed over, whether it waits, and whether it
// came back.
func howDoesTheDealStand(passed, stalled, reopened bool) (found codes) {
	if passed {
		found.add(finding.Gap)
	}
	if stalled {
		found.add(finding.Stalled)
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
