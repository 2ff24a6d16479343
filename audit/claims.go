package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// claims compares the stage that is claimed with the one that was earned.
func (v *view) claims() {
	if !v.knows {
		v.insufficient()
		return
	}
	lost := v.h.Standing.Lost
	switch {
	case v.h.Status == pipeline.LostDeal:
		if !lost {
			v.say(LostWithoutRefusal, "", fmt.Sprintf("It is closed as lost%s, and no call records a refusal.", v.closedOn()),
				"Record who gave it up and why, so that losses can be learned from.", v.dealRecord())
		}
	case v.h.Status == pipeline.WonDeal && !v.h.Standing.Won:
		if !v.counted(WonWithoutOrder) {
			v.say(WonWithoutOrder, "", fmt.Sprintf("It is closed as won%s, and %s.", v.closedOn(), v.reach()),
				"Record the buyer's order, or "+v.setRight()+".", v.evidenceOfClaim()...)
		}
	case v.at < 0: // nothing that could be compared
	case (lost || v.at > v.earned.Index()) && v.counted(Overstated):
	case v.at < v.earned.Index() && !lost && v.counted(Understated):
	case lost:
		v.say(Overstated, "", fmt.Sprintf("It is claimed at %s, and %s.", v.claimName(), v.reach()),
			"Close it as lost, or get a new commitment that reopens it.", v.evidenceOfClaim()...)
	case v.at > v.earned.Index():
		v.say(Overstated, "", fmt.Sprintf("It is claimed at %s, and %s.", v.claimName(), v.reach()),
			v.askOr(v.setRight()), v.evidenceOfClaim()...)
	case v.at < v.earned.Index():
		v.say(Understated, "", fmt.Sprintf("It is claimed at %s, and the buyer's commitments reach %s.", v.claimName(), v.earned.Name()),
			fmt.Sprintf("Move the deal to %s.", v.earned.Name()), v.evidenceOfClaim()...)
	}
}

func (v *view) insufficient() {
	if v.counted(InsufficientData) {
		return
	}
	what := "It has neither activities nor calls"
	switch n := len(v.h.Activities); n {
	case 0:
	case 1:
		what = "Its one activity could not show what the buyer committed to"
	default:
		what = fmt.Sprintf("None of its %d activities could show what the buyer committed to", n)
	}
	v.say(InsufficientData, "", what+": what it earned is not known.",
		"Record what buyers commit to, or add a rule to the mapping that reads it out of the activities.", v.dealRecord())
}

// claimName names the claimed stage, and how the other system spells it where
// that differs.
func (v *view) claimName() string {
	name := v.stage.Name()
	if spelled := v.h.Deal.StageName; spelled != "" && spelled != name && spelled != string(v.stage.ID()) && v.h.Claimed == process.StageID(v.h.Deal.Claimed) {
		return fmt.Sprintf("%s (%s)", name, prose.Quote(spelled))
	}
	return name
}

func (v *view) closedOn() string {
	if v.h.Closed.IsZero() {
		return ""
	}
	return " on " + v.day(v.h.Closed)
}

// reach says how far the buyer's commitments go, and what is missing there.
func (v *view) reach() string {
	if v.h.Standing.Lost {
		if call := v.refusal(); call != nil {
			return "the deal was refused on " + v.day(call.At)
		}
		return "the deal was refused"
	}
	text := "the buyer's commitments reach " + v.earned.Name()
	if missing := v.missing(); missing != "" {
		text += "; to go on takes " + missing
	}
	return text
}

// missing words the criteria that keep the deal where it stands.
func (v *view) missing() string {
	s := &v.h.Standing
	var open []string
	for _, c := range v.earned.Criteria() {
		needed, met := 1, 0
		if len(c.Of) > 0 {
			needed = c.AtLeast
		}
		for _, item := range c.Items() {
			if slices.Contains(s.Waived, item.Commitment) || slices.Contains(s.Kept, item.Commitment) ||
				!item.Kept && slices.Contains(s.Held, item.Commitment) {
				met++
			}
		}
		if met < needed {
			open = append(open, prose.Criterion(v.process, c))
		}
	}
	return strings.Join(open, ", and ")
}

// setRight says what to do with a claim that was not earned.
func (v *view) setRight() string {
	if v.h.Standing.Lost {
		return "close the deal as lost"
	}
	return "take the deal back to " + v.earned.Name()
}

// refusal returns the last call that refused the deal.
func (v *view) refusal() *outcome.Call {
	for i := len(v.h.Verdicts) - 1; i >= 0; i-- {
		if v.h.Verdicts[i].Result() == outcome.NoSaleResult {
			return v.h.Verdicts[i].Call()
		}
	}
	return nil
}

// askOr says what to ask the buyer for, or else what to do with the claim.
func (v *view) askOr(otherwise string) string {
	if v.out.Next == nil {
		return prose.Capital(otherwise) + "."
	}
	return "Ask for " + prose.Quote(v.out.Next.Name) + ", or " + otherwise + "."
}

// evidenceOfClaim is the record that claims a stage, and the last call that
// gave the deal anything.
func (v *view) evidenceOfClaim() []Evidence {
	list := []Evidence{v.dealRecord()}
	for i := len(v.h.Verdicts) - 1; i >= 0; i-- {
		if verdict := &v.h.Verdicts[i]; obtained(verdict) || verdict.Result() == outcome.NoSaleResult {
			return append(list, v.callRecord(verdict.Call()))
		}
	}
	return list
}

// obtained reports whether a call got anything from the buyer.
func obtained(v *outcome.Verdict) bool {
	return !v.Credited().IsEmpty() || !v.Kept().IsEmpty() || !v.Regained().IsEmpty()
}
