package examples_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/outcome"
)

const (
	quarterDeals = "quarter/deals.jsonl"
	quarterCalls = "quarter/calls.jsonl"
)

// quarterEnds is when the quarter is looked back upon.
var quarterEnds = time.Date(2026, 9, 30, 18, 0, 0, 0, time.UTC)

// quarter is the team's quarter, judged.
type quarter struct {
	ev       *outcome.Evaluator
	deals    []outcome.Deal
	verdicts []outcome.Verdict
	states   []outcome.State
}

func judgedQuarter(t *testing.T) quarter {
	t.Helper()
	q := quarter{ev: evaluator(t, "ten-commitments"), deals: deals(t, quarterDeals)}
	var errs []error
	q.states, errs = q.ev.Replay(q.deals, calls(t, quarterCalls), func(v outcome.Verdict) { q.verdicts = append(q.verdicts, v) })
	require.Empty(t, errs)
	return q
}

func TestQuarter(t *testing.T) {
	q := judgedQuarter(t)
	assert.GreaterOrEqual(t, len(q.deals), 30)
	assert.GreaterOrEqual(t, len(q.verdicts), 300)

	opened := map[outcome.DealID]bool{}
	for _, d := range q.deals {
		opened[d.Deal] = true
	}
	results, codes := map[string]bool{}, map[finding.Code]bool{}
	for i := range q.verdicts {
		v := &q.verdicts[i]
		assert.True(t, opened[v.Call().Deal], "no deal record of %s", v.Call().Deal)
		results[v.Result().String()] = true
		for _, code := range finding.Codes() {
			if v.Has(code) {
				codes[code] = true
				assert.False(t, code.Fault(), "%s has a fault: %s", v.Call().ID, code)
			}
		}
	}
	for _, name := range outcome.ResultNames() {
		assert.True(t, results[name], "no call came to %s", name)
	}
	for _, code := range finding.Codes() {
		assert.True(t, codes[code] || code.Fault(), "nothing is found to be %s", code)
	}
	compareGolden(t, "testdata/quarter.golden", q.text(t))
	comparePage(t, "quarter/README.md", map[string]string{
		"reps": q.reps(), "results": q.results(), "claims": q.claims(t),
	})
}

// TestQuarterInAnyOrder judges the records as they come from a system that
// keeps no order.
func TestQuarterInAnyOrder(t *testing.T) {
	q := judgedQuarter(t)
	records := calls(t, quarterCalls)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	var shuffled []outcome.Verdict
	q.ev.Replay(q.deals, records, func(v outcome.Verdict) { shuffled = append(shuffled, v) })
	assert.Equal(t, asJSON(t, q.verdicts), asJSON(t, shuffled))
}

// TestFaulty finds in each line of the faulty file what its note says.
func TestFaulty(t *testing.T) {
	const file = "quarter/faulty.jsonl"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")

	var sound []outcome.Call
	for r, err := range outcome.ReadCalls(file, strings.NewReader(string(text))) {
		var bad *outcome.RecordError
		if strings.Contains(lines[r.Line-1], `"notes":"bad_record: `) {
			require.ErrorAs(t, err, &bad, "line %d", r.Line)
			assert.Equal(t, r.Line, bad.Line)
			continue
		}
		require.NoError(t, err)
		sound = append(sound, r.Value)
	}
	seen := map[finding.Code]bool{}
	evaluator(t, "ten-commitments").Replay(nil, sound, func(v outcome.Verdict) {
		name, _, _ := strings.Cut(v.Call().Notes, ":")
		code, err := finding.Parse(name)
		require.NoError(t, err)
		assert.True(t, v.Has(code), "%s has no finding %s", v.Call().ID, code)
		seen[code] = true
	})
	for _, code := range finding.Codes() {
		assert.True(t, seen[code] || !code.Fault(), "no line shows %s", code)
	}
}

func asJSON(t *testing.T, verdicts []outcome.Verdict) string {
	t.Helper()
	var b strings.Builder
	for i := range verdicts {
		text, err := json.Marshal(verdicts[i].Record())
		require.NoError(t, err)
		b.Write(append(text, '\n'))
	}
	return b.String()
}

// text is a line for each call, and one for each deal at the end.
func (q quarter) text(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for i := range q.verdicts {
		r := q.verdicts[i].Record()
		fmt.Fprintf(&b, "%s %s %s: %s", r.At.Format("01-02 15:04"), r.Deal, r.Call, r.Result)
		if r.From != r.To {
			fmt.Fprintf(&b, " %s>%s", r.From, r.To)
		}
		if len(r.Credited) > 0 {
			fmt.Fprintf(&b, " %v", r.Credited)
		}
		for _, f := range r.Findings {
			b.WriteString(" " + f.Code)
		}
		b.WriteString("\n")
	}
	for _, s := range q.standings(t) {
		fmt.Fprintf(&b, "%s: %s", s.Deal, s.Stage)
		if len(s.Gaps) > 0 {
			fmt.Fprintf(&b, " gaps%v", s.Gaps)
		}
		for _, word := range []struct {
			is   bool
			word string
		}{{s.Stalled, "stalled"}, {s.NoNext, "no_next_commitment"}} {
			if word.is {
				b.WriteString(" " + word.word)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (q quarter) standings(t *testing.T) (all []outcome.Standing) {
	t.Helper()
	for _, state := range q.states {
		s, err := q.ev.Standing(state, quarterEnds)
		require.NoError(t, err)
		all = append(all, s)
	}
	return all
}

// reps is the table of the sellers.
func (q quarter) reps() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-7s%6s%9s%25s%21s\n", "rep", "calls", "reached", "of those: moved the deal", "rated great or good")
	for _, rep := range []string{"ana", "ben", "chloe", "dev"} {
		var all, reached, moved, pleased int
		for i := range q.verdicts {
			v := &q.verdicts[i]
			if v.Call().Rep != rep {
				continue
			}
			all++
			if v.Call().Contact != outcome.Reached {
				continue
			}
			reached++
			if v.Result().Moved() {
				moved++
			}
			if rating := v.Call().Rating; rating == outcome.Great || rating == outcome.Good {
				pleased++
			}
		}
		fmt.Fprintf(&b, "%-7s%6d%9d%23d %%%19d %%\n", rep, all, reached, 100*moved/reached, 100*pleased/reached)
	}
	return b.String()
}

// results is the table of the results, and of the findings beside them.
func (q quarter) results() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d deals, %d calls\n\n", len(q.deals), len(q.verdicts))
	for _, name := range outcome.ResultNames() {
		n := 0
		for i := range q.verdicts {
			if q.verdicts[i].Result().String() == name {
				n++
			}
		}
		fmt.Fprintf(&b, "%-18s%4d\n", name, n)
	}
	b.WriteString("\n")
	for _, code := range finding.Codes() {
		n := 0
		for i := range q.verdicts {
			if q.verdicts[i].Has(code) {
				n++
			}
		}
		if n > 0 {
			fmt.Fprintf(&b, "%-18s%4d\n", code, n)
		}
	}
	return b.String()
}

// claims is the table of the deals that another system shows elsewhere.
func (q quarter) claims(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%-6s%-19s%9s  %-17s%s\n", "deal", "", "EUR", "claimed", "stands in")
	for _, s := range q.standings(t) {
		i := slices.IndexFunc(q.deals, func(d outcome.Deal) bool { return d.Deal == s.Deal })
		if d := q.deals[i]; d.Claimed != string(s.Stage) {
			fmt.Fprintf(&b, "%-6s%-19s%9.0f  %-17s%s\n", d.Deal, d.Name, *d.Amount, d.Claimed, s.Stage)
		}
	}
	return b.String()
}
