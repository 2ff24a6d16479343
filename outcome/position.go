package outcome

import (
	"sync/atomic"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// position is how a deal stands, but for dates, clocks and counts: what has
// become of each commitment, and where that puts the deal. There are few of
// them, to which deals come again and again. It never changes.
type position struct {
	seed  uint64         // mixed from all of it
	flags []flags        // by rung
	idle  commitment.Set // what could not be credited
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
	k := append(key(room[:0]), uint64(w.now.Stage)|uint64(w.now.Mark+1)<<16|uint64(w.lost.index)<<32|
		bit(w.isLost())<<62|bit(w.won)<<63)
	for i := 0; i < len(w.cells); {
		var word uint64
		for ; i < len(w.cells) && i%8 < 7; i++ {
			word = word<<8 | uint64(w.cells[i].flags)
		}
		if i < len(w.cells) {
			word = word<<8 | uint64(w.cells[i].flags)
			i++
		}
		k = append(k, word)
	}
	positions := &w.ev.memory.positions
	have, place := positions.find(k)
	if have != nil {
		return *have
	}
	p := &position{flags: make([]flags, len(w.cells)), seed: k.hash()}
	p.footing.set(&w.footing)
	for i := range w.cells {
		r, flags := commitment.Rung(i), w.cells[i].flags
		p.flags[i] = flags
		p.idle.Put(r, flags.is(ever) || i <= w.now.Mark && !w.exits.Awaits(r, flags.grip()))
	}
	p.rest.from, p.rest.to = p, p
	positions.keep(place, k, p)
	return p
}
