package outcome_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
)

func TestUnqualifiedIsWhatFindingsAreAbout(t *testing.T) {
	n := 0
	forWorlds(t, oracle.Options{}, func(t *testing.T, w world, _ *rand.Rand) {
		w.ev.Replay(w.ourDeals, w.ourCalls, func(v outcome.Verdict) {
			var want, got []commitment.ID
			for _, f := range v.Record().Findings {
				if f.Code == finding.Unqualified.String() {
					want = append(want, f.Commitment)
				}
			}
			for r := range v.Unqualified().All() {
				got = append(got, w.ev.Process().Commitment(r).ID())
			}
			require.Equal(t, want, got)
			n += len(got)
		})
	})
	require.Positive(t, n)
}
