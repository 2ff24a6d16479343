package cases_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/process"
)

// TestBuiltin runs the cases of every built-in process. They cover all of it.
func TestBuiltin(t *testing.T) {
	for _, name := range process.BuiltinNames() {
		t.Run(name, func(t *testing.T) {
			suite, err := cases.Builtin(name)
			require.NoError(t, err)
			require.Equal(t, name, suite.Process.ID())

			coverage := cases.NewCoverage(suite.Process)
			for _, result := range suite.Run(cases.RunOptions{}) {
				coverage.Add(&result)
				t.Run(result.Case, func(t *testing.T) {
					assert.True(t, result.Passed(), result.Failure())
				})
			}
			var table strings.Builder
			require.NoError(t, coverage.WriteText(&table))
			assert.Equal(t, 100, coverage.Percent(), table.String())
		})
	}
}

func TestBuiltinUnknown(t *testing.T) {
	_, err := cases.Builtin("complex")
	assert.ErrorContains(t, err, "complex-b2b")
}
