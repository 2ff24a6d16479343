package examples_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

func TestPleasantConversation(t *testing.T) {
	ev := evaluator(t, "ten-commitments")
	page := map[string]string{}
	results := map[outcome.CallID]outcome.Result{}
	states, errs := ev.Replay(nil, calls(t, "pleasant-conversation/calls.jsonl"), func(v outcome.Verdict) {
		r := v.Record()
		results[r.Call] = r.Result
		page["verdict: "+string(r.Call)] = verdictText(r)
	})
	require.Empty(t, errs)
	require.Len(t, states, 2)
	plan, err := ev.Plan(states[0], time.Date(2026, 3, 12, 11, 0, 0, 0, time.UTC), "first_meeting")
	require.NoError(t, err)
	page["plan: first_meeting"] = planText(plan)
	comparePage(t, "pleasant-conversation/README.md", page)

	assert.Equal(t, map[outcome.CallID]outcome.Result{
		"pleasant": outcome.Continuation, "refocused": outcome.Advance, "meeting": outcome.Continuation,
	}, results)
}

// TestTheSellersOwnIdea is what the page invites its readers to try.
func TestTheSellersOwnIdea(t *testing.T) {
	ev := evaluator(t, "ten-commitments")
	records := calls(t, "pleasant-conversation/calls.jsonl")[1:2]
	records[0].Commitments[0].By = commitment.Seller
	ev.Replay(nil, records, func(v outcome.Verdict) { assert.Equal(t, outcome.Continuation, v.Result()) })

	meeting := calls(t, "pleasant-conversation/calls.jsonl")
	extra, err := outcome.DecodeCall([]byte(`{"deal":"d","at":"2026-03-12T10:00:00Z","commitments":[
		{"commitment":"explore","by":"buyer","due":"2026-03-19T09:00:00Z","people":[{"name":"Daniel Hollis"},{"name":"Rita Okoye"}],"evidence":["calendar"]}]}`))
	require.NoError(t, err)
	meeting[2].Commitments = append(meeting[2].Commitments, extra.Commitments...)
	ev.Replay(nil, meeting, func(v outcome.Verdict) {
		if v.Call().ID == "meeting" {
			assert.Equal(t, outcome.Advance, v.Result())
		}
	})
}

func verdictText(r outcome.VerdictRecord) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s   %s -> %s\n\n%s", strings.ToUpper(r.Result.String()), r.From, r.To, wrap("", r.Why))
	for i, f := range r.Findings {
		if i == 0 {
			b.WriteString("\n")
		}
		b.WriteString(wrap("- ", fmt.Sprintf("%s [%s]", f.Message, f.Code)))
	}
	return b.String()
}

func planText(p outcome.Plan) string {
	var b strings.Builder
	for _, a := range p.Asks {
		b.WriteString(wrap("", a.Name+":") + wrap("  ", a.Ask))
	}
	return b.String()
}

// wrap breaks a text into lines of at most 100 characters. The first begins
// with a mark, and the others are as far in.
func wrap(mark, text string) string {
	var b strings.Builder
	line := mark
	for _, word := range strings.Fields(text) {
		if len([]rune(line))+len([]rune(word)) > 100 {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = strings.Repeat(" ", len(mark))
		}
		line += word + " "
	}
	return b.String() + strings.TrimRight(line, " ") + "\n"
}
