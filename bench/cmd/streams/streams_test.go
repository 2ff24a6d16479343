package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test program stand for what streams starts: itself, which
// makes and decodes files, and the command, which here does nothing.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "make", "decode":
			if err := new(bench).run(os.Args[1:], 0, 0, ""); err != nil {
				panic(err)
			}
			return
		case "evaluate", "audit":
			return
		}
	}
	os.Exit(m.Run())
}

func try(t *testing.T, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	var out bytes.Buffer
	b := bench{advance: self, process: "process.yaml", dir: t.TempDir(), count: 1, out: &out, log: io.Discard}
	require.NoError(t, b.run(args, 120, 20, "24,48"))
	left, err := filepath.Glob(filepath.Join(b.dir, "*"))
	require.NoError(t, err)
	assert.Empty(t, left, "files of calls are taken away")
	return out.String()
}

func TestSpeed(t *testing.T) {
	out := try(t, "speed")
	assert.Contains(t, out, "120 calls of 10 deals")
	for _, name := range append([]string{"| advance evaluate --ordered |", "| advance audit |"}, decoders...) {
		assert.Contains(t, out, name)
	}
	assert.GreaterOrEqual(t, strings.Count(out, "| 100 % |"), 2, "a decoder is the fastest on one core, and one on two:\n%s", out)
}

func TestMemory(t *testing.T) {
	assert.Regexp(t, `^20 deals, 240 calls, .*\nmaximum resident set \d+ MiB, \d+ bytes a deal, in .*s\n$`, try(t, "memory"))
}

func TestScaling(t *testing.T) {
	out := try(t, "scaling")
	assert.Regexp(t, `\| 24 \| 2 \| .*\n\| 48 \| 4 \| `, out)
	assert.Equal(t, 2, strings.Count(out, "xychart-beta"))
}

func TestMedian(t *testing.T) {
	samples := []sample{{wall: 3 * time.Second}, {wall: 9 * time.Second}, {wall: time.Second}}
	assert.Equal(t, 3*time.Second, median(samples, wall))
}

func TestUnknownVerb(t *testing.T) {
	assert.ErrorContains(t, new(bench).run([]string{"slowness"}, 0, 0, ""), "speed, memory or scaling")
}
