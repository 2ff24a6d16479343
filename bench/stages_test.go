package bench_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/bench"
	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/outcome"
)

func TestAllComeToTheSameStages(t *testing.T) {
	deals := small
	if testing.Short() {
		deals = 256
	}
	all := calls(deals)
	for _, c := range contenders(t) {
		t.Run(c.name, func(t *testing.T) {
			m, err := c.make(all)
			require.NoError(t, err)
			checkStages(t, m, deals)
			checkStages(t, m, 10) // and once more, with what the first run left behind
		})
	}
}

func TestReplayComesToTheSameStages(t *testing.T) {
	ev := evaluator(t)
	last := map[outcome.DealID]outcome.Verdict{}
	states, errs := ev.Replay(nil, calls(small), func(v outcome.Verdict) { last[v.Call().Deal] = v })
	assert.Empty(t, errs)
	require.Len(t, states, small)
	for deal, s := range states { // in the order of their ids, which is that of the deals
		v := last[s.Deal()]
		require.Equal(t, history.Stages[history.Stage(deal)], v.To(), "deal %s", s.Deal())
	}
}

func TestFiveOfTwelveCallsAreCredited(t *testing.T) {
	const deals = 500
	ev := evaluator(t)
	for _, k := range bench.FullKinds {
		f, err := k.New(ev, calls(deals))
		require.NoError(t, err)
		for deal := range deals {
			_, err := f.Deal(deal * history.Calls)
			require.NoError(t, err)
			require.Equal(t, (deal+1)*history.Credited, f.Credited, "%s: up to deal %d", k.Name, deal)
		}
	}
}

func TestHistoriesOfAllStages(t *testing.T) {
	var stages [6]int
	for deal := range 1000 {
		stages[history.Stage(deal)]++
	}
	assert.Zero(t, stages[0]+stages[1], "five credits are at least two exits: %v", stages)
	for stage, n := range stages[2:] {
		assert.NotZero(t, n, "no deal comes to %q", history.Stages[2+stage])
	}
}
