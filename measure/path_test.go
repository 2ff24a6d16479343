package measure

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// mark is where a deal stands from an instant on.
type mark struct {
	at    time.Time
	stage int
}

// trail follows a deal by asking where it stands at every instant at which that
// can change.
func trail(t *testing.T, w *world, h *pipeline.History) []mark {
	t.Helper()
	state, err := outcome.Open(w.p, openingOf(h))
	require.NoError(t, err)
	start := w.asOf
	for _, at := range []time.Time{h.Deal.Opened, h.Deal.Created} {
		if !at.IsZero() && at.Before(start) {
			start = at
		}
	}
	if len(h.Verdicts) > 0 && h.Verdicts[0].Call().At.Before(start) {
		start = h.Verdicts[0].Call().At
	}
	var marks []mark
	see := func(at time.Time) outcome.Standing {
		s, err := w.ev.Standing(state, at)
		require.NoError(t, err)
		stage, _ := w.p.StageByID(s.Stage)
		if len(marks) == 0 || marks[len(marks)-1].stage != stage.Index() {
			marks = append(marks, mark{at, stage.Index()})
		}
		return s
	}
	at := start
	for i := range len(h.Verdicts) + 1 {
		until := w.asOf
		if i < len(h.Verdicts) {
			until = h.Verdicts[i].Call().At
		}
		for {
			s := see(at)
			if s.NextChange.IsZero() || s.NextChange.After(until) {
				break
			}
			at = s.NextChange
		}
		if i < len(h.Verdicts) {
			state, _, err = w.ev.Apply(state, *h.Verdicts[i].Call())
			require.NoError(t, err)
			at = until
		}
	}
	return marks
}

// claimedOver says how and since when a deal is over by the other system: "won",
// "lost" or nothing.
func claimedOver(h *pipeline.History) (how string, at time.Time, known bool) {
	switch h.Status {
	case pipeline.OpenDeal:
		return "", time.Time{}, false
	case pipeline.WonDeal:
		how = "won"
	default:
		how = "lost"
	}
	if !h.Closed.IsZero() {
		return how, h.Closed, true
	}
	for i := range h.Verdicts {
		at = h.Verdicts[i].Call().At
	}
	for i := range h.Moves {
		if h.Moves[i].At.After(at) {
			at = h.Moves[i].At
		}
	}
	return how, at, false
}

// figures are the lengths and counts that a world should give.
type figures struct {
	stays          map[int][]spell
	cohorts        map[entry]*cohort
	closed, win    []spell
	won, lost, wby int
}

func figured(t *testing.T, w *world, histories []pipeline.History) figures {
	t.Helper()
	f := figures{stays: map[int][]spell{}, cohorts: map[entry]*cohort{}}
	for i := range histories {
		h := &histories[i]
		if h.Ahead || h.Settled {
			continue
		}
		marks := trail(t, w, h)
		last := marks[len(marks)-1]
		start, over := marks[0].at, last.stage >= w.p.Won()
		how, when, known := claimedOver(h)
		if when.Before(start) {
			when = start
		}
		cut := how != "" && !over
		if cut {
			kept := marks[:1]
			for _, m := range marks[1:] {
				if !m.at.After(when) {
					kept = append(kept, m)
				}
			}
			marks = kept
			last = marks[len(marks)-1]
		}
		switch {
		case last.stage == w.p.Won():
			f.won++
		case last.stage > w.p.Won() || how == "lost":
			f.lost++
		case how == "won":
			f.wby++
		}
		timed := h.Trusted == "" && start.Before(w.asOf)
		for j, m := range marks {
			if m.stage >= w.p.Won() || slices.ContainsFunc(marks[:j], func(n mark) bool { return n.stage == m.stage }) || j == 0 && !timed {
				continue
			}
			switch {
			case j < len(marks)-1:
				f.stays[m.stage] = append(f.stays[m.stage], spellOf(m.at, marks[j+1].at, true))
			case cut:
				f.stays[m.stage] = append(f.stays[m.stage], spellOf(m.at, when, known))
			default:
				f.stays[m.stage] = append(f.stays[m.stage], spellOf(m.at, w.asOf, false))
			}
			e := entry{m.stage, m.at.In(w.p.Zone()).Format("2006-01")}
			if f.cohorts[e] == nil {
				f.cohorts[e] = &cohort{}
			}
			c := f.cohorts[e]
			c.entered++
			further := false
			for _, n := range marks[j+1:] {
				further = further || n.stage > m.stage && n.stage <= w.p.Won()
			}
			switch {
			case further:
				c.advanced++
			case last.stage > w.p.Won() || how == "lost":
				c.lost++
			case how == "won":
				c.wonClaim++
			case last.stage == m.stage:
				c.still++
			default:
				c.back++
			}
		}
		if !timed || marks[0].stage >= w.p.Won() {
			continue
		}
		switch {
		case over && how != "" && known && when.Before(last.at):
			f.closed = append(f.closed, spellOf(start, when, true))
		case over:
			f.closed = append(f.closed, spellOf(start, last.at, true))
		case how != "":
			f.closed = append(f.closed, spellOf(start, when, known))
		default:
			f.closed = append(f.closed, spellOf(start, w.asOf, false))
		}
		switch {
		case last.stage == w.p.Won():
			f.win = append(f.win, spellOf(start, last.at, true))
		case how == "won" && !over:
			f.win = append(f.win, spellOf(start, when, false))
		default:
			f.win = append(f.win, spellOf(start, w.asOf, false))
		}
	}
	return f
}

func TestPathsByStandings(t *testing.T) {
	falls, lost := 0, 0
	check := func(t *testing.T, w *world, since time.Time) {
		histories := w.histories(since)
		c, f := collected(w.p, histories), figured(t, w, histories)
		for s := range w.p.Won() {
			assert.Equal(t, sorted(f.stays[s]), sorted(c.staysIn(s).list()), "stage %d", s)
		}
		assert.Equal(t, f.cohorts, c.entered)
		assert.Equal(t, sorted(f.closed), sorted(c.closed.list()))
		assert.Equal(t, sorted(f.win), sorted(c.ordered.list()))
		assert.Equal(t, []int{f.won, f.lost, f.wby}, []int{c.deals.Won, c.deals.Lost, c.deals.WonClaim})
		for _, conv := range c.Measures().Conversion {
			assertAddsUp(t, conv)
		}
		for _, e := range f.cohorts {
			falls += e.back
			lost += e.lost
		}
	}
	forWorlds(t, func(t *testing.T, w world, r *rand.Rand) {
		check(t, &w, time.Time{})
		check(t, &w, w.asOf.Add(-time.Duration(r.IntN(200*24))*time.Hour))
	})
	assert.Positive(t, falls, "deals fall back in the worlds")
	assert.Positive(t, lost)
}

// assertAddsUp holds that every deal that entered is somewhere, once.
func assertAddsUp(t *testing.T, conv Conversion) {
	t.Helper()
	sum := 0
	for _, c := range append(slices.Clone(conv.Cohorts), conv.All) {
		assert.Equal(t, c.Entered, c.Advanced.Hits+c.Lost+c.WonClaim+c.Still+c.Back)
		assert.Equal(t, c.Entered, c.Advanced.Of)
		assert.GreaterOrEqual(t, c.AtMost, c.Advanced.Value)
		sum += c.Entered
	}
	assert.Equal(t, 2*conv.All.Entered, sum)
}

// TestWaitsByLookingAhead finds the next advance by looking through the rest of
// the deal each time.
func TestWaitsByLookingAhead(t *testing.T) {
	forWorlds(t, func(t *testing.T, w world, _ *rand.Rand) {
		histories := w.histories(time.Time{})
		c := collected(w.p, histories)
		var next, quiet []spell
		from := map[string][]spell{} // what waits for the next advance, by where the deal stands
		for i := range histories {
			h := &histories[i]
			if h.Ahead {
				continue
			}
			calls := written(histories[i : i+1])
			marks := trail(t, &w, h)
			how, when, _ := claimedOver(h)
			until := w.asOf
			if how == "won" && marks[len(marks)-1].stage < w.p.Won() {
				until = when
				if until.Before(marks[0].at) {
					until = marks[0].at
				}
			}
			ahead := func(begun time.Time, rest []judged) spell {
				for _, j := range rest {
					to, _ := w.p.StageByID(j.To)
					if moved := j.Result == outcome.Order || j.Result == outcome.Advance; moved || to.Closes() == "won" {
						return spellOf(begun, j.At, moved)
					}
				}
				return spellOf(begun, until, false)
			}
			timed := marks[0].at.Before(w.asOf)
			if timed && marks[0].stage < w.p.Won() {
				s := ahead(marks[0].at, calls)
				next = append(next, s)
				first := string(w.p.Stage(marks[0].stage).ID())
				from[first] = append(from[first], s)
			}
			run := false
			for k, j := range calls {
				to, _ := w.p.StageByID(j.To)
				switch {
				case j.Result == outcome.Order || j.Result == outcome.Advance || to.Closes() == "won":
					run = false
					if to.Closes() == "" {
						s := ahead(j.At, calls[k+1:])
						next = append(next, s)
						from[string(j.To)] = append(from[string(j.To)], s)
					}
				case j.Result == outcome.Continuation && to.Closes() == "" && !run:
					run = true
					quiet = append(quiet, ahead(j.At, calls[k+1:]))
				}
			}
		}
		assert.Equal(t, sorted(next), sorted(c.stages.all().nextAdvance.list()))
		assert.Equal(t, sorted(quiet), sorted(c.stages.all().afterQuiet.list()))
		for key, g := range c.stages.by {
			assert.Equal(t, sorted(from[key]), sorted(g.nextAdvance.list()), key)
		}
		for _, groups := range []*tallies{&c.stages, &c.months, &c.reps} {
			assert.Equal(t, sorted(next), gathered(groups, func(g *tally) []spell { return g.nextAdvance.list() }))
			assert.Equal(t, sorted(quiet), gathered(groups, func(g *tally) []spell { return g.afterQuiet.list() }))
		}
	})
}

// gathered puts the spells of all groups together.
func gathered(groups *tallies, of func(*tally) []spell) []spell {
	var all []spell
	for _, g := range groups.by {
		all = append(all, of(g)...)
	}
	return sorted(all)
}
