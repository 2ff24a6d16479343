package outcome

// shape stands for all that a call does to commitments, whatever the deal, but
// for dates: calls that do the same have the same. Zero is nothing at all.
type shape uint64

// What a shape may be.
const (
	talked   shape = 1 << 61 // the buyer was reached
	oneTurn  shape = 1 << 62 // the rest is the turn itself
	moreSaid shape = 1 << 63 // the rest is a number that was given to the list of turns
	nameless       = oneTurn | moreSaid
)

// mostCompared is how many turns a call may have for its shape to have a name.
const mostCompared = 32

// shape returns the shape of a call.
func (l *memory) shape(r *ready) shape {
	with := shape(bit(r.traits.any(reached))) * talked
	switch refused := r.traits.any(refuses); {
	case r.turns.n == 0 && !refused:
		return 0
	case r.turns.n == 1 && !refused:
		return with | oneTurn | shape(r.turns.first[0].number(r.at))
	case r.turns.n > mostCompared:
		return nameless
	}
	var room [8]uint64
	k := append(key(room[:0]), 0)
	if r.traits.any(refuses) {
		k[0] = 1 + uint64(r.lost)
	}
	for i := range r.turns.n {
		k = append(k, r.turns.at(i).number(r.at))
	}
	return with | moreSaid | shape(number(&l.shapes, k, &l.named))
}

// number returns a number for the turn of a call at an instant, in some forty
// bits.
func (t *turn) number(at instant) uint64 {
	return uint64(t.does) | uint64(t.rung)<<8 | uint64(t.bare)<<16 | uint64(t.owed)<<24 |
		bit(t.due.isZero())<<32 | bit(t.due.before(at))<<33
}
