package outcome_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// sameRecord checks a record and its JSON, made with templates, against the
// record made without them.
func sameRecord(t testing.TB, v *outcome.Verdict) bool {
	t.Helper()
	want := v.PlainRecord()
	text, err := json.Marshal(want, jsontext.AllowInvalidUTF8(true))
	require.NoError(t, err)
	return assert.Equal(t, want, v.Record()) && assert.Equal(t, "> "+string(text), string(v.AppendJSON([]byte("> "))))
}

// sameRecords does so for a history, twice over: the first time makes the
// templates. In the end the records are still what they were. It returns how many
// verdicts there were, and how many had a template.
func sameRecords(t testing.TB, ev *outcome.Evaluator, deals []outcome.Deal, calls []outcome.Call) (all, from int) {
	t.Helper()
	ok := true
	var want, got []outcome.VerdictRecord
	for range 2 {
		ev.Replay(deals, calls, func(v outcome.Verdict) {
			ok = ok && sameRecord(t, &v)
			want, got = append(want, v.PlainRecord()), append(got, v.Record())
			if all++; v.FromTemplate() {
				from++
			}
		})
	}
	require.True(t, ok, "process %s", ev.Process().ID())
	require.Equal(t, want, got)
	return all, from
}

func TestTemplatesChangeNothing(t *testing.T) {
	all, from := 0, 0
	for seed := range uint64(150) {
		w := newWorld(t, seed, oracle.Options{})
		a, f := sameRecords(t, w.ev, w.ourDeals, w.ourCalls)
		all, from = all+a, from+f
	}
	assert.Greater(t, from*2, all, "most records come from templates")
}

func TestTemplatesOfTheBuiltIns(t *testing.T) {
	for _, name := range process.BuiltinNames() {
		t.Run(name, func(t *testing.T) {
			p, err := process.Builtin(name)
			require.NoError(t, err)
			ignoring := p.Definition()
			ignoring.ID, ignoring.TimeZone = "other", "Pacific/Auckland"
			ignoring.Findings = map[string]diagnostic.Severity{}
			for _, code := range finding.Codes() {
				if code%2 == finding.Unqualified%2 && !code.Fault() {
					ignoring.Findings[code.String()] = diagnostic.Ignore
				}
			}
			other, err := ignoring.Compile()
			require.NoError(t, err)
			calls := someCalls(p, 400)
			for _, ev := range []*outcome.Evaluator{
				outcome.NewEvaluator(p, outcome.Options{}), outcome.NewEvaluator(other, outcome.Options{}),
			} {
				all, from := sameRecords(t, ev, nil, calls)
				assert.Equal(t, 800, all)
				assert.Greater(t, from, 400)
				ev.Replay(nil, calls, func(v outcome.Verdict) {
					for _, f := range v.Record().Findings {
						assert.NotEqual(t, diagnostic.Ignore, f.Severity, f.Code)
					}
				})
			}
		})
	}
}

// someCalls are calls of a few deals about anything that a process has, and a
// little that it has not.
func someCalls(p *process.Process, n int) []outcome.Call {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	ids := []commitment.ID{"nowhere"}
	for c := range p.Commitments() {
		ids = append(ids, c.ID(), c.ID(), c.ID())
	}
	kinds := []process.KindID{"", "unheard_of"}
	activities := []string{"small_talk"}
	for k := range p.Kinds() {
		kinds, activities = append(kinds, k.ID(), k.ID()), append(activities, k.NotFor()...)
	}
	roles := append(p.Definition().Roles, "stranger")
	pick := func(n int) int { return max(0, r.IntN(2*n)-n) } // 0 half of the time
	start := time.Date(2025, 11, 20, 21, 30, 0, 0, time.UTC)
	calls := make([]outcome.Call, n)
	for i := range calls {
		at := start.Add(time.Duration(i) * 7 * time.Hour)
		c := outcome.Call{
			ID: outcome.CallID(fmt.Sprintf("c-%d\"<é>", i)), Deal: outcome.DealID(fmt.Sprintf("D & %d", r.IntN(6))),
			At: at.Add(time.Duration(r.IntN(1e9))), Kind: kinds[r.IntN(len(kinds))],
			Contact: outcome.Contact(pick(4)), Rating: outcome.Rating(r.IntN(5)),
		}
		if r.IntN(3) == 0 {
			c.Target, c.PlannedAt = ids[r.IntN(len(ids))], at.Add(time.Duration(pick(4)-1)*time.Hour)
		}
		if r.IntN(4) == 0 {
			c.Activities = []string{activities[r.IntN(len(activities))], activities[r.IntN(len(activities))]}
		}
		if r.IntN(25) == 0 {
			c.NoSale = &outcome.NoSale{By: commitment.Party(r.IntN(4)), Reason: []string{"", "price", "no \"one\" knows"}[r.IntN(3)]}
		}
		for range r.IntN(4) {
			e := outcome.Entry{
				Commitment: ids[r.IntN(len(ids))], By: commitment.Party(pick(4)), Status: commitment.Status(pick(8)),
				Evidence: commitment.EvidenceKinds(), Note: []string{"", "why not?", "signed"}[r.IntN(3)],
			}
			switch r.IntN(4) {
			case 0:
				e.Commitment, e.Other = "", []string{"call in two weeks", "a “quote”\n\u2028<&>", "broken \xff"}[r.IntN(3)]
			case 1:
				e.Due = outcome.On(2026, time.Month(r.IntN(12)), r.IntN(28))
			case 2:
				e.Due = outcome.At(at.Add(time.Duration(r.IntN(400)-20) * time.Hour))
			}
			for range r.IntN(5) {
				e.People = append(e.People, commitment.Person{Name: fmt.Sprint(r.IntN(9)), Role: commitment.Role(roles[pick(len(roles))])})
			}
			c.Commitments = append(c.Commitments, e)
		}
		calls[i] = c
	}
	return calls
}

func TestTemplatesOfTheExamples(t *testing.T) {
	p, err := process.Builtin("ten-commitments")
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join("..", "examples", "quarter", "calls.jsonl"))
	require.NoError(t, err)
	var calls []outcome.Call
	for line := range strings.Lines(string(text)) {
		c, err := outcome.DecodeCall([]byte(line))
		require.NoError(t, err)
		calls = append(calls, c)
	}
	all, from := sameRecords(t, outcome.NewEvaluator(p, outcome.Options{}), nil, calls)
	assert.Greater(t, from*10, all*9, "real calls come to the same few things")
}

// The words of a house rule are made anew each time.
func TestTemplatesWithHouseRules(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	ev := outcome.NewEvaluator(p, outcome.Options{House: []outcome.Rule{
		outcome.RuleFunc(func(c outcome.Change) (o outcome.Opinion) {
			switch n := len(c.Call.ID); {
			case n%3 == 0:
				o.Findings = []outcome.HouseFinding{{Code: "odd", Severity: diagnostic.Info, Message: "about " + string(c.Call.ID)}}
			case c.Call.Rating == outcome.Great:
				o.NoAdvance = "of " + string(c.Call.ID)
			}
			return o
		}),
	}})
	all, from := sameRecords(t, ev, nil, someCalls(p, 1500))
	assert.Less(t, from, all)
	assert.Positive(t, from)
}

// crossed is a process of which two exits ask for the same, and others for two
// commitments.
const crossed = `
advance: 1
id: crossed
version: 1
roles: [champion]
defaults: {requires: {dated: false}, lapses_after: 3d}
commitments:
  look: {name: Look at it, ask: Please}
  try: {name: Try it, ask: Please}
  pay: {name: Pay for it, ask: Please}
  show: {name: Show it, ask: Please}
  sign: {name: Sign it, ask: Please}
  thank: {name: Thank us, ask: Please}
call_kinds:
  visit: {name: Visit, outcome: pay, fallbacks: [try]}
stages:
  - {id: one, name: One, ladder: [look, try, pay], exit: [try, pay]}
  - {id: two, name: Two, ladder: [show], exit: {any: [show, pay]}}
  - {id: three, name: Three, ladder: [sign], exit: [show, sign]}
  - {id: won, closes: won, ladder: [thank]}
  - {id: lost, closes: lost}
`

// shortDeals are many deals of a few calls.
func shortDeals(t testing.TB) (*outcome.Evaluator, []outcome.Call) {
	t.Helper()
	p, err := process.Parse("crossed.yaml", []byte(crossed))
	require.NoError(t, err)
	calls := someCalls(p, 4000)
	for i := range calls {
		calls[i].Deal = outcome.DealID(fmt.Sprint("D-", i%800))
	}
	return outcome.NewEvaluator(p, outcome.Options{}), calls
}

func TestTemplatesOfShortDeals(t *testing.T) {
	ev, calls := shortDeals(t)
	all, from := sameRecords(t, ev, nil, calls)
	assert.Greater(t, from*3, all)
}

// All exits that a call satisfies are named, in their order and each once.
func TestExitsOfOneCall(t *testing.T) {
	ev, _ := shortDeals(t)
	for _, ids := range [][]commitment.ID{{"show", "pay", "try"}, {"try", "pay", "show"}} {
		ev.Replay(nil, givenIn("D-1", ids), func(v outcome.Verdict) {
			assert.Equal(t, "The buyer agreed to try it, pay for it and show it, which satisfies the exits of One and Two: the deal moved to Three.",
				v.Record().Why)
		})
	}
}

// givenIn are the calls of a deal, one a day, in which some commitments were
// given.
func givenIn(deal outcome.DealID, ids ...[]commitment.ID) (calls []outcome.Call) {
	for i, given := range ids {
		c := outcome.Call{ID: outcome.CallID(fmt.Sprint("c-", i)), Deal: deal, At: time.Date(2026, 7, 1+i, 0, 0, 0, 0, time.UTC)}
		for _, id := range given {
			c.Commitments = append(c.Commitments, outcome.Entry{Commitment: id, By: commitment.Buyer})
		}
		calls = append(calls, c)
	}
	return calls
}

// Calls that do the same to deals that stood elsewhere have other records.
func TestTemplatesKnowWhatWasBefore(t *testing.T) {
	ev, _ := shortDeals(t)
	calls := givenIn("closes a gap", []commitment.ID{"show"}, []commitment.ID{"pay"}, []commitment.ID{"try"})
	calls = append(calls, givenIn("leaves it", []commitment.ID{"show"}, nil, []commitment.ID{"try"})...)
	for deal, first := range map[outcome.DealID]commitment.ID{"had it": "look", "never had it": "try"} {
		with := givenIn(deal, []commitment.ID{first}, []commitment.ID{"show"}, nil)
		with[2].Target = "look"
		calls = append(calls, with...)
	}
	sameRecords(t, ev, nil, calls)
}

// However few templates there is room for, one is never taken for another.
func TestTemplatesMakeWay(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	for _, room := range []int{1, 7} {
		sameRecords(t, outcome.NewCrampedEvaluator(p, outcome.Options{}, room), nil, someCalls(p, 300))
	}
}

// Names may contain what marks the slots of a template.
func TestTemplatesOfMarkedNames(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	for _, mark := range []string{"\uFDD0", "\uFDD1\uFDD0", "\x00", "\uFDEF"} {
		def := p.Definition()
		for i := range def.Commitments {
			def.Commitments[i].Name += mark
			def.Commitments[i].Ask += mark
		}
		marked, err := def.Compile()
		require.NoError(t, err)
		sameRecords(t, outcome.NewEvaluator(marked, outcome.Options{}), nil, someCalls(p, 300))
	}
}

func TestTemplatesForSeveralGoroutines(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	for _, ev := range []*outcome.Evaluator{
		outcome.NewEvaluator(p, outcome.Options{}), outcome.NewCrampedEvaluator(p, outcome.Options{}, 5),
	} {
		var all []outcome.Verdict
		var want []outcome.VerdictRecord
		ev.Replay(nil, someCalls(p, 200), func(v outcome.Verdict) {
			all, want = append(all, v), append(want, v.PlainRecord())
		})
		var group sync.WaitGroup
		for g := range 4 {
			group.Go(func() {
				for i := range all {
					k := (i + g*50) % len(all)
					assert.Equal(t, want[k], all[k].Record())
					assert.NotEmpty(t, all[k].AppendJSON(nil))
				}
			})
		}
		group.Wait()
	}
}

// Who appends to a list of a record does not write into another record.
func TestRecordsShareNoRoom(t *testing.T) {
	all := verdicts(t)
	ev, calls := shortDeals(t)
	ev.Replay(nil, calls, func(v outcome.Verdict) { all = append(all, v) })
	for _, v := range all {
		r, other := v.Record(), v.Record()
		next := append(r.Next, outcome.NextRecord{Name: "mine"})
		findings := append(r.Findings, outcome.FindingRecord{Code: "mine"})
		gaps, gained := append(r.Gaps, "mine"), append(r.Gained, "mine")
		_ = append(other.Next, outcome.NextRecord{})
		_ = append(other.Findings, outcome.FindingRecord{})
		_, _ = append(other.Gaps, ""), append(other.Gained, "")
		assert.Equal(t, "mine", next[len(r.Next)].Name)
		assert.Equal(t, "mine", findings[len(r.Findings)].Code)
		assert.EqualValues(t, "mine", gaps[len(r.Gaps)])
		assert.EqualValues(t, "mine", gained[len(r.Gained)])
	}
}

// Deals that stand in different ways, of which there is the same to say, have
// one outlook.
func TestRecordsShareOutlooks(t *testing.T) {
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	have := map[string]*outcome.NextRecord{}
	n := 0
	outcome.NewEvaluator(p, outcome.Options{}).Replay(nil, someCalls(p, 400), func(v outcome.Verdict) {
		r := v.Record()
		if len(r.Next) == 0 {
			return
		}
		n++
		is := fmt.Sprint(r.Gaps, r.Next)
		if have[is] == nil {
			have[is] = &r.Next[0]
		}
		assert.Same(t, have[is], &r.Next[0])
	})
	assert.Greater(t, n, 2*len(have))
}

func TestARecordAllocatesLittle(t *testing.T) {
	var room []byte
	for i, v := range verdicts(t) {
		quotes := i == 1 || i == 6 // which are sorted and joined
		text := v.AppendJSON(room)
		records := testing.AllocsPerRun(50, func() { _ = v.Record() })
		lines := testing.AllocsPerRun(50, func() { room = v.AppendJSON(text[:0]) })
		if quotes {
			assert.LessOrEqual(t, records, 6.0, "%d", i)
			assert.LessOrEqual(t, lines, 2.0, "%d", i)
			continue
		}
		assert.Zero(t, records, "%d", i)
		assert.Zero(t, lines, "%d", i)
	}
}

// A template knows any number of stages.
func TestTemplatesOfALongPath(t *testing.T) {
	var text strings.Builder
	text.WriteString("advance: 1\nid: long\nversion: 1\nroles: [any]\ncommitments:\n")
	const stages = 70
	for i := range stages {
		fmt.Fprintf(&text, "  c%d: {ask: Please}\n", i)
	}
	text.WriteString("stages:\n")
	for i := range stages {
		fmt.Fprintf(&text, "  - {id: s%d, ladder: [c%d], exit: [c%d]}\n", i, i, i)
	}
	text.WriteString("  - {id: won, closes: won}\n  - {id: lost, closes: lost}\n")
	p, err := process.Parse("long.yaml", []byte(text.String()))
	require.NoError(t, err)
	var calls []outcome.Call
	for i := range stages {
		at := time.Date(2026, 7, 1, i, 0, 0, 0, time.UTC)
		calls = append(calls, outcome.Call{
			ID: outcome.CallID(fmt.Sprintf("c-%02d", i)), Deal: "D-1", At: at,
			Commitments: []outcome.Entry{{
				Commitment: commitment.ID(fmt.Sprintf("c%d", i)), By: commitment.Buyer, Due: outcome.At(at.Add(time.Hour)),
				People: []commitment.Person{{Name: "J. Ortiz"}}, Evidence: commitment.EvidenceKinds(),
			}},
		})
	}
	all, from := sameRecords(t, outcome.NewEvaluator(p, outcome.Options{}), nil, calls)
	assert.Equal(t, 2*stages, all)
	assert.Equal(t, all, from)
}

// Two calls that give the same days for each other's commitments.
func TestDatesAreThoseOfTheirCommitments(t *testing.T) {
	ev, _ := shortDeals(t)
	give := func(id commitment.ID, day int) outcome.Entry {
		return outcome.Entry{Commitment: id, By: commitment.Buyer, Due: outcome.On(2026, 7, day)}
	}
	broken := outcome.Entry{Commitment: "try", By: commitment.Buyer, Status: commitment.Broken}
	at := time.Date(2026, 7, 10, 0, 0, 0, 0, time.UTC)
	for _, second := range [][]outcome.Entry{
		{broken, give("try", 20), give("look", 25)},
		{broken, give("look", 20), give("try", 25)},
	} {
		s, err := outcome.Open(ev.Process(), outcome.Deal{Deal: "D-1"})
		require.NoError(t, err)
		f, err := ev.Fold(s)
		require.NoError(t, err)
		var v outcome.Verdict
		for i, entries := range [][]outcome.Entry{{give("try", 12), give("look", 12)}, second} {
			c := outcome.Call{ID: outcome.CallID(fmt.Sprint("c-", i)), Deal: "D-1", At: at.Add(time.Duration(i) * time.Hour), Commitments: entries}
			require.NoError(t, f.Apply(&c, &v))
			sameRecord(t, &v)
		}
	}
}
