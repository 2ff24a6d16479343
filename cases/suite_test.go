package cases_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// TestPass runs documents of cases as their users do.
func TestPass(t *testing.T) { cases.Test(t, "testdata/tiny.cases.yaml") }

// TestExamples runs the cases that people start from.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../examples/*/*.cases.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	cases.Test(t, files...)
}

// TestErrors reads documents that say themselves what is wrong with them.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/err/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	seen := map[diagnostic.Code]bool{}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			marked, err := os.ReadFile(file)
			require.NoError(t, err)
			clean, wants := marktest.Strip(t, string(marked))
			_, err = cases.Parse(file, []byte(clean), cases.Options{})
			var got diagnostic.List
			require.ErrorAs(t, err, &got)
			marktest.Check(t, wants, got)
			for _, d := range got {
				seen[d.Code] = true
				assert.Equal(t, file, d.Range.File)
			}
		})
	}
	for _, code := range cases.Codes() {
		assert.True(t, seen[code], "no document has the fault %s", code)
	}
}

func TestFaultyProcess(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.yaml"), []byte("advance: 1\nid: p\nversion: 1\nstages: []\n"), 0o666))
	file := filepath.Join(dir, "p.cases.yaml")
	require.NoError(t, os.WriteFile(file, []byte("process: ./p.yaml\ncases: []\n"), 0o666))
	_, err := cases.Load(file)
	var got diagnostic.List
	require.ErrorAs(t, err, &got)
	assert.Equal(t, filepath.Join(dir, "p.yaml"), got[0].Range.File, "the fault stands where it is")
}

func TestNoFile(t *testing.T) {
	_, err := cases.Load("testdata/nowhere.cases.yaml")
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// TestOwnProcess judges cases by a process that is no file.
func TestOwnProcess(t *testing.T) {
	p, err := process.Builtin("transactional")
	require.NoError(t, err)
	for _, head := range []string{"", "process: some-other.yaml\n"} {
		suite, err := cases.Parse("", []byte(head+`cases:
  - name: a
    call: {at: 2026-03-02, kind: first_call}
    expect: {result: continuation}
`), cases.Options{Process: p})
		require.NoError(t, err)
		assert.Same(t, p, suite.Process)
		results := suite.Run(cases.RunOptions{})
		require.Len(t, results, 1)
		assert.True(t, results[0].Passed())
	}
}

// TestHouse judges cases with a house rule.
func TestHouse(t *testing.T) {
	suite, err := cases.Parse("", []byte(`process: transactional
cases:
  - name: a
    call: {at: 2026-03-02, activities: [discount]}
    expect: {findings: [house_discount]}
`), cases.Options{})
	require.NoError(t, err)
	assert.False(t, suite.Run(cases.RunOptions{})[0].Passed())

	rule := outcome.RuleFunc(func(outcome.Change) outcome.Opinion {
		return outcome.Opinion{Findings: []outcome.HouseFinding{{Code: "discount", Severity: diagnostic.Warning, Message: "A discount was promised"}}}
	})
	assert.True(t, suite.Run(cases.RunOptions{House: []outcome.Rule{rule}})[0].Passed())
}

// fakeT notes what a test does with it.
type fakeT struct {
	ran, failed []string
	fatal       bool
	name        string
	parent      *fakeT
}

func (f *fakeT) Helper() {}

func (f *fakeT) Run(name string, each func(*fakeT)) bool {
	f.ran = append(f.ran, name)
	each(&fakeT{name: name, parent: f})
	return true
}

func (f *fakeT) Error(args ...any) {
	f.parent.failed = append(f.parent.failed, f.name+strings.TrimRight(args[0].(string), "\n"))
}

func (f *fakeT) Fatal(...any) { f.fatal = true; panic(errFatal) }

var errFatal = errors.New("the test ends here")

func TestTest(t *testing.T) {
	f := &fakeT{}
	cases.Test(f, "testdata/failing.cases.yaml")
	assert.Len(t, f.ran, 3)
	require.Len(t, f.failed, 2)
	assert.Contains(t, f.failed[0], "a very pleasant conversation\nresult            expected advance; came continuation\n")
	assert.Contains(t, f.failed[0], "\nwhy: ")

	assert.PanicsWithError(t, errFatal.Error(), func() { cases.Test(f, "testdata/err/no_process.yaml") })
	assert.True(t, f.fatal)
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	require.NoError(f, err)
	more, err := filepath.Glob("testdata/*.cases.yaml")
	require.NoError(f, err)
	for _, file := range append(files, more...) {
		src, err := os.ReadFile(file)
		require.NoError(f, err)
		clean := strings.NewReplacer("«", "", "»", "").Replace(string(src))
		f.Add([]byte(clean))
	}
	p, err := process.Load("testdata/tiny.yaml")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, src []byte) {
		suite, err := cases.Parse("fuzz.yaml", src, cases.Options{Process: p})
		if err != nil {
			var faults diagnostic.List
			require.ErrorAs(t, err, &faults)
			require.NotZero(t, faults.Count(diagnostic.Error))
			return
		}
		var report cases.Report
		report.Add(suite, suite.Run(cases.RunOptions{}))
		require.NoError(t, report.WriteText(&strings.Builder{}))
		require.NoError(t, report.WriteJSON(&strings.Builder{}, true))
		require.NoError(t, report.WriteJUnit(&strings.Builder{}))
	})
}
