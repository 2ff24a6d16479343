package oracle

import (
	"maps"
	"slices"
	"time"
)

// promise is what the last qualifying `given` of a commitment listed.
type promise struct {
	people   []Person
	evidence []string
}

// holding is what one commitment is at one time.
type holding struct {
	ever    bool // was held at the end of some call, or assumed
	held    bool
	kept    bool
	assumed bool // held on trust: does not lapse, no refusal takes it back
	waived  bool // lies over all the rest

	due   time.Time // of the promise that is waited for; zero: none
	given time.Time // when it was last given, for what has no due date
	last  promise
}

// state is a deal after some calls.
type state struct {
	holdings map[string]holding
	floor    int    // rung of the mark that a deal opened on trust begins with
	won      bool   // won holds, whatever lapses
	lost     string // the lost stage that it stands in, or nothing

	clock time.Time // latest of opening, reopening, credit, regaining, keeping; zero: not yet
	run   int       // calls in a row that brought nothing
	pause time.Time // until when; zero: never paused
}

func (s state) clone() state {
	s.holdings = maps.Clone(s.holdings)
	return s
}

// open is the state of a deal before its first call.
func open(p Process, deal *Deal, first time.Time) state {
	s := state{holdings: map[string]holding{}, clock: first}
	if deal == nil {
		return s
	}
	if deal.Opened != nil {
		s.clock = *deal.Opened
	}
	if slices.Contains(p.lostStages(), deal.Stage) {
		s.lost = deal.Stage
		return s
	}
	for _, stage := range p.path()[:max(0, p.stageIndex(deal.Stage))] {
		s.floor += len(stage.Ladder)
		for _, criterion := range stage.Exit {
			for _, item := range criterion.Of {
				h := s.holdings[item.ID]
				h.ever, h.held, h.assumed = true, true, true
				h.kept = h.kept || item.Kept
				s.holdings[item.ID] = h
			}
		}
	}
	s.won = position(p, s) == p.wonIndex()
	return s
}

// lapse is the last instant at which a holding is still held; ok is false for
// what never lapses.
func lapse(p Process, id string, h holding) (last time.Time, ok bool) {
	after := p.lapsesAfter(id)
	if !h.held || h.kept || h.assumed || after == 0 {
		return time.Time{}, false
	}
	if h.due.IsZero() {
		return h.given.Add(after), true
	}
	return h.due.Add(after), true
}

// at is the state as somebody sees it at time t, and what lapsed meanwhile.
func at(p Process, s state, t time.Time) (state, []string) {
	s = s.clone()
	var lapsed []string
	for _, id := range p.order() {
		if last, ok := lapse(p, id, s.holdings[id]); ok && t.After(last) {
			s.holdings[id] = s.holdings[id].lose()
			lapsed = append(lapsed, id)
		}
	}
	return s, lapsed
}

// lose is the holding once it is no longer held. A waiver stays over it.
func (h holding) lose() holding {
	h.held, h.kept, h.assumed, h.due = false, false, false, time.Time{}
	return h
}

// waits tells whether a promise is there that a later meeting could fulfil: held
// and not kept, or given again after it was kept, until the new date.
func (h holding) waits(t time.Time) bool {
	return h.held && (!h.kept || h.isOpen(t))
}

// isOpen tells whether a due date is there that has not passed.
func (h holding) isOpen(t time.Time) bool {
	return h.held && !h.due.IsZero() && !t.After(h.due)
}

// isOverdue tells whether the date of what was given and not kept has passed.
func (h holding) isOverdue(t time.Time) bool {
	return h.held && !h.kept && !h.assumed && !h.due.IsZero() && t.After(h.due)
}

func (s state) paused(t time.Time) bool { return t.Before(s.pause) }

// mark is the highest rung ever held; 0 when there was none.
func (s state) mark(p Process) int {
	mark := s.floor
	for id, h := range s.holdings {
		if h.ever {
			mark = max(mark, p.rung(id))
		}
	}
	return mark
}

// met tells whether an item of an exit holds. A waiver counts as if kept.
func (s state) met(item Item) bool {
	h := s.holdings[item.ID]
	if item.Kept {
		return h.kept || h.waived
	}
	return h.held || h.waived
}

// satisfies tells whether enough items of a criterion hold.
func (s state) satisfies(c Criterion) bool {
	n := 0
	for _, item := range c.Of {
		if s.met(item) {
			n++
		}
	}
	if c.Form == "at_least" {
		return n >= c.N
	}
	return n >= 1
}

// satisfiesExit tells whether all criteria hold.
func (s state) satisfiesExit(e Exit) bool {
	for _, criterion := range e {
		if !s.satisfies(criterion) {
			return false
		}
	}
	return true
}

// position is where its commitments put a deal, as an index on the path: behind
// the last satisfied exit, but not past a hard gate that is not satisfied.
func position(p Process, s state) int {
	place := 0
	path := p.path()
	for i, stage := range path[:p.wonIndex()] {
		if s.satisfiesExit(stage.Exit) {
			place = i + 1
		}
	}
	for i, stage := range path[:p.wonIndex()] {
		if p.hard(stage) && !s.satisfiesExit(stage.Exit) {
			return min(place, i)
		}
	}
	return place
}

// index is where the deal stands on the path; -1 for a lost one.
func (s state) index(p Process) int {
	switch {
	case s.lost != "":
		return -1
	case s.won:
		return p.wonIndex()
	default:
		return position(p, s)
	}
}

// stage is the id of the stage that the deal stands at.
func (s state) stage(p Process) string {
	if s.lost != "" {
		return s.lost
	}
	return p.path()[s.index(p)].ID
}

// gaps lists the stages before where the deal stands whose exits do not hold.
func (s state) gaps(p Process) []Stage {
	var gaps []Stage
	for _, stage := range p.path()[:max(0, s.index(p))] {
		if !s.satisfiesExit(stage.Exit) {
			gaps = append(gaps, stage)
		}
	}
	return gaps
}

// creditable tells whether gaining a commitment now would be credited.
func (s state) creditable(p Process, id string) bool {
	if s.holdings[id].ever {
		return false
	}
	return p.rung(id) > s.mark(p) || s.waitedFor(p, id)
}

// waitedFor tells whether a criterion of some exit that does not hold has the
// commitment, held or kept, as an item that is not met.
func (s state) waitedFor(p Process, id string) bool {
	for _, stage := range p.path() {
		for _, criterion := range stage.Exit {
			if s.satisfies(criterion) {
				continue
			}
			for _, item := range criterion.Of {
				if item.ID == id && !s.met(item) {
					return true
				}
			}
		}
	}
	return false
}
