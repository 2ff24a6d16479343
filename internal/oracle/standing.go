package oracle

import (
	"reflect"
	"slices"
	"time"
)

// Stand tells where one deal stands at an instant. Calls after it are not looked at.
func Stand(p Process, deal *Deal, calls []Call, t time.Time) Standing {
	sorted, _ := distinct(calls)
	_, s := history(p, deal, slices.DeleteFunc(sorted, func(c Call) bool { return c.At.After(t) }))
	return stand(p, s, t)
}

// stand tells where a state stands, and when that changes without a call.
func stand(p Process, s state, t time.Time) Standing {
	now := snapshot(p, s, t)
	for _, candidate := range instants(p, s) {
		if candidate.After(t) && !reflect.DeepEqual(now, snapshot(p, s, candidate)) {
			now.NextChange = &candidate
			break
		}
	}
	return now
}

// instants lists, sorted, every instant at which something could change. A date
// passes just after the instant itself, a pause ends and a stall begins on it.
func instants(p Process, s state) []time.Time {
	var all []time.Time
	for id, h := range s.holdings {
		if !h.due.IsZero() {
			all = append(all, h.due.Add(1))
		}
		if last, ok := lapse(p, id, h); ok {
			all = append(all, last.Add(1))
		}
	}
	for _, stage := range p.path() {
		after := p.stallsAfter(stage).time
		all = append(all, s.clock.Add(after), s.pause.Add(after))
	}
	all = append(all, s.pause)
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// snapshot is the standing without the next change.
func snapshot(p Process, s state, t time.Time) Standing {
	s, _ = at(p, s, t)
	list := func(is func(h holding) bool) []string {
		ids := []string{}
		for _, id := range p.order() {
			if is(s.holdings[id]) {
				ids = append(ids, id)
			}
		}
		return ids
	}
	result := Standing{
		Stage:   s.stage(p),
		Gaps:    stageIDs(s.gaps(p)),
		Held:    list(func(h holding) bool { return h.held }),
		Kept:    list(func(h holding) bool { return h.held && h.kept }),
		Waived:  list(func(h holding) bool { return h.waived }),
		Open:    list(func(h holding) bool { return h.isOpen(t) }),
		Overdue: list(func(h holding) bool { return h.isOverdue(t) }),
		Won:     s.index(p) == p.wonIndex(),
		Lost:    s.lost != "",
		Paused:  s.paused(t),
	}
	isOpenDeal := !result.Won && !result.Lost
	result.NoNextCommitment = isOpenDeal && len(result.Open) == 0
	result.Stalled = isOpenDeal && !result.Paused && len(result.Open) == 0 && ranOut(p, s, t)
	return result
}

// ranOut tells whether the run of calls or the time of the current stage has run out.
func ranOut(p Process, s state, t time.Time) bool {
	after := p.stallsAfter(p.path()[s.index(p)])
	if after.calls > 0 && s.run >= after.calls {
		return true
	}
	if after.time == 0 || s.clock.IsZero() {
		return false
	}
	since := s.clock
	if s.pause.After(since) {
		since = s.pause
	}
	return !t.Before(since.Add(after.time))
}

func stageIDs(stages []Stage) []string {
	ids := []string{}
	for _, stage := range stages {
		ids = append(ids, stage.ID)
	}
	return ids
}
