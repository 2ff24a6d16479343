package process

import (
	"iter"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/advance-sales/advance/commitment"
)

// Holdings is what a buyer has committed to at an instant, as exits see it: a
// waived commitment is in both sets.
type Holdings struct {
	Held commitment.Set
	Kept commitment.Set
}

// CompiledStage is a stage of a compiled process.
type CompiledStage struct {
	def    Stage
	index  int
	ladder []commitment.Rung
	exit   []criterion
	items  commitment.Set // every commitment that the exit asks for
	stalls StallAfter
}

// StallAfter is the limit of a stage, with what it inherits worked in.
type StallAfter struct {
	Calls int           // 0: however many
	Time  time.Duration // negative: however long
}

// criterion asks for at least n of its items.
type criterion struct {
	n    int
	held commitment.Set // items that have to be held
	kept commitment.Set // items that have to be kept
}

func (c *criterion) satisfied(h *Holdings) bool {
	if c.n == 1 {
		return c.held.Meets(&h.Held) || c.kept.Meets(&h.Kept)
	}
	return c.held.Intersect(h.Held).Len()+c.kept.Intersect(h.Kept).Len() >= c.n
}

// ID returns the id of the stage.
func (s *CompiledStage) ID() StageID { return s.def.ID }

// Name returns its name, or words made from its id where it has none.
func (s *CompiledStage) Name() string { return nameOr(s.def.Name, string(s.def.ID)) }

// Description returns what the process says about it.
func (s *CompiledStage) Description() string { return s.def.Description }

// Index returns its number: along the path from 0, then the lost stages.
func (s *CompiledStage) Index() int { return s.index }

// Closes says how it ends a deal; empty for an open stage.
func (s *CompiledStage) Closes() Closes { return s.def.Closes }

// Hard reports whether nobody passes the stage without its exit.
func (s *CompiledStage) Hard() bool { return s.def.Gate == Hard }

// Probability returns its percentage; ok is false where it has none.
func (s *CompiledStage) Probability() (percent int, ok bool) {
	if s.def.Probability == nil {
		return 0, false
	}
	return *s.def.Probability, true
}

// Forecast returns its forecast category, or nothing.
func (s *CompiledStage) Forecast() string { return s.def.Forecast }

// Ladder yields its rungs, weakest first.
func (s *CompiledStage) Ladder() iter.Seq[commitment.Rung] {
	return func(yield func(commitment.Rung) bool) {
		for _, r := range s.ladder {
			if !yield(r) {
				return
			}
		}
	}
}

// Criteria returns the exit as the definition writes it, defaults and all.
func (s *CompiledStage) Criteria() []Criterion { return cloneExit(s.def.Exit) }

// ExitItems returns every commitment that the exit asks for, held or kept.
func (s *CompiledStage) ExitItems() commitment.Set { return s.items }

// Stalls returns after what a deal without an open commitment is stalled here.
func (s *CompiledStage) Stalls() StallAfter { return s.stalls }

// Satisfied reports whether the exit of an open stage is satisfied. The exit of
// a closed stage never is.
func (s *CompiledStage) Satisfied(h Holdings) bool { return s.satisfied(&h) }

func (s *CompiledStage) satisfied(h *Holdings) bool {
	for i := range s.exit {
		if !s.exit[i].satisfied(h) {
			return false
		}
	}
	return len(s.exit) > 0
}

// Missing returns the commitments that the unsatisfied criteria of the exit
// still wait for: held or kept ones that are not there.
func (s *CompiledStage) Missing(h Holdings) commitment.Set {
	var missing commitment.Set
	for i := range s.exit {
		if c := &s.exit[i]; !c.satisfied(&h) {
			missing = missing.Union(c.held.Minus(h.Held)).Union(c.kept.Minus(h.Kept))
		}
	}
	return missing
}

// Position returns where holdings put a deal: the stage after the last one
// whose exit is satisfied, or the first hard gate that is not, whichever comes
// first.
func (p *Process) Position(h Holdings) int {
	s := p.won
	for s > 0 && !p.stages[s-1].satisfied(&h) {
		s--
	}
	for _, gate := range p.paths.gates {
		if gate < s && !p.stages[gate].satisfied(&h) {
			return gate
		}
	}
	return s
}

// Gaps yields the stages before a position whose exits are not satisfied.
func (p *Process) Gaps(h Holdings, position int) iter.Seq[*CompiledStage] {
	return func(yield func(*CompiledStage) bool) {
		for i := range p.stages[:min(position, p.won)] {
			if s := &p.stages[i]; !s.satisfied(&h) && !yield(s) {
				return
			}
		}
	}
}

// Awaits reports whether some unsatisfied exit of the path still waits for a
// commitment, or for it to be kept.
func (p *Process) Awaits(h Holdings, r commitment.Rung) bool {
	for i := range p.stages[:p.won] {
		s := &p.stages[i]
		if !s.items.Has(r) {
			continue
		}
		if missing := s.Missing(h); missing.Has(r) {
			return true
		}
	}
	return false
}

// ExitItems returns every commitment that an exit of the path asks for.
func (p *Process) ExitItems() commitment.Set { return p.awaited }

// Assumed returns what counts as held, and as kept, for a deal that was opened
// at a stage on trust: every item of the exits before it. Top is the top of
// the ladders before it, and -1 where there is none.
func (p *Process) Assumed(stage int) (h Holdings, top int) {
	top = -1
	for i := range p.stages[:min(stage, p.won)] {
		s := &p.stages[i]
		if n := len(s.ladder); n > 0 {
			top = int(s.ladder[n-1])
		}
		for _, c := range s.exit {
			h.Held = h.Held.Union(c.held).Union(c.kept)
			h.Kept = h.Kept.Union(c.kept)
		}
	}
	return h, top
}

// nameOr makes a name from an id where there is none: "first_meeting" reads
// "First meeting".
func nameOr(name, id string) string {
	if name != "" {
		return name
	}
	words := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return ' '
		}
		return r
	}, id)
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
