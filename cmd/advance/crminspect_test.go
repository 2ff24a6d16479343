package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/terminal"
)

const inspectFiles = "testdata/inspect/deals.csv testdata/inspect/activities.csv testdata/inspect/moves.jsonl"

func TestInspectGolden(t *testing.T) {
	for _, test := range []struct {
		name, args, stdin string
		code              int
	}{
		{name: "help-crm", args: "crm --help"},
		{name: "help-crm-inspect", args: "crm inspect --help"},
		{name: "crm-inspect", args: "crm inspect " + inspectFiles, code: exitFaults},
		{name: "crm-inspect-json", args: "crm inspect --format json testdata/inspect/hubspot.json"},
		{name: "crm-inspect-hubspot", args: "crm inspect testdata/inspect/hubspot.json"},
		{name: "crm-inspect-nested", args: "crm inspect testdata/inspect/nested.json"},
		{name: "crm-inspect-each", args: "crm inspect --each Task testdata/inspect/nested.json"},
		{name: "crm-inspect-said", args: "crm inspect deals=testdata/inspect/vorgaenge.csv history=testdata/inspect/verlauf.csv"},
		{name: "crm-inspect-nothing", args: "crm inspect -", stdin: "month,quota\r\r\n2026-01,5\n"},
		{name: "crm-inspect-empty", args: "crm inspect -"},
		{name: "crm-inspect-no-table", args: "crm inspect -", stdin: "<html>", code: exitFaults},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, test.stdin, words(test.args))
			assert.Equal(t, test.code, got.code)
			golden(t, filepath.Join("testdata", "golden", test.name+".txt"),
				fmt.Sprintf("$ advance %s\n%s--- stderr\n%s--- exit %d\n", test.args, got.out, got.err, got.code))
		})
	}
}

// TestInspectDraft writes drafts that can be read as they are.
func TestInspectDraft(t *testing.T) {
	for _, files := range []string{
		inspectFiles, "testdata/inspect/nested.json", "testdata/inspect/hubspot.json", "--each Task testdata/inspect/nested.json",
		"testdata/inspect/deals.csv", "testdata/inspect/moves.jsonl",
	} {
		file := filepath.Join(t.TempDir(), "crm.yaml")
		got := try(t, "", words("crm inspect --draft "+file+" "+files))
		assert.Contains(t, got.err, "wrote "+file)
		assert.NotContains(t, got.out, "mapping: 1")
		m, err := crm.Load(file)
		require.NoError(t, err, files)
		assert.Equal(t, "our-crm", m.ID())

		again := try(t, "", words("crm inspect --draft "+file+" "+files))
		assert.Equal(t, exitFailed, again.code)
		assert.Contains(t, again.err, "already")
		assert.NotEqual(t, exitFailed, try(t, "", words("crm inspect --force --draft "+file+" "+files)).code)
	}
	file := filepath.Join(t.TempDir(), "crm.yaml")
	got := try(t, "a,b\n1,2\n", words("crm inspect --draft "+file+" -"))
	assert.Contains(t, got.err, "was not written")
	assert.NoFileExists(t, file)
}

// TestInspectPacked reads standard input and gzip, whatever the names say.
func TestInspectPacked(t *testing.T) {
	plain, err := os.ReadFile("testdata/inspect/activities.csv")
	require.NoError(t, err)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err = w.Write(plain)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	a, b := try(t, string(plain), words("crm inspect")), try(t, packed.String(), words("crm inspect -"))
	assert.Equal(t, a, b)
	assert.Contains(t, a.out, "looks like activities")
}

// TestInspectWidth keeps to the page. The draft is YAML, and has lines of its
// own.
func TestInspectWidth(t *testing.T) {
	for _, width := range []int{60, 80, 100} {
		got := try(t, "", words("crm inspect "+inspectFiles), func(e *env) { e.out = terminal.Device{Terminal: true, Width: width} })
		page, _, found := strings.Cut(got.out, "A mapping to begin with")
		require.True(t, found)
		for line := range strings.Lines(page) {
			assert.LessOrEqual(t, terminal.Columns(strings.TrimSuffix(line, "\n")), width, line)
		}
	}
}

func TestInspectCannotRun(t *testing.T) {
	for args, says := range map[string]string{
		"crm inspect nowhere.csv":            "nowhere.csv: there is no such file",
		"crm inspect --separator ab -":       `--separator: "ab" is more than one character`,
		"crm inspect --process nowhere.yaml": "nowhere.yaml: there is no such file",
		"crm inspct":                         `did you mean "inspect"?`,
	} {
		got := try(t, "", words(args))
		assert.Equal(t, exitFailed, got.code, args)
		assert.Contains(t, got.err, says)
	}
	typed := try(t, "", words("crm inspect"), func(e *env) { e.in = terminal.Device{Terminal: true} })
	assert.Contains(t, typed.err, "no tables to read")
}

// TestInspectJSON tells programs the same.
func TestInspectJSON(t *testing.T) {
	got := try(t, "", words("crm inspect --format json "+inspectFiles))
	var out inspectJSON
	require.NoError(t, json.Unmarshal([]byte(got.out), &out))
	require.Len(t, out.Tables, 3)
	assert.Equal(t, []crm.Role{crm.RoleDeals, crm.RoleActivities, crm.RoleHistory}, []crm.Role{out.Tables[0].Role, out.Tables[1].Role, out.Tables[2].Role})
	assert.Equal(t, []int{5, 3, 2}, []int{out.Tables[0].Rows, out.Tables[1].Rows, out.Tables[2].Rows})
	assert.Equal(t, []int{1, 0, 1}, []int{out.Tables[0].Rejected, out.Tables[1].Rejected, out.Tables[2].Rejected})
	assert.Contains(t, out.Draft, "mapping: 1\n")
}
