package outcome

import (
	"math"
	"sync/atomic"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// position is how a deal stands, but for dates, clocks and counts: what has
// become of each commitment, and where that puts the deal. There are few of
// them, to which deals come again and again. It never changes, but for what is
// remembered of it.
type position struct {
	// What every call looks at comes first, and close together.
	latest [8]atomic.Pointer[move] // from here, see [position.lately]
	gone   atomic.Bool             // another one has its place in the table
	number uint64                  // among all positions and shapes that there were
	habits *habits                 // of its stage
	view   atomic.Pointer[outlook] // see [templates.view]
	said   string                  // flags by rung, one a byte
	idle   commitment.Set          // what could not be credited

	footing
	rest move // that of a call that does nothing
}

// habits are what follows from the stage of a deal alone.
type habits struct {
	away     []bool // by kind, its index plus 1: whether such a call belongs elsewhere
	open     bool   // neither won nor lost
	stalls   int    // after how many calls in a row a deal is stalled
	patience int64  // for how many whole seconds it is not, since its clock started
}

// lately returns the place for a move among those that were made from here
// lately. That one is found there takes a deal and its call alone, where a table
// would have to be looked up.
func (p *position) lately(s shape, dates uint64) *atomic.Pointer[move] {
	return &p.latest[(uint64(s)^dates<<40)*0x9e3779b97f4a7c15>>61]
}

// forget lets go of the moves that were made from here: a position that is gone
// may still be the end of some move, and would hold on to all that came after it.
func (p *position) forget() {
	p.gone.Store(true)
	for i := range p.latest {
		p.latest[i].Store(nil)
	}
}

// flags returns what has become of a commitment.
func (p *position) flags(r commitment.Rung) flags { return flags(p.said[r]) }

// footing is where a deal is put by what has become of its commitments.
type footing struct {
	now   Snapshot
	exits process.Exits
	won   bool
	lost  stageRef
}

// set makes it the same as another one.
func (f *footing) set(g *footing) {
	f.now, f.won, f.lost = g.now, g.won, g.lost
	f.exits.Set(&g.exits)
}

// isLost reports whether the deal was refused and has not come back.
func (f *footing) isLost() bool { return f.lost.id != "" }

// cell returns what is known of a commitment, with its date.
func (p *position) cell(r commitment.Rung, dates []instant) cell { return cell{dates[r], p.flags(r)} }

// position returns the position that the work has come to.
func (w *work) position() *position {
	var room [8]uint64
	k := positionKey(room[:0], len(w.cells), w.now.Mark, w.won, w.lost)
	for r := range w.cells {
		k.put(commitment.Rung(r), w.cells[r].flags)
	}
	positions := &w.memory.positions
	have, place := positions.find(k)
	if have != nil {
		return *have
	}
	p := &position{number: w.memory.named.Add(1), habits: &w.memory.habits[w.now.Stage]}
	p.footing.set(&w.footing)
	said := make([]byte, len(w.cells))
	for i := range w.cells {
		r, flags := commitment.Rung(i), w.cells[i].flags
		said[i] = byte(flags)
		p.idle.Put(r, flags.is(ever) || i <= w.now.Mark && !w.exits.Awaits(r, flags.grip()))
	}
	p.said = string(said)
	p.rest.from, p.rest.to = p, p
	positions.keep(place, k, p)
	return p
}

// habitsOf returns those of the stages of a process.
func habitsOf(p *process.Process) (all []habits) {
	for stage := range p.Stages() {
		limit := stage.Stalls()
		h := habits{
			away: []bool{false},
			open: stage.Index() < p.Won(), stalls: limit.Calls, patience: secondsOf(limit.Time),
		}
		if h.stalls == 0 {
			h.stalls = math.MaxInt
		}
		for kind := range p.Kinds() {
			h.away = append(h.away, !kind.BelongsTo(stage.Index()))
		}
		all = append(all, h)
	}
	return all
}

// position returns the position of a state.
func (l *memory) position(s *State) *position {
	if s.isNew() {
		return l.start
	}
	var room [8]uint64
	k := positionKey(room[:0], l.process.Len(), s.highest(), s.won, s.lost)
	for i := range s.rungs {
		k.put(s.rungs[i].rung, s.rungs[i].flags)
	}
	if have, _ := l.positions.find(k); have != nil {
		return *have
	}
	w := l.workplace()
	defer w.leave()
	w.open(s)
	return w.position()
}

// positionKey begins the key of a position of so many commitments, of which the
// stage is a consequence.
func positionKey(k key, commitments, mark int, won bool, lost stageRef) key {
	k = append(k, uint64(mark+1)|uint64(lost.index)<<32|bit(lost.id != "")<<62|bit(won)<<63)
	for range (commitments + 7) / 8 {
		k = append(k, 0)
	}
	return k
}

// put enters what has become of a commitment.
func (k key) put(r commitment.Rung, f flags) { k[1+int(r)/8] |= uint64(f) << (r % 8 * 8) }
