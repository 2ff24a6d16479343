package outcome_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/advance-sales/advance/outcome"
)

// Decoding is strict, and says what would be right.
func ExampleDecodeCall() {
	for _, record := range []string{
		`{"deal": "D-7", "at": "2026-11-02T10:00:00Z", "kind": "cold_call", "contact": "not_reached", "x_crm_id": 4711}`,
		`{"deal": "D-7", "at": "2026-11-02T10:00:00Z", "comitments": []}`,
		`{"deal": "D-7", "at": "2026-11-02T10:00:00Z", "rating": "awesome"}`,
		`{"deal": "D-7", "at": "2 November"}`,
	} {
		call, err := outcome.DecodeCall([]byte(record))
		if bad, ok := errors.AsType[*outcome.RecordError](err); ok {
			fmt.Println("refused:", bad.Reason)
			continue
		}
		fmt.Println(call.Kind, call.Contact)
	}
	// Output:
	// cold_call not_reached
	// refused: unknown field "comitments": did you mean "commitments"?
	// refused: rating: unknown rating "awesome": one of great, good, fair, poor
	// refused: at: "2 November" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00
}

// A deal, as another system shows it.
func ExampleDecodeDeal() {
	deal, err := outcome.DecodeDeal([]byte(`{"deal": "D-7", "name": "Acme", "amount": 48000, "currency": "EUR", "close_date": "2026-12-18", "claimed": "proposal"}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(deal.Name, *deal.Amount, deal.Currency, deal.CloseDate, deal.Claimed)
	// Output:
	// Acme 48000 EUR 2026-12-18 proposal
}

// A bad line is an error of its own, and the rest goes on.
func ExampleReadCalls() {
	file := strings.NewReader(`{"id": "c-1", "deal": "D-7", "at": "2026-11-02T10:00:00Z"}
{"id": "c-2", "deal": "D-7", "at": "2026-11-03"}
{"id": "c-3", "deal": "D-7", "at": "2026-11-04T10:00:00Z"}
`)
	for r, err := range outcome.ReadCalls("calls.jsonl", file) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println("line", r.Line, r.Value.ID)
	}
	// Output:
	// line 1 c-1
	// calls.jsonl:2: error: at: "2026-11-03" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00 [bad_record]
	// line 3 c-3
}

// Deals are read likewise.
func ExampleReadDeals() {
	file := strings.NewReader(`{"deal": "D-7", "stage": "proposal"}
{"name": "Acme"}
`)
	for r, err := range outcome.ReadDeals("deals.jsonl", file) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(r.Value.Deal, r.Value.Stage)
	}
	// Output:
	// D-7 proposal
	// deals.jsonl:2: error: "deal" is missing [bad_record]
}

// A call without an id gets one from its content: the same record twice is the
// same call, however its lists are ordered and its fields are set out.
func ExampleCall_Identify() {
	one := outcome.Call{Deal: "D-7", At: time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC), Activities: []string{"demo", "pricing"}}
	two := outcome.Call{Deal: "D-7", At: time.Date(2026, 11, 2, 11, 0, 0, 0, time.FixedZone("CET", 3600)), Activities: []string{"pricing", "demo"}}
	fmt.Println(one.Identify().ID)
	fmt.Println(one.Identify().ID == two.Identify().ID)
	// Output:
	// 3fca519e-6396-5549-8ccd-856199aa75e5
	// true
}

// Of several records of one call the highest revision counts; two of the same
// revision that differ are disputed.
func ExampleResolve() {
	calls := history(
		`{"id": "c-2", "deal": "D-7", "at": "2026-11-03T10:00:00Z", "notes": "one"}`,
		`{"id": "c-2", "deal": "D-7", "at": "2026-11-03T10:00:00Z", "notes": "two"}`,
		`{"id": "c-1", "deal": "D-7", "at": "2026-11-02T10:00:00Z", "rating": "great"}`,
		`{"id": "c-1", "deal": "D-7", "at": "2026-11-02T10:00:00Z", "rating": "fair", "revision": 1}`,
	)
	for _, r := range outcome.Resolve(calls) {
		fmt.Println(r.Call.ID, r.Call.Rating, "disputed:", r.Disputed)
	}
	// Output:
	// c-1 fair disputed: false
	// c-2  disputed: true
}

// Of several records of one deal the first by content counts.
func ExampleResolveDeals() {
	for _, d := range outcome.ResolveDeals([]outcome.Deal{{Deal: "D-8"}, {Deal: "D-7", Name: "Acme"}, {Deal: "D-7", Name: "Acme"}}) {
		fmt.Println(d.Deal, d.Name)
	}
	// Output:
	// D-7 Acme
	// D-8
}

// A date means the whole day where the sale takes place; an instant is one.
func ExampleOn() {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		log.Fatal(err)
	}
	day := outcome.On(2026, time.November, 5)
	fmt.Println(day, day.IsDate(), day.Start(berlin).UTC(), day.End(berlin).UTC().Truncate(time.Second))

	instant := outcome.At(time.Date(2026, 11, 5, 15, 0, 0, 0, time.UTC))
	fmt.Println(instant, instant.IsDate())
	// Output:
	// 2026-11-05 true 2026-11-04 23:00:00 +0000 UTC 2026-11-05 22:59:59 +0000 UTC
	// 2026-11-05T15:00:00Z false
}
