package crm_test

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/crm"
)

func ExampleMapping_Read() {
	m, err := crm.Parse("crm.yaml", []byte(`
mapping: 1
id: our-crm
stages: {Offer: business_case}
deals: {id: Deal, stage: Stage, amount: Value}
activities: {id: Id, deal: Deal, at: Date, kind: {field: Type, values: {Meeting: meeting}}, people: Contact}
rules:
  - {commitment: first_meeting, of: meeting, when: {Result: Held}, needs_people: true, status: kept, by: buyer, evidence: calendar}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	read, err := m.Read([]crm.File{
		{Role: crm.RoleDeals, Name: "deals.csv", Reader: strings.NewReader("Deal,Stage,Value\nD-1,Offer,\"48,000\"\n")},
		{Role: crm.RoleActivities, Name: "activities.csv", Reader: strings.NewReader(
			"Id,Deal,Date,Type,Result,Contact\n1,D-1,2026-01-14 10:00,Meeting,Held,Ines Ortiz\n2,D-7,2026-01-15,Meeting,Held,Kim Lund\n")},
	}, crm.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, call := range read.Pipeline.Calls {
		entry := call.Commitments[0]
		fmt.Println(call.Deal, entry.Commitment, entry.Status, "by the", entry.By, "with", entry.People[0].Name)
	}
	for _, reject := range read.Rejects {
		fmt.Println(reject.Error())
	}
	for _, count := range read.Counts {
		fmt.Printf("%s: %d rows, %d used, %d rejected\n", count.File, count.Read, count.Used, count.Rejected)
	}
	// Output:
	// D-1 first_meeting kept by the buyer with Ines Ortiz
	// activities.csv:3: error: Deal: there is no deal "D-7" [orphan]
	// deals.csv: 1 rows, 1 used, 0 rejected
	// activities.csv: 2 rows, 1 used, 1 rejected
}
