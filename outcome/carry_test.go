package outcome_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

const carried = `
advance: 1
id: small
version: 1
commitments:
  talk: {name: Take a meeting, requires: {dated: false}}
  bring: {name: Bring the boss, requires: {dated: false}}
  data: {name: Share data, requires: {dated: false}, lapses_after: none}
  sign: {name: Sign, requires: {dated: false}}
stages:
  - {id: start, ladder: [talk, bring], exit: {any: [talk, bring]}}
  - {id: middle, ladder: [data], exit: data}
  - {id: end, ladder: [sign], exit: sign, gate: hard}
  - {id: won, closes: won}
  - {id: lost, closes: lost}
  - {id: unqualified, closes: lost}
`

// swap makes a second version of the small process.
func swap(pairs ...string) string {
	return strings.NewReplacer(append([]string{"version: 1", "version: 2"}, pairs...)...).Replace(carried)
}

func TestCarryObstacles(t *testing.T) {
	from, err := process.Parse("", []byte(carried))
	require.NoError(t, err)
	for _, c := range []struct {
		name   string
		calls  string // one a line
		stage  process.StageID
		to     string
		reason outcome.CarryReason // empty: it is carried over
		stands process.StageID
	}{
		{name: "nothing held", to: swap(), stands: "start"},
		{name: "a rung more", calls: `talk`, to: swap("[data]", "[more, data]", "  sign:", "  more: {}\n  sign:"), stands: "middle"},
		{name: "a looser exit", calls: `data`, to: swap("exit: sign, gate: hard", "exit: {any: [sign, talk]}"), stands: "end"},
		{name: "a stricter exit", calls: `talk`, to: swap("any: [talk, bring]", "kept: bring"), stands: "start"},
		{name: "removed", calls: `bring`, to: swap("  bring: {name: Bring the boss, requires: {dated: false}}\n", "", "[talk, bring]", "[talk]", "{any: [talk]}", "talk"), reason: outcome.CarryRemoved},
		{name: "removed and not held", calls: `talk`, to: swap("  bring: {name: Bring the boss, requires: {dated: false}}\n", "", "[talk, bring]", "[talk]", "{any: [talk]}", "talk"), stands: "middle"},
		{name: "removed and not held any more", calls: "bring\nbring broken\ntalk", to: swap("  bring: {name: Bring the boss, requires: {dated: false}}\n", "", "[talk, bring]", "[talk]", "{any: [talk]}", "talk"), reason: outcome.CarryMark},
		{name: "renamed", calls: `bring`, to: swap("  bring: {", "  boss: {renamed_from: bring, ", "[talk, bring]", "[talk, boss]"), stands: "middle"},
		{name: "merged", calls: `talk`, to: swap("  talk: {name: Take a meeting,", "  bring: {renamed_from: talk,", "  bring: {name: Bring the boss, requires: {dated: false}}\n", "", "[talk, bring]", "[bring]", "{any: [bring]}", "bring"), reason: outcome.CarryMerged},
		{name: "tightened", calls: `talk`, to: swap("Take a meeting, requires: {dated: false}", "Take a meeting, requires: {dated: false, people: 1}"), reason: outcome.CarryTightened},
		{name: "tightened elsewhere", calls: `bring`, to: swap("Take a meeting, requires: {dated: false}", "Take a meeting, requires: {dated: false, people: 1}"), stands: "middle"},
		{name: "tightened after it was broken: what a later entry would inherit", calls: "talk\ntalk broken", to: swap("Take a meeting, requires: {dated: false}", "Take a meeting, requires: {dated: false, people: 1}"), reason: outcome.CarryTightened},
		{name: "tightened, held on trust", stage: "end", to: swap("Share data, requires: {dated: false}", "Share data, requires: {people: 2}"), stands: "end"},
		{name: "turned, and both held", calls: "talk\nbring", to: swap("ladder: [talk, bring]", "ladder: [bring, talk]"), reason: outcome.CarryMark},
		{name: "turned, and one held", calls: "bring", to: swap("ladder: [talk, bring]", "ladder: [bring, talk]"), stands: "middle"},
		{name: "on trust up to what is the top no longer", stage: "middle", to: swap("ladder: [talk, bring]", "ladder: [bring, talk]"), reason: outcome.CarryMark},
		{name: "lost stage gone", calls: "talk\n- unqualified", to: swap("  - {id: unqualified, closes: lost}\n", ""), reason: outcome.CarryLostStage},
		{name: "lost", calls: "talk\n- unqualified", to: swap("  - {id: lost, closes: lost}\n", ""), stands: "unqualified"},
		{name: "won, and would not be", calls: `sign`, to: swap("exit: sign, gate: hard", "exit: [sign, kept: data], gate: hard"), reason: outcome.CarryWon},
		{name: "won", calls: `sign`, to: swap("exit: sign, gate: hard", "exit: {any: [sign, kept: bring]}, gate: hard"), stands: "won"},
		{name: "won now", calls: `data`, to: swap("exit: sign, gate: hard", "exit: {any: [sign, data]}, gate: hard"), stands: "won"},
		{name: "another process", to: strings.Replace(carried, "id: small", "id: other", 1), reason: "process"},
	} {
		t.Run(c.name, func(t *testing.T) {
			to, err := process.Parse("", []byte(c.to))
			require.NoError(t, err)
			ev := outcome.NewEvaluator(from, outcome.Options{})
			s, err := outcome.Open(from, outcome.Deal{Deal: "D", Stage: c.stage})
			require.NoError(t, err)
			at := time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)
			for line := range strings.Lines(c.calls) {
				at = at.Add(time.Hour)
				s, _, err = ev.Apply(s, said(line, at))
				require.NoError(t, err)
			}
			before, err := s.MarshalJSON()
			require.NoError(t, err)

			next, err := outcome.Carry(s, from, to)

			after, jsonErr := s.MarshalJSON()
			require.NoError(t, jsonErr)
			assert.Equal(t, string(before), string(after), "the state that was given is left alone")
			var process *outcome.ProcessError
			var carry *outcome.CarryError
			switch {
			case c.reason == "":
				require.NoError(t, err)
				standing, err := outcome.NewEvaluator(to, outcome.Options{}).Standing(next, at)
				require.NoError(t, err)
				assert.Equal(t, c.stands, standing.Stage)
			case errors.As(err, &process):
				assert.Equal(t, string(c.reason), "process")
				assert.True(t, next.Equal(s))
			default:
				require.ErrorAs(t, err, &carry)
				require.Len(t, carry.Obstacles, 1)
				assert.Equal(t, c.reason, carry.Obstacles[0].Reason)
				assert.Contains(t, err.Error(), carry.Obstacles[0].Message)
				assert.True(t, next.Equal(s))
			}
		})
	}
}

// said is a call in which the buyer gave something, broke it, or refused the
// deal: "talk", "talk broken", "- unqualified".
func said(line string, at time.Time) outcome.Call {
	id, status, _ := strings.Cut(strings.TrimSpace(line), " ")
	c := outcome.Call{Deal: "D", At: at}
	if id == "-" {
		c.NoSale = &outcome.NoSale{By: commitment.Buyer, Stage: process.StageID(status)}
		return c
	}
	e := outcome.Entry{Commitment: commitment.ID(id), By: commitment.Buyer}
	if status == "broken" {
		e.Status = commitment.Broken
	}
	c.Commitments = []outcome.Entry{e}
	return c
}

// Where only texts and ids have changed, carrying over is as good as replaying.
func TestCarryIsReplay(t *testing.T) {
	n := uint64(400)
	if testing.Short() {
		n = 50
	}
	deals := 0
	for seed := range n {
		w := newWorld(t, seed, oracle.Options{})
		from := w.ev.Process()
		to, err := renamed(from.Definition(), seed).Compile()
		require.NoError(t, err, "seed %d", seed)
		old, _ := w.ev.Replay(w.ourDeals, w.ourCalls, func(outcome.Verdict) {})
		want, _ := outcome.NewEvaluator(to, outcome.Options{}).Replay(w.ourDeals, w.ourCalls, func(outcome.Verdict) {})
		for i, s := range old {
			text, err := s.MarshalJSON()
			require.NoError(t, err)
			var stored outcome.State
			require.NoError(t, stored.UnmarshalJSON(text))
			for _, s := range []outcome.State{s, stored} {
				got, err := outcome.Carry(s, from, to)
				require.NoError(t, err, "seed %d", seed)
				assert.True(t, got.Equal(want[i]), "seed %d, deal %s\nwant %+v\ngot  %+v", seed, s.Deal(), want[i], got)
			}
			deals++
		}
	}
	assert.NotZero(t, deals)
}

// renamed gives every text another wording, and about half of the commitments
// another id.
func renamed(d process.Definition, seed uint64) process.Definition {
	ids := map[commitment.ID]commitment.ID{}
	d.Version++
	d.Name += " in other words"
	for i := range d.Commitments {
		c := &d.Commitments[i]
		c.Name, c.Ask = "Do "+string(c.ID), "Would you?"
		ids[c.ID] = c.ID
		if c.RenamedFrom == "" && (seed+uint64(i))%2 == 0 {
			c.RenamedFrom = c.ID
			c.ID += "_now"
			ids[c.RenamedFrom] = c.ID
		}
	}
	all := func(list []commitment.ID) {
		for i := range list {
			list[i] = ids[list[i]]
		}
	}
	for i := range d.Stages {
		s := &d.Stages[i]
		s.Description = "Another text"
		all(s.Ladder)
		for j := range s.Exit {
			c := &s.Exit[j]
			for _, items := range [][]process.Item{c.Any, c.Of} {
				for k := range items {
					items[k].Commitment = ids[items[k].Commitment]
				}
			}
			if c.Item.Commitment != "" {
				c.Item.Commitment = ids[c.Item.Commitment]
			}
		}
	}
	for i := range d.CallKinds {
		k := &d.CallKinds[i]
		k.Outcome = ids[k.Outcome]
		all(k.Fallbacks)
		all(k.Keeps)
	}
	return d
}
