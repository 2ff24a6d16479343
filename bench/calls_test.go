package bench_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/bench/history"
	"github.com/advance-sales/advance/bench/machine"
	"github.com/advance-sales/advance/outcome"
)

// BenchmarkCalls runs through 4,096 deals, one after the other and again and
// again. What is timed of a call is a twelfth of a deal, its opening included.
func BenchmarkCalls(b *testing.B) {
	all := calls(small)
	for _, c := range contenders(b) {
		b.Run("by="+c.name, func(b *testing.B) {
			m, err := c.make(all)
			require.NoError(b, err)
			checkStages(b, m, small)
			var heap mallocs
			heap.start()
			n := 0
			for b.Loop() {
				if _, err := m.Deal(n % small * history.Calls); err != nil {
					b.Fatal(err)
				}
				n++
			}
			heap.report(b, n*history.Calls)
		})
	}
	b.Run("by=advance.replay", func(b *testing.B) {
		ev := evaluator(b)
		var heap mallocs
		heap.start()
		n := 0
		for b.Loop() {
			replay(b, ev, all)
			n++
		}
		heap.report(b, n*len(all))
	})
}

// replay runs through calls in bulk, in whatever order they come.
func replay(b *testing.B, ev *outcome.Evaluator, all []outcome.Call) {
	b.Helper()
	credited := 0
	_, errs := ev.Replay(nil, all, func(v outcome.Verdict) {
		if set := v.Credited(); !set.IsEmpty() {
			credited++
		}
	})
	if len(errs) > 0 || credited*history.Calls != len(all)*history.Credited {
		b.Fatalf("%d of %d calls are credited, errors %v", credited, len(all), errs)
	}
}

// million are the contenders of the long run: ours, the floor and the best known
// of the peers. The others take minutes, and tell nothing new.
var million = []string{"advance.fold", "switch", "stateless"}

// BenchmarkMillion runs through a million deals once, some at a time; with
// -short only through the first of them. Making them is not timed.
func BenchmarkMillion(b *testing.B) {
	all := map[string]contender{}
	for _, c := range contenders(b) {
		all[c.name] = c
	}
	for _, name := range million {
		b.Run("by="+name, func(b *testing.B) {
			overMillion(b, func(part []outcome.Call) func() {
				m, err := all[name].make(part)
				require.NoError(b, err)
				return func() { deals(b, m, len(part)) }
			})
		})
	}
	b.Run("by=advance.replay", func(b *testing.B) {
		ev := evaluator(b)
		overMillion(b, func(part []outcome.Call) func() {
			return func() { replay(b, ev, part) }
		})
	})
}

// overMillion times what prepare returns, for each part of a million deals.
func overMillion(b *testing.B, prepare func(part []outcome.Call) func()) {
	b.Helper()
	n := 0
	to := large
	if testing.Short() {
		to = 2 * small
	}
	room := make([]outcome.Call, small*history.Calls)
	for b.Loop() {
		for from := 0; from < to; from += small {
			b.StopTimer()
			part := room[:min(small, to-from)*history.Calls]
			history.Fill(part, from, large)
			run := prepare(part)
			b.StartTimer()
			run()
			n += len(part)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/call")
	b.ReportMetric(0, "ns/op")
}

func deals(b *testing.B, m machine.Machine, calls int) {
	b.Helper()
	for first := 0; first < calls; first += history.Calls {
		if _, err := m.Deal(first); err != nil {
			b.Fatal(err)
		}
	}
}
