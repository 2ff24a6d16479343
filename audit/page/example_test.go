package page_test

import (
	"bytes"
	"fmt"
	"time"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/audit/page"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

func ExampleWrite() {
	p, err := process.Builtin("complex-b2b")
	if err != nil {
		fmt.Println(err)
		return
	}
	deals := pipeline.Pipeline{Deals: []pipeline.Deal{
		{Deal: outcome.Deal{Deal: "D-1", Name: "Acme", Claimed: string(p.Stage(2).ID())}},
	}}
	report, err := audit.Run(outcome.NewEvaluator(p, outcome.Options{}), &deals, audit.Options{
		AsOf: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC), Details: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var html bytes.Buffer
	if err := page.Write(&html, report, page.Options{Title: "June"}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(bytes.Contains(html.Bytes(), []byte("<title>June, 2026-06-30</title>")))
	// Output: true
}
