package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// memoryLimit is --max-memory: how much may be held in memory, in bytes.
type memoryLimit struct {
	bytes   uint64
	written string
	sample  []metrics.Sample
}

// memoryFlag adds --max-memory.
func memoryFlag(cmd *cobra.Command) *memoryLimit {
	m := &memoryLimit{}
	cmd.Flags().Var(m, "max-memory",
		"stop before more than this `SIZE` is held in memory, such as 2GiB or 500MB; without it, three quarters of what the machine has free")
	completeWith(cmd, "max-memory", "1GiB", "4GiB", "16GiB")
	return m
}

// String returns the size as it was written.
func (m *memoryLimit) String() string { return m.written }

// Type is what the help shows in the place of the size.
func (m *memoryLimit) Type() string { return "SIZE" }

// sizes are the units of a size, the longer names first.
var sizes = []struct {
	unit  string
	bytes float64
}{
	{"TiB", 1 << 40},
	{"GiB", 1 << 30},
	{"MiB", 1 << 20},
	{"KiB", 1 << 10},
	{"TB", 1e12},
	{"GB", 1e9},
	{"MB", 1e6},
	{"kB", 1e3},
	{"B", 1},
	{"T", 1 << 40},
	{"G", 1 << 30},
	{"M", 1 << 20},
	{"K", 1 << 10},
}

// Set reads a size.
func (m *memoryLimit) Set(text string) error {
	number, factor := text, 1.0
	for _, s := range sizes {
		if rest, ok := cutSuffixFold(text, s.unit); ok {
			number, factor = rest, s.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if bytes := n * factor; err == nil && bytes >= 1<<20 && bytes < 1<<60 {
		m.bytes, m.written = uint64(bytes), text
		return nil
	}
	return fmt.Errorf("%q is no size of at least 1MiB: write 2GiB, or 500MB", text)
}

func cutSuffixFold(s, suffix string) (string, bool) {
	if n := len(s) - len(suffix); n >= 0 && strings.EqualFold(s[n:], suffix) {
		return s[:n], true
	}
	return s, false
}

// check says what to do where too much is held. What is asked for often should
// be asked for every few thousand records only.
func (m *memoryLimit) check(what string) error {
	if m.bytes == 0 {
		m.bytes = sensibleLimit()
	}
	if m.sample == nil {
		m.sample = []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	}
	metrics.Read(m.sample)
	if held := m.sample[0].Value.Uint64(); held > m.bytes {
		return fmt.Errorf("%s take more than %s of memory: have evaluate judge them --ordered by time and id, which keeps the deals alone, "+
			"or allow it more with --max-memory", what, inBytes(m.bytes))
	}
	return nil
}

// inBytes writes a size for people.
func inBytes(n uint64) string {
	for _, s := range sizes[:4] {
		if float64(n) >= s.bytes {
			return strconv.FormatFloat(float64(n)/s.bytes, 'f', 1, 64) + " " + s.unit
		}
	}
	return strconv.FormatUint(n, 10) + " bytes"
}

// collectSeldom lets garbage lie until there are four times as many bytes as are
// in use, as long as they stay below roomy: a run over a million calls spends a
// quarter of its time on collecting them otherwise. Beyond that what is in use
// decides, so memory grows with it.
func collectSeldom() {
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(roomy)
	go func() {
		for range time.Tick(50 * time.Millisecond) {
			n := inUse()
			debug.SetMemoryLimit(int64(max(roomy, n+n/2)))
		}
	}()
}

// roomy is how much memory a run may take whatever it needs: below 1 GiB, with
// what the program and its stacks take beside the heap.
const roomy = 900 << 20

// inUse returns how many bytes survived the last collection.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// sensibleLimit is three quarters of what the machine, or the container, has
// left; where it does not say, 4 GiB.
func sensibleLimit() uint64 {
	free := uint64(16 << 30 / 3)
	if info, err := os.ReadFile("/proc/meminfo"); err == nil {
		if n, ok := lineOf(info, "MemAvailable:"); ok {
			free = n << 10
		}
	}
	if text, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil {
			free = min(free, n)
		}
	}
	return free / 4 * 3
}

// lineOf finds the number of a line such as "MemAvailable: 123 kB".
func lineOf(text []byte, name string) (uint64, bool) {
	_, rest, ok := bytes.Cut(text, []byte(name))
	if !ok {
		return 0, false
	}
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(fields[0]), 10, 64)
	return n, err == nil
}
