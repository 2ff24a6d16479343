package main

import (
	"slices"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// ladder is the picture of a deal: every commitment that its buyer could make,
// and which were made. It is read from its foot.
type ladder struct {
	Flights []flight // the top first
	rungs   map[commitment.ID]*rung
}

// flight is the part of the ladder that belongs to a stage.
type flight struct {
	Stage   process.StageID
	Name    string
	Here    bool   // the deal stands here
	Claimed bool   // its seller says that it stands here
	Hope    bool   // between the two
	Far     bool   // further up than the next stage: drawn in outline
	Gap     bool   // passed, with something missing
	Rungs   []rung // the strongest first
}

// rung is a commitment and what has become of it.
type rung struct {
	ID    commitment.ID
	Name  string
	Ask   string
	State rungState
	Note  string // such as "by 5 Nov"
	Next  bool   // it would be an advance to obtain it now
	Best  bool   // and the best
	Fresh bool   // obtained in the call that is being looked at
}

// rungState is what has become of a commitment.
type rungState string

const (
	waiting rungState = "waiting" // never given
	held    rungState = "held"    // given
	kept    rungState = "kept"    // it has happened
	overdue rungState = "overdue" // given, and its date has passed
	trusted rungState = "trusted" // taken on trust when the deal was opened
	lost    rungState = "lost"    // it was held, and is not any more
	waived  rungState = "waived"  // not needed here
)

// ladder draws the ladder of a deal as it stands.
func (d *desk) ladder(f file) ladder {
	l := ladder{rungs: map[commitment.ID]*rung{}}
	s := f.Standing
	here, _ := d.p.StageByID(s.Stage)
	claimed := -1
	if c, ok := d.p.StageByID(f.Claimed); ok && c.Index() <= d.p.Won() {
		claimed = c.Index()
	}
	for i := d.p.Won(); i >= 0; i-- {
		stage := d.p.Stage(i)
		fl := flight{
			Stage: stage.ID(), Name: stage.Name(), Here: i == here.Index(), Claimed: i == claimed,
			Hope: i > here.Index() && i <= claimed, Far: i > max(here.Index(), claimed)+1, Gap: slices.Contains(s.Gaps, stage.ID()),
		}
		for r := range stage.Ladder() {
			c := d.p.Commitment(r)
			fl.Rungs = append(fl.Rungs, rung{ID: c.ID(), Name: c.Name(), Ask: c.Ask(), State: waiting})
		}
		slices.Reverse(fl.Rungs)
		l.Flights = append(l.Flights, fl)
	}
	for i := range l.Flights {
		for j := range l.Flights[i].Rungs {
			r := &l.Flights[i].Rungs[j]
			l.rungs[r.ID] = r
		}
	}
	d.fill(&l, f)
	return l
}

// fill says what has become of each rung: first what is no more, and over that
// what is.
func (d *desk) fill(l *ladder, f file) {
	set := func(ids []commitment.ID, state rungState, note string) {
		for _, id := range ids {
			if r := l.rungs[id]; r != nil {
				r.State, r.Note = state, note
			}
		}
	}
	s := f.Standing
	gained := map[commitment.ID]bool{}
	for _, v := range f.Verdicts {
		set(v.Gained, lost, "lapsed")
		for _, id := range v.Gained {
			gained[id] = true
		}
		for _, finding := range v.Findings {
			if finding.Code == "broken" || finding.Code == "withdrawn" {
				set([]commitment.ID{finding.Commitment}, lost, finding.Code+" on "+d.date(v.At))
			}
		}
	}
	set(s.Held, held, "")
	for _, id := range s.Held {
		if r := l.rungs[id]; r != nil && !gained[id] {
			r.State, r.Note = trusted, "taken on trust"
		}
	}
	set(s.Kept, kept, "")
	for _, id := range s.Kept {
		if r := l.rungs[id]; r != nil && !gained[id] {
			r.State = trusted
		}
	}
	for _, p := range s.Overdue {
		set([]commitment.ID{p.Commitment}, overdue, "was due "+d.date(p.Due))
	}
	for _, p := range s.Open {
		if r := l.rungs[p.Commitment]; r != nil {
			r.Note = "by " + d.date(p.Due)
		}
	}
	set(s.Waived, waived, "not needed here")
}

// next marks what to ask for.
func (l *ladder) next(asks []outcome.Ask) {
	for _, a := range asks {
		if r := l.rungs[a.Commitment]; r != nil && a.Credited {
			r.Next, r.Best = true, a.Role == outcome.RolePrimary
		}
	}
}

// mini is the ladder of a card, laid on its side: only its outline, for one
// look. Its marks are drawn from left to right.
type mini struct {
	Width, Earned, Claimed int // where the rails are drawn to
	Ahead                  bool
	Marks                  []mark
}

type mark struct {
	X     int
	State rungState
}

const (
	markStep = 6 // from one rung to the next
	markGap  = 5 // more, between two stages
)

func (d *desk) mini(c card) mini {
	m := mini{Ahead: c.Ahead > 0}
	s := c.Standing
	state := func(id commitment.ID) rungState {
		is := func(p outcome.Promise) bool { return p.Commitment == id }
		switch {
		case slices.Contains(s.Waived, id):
			return waived
		case slices.ContainsFunc(s.Overdue, is):
			return overdue
		case slices.Contains(s.Kept, id):
			return kept
		case slices.Contains(s.Held, id):
			return held
		}
		return waiting
	}
	x := 3
	for i := range d.p.Won() + 1 {
		stage := d.p.Stage(i)
		if stage.ID() == s.Stage {
			m.Earned = x
		}
		if stage.ID() == c.Claimed {
			m.Claimed = x
		}
		for r := range stage.Ladder() {
			m.Marks = append(m.Marks, mark{x, state(d.p.Commitment(r).ID())})
			x += markStep
		}
		x += markGap
	}
	m.Width = x - markGap
	return m
}

// earliest is the promise that is due first, of at least one.
func earliest(promises []outcome.Promise) outcome.Promise {
	return slices.MinFunc(promises, func(a, b outcome.Promise) int { return a.Due.Compare(b.Due) })
}

// date is a day in the time zone of the process, with the year where it is not
// that of the clock.
func (d *desk) date(t time.Time) string {
	t, now := t.In(d.p.Zone()), d.now().In(d.p.Zone())
	if t.Year() != now.Year() {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}
