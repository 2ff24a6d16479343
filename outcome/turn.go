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

// dateOf returns the date that a turn sets: the day by which the buyer will do
// it, or the time of the call.
func dateOf(due, call instant) instant {
	if due.isZero() {
		return call
	}
	return due
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

// turn adds a turn to those of the call.
func (r *preparing) turn(does deed, rung commitment.Rung) *turn {
	t := r.turns.add()
	t.does, t.rung = does, rung
	return t
}

// turnBy adds what an entry that may be heard does to its commitment, if it
// qualifies. It reports whether it is of a status that does anything. Entries
// that say the same of the same commitment are one turn: of several dates the
// latest counts. Of several kept entries each is looked at for itself, since
// what they can inherit differs with the deal.
func (r *preparing) turnBy(e *entry) bool {
	does := breakIt
	switch e.Status {
	case commitment.Broken:
	case commitment.Given:
		does = giveIt
	case commitment.Kept:
		t := r.turn(keepIt, e.rung)
		t.bare = e.shortKept(r.process, false)
		t.owed = e.shortKept(r.process, true)
		return true
	case commitment.Waived:
		does = waiveIt
	case commitment.Withdrawn:
		does = withdrawIt
	default:
		return false
	}
	if !e.counts && (does == giveIt || does == waiveIt) {
		return true
	}
	for i := range r.turns.len() {
		if have := r.turns.at(i); have.does == does && have.rung == e.rung {
			have.due = later(have.due, e.due)
			return true
		}
	}
	r.turn(does, e.rung).due = e.due
	return true
}

// inOrder puts the turns into the order in which they apply. Those that do the
// same stay as they were said.
func (r *preparing) inOrder() {
	for i := 1; i < r.turns.len(); i++ {
		for j := i; j > 0 && r.turns.at(j).does < r.turns.at(j-1).does; j-- {
			*r.turns.at(j), *r.turns.at(j - 1) = *r.turns.at(j - 1), *r.turns.at(j)
		}
	}
}
