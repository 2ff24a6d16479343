package process

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
)

// minimal is a definition without a fault and without advice.
func minimal(t *testing.T) Definition { return readOK(t, "minimal") }

// everyKey is a definition in which every key is used.
func everyKey(t *testing.T) Definition { return readOK(t, "every_key") }

func readOK(t *testing.T, name string) Definition {
	t.Helper()
	src, err := os.ReadFile("testdata/ok/" + name + ".yaml")
	require.NoError(t, err)
	def, diags := Read(name+".yaml", src)
	require.Empty(t, diags)
	return def
}

func duration(text string) commitment.Duration { return commitment.Duration(text) }

// compiled compiles a definition that must be sound.
func compiled(t *testing.T, def Definition) *Process {
	t.Helper()
	p, err := def.Compile()
	require.NoError(t, err)
	return p
}
