package history_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/outcome"
)

func TestAllHasTheCallsOfEachDealInOrder(t *testing.T) {
	const deals = 50
	got := map[outcome.DealID][]outcome.Call{}
	var last outcome.Call
	for c := range history.All(deals) {
		require.False(t, c.At.Before(last.At), "%s comes after %s", c.ID, last.ID)
		last = c
		got[c.Deal] = append(got[c.Deal], c)
	}
	require.Len(t, got, deals)
	for deal := range deals {
		calls := history.Deal(deal, deals)
		assert.Equal(t, calls, got[calls[0].Deal])
	}
}

func BenchmarkDeal(b *testing.B) {
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		history.Deal(n, 1_000_000)
	}
}
