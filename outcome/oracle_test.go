package outcome_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

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

func TestOracle(t *testing.T) {
	n := uint64(3000)
	if testing.Short() {
		n = 300
	}
	for seed := range n {
		w := newWorld(t, seed, oracle.Options{})
		var got, want []string
		w.ev.Replay(w.ourDeals, w.ourCalls, func(v outcome.Verdict) { got = append(got, plain(v.Record())) })
		for _, v := range oracle.Evaluate(w.process, w.deals, w.calls) {
			want = append(want, plainOracle(v))
		}
		if !assertSame(t, want, got) {
			t.Fatalf("seed %d\nprocess %s", seed, asJSON(t, w.process))
		}
	}
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
