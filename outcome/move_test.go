package outcome_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// TestMovesChangeNothing judges histories in which deals do alike with an
// evaluator that remembers what calls do, with one that has little room for
// that, and with one that forgets it after each call.
func TestMovesChangeNothing(t *testing.T) {
	seeds := uint64(20)
	if testing.Short() {
		seeds = 5
	}
	verdicts, known := 0, 0
	for seed := range seeds {
		w := newWorld(t, 1000+seed, oracle.Options{Deals: 120})
		p := w.ev.Process()
		moves := map[any]bool{}
		var want, got, cramped []outcome.VerdictRecord
		record := func(list *[]outcome.VerdictRecord) func(outcome.Verdict) {
			return func(v outcome.Verdict) { *list = append(*list, v.PlainRecord()) }
		}
		forgetful := outcome.NewCrampedEvaluator(p, outcome.Options{}, 1)
		was, _ := forgetful.Replay(w.ourDeals, w.ourCalls, func(v outcome.Verdict) {
			record(&want)(v)
			forgetful.Forget()
		})
		is, _ := w.ev.Replay(w.ourDeals, w.ourCalls, func(v outcome.Verdict) {
			record(&got)(v)
			verdicts++
			if moves[v.Move()] {
				known++
			}
			moves[v.Move()] = true
		})
		outcome.NewCrampedEvaluator(p, outcome.Options{}, 4).Replay(w.ourDeals, w.ourCalls, record(&cramped))
		require.Equal(t, want, got, "seed %d", seed)
		require.Equal(t, want, cramped, "seed %d", seed)
		require.Len(t, is, len(was))
		for i := range was {
			require.True(t, was[i].Equal(is[i]), "seed %d, deal %s", seed, was[i].Deal())
		}
	}
	assert.Greater(t, known*10, verdicts, "many moves were made before")
}

// What an evaluator remembers of a deal that comes to a new position with each of
// its calls does not grow with them.
func TestMovesAreForgotten(t *testing.T) {
	const commitments, calls = 60, 40_000
	var def strings.Builder
	def.WriteString("advance: 1\nid: wide\nversion: 1\ndefaults: {requires: {dated: false}}\ncommitments:\n")
	var ladder []string
	for i := range commitments {
		fmt.Fprintf(&def, "  c%d: {name: Do %d, ask: Please}\n", i, i)
		ladder = append(ladder, fmt.Sprintf("c%d", i))
	}
	fmt.Fprintf(&def, "stages:\n  - {id: first, ladder: [%s], exit: [c%d]}\n  - {id: won, closes: won}\n  - {id: lost, closes: lost}\n",
		strings.Join(ladder, ", "), commitments-1)
	p, err := process.Parse("wide.yaml", []byte(def.String()))
	require.NoError(t, err)
	ev := outcome.NewEvaluator(p, outcome.Options{})
	s, err := outcome.Open(p, outcome.Deal{Deal: "D-1"})
	require.NoError(t, err)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 1))
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	heap := func() int {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	half := 0
	var v outcome.Verdict
	for i := range calls {
		status := commitment.Given
		if random.IntN(2) == 0 {
			status = commitment.Withdrawn
		}
		id := commitment.ID(ladder[random.IntN(commitments-1)])
		c := outcome.Call{
			ID: outcome.CallID(fmt.Sprint("c-", i)), Deal: "D-1", At: at.Add(time.Duration(i) * time.Minute),
			Commitments: []outcome.Entry{{Commitment: id, By: commitment.Buyer, Status: status}},
		}
		require.NoError(t, f.Apply(&c, &v))
		if i == calls/2 {
			half = heap()
		}
	}
	assert.Less(t, heap()-half, 2<<20, "bytes that %d more calls left behind", calls/2)
	runtime.KeepAlive(f)
}
