package diff

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
)

func history(t *testing.T, lines ...string) History {
	t.Helper()
	h := History{
		Deals: []outcome.Deal{{Deal: "A", Name: "Acme"}, {Deal: "C", Stage: "end"}},
		At:    time.Date(2026, time.January, 12, 0, 0, 0, 0, time.UTC),
	}
	for _, line := range lines {
		c, err := outcome.DecodeCall([]byte(line))
		require.NoError(t, err)
		h.Calls = append(h.Calls, c)
	}
	return h
}

var twoDeals = []string{
	`{"id":"a1","deal":"A","at":"2026-01-05T10:00:00Z","kind":"cold","commitments":[{"commitment":"talk","by":"buyer","due":"2026-01-08"}]}`,
	`{"id":"a2","deal":"A","at":"2026-01-08T10:00:00Z","kind":"meeting","commitments":[{"commitment":"data","by":"buyer","due":"2026-01-20","evidence":["email"]}]}`,
	`{"id":"b1","deal":"B","at":"2026-01-06T10:00:00Z","kind":"cold","commitments":[{"commitment":"talk","by":"buyer","due":"2026-01-09"}]}`,
}

func TestReplayTightened(t *testing.T) {
	old := parse(t, small)
	new := parse(t, small, "version: 1", "version: 2", "email, document", "document")
	e := Replay(old, new, history(t, twoDeals...))

	assert.Equal(t, 3, e.Deals)
	assert.Equal(t, 3, e.Calls)
	assert.Equal(t, []DealEffect{{Deal: "A", Name: "Acme", Was: Standing{Stage: "end"}, Is: Standing{Stage: "middle"}}}, e.Moved)
	require.Len(t, e.Verdicts, 1)
	v := e.Verdicts[0]
	assert.Equal(t, outcome.CallID("a2"), v.Call)
	assert.Equal(t, []string{"result", "stage", "credit", "commitments", "target", "findings"}, v.Differs)
	assert.Equal(t, outcome.Advance, v.Was.Result)
	assert.Equal(t, outcome.Continuation, v.Is.Result)
	assert.Contains(t, v.Is.Findings, "unqualified:data")
	assert.Contains(t, e.Stages, StageTally{Stage: "end", Was: 2, Is: 1})
	assert.Contains(t, e.Results, ResultTally{Result: outcome.Continuation, Was: 0, Is: 1})
	assert.Contains(t, e.Findings, FindingTally{Code: "unqualified", Was: 0, Is: 1})
	assert.Equal(t, []Uncarried{{Deal: "A", Name: "Acme", Reasons: []string{"“Share data” was given and requires more now"}}}, e.Replays)
	assert.Empty(t, e.Faults)
}

func TestReplayRenamed(t *testing.T) {
	old := parse(t, small)
	new := parse(t, small, "version: 1", "version: 2", "  data: {", "  figures: {renamed_from: data, ", "[data, trial]", "[figures, trial]",
		"exit: [data,", "exit: [figures,", "outcome: data", "outcome: figures", "id: middle", "id: centre")
	e := Replay(old, new, history(t, twoDeals...))
	assert.Empty(t, e.Moved)
	assert.Empty(t, e.Verdicts)
	assert.Empty(t, e.Replays)
	assert.Empty(t, e.Findings)
}

func TestReplayStageGone(t *testing.T) {
	old := parse(t, small)
	new := parse(t, small, "  - {id: end, name: End, ladder: [sign], exit: sign, gate: hard}\n", "", "ladder: [data, trial], exit: [data,", "ladder: [data, trial, sign], exit: [sign,")
	e := Replay(old, new, history(t))
	assert.Equal(t, []DealEffect{{Deal: "C", Was: Standing{Stage: "end"}, Is: Standing{Stage: "start"}}}, e.Moved)
	require.Len(t, e.Faults, 1)
	assert.ErrorContains(t, e.Faults[0], `the stage "end" is not in process small`)
	assert.Contains(t, e.Stages, StageTally{Stage: "end", Was: 1})
}
