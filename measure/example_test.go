package measure_test

import (
	"fmt"
	"sync"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// team is what one month of a small team comes to: twelve deals, each called a
// few days after it was opened. Nine buyers gave an hour of their time, and six of these came.
func team() *pipeline.Book {
	p, err := process.Builtin("ten-commitments")
	if err != nil {
		panic(err)
	}
	first := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	var team pipeline.Pipeline
	for i := range 12 {
		deal, at := outcome.DealID(fmt.Sprintf("D-%02d", i+1)), first.AddDate(0, 0, i)
		hour := at.AddDate(0, 0, 3)
		team.Deals = append(team.Deals, pipeline.Deal{Deal: outcome.Deal{Deal: deal, Opened: at.AddDate(0, 0, -1-i%4)}})
		call := outcome.Call{ID: "first", Deal: deal, At: at, Kind: "cold_call", Rep: "ana"}
		if i < 9 {
			call.Commitments = []outcome.Entry{{
				Commitment: "time", By: commitment.Buyer, Due: outcome.At(hour),
				People: []commitment.Person{{Name: "J. Ortiz"}}, Evidence: []string{"calendar"},
			}}
		}
		team.Calls = append(team.Calls, call)
		if i < 6 {
			team.Calls = append(team.Calls, outcome.Call{
				ID: "second", Deal: deal, At: hour, Rep: "ana",
				Commitments: []outcome.Entry{{Commitment: "time", By: commitment.Buyer, Status: commitment.Kept}},
			})
		}
	}
	ev := outcome.NewEvaluator(p, outcome.Options{})
	return pipeline.NewBook(ev, &team, pipeline.Options{AsOf: first.AddDate(0, 1, 0)})
}

func ExampleCollector() {
	book := team()
	c := measure.NewCollector(book.Process(), measure.Options{})
	for i := range book.Len() {
		h := book.History(i)
		c.Add(&h)
	}
	m := c.Measures()

	show := func(name string, r measure.Rate) {
		if !r.Enough {
			fmt.Printf("%s: %d of %d, too few to say\n", name, r.Hits, r.Of)
			return
		}
		fmt.Printf("%s: %.0f %%, and anything from %.0f to %.0f %% is likely\n", name, 100*r.Value, 100*r.Low, 100*r.High)
	}
	show("advance rate", m.Overall.Advance)
	show("kept rate", m.Overall.Kept)
	fmt.Printf("in %s: half leave within %.0f days, %d have not left\n",
		m.Stays[0].Stage, *m.Stays[0].Median.Days, m.Stays[0].Spells-m.Stays[0].Ended)
	// Output:
	// advance rate: 50 %, and anything from 29 to 71 % is likely
	// kept rate: 6 of 9, too few to say
	// in target: half leave within 3 days, 3 have not left
}

// Deals can be added on several cores; the result is the same to the last bit.
func ExampleCollector_Merge() {
	book := team()
	parts := make([]*measure.Collector, 4)
	var all sync.WaitGroup
	for n := range parts {
		parts[n] = measure.NewCollector(book.Process(), measure.Options{})
		all.Go(func() {
			for i := n; i < book.Len(); i += len(parts) {
				h := book.History(i)
				parts[n].Add(&h)
			}
		})
	}
	all.Wait()
	for _, part := range parts[1:] {
		if err := parts[0].Merge(part); err != nil {
			fmt.Println(err)
		}
	}
	m := parts[0].Measures()
	fmt.Println(m.Deals.Added, "deals,", m.Overall.Calls, "calls,", m.Overall.Results.Advance, "advances")
	// Output: 12 deals, 18 calls, 9 advances
}

func ExampleWilson() {
	low, high := measure.Wilson(5, 10)
	fmt.Printf("five of ten: %.0f to %.0f %%\n", 100*low, 100*high)
	low, high = measure.Wilson(500, 1000)
	fmt.Printf("five hundred of a thousand: %.0f to %.0f %%\n", 100*low, 100*high)
	// Output:
	// five of ten: 24 to 76 %
	// five hundred of a thousand: 47 to 53 %
}
