package audittest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// Options are what a check can be told. All but AsOf may be left out.
type Options struct {
	// AsOf is the instant that deals are looked at from. A test needs a fixed
	// one: what is sound today is overdue tomorrow.
	AsOf time.Time
	// Since opens older deals on trust, see [audit.Options].
	Since time.Time
	// FailOn is the least severity that fails; Warning when zero.
	FailOn diagnostic.Severity
	// Only are the codes that are looked for, and Ignore those that are not.
	// Without Only all are.
	Only, Ignore []audit.Code
	// Severities are given to codes in the place of [audit.Code.Default].
	Severities map[audit.Code]diagnostic.Severity
	// Baseline is the file of an earlier report, as JSON or CSV: what it has
	// does not fail. BaselineReport is the same at hand.
	Baseline       string
	BaselineReport *audit.Baseline
	// MinDeals is how many deals have to be there at least, so that a test does
	// not pass because nothing was read; 1 when zero.
	MinDeals int
	// Most is how many deals a failure shows; 20 when zero.
	Most int
}

// T is a test: a *testing.T, or whatever stands in for it.
type T interface {
	require.TestingT
	Helper()
}

// Check audits a pipeline, fails the test where something is found that counts,
// and returns the report. The test goes on; see [Require].
func Check(t T, p *process.Process, deals *pipeline.Pipeline, o Options) *audit.Report {
	t.Helper()
	report, failure := check(p, deals, o)
	if failure != "" {
		t.Errorf("%s", failure)
	}
	return report
}

// Require does what Check does, and ends the test where it fails.
func Require(t T, p *process.Process, deals *pipeline.Pipeline, o Options) *audit.Report {
	t.Helper()
	report, failure := check(p, deals, o)
	if failure != "" {
		t.Errorf("%s", failure)
		t.FailNow()
	}
	return report
}

func check(p *process.Process, deals *pipeline.Pipeline, o Options) (report *audit.Report, failure string) {
	known := o.BaselineReport
	if o.Baseline != "" {
		var err error
		if known, err = readBaseline(o.Baseline); err != nil {
			return nil, err.Error()
		}
	}
	report, err := audit.Run(outcome.NewEvaluator(p, outcome.Options{}), deals, audit.Options{
		AsOf: o.AsOf, Since: o.Since, Severities: o.severities(), Baseline: known,
	})
	if err != nil {
		return nil, err.Error()
	}
	if n, least := report.Summary.Deals, max(o.MinDeals, 1); n < least {
		return report, fmt.Sprintf("the pipeline has %s to judge, and %d are expected", prose.Count(n, "deal"), least)
	}
	return report, o.failure(report)
}

func readBaseline(file string) (*audit.Baseline, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w", err)
	}
	defer f.Close()
	b, err := audit.ReadBaseline(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return b, nil
}

func (o *Options) severities() map[audit.Code]diagnostic.Severity {
	list := make(map[audit.Code]diagnostic.Severity)
	for _, c := range audit.Codes() {
		if s, ok := o.Severities[c]; ok {
			list[c] = s
		}
		if slices.Contains(o.Ignore, c) || len(o.Only) > 0 && !slices.Contains(o.Only, c) {
			list[c] = diagnostic.Ignore
		}
	}
	return list
}

// failure words what counts, deal by deal; it is empty where nothing does.
func (o *Options) failure(r *audit.Report) string {
	least := o.FailOn
	if least == diagnostic.Ignore {
		least = diagnostic.Warning
	}
	most := o.Most
	if most == 0 {
		most = 20
	}
	names := make(map[outcome.DealID]string, len(r.Deals))
	for i := range r.Deals {
		names[r.Deals[i].Deal] = r.Deals[i].Name
	}
	var text strings.Builder
	findings, deals, deal := 0, 0, outcome.DealID("")
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Severity < least {
			continue
		}
		findings++
		if deals == 0 || f.Deal != deal {
			deals++
			deal = f.Deal
			if deals <= most {
				text.WriteString("\n" + strings.TrimSpace(headOf(f, names[f.Deal])) + "\n")
			}
		}
		if deals <= most {
			fmt.Fprintf(&text, "  %s %s: %s\n      %s\n", f.Severity, f.Code, f.Message, f.Do)
			for _, e := range f.Evidence[:min(1, len(f.Evidence))] {
				if e.File != "" {
					fmt.Fprintf(&text, "      %s\n", pipeline.Source{File: e.File, Line: e.Line})
				}
			}
		}
	}
	if findings == 0 {
		return ""
	}
	if deals > most {
		fmt.Fprintf(&text, "\nand %s more\n", prose.Count(deals-most, "deal"))
	}
	head := fmt.Sprintf("%s in %s, judged by %s as of %s:\n",
		prose.Count(findings, "finding"), prose.Count(deals, "deal"), r.Process, r.AsOf.Format(time.RFC3339))
	return head + text.String()
}

// headOf names the deal of a finding.
func headOf(f *audit.Finding, name string) string {
	if f.Deal == "" {
		return "rows without a deal"
	}
	head := string(f.Deal) + " " + name
	if f.Owner != "" {
		head += " (" + f.Owner + ")"
	}
	return head
}
