package crm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

const plain = `
deals: {id: id, amount: amount, close_date: close}
activities: {id: id, deal: deal, at: at, kind: kind}
history: {id: id, deal: deal, at: at, from: from, to: to}
contacts: {id: id, name: name, role: role}
links: {activity: activity, deal: deal}
`

// TestRejects has a row for every reason to reject one. Each is told with its
// place, and the rest is used.
func TestRejects(t *testing.T) {
	got := read(t, mapping(t, plain),
		text(crm.RoleDeals, "deals.csv", "id,amount,close\nD1,1,2026-01-01\n,2,\nD1,1,2026-01-01\nD1,3,\n"),
		text(crm.RoleActivities, "activities.csv", "id,deal,at,kind\nA1,D1,2026-01-02,call\n,D1,2026-01-02,call\nA2,,2026-01-02,call\n"+
			"A3,D1,,call\nA4,D1,yesterday,call\nA1,D1,2026-01-02,call\nA5,D9,2026-01-02,call\nA6,D1;D9,2026-01-02,call\n"),
		text(crm.RoleHistory, "history.csv", "id,deal,at,from,to\nM1,D1,2026-01-03,a,b\nM2,,2026-01-03,a,b\nM3,D1,2026-01-03,a,\nM1,D1,2026-01-03,a,c\nM4,D1,3.1.26,a,b\n"),
		text(crm.RoleContacts, "contacts.csv", "id,name,role\nC1,Ann,x\n,Ben,x\nC1,Ann,x\nC1,Ann,y\n"),
		text(crm.RoleLinks, "links.csv", "activity,deal\nA1,D1\n,D1\nA1,\n"),
	)
	var told []string
	for _, r := range got.Rejects {
		told = append(told, string(r.Role)+" "+r.Error())
	}
	assert.Equal(t, []string{
		"deals deals.csv:3: error: id: there is no id [missing_id]",
		`deals deals.csv:4: error: id: "D1" is the id of the row at deals.csv:2 too [duplicate]`,
		`deals deals.csv:5: error: id: "D1" is the id of the row at deals.csv:2 too, and they differ [duplicate]`,
		"contacts contacts.csv:3: error: id: there is no id [missing_id]",
		`contacts contacts.csv:4: error: id: "C1" is the id of the row at contacts.csv:2 too [duplicate]`,
		"links links.csv:3: error: activity: there is no activity [missing_id]",
		"history history.csv:3: error: deal: there is no deal [missing_deal]",
		"history history.csv:4: error: to: the move leads nowhere [missing_stage]",
		`history history.csv:5: error: id: "M1" is the id of the row at history.csv:2 too, and they differ [duplicate]`,
		`history history.csv:6: error: at: "3.1.26" can not be read: expected a time such as 2026-11-05T15:00:00Z, 2026-11-05 15:00 or 2026-11-05, or spell it with times: in the mapping [bad_time]`,
		"activities activities.csv:3: error: id: there is no id [missing_id]",
		"activities activities.csv:5: error: at: there is no time [missing_time]",
		`activities activities.csv:6: error: at: "yesterday" can not be read: expected a time such as 2026-11-05T15:00:00Z, 2026-11-05 15:00 or 2026-11-05, or spell it with times: in the mapping [bad_time]`,
		`activities activities.csv:7: error: id: "A1" is the id of the row at activities.csv:2 too [duplicate]`,
		`activities activities.csv:8: error: deal: there is no deal "D9" [orphan]`,
	}, told)
	assert.Equal(t, ",2,", got.Rejects[0].Raw)
	assert.Equal(t, []crm.Count{
		{Role: crm.RoleDeals, File: "deals.csv", Read: 4, Used: 1, Rejected: 3},
		{Role: crm.RoleActivities, File: "activities.csv", Read: 8, Used: 2, Rejected: 5, OutOfScope: 1},
		{Role: crm.RoleHistory, File: "history.csv", Read: 5, Used: 1, Rejected: 4},
		{Role: crm.RoleContacts, File: "contacts.csv", Read: 4, Used: 2, Rejected: 2},
		{Role: crm.RoleLinks, File: "links.csv", Read: 3, Used: 1, Rejected: 1, OutOfScope: 1},
	}, got.Counts)

	kinds := map[pipeline.FaultKind]int{}
	differ := 0
	for _, f := range got.Pipeline.Faults {
		kinds[f.Kind]++
		if f.Differ {
			differ++
		}
		assert.NotZero(t, f.Source.Line)
	}
	assert.Equal(t, map[pipeline.FaultKind]int{pipeline.Duplicate: 5, pipeline.Orphan: 2}, kinds)
	assert.Equal(t, 2, differ)
	// An activity of two deals, of which one is missing, counts for the other.
	require.Len(t, got.Pipeline.Activities, 2)
	assert.Equal(t, "A6", got.Pipeline.Activities[1].ID)
}

func TestBadRow(t *testing.T) {
	got := read(t, mapping(t, plain), text(crm.RoleDeals, "deals.jsonl", "{\"id\":\"D1\"}\n{\"id\":\"D2\",}\n{\"id\":\"D3\"}\n"))
	require.Len(t, got.Rejects, 1)
	assert.Equal(t, crm.BadRow, got.Rejects[0].Code)
	assert.Equal(t, pipeline.Source{File: "deals.jsonl", Line: 2}, got.Rejects[0].Source)
	assert.Equal(t, []crm.Count{{Role: crm.RoleDeals, File: "deals.jsonl", Read: 3, Used: 2, Rejected: 1}}, got.Counts)
}

// TestOrder holds that it does not matter which file comes first.
func TestOrder(t *testing.T) {
	activities := text(crm.RoleActivities, "a.csv", "id,deal,at,kind\nA1,D9,2026-01-02,call\n")
	deals := text(crm.RoleDeals, "d.csv", "id,amount,close\nD1,1,\n")
	got := read(t, mapping(t, plain), activities, deals)
	require.Len(t, got.Rejects, 1)
	assert.Equal(t, crm.OrphanRow, got.Rejects[0].Code)

	// Without a table of deals nobody can tell.
	got = read(t, mapping(t, plain), text(crm.RoleActivities, "a.csv", "id,deal,at,kind\nA1,D9,2026-01-02,call\n"))
	assert.Empty(t, got.Rejects)
	assert.Len(t, got.Pipeline.Calls, 1)
}

// TestOutOfScope holds that what belongs to a deal that is out of scope is out
// of scope as well, and no orphan.
func TestOutOfScope(t *testing.T) {
	m := mapping(t, "deals: {id: id, unless: {gone: true}}\nactivities: {id: id, deal: deal, at: at}\nhistory: {deal: deal, at: at, to: to}\n")
	got := read(t, m,
		text(crm.RoleDeals, "d.csv", "id,gone\nD1,1\nD2,no\n"),
		text(crm.RoleActivities, "a.csv", "id,deal,at\nA1,D1,2026-01-02\nA2,D2,2026-01-02\n"),
		text(crm.RoleHistory, "h.csv", "deal,at,to\nD1,2026-01-02,x\n"))
	assert.Empty(t, got.Rejects)
	assert.Empty(t, got.Pipeline.Faults)
	assert.Len(t, got.Pipeline.Activities, 1)
	assert.Empty(t, got.Pipeline.Moves)
}

// TestWarnings holds that a value which can be done without never costs the row.
func TestWarnings(t *testing.T) {
	m := mapping(t, "deals: {id: id, amount: amount, close_date: close, created: created, status: {field: s, values: {W: won}}}\n")
	got := read(t, m, text(crm.RoleDeals, "d.csv",
		"id,amount,close,created,s\nD1,1.234.5,soon,then,W\nD2,-5,2026-01-01,2026-01-01,?\nD3,(7),,,?\nD4,lots,,,\n"))
	assert.Empty(t, got.Rejects)
	var told []string
	for _, w := range got.Warnings {
		told = append(told, w.Error())
	}
	const expected = "expected a time such as 2026-11-05T15:00:00Z, 2026-11-05 15:00 or 2026-11-05, or spell it with times: in the mapping"
	assert.Equal(t, []string{
		`d.csv:2: warning: amount: "1.234.5" is left out: expected a number such as 1234.50 (2 rows) [unreadable]`,
		`d.csv:2: warning: created: "then" is left out: ` + expected + ` [unreadable]`,
		`d.csv:2: warning: close: "soon" is left out: ` + expected + ` [unreadable]`,
		`d.csv:3: warning: s: "?" is not among the values of status (2 rows) [unknown_word]`,
		`d.csv:3: warning: amount: the amount is below zero (2 rows) [negative]`,
	}, told)
	assert.Nil(t, got.Pipeline.Deals[0].Amount)
	assert.InDelta(t, -5, *got.Pipeline.Deals[1].Amount, 0)
	assert.InDelta(t, -7, *got.Pipeline.Deals[2].Amount, 0)
}

// TestManyUnknownWords holds that a column of free text does not fill the
// report.
func TestManyUnknownWords(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,s\n")
	for i := range 1000 {
		b.WriteString("D" + strings.Repeat("x", i) + "," + strings.Repeat("y", i+1) + "\n")
	}
	got := read(t, mapping(t, "deals: {id: id, status: s}\n"), text(crm.RoleDeals, "d.csv", b.String()))
	assert.Len(t, got.Warnings, 21)
	assert.Equal(t, 980, got.Warnings[20].Count)
}

func TestUnknownStages(t *testing.T) {
	m := mapping(t, "stages: {Open: target}\ndeals: {id: id, stage: stage}\nhistory: {deal: deal, at: at, to: to}\n")
	got := read(t, m,
		text(crm.RoleDeals, "d.csv", "id,stage\nD1, open \nD2,Waiting\nD3,\n"),
		text(crm.RoleHistory, "h.csv", "deal,at,to\nD1,2026-01-02,Waiting\n"))
	assert.Equal(t, []crm.UnknownStage{{Name: "Waiting", Count: 2, First: pipeline.Source{File: "d.csv", Line: 3}}}, got.UnknownStages)
	assert.Equal(t, "target", got.Pipeline.Deals[0].Claimed)
	assert.Equal(t, "open", got.Pipeline.Deals[0].StageName)
	assert.Equal(t, "Waiting", got.Pipeline.Deals[1].Claimed)
}

func TestMissingColumns(t *testing.T) {
	m := mapping(t, "deals: {id: Deal ID, name: Title, where: {Kind: x}}\n")
	_, err := m.Read([]crm.File{text(crm.RoleDeals, "d.csv", "Deal-ID,Title\n1,a\n")}, crm.Options{})
	var wrong *crm.FileError
	require.ErrorAs(t, err, &wrong)
	assert.EqualError(t, err, `d.csv: there is no column "Deal ID", which is the id of the deals: did you mean "Deal-ID"?`)

	got := read(t, m, text(crm.RoleDeals, "d.csv", "Deal ID,Titel\n1,a\n"))
	require.Len(t, got.Warnings, 2)
	assert.Contains(t, got.Warnings[0].Error(), `Title: there is no such column, which is the name of the deals: did you mean "Titel"?`)
	assert.Contains(t, got.Warnings[1].Error(), "Kind: there is no such column, which a condition asks for")
	assert.Equal(t, 1, got.Counts[0].OutOfScope)
}

func TestWhichTable(t *testing.T) {
	m := mapping(t, `
activities:
  - {name: calls, id: id, deal: deal, at: called, kind: {value: call}}
  - {name: visits, id: id, deal: deal, at: visited, kind: {value: visit}}
  - {name: nested, each: a.b, id: id, deal: deal, at: at}
rules: []
`)
	got := read(t, m,
		text(crm.RoleActivities, "1", "id,deal,visited\n1,D,2026-01-01\n"),
		text(crm.RoleActivities, "2", `[{"id": 1, "deal": "D", "called": "2026-01-01"}]`))
	assert.Equal(t, "visits", got.Counts[0].Table)
	assert.Equal(t, "calls", got.Counts[1].Table)
	// The same id in another table is another activity.
	assert.Equal(t, []string{"1", "calls-1"}, []string{got.Pipeline.Activities[0].ID, got.Pipeline.Activities[1].ID})

	for _, test := range []struct{ table, content, want string }{
		{"", "id,deal,when\n", "the columns do not tell which table of activities this is: name it, as in NAME=FILE, where NAME is one of calls, visits, nested"},
		{"", "id,deal,called,visited\n", "the columns do not tell"},
		{"call", "id,deal,called\n", `did you mean "calls"?`},
		{"x", "id,deal,called\n", "there is calls, visits, nested"},
	} {
		_, err := m.Read([]crm.File{{Role: crm.RoleActivities, Table: test.table, Name: "f", Reader: strings.NewReader(test.content)}}, crm.Options{})
		assert.ErrorContains(t, err, test.want)
	}
	_, err := m.Read([]crm.File{text(crm.RoleDeals, "d", "id\n")}, crm.Options{})
	assert.EqualError(t, err, "d: the mapping test says nothing about deals")
}

func TestRejectedEnds(t *testing.T) {
	stop := errors.New("the disk is full")
	_, err := mapping(t, plain).Read([]crm.File{text(crm.RoleDeals, "d", "id\n1\n1\n")},
		crm.Options{Rejected: func(crm.Reject) error { return stop }})
	assert.ErrorIs(t, err, stop)
}

// TestLateBreaks holds that a meeting that does not take place is no word about
// the one that did.
func TestLateBreaks(t *testing.T) {
	m := mapping(t, `
activities: {id: id, deal: deal, at: at, kind: {value: meeting}, contact: {field: o, values: {held: reached, missed: no_show, off: none}}, calls: {o: [held, missed]}}
rules:
  - {commitment: m, when: {o: held}, status: kept, by: buyer}
  - {commitment: m, when: {o: missed}, status: broken, by: buyer}
  - {commitment: m, when: {o: off}, status: withdrawn, by: unknown}
`)
	got := read(t, m, text(crm.RoleActivities, "a", "id,deal,at,o\n1,D,2026-01-01,missed\n2,D,2026-01-02,held\n3,D,2026-01-03,missed\n4,D,2026-01-04,off\n5,E,2026-01-05,off\n"))
	said := map[outcome.CallID][]commitment.Status{}
	for _, c := range got.Pipeline.Calls {
		said[c.ID] = nil
		for _, e := range c.Commitments {
			said[c.ID] = append(said[c.ID], e.Status)
		}
	}
	assert.Equal(t, map[outcome.CallID][]commitment.Status{
		"1": {commitment.Broken}, "2": {commitment.Kept}, "3": nil, "5": {commitment.Withdrawn},
	}, said)
	assert.Len(t, got.Pipeline.Activities, 5)
}
