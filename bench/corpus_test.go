package bench_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/bench"
	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/bench/machine"
	"github.com/advance-sales/advance/outcome"
)

// The two sizes that are measured, in deals.
const (
	small = 4096
	large = 1_000_000
)

// contender is anything that is measured on the histories.
type contender struct {
	name string
	make func(calls []outcome.Call) (machine.Machine, error)
}

// contenders are ours first, and then the peers.
func contenders(t testing.TB) []contender {
	t.Helper()
	ev := evaluator(t)
	var all []contender
	for _, k := range bench.FullKinds {
		all = append(all, contender{k.Name, func(calls []outcome.Call) (machine.Machine, error) { return k.New(ev, calls) }})
	}
	for _, k := range machine.Kinds {
		all = append(all, contender{k.Name, func(calls []outcome.Call) (machine.Machine, error) { return k.New(machine.Facts(calls)) }})
	}
	return all
}

func evaluator(t testing.TB) *outcome.Evaluator {
	t.Helper()
	p, err := bench.Process()
	require.NoError(t, err)
	return outcome.NewEvaluator(p, outcome.Options{})
}

// calls makes the calls of some deals, deal by deal.
func calls(deals int) []outcome.Call {
	all := make([]outcome.Call, deals*history.Calls)
	history.Fill(all, 0, deals)
	return all
}

// checkStages makes sure that a machine comes to the stages that the histories
// were made to come to.
func checkStages(t testing.TB, m machine.Machine, deals int) {
	t.Helper()
	for deal := range deals {
		stage, err := m.Deal(deal * history.Calls)
		require.NoError(t, err)
		if want := history.Stage(deal); stage != want {
			t.Fatalf("deal %d comes to %q instead of %q", deal, history.Stages[stage], history.Stages[want])
		}
	}
}

// mallocs counts what is allocated while a benchmark runs, so that it can be
// told for each call, and not only for all that are run at once.
type mallocs struct{ before runtime.MemStats }

func (m *mallocs) start() { runtime.ReadMemStats(&m.before) }

// report reports nanoseconds, allocations and bytes for each call.
func (m *mallocs) report(b *testing.B, calls int) {
	b.Helper()
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	n := float64(calls)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n, "ns/call")
	b.ReportMetric(float64(after.Mallocs-m.before.Mallocs)/n, "allocs/call")
	b.ReportMetric(float64(after.TotalAlloc-m.before.TotalAlloc)/n, "B/call")
	b.ReportMetric(0, "ns/op") // of many calls: says nothing
}
