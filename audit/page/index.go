package page

import (
	"fmt"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// index finds what a report refers to by its id.
type index struct {
	stages map[process.StageID]int
	names  []string // of the stages
	codes  map[audit.Code]int
	deals  map[outcome.DealID]int
}

func newIndex(r *audit.Report) index {
	in := index{
		stages: make(map[process.StageID]int, len(r.Stages)),
		codes:  make(map[audit.Code]int, len(r.Codes)),
		deals:  make(map[outcome.DealID]int, len(r.Deals)),
	}
	for i := range r.Stages {
		in.stages[r.Stages[i].Stage] = i
		in.names = append(in.names, r.Stages[i].Name)
	}
	for i := range r.Codes {
		in.codes[r.Codes[i].Code] = i
	}
	for i := range r.Deals {
		in.deals[r.Deals[i].Deal] = i
	}
	return in
}

func at[K comparable](m map[K]int, key K) int {
	if i, ok := m[key]; ok {
		return i
	}
	return -1
}

func (in *index) stage(id process.StageID) int { return at(in.stages, id) }

// stageName is the name of a stage, or its id as it came where the process does
// not have it.
func (in *index) stageName(id process.StageID) string {
	if i := in.stage(id); i >= 0 {
		return in.names[i]
	}
	return string(id)
}

func (in *index) deal(d *audit.Deal) deal {
	v := deal{
		ID: string(d.Deal), Name: d.Name, Owner: d.Owner, Amount: d.Amount, Currency: d.Currency, Status: string(d.Status),
		Claimed: in.stage(d.Claimed), Earned: in.stage(d.Earned), Trusted: in.stage(d.Trusted),
		Closed: stamp(d.Closed), Last: stamp(d.Last), Progress: stamp(d.Progress),
		Stalled: d.Stalled, Calls: d.Calls, Actions: d.Activities,
	}
	switch {
	case d.CloseDate.IsDate():
		v.Closes = d.CloseDate.String()
	case !d.CloseDate.IsZero():
		v.Closes = stamp(d.CloseDate.Start(nil))
	}
	if d.Next != nil {
		v.Next = &next{Name: d.Next.Name, Ask: d.Next.Ask}
	}
	return v
}

func (in *index) finding(f *audit.Finding) finding {
	v := finding{
		Code: at(in.codes, f.Code), Severity: f.Severity.String(), Deal: at(in.deals, f.Deal), Subject: f.Subject,
		Owner: f.Owner, Amount: f.Amount, Currency: f.Currency,
		Claimed: in.stage(f.Claimed), Earned: in.stage(f.Earned), Message: f.Message, Do: f.Do,
	}
	for _, e := range f.Evidence {
		place := e.File
		if e.File != "" && e.Line > 0 {
			place = fmt.Sprintf("%s:%d", e.File, e.Line)
		}
		v.Evidence = append(v.Evidence, evidence{e.Table, e.ID, stamp(e.At), place})
	}
	return v
}

func (in *index) detail(d *audit.Detail) detail {
	if d == nil {
		return detail{}
	}
	v := detail{
		Held: ids(d.Held), Kept: ids(d.Kept), Waived: ids(d.Waived), Lost: ids(d.Lost),
		Open: dues(d.Open), Overdue: dues(d.Overdue),
		Calls: make([]call, 0, len(d.Calls)), Moves: make([]move, 0, len(d.Moves)),
	}
	for _, id := range d.Gaps {
		v.Gaps = append(v.Gaps, in.stage(id))
	}
	for _, c := range d.Calls {
		v.Calls = append(v.Calls, call{
			ID: string(c.ID), At: stamp(c.At), Kind: string(c.Kind), Rep: c.Rep,
			Result: c.Result.String(), To: in.stage(c.To), Credited: ids(c.Credited), Why: c.Why,
		})
	}
	for _, m := range d.Moves {
		from := ""
		if m.From != "" {
			from = in.stageName(m.From)
		}
		v.Moves = append(v.Moves, move{At: stamp(m.At), From: from, To: in.stageName(m.To)})
	}
	return v
}

func ids(list []commitment.ID) []string {
	words := make([]string, 0, len(list))
	for _, id := range list {
		words = append(words, string(id))
	}
	return words
}

func dues(list []outcome.Promise) []due {
	all := make([]due, 0, len(list))
	for _, p := range list {
		all = append(all, due{string(p.Commitment), stamp(p.Due)})
	}
	return all
}
