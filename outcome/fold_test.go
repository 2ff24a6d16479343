package outcome_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
