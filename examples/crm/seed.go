package main

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

const day = 24 * time.Hour

// sow fills a new database with deals to look at. They follow from the clock
// and the process alone: every process, one's own as well, gets a pipeline with
// deals in all of its stages.
func sow(ctx context.Context, tx *sql.Tx, d *desk) error {
	today := d.now().In(d.p.Zone())
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, d.p.Zone())
	for i, s := range stories() {
		record, calls, err := tell(d.ev, s, i, today)
		if err != nil {
			return fmt.Errorf("the deal %s: %w", s.name, err)
		}
		if _, err := d.store.SaveDeal(ctx, tx, record, process.Ref{}); err != nil {
			return err
		}
		for _, c := range calls {
			if _, err := d.store.Record(ctx, tx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// teller tells a story call by call, and knows after each where the deal is.
type teller struct {
	story
	ev      *outcome.Evaluator
	p       *process.Process
	state   outcome.State
	record  outcome.Deal
	calls   []outcome.Call
	climbed int // calls of the climb so far
	today   time.Time
}

// tell makes the records of a story. How many calls the climb takes depends on
// the process: it is climbed once to count them, and then so that it ends
// before the calls that follow.
func tell(ev *outcome.Evaluator, s story, n int, today time.Time) (outcome.Deal, []outcome.Call, error) {
	first := 4
	if len(s.ends) > 0 {
		first = s.ends[0].ago
	}
	steps := 0
	for {
		t := teller{story: s, ev: ev, p: ev.Process(), today: today}
		start := first + s.gap*steps
		t.record = outcome.Deal{
			Deal: outcome.DealID(fmt.Sprintf("D-%d", 1001+n)), Name: s.name, Owner: s.owner, Amount: &s.amount, Currency: "EUR",
			Opened: t.at(start + 1), CloseDate: outcome.At(t.at(-30 - n)),
		}
		var err error
		if t.state, err = outcome.Open(t.p, t.record); err != nil {
			return t.record, nil, err
		}
		if err := t.climb(start); err != nil {
			return t.record, nil, err
		}
		if t.climbed != steps {
			steps = t.climbed
			continue
		}
		for _, e := range s.ends {
			if err := t.apply(t.ending(e)); err != nil {
				return t.record, nil, err
			}
		}
		t.record.Claimed = t.claim()
		return t.record, t.calls, nil
	}
}

// at is an hour of a day before today, or after it.
func (t *teller) at(ago int) time.Time {
	return t.today.AddDate(0, 0, -ago).Add(time.Duration(9+len(t.calls)%7)*time.Hour + time.Duration(len(t.name)%4)*15*time.Minute)
}

func (t *teller) stage() *process.CompiledStage {
	standing, err := t.ev.Standing(t.state, t.state.LastAt())
	s, ok := t.p.StageByID(standing.Stage)
	if err != nil || !ok {
		return t.p.Stage(0)
	}
	return s
}

// apply takes a call into the story.
func (t *teller) apply(c outcome.Call) error {
	c.ID = outcome.CallID(fmt.Sprintf("%s-%02d", t.record.Deal, len(t.calls)+1))
	c.Deal, c.Rep, c.Channel = t.record.Deal, t.owner, cmp.Or(c.Channel, "phone")
	next, _, err := t.ev.Apply(t.state, c)
	if err != nil {
		return err
	}
	t.state, t.calls = next, append(t.calls, c)
	return nil
}

// climb makes the calls that bring the deal to its stage, one every gap days:
// in each the buyer keeps what was promised before, and gives something that
// the exit asks for.
func (t *teller) climb(start int) error {
	goal := min(t.stages, t.p.Won())
	for ago := start; t.stage().Index() < goal && t.climbed < 40; ago -= t.gap {
		t.climbed++
		s := t.stage()
		at := t.at(ago)
		c := outcome.Call{At: at, Rating: outcome.Good, Channel: "video", Kind: t.kindFor(s, "")}
		standing, err := t.ev.Standing(t.state, at)
		if err != nil {
			return err
		}
		for _, p := range standing.Open {
			c.Commitments = append(c.Commitments, t.entry(p.Commitment, commitment.Kept, at, 0))
		}
		for _, p := range standing.Overdue {
			c.Commitments = append(c.Commitments, t.entry(p.Commitment, commitment.Kept, at, 0))
		}
		for _, item := range wanted(s.Criteria()) {
			if !slices.Contains(standing.Held, item.Commitment) {
				c.Commitments = append(c.Commitments, t.entry(item.Commitment, commitment.Given, at, t.gap))
				c.Kind = t.kindFor(s, item.Commitment)
				break
			}
			if item.Kept && !slices.Contains(standing.Kept, item.Commitment) {
				c.Commitments = append(c.Commitments, t.entry(item.Commitment, commitment.Kept, at, 0))
			}
		}
		if err := t.apply(once(c)); err != nil {
			return err
		}
		if err := t.between(ago - t.gap/2); err != nil {
			return err
		}
	}
	return nil
}

// between makes the calls that lie between those of the climb and bring nothing,
// as most calls do.
func (t *teller) between(ago int) error {
	switch (len(t.calls) + len(t.name)) % 4 {
	case 0:
		return t.apply(t.ending(ending{ago: ago, what: voicemail}))
	case 1:
		return t.apply(t.ending(ending{ago: ago, what: pleasant, seller: "Send more about it"}))
	}
	return nil
}

// once takes out entries that say the same about a commitment.
func once(c outcome.Call) outcome.Call {
	seen := map[commitment.ID]bool{}
	c.Commitments = slices.DeleteFunc(c.Commitments, func(e outcome.Entry) bool {
		again := seen[e.Commitment] && e.Commitment != ""
		seen[e.Commitment] = true
		return again
	})
	return c
}

// wanted is one way to satisfy an exit: of several items the first.
func wanted(exit []process.Criterion) (items []process.Item) {
	for _, c := range exit {
		switch {
		case len(c.Any) > 0:
			items = append(items, c.Any[0])
		case c.AtLeast > 0:
			items = append(items, c.Of[:c.AtLeast]...)
		default:
			items = append(items, c.Item)
		}
	}
	return items
}

// kindFor is a kind of call that could obtain a commitment at a stage.
func (t *teller) kindFor(s *process.CompiledStage, id commitment.ID) (other process.KindID) {
	r, _ := t.p.Rung(id)
	for k := range t.p.Kinds() {
		fallbacks := k.Fallbacks()
		if k.BelongsTo(s.Index()) && (k.Outcome() == r || fallbacks.Has(r)) {
			return k.ID()
		}
		if other == "" && k.BelongsTo(s.Index()) {
			other = k.ID()
		}
	}
	return other
}

// entry is what the buyer says about a commitment, so that it counts.
func (t *teller) entry(id commitment.ID, status commitment.Status, at time.Time, days int) outcome.Entry {
	r, _ := t.p.Rung(id)
	q := t.p.Commitment(r).Require()
	e := outcome.Entry{Commitment: id, By: commitment.Buyer, Status: status}
	if status != commitment.Given && status != commitment.Kept {
		return e
	}
	if status == commitment.Given && q.Dated {
		ahead := time.Duration(days) * day
		if q.Within > 0 {
			ahead = min(ahead, q.Within)
		}
		e.Due = outcome.At(at.Add(ahead))
	}
	roles := slices.Clone(q.Roles.All)
	if len(q.Roles.Any) > 0 {
		roles = append(roles, q.Roles.Any[0])
	}
	for i := range max(q.People, len(roles)) {
		p := commitment.Person{Name: t.people[i%len(t.people)]}
		if i >= len(t.people) {
			p.Name += fmt.Sprint(" ", i+1)
		}
		if i < len(roles) {
			p.Role = commitment.Role(roles[i])
		}
		e.People = append(e.People, p)
	}
	e.Evidence = slices.Clone(q.Evidence.All)
	if len(q.Evidence.Any) > 0 {
		e.Evidence = append(e.Evidence, q.Evidence.Any[0])
	}
	return e
}

// ending is one of the calls after the climb.
func (t *teller) ending(e ending) outcome.Call {
	at, s := t.at(e.ago), t.stage()
	c := outcome.Call{At: at, Kind: t.kindFor(s, ""), Notes: e.notes}
	target := t.goal(s, c.Kind, at, e.what == promises)
	says := func(status commitment.Status) {
		c.Commitments = append(c.Commitments, t.entry(target, status, at, e.due))
	}
	switch e.what {
	case pleasant:
		c.Rating, c.Target = outcome.Great, target
		if k, ok := t.p.Kind(c.Kind); ok {
			c.Activities = k.NotFor()[:min(2, len(k.NotFor()))]
		}
		c.Commitments = []outcome.Entry{{Other: e.seller, By: commitment.Seller, Due: outcome.At(at.AddDate(0, 0, 3))}}
	case voicemail:
		c.Contact = outcome.NotReached
	case promises:
		c.Rating, c.Target, c.Asked = outcome.Good, target, []commitment.ID{target}
		says(commitment.Given)
	case declines:
		c.Rating, c.Target, c.Asked = outcome.Fair, target, []commitment.ID{target}
		says(commitment.Declined)
	case defers:
		c.Rating, c.Target, c.Asked = outcome.Good, target, []commitment.ID{target}
		says(commitment.Deferred)
	case breaks:
		c.Rating = outcome.Poor
		if standing, err := t.ev.Standing(t.state, at); err == nil && len(standing.Held) > 0 {
			c.Commitments = []outcome.Entry{{Commitment: standing.Held[len(standing.Held)-1], By: commitment.Buyer, Status: commitment.Withdrawn}}
		}
	case leaps:
		beyond := t.p.Stage(min(s.Index()+1, t.p.Won()-1))
		for _, item := range wanted(beyond.Criteria()) {
			status := commitment.Given
			if item.Kept {
				status = commitment.Kept
			}
			c.Commitments = append(c.Commitments, t.entry(item.Commitment, status, at, e.due))
		}
		c = once(c)
	case pauses:
		c.Rating, c.Pause = outcome.Fair, &outcome.Pause{Until: outcome.At(at.AddDate(0, 0, e.due)), Reason: e.notes}
	case refuses:
		c.NoSale = &outcome.NoSale{By: commitment.Buyer, Stage: t.p.Stage(t.p.FirstLost() + e.lost%t.lostStages()).ID()}
		if reasons := t.p.Definition().LossReasons; len(reasons) > 0 {
			c.NoSale.Reason = reasons[e.lost%len(reasons)]
		}
	}
	return c
}

func (t *teller) lostStages() int {
	n := 0
	for s := range t.p.Stages() {
		if s.Closes() == process.ClosesLost {
			n++
		}
	}
	return n
}

// goal is the best of what could be asked for, the outcome of the call first;
// where a date is wanted, the best that has one.
func (t *teller) goal(s *process.CompiledStage, kind process.KindID, at time.Time, dated bool) (first commitment.ID) {
	for _, k := range []process.KindID{kind, ""} {
		plan, err := t.ev.Plan(t.state, at, k)
		for _, a := range plan.Asks {
			if first = cmp.Or(first, a.Commitment); err == nil && a.Credited && (a.Requires.Dated || !dated) {
				return a.Commitment
			}
		}
	}
	for r := range s.Ladder() {
		first = cmp.Or(first, t.p.Commitment(r).ID())
	}
	return first
}

// claim is the stage that the seller shows.
func (t *teller) claim() string {
	i := t.stage().Index()
	if i <= t.p.Won() {
		i = max(0, min(i+t.ahead, t.p.Won()-1))
		if t.stage().Index() == t.p.Won() {
			i = t.p.Won()
		}
	}
	return string(t.p.Stage(i).ID())
}
