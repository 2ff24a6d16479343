package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
)

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
func (f *Fold) askTheHouse(v *Verdict, stalled bool) (found codes) {
	v.house, v.lowered = nil, ""
	call := *v.Call()
	ch := v.change(stalled)
	ch.Call = &call
	for _, rule := range f.ev.house {
		opinion := rule.Judge(ch)
		for _, found := range opinion.Findings {
			if found.Severity != diagnostic.Ignore {
				v.house = append(v.house, found)
			}
		}
		if opinion.NoAdvance != "" && v.result == Advance {
			v.result, v.lowered = Continuation, opinion.NoAdvance
			if r := v.prepared(); r.contact == Reached {
				found = wasItMorePleasantThanUseful(r)
			}
		}
	}
	return found
}
