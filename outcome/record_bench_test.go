package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

// aRecordedHistory is a history with nothing that the process does not know,
// and with some variety.
func aRecordedHistory(t testing.TB) (*outcome.Evaluator, outcome.State, []outcome.Call) {
	t.Helper()
	ev, s, calls := aHistory(t)
	for i := range calls {
		c := &calls[i]
		c.Kind, c.Rating = "cold_call", outcome.Rating(i%5)
		e := &c.Commitments[0]
		for j := range e.People {
			e.People[j].Role = "decision_maker"
		}
		switch i {
		case 1:
			e.Commitment, e.Other = "", "call in two weeks"
		case 2:
			e.By = commitment.Seller
		case 4:
			c.Contact, c.Commitments = outcome.NotReached, nil
		case 6:
			c.Activities = []string{"pricing"}
		}
	}
	return ev, s, calls
}

// verdicts are those of a history.
func verdicts(t testing.TB) []outcome.Verdict {
	t.Helper()
	ev, s, calls := aRecordedHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	all := make([]outcome.Verdict, len(calls))
	for i := range calls {
		require.NoError(t, f.Apply(&calls[i], &all[i]))
	}
	return all
}

func BenchmarkRecords(b *testing.B) {
	all := verdicts(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_ = all[i%len(all)].Record()
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	all := verdicts(b)
	var room []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		room = all[i%len(all)].AppendJSON(room[:0])
	}
}

func BenchmarkJudgeAndRecord(b *testing.B) {
	ev, s, calls := aRecordedHistory(b)
	f, err := ev.Fold(s)
	require.NoError(b, err)
	var v outcome.Verdict
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
		_ = v.Record()
		i++
	}
}
