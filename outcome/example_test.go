package outcome_test

import (
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Records as they come from a form, a queue or another system: the cold call
// that gets a first meeting, and the first meeting itself.
const (
	coldCall = `{"id": "c-1", "deal": "D-1042", "at": "2026-11-02T10:00:00Z", "kind": "cold_call", "commitments": [
		{"commitment": "time", "by": "buyer", "due": "2026-11-05T15:00:00Z", "people": [{"name": "J. Ortiz"}], "evidence": ["calendar"]}]}`
	firstMeeting = `{"id": "c-2", "deal": "D-1042", "at": "2026-11-05T15:00:00Z", "kind": "first_meeting", "rating": "great", "activities": ["demo"]}`
)

// tenCommitments is the built-in process that the examples judge by.
func tenCommitments() *process.Process {
	p, err := process.Builtin("ten-commitments")
	if err != nil {
		log.Fatal(err)
	}
	return p
}

// history decodes a number of calls.
func history(records ...string) (calls []outcome.Call) {
	for _, record := range records {
		call, err := outcome.DecodeCall([]byte(record))
		if err != nil {
			log.Fatal(err)
		}
		calls = append(calls, call)
	}
	return calls
}

// afterColdCall is the state of the deal after the cold call.
func afterColdCall(ev *outcome.Evaluator) outcome.State {
	states, _ := ev.Replay(nil, history(coldCall), func(outcome.Verdict) {})
	return states[0]
}

// From a record to a verdict, to how the deal stands, to what to ask for next.
func Example() {
	p, err := process.Builtin("ten-commitments") // or Load("sales.yaml")
	if err != nil {
		log.Fatal(err)
	}
	ev := outcome.NewEvaluator(p, outcome.Options{})
	state, err := outcome.Open(p, outcome.Deal{Deal: "D-1042"})
	if err != nil {
		log.Fatal(err)
	}
	call, err := outcome.DecodeCall([]byte(coldCall))
	if err != nil {
		log.Fatal(err)
	}
	state, verdict, err := ev.Apply(state, call)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(verdict.Result(), verdict.From(), verdict.To())

	now := call.At.Add(time.Hour)
	standing, err := ev.Standing(state, now)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(standing.Stage, "stalled:", standing.Stalled)

	plan, err := ev.Plan(state, now, "first_meeting")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("ask for:", plan.Asks[0].Name)
	// Output:
	// advance target discovery
	// discovery stalled: false
	// ask for: Walk us through how it works today
}

// A pleasant meeting in which nothing was asked for. That it did not advance
// the deal is a verdict, and no error.
func ExampleEvaluator_Apply() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	state := afterColdCall(ev)
	meeting := history(firstMeeting)[0]

	state, verdict, err := ev.Apply(state, meeting)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(verdict.Result())
	for _, f := range verdict.Record().Findings {
		fmt.Println(f.Severity, f.Code)
	}
	fmt.Println(state.LastCall())
	// Output:
	// continuation
	// warning not_asked
	// warning lost_focus
	// info kept_only
	// warning happy_ears
	// c-2
}

// What can not be judged is an error of its own type, and the state comes back
// as it was.
func ExampleEvaluator_Apply_errors() {
	p := tenCommitments()
	ev := outcome.NewEvaluator(p, outcome.Options{})
	calls := history(coldCall, firstMeeting)
	state, _, err := ev.Apply(afterColdCall(ev), calls[1])
	if err != nil {
		log.Fatal(err)
	}

	_, _, err = ev.Apply(state, calls[1])
	if seen, ok := errors.AsType[*outcome.SeenError](err); ok {
		fmt.Println("seen:", seen.Call, "was there already: nothing to do")
	}

	_, _, err = ev.Apply(state, calls[0])
	if late, ok := errors.AsType[*outcome.LateError](err); ok {
		fmt.Println("late:", late.Call, "lies before", late.Last+": replay the history")
	}

	other := calls[1]
	other.Deal = "D-1043"
	_, _, err = ev.Apply(state, other)
	if deal, ok := errors.AsType[*outcome.DealError](err); ok {
		fmt.Println("deal:", deal.Call, "is not", deal.State)
	}

	d := p.Definition()
	d.Version = 2
	newer, err := d.Compile()
	if err != nil {
		log.Fatal(err)
	}
	_, _, err = outcome.NewEvaluator(newer, outcome.Options{}).Apply(state, calls[1])
	if process, ok := errors.AsType[*outcome.ProcessError](err); ok {
		fmt.Println("process: made with version", process.Have.Version, "and not", process.Want.Version)
	}
	// Output:
	// seen: c-2 was there already: nothing to do
	// late: c-1 lies before c-2: replay the history
	// deal: D-1043 is not D-1042
	// process: made with version 1 and not 2
}

// Whole histories, in any order and with duplicates.
func ExampleEvaluator_Replay() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	deals := []outcome.Deal{
		{Deal: "D-7", Opened: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC), Stage: "proposal"}, // nobody has called
	}
	states, errs := ev.Replay(deals, history(firstMeeting, coldCall, coldCall), func(v outcome.Verdict) {
		fmt.Println(v.Call().ID, v.Result())
	})
	for _, s := range states {
		standing, err := ev.Standing(s, time.Date(2026, 11, 6, 0, 0, 0, 0, time.UTC))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(standing.Deal, standing.Stage, "stalled:", standing.Stalled)
	}
	fmt.Println(len(errs), "errors")
	// Output:
	// c-1 advance
	// c-2 continuation
	// D-1042 discovery stalled: false
	// D-7 proposal stalled: true
	// 0 errors
}

// How a deal stands changes without a call as well: a promise becomes due, a
// deal stalls. NextChange says when to look again.
func ExampleEvaluator_Standing() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	state := afterColdCall(ev)

	for at := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC); !at.IsZero(); {
		s, err := ev.Standing(state, at)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s, %d open, %d overdue, stalled: %t\n", at.Format("2 January"), s.Stage, len(s.Open), len(s.Overdue), s.Stalled)
		at = s.NextChange
	}
	// Output:
	// 2 November: discovery, 1 open, 0 overdue, stalled: false
	// 5 November: discovery, 0 open, 1 overdue, stalled: false
	// 12 November: target, 0 open, 0 overdue, stalled: false
	// 2 December: target, 0 open, 0 overdue, stalled: true
}

// The outcome of the call first, then what to fall back to, each with its ask.
func ExampleEvaluator_Plan() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	at := time.Date(2026, 11, 5, 9, 0, 0, 0, time.UTC)

	plan, err := ev.Plan(afterColdCall(ev), at, "first_meeting")
	if err != nil {
		log.Fatal(err)
	}
	for _, ask := range plan.Asks {
		fmt.Printf("%s: %s (people: %d, within %s)\n", ask.Role, ask.Name, ask.Requires.People, ask.Requires.Within)
	}
	fmt.Println("leave for later:", strings.Join(plan.NotFor, ", "))

	_, err = ev.Plan(afterColdCall(ev), at, "first_meting")
	fmt.Println(err)
	// Output:
	// primary: Walk us through how it works today (people: 2, within 3w)
	// fallback: Share the current numbers (people: 0, within 2w)
	// leave for later: demo, pricing, proposal
	// the call kind "first_meting" is not in process ten-commitments: did you mean "first_meeting"?
}

// In a list of deals the names of the best next steps are enough.
func ExampleEvaluator_Next() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	next, err := ev.Next(afterColdCall(ev), time.Date(2026, 11, 5, 9, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	for _, n := range next {
		fmt.Printf("%s: %s\n", n.Role, n.Name)
	}
	// Output:
	// primary: Open the doors to the people who do the work
	// fallback: Walk us through how it works today
	// fallback: Share the current numbers
}

// A deal that comes from another system is opened on trust at the stage that
// it had there: what the exits before it ask for is assumed.
func ExampleOpen() {
	p := tenCommitments()
	state, err := outcome.Open(p, outcome.Deal{Deal: "D-7", Stage: "co_design"})
	if err != nil {
		log.Fatal(err)
	}
	standing, err := outcome.NewEvaluator(p, outcome.Options{}).Standing(state, time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(standing.Stage, "gaps:", len(standing.Gaps))

	_, err = outcome.Open(p, outcome.Deal{Deal: "D-8", Stage: "codesign"})
	fmt.Println(err)
	// Output:
	// co_design gaps: 0
	// deal "D-8": the stage "codesign" is not in process ten-commitments: did you mean "co_design"?
}

// A state goes into a column of text or JSON, beside the deal that it is of,
// and comes back as it was.
func ExampleState_Scan() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	state := afterColdCall(ev)

	column, err := state.Value() // what database/sql calls for: UPDATE deals SET state = ?
	if err != nil {
		log.Fatal(err)
	}
	var stored outcome.State
	if err := stored.Scan(column); err != nil { // rows.Scan(&stored)
		log.Fatal(err)
	}
	fmt.Println(stored.Deal(), stored.LastCall(), stored.Equal(state))

	_, verdict, err := ev.Apply(stored, history(firstMeeting)[0])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(verdict.Result())
	// Output:
	// D-1042 c-1 true
	// continuation
}

// A state is JSON inside of other JSON as well.
func ExampleState_MarshalJSON() {
	type row struct {
		Deal  outcome.DealID `json:"deal"`
		State outcome.State  `json:"state"`
	}
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	saved, err := json.Marshal(row{"D-1042", afterColdCall(ev)})
	if err != nil {
		log.Fatal(err)
	}
	var loaded row
	if err := json.Unmarshal(saved, &loaded); err != nil {
		log.Fatal(err)
	}
	fmt.Println(loaded.State.Equal(afterColdCall(ev)), loaded.State.Process().ID, loaded.State.LastAt().Format(time.DateOnly))
	// Output:
	// true ten-commitments 2026-11-02
}

// A new version of a process in which only a name has changed: the deals in
// flight come along without their histories.
func ExampleCarry() {
	from := tenCommitments()
	d := from.Definition()
	d.Version, d.Stages[1].Name = 2, "Finding out"
	to, err := d.Compile()
	if err != nil {
		log.Fatal(err)
	}
	state, err := outcome.Carry(afterColdCall(outcome.NewEvaluator(from, outcome.Options{})), from, to)
	if err != nil {
		log.Fatal(err)
	}
	_, verdict, err := outcome.NewEvaluator(to, outcome.Options{}).Apply(state, history(firstMeeting)[0])
	fmt.Println(verdict.Result(), err)
	// Output:
	// continuation <nil>
}

// The record of a verdict is what is written, with its texts.
func ExampleVerdict_Record() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	ev.Replay(nil, history(coldCall), func(v outcome.Verdict) {
		record := v.Record()
		record.Next = record.Next[:1] // the others are to fall back to
		text, err := json.Marshal(record, jsontext.WithIndent("  "))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
	})
	// Output:
	// {
	//   "call": "c-1",
	//   "deal": "D-1042",
	//   "at": "2026-11-02T10:00:00Z",
	//   "process": "ten-commitments",
	//   "version": 1,
	//   "result": "advance",
	//   "from": "target",
	//   "to": "discovery",
	//   "credited": [
	//     "time"
	//   ],
	//   "gained": [
	//     "time"
	//   ],
	//   "kept": [],
	//   "regained": [],
	//   "lost": [],
	//   "gaps": [],
	//   "target": {
	//     "commitment": "time",
	//     "result": "met",
	//     "planned": false
	//   },
	//   "findings": [],
	//   "next": [
	//     {
	//       "commitment": "explore_with_users",
	//       "name": "Open the doors to the people who do the work",
	//       "stage": "discovery",
	//       "rung": 3,
	//       "role": "primary",
	//       "ask": "The people who do this every day know things that neither of us does. Could we spend Tuesday morning with three of them, and would you tell them why we come?"
	//     }
	//   ],
	//   "why": "The buyer agreed to take a first meeting by 5 November, the exit of Target: the deal moved to Discovery."
	// }
}

// A verdict can be asked without its texts, which costs nothing.
func ExampleVerdict_Has() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{})
	ev.Replay(nil, history(coldCall, firstMeeting), func(v outcome.Verdict) {
		fmt.Println(v.Call().ID, "moved:", v.Result().Moved(), "target:", v.Target(), "happy ears:", v.Has(finding.HappyEars), "worst:", v.Worst())
	})
	// Output:
	// c-1 moved: true target: met happy ears: false worst: ignore
	// c-2 moved: false target: missed happy ears: true worst: warning
}

// noDiscount is a house rule: whoever promises a discount says so, and a
// commitment that was bought with one is no advance.
type noDiscount struct{}

func (noDiscount) Judge(ch outcome.Change) outcome.Opinion {
	promised := slices.ContainsFunc(ch.Call.Commitments, func(e outcome.Entry) bool {
		return e.By == commitment.Seller && strings.Contains(strings.ToLower(e.Other), "discount")
	})
	if !promised {
		return outcome.Opinion{}
	}
	return outcome.Opinion{
		Findings: []outcome.HouseFinding{{
			Code: "discount", Severity: diagnostic.Warning, Message: "A discount was promised on this call: have it approved by Friday",
		}},
		NoAdvance: "it was bought with a discount",
	}
}

// A house rule stands beside the evaluators of this package: a discount was
// promised on this call.
func ExampleRule() {
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{House: []outcome.Rule{noDiscount{}}})
	calls := history(`{"id": "c-9", "deal": "D-7", "at": "2026-11-02T10:00:00Z", "kind": "investment_call", "commitments": [
		{"commitment": "budget_route", "by": "buyer", "due": "2026-11-09"},
		{"other": "ten per cent discount", "by": "seller"}]}`)
	ev.Replay([]outcome.Deal{{Deal: "D-7", Stage: "investment"}}, calls, func(v outcome.Verdict) {
		r := v.Record()
		fmt.Println(r.Result, r.Credited)
		fmt.Println(r.Why)
		for _, f := range r.Findings {
			fmt.Println(f.Code+":", f.Message)
		}
	})
	// Output:
	// continuation [budget_route]
	// The buyer agreed to clear with finance where the money comes from by 9 November, but by a rule of the house that is no advance: it was bought with a discount. The deal stays in Investment. An advance would have been to raise the purchase request or at least to confirm the money, the people and the time in writing.
	// house_discount: A discount was promised on this call: have it approved by Friday
}

// A function is a house rule as well.
func ExampleRuleFunc() {
	weekend := outcome.RuleFunc(func(ch outcome.Change) outcome.Opinion {
		if day := ch.Call.At.Weekday(); day != time.Saturday && day != time.Sunday {
			return outcome.Opinion{}
		}
		return outcome.Opinion{Findings: []outcome.HouseFinding{{Code: "weekend", Severity: diagnostic.Info, Message: "Called on a weekend"}}}
	})
	ev := outcome.NewEvaluator(tenCommitments(), outcome.Options{House: []outcome.Rule{weekend}})
	ev.Replay(nil, history(`{"deal": "D-7", "at": "2026-11-01T10:00:00Z", "kind": "cold_call", "contact": "not_reached"}`), func(v outcome.Verdict) {
		for _, f := range v.Record().Findings {
			fmt.Println(f.Severity, f.Code)
		}
	})
	// Output:
	// info house_weekend
}
