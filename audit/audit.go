package audit

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// ErrNoAsOf says that [Options.AsOf] is missing.
var ErrNoAsOf = errors.New("auditing a pipeline: the instant to look from is missing (Options.AsOf)")

// Run audits a pipeline. The pipeline must not be changed meanwhile. The only
// error is [ErrNoAsOf].
func Run(ev *outcome.Evaluator, p *pipeline.Pipeline, o Options) (*Report, error) {
	a, err := NewAuditor(ev, p, o)
	if err != nil {
		return nil, err
	}
	replay := pipeline.Options{AsOf: o.AsOf, Since: o.Since}
	book, replayer := pipeline.NewBook(ev, p, replay), pipeline.NewReplayer(ev, replay)
	var rows pipeline.Rows
	for i := range book.Len() {
		book.Rows(i, &rows)
		a.Add(replayer.Replay(&rows))
	}
	return a.Report(), nil
}

// Auditor audits a pipeline deal by deal, for programs that show how far they
// have come or stop in between. [Run] does all of it at once.
type Auditor struct {
	judge    judge
	report   *Report
	measures *measure.Collector
	curves   bool
	pipeline *pipeline.Pipeline
}

// NewAuditor returns an auditor of a pipeline to which no history was added. Of
// the pipeline it looks at Stages and at whether there are Deals, and at Faults
// when it comes to [Auditor.Report]. The only error is [ErrNoAsOf].
func NewAuditor(ev *outcome.Evaluator, p *pipeline.Pipeline, o Options) (*Auditor, error) {
	if o.AsOf.IsZero() {
		return nil, ErrNoAsOf
	}
	process := ev.Process()
	r := &Report{
		Process: process.ID(), Version: process.Version(), Name: process.Name(),
		AsOf: o.AsOf.UTC(), Since: o.Since.UTC(), Purpose: Purpose,
		Findings: []Finding{}, Deals: []Deal{}, Codes: []Count{}, Rows: append([]Rows{}, o.Rows...), Stages: stages(process),
	}
	a := &Auditor{judge: newJudge(ev, p, o.withDefaults()), report: r, curves: o.Details, pipeline: p}
	a.measures = a.collector()
	return a, nil
}

// Add judges the history of one more deal. The deals come in the order of their
// ids, each once.
func (a *Auditor) Add(h *pipeline.History) {
	r, s := a.report, &a.report.Summary
	orphaned := a.judge.orphaned(h)
	if !orphaned {
		a.measures.Add(h)
	}
	switch {
	case h.Ahead:
		s.Ahead++
		return
	case h.Settled:
		s.Settled++
		return
	}
	deal, findings := a.judge.deal(h)
	r.Findings = append(r.Findings, findings...)
	if orphaned {
		return
	}
	r.Deals = append(r.Deals, deal)
	s.Deals++
	switch deal.Status {
	case Won:
		s.Won++
	case Lost:
		s.Lost++
	default:
		s.Open++
	}
	if deal.Trusted != "" {
		s.Trusted++
	}
	if deal.Insufficient {
		s.Insufficient++
	}
}

// Part returns an auditor of the same pipeline to which nothing was added, for
// some of its deals: parts can be filled side by side.
func (a *Auditor) Part() *Auditor {
	return &Auditor{judge: a.judge, report: &Report{}, curves: a.curves, measures: a.collector()}
}

func (a *Auditor) collector() *measure.Collector {
	return measure.NewCollector(a.judge.process, measure.Options{Curves: a.curves})
}

// Merge adds what was added to a part. Its deals lie behind those that were
// added before.
func (a *Auditor) Merge(part *Auditor) {
	_ = a.measures.Merge(part.measures) // it is of the same process
	r, s, t := a.report, &a.report.Summary, &part.report.Summary
	r.Findings = append(r.Findings, part.report.Findings...)
	r.Deals = append(r.Deals, part.report.Deals...)
	s.Deals += t.Deals
	s.Open += t.Open
	s.Won += t.Won
	s.Lost += t.Lost
	s.Settled += t.Settled
	s.Ahead += t.Ahead
	s.Trusted += t.Trusted
	s.Insufficient += t.Insufficient
}

// Report puts together what was found in the histories that were added.
func (a *Auditor) Report() *Report {
	r := *a.report
	r.Deals = slices.Clone(r.Deals)
	r.Findings = append(slices.Clone(r.Findings), a.judge.rows(a.pipeline.Faults, r.Deals)...)
	r.Measures = a.measures.Measures()
	identify(r.Findings)
	if b := a.judge.o.Baseline; b != nil {
		r.Findings, r.Baseline = b.compare(r.Findings, a.judge.severity)
	}
	r.count()
	return &r
}

// count counts the findings by code and by deal.
func (r *Report) count() {
	r.Codes, r.Summary.WithFindings = []Count{}, 0
	byCode := make(map[Code]*Count)
	type place struct {
		code Code
		deal outcome.DealID
	}
	var last place // findings of one code in one deal are neighbours
	index := make(map[outcome.DealID]int, len(r.Deals))
	worst := make([]diagnostic.Severity, len(r.Deals))
	for i := range r.Deals {
		r.Deals[i].Findings = 0
		index[r.Deals[i].Deal] = i
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		c := byCode[f.Code]
		if c == nil {
			c = &Count{Code: f.Code, Severity: f.Severity}
			byCode[f.Code] = c
		}
		c.Findings++
		if here := (place{f.Code, f.Deal}); here != last {
			c.Deals++
			last = here
		}
		if d, ok := index[f.Deal]; ok {
			r.Deals[d].Findings++
			worst[d] = max(worst[d], f.Severity)
		}
	}
	for _, s := range worst {
		if s >= diagnostic.Warning {
			r.Summary.WithFindings++
		}
	}
	for _, c := range byCode {
		r.Codes = append(r.Codes, *c)
	}
	slices.SortFunc(r.Codes, func(a, b Count) int {
		return cmp.Or(-cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Code.rank(), b.Code.rank()))
	})
}

// Worst returns the severity of the gravest finding; Ignore where there is
// none.
func (r *Report) Worst() diagnostic.Severity {
	if len(r.Codes) == 0 {
		return diagnostic.Ignore
	}
	return r.Codes[0].Severity
}

// StageName returns the name of a stage of the process, and any other as it is
// spelled.
func (r *Report) StageName(id process.StageID) string {
	for i := range r.Stages {
		if r.Stages[i].Stage == id {
			return r.Stages[i].Name
		}
	}
	return string(id)
}

func stages(p *process.Process) []Stage {
	var list []Stage
	for s := range p.Stages() {
		stage := Stage{Stage: s.ID(), Name: s.Name(), Closes: s.Closes(), Ladder: []Rung{}}
		for r := range s.Ladder() {
			c := p.Commitment(r)
			stage.Ladder = append(stage.Ladder, Rung{c.ID(), c.Name()})
		}
		list = append(list, stage)
	}
	return list
}

// day returns the day of an instant in words.
func day(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 January 2006") }
