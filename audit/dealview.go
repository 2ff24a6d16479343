package audit

import (
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// lost lists what the buyer of a deal was once held to have committed to and is
// no more, in the order of rungs: what was broken, withdrawn or refused, and
// what has lapsed by now. What was assumed on trust and lost is among it.
func lost(p *process.Process, h *pipeline.History) []commitment.ID {
	var ever commitment.Set
	for i := range h.Verdicts {
		ever = ever.Union(h.Verdicts[i].Gained()).Union(h.Verdicts[i].Lost())
	}
	gone := []commitment.ID{}
	for r := range ever.All() {
		if id := p.Commitment(r).ID(); !slices.Contains(h.Standing.Held, id) {
			gone = append(gone, id)
		}
	}
	return gone
}
