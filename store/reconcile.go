package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/outcome"
)

// DifferenceKind is a way in which the tables differ from what the calls give.
type DifferenceKind string

// The kinds of difference.
const (
	DiffNoDeal         DifferenceKind = "no_deal"         // calls or verdicts without a deal
	DiffUnknownProcess DifferenceKind = "unknown_process" // the store has no evaluator of it
	DiffParked         DifferenceKind = "parked"          // the deal waits for somebody to look after it
	DiffUnjudgeable    DifferenceKind = "unjudgeable"     // the history can not be judged, and the deal is not parked
	DiffState          DifferenceKind = "state"           // what the calls add up to
	DiffStanding       DifferenceKind = "standing"        // how the deal stands, its stage included
	DiffNextChange     DifferenceKind = "next_change"     // when that changes without a call
	DiffMissing        DifferenceKind = "missing"         // a call without a verdict
	DiffSurplus        DifferenceKind = "surplus"         // a verdict without a call
	DiffVerdict        DifferenceKind = "verdict"         // what a verdict says
	// DiffWording is a verdict that says the same in other words or with another
	// severity: after a new release, or when names were changed in a process.
	DiffWording DifferenceKind = "wording"
)

// Difference is one way in which a deal differs from what its calls give.
type Difference struct {
	Deal     outcome.DealID
	Call     outcome.CallID // of missing, surplus, verdict and wording
	Kind     DifferenceKind
	Stored   string // as it is in the tables
	Computed string // as the calls give it, or why they give nothing
}

// String says it in a line.
func (d Difference) String() string {
	of := fmt.Sprintf("deal %q", d.Deal)
	if d.Call != "" {
		of += fmt.Sprintf(", call %q", d.Call)
	}
	return fmt.Sprintf("%s: %s: stored %s, computed %s", of, d.Kind, cmp.Or(d.Stored, "nothing"), cmp.Or(d.Computed, "nothing"))
}

// Report is what [Store.Reconcile] found.
type Report struct {
	Deals       int            // how many it looked at; 0 when there are no more
	Last        outcome.DealID // go on from here
	Differences []Difference   // by deal
}

// Reconcile computes up to limit deals after one, in the order of their ids,
// from their calls again, and reports where the tables say something else. It
// changes nothing; [Store.Refold] repairs a deal. With PostgreSQL, writers to
// these deals wait until the transaction ends: take a few hundred at a time.
func (s *Store) Reconcile(ctx context.Context, tx Tx, after outcome.DealID, limit int) (Report, error) {
	in, err := s.in(tx)
	if err != nil {
		return Report{}, err
	}
	ids, err := in.dealIDs(ctx, after, limit)
	if err != nil {
		return Report{}, err
	}
	out := Report{Deals: len(ids), Last: after}
	for _, id := range ids {
		found, err := in.reconcile(ctx, id)
		if err != nil {
			return Report{}, err
		}
		out.Last = id
		out.Differences = append(out.Differences, found...)
	}
	return out, nil
}

// dealIDs lists the deals that any of the tables knows.
func (s session) dealIDs(ctx context.Context, after outcome.DealID, limit int) ([]outcome.DealID, error) {
	var out []outcome.DealID
	err := s.rows(ctx, func(scan func(...any) error) error {
		var id outcome.DealID
		err := scan(&id)
		out = append(out, id)
		return err
	}, `SELECT deal FROM (SELECT deal FROM {deals} WHERE deal > $1 ORDER BY deal LIMIT $2) AS a
		UNION SELECT deal FROM (SELECT DISTINCT deal FROM {calls} WHERE deal > $1 ORDER BY deal LIMIT $2) AS b
		UNION SELECT deal FROM (SELECT DISTINCT deal FROM {verdicts} WHERE deal > $1 ORDER BY deal LIMIT $2) AS c
		ORDER BY deal LIMIT $2`, string(after), limit)
	return out, doing(err, "listing deals")
}

// reconcile looks at one deal.
func (s session) reconcile(ctx context.Context, id outcome.DealID) ([]Difference, error) {
	d, err := s.deal(ctx, id, "{share}")
	if err != nil {
		return nil, err
	}
	only := func(kind DifferenceKind, stored, computed string) ([]Difference, error) {
		return []Difference{{Deal: id, Kind: kind, Stored: stored, Computed: computed}}, nil
	}
	if d == nil {
		return only(DiffNoDeal, "", "a deal")
	}
	if d.parked != "" {
		return only(DiffParked, "", d.parked)
	}
	ev, err := s.evaluator(id, d.process)
	if err != nil {
		return only(DiffUnknownProcess, "", err.Error())
	}
	history, err := s.history(ctx, id)
	if err != nil {
		return nil, err
	}
	computed := *d
	f, fault := foldHistory(ev, d, history)
	if fault == nil {
		fault = computed.become(ev, f.state)
	}
	if fault != nil {
		return only(DiffUnjudgeable, "", fault.Error())
	}
	stored, err := s.verdicts(ctx, id)
	if err != nil {
		return nil, err
	}
	return append(d.differences(computed, f.state), verdictDifferences(id, stored, f.verdicts)...), nil
}

// differences compares the row with what it should be.
func (d *dealRow) differences(should dealRow, state outcome.State) (out []Difference) {
	add := func(kind DifferenceKind, stored, computed string) {
		out = append(out, Difference{Deal: d.id, Kind: kind, Stored: stored, Computed: computed})
	}
	var stored outcome.State
	if err := stored.UnmarshalJSON([]byte(d.state)); err != nil || !stored.Equal(state) {
		add(DiffState, d.state, should.state)
	}
	if d.standing != should.standing {
		add(DiffStanding, d.standing, should.standing)
	} else if d.stage != should.stage {
		add(DiffStanding, string(d.stage), string(should.stage))
	}
	if !d.nextChange.Equal(should.nextChange.Time) {
		add(DiffNextChange, d.nextChange.String(), should.nextChange.String())
	}
	return out
}

func verdictDifferences(deal outcome.DealID, stored map[outcome.CallID]verdictRow, verdicts []verdict) (out []Difference) {
	for _, v := range verdicts {
		was, found := stored[v.Call]
		delete(stored, v.Call)
		kind := DiffVerdict
		switch {
		case found && was.equal(v.row):
			continue
		case !found:
			kind = DiffMissing
		case was.result == v.row.result && was.at.Equal(v.row.at) && factsOf(was.text) == factsOf(v.row.text):
			kind = DiffWording
		}
		out = append(out, Difference{Deal: deal, Call: v.Call, Kind: kind, Stored: was.String(), Computed: v.row.String()})
	}
	for _, call := range slices.Sorted(maps.Keys(stored)) {
		out = append(out, Difference{Deal: deal, Call: call, Kind: DiffSurplus, Stored: stored[call].String()})
	}
	return out
}

// String writes the row in a line; nothing for one that is not there.
func (r verdictRow) String() string {
	if r.text == "" {
		return ""
	}
	return fmt.Sprintf("%s %s %s", r.at.Format(time.RFC3339Nano), r.result, r.text)
}

// factsOf is a verdict without its words. What can not be read is all fact.
func factsOf(text string) string {
	var v outcome.VerdictRecord
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return text
	}
	v.Why = ""
	for i := range v.Findings {
		v.Findings[i].Severity, v.Findings[i].Message = 0, ""
	}
	for i := range v.Next {
		v.Next[i].Name, v.Next[i].Ask = "", ""
	}
	facts, err := json.Marshal(v)
	if err != nil {
		return text
	}
	return string(facts)
}
