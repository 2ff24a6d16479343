package outcome

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
)

// told are the acts that a record speaks of.
const told = gained | credited | fulfilled | regained | lost | broken | withdrawn | notHeld | repeated | moved | excused

// worded are the findings that are worded anew each time: they are about names
// and notes of the record, which seldom come twice.
const worded codes = 1<<finding.Waived | 1<<finding.UnknownCommitment | 1<<finding.UnknownKind | 1<<finding.UnknownRole |
	1<<finding.UnknownEvidence | 1<<finding.UnknownReason | 1<<finding.UnknownStage

// ofKinds are the findings that name the kind of the call.
const ofKinds codes = 1<<finding.WrongTarget | 1<<finding.WrongStage | 1<<finding.LostFocus

// mostTold is how many touches a template can speak of, and how many remarks.
const mostTold = 4

// circumstances appends the numbers on which it depends what the record of a
// call says, but for the dates and the words of the call itself: calls of the
// same circumstances have the same template. It reports whether there is no more
// to it.
func (l *templates) circumstances(v *Verdict, k key) (key, bool) {
	r := v.prepared()
	if v.codes&worded != 0 || v.house != nil || v.lowered != "" || v.move.touches.n > mostTold {
		return k, false
	}
	var kind, aim, mark int // each plus 1; 0 for none, and where the record does not speak of it
	if r.kind != nil && v.codes&ofKinds != 0 {
		kind = 1 + r.kind.Index()
	}
	if r.traits.any(aimed) {
		aim = 1 + int(r.target)
	}
	if v.codes.has(finding.TargetNoAdvance) || v.acts.any(below) {
		mark = 1 + v.before().Mark
	}
	var rating Rating
	if v.codes.has(finding.HappyEars) {
		rating = r.rating
	}
	var by commitment.Party
	refused, reasoned := r.traits.any(refuses), false
	if refused {
		no := v.Call().NoSale
		by, reasoned = no.By, !commitment.Blank(no.Reason)
	}
	k = append(k,
		uint64(v.before().Stage)|uint64(v.after().Stage)<<16|uint64(kind)<<32|uint64(aim)<<48,
		uint64(mark)|uint64(v.result)<<16|uint64(v.target)<<20|uint64(r.contact)<<24|uint64(rating)<<32|uint64(by)<<40|
			bit(refused)<<48|bit(reasoned)<<49|bit(r.traits.any(planned))<<50|bit(v.targetHeld())<<51|bit(v.anyGone)<<52,
		uint64(v.codes), l.trace(v))
	if v.anyGone {
		k = append(k, v.gone[:]...)
	}
	// What follows is told apart by a bit, and there may be any number of it.
	n := 0
	for m := range v.said() {
		if n++; n > mostTold {
			return k, false
		}
		k = append(k, 1<<63|uint64(m.code)|bit(m.about)<<8|uint64(m.rung)<<16|uint64(m.short)<<24)
	}
	return k, true
}

// trace returns a number for what a record tells of a move.
func (l *templates) trace(v *Verdict) uint64 {
	m := v.move
	if m.touches.n == 0 {
		return 0
	}
	if n := m.trace.Load(); n != 0 {
		return n
	}
	var room [8]uint64
	k := key(room[:0])
	for i := range m.touches.n {
		t := m.touches.at(i)
		k = append(k, uint64(t.acts&told)|uint64(t.rung)<<32|bit(t.after.is(kept))<<40|bit(!v.due(t.rung).isZero())<<41)
	}
	for _, stage := range l.opened(v) {
		k = append(k, 1<<63|uint64(stage))
	}
	have, place := l.traces.find(k)
	if have == nil {
		have = l.traces.keep(place, k, l.numbered.Add(1))
	}
	m.trace.Store(*have)
	return *have
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// opened returns the stages whose exits the call satisfied: by what was credited,
// and for an order also by what was kept or regained.
func (l *templates) opened(v *Verdict) (stages []int) {
	by := credited
	switch v.result {
	case Order:
		by |= fulfilled | regained
	case Advance:
	default:
		return nil
	}
	before, after := v.before().Holdings(), v.after().Holdings()
	for i := range v.move.touches.n {
		t := v.move.touches.at(i)
		if !t.acts.any(by) {
			continue
		}
		for _, s := range l.asking[t.rung] {
			if s.Satisfied(after) && !s.Satisfied(before) && !slices.Contains(stages, s.Index()) {
				stages = append(stages, s.Index())
			}
		}
	}
	if len(stages) > 1 {
		slices.Sort(stages)
	}
	return stages
}
