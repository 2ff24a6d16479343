package crm_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// messy reads tables with everything that a mapping can say.
const messy = `
times: ["DD.MM.YYYY hh:mm"]
stages: {New: target, Talks: discovery, Won: won, Lost: lost}
deals:
  where: {scope: {pattern: "in.*"}}
  unless: {deleted: true}
  id: id
  stage: stage
  status: {won: {stage: Won}, lost: {stage: Lost}}
  amount: amount
  created: created
  closed: closed
  close_date: closed
activities:
  - name: calls
    unless: {deleted: true}
    id: id
    deal: deal
    at: at
    kind: {field: kind, values: {Tel: call, Visit: meeting}}
    contact: {field: result, values: {ok: reached, gone: no_show}}
    people: who
  - name: mails
    deal: deal
    at: sent
    kind: {value: email}
history:
  - {name: moves, id: id, deal: deal, at: at, from: old, to: new}
  - {name: pictures, id: id, deal: deal, at: at, stage: stage, close_date: closed}
contacts: {id: id, deal: deal, name: name, role: role}
links: {activity: activity, deal: deal}
rules:
  - {commitment: first_meeting, of: meeting, when: {result: ok}, status: kept, by: buyer, evidence: calendar}
  - {commitment: first_meeting, of: [meeting, call], when: {result: {present: true}}, status: given, by: buyer, at: booked, due: at}
  - {commitment: {field: kind, values: {Visit: share_data}}, status: declined, by: buyer, when: {result: gone}}
`

// generator makes tables with faults of all kinds.
type generator struct{ *rand.Rand }

func (g generator) of(words ...string) string { return words[g.IntN(len(words))] }

func (g generator) table(format string, columns map[string]func() string, names ...string) string {
	var b strings.Builder
	rows := g.IntN(40)
	if format == "csv" {
		b.WriteString(strings.Join(names, ",") + "\n")
	}
	for range rows {
		var cells []string
		object := map[string]any{}
		for _, name := range names {
			cell := columns[name]()
			cells = append(cells, cell)
			if cell != "" {
				object[name] = cell
			} else if g.IntN(2) == 0 {
				object[name] = nil
			}
		}
		switch {
		case format == "csv" && g.IntN(30) == 0:
			b.WriteString(strings.Repeat(",", len(cells)-1) + "\n")
		case format == "csv":
			b.WriteString(strings.Join(cells, ",") + "\n")
		case g.IntN(30) == 0:
			b.WriteString("{\"id\": \"1\",}\n")
		default:
			text, err := json.Marshal(object)
			if err != nil {
				panic(err)
			}
			b.Write(append(text, '\n'))
		}
	}
	return b.String()
}

func (g generator) files() []crm.File {
	id := func() string { return g.of("", "1", "2", "3", "4", "5", "6", "7", "8", "9") }
	deal := func() string { return g.of("", "1", "2", "3", "4", "99", "1;2", "3;99") }
	when := func() string {
		return g.of("", "2026-01-02", "2026-01-02T10:00:00Z", "02.03.2026 9:20", "1767690000", "soon", "2026-02-30", "2026-03-01 00:00:00")
	}
	columns := map[string]func() string{
		"id": id, "activity": id, "deal": deal, "at": when, "sent": when, "booked": when, "created": when, "closed": when,
		"deleted": func() string { return g.of("", "", "", "TRUE", "0") },
		"scope":   func() string { return g.of("in", "inside", "in", "out") },
		"stage":   func() string { return g.of("New", "Talks", "Won", "Lost", "Elsewhere", "") },
		"old":     func() string { return g.of("New", "Talks", "") },
		"new":     func() string { return g.of("Won", "Elsewhere", "") },
		"amount":  func() string { return g.of("", "5", "-5", "much", "1 200") },
		"kind":    func() string { return g.of("Tel", "Visit", "Fax", "") },
		"result":  func() string { return g.of("ok", "gone", "?", "") },
		"who":     func() string { return g.of("", "1", "2;3", "Ann") },
		"name":    func() string { return g.of("Ann", "Ben", "") },
		"role":    func() string { return g.of("champion", "x", "") },
	}
	var files []crm.File
	for _, t := range []struct {
		role  crm.Role
		table string
		names []string
	}{
		{crm.RoleDeals, "", []string{"id", "scope", "deleted", "stage", "amount", "created", "closed"}},
		{crm.RoleActivities, "calls", []string{"id", "deleted", "deal", "at", "booked", "kind", "result", "who"}},
		{crm.RoleActivities, "mails", []string{"deal", "sent"}},
		{crm.RoleHistory, "moves", []string{"id", "deal", "at", "old", "new"}},
		{crm.RoleHistory, "pictures", []string{"id", "deal", "at", "stage", "closed"}},
		{crm.RoleContacts, "", []string{"id", "deal", "name", "role"}},
		{crm.RoleLinks, "", []string{"activity", "deal"}},
	} {
		if g.IntN(10) == 0 {
			continue
		}
		format := g.of("csv", "jsonl")
		files = append(files, crm.File{
			Role: t.role, Table: t.table, Name: string(t.role) + t.table, Reader: strings.NewReader(g.table(format, columns, t.names...)),
		})
	}
	g.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	return files
}

// TestNoRowIsLost reads generated tables and accounts for every row of them.
func TestNoRowIsLost(t *testing.T) {
	m := mapping(t, messy)
	reasons := map[crm.RejectCode]int{}
	for seed := range uint64(400) {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		rows := 0
		files := g.files()
		got, err := m.Read(files, crm.Options{Row: func() { rows++ }})
		require.NoError(t, err, "seed %d", seed)

		read, used, rejected := 0, map[crm.Role]int{}, map[string]int{}
		for _, c := range got.Counts {
			assert.Equal(t, c.Read, c.Used+c.Rejected+c.OutOfScope, "seed %d: %+v", seed, c)
			read += c.Read
			used[c.Role] += c.Used
			rejected[c.File] += c.Rejected
		}
		assert.Equal(t, rows, read)
		for _, r := range got.Rejects {
			rejected[r.Source.File]--
			reasons[r.Code]++
			assert.NotZero(t, r.Source.Line)
			assert.NotEmpty(t, r.Reason)
			assert.NotEmpty(t, r.Raw)
		}
		for file, n := range rejected {
			assert.Zero(t, n, "seed %d: rows of %s that are counted and not told", seed, file)
		}
		sound(t, fmt.Sprintf("seed %d", seed), got, used)

		again, err := m.Read(generator{rand.New(rand.NewPCG(seed, 1))}.files(), crm.Options{})
		require.NoError(t, err)
		assert.Equal(t, got, again, "seed %d: the same files are read in the same way", seed)
	}
	for _, code := range crm.RejectCodes() {
		assert.NotZero(t, reasons[code], "no row was rejected for %s", code)
	}
}

// sound holds what is true of every pipeline that was read.
func sound(t *testing.T, name string, got *crm.Import, used map[crm.Role]int) {
	t.Helper()
	p := &got.Pipeline
	assert.Len(t, p.Deals, used[crm.RoleDeals], name)
	deals := map[outcome.DealID]bool{}
	for _, d := range p.Deals {
		assert.False(t, deals[d.Deal.Deal], "%s: deal %q is there twice", name, d.Deal.Deal)
		deals[d.Deal.Deal] = true
	}
	there := func(deal outcome.DealID) bool { return len(deals) == 0 || deals[deal] }
	type key struct {
		deal outcome.DealID
		id   string
	}
	activities, places := map[key]bool{}, map[pipeline.Source]bool{}
	for _, a := range p.Activities {
		assert.True(t, there(a.Deal), "%s: activity of %q", name, a.Deal)
		assert.False(t, activities[key{a.Deal, a.ID}], "%s: activity %q is there twice", name, a.ID)
		activities[key{a.Deal, a.ID}] = true
		places[a.Source] = true
		assert.False(t, a.At.IsZero())
	}
	assert.Len(t, places, used[crm.RoleActivities], name)
	calls := map[key]bool{}
	for i := range p.Calls {
		c := &p.Calls[i]
		assert.NoError(t, c.Validate(), name)
		assert.False(t, calls[key{c.Deal, string(c.ID)}], "%s: call %q is there twice", name, c.ID)
		calls[key{c.Deal, string(c.ID)}] = true
		assert.True(t, there(c.Deal), name)
	}
	for _, m := range p.Moves {
		assert.True(t, there(m.Deal), name)
		assert.NotEmpty(t, m.To)
	}
}
