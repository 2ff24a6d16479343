package crm

import (
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
	assert.Equal(t, []process.StageID{"target", "proof", "business_case", "won", "lost"}, translated.ShownStages(p, deals))
	as, err := Parse("m.yaml", []byte("mapping: 1\nid: m\ndeals: {id: id}\n"))
	require.NoError(t, err)
	assert.Empty(t, as.ShownStages(p, deals))
}
