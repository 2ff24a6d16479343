package commitment_test

import (
	"fmt"
	"time"

	"github.com/advance-sales/advance/commitment"
)

// What a buyer offered is measured against what is required before it counts.
func ExampleRequirement_Shortfall() {
	review := commitment.Requirement{
		Dated: true, Within: 14 * 24 * time.Hour, People: 2,
		Roles:    commitment.Need{All: []string{"decision_maker"}},
		Evidence: commitment.Need{Any: []string{"calendar", "email"}},
	}
	short := review.Shortfall(commitment.Offer{
		Dated: true, Ahead: 9 * 24 * time.Hour,
		People:   []commitment.Person{{Name: "J. Ortiz", Role: "sponsor"}, {Name: "M. Chen"}},
		Evidence: []string{"calendar"},
	})
	fmt.Println("people:", short&commitment.ShortOfPeople == 0)
	fmt.Println("roles:", short&commitment.ShortOfRoles == 0)
	fmt.Println("counts:", short == 0)
	// Output:
	// people: true
	// roles: false
	// counts: false
}

// Lengths of time are written as people say them.
func ExampleDuration_Parse() {
	for _, text := range []commitment.Duration{"36h", "21d", "2w", "1d12h", "2 weeks"} {
		d, err := text.Parse()
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(text, "is", d)
	}
	// Output:
	// 36h is 36h0m0s
	// 21d is 504h0m0s
	// 2w is 336h0m0s
	// 1d12h is 36h0m0s
	// "2 weeks" is not a duration
}

// And they are written back so.
func ExampleFormatDuration() {
	fmt.Println(commitment.FormatDuration(36*time.Hour), commitment.FormatDuration(14*24*time.Hour), commitment.FormatDuration(10*24*time.Hour))
	// Output:
	// 1d12h 2w 10d
}

// Sets of commitments are values: they are compared with ==.
func ExampleSet() {
	var held, kept commitment.Set
	held.Add(3)
	held.Add(7)
	kept.Add(3)

	open := held.Minus(kept)
	for r := range open.All() {
		fmt.Println("open:", r)
	}
	top, _ := held.Max()
	fmt.Println("highest:", top, "same:", held == kept.Union(open))
	// Output:
	// open: 7
	// highest: 7 same: true
}

// A text in which nothing can be seen is blank, a zero-width space included.
func ExampleBlank() {
	fmt.Println(commitment.Blank(" \u200b\t"), commitment.Blank("Take a first meeting"))
	// Output:
	// true false
}

// Words of a fixed vocabulary are read strictly.
func ExampleStatus_UnmarshalText() {
	var s commitment.Status
	fmt.Println(s.UnmarshalText([]byte("deferred")), s)
	fmt.Println(s.UnmarshalText([]byte("promised")))
	// Output:
	// <nil> deferred
	// unknown status "promised": one of given, kept, broken, withdrawn, declined, deferred, conditional, waived
}

// Whoever is not known is not the buyer.
func ExampleParty() {
	var p commitment.Party
	fmt.Println(p, p == commitment.Buyer)
	fmt.Println(commitment.PartyNames())
	// Output:
	// unknown false
	// [unknown buyer seller third_party]
}
