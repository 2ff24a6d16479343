package cases

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
)

// Report is what came of the cases of any number of documents, in the order in
// which they were added. The zero Report is of none.
type Report struct {
	files    []fileReport
	coverage []*Coverage
}

type fileReport struct {
	file    string
	faults  diagnostic.List // what is wrong with the document, which then has no results
	results []Result
}

// Add adds the results of a suite.
func (r *Report) Add(s *Suite, results []Result) {
	r.files = append(r.files, fileReport{file: s.File, results: results})
	coverage := r.coverageOf(s)
	for i := range results {
		coverage.Add(&results[i])
	}
}

// AddFaults adds a document that could not be used, and why.
func (r *Report) AddFaults(file string, faults diagnostic.List) {
	r.files = append(r.files, fileReport{file: file, faults: faults})
}

// coverageOf returns the coverage of the process of a suite: documents about
// the same process cover it together.
func (r *Report) coverageOf(s *Suite) *Coverage {
	for _, c := range r.coverage {
		if c.process.Ref() == s.Process.Ref() {
			return c
		}
	}
	c := NewCoverage(s.Process)
	r.coverage = append(r.coverage, c)
	return c
}

// Coverage returns the coverage of each process, in the order in which they
// were met.
func (r *Report) Coverage() []*Coverage { return r.coverage }

// Passed returns how many cases came as expected.
func (r *Report) Passed() int {
	return r.count(func(f *fileReport) int { return len(f.results) - f.failed() })
}

// Failed returns how many cases came otherwise than expected.
func (r *Report) Failed() int { return r.count((*fileReport).failed) }

// Faults returns how many faults the documents have.
func (r *Report) Faults() int {
	return r.count(func(f *fileReport) int { return f.faults.Count(diagnostic.Error) })
}

func (r *Report) count(of func(*fileReport) int) int {
	n := 0
	for i := range r.files {
		n += of(&r.files[i])
	}
	return n
}

func (f *fileReport) failed() int {
	n := 0
	for i := range f.results {
		if !f.results[i].Passed() {
			n++
		}
	}
	return n
}

// WriteText writes a line for each document, every case that failed with what
// was expected, what came and why, and a line that sums it up. The faults of
// documents are not repeated: they are diagnostics, for wherever those go.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	for i := range r.files {
		f := &r.files[i]
		cases := prose.Count(len(f.results), "case")
		switch failed := f.failed(); {
		case f.faults != nil:
			fmt.Fprintf(&b, "FAIL  %s  %s\n", terminal.Clean(f.file), prose.Count(f.faults.Count(diagnostic.Error), "fault"))
		case failed > 0:
			fmt.Fprintf(&b, "FAIL  %s  %d of %s failed\n", terminal.Clean(f.file), failed, cases)
		default:
			fmt.Fprintf(&b, "ok    %s  %s\n", terminal.Clean(f.file), cases)
		}
		for j := range f.results {
			if result := &f.results[j]; !result.Passed() {
				fmt.Fprintf(&b, "\n  %s (line %d)\n%s", terminal.Clean(result.Case), result.Range.Start.Line, indented(result.Failure()))
			}
		}
		if f.failed() > 0 && i+1 < len(r.files) {
			b.WriteString("\n")
		}
	}
	if len(r.files) > 1 || r.Failed() > 0 {
		fmt.Fprintf(&b, "\n%d passed, %d failed", r.Passed(), r.Failed())
		if faults := r.Faults(); faults > 0 {
			fmt.Fprintf(&b, ", %s in the documents", prose.Count(faults, "fault"))
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Failure says of a case that failed what was expected, what came, and why: the
// reasons that the verdict gives. It is empty for one that passed.
func (r *Result) Failure() string {
	if r.Passed() {
		return ""
	}
	widest := 0
	for _, m := range r.Misses {
		widest = max(widest, len(m.Key))
	}
	var b strings.Builder
	for _, m := range r.Misses {
		paragraph(&b, fmt.Sprintf("%-*s  ", widest, m.Key), fmt.Sprintf("expected %s; came %s", m.Want, m.Got))
	}
	paragraph(&b, "why: ", r.Verdict.Why)
	for _, f := range r.Verdict.Findings {
		paragraph(&b, f.Severity.String()+": ", fmt.Sprintf("%s [%s]", f.Message, f.Code))
	}
	return b.String()
}

// page is how wide texts are written.
var page = terminal.Page{Width: 96}

// paragraph writes a text with its lead.
func paragraph(b *strings.Builder, lead, text string) {
	b.WriteString(page.Fill(lead, len(lead), terminal.Plain, text))
}

func indented(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n    ") + "\n"
}

// reportJSON is a report as it is written.
type reportJSON struct {
	Passed   int              `json:"passed"`
	Failed   int              `json:"failed"`
	Cases    []resultJSON     `json:"cases"`
	Faults   diagnostic.List  `json:"faults"`
	Coverage []CoverageRecord `json:"coverage,omitempty"`
}

type resultJSON struct {
	File    string                `json:"file"`
	Line    int                   `json:"line"`
	Name    string                `json:"name"`
	Passed  bool                  `json:"passed"`
	Misses  []missJSON            `json:"misses"`
	Verdict outcome.VerdictRecord `json:"verdict"`
}

type missJSON struct {
	Line     int    `json:"line"`
	Key      string `json:"key"`
	Expected string `json:"expected"`
	Came     string `json:"came"`
}

// WriteJSON writes the report as one JSON object, with the coverage where it is
// asked for.
func (r *Report) WriteJSON(w io.Writer, coverage bool) error {
	out := reportJSON{Passed: r.Passed(), Failed: r.Failed(), Cases: []resultJSON{}, Faults: diagnostic.List{}}
	for _, f := range r.files {
		out.Faults = append(out.Faults, f.faults...)
		for i := range f.results {
			result := &f.results[i]
			rj := resultJSON{
				File: f.file, Line: result.Range.Start.Line, Name: result.Case, Passed: result.Passed(),
				Misses: []missJSON{}, Verdict: result.Verdict,
			}
			for _, m := range result.Misses {
				rj.Misses = append(rj.Misses, missJSON{m.Range.Start.Line, m.Key, m.Want, m.Got})
			}
			out.Cases = append(out.Cases, rj)
		}
	}
	if coverage {
		for _, c := range r.coverage {
			out.Coverage = append(out.Coverage, c.Record())
		}
	}
	if err := json.MarshalWrite(w, out, jsontext.WithIndent("  ")); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}
