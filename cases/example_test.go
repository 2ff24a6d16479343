package cases_test

import (
	"fmt"
	"log"

	"github.com/advance-sales/advance/cases"
)

func ExampleSuite_Run() {
	suite, err := cases.Parse("mine.cases.yaml", []byte(`
process: transactional
cases:
  - name: the buyer sets a day
    state: {kept: [requirements]}
    call:
      at: 2026-03-05
      commitments: [{commitment: decision_day, by: buyer, due: 2026-03-13, people: [{name: R. Novak, role: purchasing}]}]
    expect: {result: advance, credited: [decision_day]}
  - name: the buyer will think about it
    state: {kept: [requirements]}
    call: {at: 2026-03-05, asked: [order], commitments: [{other: think about it, by: buyer, status: deferred}]}
    expect: {result: advance}
`), cases.Options{})
	if err != nil {
		log.Fatal(err) // everything that is wrong with the document, line by line
	}
	for _, result := range suite.Run(cases.RunOptions{}) {
		fmt.Println(result.Case, result.Passed())
		for _, miss := range result.Misses {
			fmt.Printf("  %s: expected %s, came %s\n", miss.Key, miss.Want, miss.Got)
		}
	}
	// Output:
	// the buyer sets a day true
	// the buyer will think about it false
	//   result: expected advance, came continuation
}

func ExampleNewCoverage() {
	suite, err := cases.Builtin("complex-b2b")
	if err != nil {
		log.Fatal(err)
	}
	coverage := cases.NewCoverage(suite.Process)
	for _, result := range suite.Run(cases.RunOptions{}) {
		coverage.Add(&result)
	}
	fmt.Println(coverage.Percent())
	// Output: 100
}
