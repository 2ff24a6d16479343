package outcome

import (
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// Standing is how a deal stands at an instant.
type Standing struct {
	Deal     DealID            `json:"deal"`
	At       time.Time         `json:"at"`
	Stage    process.StageID   `json:"stage"`
	Gaps     []process.StageID `json:"gaps"` // stages before it whose exits are not satisfied
	Held     []commitment.ID   `json:"held"` // kept and assumed ones included
	Kept     []commitment.ID   `json:"kept"`
	Waived   []commitment.ID   `json:"waived"`
	Open     []Promise         `json:"open"`    // given, with a due date that has not passed
	Overdue  []Promise         `json:"overdue"` // given and not kept, and the date has passed
	Won      bool              `json:"won"`
	Lost     bool              `json:"lost"`
	Paused   bool              `json:"paused"`
	Stalled  bool              `json:"stalled"`
	NoNext   bool              `json:"no_next_commitment"` // an open deal whose buyer has no open commitment
	Calls    int               `json:"calls_without_progress"`
	Progress time.Time         `json:"last_progress,omitzero"`
	// NextChange is the earliest later instant at which any of the above
	// changes without a call; zero where nothing will.
	NextChange time.Time `json:"next_change,omitzero"`
}

// Promise is a commitment with the date up to which the buyer has to keep it.
type Promise struct {
	Commitment commitment.ID `json:"commitment"`
	Due        time.Time     `json:"due"`
}

// Standing says how a deal stands at an instant. A state of another process
// gives a [*ProcessError].
func (ev *Evaluator) Standing(s State, at time.Time) (Standing, error) {
	if err := s.bind(ev.process); err != nil {
		return Standing{}, err
	}
	p, t := ev.process, instantOf(at)
	view := s.standingAt(p, t)
	out := Standing{
		Deal: s.deal, At: at.UTC(), Stage: p.Stage(view.Stage).ID(), Gaps: []process.StageID{},
		Held: ids(p, view.Held), Kept: ids(p, view.Kept), Waived: ids(p, view.Waived),
		Open: s.promises(view.open), Overdue: s.promises(view.overdue),
		Won: view.Stage == p.Won(), Lost: view.Stage > p.Won(), Paused: view.paused, Stalled: view.stalled,
		NoNext: view.Stage < p.Won() && view.open.IsEmpty(), Calls: s.run, Progress: s.clock.time(),
		NextChange: s.nextChange(p, t, view).time(),
	}
	if view.Stage <= p.Won() {
		for stage := range p.Gaps(view.Holdings(), view.Stage) {
			out.Gaps = append(out.Gaps, stage.ID())
		}
	}
	return out, nil
}

// view is everything about a deal that an instant can change.
type view struct {
	Snapshot
	open, overdue   commitment.Set
	paused, stalled bool
}

func (s *State) standingAt(p *process.Process, t instant) view {
	later := *s
	if slices.ContainsFunc(s.rungs, func(h holding) bool { return h.isOver(p, h.rung, t) }) {
		later.rungs = slices.Clone(s.rungs)
		later.lapse(p, t)
	}
	v := view{Snapshot: later.snapshot(p), paused: t.before(s.until)}
	for i := range later.rungs {
		switch h := &later.rungs[i]; {
		case h.isOpen(t):
			v.open.Add(h.rung)
		case h.flags&(held|kept|assumed|dated) == held|dated:
			v.overdue.Add(h.rung)
		}
	}
	v.stalled = later.stalled(p, t, v.Stage)
	return v
}

// isOpen reports whether a date that the buyer gave has not passed: the first
// one, or another after it was kept.
func (c *cell) isOpen(t instant) bool {
	return c.flags.is(held|dated) && (!c.flags.is(kept) || c.flags.is(again)) && !c.at.before(t)
}

// stalled reports whether a deal at a stage is stalled: it is open and not
// paused, the buyer has no open commitment, and the calls or the time of the
// stage have run out.
func (s *State) stalled(p *process.Process, t instant, stage int) bool {
	if stage >= p.Won() || t.before(s.until) || slices.ContainsFunc(s.rungs, func(h holding) bool { return h.isOpen(t) }) {
		return false
	}
	limit := p.Stage(stage).Stalls()
	if limit.Calls > 0 && s.run >= limit.Calls {
		return true
	}
	due, ok := s.stallTime(limit)
	return ok && !t.before(due)
}

// stallTime returns from when on a deal is stalled by time alone.
func (s *State) stallTime(limit process.StallAfter) (instant, bool) {
	if limit.Time < 0 || s.clock.isZero() {
		return instant{}, false
	}
	return later(s.clock, s.until).add(limit.Time), true
}

// nextChange finds the earliest later instant at which the view differs. What
// holds up to and including an instant changes a nanosecond after it.
func (s *State) nextChange(p *process.Process, t instant, now view) instant {
	for {
		if t = s.nextDate(p, t); t.isZero() || s.standingAt(p, t) != now {
			return t
		}
	}
}

// nextDate finds the earliest later instant at which the view may differ.
func (s *State) nextDate(p *process.Process, t instant) (next instant) {
	consider := func(at instant) {
		if t.before(at) && (next.isZero() || at.before(next)) {
			next = at
		}
	}
	for i := range s.rungs {
		h := &s.rungs[i]
		if h.flags.is(held | dated) {
			consider(h.at.add(1))
		}
		if deadline, ok := h.lapses(p, h.rung); ok {
			consider(deadline.add(1))
		}
	}
	if !s.until.isZero() {
		consider(s.until)
	}
	for stage := range p.Stages() {
		if at, ok := s.stallTime(stage.Stalls()); ok && stage.Index() < p.Won() {
			consider(at)
		}
	}
	return next
}

func (s *State) promises(set commitment.Set) []Promise {
	out := make([]Promise, 0, set.Len())
	for i := range s.rungs {
		if h := &s.rungs[i]; set.Has(h.rung) {
			out = append(out, Promise{h.id, h.at.time()})
		}
	}
	return out
}

func ids(p *process.Process, set commitment.Set) []commitment.ID {
	out := make([]commitment.ID, 0, set.Len())
	for r := range set.All() {
		out = append(out, p.Commitment(r).ID())
	}
	return out
}
