package measure

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

func TestOrderAndMergesNeverMatter(t *testing.T) {
	forWorlds(t, func(t *testing.T, w world, r *rand.Rand) {
		histories := w.histories(time.Time{})
		want := asJSON(t, collected(w.p, histories).Measures())

		r.Shuffle(len(histories), func(i, j int) { histories[i], histories[j] = histories[j], histories[i] })
		require.JSONEq(t, string(want), string(asJSON(t, collected(w.p, histories).Measures())))

		parts := []*Collector{collected(w.p, nil), collected(w.p, nil), collected(w.p, nil)}
		for i := range histories {
			parts[r.IntN(3)].Add(&histories[i])
		}
		into := parts[r.IntN(3)]
		before := asJSON(t, parts[0].Measures())
		for _, part := range parts {
			if part != into {
				require.NoError(t, into.Merge(part))
			}
		}
		require.Equal(t, string(want), string(asJSON(t, into.Measures())))
		require.Equal(t, string(want), string(asJSON(t, into.Measures())), "asking changes nothing")
		if into != parts[0] {
			require.Equal(t, string(before), string(asJSON(t, parts[0].Measures())), "what was merged stays as it is")
		}
	})
}

func TestMergeOfAnotherProcess(t *testing.T) {
	names := process.BuiltinNames()
	one, err := process.Builtin(names[0])
	require.NoError(t, err)
	other, err := process.Builtin(names[1])
	require.NoError(t, err)
	c := NewCollector(one, Options{})
	err = c.Merge(NewCollector(other, Options{}))
	var mismatch *outcome.ProcessError
	require.ErrorAs(t, err, &mismatch)
	assert.Equal(t, one.Ref(), mismatch.Want)
	assert.NoError(t, c.Merge(NewCollector(one, Options{})))
}

// TestShiftingTimeChangesMonthsAlone shifts every instant by whole weeks, where
// no clock changes.
func TestShiftingTimeChangesMonthsAlone(t *testing.T) {
	const shift = 3 * 7 * 24 * time.Hour
	at := func(t time.Time) time.Time {
		if t.IsZero() {
			return t
		}
		return t.Add(shift)
	}
	when := func(w outcome.When) outcome.When {
		switch moved := w.Start(time.UTC).Add(shift); {
		case w.IsZero():
			return w
		case w.IsDate():
			return outcome.On(moved.Year(), moved.Month(), moved.Day())
		default:
			return outcome.At(moved)
		}
	}
	plain := func(c *Collector) string {
		m := c.Measures()
		m.AsOf, m.Months = time.Time{}, nil
		for i := range m.Conversion {
			m.Conversion[i].Cohorts = nil
		}
		return string(asJSON(t, m))
	}
	tried := 0
	forWorlds(t, func(t *testing.T, w world, _ *rand.Rand) {
		if zone := w.p.Zone().String(); zone != "UTC" && zone != "Asia/Kolkata" {
			return
		}
		tried++
		before := plain(collected(w.p, w.histories(time.Time{})))
		w.asOf = at(w.asOf)
		w.pipeline.Deals, w.pipeline.Moves, w.pipeline.Calls = slices.Clone(w.pipeline.Deals), slices.Clone(w.pipeline.Moves), slices.Clone(w.pipeline.Calls)
		for i := range w.pipeline.Deals {
			d := &w.pipeline.Deals[i]
			d.Opened, d.Created, d.Closed = at(d.Opened), at(d.Created), at(d.Closed)
		}
		for i := range w.pipeline.Moves {
			w.pipeline.Moves[i].At = at(w.pipeline.Moves[i].At)
		}
		for i := range w.pipeline.Calls {
			c := &w.pipeline.Calls[i]
			c.At, c.PlannedAt = at(c.At), at(c.PlannedAt)
			if c.Pause != nil {
				c.Pause = &outcome.Pause{Until: when(c.Pause.Until)}
			}
			c.Commitments = slices.Clone(c.Commitments)
			for j := range c.Commitments {
				c.Commitments[j].Due = when(c.Commitments[j].Due)
			}
		}
		assert.Equal(t, before, plain(collected(w.p, w.histories(time.Time{}))))
	})
	assert.Positive(t, tried)
}

// A deal on trust has no first stay and no time to close: nobody saw it begin.
func TestDealsOnTrust(t *testing.T) {
	trusted := 0
	forWorlds(t, func(t *testing.T, w world, r *rand.Rand) {
		histories := w.histories(w.asOf.Add(-time.Duration(r.IntN(200*24)) * time.Hour))
		for i := range histories {
			h := &histories[i]
			m := collected(w.p, histories[i:i+1]).Measures()
			if h.Trusted == "" {
				continue
			}
			trusted++
			assert.Equal(t, 1, m.Deals.Trusted)
			assert.Zero(t, m.Close.Spells)
			assert.Zero(t, m.Win.Spells)
			// The stages that it came to later are measured all the same.
			later, l := map[int]bool{}, NewCollector(w.p, Options{}).lifeOf(h)
			for _, s := range l.stays {
				if s.stage != l.stays[0].stage && s.stage < w.p.Won() {
					later[s.stage] = true
				}
			}
			entered, stayed := 0, 0
			for i := range m.Stays {
				entered += m.Conversion[i].All.Entered
				stayed += m.Stays[i].Spells
			}
			assert.Equal(t, len(later), entered)
			assert.Equal(t, len(later), stayed)
		}
	})
	assert.Positive(t, trusted)
}

// TestValuesByNaiveLoops sums in cents, where it can be done without rounding.
func TestValuesByNaiveLoops(t *testing.T) {
	forWorlds(t, func(t *testing.T, w world, _ *rand.Rand) {
		histories := w.histories(time.Time{})
		m := collected(w.p, histories).Measures()
		seen := 0
		for _, v := range m.Value {
			var claimed, earned int
			for _, row := range v.Rows {
				var wantClaimed, wantEarned Amount
				var claimedCents, earnedCents int64
				for i := range histories {
					h := &histories[i]
					if h.Ahead || h.Status != pipeline.OpenDeal || strings.ToUpper(h.Deal.Currency) != v.Currency ||
						h.Claimed == "" && (h.Standing.Won || h.Standing.Lost) {
						continue
					}
					count := func(a *Amount, cents *int64) {
						a.Deals++
						if h.Deal.Amount == nil {
							a.Missing++
						} else {
							*cents += int64(math.Round(*h.Deal.Amount * 100))
						}
					}
					_, known := w.p.StageByID(h.Claimed)
					if h.Claimed == row.Stage || row.Stage == "" && !known {
						count(&wantClaimed, &claimedCents)
					}
					earned := h.Standing.Stage
					if !h.Tells && h.Trusted == "" && h.Deal.Stage == "" {
						earned = ""
					}
					if earned == row.Stage {
						count(&wantEarned, &earnedCents)
					}
				}
				assert.Equal(t, wantClaimed.Deals, row.Claimed.Deals)
				assert.Equal(t, wantClaimed.Missing, row.Claimed.Missing)
				assert.InDelta(t, float64(claimedCents)/100, row.Claimed.Sum, 1e-6)
				assert.Equal(t, wantEarned.Deals, row.Earned.Deals)
				assert.Equal(t, wantEarned.Missing, row.Earned.Missing)
				assert.InDelta(t, float64(earnedCents)/100, row.Earned.Sum, 1e-6)
				claimed += row.Claimed.Deals
				earned += row.Earned.Deals
			}
			assert.Equal(t, claimed, v.Claimed.Deals)
			assert.Equal(t, earned, v.Earned.Deals)
			assert.Equal(t, v.Claimed, v.Earned, "the same deals on both sides")
			seen += claimed
		}
		for i := range histories {
			if h := &histories[i]; !h.Ahead && h.Status == pipeline.OpenDeal && !(h.Claimed == "" && (h.Standing.Won || h.Standing.Lost)) {
				seen--
			}
		}
		assert.Zero(t, seen, "every open deal is somewhere")
	})
}

func TestAmountsOfAnyKind(t *testing.T) {
	for _, c := range []struct {
		amounts []float64
		want    Amount
	}{
		{nil, Amount{}},
		{[]float64{0.1, 0.2, 0.3}, Amount{Deals: 3, Sum: 0.6}},
		{[]float64{1e16, 1, -1e16}, Amount{Deals: 3, Sum: 1}},
		{[]float64{-250.5, 100}, Amount{Deals: 2, Sum: -150.5}},
		{[]float64{math.NaN(), math.Inf(1), math.Inf(-1), 5}, Amount{Deals: 4, Missing: 3, Sum: 5}},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, Amount{Deals: 2, Sum: math.MaxFloat64}},
		{[]float64{-math.MaxFloat64, -math.MaxFloat64}, Amount{Deals: 2, Sum: -math.MaxFloat64}},
		{[]float64{math.MaxFloat64, math.SmallestNonzeroFloat64, -math.MaxFloat64}, Amount{Deals: 3, Sum: math.SmallestNonzeroFloat64}},
		{[]float64{5, -5}, Amount{Deals: 2}},
	} {
		exact := new(big.Rat)
		for range 3 {
			var w worth
			for i := range c.amounts {
				w.add(&c.amounts[i])
			}
			assert.Equal(t, c.want.Deals, w.amount().Deals)
			assert.Equal(t, c.want.Missing, w.amount().Missing)
			assert.InDelta(t, c.want.Sum, w.amount().Sum, 1e-12, "%v", c.amounts)
			_, err := json.Marshal(w.amount())
			require.NoError(t, err)
			slices.Reverse(c.amounts)
		}
		for _, a := range c.amounts {
			if r := new(big.Rat).SetFloat64(a); r != nil {
				exact.Add(exact, r)
			}
		}
		if sum, _ := exact.Float64(); !math.IsInf(sum, 0) {
			var w worth
			for i := range c.amounts {
				w.add(&c.amounts[i])
			}
			assert.Equal(t, sum, w.amount().Sum, "%v", c.amounts)
		}
	}
}

func TestNothingAtAll(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	for _, floor := range []int{-1, 0, 5} {
		m := NewCollector(p, Options{Floor: floor}).Measures()
		text := string(asJSON(t, m))
		assert.NotContains(t, text, "null,\"spells\"")
		assert.NotContains(t, text, "[null]")
		assert.False(t, m.Overall.Advance.Enough)
		assert.False(t, m.Close.Enough)
		assert.Nil(t, m.Close.Median.Days)
		assert.Len(t, m.Stages, p.Won(), "every open stage")
		assert.Len(t, m.Stays, p.Won())
		assert.Empty(t, m.Value)
		assert.NotNil(t, m.Value)
	}
	assert.Equal(t, DefaultFloor, NewCollector(p, Options{}).Measures().Floor)
}

// A stray record must not bring the rest down: an empty history, a verdict far
// away in time, a deal that began at the end of time.
func TestStrayHistories(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	c := NewCollector(p, Options{Floor: -1})
	c.Add(&pipeline.History{})
	ev := outcome.NewEvaluator(p, outcome.Options{})
	far := time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC)
	b := pipeline.NewBook(ev, &pipeline.Pipeline{
		Deals: []pipeline.Deal{{Deal: outcome.Deal{Deal: "a", Stage: "nowhere", Amount: new(math.NaN())}, Closed: time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), Status: pipeline.LostDeal}},
		Calls: []outcome.Call{
			{ID: "1", Deal: "a", At: time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)},
			{ID: "2", Deal: "a", At: far},
			{ID: "3", Deal: "b", At: far},
			{ID: "4", Deal: "b"},
		},
	}, pipeline.Options{AsOf: far})
	for i := range b.Len() {
		h := b.History(i)
		c.Add(&h)
	}
	m := c.Measures()
	_, err = json.Marshal(m)
	require.NoError(t, err)
	assert.Equal(t, 3, m.Deals.Added)
	assert.Equal(t, 3, m.Overall.Calls)
	assert.Positive(t, m.Deals.Unjudged)
}

// TestManyAtOnce adds more deals than fit a page, to see that the groups of all
// kinds hold the same calls.
func TestManyAtOnce(t *testing.T) {
	w := newWorld(t, 78, 200)
	m := collected(w.p, w.histories(time.Time{})).Measures()
	for _, groups := range [][]Group{m.Stages, m.Commitments, m.Kinds, m.Reps, m.Months} {
		calls, kept, hits := 0, 0, 0
		for _, g := range groups {
			calls += g.Calls
			kept += g.Kept.Hits
			hits += g.Advance.Hits
		}
		assert.Equal(t, m.Overall.Calls, calls)
		assert.Equal(t, m.Overall.Kept.Hits, kept)
		assert.Equal(t, m.Overall.Advance.Hits, hits)
	}
	assert.True(t, slices.IsSortedFunc(m.Months, func(a, b Group) int { return strings.Compare(a.Key, b.Key) }))
	assert.Greater(t, m.Overall.Calls, 200)
	for _, groups := range [][]Group{m.Stages, m.Commitments, m.Kinds} {
		assert.Greater(t, len(groups), 2)
	}
	assertInOrder(t, m.Stages, func(key string) int { s, _ := w.p.StageByID(process.StageID(key)); return s.Index() })
	assertInOrder(t, m.Commitments, func(key string) int { r, _ := w.p.Rung(commitment.ID(key)); return int(r) })
}

// assertInOrder holds that the groups come in the order of the process, and
// those without a key at the end.
func assertInOrder(t *testing.T, groups []Group, place func(key string) int) {
	t.Helper()
	last := -1
	for i, g := range groups {
		if g.Key == "" {
			assert.Equal(t, len(groups)-1, i)
			continue
		}
		assert.Greater(t, place(g.Key), last, g.Key)
		last = place(g.Key)
	}
}

func TestGroupsThatNobodyPlaced(t *testing.T) {
	all := tallies{}
	for _, key := range []string{"zeta", "", "b", "alpha", "a"} {
		all.of(key).calls++
	}
	var keys []string
	for _, g := range all.groups([]string{"b", "a", "unused"}, Options{}) {
		keys = append(keys, g.Key)
	}
	assert.Equal(t, []string{"b", "a", "alpha", "zeta", ""}, keys)
}

// TestAddAllocates nothing for a deal, but that lists of lengths grow now and
// then.
func TestAddAllocates(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	b := pipeline.NewBook(outcome.NewEvaluator(p, outcome.Options{}), pipetest.Parse(`
		deal D stage=discovery created=2026-06-01
		call a D 2026-06-02 given:time@2026-06-09
		call b D 2026-06-09 kept:time
		call c D 2026-06-16 asked:time
		call d D 2026-06-23 given:time@2026-07-09
	`), pipeline.Options{AsOf: pipetest.Time("2026-06-30")})
	h, c := b.History(0), NewCollector(p, Options{})
	for range 1000 {
		c.Add(&h)
	}
	require.Equal(t, 4000, c.stages.all().calls)
	assert.LessOrEqual(t, testing.AllocsPerRun(1000, func() { c.Add(&h) }), 1.0)
}
