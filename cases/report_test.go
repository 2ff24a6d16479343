package cases_test

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diagnostic"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o666))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// report is of a document that passes, one that fails and one with faults.
func report(t *testing.T, pick string) *cases.Report {
	t.Helper()
	var r cases.Report
	o := cases.RunOptions{}
	if pick != "" {
		o.Run = regexp.MustCompile(pick)
	}
	for _, file := range []string{"testdata/tiny.cases.yaml", "testdata/failing.cases.yaml"} {
		suite, err := cases.Load(file)
		require.NoError(t, err)
		r.Add(suite, suite.Run(o))
	}
	_, err := cases.Load("testdata/faulty.cases.yaml")
	var faults diagnostic.List
	require.ErrorAs(t, err, &faults)
	r.AddFaults("testdata/faulty.cases.yaml", faults)
	return &r
}

func TestReport(t *testing.T) {
	r := report(t, "")
	for name, write := range map[string]func(io.Writer) error{
		"report.txt":  r.WriteText,
		"report.json": func(w io.Writer) error { return r.WriteJSON(w, true) },
		"report.xml":  r.WriteJUnit,
		"coverage.txt": func(w io.Writer) error {
			require.Len(t, r.Coverage(), 1, "documents of one process cover it together")
			return r.Coverage()[0].WriteText(w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			require.NoError(t, write(&b))
			golden(t, name, b.String())
		})
	}
	assert.Equal(t, 9, r.Passed())
	assert.Equal(t, 2, r.Failed())
	assert.Equal(t, 2, r.Faults())
}

func TestRun(t *testing.T) {
	r := report(t, "pleasant|fresh")
	assert.Equal(t, 1, r.Passed())
	assert.Equal(t, 1, r.Failed())
}

// TestJUnit reads the report as those do who read such reports: every count is
// right, and every testcase has at most one reason.
func TestJUnit(t *testing.T) {
	var b strings.Builder
	require.NoError(t, report(t, "").WriteJUnit(&b))
	type counts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
	}
	var read struct {
		XMLName xml.Name `xml:"testsuites"`
		counts
		Suites []struct {
			counts
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name      string   `xml:"name,attr"`
				ClassName string   `xml:"classname,attr"`
				Failure   []string `xml:"failure"`
				Error     []string `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(b.String()), &read))
	var all counts
	for _, s := range read.Suites {
		var got counts
		for _, c := range s.Cases {
			assert.NotEmpty(t, c.Name)
			assert.NotEmpty(t, c.ClassName)
			assert.LessOrEqual(t, len(c.Failure)+len(c.Error), 1)
			got.Tests++
			got.Failures += len(c.Failure)
			got.Errors += len(c.Error)
		}
		assert.Equal(t, s.counts, got, s.Name)
		all.Tests += got.Tests
		all.Failures += got.Failures
		all.Errors += got.Errors
	}
	assert.Equal(t, read.counts, all)
	assert.Equal(t, counts{13, 2, 2}, all)
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	require.NoError(t, report(t, "").WriteJSON(&b, false))
	var read map[string]any
	require.NoError(t, json.Unmarshal([]byte(b.String()), &read))
	assert.NotContains(t, read, "coverage")
}

// TestCoverage: the percentage is rounded down, and nothing less than all of it
// is 100.
func TestCoverage(t *testing.T) {
	c := report(t, "").Coverage()[0]
	record := c.Record()
	covered, of := 0, 0
	for _, p := range record.Parts {
		assert.Equal(t, p.Of-p.Covered, len(p.Missing), p.Name)
		if p.Counted {
			covered, of = covered+p.Covered, of+p.Of
		}
	}
	assert.Equal(t, 10, of, "4 rungs, 2 exits two ways, 2 kinds")
	assert.Equal(t, covered*10, record.Percent)
}
