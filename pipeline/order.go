package pipeline

import (
	"cmp"
	"slices"
	"strings"
)

// sort puts what belongs to a deal into the order of time, then id.
func (rows *Rows) sort() {
	sortCalls(rows.Calls)
	slices.SortStableFunc(rows.Activities, func(a, b Activity) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	if len(rows.Moves) > 1 {
		slices.SortStableFunc(rows.Moves, compareMoves(rows.latestFirst()))
	}
	slices.SortStableFunc(rows.CloseDates, func(a, b CloseDate) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Date.String(), b.Date.String()))
	})
	rows.chain()
}

// compareMoves returns the order of moves. Those of one instant stand in the
// order of their ids, in which numbers count as numbers, and those without an id
// as they stand in their file, which may begin with the latest.
func compareMoves(latestFirst bool) func(a, b Move) int {
	return func(a, b Move) int {
		lines := 0
		if a.Source.File == b.Source.File {
			if lines = cmp.Compare(a.Source.Line, b.Source.Line); latestFirst {
				lines = -lines
			}
		}
		return cmp.Or(a.At.Compare(b.At), compareIDs(a.ID, b.ID), lines, cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	}
}

// latestFirst reports whether more of the moves stand below a later one of their
// file than below an earlier one.
func (rows *Rows) latestFirst() bool {
	balance := 0
	byLine := slices.SortedFunc(slices.Values(rows.Moves), func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Line, b.Source.Line), a.At.Compare(b.At))
	})
	for i := range max(len(byLine)-1, 0) {
		if a, b := &byLine[i], &byLine[i+1]; a.Source.File == b.Source.File && a.Source.Line != b.Source.Line {
			balance += a.At.Compare(b.At)
		}
	}
	return balance > 0
}

// compareIDs compares ids part by part, runs of digits as numbers: 9 comes before
// 10, and m-9 before m-10.
func compareIDs(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		n, m := digits(x), digits(y)
		if n == 0 || m == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		p, q := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
		if c := cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q)); c != 0 {
			return c
		}
		x, y = x[n:], y[m:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// digits is how many digits a text begins with.
func digits(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

// chain puts moves of one instant behind each other: many systems record the
// day of a move alone, and an id is no order. Where none of them follows, the
// order of the ids stays.
func (rows *Rows) chain() {
	for i := range rows.Moves {
		same := i + 1
		for same < len(rows.Moves) && rows.Moves[same].At.Equal(rows.Moves[i].At) {
			same++
		}
		if group := rows.Moves[i:same]; len(group) > 1 {
			if next := follows(rows.Moves[:i], group); next > 0 {
				m := group[next]
				copy(group[1:], group[:next])
				group[0] = m
			}
		}
	}
}

// follows returns which of some moves of one instant comes first: one that
// starts where the one before led to, or, as the first of all, one that starts
// where no other leads to.
func follows(before, group []Move) int {
	return slices.IndexFunc(group, func(m Move) bool {
		if len(before) > 0 {
			return m.From != "" && m.From == before[len(before)-1].To
		}
		return !slices.ContainsFunc(group, func(o Move) bool { return o.To == m.From && o.From != o.To })
	})
}
