package audittest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/audittest"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/process"
)

// recorder stands in for a test, and writes down how it fails.
type recorder struct {
	failures []string
	ended    bool
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}
func (r *recorder) FailNow() { r.ended = true }
func (r *recorder) Helper()  {}

const deals = `
	deal D-1 name=Acme stage=target amount=9000 owner=ana
	call c1 D-1 2026-06-20 asked:time
	deal D-2 name=Birch stage=proposal amount=5000 owner=ben
	call c2 D-2 2026-06-29 asked:time
	move m1 D-2 2026-06-01 target>proposal
	activity a1 D-2 2026-06-02 email
	duplicate activities a1 D-2
`

func sales(t *testing.T) *process.Process {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	return p
}

func TestCheck(t *testing.T) {
	asOf := pipetest.Time("2026-06-30")
	least := audittest.Options{AsOf: asOf, Only: []audit.Code{audit.SkippedStage}}
	for _, test := range []struct {
		name    string
		options audittest.Options
		says    []string // nothing where it passes
		not     []string
	}{
		{name: "what is found", options: least, says: []string{
			"1 finding in 1 deal, judged by ten-commitments as of 2026-06-30T12:00:00Z",
			"\nD-2 Birch (ben)\n",
			"  warning skipped_stage: On 1 June 2026 it moved from",
			"      Check what the buyer gave for",
			"      pipeline.txt:6\n",
		}, not: []string{"D-1", "duplicate"}},
		{name: "ignored", options: audittest.Options{AsOf: asOf, Only: []audit.Code{audit.SkippedStage}, Ignore: []audit.Code{audit.SkippedStage}}},
		{name: "errors alone", options: audittest.Options{AsOf: asOf, Only: []audit.Code{audit.SkippedStage}, FailOn: diagnostic.Error}},
		{
			name:    "an error by choice",
			options: audittest.Options{AsOf: asOf, FailOn: diagnostic.Error, Severities: map[audit.Code]diagnostic.Severity{audit.Duplicate: diagnostic.Error}, Only: []audit.Code{audit.Duplicate, audit.SkippedStage}},
			says:    []string{"error duplicate: "}, not: []string{"skipped_stage"},
		},
		{name: "without an instant", options: audittest.Options{}, says: []string{"Options.AsOf"}},
		{name: "too few deals", options: audittest.Options{AsOf: asOf, MinDeals: 3}, says: []string{"the pipeline has 2 deals to judge, and 3 are expected"}},
		{name: "without its baseline", options: audittest.Options{AsOf: asOf, Baseline: "nowhere.json"}, says: []string{"reading the baseline: open nowhere.json"}},
		{name: "cut off", options: audittest.Options{AsOf: asOf, Most: 1}, says: []string{"\nD-1 Acme (ana)\n", "\nand 1 deal more\n"}, not: []string{"D-2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got recorder
			audittest.Check(&got, sales(t), pipetest.Parse(deals), test.options)
			assert.False(t, got.ended)
			text := strings.Join(got.failures, "\n")
			assert.Equal(t, len(test.says) > 0, len(got.failures) == 1, text)
			for _, s := range test.says {
				assert.Contains(t, text, s)
			}
			for _, s := range test.not {
				assert.NotContains(t, text, s)
			}

			got = recorder{}
			audittest.Require(&got, sales(t), pipetest.Parse(deals), test.options)
			assert.Equal(t, len(test.says) > 0, got.ended)
		})
	}
}

func TestBaseline(t *testing.T) {
	o := audittest.Options{AsOf: pipetest.Time("2026-06-30")}
	report := audittest.Check(&recorder{}, sales(t), pipetest.Parse(deals), o)
	require.NotEmpty(t, report.Findings)
	file, err := os.Create(filepath.Join(t.TempDir(), "last.json"))
	require.NoError(t, err)
	require.NoError(t, report.WriteJSON(file))
	require.NoError(t, file.Close())

	o.Baseline = file.Name()
	audittest.Check(t, sales(t), pipetest.Parse(deals), o)

	var got recorder
	audittest.Check(&got, sales(t), pipetest.Parse(deals+"\norphan activities a9 D-9"), o)
	require.Len(t, got.failures, 1)
	assert.Contains(t, got.failures[0], "1 finding in 1 deal")
	assert.Contains(t, got.failures[0], "orphan")
}

func TestNothingRead(t *testing.T) {
	var got recorder
	audittest.Check(&got, sales(t), pipetest.Parse(""), audittest.Options{AsOf: pipetest.Time("2026-06-30")})
	assert.Equal(t, []string{"the pipeline has 0 deals to judge, and 1 are expected"}, got.failures)
}
