package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMemorySizes(t *testing.T) {
	for text, want := range map[string]uint64{
		"2GiB": 2 << 30, "2g": 2 << 30, "500MB": 500e6, "1.5 TiB": 3 << 39, "1048576": 1 << 20, "4096 kB": 4096e3, "3000000B": 3e6,
	} {
		var m memoryLimit
		require.NoError(t, m.Set(text), text)
		assert.Equal(t, want, m.bytes, text)
	}
	for _, text := range []string{"", "much", "-1GiB", "1KiB", "NaN", "1e30", "2 GiB of it"} {
		assert.Error(t, new(memoryLimit).Set(text), text)
	}
	assert.NotZero(t, sensibleLimit())
}

// TestMaxMemory stops before the machine does, says what to do instead, and
// leaves no half of a file.
func TestMaxMemory(t *testing.T) {
	dir := t.TempDir()
	calls := filepath.Join(dir, "calls.jsonl")
	line := `{"deal":"d","at":"2026-01-05T10:00:00Z","notes":"` + strings.Repeat("x", 1000) + `"}` + "\n"
	require.NoError(t, os.WriteFile(calls, []byte(strings.Repeat(line, 20000)), 0o600))
	out := filepath.Join(dir, "verdicts.jsonl")

	got := try(t, "", []string{"evaluate", "--max-memory", "4MiB", "--format", "json", "-o", out, calls})
	assert.Equal(t, exitFailed, got.code)
	assert.Contains(t, got.err, "--ordered")
	assert.Contains(t, got.err, "4.0 MiB")
	assert.NoFileExists(t, out)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)

	got = try(t, "", []string{"evaluate", "--format", "json", "-o", out, calls})
	assert.Equal(t, 0, got.code, got.err)
	assert.Empty(t, got.out)
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(string(text), "\n"))
}
