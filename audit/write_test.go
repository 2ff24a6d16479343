package audit_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/pipetest"
	"github.com/advance-sales/advance/outcome"
)

// mixed has something of everything.
const mixed = `
	deal A stage=trial name==1+1 owner=@ana amount=-5000
	call c1 A 2026-06-20 given:meeting@2026-07-10
	deal B stage=discovery name=Birch amount=100
	call c2 B 2026-06-20 given:meeting@2026-07-10
	deal C stage=discovery
	activity a C 2026-06-29 email
	duplicate activities a C
	orphan activities z Z
`

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	r := run(t, mixed, audit.Options{})
	require.NoError(t, r.WriteCSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, len(r.Findings)+1)
	columns := map[string]int{}
	for i, name := range rows[0] {
		columns[name] = i
	}
	for i, row := range rows[1:] {
		assert.Equal(t, string(r.Findings[i].Code), row[columns["code"]])
		assert.Equal(t, r.Findings[i].Identity, row[columns["identity"]])
		for name, column := range columns {
			if cell := row[column]; cell != "" && name != "amount" {
				assert.NotContains(t, "=+-@\t\r", cell[:1], "a spreadsheet would run %q", cell)
			}
		}
	}
	assert.Equal(t, []string{"'=1+1", "'@ana", "-5000"}, []string{rows[1][columns["name"]], rows[1][columns["owner"]], rows[1][columns["amount"]]})
}

func TestJUnit(t *testing.T) {
	p := pipetest.Parse(mixed)
	p.Deals[1].Name = "Bir\x00ch\x1b[31m \uffff]]> <&"
	r, err := audit.Run(evaluator(t), p, audit.Options{AsOf: asOf})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, r.WriteJUnit(&b, diagnostic.Warning))
	assert.NotContains(t, b.String(), "\ufffd")

	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Class   string `xml:"classname,attr"`
			Failure *struct {
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Out string `xml:"system-out"`
		} `xml:"testsuite>testcase"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &suites))
	require.Len(t, suites.Cases, 4)
	assert.Equal(t, []int{4, 3}, []int{suites.Tests, suites.Failures})
	a, sound, c, rest := suites.Cases[0], suites.Cases[1], suites.Cases[2], suites.Cases[3]
	assert.Equal(t, []string{"A =1+1", "@ana"}, []string{a.Name, a.Class})
	assert.Equal(t, "overstated, negative_amount", a.Failure.Message)
	assert.Contains(t, a.Failure.Text, "overstated: It is claimed at Trial")
	assert.Equal(t, "B Birch[31m ]]> <&", sound.Name)
	assert.Nil(t, sound.Failure)
	assert.Equal(t, "duplicate", c.Failure.Message)
	assert.Contains(t, c.Out, "insufficient_data: ")
	assert.Equal(t, "rows without a deal", rest.Name)
	assert.Equal(t, "orphan", rest.Failure.Message)

	b.Reset()
	require.NoError(t, r.WriteJUnit(&b, diagnostic.Error))
	assert.Equal(t, 1, strings.Count(b.String(), "<failure "))
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, run(t, mixed, audit.Options{Rows: []audit.Rows{{Table: "deals", Read: 4, Used: 3, Rejected: 1}}}).WriteJSON(&b))
	var back audit.Report
	require.NoError(t, json.Unmarshal(b.Bytes(), &back))
	var again bytes.Buffer
	require.NoError(t, back.WriteJSON(&again))
	assert.Equal(t, b.String(), again.String())
	assert.Contains(t, b.String(), audit.Purpose)
	assert.NotNil(t, back.Findings[0].Evidence)
}

// TestDetails keeps the calls of each deal where a report shows them.
func TestDetails(t *testing.T) {
	assert.Nil(t, run(t, mixed, audit.Options{}).Deals[0].Detail)
	d := run(t, mixed, audit.Options{Details: true}).Deals[0].Detail
	require.NotNil(t, d)
	require.Len(t, d.Calls, 1)
	assert.Equal(t, outcome.Advance, d.Calls[0].Result)
	assert.NotEmpty(t, d.Calls[0].Why)
	assert.Len(t, d.Open, 1)
}

func TestBaseline(t *testing.T) {
	first := run(t, mixed, audit.Options{})
	var asJSON, asCSV bytes.Buffer
	require.NoError(t, first.WriteJSON(&asJSON))
	require.NoError(t, first.WriteCSV(&asCSV))
	fromCSV, err := audit.ReadBaseline(&asCSV)
	require.NoError(t, err)
	fromJSON, err := audit.ReadBaseline(strings.NewReader("\n " + asJSON.String()))
	require.NoError(t, err)
	for _, b := range []*audit.Baseline{audit.NewBaseline(first), fromJSON, fromCSV} {
		assert.Equal(t, len(first.Findings), b.Len())
		same := run(t, mixed, audit.Options{Baseline: b})
		assert.Empty(t, same.Findings)
		assert.Empty(t, same.Codes)
		assert.Equal(t, []int{len(first.Findings), 0}, []int{same.Baseline.Known, same.Baseline.Gone})

		text := strings.Replace(mixed, "deal B stage=discovery", "deal B stage=trial", 1)
		text = strings.Replace(text, "amount=-5000", "amount=5000", 1)
		second := run(t, text, audit.Options{Baseline: b})
		assert.Equal(t, []string{"overstated"}, found(second))
		assert.Equal(t, []int{len(first.Findings) - 1, 1}, []int{second.Baseline.Known, second.Baseline.Gone})

		// A report with a baseline is a baseline of all that it knows.
		third := run(t, text, audit.Options{Baseline: audit.NewBaseline(second)})
		assert.Empty(t, third.Findings)
		assert.Zero(t, third.Baseline.Gone)

		// What is not looked for has not gone.
		off := map[audit.Code]diagnostic.Severity{audit.NegativeAmount: diagnostic.Ignore}
		assert.Zero(t, run(t, text, audit.Options{Baseline: b, Severities: off}).Baseline.Gone)
	}
}

func TestNoBaseline(t *testing.T) {
	for _, text := range []string{"", " \n", "{}", "{\"findings\": 3}", "[]", "a,b\n1,2\n", "{\"findings\": [{\"code\": \"stalled\"}]}", "identity,code\n\"x"} {
		_, err := audit.ReadBaseline(strings.NewReader(text))
		assert.ErrorContains(t, err, "reading the baseline: ", "%q", text)
	}
}

func TestCodes(t *testing.T) {
	for _, c := range audit.Codes() {
		got, err := audit.ParseCode(string(c))
		require.NoError(t, err)
		assert.Equal(t, c, got)
		assert.NotEqual(t, diagnostic.Ignore, c.Default(), c)
		assert.LessOrEqual(t, len(c.Title()), 30, "%s does not fit a page", c)
	}
	_, err := audit.ParseCode("overstatd")
	assert.EqualError(t, err, `there is no finding "overstatd": did you mean "overstated"?`)
	assert.Equal(t, diagnostic.Ignore, audit.Code("x").Default())
}

// TestMemory keeps nothing of a deal but its view and its findings.
func TestMemory(t *testing.T) {
	ev := evaluator(t)
	p := pipetest.Parse(sound)
	calls := p.Calls
	per := func(n int) float64 {
		p.Calls = nil
		for i := range n {
			c := calls[0]
			c.ID, c.At = outcome.CallID(strings.Repeat("x", i+1)), c.At.Add(-time.Duration(i)*time.Hour)
			p.Calls = append(p.Calls, c)
		}
		r, err := audit.Run(ev, p, audit.Options{AsOf: asOf})
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, r.WriteJSON(&b))
		return float64(b.Len())
	}
	assert.InDelta(t, per(10), per(200), 200, "the report does not grow with the calls")
}
