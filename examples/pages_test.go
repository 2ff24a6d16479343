package examples_test

import (
	"flag"
	"iter"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

var update = flag.Bool("update", false, "write the pages and goldens anew")

// block is a fenced block of a page, behind the comment that names it.
var block = regexp.MustCompile("(?s)<!-- ([^>]*) -->\n```\n(.*?)```\n")

// comparePage compares every named block of a page with what it should show.
func comparePage(t *testing.T, file string, want map[string]string) {
	t.Helper()
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	seen := map[string]bool{}
	fresh := block.ReplaceAllFunc(page, func(found []byte) []byte {
		name := string(block.FindSubmatch(found)[1])
		seen[name] = true
		if !assert.Contains(t, want, name, "%s shows something that nobody checks", file) {
			return found
		}
		return []byte("<!-- " + name + " -->\n```\n" + want[name] + "```\n")
	})
	for name := range want {
		assert.True(t, seen[name], "%s should show %q", file, name)
	}
	compare(t, file, page, fresh)
}

// compareGolden compares a text with a file.
func compareGolden(t *testing.T, file, want string) {
	t.Helper()
	have, err := os.ReadFile(file)
	if !*update {
		require.NoError(t, err)
	}
	compare(t, file, have, []byte(want))
}

func compare(t *testing.T, file string, have, want []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, want, 0o644))
		return
	}
	assert.Equal(t, string(want), string(have), "%s is out of date: run the test with -update and look at what changed", file)
}

// evaluator judges by a built-in process.
func evaluator(t *testing.T, name string) *outcome.Evaluator {
	t.Helper()
	p, err := process.Builtin(name)
	require.NoError(t, err)
	return outcome.NewEvaluator(p, outcome.Options{})
}

// calls reads a file of calls, all of them sound.
func calls(t *testing.T, file string) []outcome.Call {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	return sound(t, outcome.ReadCalls(file, f))
}

// deals reads a file of deals, all of them sound.
func deals(t *testing.T, file string) []outcome.Deal {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	return sound(t, outcome.ReadDeals(file, f))
}

func sound[T any](t *testing.T, records iter.Seq2[outcome.Record[T], error]) (all []T) {
	t.Helper()
	for r, err := range records {
		require.NoError(t, err)
		all = append(all, r.Value)
	}
	return all
}
