package audit

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// judge is what all deals of an audit are judged by. It never changes.
type judge struct {
	ev      *outcome.Evaluator
	process *process.Process
	zone    *time.Location
	o       Options
	records bool   // there are deal records: a deal without one is not there
	shown   []bool // by the number of a stage: the other system has a name for it
	commits bool   // some stage is forecast as committed
}

func newJudge(ev *outcome.Evaluator, p *pipeline.Pipeline, o Options) judge {
	j := judge{ev: ev, process: ev.Process(), zone: ev.Process().Zone(), o: o, records: len(p.Deals) > 0}
	for s := range j.process.Stages() {
		j.shown = append(j.shown, len(p.Stages) == 0)
		j.commits = j.commits || s.Forecast() == commit
	}
	for _, id := range p.Stages {
		if s, ok := j.process.StageByID(id); ok {
			j.shown[s.Index()] = true
		}
	}
	return j
}

// severity returns how much a code matters in this audit.
func (j *judge) severity(c Code) diagnostic.Severity {
	if s, ok := j.o.Severities[c]; ok {
		return s
	}
	return c.Default()
}

// view is one deal while it is judged.
type view struct {
	*judge
	h       *pipeline.History
	stage   *process.CompiledStage // that is claimed; nil where the process has none such
	at      int                    // its number where it is on the path, that of the won stage for a deal that is won, else -1
	earned  *process.CompiledStage
	knows   bool // what was earned is known
	out     Deal
	said    []Finding
	tally   *tally                     // where what is found is counted and not said
	sources map[string]pipeline.Source // of the activities, by id, where there are many
}

// deal judges a deal, and adds what it finds to a list; or to a tally, if there is
// one. It is a function of the history alone: of the view only the room is used.
func (v *view) deal(j *judge, h *pipeline.History, list []Finding, t *tally) (Deal, []Finding) {
	*v = view{judge: j, h: h, at: -1, knows: h.Tells, said: list, tally: t}
	if j.orphaned(h) {
		v.out.Deal = h.Deal.Deal.Deal
		v.orphans()
		return v.out, v.said
	}
	v.stage, _ = j.process.StageByID(h.Claimed)
	v.earned, _ = j.process.StageByID(h.Standing.Stage)
	v.knows = v.knows && v.earned != nil
	switch {
	case h.Status == pipeline.WonDeal:
		v.at = j.process.Won()
	case h.Status == pipeline.OpenDeal && v.stage != nil && v.stage.Index() < j.process.Won():
		v.at = v.stage.Index()
	}
	v.describe()
	v.claims()
	v.moves()
	v.promises()
	v.facts()
	v.calls()
	return v.out, v.said
}

// open reports whether the deal is claimed to be open.
func (v *view) open() bool { return v.h.Status == pipeline.OpenDeal }

// since is the instant before which nothing is looked at; zero where
// everything is.
func (v *view) since() time.Time {
	if v.h.Trusted == "" {
		return time.Time{}
	}
	return v.o.Since
}

// counted counts a finding, and reports whether there is no more to say about it.
// [view.say] asks it too; ask it before where it costs something to find the words.
func (v *view) counted(code Code) bool {
	if v.tally == nil {
		return v.severity(code) == diagnostic.Ignore
	}
	if v.severity(code) != diagnostic.Ignore {
		v.tally.add(&v.out, code)
	}
	return true
}

// say adds a finding, which keeps the evidence.
func (v *view) say(code Code, subject, message, do string, evidence ...Evidence) {
	if v.counted(code) {
		return
	}
	if evidence == nil {
		evidence = []Evidence{}
	}
	d := &v.out
	v.said = append(v.said, Finding{
		Code: code, Severity: v.severity(code), Deal: d.Deal, Subject: subject, Owner: d.Owner, Amount: d.Amount, Currency: d.Currency,
		Claimed: d.Claimed, Earned: d.Earned, Message: message, Do: do, Evidence: evidence,
	})
}

// describe writes down how the deal stands.
func (v *view) describe() {
	h, d, s := v.h, &v.out, &v.h.Standing
	record := &h.Deal
	*d = Deal{
		Deal: record.Deal.Deal, Name: record.Name, Owner: record.Owner, Amount: record.Amount, Currency: record.Currency,
		Status: Open, Trusted: h.Trusted, Created: record.Created, Closed: h.Closed, CloseDate: record.CloseDate,
		Progress: s.Progress, Calls: len(h.Verdicts), Activities: len(h.Activities), Insufficient: !v.knows,
	}
	switch h.Status {
	case pipeline.WonDeal:
		d.Status = Won
	case pipeline.LostDeal:
		d.Status = Lost
	}
	if v.stage != nil {
		d.Claimed = v.stage.ID()
	}
	if n := len(h.Activities); n > 0 {
		d.Last = h.Activities[n-1].At
	}
	if n := len(h.Verdicts); n > 0 && h.Verdicts[n-1].Call().At.After(d.Last) {
		d.Last = h.Verdicts[n-1].Call().At
	}
	if v.earned != nil && (v.knows || h.Trusted != "" || record.Stage != "") {
		d.Earned = v.earned.ID()
	}
	if v.knows {
		d.Stalled = v.open() && s.Stalled
	}
	if v.tally == nil && v.knows && v.open() && !s.Won {
		if next, err := v.ev.Next(h.State, v.o.AsOf); err == nil && len(next) > 0 {
			first := next[0]
			d.Next = &first
		}
	}
	if v.o.Details {
		d.Detail = v.detail()
	}
}

func (v *view) detail() *Detail {
	s := &v.h.Standing
	detail := &Detail{
		Gaps: s.Gaps, Held: s.Held, Kept: s.Kept, Waived: s.Waived, Lost: lost(v.ev.Process(), v.h), Open: s.Open, Overdue: s.Overdue,
		Calls: make([]Call, 0, len(v.h.Verdicts)), Moves: make([]Move, 0, len(v.h.Moves)),
	}
	for i := range v.h.Verdicts {
		r := v.h.Verdicts[i].Record()
		c := v.h.Verdicts[i].Call()
		detail.Calls = append(detail.Calls, Call{
			ID: r.Call, At: r.At, Kind: c.Kind, Rep: c.Rep, Result: r.Result, To: r.To, Credited: r.Credited, Why: r.Why,
		})
	}
	for _, m := range v.h.Moves {
		detail.Moves = append(detail.Moves, Move{m.At, m.From, m.To})
	}
	return detail
}

// The tables that evidence is found in.
const (
	tableDeals      = "deals"
	tableActivities = "activities"
	tableCalls      = "calls"
	tableHistory    = "history"
)

func (v *view) dealRecord() Evidence {
	return evidence(tableDeals, string(v.out.Deal), time.Time{}, v.h.Deal.Source)
}

func moveRecord(m *pipeline.Move) Evidence { return evidence(tableHistory, m.ID, m.At, m.Source) }

func activityRecord(a *pipeline.Activity) Evidence {
	return evidence(tableActivities, a.ID, a.At, a.Source)
}

// callRecord is the record of a call: that of the activity which it was
// read out of, if there is one.
func (v *view) callRecord(c *outcome.Call) Evidence {
	table := tableCalls
	source, ok := v.source(string(c.ID))
	if ok {
		table = tableActivities
	}
	return evidence(table, string(c.ID), c.At, source)
}

// source returns where an activity was read from; of several with one id the
// last counts.
func (v *view) source(id string) (s pipeline.Source, ok bool) {
	const few = 32 // which a look at each finds faster than a map
	if len(v.h.Activities) <= few {
		for i := len(v.h.Activities) - 1; i >= 0; i-- {
			if a := &v.h.Activities[i]; a.ID == id {
				return a.Source, true
			}
		}
		return s, false
	}
	if v.sources == nil {
		v.sources = make(map[string]pipeline.Source, len(v.h.Activities))
		for i := range v.h.Activities {
			v.sources[v.h.Activities[i].ID] = v.h.Activities[i].Source
		}
	}
	s, ok = v.sources[id]
	return s, ok
}

func evidence(table, id string, at time.Time, s pipeline.Source) Evidence {
	return Evidence{Table: table, ID: id, At: at, File: s.File, Line: s.Line}
}

// nameOf names a commitment, in quotation marks.
func (v *view) nameOf(id commitment.ID) string {
	if r, ok := v.process.Rung(id); ok {
		return prose.Quote(v.process.Commitment(r).Name())
	}
	return prose.Quote(string(id))
}

// stageName names a stage; one that the process does not have as it is spelled.
func (v *view) stageName(id process.StageID) string {
	if s, ok := v.process.StageByID(id); ok {
		return s.Name()
	}
	return prose.Quote(string(id))
}

func (v *view) day(t time.Time) string { return day(t, v.zone) }
