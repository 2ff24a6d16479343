package outcome

import (
	"math"
	"slices"
	"sync/atomic"

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
func (l *templates) circumstances(v *Verdict, of manner, k key) (key, bool) {
	if of.said == 0 || v.codes&worded != 0 || v.house != nil || v.lowered != "" {
		return k, false
	}
	trace := l.trace(v)
	if trace == untold || l.numbered.Load() > math.MaxUint32 {
		return k, false
	}
	r := v.prepared()
	rest := uint64(v.result) | uint64(v.target)<<4 | bit(v.targetHeld())<<8 | bit(v.anyGone)<<9
	// What follows is of no account where the record does not speak of it.
	if v.codes.has(finding.HappyEars) {
		rest |= uint64(r.rating) << 12
	}
	if v.codes&ofKinds != 0 {
		rest |= uint64(r.brief.kind) << 16
	}
	if v.codes.has(finding.TargetNoAdvance) || v.acts.any(below) {
		rest |= uint64(1+v.before().Mark) << 32
	}
	k = append(k, uint64(of.said)<<32|trace, uint64(v.codes), rest)
	if v.anyGone {
		k = append(k, v.gone[:]...)
	}
	return k, true
}

// manner stands for all that a record tells of its call, whatever it did to the
// deal. Calls of which the same is to be told have the same numbers, as long as
// the evaluator remembers them.
type manner struct {
	said uint32 // but for the words of the call itself; 0: there is too much
	days uint32 // the dates that texts can name; 0 for none
}

// manner returns the manner of a call. One that others prepared, and may judge
// again, knows it from then on.
func (l *templates) manner(v *Verdict) (of manner) {
	r := v.shared
	if r != nil {
		if of.said = atomic.LoadUint32(&r.manner.said); of.said != 0 {
			of.days = atomic.LoadUint32(&r.manner.days)
			return of
		}
	}
	var room [8]uint64
	if k := (texts{v: v, p: v.ev.process}).dates(room[:0]); len(k) > 0 {
		of.days = uint32(number(&l.days, k, &l.numbered))
	}
	if k := mannerKey(v, room[:0]); k != nil {
		of.said = uint32(number(&l.manners, k, &l.numbered))
	}
	if r != nil {
		atomic.StoreUint32(&r.manner.days, of.days)
		atomic.StoreUint32(&r.manner.said, of.said)
	}
	return of
}

// mannerKey returns what a record tells of its call, as numbers; nil where that
// is too much.
func mannerKey(v *Verdict, k key) key {
	r := v.prepared()
	if r.remarks.n > mostTold {
		return nil
	}
	var aim uint64
	if r.traits.any(aimed) {
		aim = 1 + uint64(r.target)
	}
	about := aim | uint64(r.contact)<<16 | bit(r.traits.any(planned))<<24
	if r.traits.any(refuses) {
		no := v.Call().NoSale
		about |= 1<<25 | bit(!commitment.Blank(no.Reason))<<26 | uint64(no.By)<<32
	}
	k = append(k, about)
	for i := range r.remarks.n {
		k = append(k, r.remarks.at(i).number())
	}
	return k
}

// number returns a number for a remark, but for its date and its name.
func (m *remark) number() uint64 {
	return 1<<63 | uint64(m.code) | bit(m.about)<<8 | uint64(m.rung)<<16 | uint64(m.short)<<24
}

// untold is the trace of a move that did too much to be told by a template.
const untold = math.MaxUint64

// trace returns a number for what a record tells of a move.
func (l *templates) trace(v *Verdict) uint64 {
	m := v.move
	if n := m.trace.Load(); n != 0 {
		return n
	}
	n := uint64(untold)
	if m.touches.n <= mostTold && len(m.shorts) <= mostTold {
		n = number(&l.traces, l.traceKey(v), &l.numbered)
	}
	m.trace.Store(n)
	return n
}

// traceKey returns what a record tells of a move, as numbers. Those that there
// may be any number of are told apart by their first bits.
func (l *templates) traceKey(v *Verdict) key {
	m := v.move
	k := key{uint64(m.from.now.Stage) | uint64(m.to.now.Stage)<<32}
	for i := range m.touches.n {
		t := m.touches.at(i)
		k = append(k, uint64(t.acts&told)|uint64(t.rung)<<32|bit(t.after.is(kept))<<40|bit(!v.due(t.rung).isZero())<<41)
	}
	for i := range m.shorts {
		k = append(k, m.shorts[i].number())
	}
	for _, stage := range l.opened(v) {
		k = append(k, 1<<62|uint64(stage))
	}
	return k
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
