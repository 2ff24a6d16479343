package outcome_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func meeting(id outcome.CallID, at time.Time) outcome.Call {
	return outcome.Call{ID: id, Deal: "D-1", At: at, Commitments: []outcome.Entry{
		{Commitment: "first_meeting", By: commitment.Buyer, Due: outcome.At(at.Add(24 * time.Hour))},
	}}
}

func opened(t testing.TB, ev *outcome.Evaluator) outcome.State {
	t.Helper()
	s, err := outcome.Open(ev.Process(), outcome.Deal{Deal: "D-1"})
	require.NoError(t, err)
	return s
}

func TestApplyRefuses(t *testing.T) {
	ev := outcome.NewEvaluator(smallSale(t), outcome.Options{})
	s, _, err := ev.Apply(opened(t, ev), meeting("b", noon))
	require.NoError(t, err)

	late := new(outcome.LateError)
	seen := new(outcome.SeenError)
	for name, tt := range map[string]struct {
		call outcome.Call
		as   any
		text string
	}{
		"an earlier call":                {meeting("c", noon.Add(-1)), &late, `deal "D-1": call "c" of 2026-11-02T11:59:59Z comes before call "b" of 2026-11-02T12:00:00Z, which has been applied: replay the history`},
		"a smaller id at the same time":  {meeting("a", noon), &late, `deal "D-1": call "a" of 2026-11-02T12:00:00Z comes before call "b" of 2026-11-02T12:00:00Z, which has been applied: replay the history`},
		"the same call":                  {meeting("b", noon), &seen, `deal "D-1": call "b" has been applied already`},
		"the same call with another day": {meeting("b", noon.Add(time.Hour)), &seen, `deal "D-1": call "b" has been applied already`},
	} {
		after, v, err := ev.Apply(s, tt.call)
		require.ErrorAs(t, err, tt.as, name)
		assert.EqualError(t, err, tt.text)
		assert.True(t, after.Equal(s), "the state is returned as it came")
		assert.Zero(t, v.Result())
	}

	corrected := meeting("b", noon)
	corrected.Revision = 1
	_, _, err = ev.Apply(s, corrected)
	require.ErrorAs(t, err, &late, "a correction of the last call needs its history")

	other := meeting("z", noon.Add(time.Hour))
	other.Deal = "D-2"
	_, _, err = ev.Apply(s, other)
	var wrong *outcome.DealError
	require.ErrorAs(t, err, &wrong)
	assert.EqualError(t, err, `a call of deal "D-2" can not be applied to deal "D-1"`)

	_, _, err = ev.Apply(s, meeting("c", noon))
	require.NoError(t, err, "a greater id at the same time is later")
}

func TestAStateBelongsToItsProcess(t *testing.T) {
	ev := outcome.NewEvaluator(smallSale(t), outcome.Options{})
	s := opened(t, ev)
	for name, change := range map[string]func(*process.Definition){
		"another process":         func(d *process.Definition) { d.ID = "other" },
		"another version":         func(d *process.Definition) { d.Version = 2 },
		"another meaning":         func(d *process.Definition) { d.Defaults.LapsesAfter = "8d" },
		"another order of ladder": func(d *process.Definition) { l := d.Stages[0].Ladder; l[0], l[1] = l[1], l[0] },
	} {
		def := ev.Process().Definition()
		change(&def)
		p, err := def.Compile()
		require.NoError(t, err)
		theirs := outcome.NewEvaluator(p, outcome.Options{})
		_, _, err = theirs.Apply(s, meeting("a", noon))
		var wrong *outcome.ProcessError
		require.ErrorAs(t, err, &wrong, name)
		assert.Equal(t, ev.Process().Ref(), wrong.Have)
		assert.Equal(t, p.Ref(), wrong.Want)
		_, err = theirs.Standing(s, noon)
		require.ErrorAs(t, err, &wrong)
		_, err = theirs.Plan(s, noon, "")
		require.ErrorAs(t, err, &wrong)
		_, err = theirs.Next(s, noon)
		require.ErrorAs(t, err, &wrong)
	}

	def := ev.Process().Definition()
	def.Name, def.Commitments[0].Ask, def.Findings = "Another name", "Another ask?", map[string]diagnostic.Severity{"happy_ears": diagnostic.Ignore}
	p, err := def.Compile()
	require.NoError(t, err)
	_, _, err = outcome.NewEvaluator(p, outcome.Options{}).Apply(s, meeting("a", noon))
	require.NoError(t, err, "texts and severities are no meaning")
}

func TestAStoredStateIsChecked(t *testing.T) {
	ev := outcome.NewEvaluator(smallSale(t), outcome.Options{})
	ref := string(asJSON(t, ev.Process().Ref()))
	for name, tt := range map[string]struct{ stored, err string }{
		"no JSON":              {`{`, "unexpected end of JSON input"},
		"an unknown field":     {`{"deal":"D-1","what":1}`, "reading the state of a deal"},
		"an unknown flag":      {`{"deal":"D-1","commitments":[{"commitment":"a","is":["happy"]}]}`, `reading the state of deal "D-1": "a" can not be "happy"`},
		"no such commitment":   {`{"deal":"D-1","process":` + ref + `,"commitments":[{"commitment":"a","is":["held"]}]}`, `reading the state of deal "D-1": it holds "a", which its process does not have`},
		"no such mark":         {`{"deal":"D-1","process":` + ref + `,"mark":"a","commitments":[]}`, `reading the state of deal "D-1": its mark is "a", which its process does not have`},
		"a lost stage that is": {`{"deal":"D-1","process":` + ref + `,"lost":"won","commitments":[]}`, `reading the state of deal "D-1": it stands in "won", which is no lost stage of its process`},
	} {
		t.Run(name, func(t *testing.T) {
			var s outcome.State
			err := json.Unmarshal([]byte(tt.stored), &s)
			if err == nil {
				_, _, err = ev.Apply(s, meeting("a", noon))
			}
			require.ErrorContains(t, err, tt.err)
		})
	}
	var s outcome.State
	require.EqualError(t, s.Scan(nil), "reading the state of a deal: the column is NULL")
	require.EqualError(t, s.Scan(7), "reading the state of a deal: can not read a column of type int")
}

func TestOpenOnTrust(t *testing.T) {
	p := smallSale(t)
	ev := outcome.NewEvaluator(p, outcome.Options{})
	s, err := outcome.Open(p, outcome.Deal{Deal: "D-1", Stage: "decision", Opened: noon})
	require.NoError(t, err)
	st, err := ev.Standing(s, noon)
	require.NoError(t, err)
	assert.Equal(t, process.StageID("decision"), st.Stage)
	assert.Equal(t, []commitment.ID{"first_meeting", "share_data", "decision_maker"}, st.Held)
	assert.Equal(t, []commitment.ID{"first_meeting"}, st.Kept)
	assert.Equal(t, noon.Add(30*24*time.Hour), st.NextChange, "what is held on trust does not lapse; the deal stalls")

	_, err = outcome.Open(p, outcome.Deal{Deal: "D-1", Stage: "decison"})
	var unknown *outcome.UnknownStageError
	require.ErrorAs(t, err, &unknown)
	assert.EqualError(t, err, `deal "D-1": the stage "decison" is not in process small: did you mean "decision"?`)
}

func TestPlan(t *testing.T) {
	ev := outcome.NewEvaluator(smallSale(t), outcome.Options{})
	s, _, err := ev.Apply(opened(t, ev), meeting("a", noon))
	require.NoError(t, err)
	plan, err := ev.Plan(s, noon.Add(time.Hour), "cold_call")
	require.NoError(t, err)
	assert.False(t, plan.Belongs, "a cold call belongs to the stage before")
	require.Len(t, plan.Asks, 2)
	assert.Equal(t, commitment.ID("first_meeting"), plan.Asks[0].Commitment)
	assert.Equal(t, outcome.RolePrimary, plan.Asks[0].Role)
	assert.False(t, plan.Asks[0].Credited, "it is held already")
	assert.EqualValues(t, "3w", plan.Asks[0].Requires.Within)
	assert.False(t, plan.Asks[1].Credited, "it ranks below what is held")
	assert.Equal(t, "How is Thursday?", plan.Refocus)
	assert.Equal(t, []string{"demo", "needs_analysis"}, plan.NotFor)

	plan, err = ev.Plan(s, noon.Add(time.Hour), "")
	require.NoError(t, err)
	var asks []commitment.ID
	for _, a := range plan.Asks {
		asks = append(asks, a.Commitment)
		assert.True(t, a.Credited)
	}
	assert.Equal(t, []commitment.ID{"decision_maker", "second_meeting", "share_data"}, asks, "strongest first")

	next, err := ev.Next(s, noon.Add(time.Hour))
	require.NoError(t, err)
	var short []commitment.ID
	for _, n := range next {
		short = append(short, n.Commitment)
	}
	assert.Equal(t, asks, short)

	_, err = ev.Plan(s, noon, "col_call")
	var unknown *outcome.UnknownKindError
	require.ErrorAs(t, err, &unknown)
	assert.EqualError(t, err, `the call kind "col_call" is not in process small: did you mean "cold_call"?`)
}

func TestHouseRules(t *testing.T) {
	p := smallSale(t)
	strict := outcome.RuleFunc(func(c outcome.Change) outcome.Opinion {
		if c.Call.Channel != "email" {
			return outcome.Opinion{}
		}
		c.Call.Deal, c.Before.Held = "forged", commitment.Set{} // what a rule is shown is its own copy
		return outcome.Opinion{
			Findings:  []outcome.HouseFinding{{Code: "by_email", Severity: diagnostic.Warning, Commitment: "first_meeting", Message: "Only by e-mail"}, {Code: "quiet"}},
			NoAdvance: "an e-mail is not enough",
		}
	})
	ev := outcome.NewEvaluator(p, outcome.Options{House: []outcome.Rule{strict}})
	plain := outcome.NewEvaluator(p, outcome.Options{})

	c := meeting("a", noon)
	c.Rating = outcome.Great
	want, v, err := ev.Apply(opened(t, ev), c)
	require.NoError(t, err)
	assert.Equal(t, outcome.Advance, v.Result())

	c.Channel = "email"
	got, v, err := ev.Apply(opened(t, ev), c)
	require.NoError(t, err)
	r := v.Record()
	assert.Equal(t, outcome.Continuation, r.Result)
	assert.Equal(t, []commitment.ID{"first_meeting"}, r.Credited, "what was obtained stays so")
	assert.Equal(t, "The buyer agreed to take a first meeting by 3 November, but by a rule of the house that is no advance: an e-mail is not enough. The deal moved to Discovery. An advance would have been to bring the decision maker or at least to share the figures.", r.Why)
	codes := []string{}
	for _, f := range r.Findings {
		codes = append(codes, f.Code)
	}
	assert.Equal(t, []string{"no_target", "happy_ears", "house_by_email"}, codes)
	assert.Equal(t, outcome.DealID("D-1"), r.Deal)
	assert.True(t, got.Equal(want), "a rule changes no state")
	assert.Equal(t, diagnostic.Warning, v.Worst())

	quiet := outcome.Call{ID: "b", Deal: "D-1", At: noon, Channel: "email"}
	_, v, err = ev.Apply(opened(t, ev), quiet)
	require.NoError(t, err)
	_, pv, err := plain.Apply(opened(t, plain), quiet)
	require.NoError(t, err)
	assert.Equal(t, pv.Result(), v.Result(), "a rule raises no result")
}
