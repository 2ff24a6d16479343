package docs

import (
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// TestMeasures holds that the page shows what the quarter of the examples comes
// to, and no figure that nobody computed.
func TestMeasures(t *testing.T) {
	page, err := os.ReadFile("measures.md")
	require.NoError(t, err)
	m := measuredQuarter(t)
	want := []string{
		rates(m), reps(m), waits(m), converted(m), stayed(m), worth(m),
	}
	advance := strings.Join(strings.Fields(share(m.Overall.Advance))[:5], " ")
	text := strings.Join(strings.Fields(string(page)), " ")
	assert.Contains(t, text, "`"+advance+"` says")
	assert.Contains(t, text, fmt.Sprintf("`%.0f days` for the first quarter", *m.Win.Quarter.Days))
	shown := 0
	for _, b := range block.FindAllStringSubmatch(string(page), -1) {
		if b[1] == "" {
			shown++
		}
	}
	assert.Len(t, want, shown, "every table of the page is checked")
	for _, table := range want {
		assert.Contains(t, string(page), "```\n"+table+"```\n")
	}
}

// measuredQuarter measures the quarter at its end.
func measuredQuarter(t *testing.T) measure.Measures {
	t.Helper()
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	var quarter pipeline.Pipeline
	for _, d := range sound(t, "../examples/quarter/deals.jsonl", outcome.ReadDeals) {
		quarter.Deals = append(quarter.Deals, pipeline.Deal{Deal: d})
	}
	quarter.Calls = sound(t, "../examples/quarter/calls.jsonl", outcome.ReadCalls)
	book := pipeline.NewBook(outcome.NewEvaluator(p, outcome.Options{}), &quarter, pipeline.Options{
		AsOf: time.Date(2026, 9, 30, 18, 0, 0, 0, time.UTC),
	})
	c := measure.NewCollector(p, measure.Options{})
	for i := range book.Len() {
		h := book.History(i)
		c.Add(&h)
	}
	return c.Measures()
}

// sound reads a file of records without a fault.
func sound[T any](t *testing.T, file string, read func(string, io.Reader) iter.Seq2[outcome.Record[T], error]) (all []T) {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	for r, err := range read(file, f) {
		require.NoError(t, err)
		all = append(all, r.Value)
	}
	return all
}

// share writes a rate: "64 % (58 to 70)  129 of 203".
func share(r measure.Rate) string {
	of := fmt.Sprintf("%d of %d", r.Hits, r.Of)
	if !r.Enough {
		return fmt.Sprintf("%-18s%s", "too few to say", of)
	}
	return fmt.Sprintf("%-18s%s", fmt.Sprintf("%.0f %% (%.0f to %.0f)", 100*r.Value, 100*r.Low, 100*r.High), of)
}

// length writes a quantile: "12.5 days (9.0 to 20.1)".
func length(q measure.Quantile, enough bool) string {
	number := func(x *float64) string {
		if x == nil {
			return "?"
		}
		return fmt.Sprintf("%.1f", *x)
	}
	switch {
	case !enough:
		return "too few to say"
	case q.Days == nil:
		return "not reached"
	}
	return fmt.Sprintf("%s days (%s to %s)", number(q.Days), number(q.Low), number(q.High))
}

func rates(m measure.Measures) string {
	g := m.Overall
	var b strings.Builder
	line := func(name string, r measure.Rate) { fmt.Fprintf(&b, "%-22s%s\n", name, share(r)) }
	line("advance rate", g.Advance)
	line("asked rate", g.Asked)
	line("target hit rate", g.Target)
	line("continuation share", g.Continuation)
	line("kept rate", g.Kept)
	r := g.CallsPerAdvance
	fmt.Fprintf(&b, "%-22s%.2f (%.2f to %.2f)\n", "calls per advance", *r.Value, *r.Low, *r.High)
	return b.String()
}

func reps(m measure.Measures) string {
	var b strings.Builder
	for _, g := range m.Reps {
		fmt.Fprintf(&b, "%-7s%s\n", g.Key, share(g.Advance))
	}
	return b.String()
}

func waits(m measure.Measures) string {
	var b strings.Builder
	line := func(name string, w measure.Wait) {
		fmt.Fprintf(&b, "%-32s%-28s%d of %d\n", name, length(w.Median, w.Enough), w.Ended, w.Spells)
	}
	line("to the next advance", m.Overall.NextAdvance)
	line("after a continuation", m.Overall.AfterContinuation)
	for _, g := range m.Stages {
		if g.AfterContinuation.Spells > 0 {
			line("  in "+g.Key, g.AfterContinuation)
		}
	}
	line("to the close", m.Close)
	line("to the order", m.Win)
	fmt.Fprintf(&b, "%-32s%s\n", "to the order, a quarter of them", length(m.Win.Quarter, m.Win.Enough))
	return b.String()
}

func converted(m measure.Measures) string {
	var b strings.Builder
	for _, c := range m.Conversion {
		a := c.All
		fmt.Fprintf(&b, "%-16s%-30slost %d, still there %d, back %d", c.Stage, share(a.Advanced), a.Lost+a.WonClaim, a.Still, a.Back)
		if a.Advanced.Enough {
			fmt.Fprintf(&b, ", at most %.0f %%", 100*a.AtMost)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func stayed(m measure.Measures) string {
	var b strings.Builder
	for _, s := range m.Stays {
		fmt.Fprintf(&b, "%-16s%-28s%d of %d left\n", s.Stage, length(s.Median, s.Enough), s.Ended, s.Spells)
	}
	return b.String()
}

func worth(m measure.Measures) string {
	var b strings.Builder
	for _, v := range m.Value {
		fmt.Fprintf(&b, "%-16s%14s%14s\n", v.Currency, "claimed", "earned")
		for _, r := range v.Rows {
			fmt.Fprintf(&b, "%-16s%9.0f (%2d)%9.0f (%2d)\n", r.Stage, r.Claimed.Sum, r.Claimed.Deals, r.Earned.Sum, r.Earned.Deals)
		}
		fmt.Fprintf(&b, "%-16s%9.0f (%2d)%9.0f (%2d)\n", "together", v.Claimed.Sum, v.Claimed.Deals, v.Earned.Sum, v.Earned.Deals)
	}
	return b.String()
}
