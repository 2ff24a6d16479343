package diff

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
)

const small = `
advance: 1
id: small
version: 1
name: Small
defaults: {requires: {dated: true}, lapses_after: 14d, stalls_after: {calls: 3, time: 30d}}
roles: [boss, user]
loss_reasons: [price, no_need]
commitments:
  talk: {name: Take a meeting, ask: Let us meet on Tuesday.}
  bring: {name: Bring the boss, requires: {people: 2, roles: [boss]}}
  data: {name: Share data, requires: {within: 21d, evidence: {any: [email, document]}}}
  trial: {name: Try it, lapses_after: none}
  sign: {name: Sign, requires: {dated: false, evidence: signature}}
call_kinds:
  cold: {name: Cold call, outcome: talk, not_for: [demo], refocus: Let us meet first., stages: [start]}
  meeting: {name: Meeting, outcome: data, fallbacks: [bring], keeps: [talk, bring]}
stages:
  - {id: start, name: Start, ladder: [talk, bring], exit: {any: [talk, bring]}, probability: 5, forecast: pipeline}
  - {id: middle, name: Middle, ladder: [data, trial], exit: [data, {any: [kept: talk, kept: bring]}]}
  - {id: end, name: End, ladder: [sign], exit: sign, gate: hard}
  - {id: won, name: Won, closes: won}
  - {id: lost, name: Lost, closes: lost}
  - {id: unfit, name: Unfit, closes: lost}
`

func parse(t testing.TB, doc string, pairs ...string) *process.Process {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, doc, pairs[i])
		doc = strings.ReplaceAll(doc, pairs[i], pairs[i+1])
	}
	p, err := process.Parse("small.yaml", []byte(doc))
	require.NoError(t, err)
	return p
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name string
		is   []string // pairs of old and new text
		want []string // weight action part subject
	}{
		{"nothing", nil, nil},
		{"an ask", []string{"on Tuesday", "on Thursday"}, []string{"wording reworded commitment talk"}},
		{"two texts", []string{"name: Cold call", "name: First call", "Let us meet first.", "First things first."}, []string{"wording reworded call_kind cold"}},
		{"the name of the process", []string{"name: Small", "name: Tiny"}, []string{"wording reworded process "}},
		{"another id", []string{"id: small", "id: tiny"}, []string{"meaning renamed process "}},
		{"a time zone", []string{"version: 1", "version: 2\ntimezone: Europe/Berlin"}, []string{"meaning changed process "}},

		{"a commitment added", []string{"  sign:", "  more: {name: More}\n  sign:", "[data, trial]", "[data, more, trial]"}, []string{"meaning added commitment more"}},
		{"a commitment removed", []string{"  trial: {name: Try it, lapses_after: none}\n", "", "[data, trial]", "[data]"}, []string{"meaning removed commitment trial"}},
		{
			"a commitment renamed",
			[]string{"  data: {", "  figures: {renamed_from: data, ", "[data, trial]", "[figures, trial]", "exit: [data,", "exit: [figures,", "outcome: data", "outcome: figures"},
			[]string{"meaning renamed commitment figures"},
		},
		{
			"a commitment that takes another's name",
			[]string{"  data: {", "  trial: {renamed_from: data, ", "  trial: {name: Try it, lapses_after: none}\n", "", "[data, trial]", "[trial]", "exit: [data,", "exit: [trial,", "outcome: data", "outcome: trial"},
			[]string{
				"meaning removed commitment data", "meaning changed commitment trial", "meaning tightened requirement trial", "meaning tightened lapse trial",
				"meaning changed exit middle", "meaning changed call_kind meeting", "wording reworded commitment trial",
			},
		},
		{"a former id", []string{"  trial: {", "  trial: {renamed_from: test, "}, []string{"meaning changed commitment trial"}},
		{"rungs turned", []string{"ladder: [data, trial]", "ladder: [trial, data]"}, []string{"meaning moved commitment trial"}},
		{"a rung moved to another stage", []string{"ladder: [data, trial]", "ladder: [data]", "ladder: [sign]", "ladder: [trial, sign]"}, []string{"meaning moved commitment trial"}},
		{"a rung moved up", []string{"ladder: [data, trial]", "ladder: [trial]", "ladder: [sign]", "ladder: [sign, data]", "exit: [data,", "exit: [trial,", "exit: sign", "exit: [data, sign]"}, []string{
			"meaning moved commitment data", "meaning changed exit middle", "meaning tightened exit end",
		}},

		{"more people", []string{"people: 2", "people: 3"}, []string{"meaning tightened requirement bring"}},
		{"a longer time", []string{"within: 21d", "within: 4w"}, []string{"meaning loosened requirement data"}},
		{"a longer time, and more proof", []string{"within: 21d, evidence: {any: [email, document]}", "within: 4w, evidence: email"}, []string{"meaning changed requirement data"}},
		{"an inherited requirement", []string{"requires: {dated: true}, lapses", "requires: {dated: true, people: 1}, lapses"}, []string{
			"meaning tightened requirement talk", "meaning tightened requirement data", "meaning tightened requirement trial", "meaning tightened requirement sign",
		}},
		{"the order of what is a set", []string{"[email, document]", "[document, email]", "any: [talk, bring]", "any: [bring, talk]", "keeps: [talk, bring]", "keeps: [bring, talk]", "roles: [boss, user]", "roles: [user, boss]"}, nil},
		{"proof that is always there", []string{"roles: [boss]}}", "roles: [boss], evidence: verbal}}"}, []string{"meaning changed process "}},
		{"an earlier lapse", []string{"lapses_after: none", "lapses_after: 90d"}, []string{"meaning tightened lapse trial"}},
		{"a later lapse", []string{"lapses_after: 14d", "lapses_after: 15d"}, []string{
			"meaning loosened lapse talk", "meaning loosened lapse bring", "meaning loosened lapse data", "meaning loosened lapse sign",
		}},

		{"an easier exit", []string{"[data, {any", "[{any: [data, trial]}, {any"}, []string{"meaning loosened exit middle"}},
		{"a harder exit", []string{"exit: {any: [talk, bring]}", "exit: [talk, bring]"}, []string{"meaning tightened exit start"}},
		{"another exit", []string{"exit: {any: [talk, bring]}", "exit: {any: [kept: talk, bring]}", "exit: [data,", "exit: [trial,"}, []string{"meaning tightened exit start", "meaning changed exit middle"}},
		{"an exit in another form", []string{"exit: {any: [talk, bring]}", "exit: {at_least: {n: 1, of: [bring, talk]}}"}, nil},
		{"an exit that says it twice", []string{"exit: sign,", "exit: [sign, {any: [sign, trial]}],"}, []string{"meaning changed process "}},
		{"a soft gate", []string{", gate: hard", ""}, []string{"meaning loosened gate end"}},
		{"a hard gate", []string{"id: start,", "id: start, gate: hard,"}, []string{"meaning tightened gate start"}},
		{"more patience", []string{"calls: 3", "calls: 4"}, []string{"meaning loosened stall start", "meaning loosened stall middle", "meaning loosened stall end"}},
		{"more calls, less time", []string{"id: end,", "id: end, stalls_after: {calls: 9, time: 7d},"}, []string{"meaning changed stall end"}},
		{"endless patience", []string{"id: end,", "id: end, stalls_after: none,"}, []string{"meaning loosened stall end"}},
		{"limits of a stage that is closed", []string{"closes: won", "closes: won, stalls_after: none, gate: hard"}, nil},

		{"a stage added", []string{"  - {id: end,", "  - {id: proof, name: Proof, ladder: [test], exit: test}\n  - {id: end,", "  sign:", "  test: {}\n  sign:"}, []string{"meaning added commitment test", "meaning added stage proof"}},
		{"a stage removed", []string{"  - {id: unfit, name: Unfit, closes: lost}\n", ""}, []string{"meaning removed stage unfit"}},
		{"a stage renamed", []string{"id: middle", "id: centre"}, []string{"meaning renamed stage centre"}},
		{"lost stages turned", []string{"{id: lost, name: Lost, closes: lost}", "{id: unfit, name: Unfit, closes: lost}", "  - {id: unfit, name: Unfit, closes: lost}\n  - {id: unfit, name: Unfit, closes: lost}", "  - {id: unfit, name: Unfit, closes: lost}\n  - {id: lost, name: Lost, closes: lost}"}, []string{"meaning moved stage unfit"}},
		{"a forecast", []string{"probability: 5, forecast: pipeline", "probability: 10, forecast: best_case"}, []string{"advice changed stage start", "advice changed stage start"}},

		{"a call kind added", []string{"  meeting:", "  warm: {outcome: bring}\n  meeting:"}, []string{"meaning added call_kind warm"}},
		{"a call kind removed", []string{"  cold: {name: Cold call, outcome: talk, not_for: [demo], refocus: Let us meet first., stages: [start]}\n", ""}, []string{"meaning removed call_kind cold"}},
		{"a call kind renamed", []string{"  cold: {", "  first: {"}, []string{"meaning renamed call_kind first"}},
		{"another outcome", []string{"outcome: talk", "outcome: bring"}, []string{"meaning changed call_kind cold"}},
		{"another thing kept", []string{"keeps: [talk, bring]", "keeps: [talk]"}, []string{"meaning changed call_kind meeting"}},
		{"another fallback", []string{"fallbacks: [bring]", "fallbacks: [bring, talk]"}, []string{"advice changed call_kind meeting"}},
		{"other activities", []string{"not_for: [demo]", "not_for: [pricing]"}, []string{"advice added call_kind cold", "advice removed call_kind cold"}},
		{"another home", []string{"stages: [start]", "stages: [middle, start]"}, []string{"advice changed call_kind cold"}},

		{"a role", []string{"roles: [boss, user]", "roles: [boss, user, legal]"}, []string{"advice added vocabulary roles"}},
		{"any role", []string{"roles: [boss, user]\n", ""}, []string{"advice loosened vocabulary roles"}},
		{"a reason", []string{"[price, no_need]", "[price]"}, []string{"advice removed vocabulary loss_reasons"}},
		{"a severity", []string{"version: 1", "version: 1\nfindings: {happy_ears: info, lost_focus: error}"}, []string{"advice tightened finding lost_focus", "advice loosened finding happy_ears"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			old, new := parse(t, small), parse(t, small, c.is...)
			r := Compare(old, new)
			var got []string
			meaning := false
			for _, ch := range r.Changes {
				got = append(got, fmt.Sprintf("%s %s %s %s", ch.Weight, ch.Action, ch.Part, ch.Subject))
				assert.True(t, strings.HasSuffix(ch.Message, "."), ch.Message)
				assert.NotContains(t, ch.Message, "%!", ch.Message)
				meaning = meaning || ch.Weight == Meaning
			}
			assert.Equal(t, c.want, got)
			if old.ID() == new.ID() {
				assert.Equal(t, old.Ref().Fingerprint != new.Ref().Fingerprint, meaning, "the fingerprint tells what has meaning")
			}
			back := Compare(new, old)
			assert.Equal(t, count(r, Loosened), count(back, Tightened))
			assert.Equal(t, count(r, Tightened), count(back, Loosened))
			assert.Equal(t, count(r, Moved), count(back, Moved))
		})
	}
}

func count(r Report, a Action) int {
	n := 0
	for _, c := range r.Changes {
		if c.Action == a {
			n++
		}
	}
	return n
}

func TestVersion(t *testing.T) {
	old := parse(t, small, "version: 1", "version: 3")
	for _, c := range []struct {
		want Version
		is   []string
	}{
		{VersionRight, nil},
		{VersionRight, []string{"version: 3", "version: 4", "people: 2", "people: 3"}},
		{VersionRight, []string{"on Tuesday", "on Thursday"}},
		{VersionUnneeded, []string{"version: 3", "version: 4", "on Tuesday", "on Thursday"}},
		{VersionNotRaised, []string{"people: 2", "people: 3"}},
		{VersionLowered, []string{"version: 3", "version: 2", "people: 2", "people: 3"}},
		{VersionLowered, []string{"version: 3", "version: 2"}},
		{VersionOther, []string{"id: small", "id: tiny"}},
	} {
		is := parse(t, strings.ReplaceAll(small, "version: 1", "version: 3"), c.is...)
		assert.Equal(t, c.want, Compare(old, is).Version, "%v", c.is)
	}
}

// Every built-in process is the same as itself, and can be held against every
// other one.
func TestBuiltins(t *testing.T) {
	for _, a := range process.BuiltinNames() {
		for _, b := range process.BuiltinNames() {
			old, err := process.Builtin(a)
			require.NoError(t, err)
			new, err := process.Builtin(b)
			require.NoError(t, err)
			assert.Equal(t, a == b, len(Compare(old, new).Changes) == 0, "%s and %s", a, b)
		}
	}
}
