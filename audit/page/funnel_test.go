package page

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/process"
)

// stagesOfPath are three stages to be won and one that is lost.
var stagesOfPath = []audit.Stage{
	{Stage: "a", Name: "A"},
	{Stage: "b", Name: "B"},
	{Stage: "won", Name: "Won", Closes: process.ClosesWon},
	{Stage: "lost", Name: "Lost", Closes: process.ClosesLost},
}

func TestFunnels(t *testing.T) {
	deal := func(claimed, earned process.StageID, currency string, sum float64) audit.Deal {
		return audit.Deal{Status: audit.Open, Claimed: claimed, Earned: earned, Currency: currency, Amount: &sum, Insufficient: earned == ""}
	}
	without := deal("a", "a", "EUR", 0)
	without.Amount = nil
	won := deal("won", "won", "EUR", 1000)
	won.Status = audit.Won
	r := &audit.Report{Stages: stagesOfPath, Deals: []audit.Deal{
		deal("b", "a", "EUR", 10),   // above
		deal("b", "b", "eur ", 20),  // supported
		deal("a", "b", "EUR", 40),   // below: supported all the same
		deal("b", "", "EUR", 80),    // nobody can tell
		deal("b", "lost", "USD", 7), // refused, and still shown as open
		deal("", "a", "EUR", 500),   // claims no stage
		deal("a", "a", "", 3),       // in no currency
		without, won,
	}}
	all := funnels(r)
	require.Len(t, all, 4)
	assert.Equal(t, funnel{
		Unit: "EUR", Sums: true,
		Rows: []funnelRow{
			{Stage: 0, Supported: amount{1, 40}, Earned: amount{1, 10}},
			{Stage: 1, Supported: amount{1, 20}, Unsupported: amount{1, 10}, Unknown: amount{1, 80}, Earned: amount{2, 60}},
		},
		All: funnelRow{Stage: -1, Supported: amount{2, 60}, Unsupported: amount{1, 10}, Unknown: amount{1, 80}, Earned: amount{3, 70}},
	}, all[0])
	assert.Equal(t, funnel{
		Sums: true,
		Rows: []funnelRow{{Supported: amount{1, 3}, Earned: amount{1, 3}}},
		All:  funnelRow{Stage: -1, Supported: amount{1, 3}, Earned: amount{1, 3}},
	}, all[1])
	assert.Equal(t, "USD", all[2].Unit)
	assert.Equal(t, []funnelRow{{Stage: 1, Unsupported: amount{1, 7}}}, all[2].Rows)
	assert.Equal(t, "deals", all[3].Unit)
	assert.Equal(t, 7, all[3].All.claimed().Deals)

	h := headlineOf(all)
	assert.Equal(t, "Buyers stand behind 60\u00a0EUR of the 150\u00a0EUR claimed in 4 open deals.", h.Before+h.Supported+h.Behind)
	assert.Equal(t, "10\u00a0EUR in 1 deal claimed above what the buyers committed to. "+
		"80\u00a0EUR in 1 deal with no record that could show a commitment: nobody can tell.", h.More)
	h = headlineOf(all[3:])
	assert.Equal(t, "Buyers stand behind 4 of 7 open deals.", h.Before+h.Supported+h.Behind)
}

func TestHeadlineOfTheUnknown(t *testing.T) {
	r := &audit.Report{Stages: stagesOfPath, Deals: []audit.Deal{{Status: audit.Open, Claimed: "b", Insufficient: true}}}
	assert.Equal(t, headline{
		Before: "Nobody can tell what buyers stand behind in 1 open deal.", More: "None of their records could show a commitment.",
	}, headlineOf(funnels(r)))
	amounted := 5.0
	r.Deals = append(r.Deals, audit.Deal{Status: audit.Open, Claimed: "b", Insufficient: true, Amount: &amounted, Currency: "EUR"})
	assert.Equal(t, "Nobody can tell what buyers stand behind in 2 open deals.", headlineOf(funnels(r)).Before, "with an amount or without")
	r.Deals[0].Insufficient, r.Deals[0].Earned = false, "b"
	h := headlineOf(funnels(r))
	assert.Equal(t, "Buyers stand behind 1 of 2 open deals.", h.Before+h.Supported+h.Behind, "the one without an amount is known")
	assert.Contains(t, headlineOf(nil).Before, "no open deals")
}

// What is claimed in the funnel is what the measures say is claimed.
func TestFunnelAgainstMeasures(t *testing.T) {
	ev, p := quarter(t)
	r := audited(t, ev, p)
	all := funnels(r)
	require.NotEmpty(t, all)
	require.Equal(t, "EUR", all[0].Unit)
	in := newIndex(r)
	found := 0
	for _, v := range r.Measures.Value {
		if v.Currency != "EUR" {
			continue
		}
		for _, row := range v.Rows {
			for _, f := range all[0].Rows {
				if in.stage(row.Stage) == f.Stage {
					found++
					assert.InDelta(t, row.Claimed.Sum, f.claimed().Sum, 1e-6, row.Stage)
					assert.Equal(t, row.Claimed.Deals-row.Claimed.Missing, f.claimed().Deals, row.Stage)
				}
			}
		}
	}
	assert.Positive(t, found)
}

func TestShort(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 7: "7", 999: "999", 1000: "1 k", 1234: "1.23 k", 12340: "12.3 k", 123400: "123 k", 999_499: "999 k", 999_500: "1 M",
		4_810_000: "4.81 M", 2.5e9: "2.5 bn", 1e15: "1000 tn", -1500: "−1.5 k", 0.25: "0.25", 99.96: "100",
	} {
		assert.Equal(t, want, strings.ReplaceAll(short(x), "\u00a0", " "), "%v", x)
	}
}

func TestOwners(t *testing.T) {
	ev, p := quarter(t)
	r := audited(t, ev, p)
	all, sum := owners(r), 0
	for i, o := range all {
		sum += o.All()
		if i > 0 {
			assert.GreaterOrEqual(t, all[i-1].All(), o.All())
		}
	}
	assert.Equal(t, len(r.Findings), sum)
}
