package outcome

import (
	"math/bits"
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

	to       *position
	codes    codes          // what there is to say of it
	clears   codes          // what there would be to say, had the call done nothing
	result   Result         // zero: the same as if it had done nothing
	reopened bool           // a lost deal came back
	progress bool           // it did, or something was credited or regained
	restarts bool           // progress, or a promise was kept: the clock starts again
	wakes    bool           // the clocks have to be looked at
	sets     setting        // which dates it sets
	lasts    int64          // if that is its one date: how long what it is of lasts after it
	best     uint16         // the highest rung that was credited, plus 1; 0 for none
	met      commitment.Set // what the buyer gave or kept
	touches  touches
	shorts   []remark // of kept entries that can not inherit what they need

	trace atomic.Uint64 // see [templates.trace]
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
// both work it out, and come to the same. Moves have no [table], since a call
// would take a third longer to judge.
type memory struct {
	process   *process.Process
	works     sync.Pool     // of *work
	shapes    table[shape]  // of more than one turn
	named     atomic.Uint64 // how many of these there were
	positions table[*position]
	start     *position // of a deal of which nothing is known
	moves     []atomic.Pointer[move]
}

// movesKept is how many moves an evaluator remembers, of some 200 bytes each.
const movesKept = 1 << 12

// newMemory returns one for a process, with room for so many moves, a quarter as
// many positions and a sixteenth as many shapes.
func newMemory(p *process.Process, room int) *memory {
	l := &memory{
		process:   p,
		shapes:    newTable[shape](1 + room/16),
		positions: newTable[*position](1 + room/4),
		moves:     make([]atomic.Pointer[move], room+ways-1),
	}
	l.works.New = func() any { return &work{memory: l, process: p, cells: make([]cell, p.Len())} }
	w := l.workplace()
	w.open(&State{})
	l.start = w.position()
	w.leave()
	return l
}

// workplace returns where a move can be worked out, until it is left.
func (l *memory) workplace() *work { return l.works.Get().(*work) }

func (w *work) leave() {
	w.move = nil
	w.memory.works.Put(w)
}

// places returns where a move may be kept.
func (l *memory) places(from *position, s shape, dates uint64) []atomic.Pointer[move] {
	const a, b = 0x9e3779b97f4a7c15, 0xd1b54a32d192ed03
	place, _ := bits.Mul64((from.seed^(uint64(s)^dates<<40)*b)*a, uint64(len(l.moves)-ways+1))
	return l.moves[place : place+ways]
}

// find returns what turns of a shape do to a deal in a position; nil where that
// is not known.
func (l *memory) find(from *position, s shape, dates uint64) *move {
	places := l.places(from, s, dates)
	for i := range places {
		if m := places[i].Load(); m == nil || m.is(from, s, dates) {
			return m
		}
	}
	return nil
}

func (m *move) is(from *position, s shape, dates uint64) bool {
	return m.from == from && m.shape == s && m.dates == dates
}

// keep remembers a move. Where all its places are taken, it takes the first.
func (l *memory) keep(m *move) {
	places := l.places(m.from, m.shape, m.dates)
	for i := range places {
		if places[i].CompareAndSwap(nil, m) {
			return
		}
	}
	places[0].Store(m)
}
