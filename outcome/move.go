package outcome

import (
	"sync"
	"sync/atomic"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// move is what some turns do to a deal in some position. It takes a while to
// work out, and calls come to the same moves again and again: so each is worked
// out when it first comes up, and kept. It never changes.
//
// Dates are left to the call and the deal. How those compare that matter is part
// of what the move is of.
type move struct {
	from  *position
	shape shape
	dates uint64 // see [Fold.compare]

	// What every call that makes it looks at stands close together.
	to       *position
	codes    codes   // what there is to say of it
	clears   codes   // what there would be to say, had the call done nothing
	result   Result  // zero: the same as if it had done nothing
	progress bool    // a lost deal came back, or something was credited or regained
	restarts bool    // that, or a promise was kept: the clock starts again
	wakes    bool    // the clocks have to be looked at
	sets     setting // which dates it sets
	best     uint16  // the highest rung that was credited, plus 1; 0 for none
	did      acts    // to any commitment

	trace    atomic.Uint64 // see [templates.trace]
	credited commitment.Set
	touches  touches
	shorts   []remark // of kept entries that can not inherit what they need
	reopened bool     // a lost deal came back
}

// setting says which dates a move sets.
type setting uint8

const (
	noDate   setting = iota
	itsDate          // that of the one commitment that its only turn is about
	allDates         // whatever its touches say
)

// memory is what an evaluator remembers of positions and moves, as they come up.
// It may be used by several goroutines at once: two that miss the same thing
// both work it out, and come to the same.
type memory struct {
	process   *process.Process
	habits    []habits      // by stage
	works     sync.Pool     // of *work
	shapes    table[uint64] // of more than one turn
	positions table[*position]
	moves     table[*move]
	named     atomic.Uint64 // how many shapes and positions there were
	start     *position     // of a deal of which nothing is known
}

// movesKept is how many moves an evaluator remembers, of some 370 bytes each with
// their keys.
const movesKept = 1 << 12

// newMemory returns one for a process, with room for so many moves, a quarter as
// many positions and a sixteenth as many shapes.
func newMemory(p *process.Process, room int) *memory {
	l := &memory{
		process:   p,
		habits:    habitsOf(p),
		shapes:    newTable[uint64](1 + room/16),
		positions: newTable[*position](1 + room/4),
		moves:     newTable[*move](room),
	}
	l.works.New = func() any { return &work{memory: l, process: p, cells: make([]cell, p.Len())} }
	w := l.workplace()
	w.open(&State{})
	l.start = w.position()
	w.leave()
	l.positions.dropped = func(p *position) {
		if p != l.start {
			p.forget()
		}
	}
	return l
}

// workplace returns where a move can be worked out, until it is left.
func (l *memory) workplace() *work { return l.works.Get().(*work) }

func (w *work) leave() {
	w.move = nil
	w.memory.works.Put(w)
}

// find returns the move of a call from a position: one that was made from there
// lately, or any that is known.
func (f *Fold) find(c *brief, r *ready, dates uint64) *move {
	lately := f.at.lately(c.shape, dates)
	if m := lately.Load(); m != nil && m.shape == c.shape && m.dates == dates {
		return m
	}
	if c.shape == nameless {
		return f.workOut(c, r, dates)
	}
	k := key{f.at.number, uint64(c.shape), dates}
	have, place := f.memory.moves.find(k)
	if have == nil {
		have = f.memory.moves.keep(place, k, f.workOut(c, r, dates))
	}
	if lately.Store(*have); f.at.gone.Load() {
		lately.Store(nil) // see [position.forget]
	}
	return *have
}
