package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/crm"
)

const twoHistories = `
deals: {id: id}
history:
  - {name: pictures, id: pid, deal: deal, at: at, stage: stage, close_date: close}
  - {name: changes, id: cid, deal: deal, at: at, change: {field: what, values: {StageName: stage, CloseDate: close_date}}, from: old, to: new}
`

// TestRetold takes a move that two tables of the history tell for one, and two
// moves of one table for two.
func TestRetold(t *testing.T) {
	pictures := "pid,deal,at,stage,close\n" +
		"1,D,2026-01-01T10:00:00Z,a,\n2,D,2026-01-02T10:00:00Z,b,\n3,D,2026-01-02T10:00:01Z,a,\n4,D,2026-01-02T10:00:02Z,b,\n5,D,2026-01-03T10:00:00Z,c,\n"
	changes := "cid,deal,at,what,old,new\n" +
		"1,D,2026-01-02T10:00:01Z,StageName,a,b\n2,D,2026-01-02T10:00:01Z,StageName,b,a\n3,D,2026-01-02T10:00:02Z,StageName,a,b\n" +
		"4,D,2026-01-03T10:00:03Z,StageName,b,c\n5,D,2026-01-04T10:00:00Z,StageName,c,d\n6,D2,2026-01-03T10:00:00Z,StageName,b,c\n"
	for _, first := range []bool{true, false} {
		files := []crm.File{
			text(crm.RoleDeals, "deals.csv", "id\nD\nD2\n"),
			text(crm.RoleHistory, "pictures.csv", pictures), text(crm.RoleHistory, "changes.csv", changes),
		}
		if !first {
			files[1], files[2] = files[2], files[1]
		}
		got := read(t, mapping(t, twoHistories), files...)
		var moves []string
		for _, m := range got.Pipeline.Moves {
			moves = append(moves, string(m.Deal)+" "+string(m.From)+">"+string(m.To))
		}
		// The pictures tell five, three of which the changes tell too; 10:00:03
		// on the third is no longer the same moment.
		assert.ElementsMatch(t, []string{"D >a", "D a>b", "D b>a", "D a>b", "D b>c", "D b>c", "D c>d", "D2 b>c"}, moves)
		for _, c := range got.Counts {
			assert.Equal(t, c.Read, c.Used, "every row is used: %s", c.File)
		}
	}
}

// TestHistoryWithoutIDs finds the same row twice, also in another file, and
// nothing in two rows that differ.
func TestHistoryWithoutIDs(t *testing.T) {
	m := mapping(t, "deals: {id: id}\nhistory: {deal: deal, at: at, to: to}\n")
	got := read(t, m, text(crm.RoleDeals, "deals.csv", "id\nD\n"),
		text(crm.RoleHistory, "one.csv", "deal,at,to\nD,2026-01-01,a\nD,2026-01-01,a\nD,2026-01-02,a\n"),
		text(crm.RoleHistory, "two.csv", "deal,at,to\nD,2026-01-02,a\nD,2026-01-03,a\n"))
	var told []string
	for _, r := range got.Rejects {
		told = append(told, r.Error())
	}
	assert.Equal(t, []string{
		"one.csv:3: error: it is the same as the row at one.csv:2 [duplicate]",
		"two.csv:2: error: it is the same as the row at one.csv:4 [duplicate]",
	}, told)
	assert.Len(t, got.Pipeline.Faults, 2)
	assert.Len(t, got.Pipeline.Moves, 3)
}

// TestDays tells which times are days.
func TestDays(t *testing.T) {
	m := mapping(t, "deals: {id: id}\nhistory: {deal: deal, at: at, to: to}\nactivities: {id: id, deal: deal, at: at}\n")
	got := read(t, m, text(crm.RoleDeals, "deals.csv", "id\nD\n"),
		text(crm.RoleHistory, "h.csv", "deal,at,to\nD,2026-01-01,a\nD,2026-01-02T12:00:00Z,a\n"),
		text(crm.RoleActivities, "a.csv", "id,deal,at\n1,D,2026-01-01\n2,D,2026-01-01T12:00:00Z\n"))
	assert.Equal(t, []bool{true, false}, []bool{got.Pipeline.Moves[0].Day, got.Pipeline.Moves[1].Day})
	assert.Equal(t, []bool{true, false}, []bool{got.Pipeline.Activities[0].Day, got.Pipeline.Activities[1].Day})
	assert.Equal(t, "2026-01-01T00:00:00Z", moment(got.Pipeline.Activities[0].Start()))
	assert.Equal(t, "2026-01-01T12:00:00Z", moment(got.Pipeline.Activities[1].Start()))
}

// TestOrphanContacts finds roles in deals that are not there, and leaves out
// those in deals that are out of scope.
func TestOrphanContacts(t *testing.T) {
	m := mapping(t, "deals: {id: id, unless: {gone: true}}\ncontacts: {id: id, deal: deal, role: role}\n")
	got := read(t, m, text(crm.RoleContacts, "c.csv", "id,deal,role\nC1,D1,a\nC2,D2,a\nC3,D9,a\nC4,,a\n"),
		text(crm.RoleDeals, "d.csv", "id,gone\nD1,false\nD2,true\n"))
	assert.Equal(t, crm.Count{Role: crm.RoleContacts, File: "c.csv", Read: 4, Used: 2, Rejected: 1, OutOfScope: 1}, got.Counts[1])
	assert.Equal(t, `c.csv:4: error: deal: there is no deal "D9" [orphan]`, got.Rejects[0].Error())
	assert.Equal(t, "contacts", got.Pipeline.Faults[0].Table)
}

// TestNestedTwice tells a deal that is there twice once, and not again for each
// row of the history that stands in it.
func TestNestedTwice(t *testing.T) {
	deal := `{"id":1,"moves":[{"at":"2026-01-01T10:00:00Z","to":"a"},{"at":"2026-01-02T10:00:00Z","to":"b"}]}`
	other := `{"id":2,"moves":[{"at":"2026-01-01T10:00:00Z","to":"a"}]}`
	all := `{"data":[` + deal + `,` + deal + `,` + other + `]}`
	m := mapping(t, "deals: {each: data, id: id}\nhistory: {each: data.moves, deal: ../id, at: at, to: to}\n")
	got := read(t, m, text(crm.RoleDeals, "deals.json", all), text(crm.RoleHistory, "deals.json", all))
	assert.Len(t, got.Rejects, 1)
	assert.Len(t, got.Pipeline.Moves, 3)
	assert.Equal(t, crm.Count{Role: crm.RoleHistory, File: "deals.json", Read: 5, Used: 3, OutOfScope: 2}, got.Counts[1])
}
