package outcome

import "github.com/advance-sales/advance/commitment"

// touch is what a call did to one commitment. A call speaks of a few of them
// only, so whatever judges it looks at these, and never at all that is held.
type touch struct {
	rung   commitment.Rung
	before flags // when the call began: what had lapsed by then is gone
	unsold flags // after its entries, before a refusal of the deal
	after  flags
	acts   acts
	lasts  int64  // after its date, in whole seconds
	gift   uint16 // of the turn that set its date: its number, plus 1; 0 for none
}

// acts say what a call did to a commitment, or to any of them.
type acts uint32

const (
	gained    acts = 1 << iota // held for the first time
	credited                   // gained, and an advance
	fulfilled                  // a promise that was held before, and has been kept
	regained                   // had been lost and is held again
	lost                       // held before and not after

	broken    // held, and did not happen
	withdrawn // held, and taken back
	notHeld   // broken or withdrawn, and not held
	repeated  // so already, with no new date
	moved     // held, and given another date
	excused   // waived
	met       // with a qualifying entry of the buyer, given or kept
	gave      // given or kept, by an entry or by the taking place of the call
	renewed   // kept before the call, and promised again up to its time or later
	keptAnew  // of those, what the call kept again
	done      // kept by an entry
	below     // gained, and not credited
)

func (a acts) any(of acts) bool { return a&of != 0 }

// touches is the list of a move, one a commitment.
type touches struct{ short[touch] }

// find returns the touch of a commitment, or nil.
func (l *touches) find(r commitment.Rung) *touch {
	for i := range l.n {
		if t := l.at(i); t.rung == r {
			return t
		}
	}
	return nil
}

// set returns the commitments to which the call did any of some things.
func (l *touches) set(of acts) (set commitment.Set) {
	for i := range l.n {
		if t := l.at(i); t.acts.any(of) {
			set.Add(t.rung)
		}
	}
	return set
}

// losses marks what was held before and is not after a refusal.
func (l *touches) losses() (all acts) {
	for i := range l.n {
		if t := l.at(i); t.before.is(held) && !t.after.is(held) {
			t.acts |= lost
			all = lost
		}
	}
	return all
}
