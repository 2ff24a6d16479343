package draft

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/process"
)

func guess(t *testing.T, file, text string) Guess {
	t.Helper()
	r, err := table.Open(strings.NewReader(text), table.Options{Name: file})
	require.NoError(t, err)
	p, err := profile.Read(r, func() {})
	require.NoError(t, err)
	return Of(p)
}

func TestOf(t *testing.T) {
	for _, test := range []struct {
		file, text string
		role       crm.Role
		system     string
		fields     map[string]string // some of them
	}{
		{"d.csv", "deal_id,deal_name,stage,acv,created_date\nD,x,Lead,5,2026-01-01", crm.RoleDeals, "", map[string]string{"id": "deal_id", "amount": "acv", "created": "created_date"}},
		{"x.csv", "Id,Name,StageName,Amount,CloseDate\n006,x,Lead,5,2026-01-01", crm.RoleDeals, "salesforce", map[string]string{"stage": "StageName", "close_date": "CloseDate"}},
		{"deals.csv", "deal_id,property_dealname,property_createdate,property_amount\n1,x,2026-01-01,", crm.RoleDeals, "hubspot", map[string]string{"name": "property_dealname"}},
		{"x.json", `{"data":[{"id":1,"title":"x","stage_id":2,"value":5,"add_time":"2026-01-01 10:00:00","expected_close_date":null,"user_id":{"id":3,"name":"ana"}}]}`, crm.RoleDeals, "pipedrive", map[string]string{"name": "title", "created": "add_time"}},
		{"a.csv", "activity_id,deal_id,activity_type,timestamp\nA,D,call,2026-01-01", crm.RoleActivities, "", map[string]string{"at": "timestamp", "kind": "activity_type"}},
		{"meetings.json", `{"results":[{"id":"1","properties":{"hs_meeting_start_time":"2026-01-01T10:00:00Z","hs_meeting_outcome":"COMPLETED"},"associations":{"deals":{"results":[{"id":"9","type":"x"}]},"contacts":{"results":[{"id":"8"}]}}}]}`, crm.RoleActivities, "", map[string]string{
			"at": "properties.hs_meeting_start_time", "deal": "associations.deals.results.id", "people": "associations.contacts.results.id", "outcome": "properties.hs_meeting_outcome",
		}},
		{"x.csv", "deal_id,from_stage,to_stage,changed_at\nD,a,b,2026-01-01", crm.RoleHistory, "", map[string]string{"from": "from_stage", "to": "to_stage"}},
		{"stages.csv", "deal_id,value,date_entered\nD,b,2026-01-01", crm.RoleHistory, "", map[string]string{"to": "value", "at": "date_entered"}},
		{"deal_history.csv", "deal_id,name,value,timestamp\nD,stage,b,2026-01-01", crm.RoleHistory, "", map[string]string{"change": "name"}},
		{"opportunity_history.csv", "id,stage_name,forecast_category,_fivetran_start,created_date,amount\n006,b,x,2026-01-01,2025-01-01,5", crm.RoleHistory, "salesforce", map[string]string{"at": "_fivetran_start", "stage": "stage_name"}},
		{"x.csv", "contact_id,deal_id,name,role\nC,D,J. Ortiz,champion", crm.RoleContacts, "", map[string]string{"role": "role"}},
		{"x.csv", "engagement_id,deal_id,type_id\nA,D,1", crm.RoleLinks, "hubspot", map[string]string{"activity": "engagement_id"}},
		{"owners.csv", "owner_id,email,created_at\n1,a@example.com,2026-01-01", "", "", nil},
		{"targets.csv", "rep_name,month,quota\nana,2026-01,5", "", "", nil},
		{"empty.csv", "", "", "", nil},
		{"deals.csv", "deal_id,deal_name,stage,amount\n", crm.RoleDeals, "", map[string]string{"stage": "stage"}},
	} {
		g := guess(t, test.file, test.text)
		assert.Equal(t, test.role, g.Role, test.text)
		assert.Equal(t, test.system, g.System, test.text)
		for key, path := range test.fields {
			assert.Equal(t, path, g.Fields[key], "%s of %s", key, test.text)
		}
	}
}

// drafted writes a draft, and reads it again.
func drafted(t *testing.T, guesses ...Guess) (string, *crm.Mapping) {
	t.Helper()
	p, err := process.Builtin(process.Default)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, Write(&b, guesses, p, process.Default))
	m, err := crm.Parse("draft.yaml", b.Bytes())
	require.NoError(t, err, b.String())
	return b.String(), m
}

// TestDraftReads reads its own tables with a draft.
func TestDraftReads(t *testing.T) {
	deals := "\"Deal: \"\"ID\"\"\",Name,Stage,Value,Closed Date,Deleted\n" +
		"1,no,\"closed won: yes\",\"1.200,50\",31.12.2026,false\n2,x,# open,5,01.02.2026,true\n"
	activities := "activity_id,deal_id,type,date\nA,1,Sales Call,2026-01-01\n"
	text, m := drafted(t, guess(t, "my deals.csv", deals), guess(t, "a.csv", activities), guess(t, "b.csv", activities))
	assert.Contains(t, text, `times: [DD.MM.YYYY]`)
	assert.Contains(t, text, `decimal: ","`)
	assert.Equal(t, []string{"a", "b"}, m.Tables(crm.RoleActivities))
	def := m.Definition()
	assert.Equal(t, []string{`Deal: "ID"`}, def.Deals.ID.Names)
	assert.Equal(t, "deleted", strings.ToLower(def.Deals.Unless[0].Field))
	assert.Equal(t, []crm.Word{{From: "Sales Call", To: "call"}}, def.Activities[0].Kind.Values)
}

// TestDraftLacks puts what it can not know into comments, so that the rest can
// be read.
func TestDraftLacks(t *testing.T) {
	meetings := guess(t, "meetings.csv", "meeting_id,start_time\nM,2026-01-01 10:00\n")
	require.Equal(t, crm.RoleActivities, meetings.Role)
	deals := guess(t, "deals.csv", "deal_id,stage,amount\n1,x,5\n")
	text, m := drafted(t, deals, meetings)
	assert.Contains(t, text, "# activities:")
	assert.Contains(t, text, "DECIDE: which column is the deal of an activity")
	assert.Empty(t, m.Tables(crm.RoleActivities))

	links := guess(t, "links.csv", "meeting_id,deal_id\nM,1\n")
	_, m = drafted(t, deals, meetings, links)
	assert.Len(t, m.Tables(crm.RoleActivities), 1)
}

func TestScalar(t *testing.T) {
	for text, want := range map[string]string{
		"Deal ID": "Deal ID", "no": `"no"`, "a: b": `"a: b"`, "#1": `"#1"`, "1": `"1"`, "": `""`, "Größe": "Größe",
		" x": `" x"`, `say "hi"`: `"say \"hi\""`, "a\tb": `"a\tb"`, "properties.dealname": "properties.dealname", "closed won-": "closed won-",
	} {
		assert.Equal(t, want, scalar(text))
	}
}

// TestDraftSpellsTimes writes spellings that a mapping can have, and that read
// the values that they were found in.
func TestDraftSpellsTimes(t *testing.T) {
	for _, value := range []string{
		"14.06.2026", "14/6/2026 9:20", "06-14-26 9:05 pm", "06/14/2026 09:20:30", "5 May 2026", "March 15, 2026 10:00", "14.06.2026, 10:00",
		"2026.06.14", "2026.06.14 10:00:00.5", "2026.06.14 10:00 UTC", "2026/06/14", "2026-06-14T10:00:00.000+0000", "09:20",
	} {
		text, m := drafted(t, guess(t, "deals.csv", "deal_id\tdeal_name\tamount\tcreated\n1\tx\t5\t"+value+"\n"))
		if strings.Contains(text, "times: ") {
			assert.Len(t, m.Definition().Times, 1, value)
		}
	}
}
