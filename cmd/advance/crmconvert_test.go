package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

const crmTables = "--mapping testdata/crm/crm.yaml --deals testdata/crm/deals.csv --activities testdata/crm/activities.csv --history testdata/crm/moves.csv"

func TestCRMConvert(t *testing.T) {
	for _, test := range []struct {
		name, args string
		code       int
	}{
		{"crm-convert", "crm convert " + crmTables, exitFaults},
		{"crm-convert-deals", "crm convert " + crmTables + " --deals-out - --moves-out -", exitFaults},
		{"crm-convert-clean", "crm convert --mapping testdata/crm/crm.yaml --history testdata/crm/moves.csv --moves-out -", exitOK},
		{"crm-convert-broken", "crm convert --mapping testdata/crm/broken.yaml --deals testdata/crm/deals.csv", exitFaults},
		{"crm-convert-foreign", "crm convert --mapping testdata/crm/foreign.yaml --deals testdata/crm/deals.csv", exitFaults},
		{"help-crm-convert", "crm convert --help", exitOK},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := try(t, "", words(test.args))
			assert.Equal(t, test.code, got.code)
			golden(t, filepath.Join("testdata", "golden", test.name+".txt"),
				"$ advance "+test.args+"\n"+got.out+"--- stderr\n"+got.err)
		})
	}
}

func TestCRMConvertCannotRun(t *testing.T) {
	for _, test := range []struct{ args, says string }{
		{"crm convert --deals testdata/crm/deals.csv", "what do the columns mean? Name a mapping with --mapping: a file, or one of the built-in ones: there is hubspot,"},
		{"crm convert --mapping hubspt --deals testdata/crm/deals.csv", `did you mean "hubspot"?`},
		{"crm convert --mapping testdata/crm/crm.yaml", "no table to read: name one with --deals or --activities"},
		{"crm convert --mapping testdata/crm/crm.yaml --deals nowhere.csv", "nowhere.csv: there is no such file"},
		{"crm convert --mapping testdata/crm/crm.yaml --deals testdata", "testdata: this is a directory"},
		{"crm convert --mapping testdata/crm/crm.yaml --deals - --activities -", "standard input (-) can be read only once"},
		{"crm convert --mapping testdata/crm/crm.yaml --links testdata/crm/moves.csv", "the mapping tiny-crm says nothing about links"},
		{"crm convert --mapping testdata/crm/crm.yaml --deals x=testdata/crm/deals.csv", `the mapping tiny-crm has no table "x" of deals`},
		{"crm convert --mapping hubspot -o testdata/crm --deals-out x", "-o names the files itself"},
	} {
		got := try(t, "", words(test.args))
		assert.Equal(t, exitFailed, got.code, test.args)
		assert.Contains(t, got.err, test.says, test.args)
	}
}

// TestCRMConvertFiles writes files, and reads them again as records.
func TestCRMConvertFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "records")
	got := try(t, "", append(words("crm convert "+crmTables+" -o"), dir))
	assert.Equal(t, exitFaults, got.code)
	assert.Empty(t, got.out)
	rejects, err := os.ReadFile(filepath.Join(dir, "rejects.jsonl"))
	require.NoError(t, err)
	assert.Equal(t, 3, strings.Count(string(rejects), "\n"))
	assert.Contains(t, string(rejects), `"row":"3,D-2,soon,Phone,,"`)

	again := try(t, "", []string{
		"evaluate", "--process", "complex-b2b", "--format", "json", "--deals", filepath.Join(dir, "deals.jsonl"), filepath.Join(dir, "calls.jsonl"),
	})
	assert.Equal(t, exitOK, again.code, again.err)
	assert.Equal(t, 2, strings.Count(again.out, "\n"))
	assert.Contains(t, again.out, `"credited":["first_meeting"]`)

	csv := filepath.Join(dir, "rejects.csv")
	try(t, "", append(words("crm convert "+crmTables+" --rejects"), csv))
	rejects, err = os.ReadFile(csv)
	require.NoError(t, err)
	assert.Equal(t, 4, strings.Count(string(rejects), "\n"))
	assert.Contains(t, string(rejects), `testdata/crm/activities.csv,4,activities,Start,bad_time,`)
}

func TestCRMConvertStdin(t *testing.T) {
	got := try(t, "Id,Deal,Start,Type,Result,Who\n1,D-1,14.01.2026 10:00,Phone,,\n", words("crm convert --mapping testdata/crm/crm.yaml --activities -"))
	assert.Equal(t, exitOK, got.code, got.err)
	assert.Contains(t, got.out, `"id":"1"`)
}

func TestCountTable(t *testing.T) {
	got := try(t, "", words("crm convert --mapping testdata/crm/crm.yaml --history testdata/crm/moves.csv"))
	assert.Contains(t, got.err, "table    read  used  rejected  out of scope  file\nhistory     1     1         0             0  testdata/crm/moves.csv\n")
}

// TestRecords reads what is no table of a CRM: the records of this command.
func TestRecords(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
		return file
	}
	deals := write("deals.jsonl", `{"deal":"D1","opened":"2026-01-01T00:00:00Z","claimed":"proof"}`+"\n"+`{"deal":"D1","claimed":"won"}`+"\n"+`{"deel":"D2"}`+"\n"+`{"deal":"D3"}`+"\n")
	calls := write("calls.jsonl", strings.Join([]string{
		`{"id":"1","deal":"D1","at":"2026-01-02T00:00:00Z"}`,
		`{"id":"1","deal":"D1","at":"2026-01-02T00:00:00Z"}`,
		`{"id":"1","deal":"D1","at":"2026-01-03T00:00:00Z"}`,
		`{"id":"1","revision":2,"deal":"D1","at":"2026-01-04T00:00:00Z"}`,
		`{"id":"1","deal":"D3","at":"2026-01-02T00:00:00Z"}`,
		`{"id":"2","deal":"D9","at":"2026-01-02T00:00:00Z"}`,
	}, "\n"))
	moves := write("moves.jsonl", `{"id":"m","deal":"D1","at":"2026-01-02T00:00:00Z","from":"target","to":"proof"}`+"\n"+`{"deal":"D9","at":"2026-01-02T00:00:00Z","to":"proof"}`+"\n")

	c := &crmChoice{tables: noTables()}
	*c.tables["deals"], *c.tables["activities"], *c.tables["history"] = []string{deals}, []string{calls}, []string{moves}
	var stderr strings.Builder
	e := testEnv(t, &stderr)
	read, err := c.records(e)
	require.NoError(t, err)
	var all []pipeline.Rows
	for i := range read.Len() {
		var room dealRoom
		if read.rows(i, &room) {
			all = append(all, room.rows)
		}
	}
	got, err := read.settle()
	require.NoError(t, err)
	p := &got.Pipeline
	assert.Equal(t, []outcome.DealID{"D1", "D3"}, []outcome.DealID{p.Deals[0].Deal.Deal, p.Deals[1].Deal.Deal})
	assert.Equal(t, "proof", p.Deals[0].Claimed)
	require.Len(t, all, 2)
	assert.Equal(t, p.Deals, []pipeline.Deal{all[0].Deal, all[1].Deal})
	require.Len(t, all[0].Calls, 1)
	require.Len(t, all[1].Calls, 1)
	assert.Equal(t, 2, all[0].Calls[0].Revision)
	require.Len(t, all[0].Activities, 1)
	assert.True(t, all[0].Activities[0].Tells)
	assert.Equal(t, 4, all[0].Activities[0].Source.Line)
	require.Len(t, p.Moves, 1)
	assert.Equal(t, p.Moves, all[0].Moves)
	assert.Equal(t, pipeline.Source{File: moves, Line: 1}, p.Moves[0].Source)

	var faults []string
	for _, f := range p.Faults {
		word := "duplicate"
		if f.Kind == pipeline.Orphan {
			word = "orphan"
		} else if f.Differ {
			word = "dispute"
		}
		faults = append(faults, f.Table+" "+word+" "+string(f.Deal))
	}
	assert.Equal(t, []string{"deals dispute D1", "activities duplicate D1", "activities dispute D1", "activities orphan D9", "history orphan D9"}, faults)
	for _, count := range got.Counts {
		assert.Equal(t, count.Read, count.Used+count.Rejected+count.OutOfScope, "%+v", count)
	}
	assert.Equal(t, 6, e.faults)
	assert.Contains(t, stderr.String(), "deals.jsonl:3: error:")

	*c.tables["links"] = []string{"x"}
	_, err = c.records(e)
	assert.ErrorContains(t, err, "--links needs a mapping")
	_, err = (&crmChoice{tables: noTables()}).records(e)
	assert.ErrorContains(t, err, "nothing to read")
}

// testEnv is a world of which only the messages are seen.
func testEnv(t *testing.T, stderr *strings.Builder) *env {
	t.Helper()
	var stdout strings.Builder
	return &env{
		ctx: t.Context(), stdin: strings.NewReader(""), stdout: &stdout, stderr: stderr,
		lines: &lineWriter{w: &stdout}, getenv: func(string) string { return "" },
	}
}
