package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/schema"
)

const (
	passing = `process: transactional
cases:
  - name: a pleasant call
    call: {at: 2026-03-02, kind: first_call, rating: great}
    expect: {result: continuation, findings: [happy_ears]}
  - name: a second call is set
    call: {at: 2026-03-02, kind: first_call, commitments: [{commitment: second_call, by: buyer, due: 2026-03-05, people: [{name: R. Novak}]}]}
    expect: {result: advance}
`
	failing = `process: transactional
cases:
  - name: a pleasant call
    call: {at: 2026-03-02, kind: first_call, rating: great}
    expect: {result: advance}
`
	faulty = `process: transactional
cases:
  - name: a
    call: {at: 2026-03-02, ratting: great}
    expect: {result: advance}
`
)

// casesFolder is a folder with documents of cases among other things.
func casesFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	return dir
}

func TestTest(t *testing.T) {
	src, err := process.BuiltinSource("transactional")
	require.NoError(t, err)
	dir := casesFolder(t, map[string]string{
		"sub/passing.yaml":         passing,
		"failing.cases.yaml":       failing,
		"faulty.cases.yaml":        faulty,
		"process.yaml":             string(src),
		".hidden/failing.yaml":     failing,
		"node_modules/x/fail.yaml": failing,
		"notes.txt":                "cases:\n",
	})
	in := func(name string) string { return filepath.Join(dir, name) }
	for _, test := range []struct {
		name     string
		args     []string
		code     int
		out, err string
	}{
		{"passes", []string{in("sub/passing.yaml")}, 0, "ok    " + in("sub/passing.yaml") + "  2 cases\n", ""},
		{"a folder", []string{in("sub")}, 0, "2 cases", ""},
		{"fails", []string{in("failing.cases.yaml")}, 1, "result  expected advance; came continuation", ""},
		{"faults", []string{in("faulty.cases.yaml")}, 1, "FAIL", `:4:28: error: unknown key "ratting" in a call; did you mean "rating"? [unknown_key]`},
		{"all", []string{dir}, 1, "\n2 passed, 1 failed, 1 fault in the documents\n", "unknown_key"},
		{"some", []string{"--run", "second|third", in("sub")}, 0, "1 case\n", ""},
		{"none", []string{"--run", "fourth", in("sub")}, 2, "", `no case has a name that matches "fourth"`},
		{"a bad pattern", []string{"--run", "(", in("sub")}, 2, "", "--run: "},
		{"coverage", []string{"--coverage", in("sub")}, 0, "Coverage of transactional by 2 cases: ", ""},
		{"enough", []string{"--min", "5", in("sub")}, 0, "ok", ""},
		{"not enough", []string{"--min", "50", in("sub")}, 1, "ok", " % of transactional, and 50 % are wanted"},
		{"no percentage", []string{"--min", "101", in("sub")}, 2, "", "101 is no percentage"},
		{"no file", []string{in("nowhere.yaml")}, 2, "", "there is no such file"},
		{"nothing there", []string{casesFolder(t, nil)}, 2, "", "there are no test cases here"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, "", append([]string{"test"}, test.args...))
			assert.Equal(t, test.code, got.code)
			assert.Contains(t, got.out, test.out)
			assert.Contains(t, got.err, test.err)
			if test.err == "" && test.code != exitFaults {
				assert.Empty(t, got.err)
			}
		})
	}
}

// TestTestHere runs the cases of the folder that one is in.
func TestTestHere(t *testing.T) {
	t.Chdir(casesFolder(t, map[string]string{"passing.yaml": passing}))
	got := try(t, "", []string{"test"})
	assert.Equal(t, exitOK, got.code)
	assert.Equal(t, "ok    passing.yaml  2 cases\n", got.out)
}

func TestTestFormats(t *testing.T) {
	dir := casesFolder(t, map[string]string{"a.yaml": passing, "b.yaml": failing})
	got := try(t, "", []string{"test", "--format", "json", "--coverage", dir})
	assert.Equal(t, exitFaults, got.code)
	var report struct {
		Passed, Failed int
		Coverage       []struct{ Percent int }
	}
	require.NoError(t, json.Unmarshal([]byte(got.out), &report))
	assert.Equal(t, 2, report.Passed)
	assert.Equal(t, 1, report.Failed)
	assert.Len(t, report.Coverage, 1)

	got = try(t, "", []string{"test", "--format", "junit", dir})
	assert.Equal(t, exitFaults, got.code)
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	require.NoError(t, xml.Unmarshal([]byte(got.out), &suites))
	assert.Equal(t, 3, suites.Tests)
	assert.Equal(t, 1, suites.Failures)
}

func TestSchema(t *testing.T) {
	for _, name := range schema.Names() {
		got := try(t, "", []string{"schema", name})
		assert.Equal(t, exitOK, got.code)
		var doc map[string]any
		require.NoError(t, json.Unmarshal([]byte(got.out), &doc))
		assert.Equal(t, "https://json-schema.org/draft/2020-12/schema", doc["$schema"])
	}
	for _, args := range [][]string{{"schema"}, {"schema", "proces"}, {"schema", "call", "deal"}} {
		got := try(t, "", args)
		assert.Equal(t, exitFailed, got.code)
		assert.Empty(t, got.out)
		assert.Contains(t, got.err, "schema")
	}
}
