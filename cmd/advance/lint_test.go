package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/docs"
	"github.com/advance-sales/advance/internal/sarif"
	"github.com/advance-sales/advance/internal/terminal"
)

// TestLintGolden compares everything that people see of the verb.
func TestLintGolden(t *testing.T) {
	for _, test := range []struct {
		name  string
		args  string
		stdin string
		code  int
	}{
		{name: "help-lint", args: "lint --help"},
		{name: "lint-sound", args: "lint testdata/lint/sound.yaml"},
		{name: "lint-advised", args: "lint testdata/lint/advised.yaml"},
		{name: "lint-advised-strict", args: "lint --strict testdata/lint/advised.yaml", code: exitFaults},
		{name: "lint-reviewed-later", args: "lint --as-of 2027-01-01 --strict testdata/lint/advised.yaml", code: exitFaults},
		{name: "lint-broken", args: "lint testdata/lint/broken.yml", code: exitFaults},
		{name: "lint-color", args: "lint --color always testdata/lint/broken.yml testdata/lint/advised.yaml", code: exitFaults},
		{name: "lint-directory", args: "lint -v testdata/lint", code: exitFaults},
		{name: "lint-glob", args: "lint testdata/lint/*.yaml", code: exitFaults},
		{name: "lint-twice", args: "lint testdata/lint/sound.yaml testdata/lint/sound.yaml testdata/lint/../lint/sound.yaml"},
		{name: "lint-stdin", args: "lint -", stdin: "advance: 1\r\nid: a b\r\nversion: 1\r\ncommitments: {}\r\nstages: []\r\n", code: exitFaults},
		{name: "lint-nothing", args: "lint -", code: exitFaults},
		{name: "lint-anything", args: "lint testdata/lint/other/compose.yaml", code: exitFaults},
		{name: "lint-json", args: "lint --format json testdata/lint/advised.yaml"},
		{name: "lint-json-sound", args: "lint --format json testdata/lint/sound.yaml"},
		{name: "lint-github", args: "lint --format github testdata/lint/broken.yml testdata/lint/advised.yaml", code: exitFaults},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, test.stdin, words(test.args))
			assert.Equal(t, test.code, got.code)
			golden(t, filepath.Join("testdata", "golden", test.name+".txt"),
				fmt.Sprintf("$ advance %s\n%s--- stderr\n%s--- exit %d\n", test.args, got.out, got.err, got.code))
		})
	}
}

func TestLintCannotRun(t *testing.T) {
	empty := t.TempDir()
	for args, says := range map[string]string{
		"lint nowhere.yaml":           "nowhere.yaml: there is no such file",
		"lint testdata/nowhere*.yaml": `there is no file like "testdata/nowhere*.yaml"`,
		"lint [":                      `"[" is no pattern for files`,
		"lint " + empty:               empty + `: there is no YAML document with the key "advance", "cases" or "mapping" here`,
		"lint --format srif -":        `did you mean "sarif"?`,
		"lint --as-of soon -":         `--as-of: "soon" is no time`,
	} {
		got := try(t, "", words(args))
		assert.Equal(t, exitFailed, got.code, args)
		assert.Contains(t, got.err, says, args)
		assert.Empty(t, got.out, args)
	}
}

// TestLintHere holds that without arguments the directory that one is in is
// looked at.
func TestLintHere(t *testing.T) {
	t.Chdir("testdata/lint/other")
	got := try(t, "", words("lint -v"))
	assert.Equal(t, exitFaults, got.code)
	assert.True(t, strings.HasPrefix(got.out, "tab.yaml:2:1: error: "), got.out)
	assert.Contains(t, got.err, "compose.yaml: passed over")
	assert.NotContains(t, got.out+got.err, "hidden")
}

// TestLintOnce holds that the faults of a process that test cases name are told
// once, though it is checked by itself too.
func TestLintOnce(t *testing.T) {
	got := try(t, "", words("lint testdata/lint/broken.cases.yaml testdata/lint/broken.yml"))
	assert.Equal(t, 1, strings.Count(got.out, "unknown_key"), got.out)
	assert.Contains(t, got.err, "in 2 documents")
}

// TestLintTerminal holds that on a terminal every line of output fits, and that
// the marks stand below what they mark.
func TestLintTerminal(t *testing.T) {
	for _, width := range []int{40, 60, 100} {
		got := try(t, "", words("lint testdata/lint/broken.yml"), func(e *env) {
			e.out = terminal.Device{Terminal: true, Width: width}
			e.getenv = func(name string) string { return map[string]string{"NO_COLOR": "1"}[name] }
		})
		lines := strings.Split(got.out, "\n")
		for i, line := range lines {
			number, source, ok := strings.Cut(line, " | ")
			if !ok || strings.TrimSpace(number) == "" {
				continue
			}
			assert.LessOrEqual(t, terminal.Columns(line), width, line)
			marks := strings.TrimRight(lines[i+1], " ")
			at := terminal.Columns(marks) - strings.Count(marks, "^") - terminal.Columns(number+" | ")
			marked := []rune(source)[at:][:strings.Count(marks, "^")]
			if strings.Contains(lines[i-1], "bad_duration") {
				assert.Equal(t, "bald", string(marked), got.out)
			}
		}
		assert.Contains(t, got.out, "bald")
	}
}

// TestLintHostile holds that nothing in a document or in its name takes control
// of the terminal.
func TestLintHostile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a\x1b[31mb.yaml")
	require.NoError(t, os.WriteFile(file, []byte("advance: 1\nid: \"a\\e]0;x\\a b\"\n\"\u202ex\": 1\nversion: 1\ncommitments: {}\nstages: []\n"), 0o600))
	got := try(t, "", []string{"lint", "-v", file}, func(e *env) { e.out = terminal.Device{Terminal: true, Width: 80} })
	assert.Equal(t, exitFaults, got.code)
	plain := strings.NewReplacer("\x1b[2m", "", "\x1b[0m", "", "\x1b[1;31m", "").Replace(got.out + got.err)
	assert.NotContains(t, plain, "\x1b")
	assert.NotContains(t, plain, "\u202e")
	assert.NotContains(t, plain, "\a")
}

func TestLintSARIF(t *testing.T) {
	got := try(t, "", words("lint --format sarif --as-of 2026-11-02T10:00:00Z testdata/lint/advised.yaml testdata/lint/broken.yml"))
	assert.Equal(t, exitFaults, got.code)
	var log sarif.Log
	require.NoError(t, json.Unmarshal([]byte(got.out), &log))
	require.Len(t, log.Runs, 1)
	run := log.Runs[0]
	assert.Len(t, run.Tool.Driver.Rules, len(docs.Diagnostics()))
	for _, rule := range run.Tool.Driver.Rules {
		assert.NotEmpty(t, rule.ShortDescription.Text, rule.ID)
		assert.NotContains(t, rule.Help.Text, "`", rule.ID)
		assert.Contains(t, rule.Help.Markdown, "```yaml\n", rule.ID)
		assert.True(t, strings.HasSuffix(rule.HelpURI, "diagnostics.md#"+rule.ID), rule.HelpURI)
	}
	assert.Equal(t, "testdata/lint/advised.yaml", run.Artifacts[0].Location.URI)
	assert.Equal(t, "2026-11-02 10:00:00 +0000 UTC", run.Properties.AsOf.String())
	require.NotEmpty(t, run.Results)
	for _, r := range run.Results {
		require.NotNil(t, r.RuleIndex, r.RuleID)
		rule := run.Tool.Driver.Rules[*r.RuleIndex]
		assert.Equal(t, r.RuleID, rule.ID)
		assert.Equal(t, rule.Default.Level, r.Level)
		assert.NotNil(t, r.Locations[0].Physical.Region)
	}
}
