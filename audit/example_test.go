package audit_test

import (
	"fmt"
	"log"
	"time"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

func ExampleRun() {
	p, err := process.Builtin("ten-commitments")
	if err != nil {
		log.Fatal(err)
	}
	noon := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 12, 0, 0, 0, time.UTC) }
	deals := &pipeline.Pipeline{
		Deals: []pipeline.Deal{{Deal: outcome.Deal{Deal: "D-1042", Name: "Acme", Claimed: "proposal"}}},
		Calls: []outcome.Call{{ID: "c-1", Deal: "D-1042", At: noon(6, 2), Rating: outcome.Great}},
		Moves: []pipeline.Move{
			{ID: "m-1", Deal: "D-1042", At: noon(5, 20), From: "target", To: "discovery"},
			{ID: "m-2", Deal: "D-1042", At: noon(6, 3), From: "discovery", To: "proposal"},
		},
	}
	report, err := audit.Run(outcome.NewEvaluator(p, outcome.Options{}), deals, audit.Options{AsOf: noon(6, 30)})
	if err != nil {
		log.Fatal(err)
	}
	for _, count := range report.Codes {
		fmt.Printf("%s: %s (%d)\n", count.Severity, count.Code.Title(), count.Findings)
	}
	fmt.Println(report.Findings[0].Message)
	fmt.Println(report.Findings[0].Do)
	// Output:
	// error: claimed above what was earned (1)
	// warning: moved up without anything new (2)
	// warning: moved over a stage (1)
	// warning: buyer has no next commitment (1)
	// It is claimed at Proposal, and the buyer's commitments reach Target; to go on takes “Take a first meeting” or “Bring a colleague who lives with the problem to the first meeting”.
	// Ask for “Bring a colleague who lives with the problem to the first meeting”, or take the deal back to Target.
}
