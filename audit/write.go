package audit

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
)

// WriteJSON writes the report as one JSON document. It can be read back as a
// baseline, see [ReadBaseline].
func (r *Report) WriteJSON(w io.Writer) error {
	out := jsontext.NewEncoder(w, jsontext.WithIndent("  "), jsontext.AllowInvalidUTF8(true))
	return json.MarshalEncode(out, r, json.Deterministic(true))
}

// dealNames returns the names of the deals.
func (r *Report) dealNames() map[outcome.DealID]string {
	names := make(map[outcome.DealID]string, len(r.Deals))
	for i := range r.Deals {
		names[r.Deals[i].Deal] = r.Deals[i].Name
	}
	return names
}

// The elements of a JUnit report, as far as those who read such reports agree
// on them.
type (
	junitSuites struct {
		XMLName  xml.Name   `xml:"testsuites"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Suite    junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string       `xml:"name,attr"`
		ClassName string       `xml:"classname,attr"`
		Failure   *junitReason `xml:"failure"`
		Out       string       `xml:"system-out,omitempty"`
	}
	junitReason struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes the report as JUnit XML: a deal is a test case, of the
// class of its owner. It fails with its findings of at least the severity fail;
// what is below that stands in its output. Rows that belong to no deal that is
// there are a case of their own.
func (r *Report) WriteJUnit(w io.Writer, fail diagnostic.Severity) error {
	suite := junitSuite{Name: printable("audit of " + r.Process)}
	rest := r.Findings
	var stray []Finding
	for i := range r.Deals {
		d := &r.Deals[i]
		for len(rest) > 0 && rest[0].Deal < d.Deal {
			stray, rest = append(stray, rest[0]), rest[1:]
		}
		n := 0
		for n < len(rest) && rest[n].Deal == d.Deal {
			n++
		}
		c := junitOf(rest[:n], fail)
		c.Name, c.ClassName = printable(title(d)), printable(d.Owner)
		if c.ClassName == "" {
			c.ClassName = "deals"
		}
		suite.Cases = append(suite.Cases, c)
		rest = rest[n:]
	}
	if stray = append(stray, rest...); len(stray) > 0 {
		c := junitOf(stray, fail)
		c.Name, c.ClassName = "rows without a deal", "records"
		suite.Cases = append(suite.Cases, c)
	}
	suite.Tests = len(suite.Cases)
	for i := range suite.Cases {
		if suite.Cases[i].Failure != nil {
			suite.Failures++
		}
	}
	text, err := xml.MarshalIndent(junitSuites{Name: "advance", Tests: suite.Tests, Failures: suite.Failures, Suite: suite}, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}

// title names a deal by its id and its name.
func title(d *Deal) string {
	if d.Name == "" {
		return string(d.Deal)
	}
	return string(d.Deal) + " " + d.Name
}

// junitOf is the case of a deal with some findings.
func junitOf(findings []Finding, fail diagnostic.Severity) (c junitCase) {
	var failing, other []string
	var codes []string
	for i := range findings {
		f := &findings[i]
		if f.Severity < fail {
			other = append(other, f.Line())
			continue
		}
		failing = append(failing, f.Line())
		if n := len(codes); n == 0 || codes[n-1] != string(f.Code) {
			codes = append(codes, string(f.Code))
		}
	}
	c.Out = printable(strings.Join(other, "\n"))
	if len(failing) > 0 {
		c.Failure = &junitReason{Message: strings.Join(codes, ", "), Type: codes[0], Text: printable(strings.Join(failing, "\n"))}
	}
	return c
}

// Line returns the finding as one line of text: "overstated: message Do this."
func (f *Finding) Line() string {
	return fmt.Sprintf("%s: %s %s", f.Code, f.Message, f.Do)
}

// printable leaves out what XML 1.0 has no place for. The encoder writes
// U+FFFD for most of it, which helps nobody who reads the report.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r == 0x7f || r == utf8.RuneError || r == 0xfffe || r == 0xffff:
			return -1
		}
		return r
	}, text)
}
