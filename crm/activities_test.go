package crm_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// TestOneRowSeveralCalls reads a row that shows only the last state of a meeting:
// it was booked, and it took place.
func TestOneRowSeveralCalls(t *testing.T) {
	m := mapping(t, `
timezone: Europe/Berlin
activities: {id: id, deal: deal, at: start, until: end, kind: {value: meeting}, people: who, rep: rep, notes: text, call_kind: type, rating: mood}
contacts: {id: id, deal: deal, name: name, role: role}
rules:
  - {commitment: m, when: {booked: {present: true}}, status: given, by: buyer, at: booked, due: start, evidence: [calendar, email]}
  - {commitment: n, when: {state: done}, status: given, by: buyer, at: booked, due: day, note: text}
  - {commitment: m, when: {state: done}, status: kept, by: buyer}
  - {commitment: o, when: {state: done}, status: given, by: seller, at: sent, people: team}
`)
	got := read(t, m,
		text(crm.RoleActivities, "a.csv", "id,deal,start,end,who,rep,text,type,mood,booked,state,day,sent,team\n"+
			"7,D1,2026-03-02 10:00,2026-03-02 11:00,p1;p9,ana,fine,first,great,2026-02-20,done,2026-03-09,2026-03-03 08:00,Zoe\n"),
		text(crm.RoleContacts, "c.csv", "id,deal,name,role\np1,,Ines,champion\np1,D1,,buyer\np1,D2,,other\n"))
	ines, nine := commitment.Person{Name: "Ines", Role: "buyer"}, commitment.Person{Name: "p9"}
	at := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return at
	}
	due := outcome.At(at("2026-03-02T09:00:00Z"))
	people := []commitment.Person{ines, nine}
	assert.Equal(t, []outcome.Call{
		{
			ID: "7-given", Deal: "D1", At: at("2026-02-20T11:00:00Z"), Rep: "ana", Contact: outcome.NoContact,
			Commitments: []outcome.Entry{
				{Commitment: "m", By: commitment.Buyer, Due: due, People: people, Evidence: []string{"calendar", "email"}},
				{Commitment: "n", By: commitment.Buyer, Due: outcome.On(2026, 3, 9), People: people, Note: "fine"},
			},
		},
		{
			ID: "7-given-2", Deal: "D1", At: at("2026-03-03T07:00:00Z"), Rep: "ana", Contact: outcome.NoContact,
			Commitments: []outcome.Entry{{Commitment: "o", By: commitment.Seller, People: []commitment.Person{{Name: "Zoe"}}}},
		},
		{
			ID: "7", Deal: "D1", At: at("2026-03-02T10:00:00Z"), Rep: "ana", Kind: "first", Rating: outcome.Great, Notes: "fine",
			Commitments: []outcome.Entry{{Commitment: "m", By: commitment.Buyer, Status: commitment.Kept, People: people}},
		},
	}, got.Pipeline.Calls)
	assert.True(t, got.Pipeline.Activities[0].At.Equal(at("2026-03-02T09:00:00Z")))
}

// TestWhatIsACall tells calls from other activities.
func TestWhatIsACall(t *testing.T) {
	rows := "id,deal,at,kind,o\n1,D,2026-01-01,Call,x\n2,D,2026-01-01,meeting,\n3,D,2026-01-01,email,x\n4,D,2026-01-01,,\n"
	rule := "rules: [{commitment: c, of: email, when: {o: x}, status: given, by: buyer}]\n"
	for calls, want := range map[string][]outcome.CallID{
		"":                   {"1", "2", "3"},
		", calls: none":      {"3"},
		", calls: {o: x}":    {"1", "3"},
		", calls: {kind: z}": {"3"},
	} {
		m := mapping(t, "activities: {id: id, deal: deal, at: at, kind: kind"+calls+"}\n"+rule)
		got := read(t, m, text(crm.RoleActivities, "a.csv", rows))
		var ids []outcome.CallID
		for _, c := range got.Pipeline.Calls {
			ids = append(ids, c.ID)
		}
		assert.Equal(t, want, ids, calls)
		assert.Len(t, got.Pipeline.Activities, 4)
	}
}

// TestContact holds that a result that nobody knows has reached no one.
func TestContact(t *testing.T) {
	rows := "id,deal,at,o\n1,D,2026-01-01,yes\n2,D,2026-01-01,VM\n3,D,2026-01-01,?\n4,D,2026-01-01,\n"
	contacts := func(field string) (all []outcome.Contact) {
		m := mapping(t, "activities: {id: id, deal: deal, at: at, kind: {value: call}"+field+"}\n")
		for _, c := range read(t, m, text(crm.RoleActivities, "a.csv", rows)).Pipeline.Calls {
			all = append(all, c.Contact)
		}
		return all
	}
	const r, n, none = outcome.Reached, outcome.NotReached, outcome.NoContact
	assert.Equal(t, []outcome.Contact{r, r, r, r}, contacts(""))
	assert.Equal(t, []outcome.Contact{r, n, none, r}, contacts(", contact: {field: o, values: {yes: reached, vm: not_reached}}"))
	assert.Equal(t, []outcome.Contact{r, n, n, n}, contacts(", contact: {field: o, values: {yes: reached}, default: not_reached}"))
}

// TestTells holds that a record tells something as soon as it says anything
// about what a rule asks for.
func TestTells(t *testing.T) {
	m := mapping(t, `
activities: {id: id, deal: deal, at: at, kind: kind, people: who}
rules:
  - {commitment: c, of: meeting, when: {a: x, b: {present: false}}, status: kept, by: buyer}
  - {commitment: c, of: call, needs_people: true, status: kept, by: unknown}
  - {commitment: {field: what}, of: visit, when: {a: x}, status: kept, by: unknown}
`)
	got := read(t, m, text(crm.RoleActivities, "a.csv", "id,deal,at,kind,who,a,b,what\n"+
		"1,D,2026-01-01,meeting,,x,,\n2,D,2026-01-01,meeting,,y,y,\n3,D,2026-01-01,meeting,,,,\n4,D,2026-01-01,email,,x,,\n"+
		"5,D,2026-01-01,call,,,,\n6,D,2026-01-01,call,Ann,,,\n7,D,2026-01-01,visit,,x,,\n8,D,2026-01-01,visit,,y,,demo\n9,D,2026-01-01,visit,,x,,demo\n"))
	var tells []string
	for _, a := range got.Pipeline.Activities {
		if a.Tells {
			tells = append(tells, a.ID)
		}
	}
	assert.Equal(t, []string{"1", "2", "6", "8", "9"}, tells)
	said := map[outcome.CallID]commitment.ID{}
	for _, c := range got.Pipeline.Calls {
		for _, e := range c.Commitments {
			said[c.ID] = e.Commitment
		}
	}
	assert.Equal(t, map[outcome.CallID]commitment.ID{"1": "c", "6": "c", "9": "demo"}, said)
}

// TestConditions tries every way to say what has to stand in a field.
func TestConditions(t *testing.T) {
	for condition, want := range map[string][]string{
		"{v: Done}":                  {"1", "2"},
		"{v: [done, Held]}":          {"1", "2", "3"},
		"{v: {prefix: HE}}":          {"3", "4"},
		"{v: {pattern: 'He.*'}}":     {"3", "4"},
		"{v: {pattern: 'Hel'}}":      nil,
		"{v: {pattern: '(?i)done'}}": {"1", "2"},
		"{v: {present: true}}":       {"1", "2", "3", "4", "6"},
		"{v: {present: false}}":      {"5"},
		"{v: ''}":                    {"5"},
		"{v: true}":                  {"6"},
		"{v: 1}":                     {"6"},
		"{w: true}":                  {"1", "2"},
		"{w: false}":                 {"3", "4"},
		"{w | v: 'yes'}":             {"1"},
		"{x | v: held}":              {"3"},
		"{v: Done, w: true}":         {"1", "2"},
		"{v: Done, w: false}":        nil,
	} {
		m := mapping(t, "deals: {id: id, where: "+condition+"}\n")
		got := read(t, m, text(crm.RoleDeals, "d.csv", "id,v,w\n1,Done,yes\n2,DONE,TRUE\n3,Held,0\n4,Held over,False\n5,,\n6,1,\n"))
		var ids []string
		for _, d := range got.Pipeline.Deals {
			ids = append(ids, string(d.Deal.Deal))
		}
		assert.Equal(t, want, ids, condition)
	}
}

// TestClosed holds that the date of a deal that is open is not when it closed.
func TestClosed(t *testing.T) {
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	m := mapping(t, "stages: {W: won, P: proof}\ndeals: {id: id, stage: s, status: {field: x, values: {w: won, o: open}}, closed: c, close_date: c}\n")
	read, err := m.Read([]crm.File{text(crm.RoleDeals, "d.csv", "id,s,x,c\n1,P,o,2026-01-01\n2,P,w,2026-01-01\n3,W,,2026-01-01\n4,P,,2026-01-01\n5,W,w,\n")}, crm.Options{Process: p})
	require.NoError(t, err)
	var closed []string
	for _, d := range read.Pipeline.Deals {
		closed = append(closed, moment(d.Closed))
	}
	end := "2026-01-01T23:59:59.999999999Z"
	assert.Equal(t, []string{"nobody knows", end, end, "nobody knows", "nobody knows"}, closed)
}
