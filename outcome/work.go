package outcome

import (
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// work is where a move is worked out: what is known of a deal, to be changed.
type work struct {
	memory  *memory
	process *process.Process
	cells   []cell // by rung
	footing
	unwon bool // this call broke or withdrew what the deal was won through
	move  *move
}

// begin takes over what is known of a deal.
func (w *work) begin(from *position, dates []instant) {
	w.footing.set(&from.footing)
	w.unwon = false
	for r := range w.cells {
		w.cells[r] = from.cell(commitment.Rung(r), dates)
	}
}

// open takes over what a state holds.
func (w *work) open(s *State) {
	clear(w.cells)
	w.now = Snapshot{Mark: s.highest()}
	w.exits.Reset(w.process)
	w.won, w.lost, w.unwon = s.won, s.lost, false
	for i := range s.rungs {
		h := &s.rungs[i]
		w.cells[h.rung] = h.cell
		w.put(h.rung, 0, h.flags)
	}
	w.stand()
}

// judge works out what the turns of a call do. First the deal, of which this
// alone decides what is held and where it stands:
//
//	1  what was said applies, by status: broken, given, kept, waived, withdrawn
//	2  what was gained and credited is read off
//	3  a lost deal reopens, and the stage follows
//	4  a refusal takes back what it takes back
//
// Then whatever judges the deal looks at the outcome.
func (w *work) judge(r *ready) {
	m := w.move
	m.did = w.change(r)
	m.to = w.position()
	m.result = w.moved(r)
	did := m.did
	m.progress = did.any(credited|regained) || m.reopened
	m.restarts = m.progress || did.any(fulfilled)
	if m.restarts {
		m.wakes = m.to.habits.patience == 0
	} else {
		m.wakes = m.to.now.Stage != m.from.now.Stage
	}
	m.sets = m.settings(r)
	m.credited = m.touches.set(credited)
	if best, ok := m.credited.Max(); ok {
		m.best = uint16(best) + 1
	}
	m.codes |= w.lookAtTheDeal(r)
	m.clears = isNotSo(did, m.result)
}

// settings says which dates the move of a call sets.
func (m *move) settings(r *ready) (s setting) {
	for i := range m.touches.n {
		if m.touches.at(i).gift == 0 {
			continue
		}
		if m.touches.n == 1 && r.turns.n == 1 {
			return itsDate
		}
		s = allDates
	}
	return s
}

// put enters what has become of a commitment, and reports whether that makes a
// difference to exits.
func (w *work) put(r commitment.Rung, was, is flags) bool {
	w.now.put(r, was, is)
	had, has := was.grip(), is.grip()
	if had == has {
		return false
	}
	w.exits.Put(r, had, has)
	return true
}

// grip says how exits see a commitment.
func (f flags) grip() process.Grip {
	if f.is(waived) {
		return process.GripHeld | process.GripKept
	}
	return process.Grip(f & (held | kept)) // the same bits
}

// change applies what was said, and a refusal, and says what that did.
func (w *work) change(r *ready) (did acts) {
	m, differs := w.move, false
	if r.turns.n > 0 {
		w.apply(r)
		did, differs = w.readOff()
	}
	if did.any(gave) && w.isLost() && w.cameBack() {
		w.lost = stageRef{}
		m.reopened = !r.traits.any(refuses)
	}
	if differs || w.unwon || did.any(gave) {
		w.stand()
	}
	if r.traits.any(refuses) {
		w.refuse(r)
		did |= m.touches.losses()
	}
	return did
}

// passed reports whether the call moved the deal past an exit that is not
// satisfied. A deal that comes back from lost passes all that lies before it.
func (w *work) passed() bool {
	won, from, to := w.process.Won(), w.move.from.now.Stage, w.now.Stage
	if from > won {
		from = 0
	}
	return to > from && to <= won && w.exits.Gap(from, to)
}

// readOff finds what was said came to for each commitment that was touched: what
// was gained, and what of that is credited, kept, regained and lost, as seen
// from the deal as it stood before. Then it brings what is known to be held up
// to date, and reports whether that makes a difference to exits.
func (w *work) readOff() (did acts, differs bool) {
	m := w.move
	for i := range m.touches.n {
		t := m.touches.at(i)
		c := &w.cells[t.rung]
		was, is, acts := t.before, c.flags, t.acts
		if is.is(held) {
			switch {
			case !was.is(ever):
				if int(t.rung) > m.from.now.Mark || w.exits.Awaits(t.rung, was.grip()) {
					acts |= gained | credited
				} else {
					acts |= gained | below
				}
				is |= ever
				c.flags = is
				w.now.Mark = max(w.now.Mark, int(t.rung))
			case !was.is(held):
				acts |= regained
			}
			if acts.any(keptAnew) {
				acts |= fulfilled
			}
		} else if was.is(held) {
			acts |= lost
		}
		if is.is(kept) && was&(held|kept) == held {
			acts |= fulfilled
		}
		t.acts, t.unsold, t.after = acts, is, is
		t.lasts = secondsOf(is.lasts(w.process, t.rung))
		did |= acts
	}
	for i := range m.touches.n {
		t := m.touches.at(i)
		if w.put(t.rung, t.before, t.after) {
			differs = true
		}
	}
	return did, differs
}

// cameBack reports whether the buyer gave or kept something that is held.
func (w *work) cameBack() bool {
	for i := range w.move.touches.n {
		if t := w.move.touches.at(i); t.acts.any(gave) && t.unsold.is(held) {
			return true
		}
	}
	return false
}

// stand finds the stage. A won deal stays won until what it was won through is
// taken back.
func (w *work) stand() {
	if w.isLost() {
		w.now.Stage = w.lost.index
		return
	}
	won := w.process.Won()
	w.now.Stage = w.exits.Position()
	if w.won = w.won && !w.unwon || w.now.Stage == won; w.won {
		w.now.Stage = won
	}
}

// refuse closes the deal as lost. It takes back what was given and not kept, and
// from a won deal what it was won through, waivers included.
func (w *work) refuse(r *ready) {
	p, touches := w.process, &w.move.touches
	var won commitment.Set
	if w.won {
		won = p.Stage(p.Won() - 1).ExitItems()
	}
	for rung := range w.now.Held.Union(w.now.Waived).All() {
		c := &w.cells[rung]
		was := c.flags
		switch {
		case won.Has(rung):
			c.release()
			c.flags &^= waived
		case c.flags&(held|kept|assumed) == held:
			c.release()
		}
		if c.flags == was {
			continue
		}
		t := touches.find(rung)
		if t == nil {
			t = touches.add()
			t.rung, t.before, t.unsold = rung, was, was
		}
		t.after = c.flags
		w.put(rung, was, c.flags)
	}
	w.won = false
	w.lost = stageRef{p.Stage(r.lost).ID(), r.lost}
	w.stand()
}

// falls notes that a kept entry does not count.
func (w *work) falls(r commitment.Rung, short commitment.Shortfall) {
	w.move.codes.add(finding.Unqualified)
	w.move.shorts = append(w.move.shorts, remark{code: finding.Unqualified, about: true, rung: r, short: short})
}
