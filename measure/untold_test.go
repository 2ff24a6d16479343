package measure_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// TestUntold leaves the calls of a deal out of which nothing could be read out
// of rates and waits, and keeps the deal in everything else.
func TestUntold(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	told := `
		deal A stage=target amount=10
		call c1 A 2026-06-01
		call c2 A 2026-06-02 declined:time`
	untold := `
		deal B stage=target amount=20
		activity a1 B 2026-06-01 call
		call a1 B 2026-06-01
		activity a2 B 2026-06-02 call
		call a2 B 2026-06-02`
	measures := func(text string) measure.Measures {
		b := pipeline.NewBook(outcome.NewEvaluator(p, outcome.Options{}), pipetest.Parse(text), pipeline.Options{AsOf: pipetest.Time("2026-06-30")})
		c := measure.NewCollector(p, measure.Options{})
		for i := range b.Len() {
			h := b.History(i)
			c.Add(&h)
		}
		return c.Measures()
	}
	alone, both := measures(told), measures(told+untold)
	assert.Equal(t, 0, alone.Deals.Untold)
	assert.Equal(t, 1, both.Deals.Untold)
	assert.Equal(t, 2, both.Deals.Open)
	assert.Equal(t, alone.Overall, both.Overall)
	assert.Equal(t, alone.Stages, both.Stages)
	assert.Equal(t, alone.Months, both.Months)
	assert.NotEqual(t, alone.Value, both.Value)
	// What a call says counts for all calls of the deal.
	assert.Equal(t, 4, measures(told+untold+" declined:time").Overall.Calls)
}
