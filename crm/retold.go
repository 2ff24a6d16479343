package crm

import (
	"cmp"
	"slices"
	"time"

	"github.com/advance-sales/advance/pipeline"
)

// span are the moves that a file told, by their places among all of them.
type span struct {
	table       string
	first, last int // last is the one behind
}

// retoldWithin is how far apart two tables may date one move: they write it one
// after the other.
const retoldWithin = 2 * time.Second

// dropRetold takes out the moves that another table of the history tells too.
// Salesforce, for one, keeps a change of the stage both as a picture of the deal
// and as a change of the field; it is one move. The table that was read first
// counts, and what it leaves out is filled in.
func (im *importer) dropRetold() {
	moves := im.result.Pipeline.Moves
	if !slices.ContainsFunc(im.spans, func(s span) bool { return s.table != im.spans[0].table && s.first < s.last }) {
		return
	}
	tableOf := make([]string, len(moves))
	order := make([]int, len(moves))
	for _, s := range im.spans {
		for i := s.first; i < s.last; i++ {
			tableOf[i], order[i] = s.table, i
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &moves[a], &moves[b]
		return cmp.Or(cmp.Compare(x.Deal, y.Deal), cmp.Compare(x.To, y.To), x.At.Compare(y.At), cmp.Compare(a, b))
	})
	drop := make([]bool, len(moves)) // told by another table, or has taken one in
	retold := make([]bool, len(moves))
	for n, i := range order {
		for _, j := range order[n+1:] {
			if !near(&moves[i], &moves[j]) {
				break
			}
			if tableOf[i] == tableOf[j] || drop[i] || drop[j] {
				continue
			}
			first, second := min(i, j), max(i, j)
			moves[first].From = cmp.Or(moves[first].From, moves[second].From)
			drop[i], drop[j], retold[second] = true, true, true
		}
	}
	kept := moves[:0]
	for i := range moves {
		if !retold[i] {
			kept = append(kept, moves[i])
		}
	}
	im.result.Pipeline.Moves = kept
}

// near reports whether two moves, of which the second is not the earlier, may be
// one.
func near(a, b *pipeline.Move) bool {
	return a.Deal == b.Deal && a.To == b.To && b.At.Sub(a.At) <= retoldWithin
}
