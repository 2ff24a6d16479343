package commitment

import (
	"iter"
	"math/bits"
)

// Rung is the rank of a commitment among all those of its process, from 0 for
// the weakest. It fits a [Set].
type Rung uint8

// MaxRungs is the greatest number of commitments in one process.
const MaxRungs = 256

// Set is a set of rungs. The zero value is empty; sets are compared with ==.
type Set [MaxRungs / 64]uint64

// Has reports whether r is in the set.
func (s *Set) Has(r Rung) bool { return s[r>>6]&(1<<(r&63)) != 0 }

// Add puts r into the set.
func (s *Set) Add(r Rung) { s[r>>6] |= 1 << (r & 63) }

// Remove takes r out of the set.
func (s *Set) Remove(r Rung) { s[r>>6] &^= 1 << (r & 63) }

// Put puts r into the set, or takes it out.
func (s *Set) Put(r Rung, in bool) {
	word, bit := &s[r>>6], uint64(1)<<(r&63)
	*word &^= bit
	if in {
		*word |= bit
	}
}

// Union returns what is in s or t.
func (s Set) Union(t Set) Set {
	for i := range s {
		s[i] |= t[i]
	}
	return s
}

// Intersect returns what is in both s and t.
func (s Set) Intersect(t Set) Set {
	for i := range s {
		s[i] &= t[i]
	}
	return s
}

// Meets reports whether s and t have a rung in common.
func (s *Set) Meets(t *Set) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

// Minus returns what is in s and not in t.
func (s Set) Minus(t Set) Set {
	for i := range s {
		s[i] &^= t[i]
	}
	return s
}

// IsEmpty reports whether nothing is in the set.
func (s Set) IsEmpty() bool { return s[0]|s[1]|s[2]|s[3] == 0 }

// Len returns how many rungs are in the set.
func (s Set) Len() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// Max returns the highest rung of the set; ok is false for an empty one.
func (s Set) Max() (r Rung, ok bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] != 0 {
			return Rung(i<<6 + 63 - bits.LeadingZeros64(s[i])), true
		}
	}
	return 0, false
}

// All yields the rungs of the set, lowest first.
func (s Set) All() iter.Seq[Rung] {
	return func(yield func(Rung) bool) {
		for i, w := range s {
			for ; w != 0; w &= w - 1 {
				if !yield(Rung(i<<6 + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}
