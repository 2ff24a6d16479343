package cases

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
)

// The elements of a JUnit report, as far as those who read such reports agree
// on them. There are no durations: results don't depend on a clock.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string       `xml:"name,attr"`
		ClassName string       `xml:"classname,attr"`
		File      string       `xml:"file,attr"`
		Line      int          `xml:"line,attr,omitempty"`
		Failure   *junitReason `xml:"failure"`
		Error     *junitReason `xml:"error"`
	}
	junitReason struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes the report as JUnit XML: a testsuite for each document, a
// testcase for each case. A fault of a document is a testcase with an error.
func (r *Report) WriteJUnit(w io.Writer) error {
	out := junitSuites{Name: "advance"}
	for i := range r.files {
		s := r.files[i].junit()
		out.Tests += s.Tests
		out.Failures += s.Failures
		out.Errors += s.Errors
		out.Suites = append(out.Suites, s)
	}
	text, err := xml.MarshalIndent(out, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}

func (f *fileReport) junit() junitSuite {
	s := junitSuite{Name: f.file, Failures: f.failed(), Errors: f.faults.Count(diagnostic.Error)}
	for _, d := range f.faults {
		if d.Severity == diagnostic.Error {
			s.Cases = append(s.Cases, junitCase{
				Name: fmt.Sprintf("line %d: %s", d.Range.Start.Line, d.Code), ClassName: f.file, File: d.Range.File, Line: d.Range.Start.Line,
				Error: &junitReason{Message: d.Text(), Type: string(d.Code), Text: d.Error()},
			})
		}
	}
	for i := range f.results {
		result := &f.results[i]
		c := junitCase{Name: result.Case, ClassName: f.file, File: f.file, Line: result.Range.Start.Line}
		if !result.Passed() {
			var missed []string
			for _, m := range result.Misses {
				missed = append(missed, fmt.Sprintf("%s: expected %s, came %s", m.Key, m.Want, m.Got))
			}
			c.Failure = &junitReason{Message: strings.Join(missed, "; "), Type: "expectation", Text: result.Failure()}
		}
		s.Cases = append(s.Cases, c)
	}
	s.Tests = len(s.Cases)
	return s
}
