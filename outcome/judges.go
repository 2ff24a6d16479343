package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// The evaluators. Each answers one question about what a call did, from the
// deal before it, the call, and the deal after it. None of them looks at what
// another found, and none changes the deal.

// wasItPlanned: did the seller know the one outcome of the call, beforehand,
// and was it one that could move the deal?
func (f *Fold) wasItPlanned() {
	h, v := &f.hearing, f.hearing.verdict
	l := &v.remarks
	if !h.named && h.kind == nil {
		l.plain(finding.NoTarget)
	}
	if !h.call.PlannedAt.IsZero() && h.call.PlannedAt.After(h.call.At) {
		l.plain(finding.PlannedLate)
	}
	if k := h.kind; k != nil {
		if v.targetRung != k.Outcome() && !k.FallsBackOn(v.targetRung) {
			l.on(finding.WrongTarget, v.targetRung)
		}
		if !k.BelongsTo(v.from) {
			l.plain(finding.WrongStage)
		}
	}
	if h.idle {
		l.on(finding.TargetNoAdvance, v.targetRung)
	}
}

// wasAnythingAsked: nothing asked, nothing obtained. What the buyer gave,
// declined, put off or made conditional was asked for.
func (f *Fold) wasAnythingAsked() {
	h := &f.hearing
	if h.acts.any(credited) || h.call.NoSale != nil || h.asked || h.words.any(commitment.Given) ||
		h.words.any(commitment.Declined) || h.words.any(commitment.Deferred) || h.words.any(commitment.Conditional) {
		return
	}
	for i := range h.entries {
		e := &h.entries[i]
		if e.Other == "" || e.By != commitment.Buyer {
			continue
		}
		switch e.Status {
		case commitment.Declined, commitment.Deferred, commitment.Conditional:
			return
		}
	}
	h.verdict.remarks.plain(finding.NotAsked)
}

// didItKeepItsFocus: was the time used for what belongs in another call,
// without the target or anything else to show for it?
func (f *Fold) didItKeepItsFocus() {
	h := &f.hearing
	if h.kind == nil || h.verdict.target == TargetMet || h.acts.any(credited) {
		return
	}
	for _, activity := range h.call.Activities {
		if h.kind.Excludes(activity) {
			h.verdict.remarks.plain(finding.LostFocus)
			return
		}
	}
}

// wasAPromiseAllThatCame: a promise was kept, and nothing new obtained.
func (f *Fold) wasAPromiseAllThatCame() {
	if h := &f.hearing; h.acts.any(fulfilled) && !h.acts.any(gained) {
		h.verdict.remarks.plain(finding.KeptOnly)
	}
}

// wasItMorePleasantThanUseful: the seller liked it, and the deal did not move.
func (f *Fold) wasItMorePleasantThanUseful() {
	v := f.hearing.verdict
	if rating := f.hearing.call.Rating; (rating == Great || rating == Good) && !v.result.Moved() {
		v.remarks.plain(finding.HappyEars)
	}
}

// whatDidTheBuyerSay: each of the buyer's words, and what it was worth.
func (f *Fold) whatDidTheBuyerSay() {
	h, l := &f.hearing, &f.hearing.verdict.remarks
	for i := range h.entries {
		e := &h.entries[i]
		if e.By != commitment.Buyer || !e.known && e.Other == "" {
			continue
		}
		note := remark{about: e.known, rung: e.rung}
		switch e.Status {
		case commitment.Declined:
			note.code = finding.Declined
		case commitment.Deferred:
			note.code = finding.Deferred
		case commitment.Conditional:
			note.code = finding.Conditional
		case commitment.Given, commitment.Kept:
			if !e.known {
				note.code = finding.OffLadder
				break
			}
			if e.pastDue {
				late := note
				late.code, late.when = finding.PastDue, e.due
				l.add(late)
			}
			if e.short != 0 {
				note.code, note.short = finding.Unqualified, e.short
			}
		case commitment.Waived:
			if e.known && !e.counts {
				note.code, note.short = finding.Unqualified, shortOfReason
			}
		}
		if note.code != 0 {
			l.add(note)
		}
	}
	f.each(finding.Repeat, repeated)
	f.each(finding.Rescheduled, moved)
	if h.acts.any(excused) {
		exits := f.ev.process.ExitItems()
		waivers := h.verdict.touches.set(excused).Intersect(exits)
		for r := range waivers.All() {
			l.on(finding.Waived, r)
		}
	}
	f.each(finding.Broken, broken)
	f.each(finding.Withdrawn, withdrawn)
	f.each(finding.NotHeld, notHeld)
}

// each adds a remark about every commitment to which the call did something.
func (f *Fold) each(code finding.Code, did acts) {
	if !f.hearing.acts.any(did) {
		return
	}
	v := f.hearing.verdict
	for i := range v.touches.n {
		if t := v.touches.at(i); t.acts.any(did) {
			v.remarks.on(code, t.rung)
		}
	}
}

// whatDidOthersSay: what the seller or somebody else promised moves nothing.
func (f *Fold) whatDidOthersSay() {
	h, l := &f.hearing, &f.hearing.verdict.remarks
	nothing := !h.acts.any(gained | regained)
	for i := range h.entries {
		e := &h.entries[i]
		switch {
		case e.By == commitment.Buyer || !e.known && e.Other == "":
		case e.By == commitment.Seller && e.Status != commitment.Waived && nothing:
			l.add(remark{code: finding.SellerOnly, about: e.known, rung: e.rung})
		case e.known && (e.By == commitment.ThirdParty || e.By == commitment.Unknown):
			l.on(finding.NotByBuyer, e.rung)
		}
	}
}

// didTheLadderRise: what was gained below the mark, and what is back.
func (f *Fold) didTheLadderRise() {
	v := f.hearing.verdict
	if f.hearing.acts.any(gained) {
		for i := range v.touches.n {
			if t := v.touches.at(i); t.acts&(gained|credited) == gained {
				v.remarks.on(finding.BelowMark, t.rung)
			}
		}
	}
	f.each(finding.Regained, regained)
}

// howDoesTheDealStand: what ran out, what was passed over, whether it waits.
func (f *Fold) howDoesTheDealStand() {
	h, v := &f.hearing, f.hearing.verdict
	if h.anyLapsed {
		for r := range h.lapsed.All() {
			v.remarks.on(finding.Lapsed, r)
		}
	}
	if v.passed() {
		v.remarks.plain(finding.Gap)
	}
	if h.stalled {
		v.remarks.plain(finding.Stalled)
	}
	if v.reopened {
		v.remarks.plain(finding.Reopened)
	}
}

// passed reports whether the call moved the deal past an exit that is not
// satisfied. A deal that comes back from lost passes all that lies before it.
func (v *Verdict) passed() bool {
	from, won := v.from, v.process.Won()
	if from > won {
		from = 0
	}
	if v.to > won || v.to <= from {
		return false
	}
	for s := range v.process.Gaps(v.after.Holdings(), v.to) {
		if s.Index() >= from {
			return true
		}
	}
	return false
}

// isTheRecordSound: names that the process does not have, and words that can
// not both be true. Names of kinds and commitments were looked up before.
func (f *Fold) isTheRecordSound() {
	h, p := &f.hearing, f.ev.process
	c, l := h.call, &h.verdict.remarks
	for i := range h.entries {
		e := &h.entries[i]
		note := remark{about: e.known, rung: e.rung}
		if !e.known {
			note.name = string(e.Commitment)
		}
		for j := range e.People {
			if role := string(e.People[j].Role); role != "" && !p.KnowsRole(role) {
				note.code = finding.UnknownRole
				l.add(note)
			}
		}
		for _, kind := range e.Evidence {
			if !p.KnowsEvidence(kind) {
				note.code = finding.UnknownEvidence
				l.add(note)
			}
		}
		if (c.Contact == NotReached || c.Contact == NoShow) && e.is(commitment.Given) && e.counts {
			l.on(finding.Contradiction, e.rung)
		}
	}
	if no := c.NoSale; no != nil {
		if no.Reason != "" && !p.KnowsReason(no.Reason) {
			l.add(remark{code: finding.UnknownReason, name: no.Reason})
		}
		if no.Stage != "" {
			if s, ok := p.StageByID(no.Stage); !ok || s.Closes() != process.ClosesLost {
				l.add(remark{code: finding.UnknownStage, name: string(no.Stage)})
			}
		}
	}
}
