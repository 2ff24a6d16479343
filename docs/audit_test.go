package docs

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// auditedAt is the instant that the examples of audit.md are looked at from.
var auditedAt = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

// table is a block of code with what stands behind its fence.
var table = regexp.MustCompile("(?s)```(\\w+)(?: (\\w+))?\n(.*?)```")

// severityWords begin what audit.md says about a code.
var severityWords = map[string]diagnostic.Severity{
	"Error.": diagnostic.Error, "Warning.": diagnostic.Warning, "Information.": diagnostic.Info,
}

// TestAuditExamples audits every example of audit.md: it gives its own code,
// with the severity that the page says.
func TestAuditExamples(t *testing.T) {
	src, err := os.ReadFile("audit.md")
	require.NoError(t, err)
	page := string(src)
	places := heading.FindAllStringSubmatchIndex(page, -1)
	preface := table.FindAllStringSubmatch(page[:places[3][0]], -1)
	p, err := process.Parse("example.yaml", []byte(blockOf(preface, "advance:")))
	require.NoError(t, err)
	m, err := crm.Parse("mapping.yaml", []byte(blockOf(preface, "mapping:")))
	require.NoError(t, err)

	var told []audit.Code
	for i, at := range places {
		code, end := audit.Code(strings.Trim(page[at[2]:at[3]], "`")), len(page)
		if string(code) == page[at[2]:at[3]] {
			continue // a part of the page
		}
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		told = append(told, code)
		text := page[at[1]:end]
		t.Run(string(code), func(t *testing.T) {
			assert.Contains(t, text, "\nDo: ")
			word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
			assert.Equal(t, code.Default(), severityWords[word], "the page says %s", word)
			var found []audit.Code
			for _, f := range auditExample(t, p, m, text).Findings {
				found = append(found, f.Code)
			}
			assert.Contains(t, found, code)
		})
	}
	assert.ElementsMatch(t, audit.Codes(), told)
}

// blockOf returns the block of code that begins with some words.
func blockOf(blocks [][]string, start string) string {
	for _, b := range blocks {
		if strings.HasPrefix(b[3], start) {
			return b[3]
		}
	}
	return ""
}

func auditExample(t *testing.T, p *process.Process, m *crm.Mapping, text string) *audit.Report {
	roles := map[string]crm.File{
		"deals":      {Role: crm.RoleDeals},
		"activities": {Role: crm.RoleActivities},
		"moves":      {Role: crm.RoleHistory, Table: "moves"},
		"dates":      {Role: crm.RoleHistory, Table: "dates"},
	}
	var files []crm.File
	for _, b := range table.FindAllStringSubmatch(text, -1) {
		f := roles[b[2]]
		require.NotEmpty(t, f.Role, "there is no table %q", b[2])
		f.Name, f.Reader = b[2]+".csv", strings.NewReader(b[3])
		files = append(files, f)
	}
	imported, err := m.Read(files, crm.Options{Process: p})
	require.NoError(t, err)
	report, err := audit.Run(outcome.NewEvaluator(p, outcome.Options{}), &imported.Pipeline, audit.Options{AsOf: auditedAt})
	require.NoError(t, err)
	return report
}
