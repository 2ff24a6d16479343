package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
)

// TestBuiltinAreClean holds that there is nothing to say about our own mappings.
func TestBuiltinAreClean(t *testing.T) {
	require.Len(t, crm.BuiltinNames(), 6)
	for _, name := range crm.BuiltinNames() {
		src, err := crm.BuiltinSource(name)
		require.NoError(t, err)
		assert.Empty(t, crm.Lint(name+".yaml", src), name)
	}
}
