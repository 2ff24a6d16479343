package outcome

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What a table finds was made for that key, however little room there is, and
// what was kept last is there.
func TestTableFindsNothingElse(t *testing.T) {
	type made struct{ a, b, c uint64 }
	of := func(n uint64) (key, made) {
		m := made{n % 3, n / 3 % 5, n / 15}
		k := key{m.a, m.b, m.c}
		return k[:3-n%2], made{m.a, m.b, m.c * (1 - n%2)} // of some the last number is left out
	}
	for _, room := range []int{1, 5, 64} {
		l, r, hits := newTable[made](room), rand.New(rand.NewPCG(1, 2)), 0
		for range 5000 {
			k, want := of(r.Uint64N(60))
			have, place := l.find(k)
			if place == nil {
				assert.Equal(t, want, *have)
				hits++
				continue
			}
			assert.Equal(t, want, *l.keep(place, k, want))
			again := slices.Clone(k)
			clear(k) // who looked for it may use it for another one
			have, place = l.find(again)
			assert.Nil(t, place)
			assert.Equal(t, want, *have)
		}
		assert.Positive(t, hits)
	}
}

// Keys that differ in one number, or in their length alone, stand in different
// places.
func TestKeysSpread(t *testing.T) {
	hashes := map[uint64]bool{}
	n := 0
	for _, length := range []int{1, 2, 3, 8} {
		for i := range length {
			for b := range 64 {
				k := make(key, length)
				k[i] = 1 << b
				hashes[k.hash()>>53] = true
				n++
			}
		}
	}
	assert.Greater(t, len(hashes)*2, n)
}

// Keys that meet are told apart.
func TestKeysThatMeet(t *testing.T) {
	const meets = 0xd1b54a32d192ed03 // whatever stands before it
	one, other := key{1, meets}, key{2, meets}
	assert.Equal(t, one.hash(), other.hash())
	l := newTable[string](8)
	_, place := l.find(one)
	l.keep(place, one, "one")
	have, place := l.find(other)
	assert.Nil(t, have)
	l.keep(place, other, "other")
	for k, want := range map[*key]string{&one: "one", &other: "other"} {
		have, _ := l.find(*k)
		assert.Equal(t, want, *have)
	}
}
