package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
)

// TestSalesforceIDs takes the 15 and the 18 characters of a Salesforce id for
// the same, and no other ids.
func TestSalesforceIDs(t *testing.T) {
	m := mapping(t, "deals: {id: id}\nactivities: {id: id, deal: deal, at: at, kind: {value: call}, people: who}\ncontacts: {id: id, name: name}\n"+
		"rules:\n  - {commitment: x, of: call, when: {deal: {present: true}}, status: given, by: unknown}\n")
	const short, long = "001D000000IqhSL", "001D000000IqhSLIAZ" // the last three tell which letters are capitals
	for _, test := range []struct {
		deal, ref string
		same      bool
	}{
		{short, long, true},
		{long, short, true},
		{long, long, true},
		{short, short, true},
		{"001D000000iqhsl", long, false},
		{short, "001D000000IqhSLAAA", false},
		{short, short + "x", false},
	} {
		got := read(t, m, text(crm.RoleDeals, "d.csv", "id\n"+test.deal+"\n"),
			text(crm.RoleContacts, "c.csv", "id,name\n"+test.deal+",J. Ortiz\n"),
			text(crm.RoleActivities, "a.csv", "id,deal,at,who\n1,"+test.ref+",2026-01-01,"+test.ref+"\n"))
		if !test.same {
			assert.Len(t, got.Rejects, 1, test.ref)
			continue
		}
		if assert.Empty(t, got.Rejects, test.ref) {
			assert.Equal(t, outcome.DealID(test.deal), got.Pipeline.Activities[0].Deal)
			assert.Equal(t, "J. Ortiz", got.Pipeline.Calls[0].Commitments[0].People[0].Name)
		}
	}
}
