package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
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
