package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// Change is what one call did to a deal: the deal before it, the call, and the
// deal after it. It is all that a house rule sees.
type Change struct {
	Process *process.Process
	Call    *Call
	Kind    *process.Kind // nil without a kind, and for an unknown one

	Before Snapshot // what had lapsed by the time of the call is already gone
	After  Snapshot // a refusal in the call included

	// Gained and Credited are read before a refusal in the same call.
	Gained   commitment.Set // held for the first time
	Credited commitment.Set // gained, and an advance
	Kept     commitment.Set // promises held before that the call fulfilled
	Regained commitment.Set // had been lost and are held again
	Lost     commitment.Set // held before and not after

	// Target is the commitment that the call was for. HasTarget is false where
	// neither the record nor its kind names one.
	Target    commitment.Rung
	HasTarget bool
	Named     bool // the record itself names it

	Lapsed   commitment.Set // held after the previous call, and lapsed since
	Reopened bool           // a lost deal came back
	Stalled  bool           // after the call
}

// change gathers what the call did, for those outside.
func (v *Verdict) change(stalled bool) Change {
	r := v.prepared()
	return Change{
		Process: v.ev.process, Kind: r.kind, Before: *v.before(), After: *v.after(),
		Gained: v.did(gained), Credited: v.Credited(), Kept: v.did(fulfilled), Regained: v.did(regained), Lost: v.did(lost),
		Target: r.target, HasTarget: r.traits.any(aimed), Named: r.traits.any(named),
		Lapsed: v.lapsed(), Reopened: v.move.reopened, Stalled: stalled,
	}
}

// Snapshot is how a deal stands at an instant.
type Snapshot struct {
	Stage  int // see [process.Process.Stage]
	Held   commitment.Set
	Kept   commitment.Set
	Waived commitment.Set
	Ever   commitment.Set // held after some call, or assumed
	Mark   int            // the highest rung ever held; -1 for none
}

// put enters what has become of a commitment.
func (s *Snapshot) put(r commitment.Rung, was, is flags) {
	word, bit, turned := r>>6, r&63, was^is
	s.Held[word] ^= uint64(turned/held&1) << bit
	s.Kept[word] ^= uint64(turned/kept&1) << bit
	s.Waived[word] ^= uint64(turned/waived&1) << bit
	s.Ever[word] ^= uint64(turned/ever&1) << bit
}

// Holdings returns what exits see: what is waived counts as held and kept.
func (s Snapshot) Holdings() process.Holdings {
	return process.Holdings{Held: s.Held.Union(s.Waived), Kept: s.Kept.Union(s.Waived)}
}

// Obtained reports whether the call gained, kept or regained anything.
func (c *Change) Obtained() bool {
	return !c.Gained.IsEmpty() || !c.Kept.IsEmpty() || !c.Regained.IsEmpty()
}

// Creditable reports whether a commitment that had never been held would have
// been credited to the call: it ranks above the mark, or an exit that was not
// satisfied waited for it.
func (c *Change) Creditable(r commitment.Rung) bool {
	return !c.Before.Ever.Has(r) && (int(r) > c.Before.Mark || c.Process.Awaits(c.Before.Holdings(), r))
}

// WasLost reports whether the deal was lost before the call.
func (c *Change) WasLost() bool { return c.Before.Stage > c.Process.Won() }

// Refused reports whether the call refused the deal.
func (c *Change) Refused() bool { return c.Call.NoSale != nil }

// Reached reports whether the call reached the buyer.
func (c *Change) Reached() bool { return c.Call.Contact == Reached }
