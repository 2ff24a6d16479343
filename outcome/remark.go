package outcome

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
)

// codes is a set of findings.
type codes uint64

const _ = uint(63 - finding.DuplicateCall) // they fit

func (c *codes) add(code finding.Code)     { *c |= 1 << code }
func (c codes) has(code finding.Code) bool { return c&(1<<code) != 0 }

// list yields the codes in order.
func (c codes) list() []finding.Code {
	list := make([]finding.Code, 0, bits.OnesCount64(uint64(c)))
	for ; c != 0; c &= c - 1 {
		list = append(list, finding.Code(bits.TrailingZeros64(uint64(c))))
	}
	return list
}

// remark is a finding before it is put into words.
type remark struct {
	code  finding.Code
	about bool // rung is set: it is about one commitment
	rung  commitment.Rung
	short commitment.Shortfall // what an entry falls short of
	when  instant              // a due date
	name  string               // a name that the process does not have
}

// shortOfReason is what a waiver without a note falls short of.
const shortOfReason commitment.Shortfall = 1 << 7

// remarks is a list with one remark per code and commitment.
type remarks struct{ short[remark] }

// on returns the remark about something, which is put on the list if it is not
// there yet.
func (l *remarks) on(code finding.Code, about bool, rung commitment.Rung, name string) *remark {
	for i := range l.n {
		if m := l.at(i); m.code == code && m.about == about && m.rung == rung && m.name == name {
			return m
		}
	}
	m := l.add()
	m.code, m.about, m.rung, m.name = code, about, rung, name
	return m
}

// take puts a remark on the list. Of two about the same the list keeps one that
// tells what either falls short of.
func (l *remarks) take(m *remark) {
	have := l.on(m.code, m.about, m.rung, m.name)
	have.short |= m.short
	have.when = later(have.when, m.when)
}

// each adds a remark about every commitment of a set.
func (l *remarks) each(code finding.Code, set commitment.Set) {
	for r := range set.All() {
		l.on(code, true, r, "")
	}
}

// remarks lists what a verdict has found, in the order of the codes; within a
// code those about no commitment first, then by rung, then by unknown name.
func (v *Verdict) remarks() []remark {
	r := v.prepared()
	var all remarks
	for m := range v.said() {
		all.take(m)
	}
	for _, code := range (v.codes &^ r.codes).list() {
		switch code {
		case finding.TargetNoAdvance:
			all.on(code, true, r.target, "")
		case finding.Unqualified, finding.SellerOnly: // something of what was said
		case finding.Lapsed:
			all.each(code, v.lapsed())
		case finding.Waived:
			all.each(code, v.did(excused).Intersect(v.ev.process.ExitItems()))
		case finding.BelowMark:
			all.each(code, v.Gained().Minus(v.Credited()))
		default:
			if did := deedOf(code); did != 0 {
				all.each(code, v.did(did))
			} else {
				all.on(code, false, 0, "")
			}
		}
	}
	list := append(slices.Clone(all.first[:min(all.n, len(all.first))]), all.more...)
	slices.SortStableFunc(list, func(a, b remark) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(order(a), order(b)), cmp.Compare(a.name, b.name))
	})
	return list
}

// said yields the remarks about what was said: those that the record gives rise
// to, and then what does not count for what the deal is. What the seller alone
// spoke for is one only where the buyer gave nothing.
func (v *Verdict) said() iter.Seq[*remark] {
	return func(yield func(*remark) bool) {
		of, alone := &v.prepared().remarks, v.codes.has(finding.SellerOnly)
		for i := range of.len() {
			if m := of.at(i); (alone || m.code != finding.SellerOnly) && !yield(m) {
				return
			}
		}
		if !v.codes.has(finding.Unqualified) {
			return
		}
		for i := range v.move.shorts {
			if !yield(&v.move.shorts[i]) {
				return
			}
		}
	}
}

// deedOf returns what a call has to have done to a commitment for a finding
// about it; none for those that are not about one deed alone.
func deedOf(code finding.Code) acts {
	switch code {
	case finding.Repeat:
		return repeated
	case finding.Rescheduled:
		return moved
	case finding.Regained:
		return regained
	case finding.Broken:
		return broken
	case finding.Withdrawn:
		return withdrawn
	case finding.NotHeld:
		return notHeld
	}
	return 0
}

func order(r remark) int {
	switch {
	case r.about:
		return 1 + int(r.rung)
	case r.name != "":
		return 1 + commitment.MaxRungs
	}
	return 0
}
