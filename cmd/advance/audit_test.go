package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
)

// example are the flags that read the example.
const example = "audit --mapping ../../examples/pipeline/mapping.yaml --deals ../../examples/pipeline/deals.csv " +
	"--activities ../../examples/pipeline/activities.csv --history ../../examples/pipeline/moves.csv " +
	"--contacts ../../examples/pipeline/contacts.csv --as-of 2026-06-30T12:00:00Z"

func TestAuditGolden(t *testing.T) {
	for _, test := range []struct {
		name, args string
		code       int
	}{
		{"help-audit", "audit --help", exitOK},
		{"audit", example, exitFaults},
		{"audit-all", example + " --all", exitFaults},
		{"audit-color", example + " --color always", exitFaults},
		{"audit-baseline", example + " --baseline ../../examples/pipeline/known.csv", exitOK},
		{"audit-since", example + " --since 2026-05-01", exitFaults},
		{"audit-junit", example + " --format junit --fail-on error", exitFaults},
		{"audit-records", "audit --as-of 2026-10-20 --process testdata/tiny.yaml --deals testdata/deals.jsonl --activities testdata/calls.jsonl", exitFaults},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, "", words(test.args))
			assert.Equal(t, test.code, got.code)
			for line := range strings.Lines(got.out) {
				if test.name != "audit-junit" && test.name != "audit-color" {
					assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), 80, line)
				}
			}
			golden(t, filepath.Join("testdata", "golden", test.name+".txt"),
				fmt.Sprintf("$ advance %s\n%s--- stderr\n%s--- exit %d\n", test.args, got.out, got.err, got.code))
		})
	}
}

// TestAuditExit says how a run ends.
func TestAuditExit(t *testing.T) {
	for _, test := range []struct {
		args string
		code int
	}{
		{"", exitFaults},
		{"--fail-on never", exitOK},
		{"--only moved_back --fail-on error", exitOK},
		{"--only moved_back", exitFaults},
		{"--only moved_back --severity moved_back=error --fail-on error", exitFaults},
		{"--only moved_back --severity moved_back=info", exitOK},
		{"--only moved_back --severity moved_back=info --fail-on info", exitFaults},
		{"--only moved_back --ignore moved_back", exitOK},
		{"--only reopened,unknown_stage", exitOK},
	} {
		got := try(t, "", words(example+" "+test.args))
		assert.Equal(t, test.code, got.code, test.args)
	}
}

func TestAuditCannotRun(t *testing.T) {
	for _, test := range []struct{ args, says string }{
		{"--only overstatd", `--only: there is no finding "overstatd": did you mean "overstated"?`},
		{"--ignore x", `--ignore: there is no finding "x"`},
		{"--severity overstated", `--severity: "overstated": write CODE=LEVEL`},
		{"--severity overstated=bad", `--severity: `},
		{"--baseline nowhere.json", "nowhere.json: there is no such file"},
		{"--baseline testdata/tiny.yaml", "testdata/tiny.yaml: reading the baseline: "},
		{"--since 2026-07-01", "--since lies after --as-of"},
		{"-o nowhere/report.txt", "writing nowhere/report.txt: "},
		{"--fail-on maybe", `--fail-on: there is no "maybe"`},
		{"extra", `there is no argument to give, and this is one: "extra"`},
	} {
		got := try(t, "", words(example+" "+test.args))
		assert.Equal(t, exitFailed, got.code, test.args)
		assert.Contains(t, got.err, test.says)
		assert.Empty(t, got.out)
	}
}

// TestAuditOutput replaces a file once the report is whole, and leaves nothing
// else behind.
func TestAuditOutput(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "findings.csv")
	require.NoError(t, os.WriteFile(file, []byte("before"), 0o600))
	got := try(t, "", append(words(example+" --format csv -o"), file))
	assert.Equal(t, exitFaults, got.code)
	assert.Empty(t, got.out)
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	assert.Greater(t, len(rows), 20)
	info, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	// An interrupt leaves the old file.
	require.NoError(t, os.WriteFile(file, []byte("before"), 0o600))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	got = try(t, "", append(words(example+" --format csv -o"), file), func(e *env) { e.ctx = ctx })
	assert.Equal(t, exitInterrupted, got.code)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "before", string(text))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 1)
}

// TestAuditBaseline takes one run as the baseline of the next.
func TestAuditBaseline(t *testing.T) {
	file := filepath.Join(t.TempDir(), "last.json")
	require.Equal(t, exitFaults, try(t, "", append(words(example+" --format json -o"), file)).code)
	got := try(t, "", append(words(example+" --baseline"), file))
	assert.Equal(t, exitOK, got.code)
	assert.Contains(t, got.out, "Nothing was found")
}

// TestAuditExample holds that the baseline of the example and its page are those
// of this command.
func TestAuditExample(t *testing.T) {
	const known, page = "../../examples/pipeline/known.csv", "../../examples/pipeline/README.md"
	args := strings.ReplaceAll(example, "../../examples/pipeline/", "")
	dir, err := os.Getwd()
	require.NoError(t, err)
	t.Chdir("../../examples/pipeline")
	found := try(t, "", words(args+" --format csv"))
	shown := try(t, "", words(args))
	t.Chdir(dir)
	golden(t, known, found.out)

	text, err := os.ReadFile(page)
	require.NoError(t, err)
	start, rest, ok := strings.Cut(string(text), "```console\n")
	require.True(t, ok)
	_, end, ok := strings.Cut(rest, "\n```\n")
	require.True(t, ok)
	out, _, _ := strings.Cut(shown.out, "\n\n  N-104")
	command := strings.NewReplacer(" --activities", " \\\n    --activities", " --as-of", " \\\n    --as-of").Replace(args)
	golden(t, page, start+"```console\n$ advance "+command+"\n"+out+"\n```\n"+end)

	b, err := audit.ReadBaseline(strings.NewReader(found.out))
	require.NoError(t, err)
	assert.Positive(t, b.Len())
}
