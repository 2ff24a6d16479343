package outcome_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// underway is a deal some calls into the default process, and a quiet call to
// follow: a pleasant conversation that obtained nothing.
func underway(t testing.TB) (*outcome.Evaluator, outcome.State, outcome.Call) {
	t.Helper()
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	ev := outcome.NewEvaluator(p, outcome.Options{})
	s, err := outcome.Open(p, outcome.Deal{Deal: "D-1"})
	require.NoError(t, err)
	at := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC)
	for i, id := range []commitment.ID{"time", "explore"} {
		s, _, err = ev.Apply(s, outcome.Call{
			ID: outcome.CallID(rune('a' + i)), Deal: "D-1", At: at.Add(time.Duration(i) * time.Hour),
			Commitments: []outcome.Entry{{
				Commitment: id, By: commitment.Buyer, Due: outcome.At(at.Add(100 * time.Hour)),
				People:   []commitment.Person{{Name: "J. Ortiz", Role: "sponsor"}, {Name: "K. Lind", Role: "user"}},
				Evidence: []string{"calendar", "email"},
			}},
		})
		require.NoError(t, err)
	}
	return ev, s, outcome.Call{
		ID: "quiet", Deal: "D-1", At: at.Add(48 * time.Hour), Kind: "outline_call", Rating: outcome.Great,
		Commitments: []outcome.Entry{{Other: "call in two weeks", By: commitment.Seller}},
	}
}

func TestAQuietCallAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("what is allocated says nothing under the race detector")
	}
	ev, s, c := underway(t)
	var v outcome.Verdict
	allocs := testing.AllocsPerRun(200, func() {
		var err error
		if _, v, err = ev.Apply(s, c); err != nil {
			t.Fatal(err)
		}
	})
	assert.Equal(t, outcome.Continuation, v.Result())
	assert.Zero(t, allocs)
}

func TestAStandingWithoutListsIsCheap(t *testing.T) {
	ev, s, _ := underway(t)
	at := s.LastAt().Add(time.Hour)
	allocs := testing.AllocsPerRun(200, func() {
		if _, err := ev.Standing(s, at); err != nil {
			t.Fatal(err)
		}
	})
	assert.LessOrEqual(t, allocs, 20.0)
}

func BenchmarkApplyQuiet(b *testing.B) {
	ev, s, c := underway(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := ev.Apply(s, c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkApplyAdvance(b *testing.B) {
	ev, s, c := underway(b)
	c.Commitments = []outcome.Entry{{Commitment: "share_numbers", By: commitment.Buyer, Due: outcome.At(c.At.Add(24 * time.Hour))}}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := ev.Apply(s, c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	ev, s, c := underway(b)
	_, v, err := ev.Apply(s, c)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_ = v.Record()
	}
}

func BenchmarkStanding(b *testing.B) {
	ev, s, c := underway(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ev.Standing(s, c.At); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeCall(b *testing.B) {
	record := []byte(`{"id":"c-17","deal":"D-1042","at":"2026-11-02T10:00:00Z","kind":"cold_call","channel":"phone","rep":"ana","contact":"reached","target":"time","asked":["time"],"commitments":[{"commitment":"time","by":"buyer","status":"given","due":"2026-11-05T15:00:00Z","people":[{"name":"J. Ortiz","role":"sponsor"}],"evidence":["calendar"]}],"rating":"great"}`)
	b.SetBytes(int64(len(record)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := outcome.DecodeCall(record); err != nil {
			b.Fatal(err)
		}
	}
}
