package outcome_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// aHistory is a deal of twelve calls with one entry each, five of them credited.
func aHistory(t testing.TB) (*outcome.Evaluator, outcome.State, []outcome.Call) {
	t.Helper()
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	var ladder []commitment.ID
	for c := range p.Commitments() {
		ladder = append(ladder, c.ID())
	}
	start := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)
	calls := make([]outcome.Call, 12)
	for i := range calls {
		at := start.Add(time.Duration(i) * 24 * time.Hour)
		calls[i] = outcome.Call{
			ID: outcome.CallID(fmt.Sprintf("c-%02d", i)), Deal: "D-1", At: at, Rating: outcome.Fair,
			Commitments: []outcome.Entry{{Commitment: ladder[i/2], By: commitment.Buyer, Status: commitment.Deferred}},
		}
		if e := &calls[i].Commitments[0]; i%5 == 0 || i%5 == 3 {
			e.Status, e.Due = commitment.Given, outcome.At(at.Add(48*time.Hour))
			e.People = []commitment.Person{{Name: "J. Ortiz", Role: "sponsor"}, {Name: "K. Lind", Role: "buyer"}, {Name: "M. Ode", Role: "user"}}
			e.Evidence = commitment.EvidenceKinds()
		}
	}
	s, err := outcome.Open(p, outcome.Deal{Deal: "D-1"})
	require.NoError(t, err)
	return outcome.NewEvaluator(p, outcome.Options{}), s, calls
}

func BenchmarkFold(b *testing.B) {
	ev, s, calls := aHistory(b)
	f, err := ev.Fold(s)
	require.NoError(b, err)
	var v outcome.Verdict
	credited := 0
	for i := range calls {
		require.NoError(b, f.Apply(&calls[i], &v))
		credited += v.Credited().Len()
	}
	require.Equal(b, 5, credited)
	b.ReportAllocs()
	i := len(calls)
	for b.Loop() {
		if i == len(calls) {
			i = 0
			_ = f.Reset(s)
		}
		if err := f.Apply(&calls[i], &v); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func TestAFoldAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("what is allocated says nothing under the race detector")
	}
	ev, s, calls := aHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	var ready []outcome.Prepared
	for i := range calls {
		r, err := ev.Prepare(&calls[i])
		require.NoError(t, err)
		ready = append(ready, r)
	}
	var v outcome.Verdict
	var again outcome.Prepared
	for name, run := range map[string]func(i int) error{
		"prepare": func(i int) error { return ev.PrepareInto(&again, &calls[i]) },
		"apply":   func(i int) error { return f.Apply(&calls[i], &v) },
		"judge":   func(i int) error { return f.Judge(&ready[i], &v) },
	} {
		assert.Zero(t, testing.AllocsPerRun(50, func() {
			if err := f.Reset(s); err != nil {
				t.Fatal(err)
			}
			for i := range calls {
				if err := run(i); err != nil {
					t.Fatal(err)
				}
			}
		}), name)
	}
}

func BenchmarkJudge(b *testing.B) {
	ev, s, calls := aHistory(b)
	f, err := ev.Fold(s)
	require.NoError(b, err)
	var ready []outcome.Prepared
	for i := range calls {
		r, err := ev.Prepare(&calls[i])
		require.NoError(b, err)
		ready = append(ready, r)
	}
	var v outcome.Verdict
	b.ReportAllocs()
	i := len(ready)
	for b.Loop() {
		if i == len(ready) {
			i = 0
			_ = f.Reset(s)
		}
		if err := f.Judge(&ready[i], &v); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
