package pipeline_test

import (
	"fmt"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// Many deals are replayed in the room of one.
func ExampleReplayer() {
	p, err := process.Builtin(process.Default)
	if err != nil {
		panic(err)
	}
	ev := outcome.NewEvaluator(p, outcome.Options{})
	june := func(day int) time.Time { return time.Date(2026, 6, day, 9, 0, 0, 0, time.UTC) }
	deals := &pipeline.Pipeline{
		Deals: []pipeline.Deal{
			{Deal: outcome.Deal{Deal: "D-1", Claimed: "discovery"}, Created: june(1)},
			{Deal: outcome.Deal{Deal: "D-2", Claimed: "proposal"}, Created: june(2)},
		},
		Calls: []outcome.Call{{
			ID: "c-1", Deal: "D-1", At: june(25),
			Commitments: []outcome.Entry{{
				Commitment: "time", By: commitment.Buyer, Due: outcome.On(2026, 7, 2),
				People: []commitment.Person{{Name: "J. Ortiz"}}, Evidence: []string{"calendar"},
			}},
		}},
	}
	o := pipeline.Options{AsOf: june(30)}
	book, replayer := pipeline.NewBook(ev, deals, o), pipeline.NewReplayer(ev, o)
	var rows pipeline.Rows
	for i := range book.Len() {
		book.Rows(i, &rows)
		h := replayer.Replay(&rows) // good until the next one
		fmt.Printf("%s is claimed at %s and earned %s\n", h.Deal.Deal.Deal, h.Claimed, h.Standing.Stage)
	}
	// Output:
	// D-1 is claimed at discovery and earned discovery
	// D-2 is claimed at proposal and earned target
}
