package crm

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

func TestShownStages(t *testing.T) {
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	deals := &pipeline.Pipeline{
		Deals: []pipeline.Deal{{Deal: outcome.Deal{Claimed: "proof"}}, {Deal: outcome.Deal{Claimed: "Verbal"}}},
		Moves: []pipeline.Move{{From: "target", To: "won"}},
	}
	translated, err := Parse("m.yaml", []byte("mapping: 1\nid: m\nprocess: complex-b2b\nstages: {Offer: business_case, Closed Lost: lost}\ndeals: {id: id}\n"))
	require.NoError(t, err)
	assert.Equal(t, []process.StageID{"target", "proof", "business_case", "won", "lost"}, translated.shownStages(p, deals))
	as, err := Parse("m.yaml", []byte("mapping: 1\nid: m\ndeals: {id: id}\n"))
	require.NoError(t, err)
	assert.Empty(t, as.shownStages(p, deals))
}

// TestReadTellsStages hands the stages out with what was read, where a process
// was named.
func TestReadTellsStages(t *testing.T) {
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	m, err := Parse("m.yaml", []byte("mapping: 1\nid: m\nstages: {Offer: business_case}\ndeals: {id: id, stage: stage}\n"))
	require.NoError(t, err)
	deals := "id,stage\n1,Offer\n2,proof\n3,Discovery\n"
	for process, want := range map[*process.Process][]process.StageID{p: {"discovery", "proof", "business_case"}, nil: nil} {
		got, err := m.Read([]File{{Role: RoleDeals, Name: "d.csv", Reader: strings.NewReader(deals)}}, Options{Process: process})
		require.NoError(t, err)
		assert.Equal(t, want, got.Pipeline.Stages)
		if process != nil { // a name of the process needs no translation, however it is spelled
			assert.Empty(t, got.UnknownStages)
			assert.Equal(t, "discovery", got.Pipeline.Deals[2].Claimed)
			assert.Equal(t, "Discovery", got.Pipeline.Deals[2].StageName)
		}
	}
}

// TestNoRows tells of a file without rows: an audit of nothing finds nothing.
func TestNoRows(t *testing.T) {
	m, err := Parse("m.yaml", []byte("mapping: 1\nid: m\ndeals: {id: id}\n"))
	require.NoError(t, err)
	for text, told := range map[string]bool{"": true, "id\n": true, "id\n1\n": false} {
		got, err := m.Read([]File{{Role: RoleDeals, Name: "d.csv", Reader: strings.NewReader(text)}}, Options{})
		require.NoError(t, err)
		if !told {
			assert.Empty(t, got.Warnings)
			continue
		}
		require.NotEmpty(t, got.Warnings, "%q", text)
		assert.Equal(t, "d.csv: warning: there are no rows in it [no_rows]", got.Warnings[len(got.Warnings)-1].Error())
	}
}
