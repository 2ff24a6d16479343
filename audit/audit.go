package audit

import (
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
	o        Options
	pipeline *pipeline.Pipeline
	summary  Summary
	tally    tally // with [Options.CountOnly]
	measures *measure.Collector
	findings [][]Finding // in pieces, like the deals: putting them together is left to the end
	deals    [][]Deal
	room     []Finding // of one deal
	view     view      // likewise
}

// NewAuditor returns an auditor of a pipeline to which no history was added. Of
// the pipeline it looks at Stages and at whether there are Deals, and at Faults
// when it comes to [Auditor.Report]. The only error is [ErrNoAsOf].
func NewAuditor(ev *outcome.Evaluator, p *pipeline.Pipeline, o Options) (*Auditor, error) {
	if o.AsOf.IsZero() {
		return nil, ErrNoAsOf
	}
	o = o.withDefaults()
	a := Auditor{judge: newJudge(ev, p, o), pipeline: p, o: o}
	return a.Part(), nil
}

// Add judges the history of one more deal, of which it keeps nothing. The deals
// come in the order of their ids, each once.
func (a *Auditor) Add(h *pipeline.History) {
	s := &a.summary
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
	tally := &a.tally
	if orphaned || !a.o.CountOnly {
		tally = nil
	}
	deal, findings := a.view.deal(&a.judge, h, a.room[:0], tally)
	identify(findings)
	a.findings, a.room = put(a.findings, findings), findings
	if orphaned {
		return
	}
	a.deals = put(a.deals, []Deal{deal})
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
	return &Auditor{
		judge: a.judge, o: a.o, pipeline: a.pipeline,
		measures: measure.NewCollector(a.judge.process, measure.Options{Curves: a.o.Details}),
	}
}

// Merge adds what was added to a part, which must not be used any more. Its
// deals lie behind those that were added before.
func (a *Auditor) Merge(part *Auditor) {
	_ = a.measures.Merge(part.measures) // it is of the same process
	a.findings = append(a.findings, part.findings...)
	a.deals = append(a.deals, part.deals...)
	a.tally.merge(&part.tally)
	s, t := &a.summary, &part.summary
	s.Deals += t.Deals
	s.Open += t.Open
	s.Won += t.Won
	s.Lost += t.Lost
	s.Settled += t.Settled
	s.Ahead += t.Ahead
	s.Trusted += t.Trusted
	s.Insufficient += t.Insufficient
}

// put adds to the last of some pieces, or begins another one, twice as large as
// that up to some hundred kilobytes: a piece that grew would be copied each time.
func put[T any](pieces [][]T, list []T) [][]T {
	const least, most = 8, 512
	last := len(pieces) - 1
	if last < 0 || cap(pieces[last])-len(pieces[last]) < len(list) {
		size := least
		if last >= 0 {
			size = min(2*cap(pieces[last]), most)
		}
		pieces = append(pieces, make([]T, 0, max(size, len(list))))
		last++
	}
	pieces[last] = append(pieces[last], list...)
	return pieces
}

// together puts pieces one behind the other.
func together[T any](pieces [][]T) []T {
	if list := slices.Concat(pieces...); list != nil {
		return list
	}
	return []T{}
}

// Report puts together what was found in the histories that were added.
func (a *Auditor) Report() *Report {
	process, o := a.judge.process, &a.o
	r := &Report{
		Process: process.ID(), Version: process.Version(), Name: process.Name(),
		AsOf: o.AsOf.UTC(), Since: o.Since.UTC(), Purpose: Purpose, Summary: a.summary,
		Deals: together(a.deals), Rows: append([]Rows{}, o.Rows...), Stages: stages(process),
		Measures: a.measures.Measures(),
	}
	r.Findings = insert(together(a.findings), a.judge.rows(a.pipeline.Faults, r.Deals))
	if b := o.Baseline; b != nil {
		r.Findings, r.Baseline = b.compare(r.Findings, a.judge.severity)
	}
	r.count(a.tally, a.judge.severity)
	if o.CountOnly {
		r.Findings = []Finding{}
	}
	return r
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

// day returns the day of an instant in words: "30 June 2026".
func day(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 January 2006") }
