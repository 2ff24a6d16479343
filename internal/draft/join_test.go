package draft

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
	"github.com/advance-sales/advance/internal/table"
)

func profileOf(t *testing.T, file, text string) *profile.Table {
	t.Helper()
	r, err := table.Open(strings.NewReader(text), table.Options{Name: file})
	require.NoError(t, err)
	p, err := profile.Read(r, func() {})
	require.NoError(t, err)
	return p
}

// TestAs finds in tables with names of another language what their content
// tells, and nothing that it does not.
func TestAs(t *testing.T) {
	deals := As(profileOf(t, "v.csv", "Art,Vorgang,Phase,Datum\nneu,V1,Bedarf,2026-01-01\nneu,V2,Angebot,2026-01-02\n"), crm.RoleDeals)
	moves := As(profileOf(t, "h.csv", "Nummer,Vorgang,Geändert,Nach Phase,Von Phase,Wer\n1,V1,2026-01-01,Bedarf,,x\n2,V2,2026-01-02,Angebot,Bedarf,x\n"), crm.RoleHistory)
	acts := As(profileOf(t, "a.csv", "Kennung,Vorgang,Termin\nA1,V1,2026-01-01\nA2,V1,2026-01-02\n"), crm.RoleActivities)
	guesses := []Guess{deals, moves, acts}
	Join(guesses)
	assert.Equal(t, map[string]string{"id": "Vorgang", "stage": "Phase"}, guesses[0].Fields)
	assert.Equal(t, map[string]string{"deal": "Vorgang", "at": "Geändert", "from": "Von Phase", "to": "Nach Phase"}, guesses[1].Fields)
	assert.Equal(t, map[string]string{"id": "Kennung", "deal": "Vorgang", "at": "Termin"}, guesses[2].Fields)
	text, m := drafted(t, guesses...)
	assert.Equal(t, []crm.Role{crm.RoleDeals, crm.RoleActivities, crm.RoleHistory}, rolesRead(m))
	assert.Less(t, strings.Index(text, "#  Bedarf:"), strings.Index(text, "#  Angebot:"), "deals left the one, and not the other")
}

func rolesRead(m *crm.Mapping) []crm.Role {
	var roles []crm.Role
	for _, role := range []crm.Role{crm.RoleDeals, crm.RoleActivities, crm.RoleHistory, crm.RoleContacts, crm.RoleLinks} {
		if len(m.Tables(role)) > 0 {
			roles = append(roles, role)
		}
	}
	return roles
}

// TestAsLacks puts tables into comments that lack what they are for, with the
// columns that they have.
func TestAsLacks(t *testing.T) {
	deals := As(profileOf(t, "deals.csv", "deal_id,stage\n1,a\n2,b\n"), crm.RoleDeals)
	for role, question := range map[crm.Role]string{
		crm.RoleActivities: "which column is the deal of an activity",
		crm.RoleHistory:    "which column is the deal?",
		crm.RoleContacts:   "which column is the id of a contact?",
		crm.RoleLinks:      "which column is the id of the activity?",
	} {
		other := As(profileOf(t, "x.csv", "eins,zwei\nx,x\nx,x\nx,x\n"), role)
		guesses := []Guess{deals, other}
		Join(guesses)
		text, m := drafted(t, guesses...)
		assert.Contains(t, text, question)
		assert.Contains(t, text, "# It has eins, zwei.")
		assert.Equal(t, []crm.Role{crm.RoleDeals}, rolesRead(m))
	}
	for text, question := range map[string]string{
		"deal_id,eins\n1,x\n2,x\n":            "Write it as at:",
		"deal_id,date,eins\n1,2026-01-01,x\n": "Write it as to:",
	} {
		guesses := []Guess{deals, As(profileOf(t, "x.csv", text), crm.RoleHistory)}
		Join(guesses)
		draft, m := drafted(t, guesses...)
		assert.Contains(t, draft, question)
		assert.Equal(t, []crm.Role{crm.RoleDeals}, rolesRead(m))
	}
}
