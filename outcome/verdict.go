package outcome

import (
	"math/bits"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// Result is what came of a call for its deal.
type Result uint8

// The results, in the order in which they are tried: the first that applies is
// the result of the call.
const (
	Order           Result = iota + 1 // it put the deal into the stage that closes won
	NoSaleResult                      // the deal was refused
	Setback                           // the deal fell back, or something was lost and nothing credited
	Advance                           // something was credited
	Recovery                          // something lost is held again, or a lost deal came back
	Refusal                           // the target was declined
	NoContactResult                   // nobody was reached
	Continuation                      // none of these: however pleasant, the deal did not move
)

var resultNames = []string{"", "order", "no_sale", "setback", "advance", "recovery", "refusal", "no_contact", "continuation"}

// ResultNames lists the results as verdicts spell them.
func ResultNames() []string { return append([]string(nil), resultNames[1:]...) }

// String returns the result as verdicts spell it.
func (r Result) String() string { return wordOf(resultNames, uint8(r)) }

// MarshalText writes the name of the result.
func (r Result) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name of a result.
func (r *Result) UnmarshalText(text []byte) error {
	return parseWord(r, text, resultNames, Order, "result")
}

// Moved reports whether the deal is better off for the call.
func (r Result) Moved() bool { return r == Order || r == Advance || r == Recovery }

// TargetResult is what came of the commitment that a call was for.
type TargetResult uint8

// The results of a target. The zero value is NoTarget.
const (
	NoTarget       TargetResult = iota // there was none
	TargetExceeded                     // something above it was credited
	TargetMet                          // the buyer gave or kept it
	TargetFallback                     // something else was credited
	TargetMissed                       // nothing was
)

var targetNames = []string{"none", "exceeded", "met", "fallback", "missed"}

// TargetResultNames lists the results of a target as verdicts spell them.
func TargetResultNames() []string { return append([]string(nil), targetNames...) }

// String returns the result of the target as verdicts spell it.
func (r TargetResult) String() string { return wordOf(targetNames, uint8(r)) }

// MarshalText writes the name of the result of the target.
func (r TargetResult) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name of the result of a target.
func (r *TargetResult) UnmarshalText(text []byte) error {
	return parseWord(r, text, targetNames, NoTarget, "target result")
}

// Verdict is the judgement of one call. It holds numbers; [Verdict.Record]
// turns them into the record with its texts. The zero Verdict is of no call: it
// has a zero Result, and no stages and no record to ask for.
type Verdict struct {
	ev     *Evaluator
	shared *ready // the call that was judged, where somebody else prepared it
	move   *move  // what it did
	own    ready  // and where nobody did
	call   Call   // the call, where own has none

	result  Result
	target  TargetResult
	acts    acts // of the move
	codes   codes
	anyGone bool           // something had lapsed since the previous call
	gone    commitment.Set // what, if anything
	house   []HouseFinding
	lowered string // why a house rule made a continuation of an advance
}

// prepared returns the call as it was judged.
func (v *Verdict) prepared() *ready {
	if v.shared != nil {
		return v.shared
	}
	return &v.own
}

// Call returns the call that was judged.
func (v *Verdict) Call() *Call {
	if c := v.prepared().call; c != nil {
		return c
	}
	return &v.call
}

// keep makes the call the verdict's own.
func (v *Verdict) keep() { v.call, v.own.call = *v.own.call, nil }

// before returns how the deal stood before the call.
func (v *Verdict) before() *Snapshot { return &v.move.from.now }

// after returns how it stands after it.
func (v *Verdict) after() *Snapshot { return &v.move.to.now }

// did returns the commitments to which the call did any of some things.
func (v *Verdict) did(any acts) (set commitment.Set) {
	if v.acts.any(any) {
		set = v.move.touches.set(any)
	}
	return set
}

// targetHeld reports whether the target had been held before.
func (v *Verdict) targetHeld() bool {
	r := v.prepared()
	return r.traits.any(aimed) && v.move.from.flags(r.target).is(ever)
}

// lapsed returns what was held after the previous call, and had lapsed since.
func (v *Verdict) lapsed() commitment.Set {
	if !v.anyGone {
		return commitment.Set{}
	}
	return v.gone
}

// dispute notes that the record has a rival of the same revision.
func (v *Verdict) dispute() {
	if v.ev.process.Severity(finding.DuplicateCall) != diagnostic.Ignore {
		v.codes.add(finding.DuplicateCall)
	}
}

// Result returns what came of the call.
func (v *Verdict) Result() Result { return v.result }

// From returns the stage in which the deal stood before the call.
func (v *Verdict) From() process.StageID { return v.ev.process.Stage(v.before().Stage).ID() }

// To returns the stage in which the deal stands after the call.
func (v *Verdict) To() process.StageID { return v.ev.process.Stage(v.after().Stage).ID() }

// Credited returns the commitments that the call is credited with, as rungs of
// its process, like the sets below.
func (v *Verdict) Credited() (set commitment.Set) {
	if v.acts.any(credited) {
		set = v.move.credited
	}
	return set
}

// Gained returns what is held for the first time.
func (v *Verdict) Gained() commitment.Set { return v.did(gained) }

// Kept returns the promises that the call fulfilled.
func (v *Verdict) Kept() commitment.Set { return v.did(fulfilled) }

// Regained returns what had been lost and is held again.
func (v *Verdict) Regained() commitment.Set { return v.did(regained) }

// Lost returns what was held before and is not any more.
func (v *Verdict) Lost() commitment.Set { return v.did(lost) }

// Target returns what came of the commitment that the call was for.
func (v *Verdict) Target() TargetResult { return v.target }

// Has reports whether the verdict has a finding.
func (v *Verdict) Has(code finding.Code) bool { return v.codes.has(code) }

// Worst returns the severity of the worst finding, Ignore where there is none.
func (v *Verdict) Worst() diagnostic.Severity {
	worst := diagnostic.Ignore
	for c := v.codes; c != 0; c &= c - 1 {
		worst = max(worst, v.ev.process.Severity(finding.Code(bits.TrailingZeros64(uint64(c)))))
	}
	for _, h := range v.house {
		worst = max(worst, h.Severity)
	}
	return worst
}
