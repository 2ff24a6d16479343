package audit_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
)

// BenchmarkRun audits a thousand deals with about five calls each.
func BenchmarkRun(b *testing.B) {
	p, _ := plant(rand.New(rand.NewPCG(1, 1)), 1000)
	ev := evaluator(b)
	b.ReportAllocs()
	for b.Loop() {
		_, err := audit.Run(ev, p, audit.Options{AsOf: asOf})
		require.NoError(b, err)
	}
	b.ReportMetric(float64(len(p.Calls)*b.N)/b.Elapsed().Seconds(), "calls/s")
}
