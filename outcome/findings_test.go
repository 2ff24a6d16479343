package outcome_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// small is a process that has everything in it once.
const small = `
advance: 1
id: small
version: 1
name: Small sale
roles: [champion, economic_buyer]
loss_reasons: [budget, no_decision]
defaults:
  lapses_after: 7d
  stalls_after: {calls: 3, time: 30d}
commitments:
  referral:        {name: Introduce us, ask: "Who else should hear of this?"}
  first_meeting:   {name: Take a first meeting, ask: "How is Thursday?", requires: {within: 21d}}
  share_data:      {name: Share the figures, ask: "Could you send us the figures?", requires: {dated: false, evidence: document}}
  second_meeting:  {name: Take a second meeting, ask: "Shall we meet again?"}
  decision_maker:  {name: Bring the decision maker, ask: "Who signs this?", requires: {people: 2, roles: economic_buyer}}
  sign:            {name: Sign the agreement, ask: "Will you sign on Friday?", requires: {evidence: {any: [signature, email]}}, lapses_after: none}
  kickoff:         {name: Hold the kick-off, ask: "When shall we begin?"}
call_kinds:
  cold_call: {name: Cold call, outcome: first_meeting, fallbacks: [referral], not_for: [demo, needs_analysis], refocus: "How is Thursday?", stages: [target]}
  discovery: {name: Discovery, outcome: decision_maker, fallbacks: [second_meeting, share_data], keeps: [first_meeting]}
stages:
  - {id: target, name: Target, ladder: [referral, first_meeting], exit: first_meeting}
  - id: discovery
    name: Discovery
    ladder: [share_data, second_meeting, decision_maker]
    exit: [{kept: first_meeting}, {any: [share_data, decision_maker]}]
  - {id: decision, name: Decision, ladder: [sign], exit: sign, gate: hard}
  - {id: won, name: Won, closes: won, ladder: [kickoff]}
  - {id: lost, name: Lost, closes: lost}
  - {id: unqualified, name: Unqualified, closes: lost}
`

func smallSale(t testing.TB) *process.Process {
	t.Helper()
	p, err := process.Parse("small.yaml", []byte(small))
	require.NoError(t, err)
	return p
}

// Every finding, every status and every result occurs in one of these stories,
// and the golden file holds what is said of it.
var stories = []struct {
	name  string
	deal  string
	calls []string
}{
	{
		"a cold call that got the appointment, and its meeting", "",
		[]string{
			`{"at":"2026-11-02T10:00:00Z","kind":"cold_call","target":"first_meeting","planned_at":"2026-11-01T16:00:00Z","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-05T15:00:00Z"}]}`,
			`{"at":"2026-11-05T15:00:00Z","kind":"discovery","rating":"great","commitments":[{"other":"call in two weeks","by":"seller"}]}`,
			`{"at":"2026-11-09T10:00:00Z","kind":"discovery","target":"share_data","commitments":[{"commitment":"share_data","by":"buyer","evidence":["document"]},{"commitment":"second_meeting","by":"buyer","due":"2026-11-16"}]}`,
			`{"at":"2026-11-16T10:00:00Z","target":"sign","commitments":[{"commitment":"second_meeting","status":"kept","by":"buyer"},{"commitment":"sign","by":"buyer","status":"kept","evidence":["signature"]}]}`,
			`{"at":"2026-11-17T10:00:00Z","contact":"none","commitments":[{"commitment":"kickoff","by":"buyer","due":"2027-01-11"}]}`,
			`{"at":"2026-11-20T10:00:00Z","commitments":[{"commitment":"sign","by":"buyer","status":"withdrawn"}]}`,
		},
	},
	{
		"a pleasant conversation about everything else", "",
		[]string{
			`{"at":"2026-11-02T10:00:00Z","kind":"cold_call","rating":"good","activities":["demo","small_talk","needs_analysis"],"planned_at":"2026-11-03T10:00:00Z"}`,
			`{"at":"2026-11-03T10:00:00Z","rating":"fair"}`,
			`{"at":"2026-11-04T10:00:00Z","kind":"discovery","target":"kickoff","asked":["share_data"]}`,
			`{"at":"2026-11-05T10:00:00Z","kind":"cold_call","contact":"not_reached"}`,
		},
	},
	{
		"what was said and does not count", "",
		[]string{
			`{"at":"2026-11-02T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-10-30"}]}`,
			`{"at":"2026-11-03T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer"},{"commitment":"referral","by":"third_party","due":"2026-11-09"}]}`,
			`{"at":"2026-11-04T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2027-01-30"},{"commitment":"decision_maker","by":"buyer","due":"2026-11-10","people":[{"name":"A","role":"champion"}]},{"commitment":"sign","by":"buyer","due":"2026-11-10"},{"commitment":"referral","status":"waived","by":"buyer"}]}`,
			`{"at":"2026-11-05T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"seller","due":"2026-11-09"}]}`,
			`{"at":"2026-11-06T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","status":"deferred"},{"commitment":"referral","by":"buyer","status":"conditional"},{"other":"a trial","by":"buyer","status":"declined"},{"other":"a coffee at the fair","by":"buyer"}]}`,
			`{"at":"2026-11-07T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","status":"declined"}]}`,
		},
	},
	{
		"held, moved, broken, lapsed and regained", "",
		[]string{
			`{"at":"2026-11-02T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-05"}]}`,
			`{"at":"2026-11-03T10:00:00Z","kind":"cold_call","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-05"}]}`,
			`{"at":"2026-11-04T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-09"},{"commitment":"referral","by":"buyer","due":"2026-11-20"}]}`,
			`{"at":"2026-11-09T10:00:00Z","kind":"discovery","contact":"no_show"}`,
			`{"at":"2026-11-10T10:00:00Z","target":"first_meeting","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-12"},{"commitment":"second_meeting","by":"buyer","status":"broken"}]}`,
			`{"at":"2026-12-10T10:00:00Z","target":"sign","commitments":[{"commitment":"decision_maker","by":"buyer","status":"waived","note":"the owner was there"},{"commitment":"sign","by":"buyer","due":"2026-12-20","evidence":["email"]}]}`,
		},
	},
	{
		"refused, and back", `{"stage":"discovery"}`,
		[]string{
			`{"at":"2026-11-02T10:00:00Z","kind":"discovery","commitments":[{"commitment":"share_data","by":"buyer","evidence":["document"]}]}`,
			`{"at":"2026-11-03T10:00:00Z","kind":"discovery","no_sale":{"by":"buyer","reason":"budget"}}`,
			`{"at":"2026-12-03T10:00:00Z","contact":"none","commitments":[{"commitment":"sign","by":"buyer","due":"2026-12-20","evidence":["signature"]}]}`,
			`{"at":"2026-12-04T10:00:00Z","target":"kickoff","no_sale":{"by":"seller","stage":"unqualified"}}`,
			`{"at":"2026-12-05T10:00:00Z","target":"kickoff","commitments":[{"commitment":"share_data","by":"buyer","evidence":["document"]}]}`,
		},
	},
	{
		"faults of the data", "",
		[]string{
			`{"at":"2026-11-02T10:00:00Z","kind":"cold_cal","target":"frst_meeting","asked":["sing"],"commitments":[{"commitment":"shre_data","by":"buyer"}]}`,
			`{"at":"2026-11-03T10:00:00Z","kind":"cold_call","contact":"not_reached","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-11-05","people":[{"name":"A","role":"champoin"},{"name":"B","role":"boss"}],"evidence":["calender","fax"]}]}`,
			`{"id":"twice","at":"2026-11-04T10:00:00Z","target":"first_meeting","notes":"one"}`,
			`{"id":"twice","at":"2026-11-04T10:00:00Z","target":"first_meeting","notes":"two"}`,
			`{"at":"2026-11-05T10:00:00Z","target":"first_meeting","no_sale":{"by":"buyer","reason":"bugdet","stage":"discovery"}}`,
		},
	},
}

func tell(t testing.TB, ev *outcome.Evaluator, deal string, calls []string) []outcome.VerdictRecord {
	t.Helper()
	with := func(record, fields string) []byte {
		if record == "" || record == "{}" {
			return []byte("{" + fields + "}")
		}
		return []byte("{" + fields + "," + record[1:])
	}
	d, err := outcome.DecodeDeal(with(deal, `"deal":"D-1"`))
	require.NoError(t, err)
	var history []outcome.Call
	for i, record := range calls {
		fields := `"deal":"D-1"`
		if !strings.Contains(record, `"id"`) {
			fields += fmt.Sprintf(`,"id":"c%d"`, i+1)
		}
		c, err := outcome.DecodeCall(with(record, fields))
		require.NoError(t, err, record)
		history = append(history, c)
	}
	var out []outcome.VerdictRecord
	ev.Replay([]outcome.Deal{d}, history, func(v outcome.Verdict) { out = append(out, v.Record()) })
	return out
}

func TestStories(t *testing.T) {
	ev := outcome.NewEvaluator(smallSale(t), outcome.Options{})
	var b strings.Builder
	codes, results, targets := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range stories {
		fmt.Fprintf(&b, "# %s\n\n", s.name)
		for _, r := range tell(t, ev, s.deal, s.calls) {
			fmt.Fprintf(&b, "%s: %s, %s > %s, target %s\n  %s\n", r.Call, r.Result, r.From, r.To, r.Target.Result, r.Why)
			for _, f := range r.Findings {
				codes[f.Code] = true
				fmt.Fprintf(&b, "  - %s %s", f.Severity, f.Code)
				if f.Commitment != "" {
					fmt.Fprintf(&b, " (%s)", f.Commitment)
				}
				fmt.Fprintf(&b, ": %s\n", f.Message)
			}
			b.WriteByte('\n')
			results[r.Result.String()], targets[r.Target.Result.String()] = true, true
		}
	}
	const golden = "testdata/stories.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())

	all := ""
	for _, s := range stories {
		all += strings.Join(s.calls, "\n")
	}
	for _, c := range finding.Codes() {
		assert.True(t, codes[c.String()], "no story has the finding %s", c)
	}
	for _, r := range outcome.ResultNames() {
		assert.True(t, results[r], "no story has the result %s", r)
	}
	for _, s := range commitment.StatusNames()[1:] {
		assert.Contains(t, all, `"`+s+`"`, "no story has the status %s", s)
	}
	for _, r := range outcome.TargetResultNames() {
		assert.True(t, targets[r], "no story has the target result %s", r)
	}
}

func TestSeverityOfTheProcess(t *testing.T) {
	p, err := process.Parse("small.yaml", []byte(small+"findings: {happy_ears: ignore, not_asked: error}\n"))
	require.NoError(t, err)
	r := tell(t, outcome.NewEvaluator(p, outcome.Options{}), "", []string{`{"at":"2026-11-02T10:00:00Z","kind":"cold_call","rating":"great"}`})
	assert.Equal(t, "[{not_asked error  Nothing was asked of the buyer, and nothing was obtained}]", fmt.Sprint(r[0].Findings))
}
