package outcome_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// One by one, in place, and made ready beforehand: the same verdicts and states.
func TestAFoldIsApplyInPlace(t *testing.T) {
	ev, s, calls := aHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	g, err := ev.Fold(s)
	require.NoError(t, err)
	var v, w outcome.Verdict
	for i := range calls {
		next, verdict, err := ev.Apply(s, calls[i])
		require.NoError(t, err)
		require.NoError(t, f.Apply(&calls[i], &v))
		assert.Equal(t, verdict.Record(), v.Record())
		ready, err := ev.Prepare(&calls[i])
		require.NoError(t, err)
		require.NoError(t, g.Judge(&ready, &w))
		assert.Equal(t, verdict.Record(), w.Record())
		s = next
		assert.True(t, s.Equal(f.State()))
		assert.True(t, s.Equal(g.State()))
	}
}

// A verdict that was copied stays as it is when the original is used again.
func TestACopyOfAVerdictStays(t *testing.T) {
	ev, s, calls := aHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	var v outcome.Verdict
	var copies []outcome.Verdict
	var records []outcome.VerdictRecord
	for i := range calls {
		require.NoError(t, f.Apply(&calls[i], &v))
		copies, records = append(copies, v), append(records, v.Record())
	}
	for i := range copies {
		assert.Equal(t, records[i], copies[i].Record())
	}
}

func TestAFoldRefuses(t *testing.T) {
	ev, s, calls := aHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	var v outcome.Verdict
	require.NoError(t, f.Apply(&calls[1], &v))
	before := f.State()

	var late *outcome.LateError
	require.ErrorAs(t, f.Apply(&calls[0], &v), &late)
	var seen *outcome.SeenError
	require.ErrorAs(t, f.Apply(&calls[1], &v), &seen)
	elsewhere := calls[2]
	elsewhere.Deal = "D-2"
	var other *outcome.DealError
	require.ErrorAs(t, f.Apply(&elsewhere, &v), &other)
	var bad *outcome.RecordError
	require.ErrorAs(t, f.Apply(&outcome.Call{Deal: "D-1"}, &v), &bad)

	names := process.BuiltinNames()
	p, err := process.Builtin(names[len(names)-1])
	require.NoError(t, err)
	foreign := outcome.NewEvaluator(p, outcome.Options{})
	ready, err := foreign.Prepare(&calls[2])
	require.NoError(t, err)
	var process *outcome.ProcessError
	require.ErrorAs(t, f.Judge(&ready, &v), &process)
	require.ErrorAs(t, f.Judge(&outcome.Prepared{}, &v), &process)
	require.ErrorAs(t, errors.Join(func() error { _, err := foreign.Fold(before); return err }()), &process)
	assert.True(t, before.Equal(f.State()))
	assert.Equal(t, time.Duration(0), f.State().LastAt().Sub(before.LastAt()))
}

// A state that was stored stands as it stood, after a call that does nothing
// too.
func TestAStoredStateStandsAfterAQuietCall(t *testing.T) {
	ev, s, quiet := underway(t)
	text, err := json.Marshal(s)
	require.NoError(t, err)
	var stored outcome.State
	require.NoError(t, json.Unmarshal(text, &stored))
	want, _, err := ev.Apply(s, quiet)
	require.NoError(t, err)
	got, _, err := ev.Apply(stored, quiet)
	require.NoError(t, err)
	for _, at := range []time.Time{quiet.At, quiet.At.AddDate(0, 0, 20), quiet.At.AddDate(1, 0, 0)} {
		before, err := ev.Standing(want, at)
		require.NoError(t, err)
		after, err := ev.Standing(got, at)
		require.NoError(t, err)
		assert.Equal(t, before, after)
		assert.NotEmpty(t, before.Deal)
	}
}

// Saving in place gives what State gives, whatever was saved there before.
func TestSaveIsStateInPlace(t *testing.T) {
	ev, s, calls := aHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	var v outcome.Verdict
	saved := s
	for i := range calls {
		require.NoError(t, f.Reset(saved))
		require.NoError(t, f.Apply(&calls[i], &v))
		want := f.State()
		f.Save(&saved)
		assert.True(t, want.Equal(saved), i)
	}
	var elsewhere outcome.State
	f.Save(&elsewhere)
	assert.True(t, saved.Equal(elsewhere))
	require.NoError(t, f.Reset(s)) // one that holds nothing
	f.Save(&elsewhere)
	assert.True(t, s.Equal(elsewhere))
}

// A call that was made ready in place is what it was after one that can not be.
func TestPrepareIntoTellsWhatItCanNot(t *testing.T) {
	ev, s, calls := aHistory(t)
	f, err := ev.Fold(s)
	require.NoError(t, err)
	var ready outcome.Prepared
	var bad *outcome.RecordError
	var process *outcome.ProcessError
	var v outcome.Verdict
	require.ErrorAs(t, ev.PrepareInto(&ready, &outcome.Call{}), &bad)
	require.ErrorAs(t, f.Judge(&ready, &v), &process)
	require.NoError(t, ev.PrepareInto(&ready, &calls[0]))
	require.ErrorAs(t, ev.PrepareInto(&ready, &outcome.Call{}), &bad)
	require.NoError(t, f.Judge(&ready, &v))
	assert.Equal(t, calls[0].ID, v.Call().ID)
	require.NoError(t, ev.PrepareInto(&ready, &calls[1]))
	require.NoError(t, f.Judge(&ready, &v))
	assert.Equal(t, calls[1].ID, v.Call().ID)
	assert.Equal(t, v.PlainRecord(), v.Record())
}

// Calls that were made ready are judged, and told of, by many at once.
func TestPreparedIsForMany(t *testing.T) {
	w := newWorld(t, 7, oracle.Options{Deals: 20})
	var ready []outcome.Prepared
	var of []outcome.DealID
	for _, c := range outcome.Resolve(w.ourCalls) {
		if r, err := w.ev.Prepare(c.Call); err == nil {
			ready, of = append(ready, r), append(of, c.Call.Deal)
		}
	}
	var wait sync.WaitGroup
	told := make([][]outcome.VerdictRecord, 4)
	for i := range told {
		wait.Go(func() {
			folds := map[outcome.DealID]*outcome.Fold{}
			var v outcome.Verdict
			for n, r := range ready {
				f := folds[of[n]]
				if f == nil {
					s, _ := outcome.Open(w.ev.Process(), outcome.Deal{Deal: of[n]})
					f, _ = w.ev.Fold(s)
					folds[of[n]] = f
				}
				if f.Judge(&r, &v) == nil {
					told[i] = append(told[i], v.Record())
				}
			}
		})
	}
	wait.Wait()
	require.NotEmpty(t, told[0])
	for _, records := range told[1:] {
		assert.Equal(t, told[0], records)
	}
}

// A verdict is still that of the call before one that was refused.
func TestARefusedCallLeavesTheVerdict(t *testing.T) {
	ev, s, calls := aHistory(t)
	other := outcome.NewEvaluator(ev.Process(), outcome.Options{})
	f, err := ev.Fold(s)
	require.NoError(t, err)
	late, err := other.Prepare(&calls[0])
	require.NoError(t, err)
	ready, err := ev.Prepare(&calls[1])
	require.NoError(t, err)
	var v outcome.Verdict
	require.NoError(t, f.Judge(&ready, &v))
	was := v.Record()
	require.Error(t, f.Judge(&late, &v))
	assert.Equal(t, calls[1].ID, v.Call().ID)
	assert.Equal(t, was, v.Record())
}

// TestPreparedByAnotherEvaluator judges calls of many turns that an evaluator of
// the same process prepared, which numbers what it meets in another order.
func TestPreparedByAnotherEvaluator(t *testing.T) {
	for seed := range uint64(30) {
		w := newWorld(t, 4000+seed, oracle.Options{Deals: 30})
		other := outcome.NewEvaluator(w.ev.Process(), outcome.Options{})
		resolved := outcome.Resolve(w.ourCalls)
		for i := len(resolved) - 1; i >= 0; i-- { // so that its numbers are not ours
			_, _ = other.Prepare(resolved[i].Call)
		}
		folds := map[outcome.DealID]*outcome.Fold{}
		for _, c := range resolved {
			ours, err := w.ev.Prepare(c.Call)
			if err != nil {
				continue
			}
			theirs, err := other.Prepare(c.Call)
			require.NoError(t, err)
			f := folds[c.Call.Deal]
			if f == nil {
				s, err := outcome.Open(w.ev.Process(), outcome.Deal{Deal: c.Call.Deal})
				require.NoError(t, err)
				f, err = w.ev.Fold(s)
				require.NoError(t, err)
				folds[c.Call.Deal] = f
			}
			before := f.State()
			var got, want outcome.Verdict
			require.NoError(t, f.Judge(&theirs, &got))
			after := f.State()
			require.NoError(t, f.Reset(before))
			require.NoError(t, f.Judge(&ours, &want))
			require.Equal(t, want.PlainRecord(), got.PlainRecord(), "seed %d, call %s", seed, c.Call.ID)
			require.Equal(t, want.PlainRecord(), got.Record(), "seed %d, call %s", seed, c.Call.ID)
			require.True(t, f.State().Equal(after))
		}
	}
}
