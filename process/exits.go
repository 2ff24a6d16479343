package process

import "github.com/advance-sales/advance/commitment"

// Exits says which exits of a process holdings satisfy, and follows the holdings
// as they change: it counts what each criterion has got, so that a change costs
// a few additions, however many exits there are. [Exits.Reset] comes first.
type Exits struct {
	paths  *paths
	last   int      // the position after the last satisfied exit
	counts []uint16 // by stage: criteria that are not satisfied; then by criterion: items that are there
}

// Grip is how an exit sees a commitment.
type Grip uint8

// The ways to have a commitment. What is waived is had in both.
const (
	GripHeld Grip = 1 << iota
	GripKept
)

// paths are the exits of a process, seen from the commitments.
type paths struct {
	mentions [][]mention // by rung: where exits ask for it
	gates    []int       // the open stages with a hard gate, in order
	start    []uint16    // the counts where nothing is held
}

// mention is an item of a criterion.
type mention struct {
	criterion uint32 // as an index into counts
	needs     uint16 // how many items the criterion asks for
	stage     uint16
	as        Grip
}

// compilePaths lists the mentions of each commitment.
func (p *Process) compilePaths() {
	t := &p.paths
	t.mentions = make([][]mention, len(p.commitments))
	t.start = make([]uint16, p.won)
	for i := range t.start {
		s := &p.stages[i]
		t.start[i] = max(1, uint16(len(s.exit))) // no exit is never satisfied
		for j := range s.exit {
			c, criterion := &s.exit[j], uint32(len(t.start))
			t.start = append(t.start, 0)
			note := func(items commitment.Set, as Grip) {
				for r := range items.All() {
					t.mentions[r] = append(t.mentions[r], mention{criterion, uint16(c.n), uint16(i), as})
				}
			}
			note(c.held, GripHeld)
			note(c.kept, GripKept)
		}
	}
}

// Reset lets it begin again with the exits of a process, where nothing is held.
func (x *Exits) Reset(p *Process) {
	x.paths, x.last = &p.paths, 0
	x.counts = append(x.counts[:0], p.paths.start...)
}

// Set makes it the same as another one.
func (x *Exits) Set(y *Exits) {
	x.paths, x.last = y.paths, y.last
	x.counts = append(x.counts[:0], y.counts...)
}

// Put enters how a commitment is had that was had otherwise so far.
func (x *Exits) Put(r commitment.Rung, was, is Grip) {
	for _, m := range x.paths.mentions[r] {
		switch had, has := was&m.as != 0, is&m.as != 0; {
		case has && !had:
			if x.counts[m.criterion]++; x.counts[m.criterion] == m.needs {
				x.met(int(m.stage))
			}
		case had && !has:
			if x.counts[m.criterion] == m.needs {
				x.counts[m.stage]++
			}
			x.counts[m.criterion]--
		}
	}
	for x.last > 0 && x.counts[x.last-1] != 0 {
		x.last--
	}
}

// met enters that one more criterion of a stage is satisfied.
func (x *Exits) met(stage int) {
	if x.counts[stage]--; x.counts[stage] == 0 {
		x.last = max(x.last, stage+1)
	}
}

// Awaits reports whether some unsatisfied exit still waits for a commitment, or
// for it to be kept, that is had so far as it is.
func (x *Exits) Awaits(r commitment.Rung, is Grip) bool {
	for _, m := range x.paths.mentions[r] {
		if x.counts[m.criterion] < m.needs && is&m.as == 0 {
			return true
		}
	}
	return false
}

// Position returns where the exits put a deal, see [Process.Position].
func (x *Exits) Position() int {
	for _, gate := range x.paths.gates {
		if gate < x.last && x.counts[gate] != 0 {
			return gate
		}
	}
	return x.last
}

// Gap reports whether an exit from one stage on, up to another, is not satisfied.
func (x *Exits) Gap(from, to int) bool {
	for i := from; i < to; i++ {
		if x.counts[i] != 0 {
			return true
		}
	}
	return false
}
