package outcome_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// world is a generated process with histories, for the oracle and for us: what
// the oracle has as values came to us as documents and records.
type world struct {
	process oracle.Process
	deals   []oracle.Deal
	calls   []oracle.Call

	ev       *outcome.Evaluator
	ourDeals []outcome.Deal
	ourCalls []outcome.Call
}

func newWorld(t testing.TB, seed uint64, o oracle.Options) world {
	t.Helper()
	var w world
	w.process, w.deals, w.calls = oracle.Generate(rand.New(rand.NewPCG(seed, 1)), o)
	p, err := process.Parse("generated.yaml", asJSON(t, w.process))
	require.NoError(t, err, "seed %d", seed)
	w.ev = outcome.NewEvaluator(p, outcome.Options{})
	for _, d := range w.deals {
		deal, err := outcome.DecodeDeal(asJSON(t, d))
		require.NoError(t, err, "seed %d", seed)
		w.ourDeals = append(w.ourDeals, deal)
	}
	for _, c := range w.calls {
		call, err := outcome.DecodeCall(asJSON(t, c))
		require.NoError(t, err, "seed %d: %s", seed, asJSON(t, c))
		w.ourCalls = append(w.ourCalls, call)
	}
	return w
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return text
}

// plain is a verdict without its texts: what the oracle knows of it.
func plain(r outcome.VerdictRecord) string {
	findings, next := "", ""
	for _, f := range r.Findings {
		findings += fmt.Sprintf(" %s/%s/%s", f.Code, f.Severity, f.Commitment)
	}
	for _, n := range r.Next {
		next += fmt.Sprintf(" %s/%s/%d/%s", n.Commitment, n.Stage, n.Rung, n.Role)
	}
	return fmt.Sprintf("%s %s %s %s %s>%s credited%v gained%v kept%v regained%v lost%v gaps%v target{%s %s %t} findings[%s] next[%s]",
		r.Call, r.Deal, r.At.UTC(), r.Result, r.From, r.To, r.Credited, r.Gained, r.Kept, r.Regained, r.Lost, r.Gaps,
		r.Target.Commitment, r.Target.Result, r.Target.Planned, findings, next)
}

func plainOracle(r oracle.Verdict) string {
	findings, next := "", ""
	for _, f := range r.Findings {
		findings += fmt.Sprintf(" %s/%s/%s", f.Code, f.Severity, f.Commitment)
	}
	for _, n := range r.Next {
		next += fmt.Sprintf(" %s/%s/%d/%s", n.Commitment, n.Stage, n.Rung, n.Role)
	}
	return fmt.Sprintf("%s %s %s %s %s>%s credited%v gained%v kept%v regained%v lost%v gaps%v target{%s %s %t} findings[%s] next[%s]",
		r.Call, r.Deal, r.At.UTC(), r.Result, r.From, r.To, r.Credited, r.Gained, r.Kept, r.Regained, r.Lost, r.Gaps,
		r.Target.Commitment, r.Target.Result, r.Target.Planned, findings, next)
}

// TestOracle compares every verdict with that of the oracle, which was written
// from the specification alone.
func TestOracle(t *testing.T) {
	seeds := uint64(800)
	if testing.Short() {
		seeds = 200
	}
	for seed := range seeds {
		if !agrees(t, seed) {
			return
		}
	}
}

// FuzzOracle does the same for as long as it is let.
func FuzzOracle(f *testing.F) {
	f.Add(uint64(1 << 32))
	f.Fuzz(func(t *testing.T, seed uint64) { agrees(t, seed) })
}

func agrees(t *testing.T, seed uint64) bool {
	w := newWorld(t, seed, oracle.Options{})
	var got, want []string
	w.ev.Replay(w.ourDeals, w.ourCalls, func(v outcome.Verdict) { got = append(got, plain(v.Record())) })
	for _, v := range oracle.Evaluate(w.process, w.deals, w.calls) {
		want = append(want, plainOracle(v))
	}
	if !assertSame(t, want, got) {
		t.Errorf("seed %d\nprocess %s", seed, asJSON(t, w.process))
		return false
	}
	return true
}

// TestOracleStanding compares how deals stand at instants between, at and after
// their calls, and at the instants that are said to be the next change.
func TestOracleStanding(t *testing.T) {
	seeds := uint64(150)
	if testing.Short() {
		seeds = 40
	}
	for seed := range seeds {
		w := newWorld(t, seed, oracle.Options{Deals: 1, Clean: true, Tidy: true})
		if len(w.calls) == 0 {
			continue
		}
		var deal *oracle.Deal
		if len(w.deals) > 0 {
			deal = &w.deals[0]
		}
		states, _ := w.ev.Replay(w.ourDeals, w.ourCalls, func(outcome.Verdict) {})
		require.Len(t, states, 1)
		at := w.ourCalls[len(w.ourCalls)-1].At
		for _, c := range w.ourCalls {
			if c.At.After(at) {
				at = c.At
			}
		}
		for range 12 {
			got, err := w.ev.Standing(states[0], at)
			require.NoError(t, err)
			want := oracle.Stand(w.process, deal, w.calls, at)
			require.Equal(t, plainStandingOracle(want), plainStanding(got), "seed %d at %s\n%s", seed, at, asJSON(t, w.process))
			plan, err := w.ev.Plan(states[0], at, "")
			require.NoError(t, err)
			next, err := w.ev.Next(states[0], at)
			require.NoError(t, err)
			require.Len(t, next, len(plan.Asks))
			for i := range next {
				require.Equal(t, plan.Asks[i].NextRecord, next[i])
			}
			if got.NextChange.IsZero() {
				break
			}
			at = got.NextChange
		}
	}
}

func plainStanding(s outcome.Standing) string {
	due := func(promises []outcome.Promise) string {
		out := ""
		for _, p := range promises {
			out += " " + string(p.Commitment)
		}
		return out
	}
	return fmt.Sprintf("%s gaps%v held%v kept%v waived%v open[%s] overdue[%s] won %t lost %t paused %t stalled %t nonext %t next %s",
		s.Stage, s.Gaps, s.Held, s.Kept, s.Waived, due(s.Open), due(s.Overdue), s.Won, s.Lost, s.Paused, s.Stalled, s.NoNext, s.NextChange.UTC())
}

func plainStandingOracle(s oracle.Standing) string {
	due := func(list []string) string {
		out := ""
		for _, c := range list {
			out += " " + c
		}
		return out
	}
	var next time.Time
	if s.NextChange != nil {
		next = *s.NextChange
	}
	return fmt.Sprintf("%s gaps%v held%v kept%v waived%v open[%s] overdue[%s] won %t lost %t paused %t stalled %t nonext %t next %s",
		s.Stage, s.Gaps, s.Held, s.Kept, s.Waived, due(s.Open), due(s.Overdue), s.Won, s.Lost, s.Paused, s.Stalled, s.NoNextCommitment, next.UTC())
}

func assertSame(t *testing.T, want, got []string) bool {
	if len(want) != len(got) {
		t.Errorf("want %d verdicts, got %d", len(want), len(got))
	}
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			t.Errorf("verdict %d\nwant %s\ngot  %s", i, want[i], got[i])
			return false
		}
	}
	return len(want) == len(got)
}
