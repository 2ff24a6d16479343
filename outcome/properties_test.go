package outcome_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
)

// forWorlds runs a property on generated processes and histories.
func forWorlds(t *testing.T, o oracle.Options, property func(t *testing.T, w world, r *rand.Rand)) {
	t.Helper()
	seeds := uint64(150)
	if testing.Short() {
		seeds = 30
	}
	for seed := range seeds {
		w := newWorld(t, 1_000_000+seed, o)
		property(t, w, rand.New(rand.NewPCG(seed, 2)))
		if t.Failed() {
			t.Fatalf("seed %d", 1_000_000+seed)
		}
	}
}

func records(w world, deals []outcome.Deal, calls []outcome.Call) []outcome.VerdictRecord {
	var out []outcome.VerdictRecord
	w.ev.Replay(deals, calls, func(v outcome.Verdict) { out = append(out, v.Record()) })
	return out
}

func bytesOf(t *testing.T, v any) string { return string(asJSON(t, v)) }

func TestOrderOfTheInputNeverMatters(t *testing.T) {
	forWorlds(t, oracle.Options{}, func(t *testing.T, w world, r *rand.Rand) {
		want := records(w, w.ourDeals, w.ourCalls)
		deals, calls := slices.Clone(w.ourDeals), slices.Clone(w.ourCalls)
		r.Shuffle(len(deals), func(i, j int) { deals[i], deals[j] = deals[j], deals[i] })
		r.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
		for i := range calls {
			entries := slices.Clone(calls[i].Commitments)
			r.Shuffle(len(entries), func(a, b int) { entries[a], entries[b] = entries[b], entries[a] })
			calls[i].Commitments = entries
			calls[i].Asked = reversed(calls[i].Asked)
		}
		got := records(w, deals, calls)
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, bytesOf(t, want[i]), bytesOf(t, got[i]))
		}
	})
}

func reversed[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// One by one, in bulk, and through a state that was stored after each call: the
// verdicts are the same bytes.
func TestEveryWayGivesTheSameBytes(t *testing.T) {
	forWorlds(t, oracle.Options{}, func(t *testing.T, w world, _ *rand.Rand) {
		bulk := map[outcome.DealID][]string{}
		states, _ := w.ev.Replay(w.ourDeals, w.ourCalls, func(v outcome.Verdict) {
			r := v.Record()
			bulk[r.Deal] = append(bulk[r.Deal], bytesOf(t, r))
		})
		for _, want := range states {
			one, err := openOf(w, want.Deal())
			require.NoError(t, err)
			stored := one
			var verdicts []string
			for _, c := range outcome.Resolve(w.ourCalls) {
				if c.Call.Deal != want.Deal() {
					continue
				}
				var v, again outcome.Verdict
				before := bytesOf(t, one)
				next, v, err := w.ev.Apply(one, *c.Call)
				require.NoError(t, err)
				assert.Equal(t, before, bytesOf(t, one), "the state that was given stays as it was")

				var back outcome.State
				require.NoError(t, json.Unmarshal(asJSON(t, stored), &back))
				assert.True(t, back.Equal(stored))
				column, err := back.Value()
				require.NoError(t, err)
				require.NoError(t, back.Scan(column))
				stored, again, err = w.ev.Apply(back, *c.Call)
				require.NoError(t, err)

				record, fromStored := v.Record(), again.Record()
				assert.Equal(t, bytesOf(t, record), bytesOf(t, fromStored))
				verdicts = append(verdicts, withoutDuplicates(t, record))
				one = next
			}
			got := bulk[want.Deal()]
			require.Len(t, verdicts, len(got))
			for i := range got {
				var r outcome.VerdictRecord
				require.NoError(t, json.Unmarshal([]byte(got[i]), &r))
				assert.Equal(t, withoutDuplicates(t, r), verdicts[i])
			}
			assert.True(t, one.Equal(want), "%s\n%s", bytesOf(t, one), bytesOf(t, want))
			assert.True(t, stored.Equal(want))
		}
	})
}

// withoutDuplicates leaves out the one finding that a single record can't have.
func withoutDuplicates(t *testing.T, r outcome.VerdictRecord) string {
	r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), func(f outcome.FindingRecord) bool { return f.Code == "duplicate_call" })
	if r.Findings == nil {
		r.Findings = []outcome.FindingRecord{}
	}
	return bytesOf(t, r)
}

func openOf(w world, id outcome.DealID) (outcome.State, error) {
	for _, d := range w.ourDeals {
		if d.Deal == id {
			return outcome.Open(w.ev.Process(), d)
		}
	}
	return outcome.Open(w.ev.Process(), outcome.Deal{Deal: id})
}

func TestNothingIsCreditedTwice(t *testing.T) {
	forWorlds(t, oracle.Options{}, func(t *testing.T, w world, _ *rand.Rand) {
		seen := map[string]bool{}
		for _, r := range records(w, w.ourDeals, w.ourCalls) {
			for _, c := range r.Credited {
				key := fmt.Sprint(r.Deal, "/", c)
				assert.False(t, seen[key], "%s twice", key)
				seen[key] = true
				assert.Contains(t, r.Gained, c)
			}
		}
	})
}

// core is what of a verdict no talk may change.
func core(r outcome.VerdictRecord) string {
	return fmt.Sprint(r.Result, r.From, r.To, r.Credited, r.Gained, r.Kept, r.Regained, r.Lost, r.Gaps, r.Target, r.Next)
}

func TestASellersPromiseNeverChangesAResult(t *testing.T) {
	forWorlds(t, oracle.Options{Clean: true}, func(t *testing.T, w world, r *rand.Rand) {
		plainly := records(w, w.ourDeals, w.ourCalls)
		calls := slices.Clone(w.ourCalls)
		for i := range calls {
			entry := outcome.Entry{By: commitment.Seller, Other: "I'll call in two weeks", Status: commitment.Status(r.IntN(7))}
			if r.IntN(2) == 0 {
				entry.Other, entry.Commitment = "", someCommitment(w, r)
				entry.Due = outcome.At(calls[i].At.Add(48 * time.Hour))
			}
			calls[i].Commitments = append(slices.Clone(calls[i].Commitments), entry)
		}
		promised := records(w, w.ourDeals, calls)
		require.Len(t, promised, len(plainly))
		for i := range plainly {
			assert.Equal(t, core(plainly[i]), core(promised[i]))
		}
	})
}

func someCommitment(w world, r *rand.Rand) commitment.ID {
	p := w.ev.Process()
	return p.Commitment(commitment.Rung(r.IntN(p.Len()))).ID()
}

func TestEnthusiasmAndNotesChangeNothing(t *testing.T) {
	forWorlds(t, oracle.Options{Clean: true, Tidy: true}, func(t *testing.T, w world, r *rand.Rand) {
		plainly := records(w, w.ourDeals, w.ourCalls)
		calls := slices.Clone(w.ourCalls)
		for i := range calls {
			calls[i].Rating = outcome.Rating(r.IntN(5))
			calls[i].Notes = "what a lovely conversation"
			calls[i].Channel, calls[i].Rep = "phone", "ana"
		}
		liked := records(w, w.ourDeals, calls)
		require.Len(t, liked, len(plainly))
		for i := range plainly {
			assert.Equal(t, core(plainly[i]), core(liked[i]))
		}
	})
}

// If the seller had said what the buyer said, the call would not have moved the
// deal.
func TestSwappingBuyerAndSellerIsNoAdvance(t *testing.T) {
	forWorlds(t, oracle.Options{Clean: true, Tidy: true}, func(t *testing.T, w world, _ *rand.Rand) {
		states := map[outcome.DealID]outcome.State{}
		for _, c := range outcome.Resolve(w.ourCalls) {
			s, ok := states[c.Call.Deal]
			if !ok {
				s, _ = openOf(w, c.Call.Deal)
			}
			next, v, err := w.ev.Apply(s, *c.Call)
			require.NoError(t, err)
			if v.Result() == outcome.Advance {
				swapped := *c.Call
				swapped.Kind = "" // its taking place alone may keep a promise
				swapped.Commitments = slices.Clone(swapped.Commitments)
				for i := range swapped.Commitments {
					swapped.Commitments[i].By = commitment.Seller
					if swapped.Commitments[i].Status == commitment.Waived {
						swapped.Commitments[i].Status = commitment.Given
					}
				}
				_, sv, err := w.ev.Apply(s, swapped)
				require.NoError(t, err)
				assert.False(t, sv.Result().Moved(), sv.Result())
				assert.True(t, sv.Credited().IsEmpty())
			}
			states[c.Call.Deal] = next
		}
	})
}

// Turning what was kept into broken, in any one call, never leaves the deal at a
// later stage.
func TestKeptToBrokenNeverRaisesTheStage(t *testing.T) {
	forWorlds(t, oracle.Options{Clean: true, Tidy: true}, func(t *testing.T, w world, _ *rand.Rand) {
		won := w.ev.Process().Won()
		states := map[outcome.DealID]outcome.State{}
		for _, c := range outcome.Resolve(w.ourCalls) {
			s, ok := states[c.Call.Deal]
			if !ok {
				s, _ = openOf(w, c.Call.Deal)
			}
			next, v, err := w.ev.Apply(s, *c.Call)
			require.NoError(t, err)
			worse := *c.Call
			worse.Commitments = slices.Clone(worse.Commitments)
			changed := false
			for i := range worse.Commitments {
				if worse.Commitments[i].Status == commitment.Kept {
					worse.Commitments[i].Status, changed = commitment.Broken, true
				}
			}
			if changed {
				_, wv, err := w.ev.Apply(s, worse)
				require.NoError(t, err)
				better, _ := w.ev.Process().StageByID(v.To())
				after, _ := w.ev.Process().StageByID(wv.To())
				if better.Index() <= won && after.Index() <= won {
					assert.LessOrEqual(t, after.Index(), better.Index())
				}
			}
			states[c.Call.Deal] = next
		}
	})
}

// Shifting every instant by whole weeks, where no clock changes, changes
// nothing but dates.
func TestShiftingTimeChangesNothingButDates(t *testing.T) {
	const shift = 3 * 7 * 24 * time.Hour
	moved := func(when outcome.When) outcome.When {
		switch {
		case when.IsZero():
			return when
		case when.IsDate():
			t := when.Start(time.UTC).Add(shift)
			return outcome.On(t.Year(), t.Month(), t.Day())
		}
		return outcome.At(when.Start(time.UTC).Add(shift))
	}
	forWorlds(t, oracle.Options{Clean: true}, func(t *testing.T, w world, _ *rand.Rand) {
		if zone := w.ev.Process().Zone(); zone != time.UTC && zone.String() != "UTC" && zone.String() != "Asia/Kolkata" {
			return
		}
		deals, calls := slices.Clone(w.ourDeals), slices.Clone(w.ourCalls)
		for i := range deals {
			if !deals[i].Opened.IsZero() {
				deals[i].Opened = deals[i].Opened.Add(shift)
			}
		}
		for i := range calls {
			c := &calls[i]
			c.At = c.At.Add(shift)
			if !c.PlannedAt.IsZero() {
				c.PlannedAt = c.PlannedAt.Add(shift)
			}
			if c.Pause != nil {
				c.Pause = &outcome.Pause{Until: moved(c.Pause.Until), Reason: c.Pause.Reason}
			}
			c.Commitments = slices.Clone(c.Commitments)
			for j := range c.Commitments {
				c.Commitments[j].Due = moved(c.Commitments[j].Due)
			}
		}
		before, after := records(w, w.ourDeals, w.ourCalls), records(w, deals, calls)
		require.Len(t, after, len(before))
		for i := range before {
			assert.Equal(t, before[i].At.Add(shift), after[i].At)
			after[i].At = before[i].At
			assert.Equal(t, plain(before[i]), plain(after[i]))
		}
	})
}

// One evaluator serves many goroutines. Run with -race this is the proof.
func TestConcurrentUse(t *testing.T) {
	w := newWorld(t, 7, oracle.Options{})
	want := bytesOf(t, records(w, w.ourDeals, w.ourCalls))
	var all sync.WaitGroup
	got := make([]string, 8)
	for i := range got {
		all.Go(func() {
			got[i] = bytesOf(t, records(w, w.ourDeals, w.ourCalls))
			s, _ := openOf(w, w.ourCalls[0].Deal)
			for _, c := range outcome.Resolve(w.ourCalls) {
				if c.Call.Deal == s.Deal() {
					s, _, _ = w.ev.Apply(s, *c.Call)
				}
			}
			_, _ = w.ev.Standing(s, s.LastAt())
			_, _ = w.ev.Plan(s, s.LastAt(), "")
		})
	}
	all.Wait()
	for i := range got {
		assert.Equal(t, want, got[i])
	}
}
