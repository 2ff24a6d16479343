package pipeline_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/audittest"
)

// halfYear is when the pipeline is looked at.
var halfYear = time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)

var tables = audittest.Tables{
	Mapping:    "mapping.yaml",
	Deals:      []string{"deals.csv"},
	Activities: []string{"activities.csv"},
	History:    []string{"moves.csv"},
	Contacts:   []string{"contacts.csv"},
}

// TestPipeline fails with the name of every deal that something new is wrong
// with. What was wrong when the team began is in known.csv.
func TestPipeline(t *testing.T) {
	process, deals := audittest.Load(t, tables)
	audittest.Check(t, process, deals, audittest.Options{AsOf: halfYear, Baseline: "known.csv", MinDeals: 10})
}

// TestForecast lets nothing through that would make the forecast wrong, known
// or not: it passes once two deals are cleared up.
func TestForecast(t *testing.T) {
	process, deals := audittest.Load(t, tables)
	forecast := audittest.Options{
		AsOf: halfYear,
		Only: []audit.Code{audit.Overstated, audit.WonWithoutOrder, audit.CloseDatePast},
	}
	var wrong failures
	audittest.Check(&wrong, process, deals, forecast)
	assert.Len(t, wrong, 1)
	assert.Contains(t, wrong[0], "N-102 Blackwood Mills (Ben Okoro)")
	assert.Contains(t, wrong[0], "N-109 Windmere Glass (Dev Patel)")
}

// failures gathers what a test would have said.
type failures []string

func (f *failures) Errorf(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }
func (f *failures) FailNow()                          {}
func (f *failures) Helper()                           {}
