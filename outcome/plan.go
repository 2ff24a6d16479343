package outcome

import (
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// Plan is what to go for in the next call with a deal.
type Plan struct {
	Deal    DealID          `json:"deal"`
	At      time.Time       `json:"at"`
	Stage   process.StageID `json:"stage"`
	Kind    process.KindID  `json:"kind,omitzero"`
	Belongs bool            `json:"belongs"` // this kind of call belongs to the stage; true without a kind
	Asks    []Ask           `json:"asks"`    // the first is the one outcome to go for
	Refocus string          `json:"refocus,omitzero"`
	NotFor  []string        `json:"not_for,omitempty"` // activities that belong in another call
}

// Ask is a commitment to ask for, with how, and what it takes to count.
type Ask struct {
	NextRecord
	Credited bool     `json:"credited"` // it would be an advance now
	Requires Requires `json:"requires"`
}

// Requires is what it takes before a commitment counts.
type Requires struct {
	Dated    bool                `json:"dated"`
	Within   commitment.Duration `json:"within,omitzero"` // after the call; empty means any distance
	People   int                 `json:"people,omitzero"`
	Roles    []string            `json:"roles,omitempty"` // all of them
	AnyRole  []string            `json:"any_role,omitempty"`
	Evidence []string            `json:"evidence,omitempty"` // all of it
	AnyProof []string            `json:"any_evidence,omitempty"`
}

// Plan says what to ask for in a call at an instant. With a kind these are its
// outcome and then its fallbacks, strongest first, each with whether it would
// be credited; without one, what [VerdictRecord.Next] lists. The kind may be
// empty; an unknown one gives an [*UnknownKindError], and a state of another
// process a [*ProcessError].
func (ev *Evaluator) Plan(s State, at time.Time, kind process.KindID) (Plan, error) {
	p := ev.process
	if err := s.bind(p); err != nil {
		return Plan{}, err
	}
	view := s.standingAt(p, instantOf(at))
	plan := Plan{Deal: s.deal, At: at.UTC(), Stage: p.Stage(view.Stage).ID(), Kind: kind, Belongs: true, Asks: []Ask{}}
	now := Change{Process: p, Before: view.Snapshot}
	add := func(r commitment.Rung, role Role) {
		c := p.Commitment(r)
		plan.Asks = append(plan.Asks, Ask{
			NextRecord: nextRecord(p, step{r, role}), Credited: now.Creditable(r), Requires: requires(c.Require()),
		})
	}
	if kind == "" {
		for _, n := range nextSteps(p, &view.Snapshot) {
			add(n.rung, n.role)
		}
		return plan, nil
	}
	k, ok := p.Kind(kind)
	if !ok {
		return Plan{}, &UnknownKindError{Kind: kind, Process: p}
	}
	add(k.Outcome(), RolePrimary)
	for _, r := range slices.Backward(slices.Collect(k.Fallbacks().All())) {
		add(r, RoleFallback)
	}
	plan.Belongs, plan.Refocus, plan.NotFor = k.BelongsTo(view.Stage), k.Refocus(), k.NotFor()
	return plan, nil
}

// Next says in short what a [Plan] without a kind asks for: what
// [VerdictRecord.Next] would list after a call that brought nothing, at an
// instant. It is for lists of deals. What it returns is shared and must not be
// changed. A state of another process gives a [*ProcessError].
func (ev *Evaluator) Next(s State, at time.Time) ([]NextRecord, error) {
	if err := s.bind(ev.process); err != nil {
		return nil, err
	}
	view := s.standingAt(ev.process, instantOf(at))
	return ev.forms().outlook(ev.process, &view.Snapshot).next, nil
}

func requires(q *commitment.Requirement) Requires {
	var within commitment.Duration
	if q.Dated && q.Within >= 0 {
		within = commitment.Duration(commitment.FormatDuration(q.Within))
	}
	return Requires{
		Dated: q.Dated, Within: within, People: q.People,
		Roles: slices.Clone(q.Roles.All), AnyRole: slices.Clone(q.Roles.Any),
		Evidence: slices.Clone(q.Evidence.All), AnyProof: slices.Clone(q.Evidence.Any),
	}
}
