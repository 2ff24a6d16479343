package pipeline

import (
	"cmp"
	"slices"
)

// sort puts what belongs to a deal into the order of time, then id.
func (c *chapter) sort() {
	slices.SortStableFunc(c.activities, func(a, b Activity) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	slices.SortStableFunc(c.moves, compareMoves)
	slices.SortStableFunc(c.closeDates, func(a, b CloseDate) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Date.String(), b.Date.String()))
	})
	c.chain()
}

func compareMoves(a, b Move) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}

// chain puts moves of one instant behind each other: many systems record the
// day of a move alone, and an id is no order. Where none of them follows, the
// order of the ids stays.
func (c *chapter) chain() {
	for i := range c.moves {
		same := i + 1
		for same < len(c.moves) && c.moves[same].At.Equal(c.moves[i].At) {
			same++
		}
		if group := c.moves[i:same]; len(group) > 1 {
			if next := follows(c.moves[:i], group); next > 0 {
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
