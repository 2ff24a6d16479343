package bench_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/advance-sales/advance/process"
)

// threeHundredLines is a process that people start from, of about so many lines.
func threeHundredLines(t testing.TB) []byte {
	t.Helper()
	src, err := process.BuiltinSource("appointment-setting")
	require.NoError(t, err)
	assert.InDelta(t, 300, bytes.Count(src, []byte("\n")), 20)
	return src
}

func TestTheProcessCompiles(t *testing.T) {
	_, err := process.Parse("sales.yaml", threeHundredLines(t))
	require.NoError(t, err)
}

// BenchmarkCompile sets the compiling of a process beside what the YAML parser
// takes for the same bytes.
func BenchmarkCompile(b *testing.B) {
	src := threeHundredLines(b)
	b.Run("by=advance.parse", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := process.Parse("sales.yaml", src); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("by=yaml.v3", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			var document yaml.Node
			if err := yaml.Unmarshal(src, &document); err != nil {
				b.Fatal(err)
			}
		}
	})
}
