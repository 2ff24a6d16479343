package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	const in = `goos: linux
BenchmarkCalls/by=advance.fold-2   100   20.0 ns/call   0 allocs/call   0 B/call
BenchmarkCalls/by=advance.fold-2   100   10.0 ns/call   0 allocs/call   0 B/call
BenchmarkCalls/by=advance.fold-2   100   12.0 ns/call   0 allocs/call   0 B/call
BenchmarkCalls/by=stateless-2      100   150 ns/call    2.346 allocs/call   38.6 B/call
BenchmarkCompile/by=advance.parse  100   2000000 ns/op  7.00 MB/s   304223 B/op   4054 allocs/op
BenchmarkCompile/by=yaml.v3        100   1000000 ns/op  14.00 MB/s  176161 B/op   2758 allocs/op
PASS
`
	const want = `| Calls | median | ± | to ours | allocs/call | B/call |
| :-- | --: | --: | --: | --: | --: |
| advance.fold | 12.0 ns | 67 % |  | 0 | 0 |
| stateless | 150 ns | 0 % | 12.50 | 2.35 | 39 |

| Compile | median | ± | to ours | MB/s | allocs | B |
| :-- | --: | --: | --: | --: | --: | --: |
| advance.parse | 2000.0 µs | 0 % |  | 7 | 4054 | 304223 |
| yaml.v3 | 1000.0 µs | 0 % | 0.50 | 14 | 2758 | 176161 |
`
	var out bytes.Buffer
	require.NoError(t, run([]string{"-"}, strings.NewReader(in), &out))
	assert.Equal(t, want, out.String())
}

func TestNoResults(t *testing.T) {
	for _, files := range [][]string{nil, {"-"}} {
		err := run(files, strings.NewReader("PASS\n"), &bytes.Buffer{})
		assert.ErrorContains(t, err, "no results")
	}
}
