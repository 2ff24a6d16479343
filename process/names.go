package process

import (
	"maps"
	"math/bits"
	"slices"
)

// names finds numbers by names: a hash table for the few short words of a
// process, which a map of the language looks up in more than twice the time.
// The zero value knows no name.
type names struct {
	slots  []slot // a power of two, at least a half of them free
	factor uint32
	shift  uint8
}

type slot struct {
	name   string // empty for a free slot
	number int
}

// nameIndex makes the table of a map. An empty name is never found.
func nameIndex[K ~string](numbers map[K]int) names {
	keys := slices.Sorted(maps.Keys(numbers))
	width := bits.Len(uint(2 * len(keys)))
	// A few factors are tried, and the one kept that puts most names where the
	// search for them begins.
	t := names{slots: make([]slot, 1<<width), shift: uint8(32 - width)}
	fill := func(factor uint32) (steps int) {
		clear(t.slots)
		t.factor = factor
		for _, key := range keys {
			if key != "" {
				steps += t.put(string(key), numbers[key])
			}
		}
		return steps
	}
	const factors = 8
	best, least := uint32(0), -1
	for try := range uint32(factors) {
		factor := 2*try*0x9e3779b1 + 0x85ebca6b
		if steps := fill(factor); least < 0 || steps < least {
			best, least = factor, steps
		}
		if least == 0 {
			return t
		}
	}
	fill(best)
	return t
}

// wordIndex makes the table of a list of words; no list gives the zero table.
func wordIndex(words []string) names {
	if words == nil {
		return names{}
	}
	numbers := make(map[string]int, len(words))
	for i, w := range words {
		numbers[w] = i
	}
	return nameIndex(numbers)
}

// put adds a name and returns how far from its place it had to go.
func (t *names) put(name string, number int) (steps int) {
	i := t.place(name)
	for ; t.slots[i].name != ""; i = (i + 1) & (len(t.slots) - 1) {
		steps++
	}
	t.slots[i] = slot{name, number}
	return steps
}

// place returns where the search for a name begins.
func (t *names) place(name string) int {
	n := len(name)
	sum := uint32(name[0]) | uint32(name[n/2])<<8 | uint32(name[n-1])<<16 | uint32(n)<<24
	return int(sum * t.factor >> t.shift)
}

// find returns the number of a name.
func (t *names) find(name string) (number int, ok bool) {
	if name == "" || len(t.slots) == 0 {
		return 0, false
	}
	for i := t.place(name); ; i = (i + 1) & (len(t.slots) - 1) {
		switch s := &t.slots[i]; s.name {
		case name:
			return s.number, true
		case "":
			return 0, false
		}
	}
}

// has reports whether a name is known.
func (t *names) has(name string) bool {
	_, ok := t.find(name)
	return ok
}
