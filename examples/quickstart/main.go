// Quickstart judges one call by a process of its own, and says how the deal
// stands after it and what to ask for in the next one. It is meant to be copied.
package main

import (
	_ "embed"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

//go:embed sales.yaml
var sales []byte

// record is the call as it comes from a form, a queue or another system.
const record = `{"deal": "Acme", "at": "2026-11-02T10:00:00Z", "kind": "cold_call", "rating": "good",
  "commitments": [{"commitment": "meeting", "by": "buyer", "due": "2026-11-05T15:00:00Z",
                   "people": [{"name": "J. Ortiz"}], "evidence": ["calendar"]}]}`

func main() {
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	p, err := process.Parse("sales.yaml", sales) // or process.Load("sales.yaml"), or process.Builtin("ten-commitments")
	if err != nil {
		return err // everything that is wrong with it, each with its line
	}
	ev := outcome.NewEvaluator(p, outcome.Options{})

	state, err := outcome.Open(p, outcome.Deal{Deal: "Acme"}) // or from your database
	if err != nil {
		return err
	}
	call, err := outcome.DecodeCall([]byte(record))
	if err != nil {
		return err
	}
	state, verdict, err := ev.Apply(state, call)
	if err != nil {
		return err
	}
	v := verdict.Record() // what you store or send on, as JSON
	fmt.Fprintf(w, "%s: %s\n", v.Result, v.Why)

	now := call.At.Add(24 * time.Hour)
	standing, err := ev.Standing(state, now)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "in %s, stalled: %t, next change on %s\n", standing.Stage, standing.Stalled, standing.NextChange.Format("2 January"))

	plan, err := ev.Plan(state, now, "first_meeting")
	if err != nil {
		return err
	}
	for _, ask := range plan.Asks {
		fmt.Fprintf(w, "%s: %q\n", ask.Role, ask.Ask)
	}
	return nil
}
