package crm_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/process"
)

// TestExtends changes a built-in mapping in ten lines.
func TestExtends(t *testing.T) {
	m := mapping(t, `
extends: hubspot
stages: {"87261": proof}
deals: {amount: properties.arr}
activities: {name: meetings, rep: properties.who}
rules:
  - {commitment: share_data, of: meeting, when: {properties.hs_activity_type: Data}, status: kept, by: buyer}
`)
	got, base := m.Definition(), builtin(t, "hubspot").Definition()
	assert.Equal(t, "test", got.ID)
	assert.Equal(t, "complex-b2b", got.Process)
	assert.Equal(t, []crm.Word{{From: "87261", To: "proof"}}, got.Stages)
	assert.Equal(t, crm.Field{Names: []string{"properties.arr"}}, got.Deals.Amount)
	assert.Equal(t, base.Deals.Unless, got.Deals.Unless)
	assert.Equal(t, base.Deals.Status, got.Deals.Status)
	require.Len(t, got.Activities, len(base.Activities))
	assert.Equal(t, []string{"properties.who"}, got.Activities[0].Rep.Names)
	assert.Equal(t, base.Activities[0].Calls, got.Activities[0].Calls)
	assert.Equal(t, base.Activities[0].At, got.Activities[0].At)
	assert.Equal(t, base.Activities[1], got.Activities[1])
	assert.Equal(t, base.History, got.History)
	require.Len(t, got.Rules, 1)
	assert.Equal(t, base, builtin(t, "hubspot").Definition(), "the built-in mapping stays as it is")
}

func TestExtendsWithoutName(t *testing.T) {
	m := mapping(t, "extends: pipedrive\nhistory: {at: data.when}\nactivities: {name: visits, deal: d, at: a, calls: none}\n")
	got, base := m.Definition(), builtin(t, "pipedrive").Definition()
	require.Len(t, got.History, 1)
	assert.Equal(t, base.History[0].To, got.History[0].To)
	assert.Equal(t, []string{"data.when"}, got.History[0].At.Names)
	assert.Equal(t, []string{"visits", "activities", "invitations"}, m.Tables(crm.RoleActivities))
	assert.Equal(t, base.Rules, got.Rules)
}

// TestCheckInherited holds that what a mapping inherits is told as such.
func TestCheckInherited(t *testing.T) {
	p, err := process.Builtin("transactional")
	require.NoError(t, err)
	got := mapping(t, "extends: hubspot\nprocess: transactional\n").Check(p)
	require.NotEmpty(t, got)
	for _, d := range got {
		if d.Severity == diagnostic.Error {
			assert.Contains(t, d.Message, "which this mapping inherits")
		}
	}
	own := mapping(t, "extends: hubspot\nprocess: transactional\nstages: {a: b}\nrules: []\ncontacts: {role: x}\n").Check(p)
	require.Len(t, own, 1)
	assert.NotContains(t, own[0].Message, "inherits")
	assert.Equal(t, 5, own[0].Range.Start.Line)
}

func builtin(t *testing.T, name string) *crm.Mapping {
	t.Helper()
	m, err := crm.Builtin(name)
	require.NoError(t, err)
	return m
}

func TestBuiltinUnknown(t *testing.T) {
	_, err := crm.Builtin("hubsport")
	assert.ErrorContains(t, err, `did you mean "hubspot"?`)
	_, err = crm.Builtin("zoho-books-of-old")
	assert.ErrorContains(t, err, "there is hubspot, hubspot-warehouse, pipedrive")
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	src, err := process.BuiltinSource("transactional")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "own.yaml"), src, 0o644))
	file := filepath.Join(dir, "crm.yaml")
	require.NoError(t, os.WriteFile(file, []byte(head+"process: own.yaml\ndeals: {id: x}\n"), 0o644))
	m, err := crm.Load(file)
	require.NoError(t, err)
	p, err := m.Process()
	require.NoError(t, err)
	assert.Equal(t, "transactional", p.ID())
	_, err = crm.Load(filepath.Join(dir, "none.yaml"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// TestCompile makes a mapping without YAML.
func TestCompile(t *testing.T) {
	def := crm.Definition{
		Format: crm.Format, ID: "own",
		Activities: []crm.Activities{{
			Deal: crm.Field{Names: []string{"d"}}, At: crm.Field{Names: []string{"t"}}, Kind: crm.Field{Value: "meeting"},
		}},
		Rules: []crm.Rule{{Commitment: "first_meeting", Status: commitment.Kept, By: commitment.Buyer, Of: []string{"meeting"}}},
	}
	m, err := def.Compile()
	require.NoError(t, err)
	got := read(t, m, text(crm.RoleActivities, "a.csv", "d,t\nD1,2026-01-01\nD1,2026-01-02\nD1,2026-01-01\n"))
	require.Len(t, got.Pipeline.Calls, 2, "the third row says what the first one says")
	assert.Len(t, got.Pipeline.Calls[0].ID, 16)
	assert.Equal(t, crm.DuplicateRow, got.Rejects[0].Code)

	def.Rules[0].Commitment, def.TimeZone = "", "Mars"
	_, err = def.Compile()
	var list diagnostic.List
	require.ErrorAs(t, err, &list)
	assert.Equal(t, []string{"timezone", "rules[0].commitment"}, []string{list[0].Path, list[1].Path})
	_, err = crm.Definition{}.Compile()
	assert.Error(t, err)
}

// FuzzMapping holds that no text makes reading it fall over, and that what is
// accepted can read a table.
func FuzzMapping(f *testing.F) {
	for _, name := range crm.BuiltinNames() {
		src, err := crm.BuiltinSource(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add(head + messy)
	for _, pattern := range []string{"testdata/err/*.yaml", "testdata/warn/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range found {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(src))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		m, err := crm.Parse("", []byte(src))
		if err != nil {
			var list diagnostic.List
			require.ErrorAs(t, err, &list)
			assert.NotZero(t, list.Count(diagnostic.Error))
			return
		}
		m.Advice()
		for _, role := range crm.Roles() {
			for _, name := range m.Tables(role) {
				file := text(role, "f.jsonl", `{"id":"1","Id":"1","deal":"1","at":"2026-01-01"}`+"\n{}\n")
				file.Table = name
				got, err := m.Read([]crm.File{file}, crm.Options{})
				if err != nil {
					continue // the table may be inside of another
				}
				c := got.Counts[0]
				assert.Equal(t, c.Read, c.Used+c.Rejected+c.OutOfScope)
			}
		}
	})
}

// TestTakeAway takes a condition of a built-in mapping away.
func TestTakeAway(t *testing.T) {
	m := mapping(t, "extends: salesforce\ndeals: {unless: {}}\n")
	got := read(t, m, text(crm.RoleDeals, "d.csv", "Id,IsDeleted\n1,true\n"))
	assert.Len(t, got.Pipeline.Deals, 1)
	got = read(t, builtin(t, "salesforce"), text(crm.RoleDeals, "d.csv", "Id,IsDeleted\n1,true\n"))
	assert.Empty(t, got.Pipeline.Deals)
}
