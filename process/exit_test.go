package process

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/commitment"
)

// path is a process with a stage for every form of exit.
const path = `
advance: 1
id: path
version: 1
commitments: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}}
stages:
  - {id: s0, ladder: [a, b], exit: b}
  - {id: s1, ladder: [c], exit: {any: [c, kept: b]}}
  - {id: s2, ladder: [d, e], exit: {at_least: {n: 2, of: [d, e, kept: c]}}, gate: hard}
  - {id: s3, ladder: [f], exit: [f, kept: b]}
  - {id: won, closes: won, ladder: [g]}
  - {id: lost, closes: lost}
`

// holdings reads "a b! d": a and d are held, and b is kept.
func holdings(p *Process, text string) Holdings {
	var h Holdings
	for word := range strings.FieldsSeq(text) {
		id, kept := strings.CutSuffix(word, "!")
		r, _ := p.Rung(commitment.ID(id))
		h.Held.Add(r)
		if kept {
			h.Kept.Add(r)
		}
	}
	return h
}

func ids(p *Process, set commitment.Set) string {
	var names []string
	for r := range set.All() {
		names = append(names, string(p.Commitment(r).ID()))
	}
	return strings.Join(names, " ")
}

func TestPositionAndGaps(t *testing.T) {
	p, err := Parse("", []byte(path))
	assert.NoError(t, err)
	for _, c := range []struct {
		held     string
		position string
		gaps     string
	}{
		{"", "s0", ""},
		{"a", "s0", ""},
		{"b", "s1", ""},
		{"b!", "s2", ""}, // the next exit waits for b to be kept
		{"c", "s2", "s0"},
		{"b c", "s2", ""},
		{"b c d", "s2", ""},
		{"b c d e", "s3", ""},
		{"b c! e", "s3", ""},
		{"d e", "s3", "s0 s1"},
		{"f", "s0", ""},
		{"b! f", "s2", ""}, // the exit of s3 is satisfied, but the gate of s2 is hard
		{"b! d e f", "won", ""},
		{"b d e f", "s3", "s1"},
		{"a b! c! d! e! f! g!", "won", ""},
		{"g", "s0", ""},
	} {
		h := holdings(p, c.held)
		at := p.Position(h)
		var gaps []string
		for s := range p.Gaps(h, at) {
			gaps = append(gaps, string(s.ID()))
		}
		assert.Equal(t, c.position, string(p.Stage(at).ID()), "with %q", c.held)
		assert.Equal(t, c.gaps, strings.Join(gaps, " "), "with %q", c.held)
	}
}

// What exits come to step by step is what all holdings at once come to.
func TestExitsFollow(t *testing.T) {
	p, err := Parse("", []byte(path))
	assert.NoError(t, err)
	rng := rand.New(rand.NewPCG(1, 2))
	var x Exits
	for range 50 {
		var h Holdings
		grips := make([]Grip, p.Len())
		x.Reset(p)
		for range 40 {
			r := commitment.Rung(rng.IntN(p.Len()))
			is := Grip(rng.IntN(4))
			x.Put(r, grips[r], is)
			grips[r] = is
			h.Held.Put(r, is&GripHeld != 0)
			h.Kept.Put(r, is&GripKept != 0)
			assert.Equal(t, p.Position(h), x.Position(), "%v", h)
			for r := range commitment.Rung(p.Len()) {
				assert.Equal(t, p.Awaits(h, r), x.Awaits(r, grips[r]), "%v: %d", h, r)
			}
			for to := range p.Won() + 1 {
				gaps := slices.Collect(p.Gaps(h, to))
				assert.Equal(t, len(gaps) > 0, x.Gap(0, to), "%v: up to %d", h, to)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	p, err := Parse("", []byte(path))
	assert.NoError(t, err)
	for _, c := range []struct {
		stage         int
		held, missing string
		satisfied     bool
	}{
		{0, "", "b", false},
		{0, "b", "", true},
		{1, "", "b c", false},
		{1, "b", "b c", false}, // b is held, and still waited for to be kept
		{1, "b!", "", true},
		{2, "", "c d e", false},
		{2, "d", "c e", false},
		{2, "d c", "c e", false},
		{2, "d c!", "", true},
		{3, "", "b f", false},
		{3, "f", "b", false},
		{3, "b!", "f", false},
		{3, "b! f", "", true},
		{4, "g", "", false}, // a closed stage has no exit
	} {
		h, s := holdings(p, c.held), p.Stage(c.stage)
		assert.Equal(t, c.missing, ids(p, s.Missing(h)), "%s with %q", s.ID(), c.held)
		assert.Equal(t, c.satisfied, s.Satisfied(h), "%s with %q", s.ID(), c.held)
	}
	h := holdings(p, "b f")
	for id, awaited := range map[commitment.ID]bool{"a": false, "b": true, "c": true, "f": false, "g": false} {
		r, _ := p.Rung(id)
		assert.Equal(t, awaited, p.Awaits(h, r), id)
	}
	assert.Equal(t, "b c d e f", ids(p, p.ExitItems()))
}

func TestAssumed(t *testing.T) {
	p, err := Parse("", []byte(path))
	assert.NoError(t, err)
	for stage, want := range []string{
		"held , kept , top -1",
		"held b, kept , top 1",
		"held b c, kept b, top 2",
		"held b c d e, kept b c, top 4",
		"held b c d e f, kept b c, top 5",
		"held b c d e f, kept b c, top 5", // the lost stage: all that leads to the won one
	} {
		h, top := p.Assumed(stage)
		assert.Equal(t, want, fmt.Sprintf("held %s, kept %s, top %d", ids(p, h.Held), ids(p, h.Kept), top), "opened at %s", p.Stage(stage).ID())
		if stage <= p.Won() {
			assert.Equal(t, stage, p.Position(h), "what is assumed puts a deal where it was opened")
		}
	}
}

func TestCriteriaItems(t *testing.T) {
	assert.Equal(t, []Item{Held("a")}, Criterion{Item: Held("a")}.Items())
	assert.Equal(t, []Item{Kept("a"), Held("b")}, Criterion{Any: []Item{Kept("a"), Held("b")}}.Items())
	assert.Equal(t, []Item{Held("b")}, Criterion{AtLeast: 1, Of: []Item{Held("b")}}.Items())
}
