package outcome

import "github.com/advance-sales/advance/finding"

// The evaluators. Each answers one question about what a call did, from the
// deal before it, the call, and the deal after it. None of them looks at what
// another found, and none changes the deal. What the record alone gives rise to
// was found when the call was prepared.

// lookAtTheCall asks about a call that did something. What there is to say of
// one that did nothing is known beforehand, see [preparing.rest].
func (v *Verdict) lookAtTheCall(r *Prepared, did acts) {
	if r.contact == Reached {
		v.wasAnythingAsked(r, did)
		v.didItKeepItsFocus(r, did)
		v.wasAPromiseAllThatCame(did)
		v.wasItMorePleasantThanUseful(r)
	}
	v.whatWasSaid(r, did)
}

// lookAtTheDeal asks about the deal before and after any call.
func (v *Verdict) lookAtTheDeal(r *Prepared, idle, stalled, passed bool) {
	if r.contact == Reached {
		v.wasItPlanned(r, idle)
	}
	v.howDoesTheDealStand(stalled, passed)
}

// wasItPlanned: was the one outcome of the call one that could move the deal,
// where it stood?
func (v *Verdict) wasItPlanned(r *Prepared, idle bool) {
	if r.kind != nil && !r.kind.BelongsTo(v.from) {
		v.codes.add(finding.WrongStage)
	}
	if idle {
		v.codes.add(finding.TargetNoAdvance)
	}
}

// wasAnythingAsked: nothing asked, nothing obtained. What the buyer gave,
// declined, put off or made conditional was asked for.
func (v *Verdict) wasAnythingAsked(r *Prepared, did acts) {
	if !did.any(credited) && !r.traits.any(refuses|askedFor) {
		v.codes.add(finding.NotAsked)
	}
}

// didItKeepItsFocus: was the time used for what belongs in another call,
// without the target or anything else to show for it?
func (v *Verdict) didItKeepItsFocus(r *Prepared, did acts) {
	if r.traits.any(strayed) && v.target != TargetMet && !did.any(credited) {
		v.codes.add(finding.LostFocus)
	}
}

// wasAPromiseAllThatCame: a promise was kept, and nothing new obtained.
func (v *Verdict) wasAPromiseAllThatCame(did acts) {
	if did&(fulfilled|gained) == fulfilled {
		v.codes.add(finding.KeptOnly)
	}
}

// wasItMorePleasantThanUseful: the seller liked it, and the deal did not move.
func (v *Verdict) wasItMorePleasantThanUseful(r *Prepared) {
	if r.traits.any(pleased) && !v.result.Moved() {
		v.codes.add(finding.HappyEars)
	}
}

// whatWasSaid: what the words of the buyer came to, given what was held, and
// whether the seller's were all there was.
func (v *Verdict) whatWasSaid(r *Prepared, did acts) {
	if r.traits.any(sellerSpoke) && !did.any(gained|regained) {
		v.codes.add(finding.SellerOnly)
	}
	if !did.any(repeated | moved | excused | broken | withdrawn | notHeld | gained | regained) {
		return
	}
	v.codes |= tell(did, repeated, finding.Repeat) | tell(did, moved, finding.Rescheduled) |
		tell(did, broken, finding.Broken) | tell(did, withdrawn, finding.Withdrawn) |
		tell(did, notHeld, finding.NotHeld) | tell(did, regained, finding.Regained)
	if did.any(excused) {
		exits, waivers := v.process.ExitItems(), v.touches.set(excused)
		if exits.Meets(&waivers) {
			v.codes.add(finding.Waived)
		}
	}
	if did.any(below) {
		v.codes.add(finding.BelowMark)
	}
}

// howDoesTheDealStand: what was passed over, whether it waits, and whether it
// came back.
func (v *Verdict) howDoesTheDealStand(stalled, passed bool) {
	if passed {
		v.codes.add(finding.Gap)
	}
	if stalled {
		v.codes.add(finding.Stalled)
	}
	if v.reopened {
		v.codes.add(finding.Reopened)
	}
}

// tell returns the code of what a call did, if it did it.
func tell(did, act acts, code finding.Code) codes {
	if did.any(act) {
		return 1 << code
	}
	return 0
}
