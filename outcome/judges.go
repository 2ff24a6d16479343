package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// The evaluators. Each answers one question about what a call did, from the
// deal before it, the call, and the deal after it. None of them looks at what
// another found, and none can change the state.

// wasItPlanned: did the seller know the one outcome of the call, beforehand,
// and was it one that could move the deal?
func wasItPlanned(ch *Change, l *remarks) {
	if !ch.Reached() {
		return
	}
	if !ch.Named && ch.Kind == nil {
		l.plain(finding.NoTarget)
	}
	if ch.Call.PlannedAt.After(ch.Call.At) {
		l.plain(finding.PlannedLate)
	}
	if k := ch.Kind; k != nil {
		fallbacks := k.Fallbacks()
		if ch.Target != k.Outcome() && !fallbacks.Has(ch.Target) {
			l.on(finding.WrongTarget, ch.Target)
		}
		if !k.BelongsTo(ch.Before.Stage) {
			l.plain(finding.WrongStage)
		}
	}
	if ch.HasTarget && !ch.Creditable(ch.Target) {
		l.on(finding.TargetNoAdvance, ch.Target)
	}
}

// wasAnythingAsked: nothing asked, nothing obtained.
func wasAnythingAsked(ch *Change, l *remarks) {
	if ch.Reached() && ch.Credited.IsEmpty() && !ch.Refused() && !asked(ch) {
		l.plain(finding.NotAsked)
	}
}

// asked reports whether the seller asked for anything. What the buyer gave,
// declined, put off or made conditional was asked for.
func asked(ch *Change) bool {
	for _, id := range ch.Call.Asked {
		if _, ok := ch.Process.Rung(id); ok {
			return true
		}
	}
	for i := range ch.entries {
		e := &ch.entries[i]
		if e.By != commitment.Buyer || !e.known && e.Other == "" {
			continue
		}
		switch e.Status {
		case commitment.Given:
			if e.known {
				return true
			}
		case commitment.Declined, commitment.Deferred, commitment.Conditional:
			return true
		}
	}
	return false
}

// didItKeepItsFocus: was the time used for what belongs in another call,
// without the target or anything else to show for it?
func didItKeepItsFocus(ch *Change, target TargetResult, l *remarks) {
	if !ch.Reached() || ch.Kind == nil || target == TargetMet || !ch.Credited.IsEmpty() {
		return
	}
	for _, activity := range ch.Call.Activities {
		if ch.Kind.Excludes(activity) {
			l.plain(finding.LostFocus)
			return
		}
	}
}

// wasAPromiseAllThatCame: a promise was kept, and nothing new obtained.
func wasAPromiseAllThatCame(ch *Change, l *remarks) {
	if ch.Reached() && !ch.Kept.IsEmpty() && ch.Gained.IsEmpty() {
		l.plain(finding.KeptOnly)
	}
}

// wasItMorePleasantThanUseful: the seller liked it, and the deal did not move.
func wasItMorePleasantThanUseful(ch *Change, result Result, l *remarks) {
	if rating := ch.Call.Rating; ch.Reached() && (rating == Great || rating == Good) && !result.Moved() {
		l.plain(finding.HappyEars)
	}
}

// whatDidTheBuyerSay: each of the buyer's words, and what it was worth.
func whatDidTheBuyerSay(ch *Change, l *remarks) {
	for i := range ch.entries {
		e := &ch.entries[i]
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
	l.each(finding.Repeat, ch.acts.repeated)
	l.each(finding.Rescheduled, ch.acts.moved)
	l.each(finding.Waived, ch.acts.waived.Intersect(ch.Process.ExitItems()))
	l.each(finding.Broken, ch.acts.broken)
	l.each(finding.Withdrawn, ch.acts.withdrawn)
	l.each(finding.NotHeld, ch.acts.notHeld)
}

// whatDidOthersSay: what the seller or somebody else promised moves nothing.
func whatDidOthersSay(ch *Change, l *remarks) {
	nothing := ch.Gained.IsEmpty() && ch.Regained.IsEmpty()
	for i := range ch.entries {
		e := &ch.entries[i]
		switch {
		case !e.known && e.Other == "":
		case e.By == commitment.Seller && e.Status != commitment.Waived && nothing:
			l.add(remark{code: finding.SellerOnly, about: e.known, rung: e.rung})
		case e.known && (e.By == commitment.ThirdParty || e.By == commitment.Unknown):
			l.on(finding.NotByBuyer, e.rung)
		}
	}
}

// didTheLadderRise: what was gained below the mark, and what is back.
func didTheLadderRise(ch *Change, l *remarks) {
	l.each(finding.BelowMark, ch.Gained.Minus(ch.Credited))
	l.each(finding.Regained, ch.Regained)
}

// howDoesTheDealStand: what ran out, what was passed over, whether it waits.
func howDoesTheDealStand(ch *Change, l *remarks) {
	l.each(finding.Lapsed, ch.Lapsed)
	if passed(ch) {
		l.plain(finding.Gap)
	}
	if ch.Stalled {
		l.plain(finding.Stalled)
	}
	if ch.Reopened {
		l.plain(finding.Reopened)
	}
}

// passed reports whether the call moved the deal past an exit that is not
// satisfied. A deal that comes back from lost passes all that lies before it.
func passed(ch *Change) bool {
	if ch.After.Stage > ch.Process.Won() {
		return false
	}
	from := ch.Before.Stage
	if ch.WasLost() {
		from = 0
	}
	for s := range ch.Process.Gaps(ch.After.Holdings(), ch.After.Stage) {
		if s.Index() >= from {
			return true
		}
	}
	return false
}

// isTheRecordSound: names that the process does not have, and words that can
// not both be true.
func isTheRecordSound(ch *Change, l *remarks) {
	p, c := ch.Process, ch.Call
	unknown := func(id commitment.ID) {
		if _, ok := p.Rung(id); !ok {
			l.add(remark{code: finding.UnknownCommitment, name: string(id)})
		}
	}
	if c.Target != "" && !ch.Named {
		unknown(c.Target)
	}
	for _, id := range c.Asked {
		unknown(id)
	}
	if c.Kind != "" && ch.Kind == nil {
		l.add(remark{code: finding.UnknownKind, name: string(c.Kind)})
	}
	for i := range ch.entries {
		e := &ch.entries[i]
		if !e.known && e.Other == "" {
			l.add(remark{code: finding.UnknownCommitment, name: string(e.Commitment)})
		}
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
		if e.is(commitment.Given) && e.counts && (c.Contact == NotReached || c.Contact == NoShow) {
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

// Rule is a house rule: an organisation's own judgement, beside those above. It
// sees what the call did, and may add findings, or make a continuation of an
// advance and say why. It can not raise a result, and it can not change the
// state of the deal; it must not change what it is shown. A rule has to be a
// function of the change alone, or verdicts can not be replayed.
type Rule interface {
	Judge(Change) Opinion
}

// RuleFunc is a function as a [Rule].
type RuleFunc func(Change) Opinion

// Judge calls the function.
func (f RuleFunc) Judge(c Change) Opinion { return f(c) }

// Opinion is what a house rule has to say. The zero Opinion is nothing.
type Opinion struct {
	Findings []HouseFinding
	// NoAdvance makes a continuation of an advance, and is the reason why. It
	// does nothing to any other result.
	NoAdvance string
}

// HouseFinding is a finding of a house rule. Its code is put behind "house_"
// in records, so that it can not be taken for another.
type HouseFinding struct {
	Code       string
	Severity   diagnostic.Severity
	Commitment commitment.ID // may be empty
	Message    string
}

// askTheHouse asks the house rules about a change, which is theirs alone: it
// shares nothing with the call and the deal.
func (ev *Evaluator) askTheHouse(ch Change, c Call, v *Verdict) {
	ch.Process, ch.Call = ev.process, &c
	if c.Kind != "" {
		ch.Kind, _ = ev.process.Kind(c.Kind)
	}
	for _, rule := range ev.house {
		opinion := rule.Judge(ch)
		for _, f := range opinion.Findings {
			if f.Severity != diagnostic.Ignore {
				v.house = append(v.house, f)
			}
		}
		if opinion.NoAdvance != "" && v.result == Advance {
			v.result, v.lowered = Continuation, opinion.NoAdvance
		}
	}
}
