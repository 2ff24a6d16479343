package diff

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// match says what of one process is what of another.
type match struct {
	old, new *process.Process
	rungs    map[commitment.Rung]commitment.Rung // old to new; without those that are gone
	rungsNew map[commitment.Rung]commitment.Rung // new to old; without those that are new
	stage    map[process.StageID]process.StageID // old to new
	stageNew map[process.StageID]process.StageID // new to old
	kind     map[process.KindID]process.KindID
	kindNew  map[process.KindID]process.KindID
}

func newMatch(old, new *process.Process) *match {
	m := &match{
		old: old, new: new,
		rungs: map[commitment.Rung]commitment.Rung{}, rungsNew: map[commitment.Rung]commitment.Rung{},
		stage: map[process.StageID]process.StageID{}, stageNew: map[process.StageID]process.StageID{},
		kind: map[process.KindID]process.KindID{}, kindNew: map[process.KindID]process.KindID{},
	}
	m.matchCommitments()
	m.matchStages()
	m.matchKinds()
	return m
}

// matchCommitments finds each commitment by its id, and those whose id is gone
// by what they were renamed to.
func (m *match) matchCommitments() {
	for _, renamed := range []bool{false, true} {
		for was := range m.old.Commitments() {
			r, ok := m.new.Rung(was.ID())
			if !ok || renamed == (m.new.Commitment(r).ID() == was.ID()) {
				continue
			}
			if _, taken := m.rungsNew[r]; !taken {
				m.rungs[was.Rung()], m.rungsNew[r] = r, was.Rung()
			}
		}
	}
}

// set takes a set of old commitments over to the new process, without those
// that are gone.
func (m *match) set(old commitment.Set) (arrived commitment.Set) {
	for r := range old.All() {
		if now, ok := m.rungs[r]; ok {
			arrived.Add(now)
		}
	}
	return arrived
}

// id takes the id of an old commitment over to the new process, if it is there.
func (m *match) id(old commitment.ID) commitment.ID {
	if r, ok := m.old.Rung(old); ok {
		if now, ok := m.rungs[r]; ok {
			return m.new.Commitment(now).ID()
		}
	}
	return old
}

// matchStages finds each stage by its id, and those whose id is gone by their
// ladder.
func (m *match) matchStages() {
	for s := range m.old.Stages() {
		if _, ok := m.new.StageByID(s.ID()); ok {
			m.stage[s.ID()], m.stageNew[s.ID()] = s.ID(), s.ID()
		}
	}
	for was := range m.old.Stages() {
		if m.stage[was.ID()] != "" {
			continue
		}
		for is := range m.new.Stages() {
			if m.stageNew[is.ID()] == "" && m.sameLadder(was, is) {
				m.stage[was.ID()], m.stageNew[is.ID()] = is.ID(), was.ID()
				break
			}
		}
	}
}

func (m *match) sameLadder(was, is *process.CompiledStage) bool {
	var arrived []commitment.Rung
	for r := range was.Ladder() {
		now, ok := m.rungs[r]
		if !ok {
			return false
		}
		arrived = append(arrived, now)
	}
	return len(arrived) > 0 && was.Closes() == is.Closes() && slices.Equal(arrived, slices.Collect(is.Ladder()))
}

// matchKinds finds each kind of call by its id, and those whose id is gone by
// what they are for.
func (m *match) matchKinds() {
	for k := range m.old.Kinds() {
		if _, ok := m.new.Kind(k.ID()); ok {
			m.kind[k.ID()], m.kindNew[k.ID()] = k.ID(), k.ID()
		}
	}
	for was := range m.old.Kinds() {
		if m.kind[was.ID()] != "" {
			continue
		}
		for is := range m.new.Kinds() {
			if m.kindNew[is.ID()] == "" && m.samePurpose(was, is) {
				m.kind[was.ID()], m.kindNew[is.ID()] = is.ID(), was.ID()
				break
			}
		}
	}
}

func (m *match) samePurpose(was, is *process.Kind) bool {
	outcome, ok := m.rungs[was.Outcome()]
	return ok && outcome == is.Outcome() && m.set(was.Keeps()) == is.Keeps() && m.set(was.Fallbacks()) == is.Fallbacks()
}

// staying returns which of a list of places, in their old order, keep their
// order: a longest rising run of it. What is not among them has moved.
func staying(places []int) map[int]bool {
	length := make([]int, len(places)) // of the longest run that ends here
	before := make([]int, len(places))
	last := -1
	for i := range places {
		length[i], before[i] = 1, -1
		for j := range i {
			if places[j] < places[i] && length[j]+1 > length[i] {
				length[i], before[i] = length[j]+1, j
			}
		}
		if last < 0 || length[i] > length[last] {
			last = i
		}
	}
	stay := map[int]bool{}
	for ; last >= 0; last = before[last] {
		stay[places[last]] = true
	}
	return stay
}
