package crm_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// files names the files of a fixture: "activities meetings=meetings.json".
func files(t *testing.T, dir string, names ...string) []crm.File {
	t.Helper()
	var all []crm.File
	for _, name := range names {
		role, file, _ := strings.Cut(name, " ")
		table := ""
		if before, after, ok := strings.Cut(file, "="); ok {
			table, file = before, after
		}
		f, err := os.Open(filepath.Join("testdata", dir, file))
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, f.Close()) })
		all = append(all, crm.File{Role: crm.Role(role), Table: table, Name: file, Reader: f})
	}
	return all
}

// TestBuiltin reads exports in the shape of each CRM, and shows the whole
// pipeline that comes out.
func TestBuiltin(t *testing.T) {
	for _, test := range []struct {
		mapping string
		files   []string
	}{
		{"hubspot", []string{
			"deals deals.json", "activities meetings=meetings.json", "activities calls=calls.json", "activities emails=emails.json",
			"history stages=deals.json", "history close_dates=deals.json", "contacts contacts.json",
		}},
		{"hubspot-warehouse", []string{
			"activities engagement_meeting.csv", "activities engagement_call.csv", "deals deal.csv", "history deal_stage.csv",
			"history deal_property_history.csv", "links engagement_deal.csv", "links engagement_contact.csv", "contacts contact.csv",
		}},
		{"salesforce", []string{
			"deals opportunities.json", "activities tasks=tasks.json", "activities events.json", "activities invitations=invitations.json",
			"history history.json", "history changes.json", "contacts roles.json", "contacts people.json",
		}},
		{"salesforce-export", []string{"deals Opportunity.csv", "activities Task.csv"}},
		{"salesforce-warehouse", []string{
			"deals opportunity.csv", "activities task.csv", "activities event.csv", "history versions.csv",
		}},
		{"pipedrive", []string{
			"deals deals.json", "activities activities.json", "activities invitations=activities.json", "history flow.json", "contacts persons.json",
		}},
	} {
		t.Run(test.mapping, func(t *testing.T) {
			m, err := crm.Builtin(test.mapping)
			require.NoError(t, err)
			p, err := m.Process()
			require.NoError(t, err)
			read, err := m.Read(files(t, test.mapping, test.files...), crm.Options{Process: p})
			require.NoError(t, err)
			compare(t, test.mapping+".txt", page(t, read))
			for i := range read.Pipeline.Calls {
				assert.NoError(t, read.Pipeline.Calls[i].Validate())
			}
			// What comes out can be judged.
			book := pipeline.NewBook(outcome.NewEvaluator(p, outcome.Options{}), &read.Pipeline, pipeline.Options{AsOf: day("2026-06-30")})
			for i := range book.Len() {
				for _, v := range book.History(i).Verdicts {
					assert.Less(t, v.Worst(), diagnostic.Error, "%v", v.Record())
				}
			}
		})
	}
}

// page shows an import for people to read.
func page(t *testing.T, read *crm.Import) string {
	t.Helper()
	var b strings.Builder
	section := func(name string) { fmt.Fprintf(&b, "\n# %s\n\n", name) }
	line := func(source pipeline.Source, record any) {
		text, err := json.Marshal(record)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s %s\n", source, text)
	}
	b.WriteString("# Counts\n\n")
	for _, c := range read.Counts {
		fmt.Fprintf(&b, "%s %s %s: %d = %d used + %d rejected + %d out of scope\n", c.Role, c.Table, c.File, c.Read, c.Used, c.Rejected, c.OutOfScope)
	}
	section("Rejects")
	for _, r := range read.Rejects {
		fmt.Fprintf(&b, "%v\n", r.Error())
	}
	section("Warnings")
	for _, w := range read.Warnings {
		fmt.Fprintf(&b, "%v\n", w.Error())
	}
	for _, u := range read.UnknownStages {
		fmt.Fprintf(&b, "%s: unknown stage %q, %d times\n", u.First, u.Name, u.Count)
	}
	section("Faults")
	for _, f := range read.Pipeline.Faults {
		fmt.Fprintf(&b, "%s kind %d %s %q of %q, first %s, differ %v\n", f.Source, f.Kind, f.Table, f.ID, f.Deal, f.First, f.Differ)
	}
	section("Deals")
	for _, d := range read.Pipeline.Deals {
		line(d.Source, struct {
			outcome.Deal
			Status          pipeline.Status
			Created, Closed string
			StageName       string
		}{d.Deal, d.Status, moment(d.Created), moment(d.Closed), d.StageName})
	}
	section("Activities")
	for _, a := range read.Pipeline.Activities {
		fmt.Fprintf(&b, "%s %s of %s at %s, %q, tells %v\n", a.Source, a.ID, a.Deal, moment(a.At), a.Kind, a.Tells)
	}
	section("Calls")
	for i := range read.Pipeline.Calls {
		line(pipeline.Source{}, read.Pipeline.Calls[i])
	}
	section("Moves")
	for _, m := range read.Pipeline.Moves {
		fmt.Fprintf(&b, "%s %q of %s at %s: %q to %q\n", m.Source, m.ID, m.Deal, moment(m.At), m.From, m.To)
	}
	section("Close dates")
	for _, c := range read.Pipeline.CloseDates {
		fmt.Fprintf(&b, "%s %q of %s at %s: %s\n", c.Source, c.ID, c.Deal, moment(c.At), c.Date)
	}
	return b.String()
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}
