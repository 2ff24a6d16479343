package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/terminal"
)

var update = flag.Bool("update", false, "write the golden files anew")

// now is the time in all tests.
var now = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// ran is what came of a run.
type ran struct {
	code     int
	out, err string
}

// try runs the command with what is typed or piped into it. The changes make
// another world.
func try(t *testing.T, stdin string, args []string, changes ...func(*env)) ran {
	t.Helper()
	var out, err bytes.Buffer
	e := &env{
		ctx:    t.Context(),
		stdin:  strings.NewReader(stdin),
		stdout: &out,
		stderr: &err,
		now:    func() time.Time { return now },
		getenv: func(string) string { return "" },
	}
	for _, change := range changes {
		change(e)
	}
	code := run(args, e)
	return ran{code, out.String(), err.String()}
}

func words(line string) []string { return strings.Fields(line) }

// TestGolden runs the command as people do, and compares everything that they
// see.
func TestGolden(t *testing.T) {
	for _, test := range []struct {
		name  string
		args  string
		stdin string
		code  int
	}{
		{name: "help-evaluate", args: "evaluate --help"},
		{name: "help-plan", args: "plan --help"},
		{name: "help-process", args: "process --help"},
		{name: "help-process-show", args: "process show --help"},

		{name: "evaluate", args: "evaluate --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "evaluate-verbose", args: "evaluate -v --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "evaluate-json", args: "evaluate --process testdata/tiny.yaml --deals testdata/deals.jsonl --format json testdata/calls.jsonl"},
		{name: "evaluate-color", args: "evaluate --color always --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "evaluate-as-of", args: "evaluate --as-of 2026-10-12 --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "evaluate-ordered", args: "evaluate --ordered --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "evaluate-ordered-verbose", args: "evaluate --ordered -v --as-of 2026-10-12 --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "evaluate-faults", args: "evaluate --process testdata/tiny.yaml testdata/faults.jsonl", code: exitFaults},
		{name: "evaluate-faults-json", args: "evaluate --process testdata/tiny.yaml --format json testdata/faults.jsonl", code: exitFaults},
		{name: "evaluate-faults-ordered", args: "evaluate --ordered --process testdata/tiny.yaml testdata/faults.jsonl testdata/faults.jsonl", code: exitFaults},
		{name: "evaluate-faulty-deals", args: "evaluate --process testdata/tiny.yaml --deals testdata/faulty-deals.jsonl", code: exitFaults},
		{name: "evaluate-nothing", args: "evaluate -"},
		{
			name: "evaluate-unknown", args: "evaluate -", code: exitFaults,
			stdin: `{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"commitment":"tme","by":"buyer"}]}`,
		},
		{name: "evaluate-ahead", args: "evaluate --process testdata/tiny.yaml -", stdin: `{"deal":"d","at":"2027-01-05T10:00:00Z"}`},

		{name: "plan", args: "plan --deal D-1 --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "plan-kind", args: "plan --deal D-5 --kind cold_call --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "plan-wrong-stage", args: "plan --deal D-1 --kind cold_call --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "plan-gap", args: "plan --deal D-3 --as-of 2026-10-15 --process testdata/tiny.yaml testdata/calls.jsonl"},
		{name: "plan-lost", args: "plan --deal D-2 --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl"},
		{name: "plan-json", args: "plan --deal D-1 --kind first_meeting --as-of 2026-10-13T10:00:00+02:00 --format json --process testdata/tiny.yaml testdata/calls.jsonl"},
		{name: "plan-faults", args: "plan --deal D-1 --process testdata/tiny.yaml testdata/faults.jsonl", code: exitFaults},

		{name: "process-show", args: "process show testdata/tiny.yaml"},
		{name: "process-faulty", args: "process show testdata/faulty.yaml", code: exitFaults},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, test.stdin, words(test.args))
			assert.Equal(t, test.code, got.code)
			golden(t, filepath.Join("testdata", "golden", test.name+".txt"),
				fmt.Sprintf("$ advance %s\n%s--- stderr\n%s--- exit %d\n", test.args, got.out, got.err, got.code))
		})
	}
}

// golden compares a text with a file; with -update it writes the file anew.
func golden(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), text)
}

// TestCannotRun goes through the ways in which the command can not run.
func TestCannotRun(t *testing.T) {
	for _, test := range []struct{ args, says string }{
		{"evalute", `did you mean "evaluate"?`},
		{"process lst", `did you mean "list"?`},
		{"evaluate --formt text", "there is no flag --formt: did you mean --format?"},
		{"evaluate --xyzzy", "there is no flag --xyzzy\n"},
		{"evaluate --format jsn -", `--format: there is no "jsn": did you mean "json"?`},
		{"evaluate --color pink -", `--color: there is no "pink": there is auto, always, never`},
		{"evaluate --as-of 2026-02-30 -", `--as-of: "2026-02-30" is no time`},
		{"evaluate --as-of soon -", `--as-of: "soon" is no time`},
		{"evaluate --deals", "flag needs an argument: --deals"},
		{"evaluate - -", "standard input (-) can be read only once"},
		{"evaluate --deals - -", "standard input (-) can not hold both"},
		{"evaluate nowhere.jsonl", "nowhere.jsonl: there is no such file"},
		{"evaluate testdata", "testdata: this is a directory"},
		{"evaluate --deals nowhere.jsonl -", "nowhere.jsonl: there is no such file"},
		{"evaluate --process nowhere.yaml -", "nowhere.yaml: there is no such file"},
		{"evaluate --process ten-comitments -", `no built-in process is called "ten-comitments": did you mean "ten-commitments"?`},
		{"plan", "which deal? Name it with --deal"},
		{"plan --deal D-11 testdata/calls.jsonl", `there is no deal "D-11" in what was read: did you mean "D-1"?`},
		{"plan --deal D-1 --kind coldcall testdata/calls.jsonl", `process ten-commitments has no call kind "coldcall": did you mean "cold_call"?`},
		{"process show a b", "one process at a time, and these are 2: a, b"},
		{"process show nowhere/", "nowhere/: there is no such file"},
		{"process show --format yaml nowhere.yaml", "nowhere.yaml: there is no such file"},
		{"process list x", `there is no argument to give, and this is one: "x"`},
		{"version x", `there is no argument to give`},
	} {
		t.Run(test.args, func(t *testing.T) {
			got := try(t, "", words(test.args))
			assert.Equal(t, exitFailed, got.code)
			assert.Empty(t, got.out)
			assert.Contains(t, got.err, test.says)
			assert.Regexp(t, `^advance( \w+)*: `, got.err)
		})
	}
}

// TestNothingNamed reads standard input where no file is named, but waits for
// nobody to type.
func TestNothingNamed(t *testing.T) {
	typed := try(t, "", words("evaluate"), func(e *env) { e.in = terminal.Device{Terminal: true} })
	assert.Equal(t, exitFailed, typed.code)
	assert.Contains(t, typed.err, "no calls to read: name a file, or -")

	piped := try(t, `{"deal":"d","at":"2026-01-05T10:00:00Z"}`, words("evaluate --format json"))
	assert.Equal(t, exitOK, piped.code)
	assert.Equal(t, 1, strings.Count(piped.out, "\n"))
}

// TestFaultyProcess reports each fault on a line of its own, and judges
// nothing.
func TestFaultyProcess(t *testing.T) {
	got := try(t, "", words("evaluate --process testdata/faulty.yaml testdata/calls.jsonl"))
	assert.Equal(t, exitFaults, got.code)
	assert.Empty(t, got.out)
	for line := range strings.Lines(got.err) {
		assert.Regexp(t, `^testdata/faulty\.yaml:\d+:\d+: error: .*\[\w+\]\n$`, line)
	}
}

// TestHelp makes sure that every verb explains itself, and fits on a page.
func TestHelp(t *testing.T) {
	root := newRootCmd(&env{ctx: t.Context(), getenv: func(string) string { return "" }})
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		path := cmd.CommandPath()
		assert.NotEmpty(t, cmd.Short, path)
		assert.NotEmpty(t, cmd.Long, path)
		assert.Contains(t, cmd.Example, "advance ", path)
		if cmd.Parent() == root {
			assert.NotEmpty(t, cmd.GroupID, path)
		}
		for line := range strings.Lines(cmd.Short + "\n" + cmd.Long) {
			assert.LessOrEqual(t, len(line), 81, path)
		}
		for _, sub := range cmd.Commands() {
			check(sub)
		}
	}
	check(root)
}

// TestWithoutArguments shows the help.
func TestWithoutArguments(t *testing.T) {
	for _, args := range []string{"", "process"} {
		got := try(t, "", words(args))
		assert.Equal(t, exitOK, got.code)
		assert.Contains(t, got.out, "Usage:")
	}
}

func TestVersion(t *testing.T) {
	got := try(t, "", words("version"))
	assert.Equal(t, exitOK, got.code)
	assert.Regexp(t, `^advance .+\nprocess documents: format 1\nbuilt with go`, got.out)
}

// TestBuiltinProcesses lists and shows all of them, and prints their documents
// as they are.
func TestBuiltinProcesses(t *testing.T) {
	list := try(t, "", words("process list"))
	assert.Equal(t, exitOK, list.code)
	for _, name := range []string{"ten-commitments", "appointment-setting"} {
		assert.Contains(t, list.out, name)
		assert.Equal(t, exitOK, try(t, "", words("process show "+name)).code)
		source := try(t, "", words("process show --format yaml "+name))
		assert.Contains(t, source.out, "\nid: "+name+"\n")
	}
	file, err := os.ReadFile("testdata/tiny.yaml")
	require.NoError(t, err)
	assert.Equal(t, string(file), try(t, "", words("process show --format yaml testdata/tiny.yaml")).out)
}

// TestColor paints on a terminal, unless it is told otherwise.
func TestColor(t *testing.T) {
	onTerminal := func(e *env) { e.out = terminal.Device{Terminal: true, Width: 90} }
	setting := func(name, value string) func(*env) {
		return func(e *env) {
			e.getenv = func(n string) string {
				if n == name {
					return value
				}
				return ""
			}
		}
	}
	for _, test := range []struct {
		name    string
		args    string
		changes []func(*env)
		painted bool
	}{
		{"a file", "", nil, false},
		{"a file, always", "--color always", nil, true},
		{"a terminal", "", []func(*env){onTerminal}, true},
		{"a terminal, never", "--color never", []func(*env){onTerminal}, false},
		{"a terminal with NO_COLOR", "", []func(*env){onTerminal, setting("NO_COLOR", "1")}, false},
		{"a terminal with NO_COLOR, always", "--color always", []func(*env){onTerminal, setting("NO_COLOR", "1")}, true},
		{"a dumb terminal", "", []func(*env){onTerminal, setting("TERM", "dumb")}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, "", words("process show testdata/tiny.yaml "+test.args), test.changes...)
			assert.Equal(t, test.painted, strings.Contains(got.out, "\x1b["))
		})
	}
}

// TestWidth keeps to the page, whatever its width.
func TestWidth(t *testing.T) {
	for _, test := range []struct{ terminal, page int }{{0, 80}, {50, 50}, {90, 90}, {200, 100}} {
		for _, args := range []string{
			"evaluate --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl",
			"plan --deal D-1 --process testdata/tiny.yaml --deals testdata/deals.jsonl testdata/calls.jsonl",
			"process show testdata/tiny.yaml",
			"process list",
		} {
			got := try(t, "", words(args), func(e *env) { e.out = terminal.Device{Terminal: test.terminal > 0, Width: test.terminal} })
			for line := range strings.Lines(got.out) {
				assert.LessOrEqual(t, terminal.Columns(strings.TrimSuffix(line, "\n")), test.page, line)
			}
		}
	}
}

// TestInterrupted ends with 130 and whole lines.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	defer w.Close()
	_, err = w.WriteString(`{"deal":"d","at":"2026-01-05T10:00:00Z"}` + "\n" + `{"deal":"d","at":"2026-01-06T1`)
	require.NoError(t, err)
	out := &stopping{stop: stop}
	got := try(t, "", words("evaluate --ordered --format json -"), func(e *env) { e.ctx, e.stdin, e.stdout = ctx, r, out })
	assert.Equal(t, exitInterrupted, got.code)
	assert.Empty(t, got.err)
	assert.Equal(t, 1, strings.Count(out.String(), "\n"))
	assert.True(t, strings.HasSuffix(out.String(), "\n"))
}

// stopping interrupts the command as soon as it has printed something.
type stopping struct {
	bytes.Buffer
	stop func()
}

func (s *stopping) Write(p []byte) (int, error) {
	s.stop()
	return s.Buffer.Write(p)
}

// TestBrokenPipe ends quietly when nobody reads on.
func TestBrokenPipe(t *testing.T) {
	for _, args := range []string{"evaluate --format json", "evaluate --ordered", "evaluate"} {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		require.NoError(t, r.Close())
		got := try(t, "", words(args+" testdata/calls.jsonl"), func(e *env) { e.stdout = w })
		assert.Equal(t, exitPipe, got.code)
		assert.NotContains(t, got.err, "pipe")
		require.NoError(t, w.Close())
	}
}
