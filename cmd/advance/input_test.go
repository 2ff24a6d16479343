package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/terminal"
)

const judgeTiny = "evaluate --format json --process testdata/tiny.yaml --deals testdata/deals.jsonl "

// TestSameVerdicts reads the same calls in every way that there is, and comes
// to the same verdicts.
func TestSameVerdicts(t *testing.T) {
	calls, err := os.ReadFile("testdata/calls.jsonl")
	require.NoError(t, err)
	want := try(t, "", words(judgeTiny+"testdata/calls.jsonl"))
	require.Equal(t, exitOK, want.code)

	lines := strings.SplitAfter(strings.TrimSpace(string(calls))+"\n", "\n")
	slices.Reverse(lines)
	backwards := strings.Join(lines, "")
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err = zip.Write(calls)
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	file := filepath.Join(t.TempDir(), "calls.jsonl.gz")
	require.NoError(t, os.WriteFile(file, packed.Bytes(), 0o666))

	for _, test := range []struct{ name, args, stdin string }{
		{"ordered", "--ordered testdata/calls.jsonl", ""},
		{"standard input", "", string(calls)},
		{"backwards", "-", backwards},
		{"twice", "testdata/calls.jsonl -", string(calls)},
		{"packed", file, ""},
		{"packed on standard input", "-", packed.String()},
		{"line ends of Windows", "-", strings.ReplaceAll(string(calls), "\n", "\r\n")},
		{"a byte order mark", "--ordered -", "\ufeff" + string(calls)},
		{"no last line end", "-", strings.TrimSpace(string(calls))},
		{"blank lines", "-", strings.ReplaceAll(string(calls), "\n", "\n\n")},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, test.stdin, words(judgeTiny+test.args))
			assert.Equal(t, exitOK, got.code, got.err)
			assert.Equal(t, want.out, got.out)
		})
	}
}

// TestTornGzip can not be read to its end.
func TestTornGzip(t *testing.T) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := zip.Write(bytes.Repeat([]byte(`{"deal":"d","at":"2026-01-05T10:00:00Z"}`+"\n"), 10))
	require.NoError(t, err)
	require.NoError(t, zip.Close())
	for _, n := range []int{5, packed.Len() / 2} {
		got := try(t, packed.String()[:n], words("evaluate --format json"))
		assert.Equal(t, exitFailed, got.code)
		assert.Contains(t, got.err, "<stdin>: unexpected EOF")
	}
}

// TestHostileText shows what other people wrote, and lets none of it take
// control of the terminal.
func TestHostileText(t *testing.T) {
	call := `{"deal":"d\u001b[2J","at":"2026-01-05T10:00:00Z","rep":"\u202eana\u0007","commitments":[{"commitment":"\u001b]0;x\u0007","by":"buyer"}]}`
	for _, args := range []string{"evaluate", "evaluate --ordered", "plan --deal d\x1b[2J -"} {
		got := try(t, call, words(args))
		for _, bad := range []string{"\x1b", "\x07", "\u202e"} {
			assert.NotContains(t, got.out+got.err, bad, args)
		}
	}
}

// TestStreaming passes a verdict on before it waits for the next call.
func TestStreaming(t *testing.T) {
	in, calls, err := os.Pipe()
	require.NoError(t, err)
	verdicts, out, err := os.Pipe()
	require.NoError(t, err)
	done := make(chan int)
	go func() {
		e := &env{
			ctx: t.Context(), stdin: in, stdout: out, stderr: &bytes.Buffer{},
			now: func() time.Time { return now }, getenv: func(string) string { return "" },
		}
		done <- run(words("evaluate --ordered --format json"), e)
	}()
	_, err = calls.WriteString(`{"deal":"d","at":"2026-01-05T10:00:00Z"}` + "\n")
	require.NoError(t, err)
	buf := make([]byte, 1<<16)
	n, err := verdicts.Read(buf)
	require.NoError(t, err)
	assert.True(t, bytes.HasSuffix(buf[:n], []byte("\n")))
	require.NoError(t, calls.Close())
	assert.Equal(t, exitOK, <-done)
}

// TestProgress shows on a terminal alone how far a long run has come, and takes
// it away again.
func TestProgress(t *testing.T) {
	many := strings.Repeat(`{"deal":"d","at":"2026-01-05T10:00:00Z"}`+"\n", 5000)
	slow := func(e *env) {
		clock := now
		e.now = func() time.Time { clock = clock.Add(600 * time.Millisecond); return clock }
	}
	quiet := try(t, many, words("evaluate --format json"), slow)
	assert.Empty(t, quiet.err)
	shown := try(t, many, words("evaluate --format json"), slow, func(e *env) { e.err = terminal.Device{Terminal: true} })
	assert.Equal(t, quiet.out, shown.out)
	assert.Contains(t, shown.err, "\r2,048 calls read …")
	assert.True(t, strings.HasSuffix(shown.err, "\r\x1b[K"))
}

// TestCompletion asks as a shell does.
func TestCompletion(t *testing.T) {
	for _, test := range []struct {
		args []string
		want []string
		not  string
	}{
		{[]string{""}, []string{"evaluate\t", "plan\t", "process\t", "completion\t"}, ""},
		{[]string{"evaluate", "--process", ""}, []string{"ten-commitments\tThe ten commitments\n", ":0\n"}, ""},
		{[]string{"evaluate", "--format", ""}, []string{"text\njson\n:4\n"}, "yaml"},
		{[]string{"evaluate", "--color", ""}, []string{"auto\nalways\nnever\n"}, ""},
		{[]string{"evaluate", ""}, []string{"jsonl\n", ":8\n"}, ""},
		{[]string{"process", "show", ""}, []string{"appointment-setting\t"}, ""},
		{[]string{"process", "show", "--format", ""}, []string{"text\nyaml\n"}, ""},
		{[]string{"plan", "--kind", ""}, []string{"cold_call\tCold call\n", "workshop\t"}, ""},
		{[]string{"plan", "--process", "testdata/tiny.yaml", "--kind", ""}, []string{"cold_call\tCold call\nfirst_meeting\tFirst meeting\n"}, "workshop"},
		{[]string{"plan", "--process", "testdata/faulty.yaml", "--kind", ""}, []string{":4\n"}, "cold_call"},
		{[]string{"plan", "--deals", "testdata/deals.jsonl", "--deal", ""}, []string{"D-1\tAcme\nD-2\tBolt & Nut\n"}, "D-3"},
		{[]string{"plan", "testdata/calls.jsonl", "--deal", ""}, []string{"D-1\nD-2\nD-3\n"}, "D-4"},
		{[]string{"plan", "testdata/nowhere.jsonl", "--deal", ""}, []string{":36\n"}, "D-"},
	} {
		got := try(t, "", append([]string{"__complete"}, test.args...))
		assert.Equal(t, exitOK, got.code)
		for _, want := range test.want {
			assert.Contains(t, got.out, want, test.args)
		}
		if test.not != "" {
			assert.NotContains(t, got.out, test.not, test.args)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		assert.NotEmpty(t, try(t, "", []string{"completion", shell}).out)
	}
}
