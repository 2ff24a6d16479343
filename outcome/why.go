package outcome

import (
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/prose"
)

// why says in a sentence or two how the result came about, and, where the call
// was no advance, what would have been one.
func (t texts) why() string {
	v := t.v
	var reason string
	switch v.result {
	case Order, Advance:
		return "The buyer " + t.did(v.moves(), "agreed to") + t.exit() + ": " + t.movement() + "."
	case NoSaleResult:
		return t.noSale()
	case Setback:
		reason = t.setback()
	case Recovery:
		reason = t.recovery()
	case Refusal:
		reason = "The buyer declined to " + t.act(v.prepared().target) + ", which is what the call was for: " + t.movement() + "."
	case NoContactResult:
		reason = t.missed()
	case Continuation:
		reason = sentence(t.continuation()) + " " + prose.Capital(t.movement()) + "."
	}
	return reason + t.leave(slot{wayOutOf, 0})
}

// moves returns what an advance or an order came by.
func (v *Verdict) moves() commitment.Set {
	if v.result == Order {
		return v.did(credited | fulfilled | regained)
	}
	return v.Credited()
}

// exit names the exits that the call satisfied: ", the exit of Target".
func (t texts) exit() string {
	opened := t.v.ev.forms().opened(t.v)
	switch {
	case len(opened) == 0:
		return ""
	case len(opened) == 1 && t.v.Credited().Len() == 1:
		return ", the exit of " + t.stages(opened)
	case len(opened) == 1:
		return ", which satisfies the exit of " + t.stages(opened)
	}
	return ", which satisfies the exits of " + t.stages(opened)
}

// movement says where the deal went.
func (t texts) movement() string {
	v := t.v
	from, to := t.stage(v.before().Stage), t.stage(v.after().Stage)
	switch {
	case v.before().Stage == v.after().Stage && v.result == Advance:
		return "the deal climbed within " + to
	case v.before().Stage == v.after().Stage:
		return "the deal stays in " + to
	case v.after().Stage == t.p.Won():
		return "the deal is won"
	case v.before().Stage > t.p.Won():
		return "the deal came back from " + from + " to " + to
	case v.after().Stage > v.before().Stage:
		return "the deal moved to " + to
	}
	return "the deal fell back from " + from + " to " + to
}

func (t texts) noSale() string {
	no := t.v.Call().NoSale
	who := "The deal was closed"
	switch no.By {
	case commitment.Buyer:
		who = "The buyer refused the deal"
	case commitment.Seller:
		who = "The deal was given up"
	}
	if !commitment.Blank(no.Reason) {
		who += " (" + t.leave(slot{lossReason, 0}) + ")"
	}
	return who + ": it stands in " + t.stage(t.v.after().Stage) + "."
}

func (t texts) setback() string {
	taken := t.v.did(withdrawn)
	undone := t.v.did(broken).Union(t.v.Lost()).Minus(taken)
	var parts []string
	if !undone.IsEmpty() {
		parts = append(parts, "did not "+t.acts(undone))
	}
	if !taken.IsEmpty() {
		parts = append(parts, "took back the promise to "+t.acts(taken))
	}
	if len(parts) == 0 {
		return prose.Capital(t.movement()) + "."
	}
	return "The buyer " + strings.Join(parts, ", and ") + ": " + t.movement() + "."
}

func (t texts) recovery() string {
	if t.v.Regained().IsEmpty() {
		return "The buyer came back to a deal that was lost: it stands in " + t.stage(t.v.after().Stage) + "."
	}
	return "The buyer " + t.did(t.v.Regained(), "agreed again to") + ", which had been lost: " + t.movement() + "."
}

func (t texts) missed() string {
	who := "There was no conversation, and nothing new from the buyer"
	switch t.v.Call().Contact {
	case NotReached:
		who = "Nobody was reached"
	case NoShow:
		who = "They were expected and did not come"
	}
	if !t.v.Kept().IsEmpty() {
		who = "Without a conversation the buyer kept a promise, to " + t.acts(t.v.Kept()) + ", and gave nothing new"
	}
	return who + ": " + t.movement() + "."
}

// continuation finds the most telling reason why nothing was credited.
func (t texts) continuation() string {
	v := t.v
	if v.lowered != "" {
		return "The buyer " + t.did(v.Credited(), "agreed to") + ", but by a rule of the house that is no advance: " + v.lowered
	}
	find := func(code finding.Code) (remark, bool) {
		for _, m := range t.remarks {
			if m.code == code {
				return m, true
			}
		}
		return remark{}, false
	}
	if m, ok := find(finding.UnknownCommitment); ok {
		return "The record names what the process does not have, an " + t.finding(m)
	}
	if m, ok := find(finding.Unqualified); ok {
		return t.finding(m)
	}
	if m, ok := find(finding.PastDue); ok {
		return t.finding(m)
	}
	if new := v.Gained().Minus(v.Credited()); !new.IsEmpty() && v.before().Mark >= 0 {
		return "The buyer " + t.did(new, "agreed to") + ", but more than that had been held already, namely " +
			t.title(commitment.Rung(v.before().Mark))
	}
	if !v.Kept().IsEmpty() {
		return "The buyer kept a promise, to " + t.acts(v.Kept()) + ", and gave nothing new"
	}
	for _, code := range []finding.Code{
		finding.Declined, finding.Deferred, finding.Conditional, finding.Rescheduled, finding.Repeat,
		finding.Waived, finding.OffLadder, finding.SellerOnly, finding.NotByBuyer, finding.NotAsked,
	} {
		if m, ok := find(code); ok {
			return t.finding(m)
		}
	}
	return "The buyer committed to nothing new"
}
