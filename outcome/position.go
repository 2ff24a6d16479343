package outcome

import (
	"math"
	"sync/atomic"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// position is how a deal stands, but for dates, clocks and counts: what has
// become of each commitment, and where that puts the deal. There are few of
// them, to which deals come again and again. It never changes.
type position struct {
	seed     uint64         // mixed from all of it
	flags    []flags        // by rung
	idle     commitment.Set // what could not be credited
	away     []bool         // by kind, its index plus 1: whether such a call belongs elsewhere
	open     bool           // neither won nor lost
	stalls   int            // after how many calls in a row it is stalled
	patience int64          // for how many whole seconds it is not, since its clock started
	footing
	rest move // that of a call that does nothing
	view atomic.Pointer[outlook]
}

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
func (p *position) cell(r commitment.Rung, dates []instant) cell { return cell{dates[r], p.flags[r]} }

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
	p := &position{flags: make([]flags, len(w.cells)), seed: k.hash()}
	p.footing.set(&w.footing)
	p.look(w.process)
	for i := range w.cells {
		r, flags := commitment.Rung(i), w.cells[i].flags
		p.flags[i] = flags
		p.idle.Put(r, flags.is(ever) || i <= w.now.Mark && !w.exits.Awaits(r, flags.grip()))
	}
	p.rest.from, p.rest.to = p, p
	positions.keep(place, k, p)
	return p
}

// look works out what follows from the stage alone.
func (p *position) look(of *process.Process) {
	stage := p.now.Stage
	p.away = append(p.away, false)
	for kind := range of.Kinds() {
		p.away = append(p.away, !kind.BelongsTo(stage))
	}
	limit := of.Stage(stage).Stalls()
	p.open, p.stalls, p.patience = stage < of.Won(), limit.Calls, secondsOf(limit.Time)
	if limit.Calls == 0 {
		p.stalls = math.MaxInt
	}
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
