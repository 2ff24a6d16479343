package pipeline_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// muddle is a pipeline in which little is as it should be: calls in any order,
// some there twice, without an id or at one instant.
func muddle(rng *rand.Rand) *pipeline.Pipeline {
	statuses := []commitment.Status{commitment.Given, commitment.Kept, commitment.Broken, commitment.Declined}
	commitments := []commitment.ID{"time", "share_numbers", "explore", "change", "what"}
	stages := []process.StageID{"target", "discovery", "Proposal", "won", "lost", "nowhere", ""}
	p := &pipeline.Pipeline{}
	for i := range 40 {
		deal := outcome.DealID(fmt.Sprintf("D-%02d", i))
		day := func() time.Time {
			if i%10 == 9 { // it lies ahead
				return asOf.AddDate(0, 0, 1+rng.IntN(20))
			}
			return asOf.AddDate(0, 0, 10-rng.IntN(150))
		}
		if i%4 > 0 {
			p.Deals = append(p.Deals, pipeline.Deal{Deal: outcome.Deal{Deal: deal, Claimed: string(stages[rng.IntN(len(stages))])}, Created: day()})
			if i%8 == 1 {
				p.Deals[len(p.Deals)-1].Stage = stages[rng.IntN(len(stages))]
			}
		}
		for range rng.IntN(50) {
			c := outcome.Call{ID: outcome.CallID(fmt.Sprint(rng.IntN(500))), Deal: deal, At: day(), Revision: rng.IntN(2)}
			if rng.IntN(50) == 0 {
				c.ID = ""
			}
			c.Commitments = []outcome.Entry{{
				Commitment: commitments[rng.IntN(len(commitments))], By: commitment.Buyer, Status: statuses[rng.IntN(len(statuses))],
				Due: outcome.At(c.At.AddDate(0, 0, 7)), Evidence: []string{"calendar"}, People: []commitment.Person{{Name: "J. Ortiz", Role: "champion"}},
			}}
			p.Calls = append(p.Calls, c)
			p.Activities = append(p.Activities, pipeline.Activity{ID: string(c.ID), Deal: deal, At: c.At, Kind: "call"})
		}
		for j := range rng.IntN(4) {
			p.Moves = append(p.Moves, pipeline.Move{ID: fmt.Sprint(j), Deal: deal, At: day(), To: stages[rng.IntN(len(stages))]})
			p.CloseDates = append(p.CloseDates, pipeline.CloseDate{ID: fmt.Sprint(j), Deal: deal, At: day(), Date: outcome.At(day())})
		}
	}
	rng.Shuffle(len(p.Calls), func(i, j int) { p.Calls[i], p.Calls[j] = p.Calls[j], p.Calls[i] })
	return p
}

// written is a history in a form that can be compared.
func written(t *testing.T, h *pipeline.History) string {
	t.Helper()
	var records []outcome.VerdictRecord
	for i := range h.Verdicts {
		records = append(records, h.Verdicts[i].Record())
	}
	var errs []string
	for _, err := range h.Errs {
		errs = append(errs, err.Error())
	}
	rest := *h
	rest.Verdicts, rest.Errs = nil, nil
	text, err := json.Marshal([]any{rest, records, errs})
	require.NoError(t, err)
	return string(text)
}

// TestReplayer gives the same histories whatever was replayed before, and the
// verdicts that judging the calls in bulk gives.
func TestReplayer(t *testing.T) {
	settled, ahead, judged := 0, 0, 0
	for seed := range uint64(6) {
		p := muddle(rand.New(rand.NewPCG(seed, 5)))
		o := pipeline.Options{AsOf: asOf}
		if seed%2 == 1 {
			o.Since = asOf.AddDate(0, 0, -60)
		}
		b := book(t, p, o)
		ev := outcome.NewEvaluator(b.Process(), outcome.Options{})
		r := pipeline.NewReplayer(ev, o)
		var rows pipeline.Rows
		for _, i := range rand.New(rand.NewPCG(seed, 6)).Perm(b.Len()) {
			b.Rows(i, &rows)
			calls := append([]outcome.Call(nil), rows.Calls...)
			got, want := r.Replay(&rows), b.History(i)
			require.Equal(t, written(t, &want), written(t, got))
			switch {
			case got.Settled:
				settled++
				continue
			case got.Ahead:
				ahead++
				continue
			}
			record := got.Deal.Deal
			if record.Opened.IsZero() {
				record.Opened = got.Deal.Created
			}
			var from time.Time
			if got.Trusted != "" {
				from, record.Stage, record.Opened = o.Since, got.Trusted, o.Since
			}
			var looked []outcome.Call
			for _, c := range calls {
				if !c.At.Before(from) && !c.At.After(asOf) {
					looked = append(looked, c)
				}
			}
			var bulk []string
			states, errs := ev.Replay([]outcome.Deal{record}, looked, func(v outcome.Verdict) { bulk = append(bulk, string(v.AppendJSON(nil))) })
			var one []string
			for i := range got.Verdicts {
				one = append(one, string(got.Verdicts[i].AppendJSON(nil)))
			}
			require.Equal(t, bulk, one)
			require.Equal(t, errs, got.Errs)
			require.True(t, states[0].Equal(got.State))
			judged += len(one)
		}
	}
	assert.Positive(t, settled)
	assert.Positive(t, ahead)
	assert.Greater(t, judged, 1000)
}

// TestReplayerAllocates for a deal what its standing takes, and nothing for its
// calls.
func TestReplayerAllocates(t *testing.T) {
	p := &pipeline.Pipeline{}
	for i := range 30 {
		at := asOf.AddDate(0, 0, i-60)
		id := fmt.Sprintf("%02d", i)
		p.Calls = append(p.Calls, outcome.Call{ID: outcome.CallID(id), Deal: "D", At: at})
		p.Activities = append(p.Activities, pipeline.Activity{ID: id, Deal: "D", At: at, Tells: true})
	}
	o := pipeline.Options{AsOf: asOf}
	b := book(t, p, o)
	r := pipeline.NewReplayer(outcome.NewEvaluator(b.Process(), outcome.Options{}), o)
	var rows pipeline.Rows
	allocs := testing.AllocsPerRun(100, func() {
		b.Rows(0, &rows)
		require.Len(t, r.Replay(&rows).Verdicts, 30)
	})
	assert.LessOrEqual(t, allocs, 10.0)
}
