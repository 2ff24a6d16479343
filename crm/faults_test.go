package crm_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// TestRealFaults reads one export that has what real exports have: a byte-order
// mark, lines that end in CR, columns without a name and twice the same,
// a deal that closed nobody knows when, an activity after the close, dates as
// people write them, and a stage that is not where the last move led.
func TestRealFaults(t *testing.T) {
	m := mapping(t, `
times: [DD-MM-YYYY, "DD.MM.YYYY hh:mm"]
stages: {New: target, Won: won, Lost: lost}
deals: {id: id, stage: stage, status: {field: stage, values: {won: won, lost: lost}, default: open}, amount: amount, closed: closed, owner: owner#2}
activities: {id: id, deal: deal, at: at}
history: {deal: deal, at: at, to: to}
rules: []
`)
	empty := strings.Repeat(",", 300)
	deals := "\ufeffid,stage,amount,closed,owner,owner" + empty + "\r" +
		"1,Won,\"-1,200.00\",01-03-2026,a,ana" + empty + "\r2, lost ,,,b,ben" + empty + "\r3,Nirvana,5,,c,cem" + empty + "\r"
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte("id;deal;at\n7;1;14.06.2026 9:20\n8;1;2026-03-01T23:00:00.000+0000\n"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	got := read(t, m,
		text(crm.RoleDeals, "deals.csv", deals),
		crm.File{Role: crm.RoleActivities, Name: "activities.csv.gz", Reader: &packed},
		text(crm.RoleHistory, "moves.json", `{"data": [{"deal": 1, "at": 1767690000000, "to": "New"}]}`))
	assert.Empty(t, got.Rejects)
	require.Len(t, got.Pipeline.Deals, 3)
	won, lost := got.Pipeline.Deals[0], got.Pipeline.Deals[1]
	assert.Equal(t, pipeline.WonDeal, won.Status)
	assert.InDelta(t, -1200, *won.Amount, 0)
	assert.Equal(t, "ana", won.Owner)
	assert.Equal(t, "2026-03-01T23:59:59.999999999Z", moment(won.Closed))
	assert.Equal(t, pipeline.LostDeal, lost.Status)
	assert.True(t, lost.Closed.IsZero())
	assert.Equal(t, "lost", lost.Claimed)
	assert.Equal(t, "Nirvana", got.Pipeline.Deals[2].Claimed)
	require.Len(t, got.Pipeline.Activities, 2)
	assert.Equal(t, "2026-06-14T09:20:00Z", moment(got.Pipeline.Activities[0].At))
	assert.False(t, got.Pipeline.Activities[1].At.After(won.Closed))
	require.Len(t, got.Pipeline.Moves, 1)
	assert.Equal(t, outcome.DealID("1"), got.Pipeline.Moves[0].Deal)
	assert.Equal(t, "2026-01-06T09:00:00Z", moment(got.Pipeline.Moves[0].At))
}
