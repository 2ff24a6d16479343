package outcome

import "github.com/advance-sales/advance/commitment"

// turn is one thing that a call does to a commitment, whatever is known of it.
type turn struct {
	does deed
	rung commitment.Rung
	bare commitment.Shortfall // of a kept entry that can inherit nothing
	owed commitment.Shortfall // of one that can
	due  instant              // of what was given; zero for none
}

// deed is what a turn does. The deeds stand in the order in which they apply.
type deed uint8

const (
	breakIt    deed = iota // the buyer did not do it
	missIt                 // they did not come to it, where it is held and not kept
	giveIt                 // the buyer agreed to it
	keepIt                 // the buyer did it
	holdIt                 // the call took place, which keeps it where it is held
	waiveIt                // it is not needed
	withdrawIt             // the buyer took it back
)

// each adds the steps of the entries with a status. Entries that say the same
// of the same commitment are one turn: of several dates the latest counts.
func (r *preparing) each(entries []entry, status commitment.Status, does deed) {
	for i := range entries {
		e := &entries[i]
		if !e.known || e.Status != status || !e.counts && (does == giveIt || does == waiveIt) ||
			e.By != commitment.Buyer && (does != waiveIt || e.By != commitment.Seller) {
			continue
		}
		s := turn{does: does, rung: e.rung, due: e.due}
		if does == keepIt {
			s.bare = e.shortKept(r.process, false)
			s.owed = e.shortKept(r.process, true)
		}
		if does == breakIt || does == withdrawIt {
			r.traits |= breaks
		}
		if does != keepIt && r.merge(s) {
			continue
		}
		r.turns.add(s)
	}
}

// merge makes a turn one with an earlier one that does the same, if there is
// any. Of several kept entries each is looked at for itself, since what they
// can inherit differs with the deal.
func (r *preparing) merge(s turn) bool {
	for i := range r.turns.len() {
		if have := r.turns.at(i); have.does == s.does && have.rung == s.rung {
			have.due = later(have.due, s.due)
			return true
		}
	}
	return false
}
