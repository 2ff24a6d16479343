package outcome

import (
	"fmt"
	"slices"
	"time"
	"unique"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// State is what the calls of a deal have added up to. It is a value: copy it,
// compare it with [State.Equal], store it as JSON or in a database column. It
// names the process that it was made with, and can be used with no other. The
// zero State is of no deal; [Open] makes one.
type State struct {
	deal    DealID
	process unique.Handle[process.Ref]
	last    lastCall
	opened  instant // zero until the first call, where the deal record has no time
	clock   instant // the latest of: opening, reopening, credit, regaining, keeping
	until   instant // the end of the latest pause, past or future
	run     int     // calls in a row that reached the buyer and brought nothing
	mark    rungRef // the highest rung ever held
	lost    stageRef
	won     bool
	rungs   []holding // by rung; shared between copies, so only a Fold changes them, its own
	bound   bool      // rung and stage numbers are those of process
}

// lastCall is the call that was applied last.
type lastCall struct {
	at       instant
	id       CallID
	revision int
}

// rungRef is a rung with its id, so that the state can be stored without its
// process. The zero rungRef is none.
type rungRef struct {
	id   commitment.ID
	rung commitment.Rung
}

// stageRef is a stage, likewise.
type stageRef struct {
	id    process.StageID
	index int
}

// holding is what is known of one commitment.
type holding struct {
	id   commitment.ID
	rung commitment.Rung
	cell
}

// cell is what is known of a commitment, whichever it is.
type cell struct {
	at    instant // the due date where dated, else when it was last given
	flags flags
}

type flags uint8

const (
	held    flags = 1 << iota // now
	kept                      // it has happened, and nothing took it back
	assumed                   // held on trust
	waived                    // a waiver lies over it
	dated                     // at is a due date
	again                     // given again after it was kept, and not kept again
	offered                   // once given so that it qualified: what a kept entry inherits
	ever                      // held after some call
)

func (f flags) is(all flags) bool { return f&all == all }

// Deal returns the deal that the state is of.
func (s State) Deal() DealID { return s.deal }

// Process returns the process that the state was made with.
func (s State) Process() process.Ref { return refOf(s.process) }

// refOf returns what a handle stands for; the zero handle stands for nothing.
func refOf(h unique.Handle[process.Ref]) process.Ref {
	if h == (unique.Handle[process.Ref]{}) {
		return process.Ref{}
	}
	return h.Value()
}

// LastCall returns the id of the call that was applied last; it is empty before
// the first.
func (s State) LastCall() CallID { return s.last.id }

// LastAt returns the time of the call that was applied last; it is zero before
// the first.
func (s State) LastAt() time.Time { return s.last.at.time() }

// Equal reports whether two states are the same: no call and no instant could
// tell them apart.
func (s State) Equal(t State) bool {
	return s.deal == t.deal && s.process == t.process && s.last == t.last && s.opened == t.opened &&
		s.clock == t.clock && s.until == t.until && s.run == t.run && s.mark.id == t.mark.id &&
		s.lost.id == t.lost.id && s.won == t.won &&
		slices.EqualFunc(s.rungs, t.rungs, func(a, b holding) bool {
			return a.id == b.id && a.at == b.at && a.flags == b.flags
		})
}

// Open returns the state of a deal before its first call. A deal that names a
// stage is opened there on trust. A stage that the process does not have gives
// an [*UnknownStageError] beside a state that is opened at the first stage.
func Open(p *process.Process, d Deal) (State, error) {
	s := State{deal: d.Deal, process: p.Handle(), bound: true}
	if !d.Opened.IsZero() {
		s.opened = instantOf(d.Opened)
		s.clock = s.opened
	}
	if d.Stage == "" {
		return s, nil
	}
	stage, ok := p.StageByID(d.Stage)
	if !ok {
		return s, &UnknownStageError{Deal: d.Deal, Stage: d.Stage, Process: p}
	}
	if stage.Closes() == process.ClosesLost {
		s.lost = stageRef{stage.ID(), stage.Index()}
		return s, nil
	}
	h, top := p.Assumed(stage.Index())
	for r := range h.Held.All() {
		on := held | assumed | ever
		if h.Kept.Has(r) {
			on |= kept
		}
		s.rungs = append(s.rungs, holding{p.Commitment(r).ID(), r, cell{flags: on}})
	}
	if top >= 0 {
		s.raise(p, commitment.Rung(top))
	}
	s.won = p.Position(s.snapshot(p).Holdings()) == p.Won()
	return s, nil
}

// raise lifts the mark to a rung, if it is not there yet.
func (s *State) raise(p *process.Process, r commitment.Rung) {
	if s.mark.id == "" || r > s.mark.rung {
		s.mark = rungRef{p.Commitment(r).ID(), r}
	}
}

// bind makes sure that the state belongs to a process, and resolves the ids of
// one that was stored.
func (s *State) bind(p *process.Process) error {
	if s.process != p.Handle() {
		return &ProcessError{Deal: s.deal, Have: s.Process(), Want: p.Ref()}
	}
	if s.bound {
		return nil
	}
	s.rungs = slices.Clone(s.rungs)
	for i := range s.rungs {
		r, ok := p.Rung(s.rungs[i].id)
		if !ok {
			return &StateError{s.deal, fmt.Sprintf("it holds %q, which its process does not have", s.rungs[i].id)}
		}
		s.rungs[i].rung = r
	}
	slices.SortFunc(s.rungs, func(a, b holding) int { return int(a.rung) - int(b.rung) })
	for i := 1; i < len(s.rungs); i++ {
		if s.rungs[i].rung == s.rungs[i-1].rung {
			return &StateError{s.deal, fmt.Sprintf("it holds %q twice", s.rungs[i].id)}
		}
	}
	if s.mark.id != "" {
		r, ok := p.Rung(s.mark.id)
		if !ok {
			return &StateError{s.deal, fmt.Sprintf("its mark is %q, which its process does not have", s.mark.id)}
		}
		s.mark.rung = r
	}
	if s.lost.id != "" {
		stage, ok := p.StageByID(s.lost.id)
		if !ok || stage.Closes() != process.ClosesLost {
			return &StateError{s.deal, fmt.Sprintf("it stands in %q, which is no lost stage of its process", s.lost.id)}
		}
		s.lost.index = stage.Index()
	}
	s.bound = true
	return nil
}

// isNew reports whether nothing is known of what the buyer committed to.
func (s *State) isNew() bool { return len(s.rungs) == 0 && s.mark.id == "" && !s.won && !s.isLost() }

// highest returns the highest rung ever held; -1 for none.
func (s *State) highest() int {
	if s.mark.id == "" {
		return -1
	}
	return int(s.mark.rung)
}

// isLost reports whether the deal was refused and has not come back.
func (s *State) isLost() bool { return s.lost.id != "" }

// snapshot says how the deal stands, with what is held now.
func (s *State) snapshot(p *process.Process) Snapshot {
	snap := Snapshot{Mark: s.highest()}
	for i := range s.rungs {
		snap.put(s.rungs[i].rung, 0, s.rungs[i].flags)
	}
	switch {
	case s.isLost():
		snap.Stage = s.lost.index
	case s.won:
		snap.Stage = p.Won()
	default:
		snap.Stage = p.Position(snap.Holdings())
	}
	return snap
}

// lapse lets go of what has lapsed by an instant. The rungs have to be the
// state's own.
func (s *State) lapse(p *process.Process, at instant) {
	for i := range s.rungs {
		if h := &s.rungs[i]; h.isOver(p, h.rung, at) {
			h.release()
		}
	}
}

// lapses returns the last instant at which a commitment that can lapse is held.
func (c *cell) lapses(p *process.Process, r commitment.Rung) (deadline instant, ok bool) {
	after := c.flags.lasts(p, r)
	if after < 0 {
		return instant{}, false
	}
	return c.at.add(after), true
}

// lasts returns for how long after its date a commitment is held; less than
// nothing for one that does not lapse.
func (f flags) lasts(p *process.Process, r commitment.Rung) time.Duration {
	if f&(held|kept|assumed) != held {
		return -1
	}
	after, ok := p.Commitment(r).LapsesAfter()
	if !ok {
		return -1
	}
	return after
}

// isOver reports whether a commitment has lapsed by an instant.
func (c *cell) isOver(p *process.Process, r commitment.Rung, at instant) bool {
	deadline, ok := c.lapses(p, r)
	return ok && deadline.before(at)
}

// release ends the holding of a commitment, and all that went with it.
func (c *cell) release() { c.flags &^= held | kept | assumed | dated | again }
