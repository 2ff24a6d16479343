package cases

import (
	"fmt"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// state is what a case says to be held before its call.
type state struct {
	node               *yamldoc.Node
	held, kept, waived commitment.Set
}

func (s state) empty() bool { return s.held.Union(s.kept).Union(s.waived).IsEmpty() }

const (
	// before is how long before the call the message of a state comes.
	before = time.Second
	// ahead is the date that it sets, unless the process wants a nearer one.
	ahead = 7 * 24 * time.Hour
)

// message returns the one message that makes a fresh deal be in the state. A
// deal can only be where calls have brought it, so that a state that no call
// could bring about can't be tested with.
func (s state) message(p *process.Process, c *Case) outcome.Call {
	at := c.Call.At.Add(-before)
	m := outcome.Call{ID: "state", Deal: c.Deal.Deal, At: at, Contact: outcome.NoContact}
	for r := range s.held.Union(s.kept).All() {
		e := qualifying(p.Commitment(r), at)
		if s.kept.Has(r) {
			e.Status, e.Due = commitment.Kept, outcome.When{}
		}
		m.Commitments = append(m.Commitments, e)
	}
	for r := range s.waived.All() {
		m.Commitments = append(m.Commitments, outcome.Entry{
			Commitment: p.Commitment(r).ID(), By: commitment.Seller, Status: commitment.Waived, Note: "waived before the case begins",
		})
	}
	return m
}

// qualifying returns a buyer's entry that meets what the commitment requires.
func qualifying(c *process.Commitment, at time.Time) outcome.Entry {
	q := c.Require()
	e := outcome.Entry{Commitment: c.ID(), By: commitment.Buyer}
	if q.Dated {
		due := at.Add(ahead)
		if q.Within >= 0 && q.Within < ahead {
			due = at.Add(q.Within)
		}
		e.Due = outcome.At(due)
	}
	roles := pick(q.Roles)
	for i := range max(q.People, len(roles)) {
		person := commitment.Person{Name: fmt.Sprintf("Person %d", i+1)}
		if i < len(roles) {
			person.Role = commitment.Role(roles[i])
		}
		e.People = append(e.People, person)
	}
	e.Evidence = pick(q.Evidence)
	return e
}

// pick returns names that meet a need.
func pick(need commitment.Need) []string {
	names := append([]string(nil), need.All...)
	if len(need.Any) > 0 {
		names = append(names, need.Any[0])
	}
	return names
}

// reachable reports what of a state is not there at the time of the call.
func (r *reader) reachable(c *Case, s state) {
	ev := outcome.NewEvaluator(r.process, outcome.Options{})
	fresh, err := outcome.Open(r.process, c.Deal)
	if err != nil {
		return // the stage of the deal, which is reported where it stands
	}
	after, _, err := ev.Apply(fresh, c.History[0])
	if err != nil {
		return
	}
	view, err := ev.Standing(after, c.Call.At)
	if err != nil {
		return
	}
	for _, part := range []struct {
		key  string
		want commitment.Set
		have []commitment.ID
	}{{"held", s.held, view.Held}, {"kept", s.kept, view.Kept}, {"waived", s.waived, view.Waived}} {
		missing := part.want
		for _, id := range part.have {
			if rung, ok := r.process.Rung(id); ok {
				missing.Remove(rung)
			}
		}
		for rung := range missing.All() {
			r.Report(s.node.Locate(part.key).Value, CodeUnreachableState, diagnostic.Error,
				fmt.Sprintf("%q can not be %s when the call begins", r.process.Commitment(rung).ID(), part.key),
				"it lapses before; tell the history of the deal instead")
		}
	}
}
