package outcome

import (
	"cmp"
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/process"
)

// remark is a finding before it is put into words.
type remark struct {
	code  finding.Code
	about bool // rung is set: it is about one commitment
	rung  commitment.Rung
	short commitment.Shortfall // what an entry falls short of
	when  instant              // a due date, or when something lapsed
	name  string               // a name that the process does not have
}

// shortOfReason is what a waiver without a note falls short of.
const shortOfReason commitment.Shortfall = 1 << 7

// remarks is the list of a verdict: one per code and commitment. The first few
// stand in the verdict itself, so that an ordinary call allocates nothing.
type remarks struct {
	process *process.Process
	n       int
	first   [6]remark
	more    []remark
}

func (l *remarks) len() int { return l.n }

func (l *remarks) at(i int) *remark {
	if i < len(l.first) {
		return &l.first[i]
	}
	return &l.more[i-len(l.first)]
}

// add puts a remark on the list, unless the process ignores its code. Of two
// about the same the list keeps one that tells what either falls short of.
func (l *remarks) add(r remark) {
	if l.process.Severity(r.code) == 0 {
		return
	}
	for i := range l.n {
		if have := l.at(i); have.code == r.code && have.about == r.about && have.rung == r.rung && have.name == r.name {
			have.short |= r.short
			have.when = later(have.when, r.when)
			return
		}
	}
	if l.n < len(l.first) {
		l.first[l.n] = r
	} else {
		l.more = append(l.more, r)
	}
	l.n++
}

// plain adds a remark about the call as a whole.
func (l *remarks) plain(code finding.Code) { l.add(remark{code: code}) }

// on adds a remark about one commitment.
func (l *remarks) on(code finding.Code, r commitment.Rung) {
	l.add(remark{code: code, about: true, rung: r})
}

// unknown adds a remark about a commitment that the process does not have.
func (l *remarks) unknown(id commitment.ID) {
	l.add(remark{code: finding.UnknownCommitment, name: string(id)})
}

// sorted returns the remarks in the order of the codes; within a code those
// about no commitment first, then by rung, then by unknown name.
func (l *remarks) sorted() []remark {
	all := append(slices.Clone(l.first[:min(l.n, len(l.first))]), l.more...)
	slices.SortStableFunc(all, func(a, b remark) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(order(a), order(b)), cmp.Compare(a.name, b.name))
	})
	return all
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
