package page

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// quarterEnds is when the quarter of the examples is looked back upon.
var quarterEnds = time.Date(2026, 9, 30, 18, 0, 0, 0, time.UTC)

// quarter is the pipeline of the examples, with moves by its sellers: each deal
// goes straight from the first stage to the one that is claimed.
func quarter(t testing.TB) (*outcome.Evaluator, *pipeline.Pipeline) {
	t.Helper()
	p, err := process.Builtin("ten-commitments")
	require.NoError(t, err)
	var all pipeline.Pipeline
	file, err := os.Open("../../examples/quarter/deals.jsonl")
	require.NoError(t, err)
	defer file.Close()
	for d, err := range outcome.ReadDeals("deals.jsonl", file) {
		require.NoError(t, err)
		all.Deals = append(all.Deals, pipeline.Deal{Deal: d.Value, Source: pipeline.Source{File: d.File, Line: d.Line}})
	}
	file, err = os.Open("../../examples/quarter/calls.jsonl")
	require.NoError(t, err)
	defer file.Close()
	for c, err := range outcome.ReadCalls("calls.jsonl", file) {
		require.NoError(t, err)
		all.Calls = append(all.Calls, c.Value)
		all.Activities = append(all.Activities, pipeline.Activity{
			ID: string(c.Value.ID), Deal: c.Value.Deal, At: c.Value.At, Kind: "call", Tells: true,
			Source: pipeline.Source{File: c.File, Line: c.Line},
		})
	}
	first := p.Stage(0).ID()
	for i := range all.Deals {
		d := &all.Deals[i]
		k := slices.IndexFunc(all.Calls, func(c outcome.Call) bool { return c.Deal == d.Deal.Deal })
		if to := process.StageID(d.Claimed); k >= 0 && to != first {
			all.Moves = append(all.Moves, pipeline.Move{
				Deal: d.Deal.Deal, At: all.Calls[k].At.Add(2 * time.Hour), From: first, To: to,
				Source: pipeline.Source{File: "moves.csv", Line: i + 2},
			})
		}
	}
	return outcome.NewEvaluator(p, outcome.Options{}), &all
}

// audited is the report of a pipeline at the end of the quarter.
func audited(t testing.TB, ev *outcome.Evaluator, p *pipeline.Pipeline) *audit.Report {
	t.Helper()
	r, err := audit.Run(ev, p, audit.Options{
		AsOf: quarterEnds, Details: true,
		Rows: []audit.Rows{{Table: "deals", Read: 41, Used: 40, Rejected: 1}, {Table: "activities", Read: 360, Used: 354, Rejected: 2, OutOfScope: 4}},
	})
	require.NoError(t, err)
	return r
}
