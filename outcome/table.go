package outcome

import (
	"math/bits"
	"slices"
	"sync/atomic"
)

// table remembers what was made for a key. Each key has a few places: where all
// of them are taken by others it takes the first. Two goroutines that miss the
// same value both make it.
type table[V any] struct {
	places  []atomic.Pointer[row[V]]
	dropped func(V) // is told of what another value takes the place of; may be nil
}

// row is a value with its key.
type row[V any] struct {
	hash  uint64
	key   key
	value V
	room  [6]uint64 // for the key, which then lies beside it
}

// ways is how many places a key has. Of eight, some is free for nearly every key
// until a table is half full.
const ways = 8

// key is a list of numbers.
type key []uint64

// hash mixes the numbers of a key. Who can make two keys meet gains nothing: one
// of them takes the place of the other.
func (k key) hash() uint64 {
	const a, b = 0x9e3779b97f4a7c15, 0xd1b54a32d192ed03
	h := uint64(len(k))
	for len(k) >= 2 {
		hi, lo := bits.Mul64(h^k[0]^a, k[1]^b)
		h, k = hi^lo, k[2:]
	}
	for _, n := range k {
		hi, lo := bits.Mul64(h^n^a, b)
		h = hi ^ lo
	}
	return h
}

func newTable[V any](room int) table[V] {
	return table[V]{places: make([]atomic.Pointer[row[V]], room)}
}

// find returns what was made for a key, or nil and the place for it.
func (t *table[V]) find(k key) (have *V, place *atomic.Pointer[row[V]]) {
	hash := k.hash()
	next, _ := bits.Mul64(hash, uint64(len(t.places)))
	for range ways {
		at := &t.places[next]
		if next++; next == uint64(len(t.places)) {
			next = 0
		}
		r := at.Load()
		if r == nil {
			return nil, at
		}
		if r.hash == hash && slices.Equal(r.key, k) {
			return &r.value, nil
		}
		if place == nil {
			place = at
		}
	}
	return nil, place
}

// keep puts what was made into its place, and returns it.
func (t *table[V]) keep(place *atomic.Pointer[row[V]], k key, made V) *V {
	r := &row[V]{hash: k.hash(), value: made}
	r.key = append(r.room[:0], k...)
	if old := place.Swap(r); old != nil && t.dropped != nil {
		t.dropped(old.value)
	}
	return &r.value
}

// number returns the number that was given to a key, or gives it the next one.
func number(of *table[uint64], k key, last *atomic.Uint64) uint64 {
	have, place := of.find(k)
	if have == nil {
		have = of.keep(place, k, last.Add(1))
	}
	return *have
}
