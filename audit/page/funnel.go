package page

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/process"
)

// funnel is the open deals by the stage that is claimed of them and by the one
// that they earned. There is one for each currency, one for amounts without a
// currency, and one of all deals that sums nothing up.
type funnel struct {
	Unit string      `json:"unit"` // "deals" where they are only counted; else a currency, or nothing
	Sums bool        `json:"sums"` // there are amounts
	Rows []funnelRow `json:"rows"` // along the path, from the first stage with a deal to the last
	All  funnelRow   `json:"all"`
}

// funnelRow is one stage. Supported, Unsupported and Unknown are what is claimed
// there: the commitments put the deal there or further, they do not, or no
// record could show it.
type funnelRow struct {
	Stage       int    `json:"stage"`
	Supported   amount `json:"supported"`
	Unsupported amount `json:"unsupported"`
	Unknown     amount `json:"unknown"`
	Earned      amount `json:"earned"` // whatever is claimed
}

// amount is a number of deals and what they are worth together.
type amount struct {
	Deals int     `json:"deals"`
	Sum   float64 `json:"sum"`
}

func (a *amount) add(sum float64) {
	a.Deals++
	a.Sum += sum
}

func (r *funnelRow) claimed() amount {
	return amount{
		Deals: r.Supported.Deals + r.Unsupported.Deals + r.Unknown.Deals,
		Sum:   r.Supported.Sum + r.Unsupported.Sum + r.Unknown.Sum,
	}
}

// funnels are those of the open deals that claim a stage of the path: first the
// currency that most of them are in, and at last all of them, counted.
func funnels(r *audit.Report) []funnel {
	in := newIndex(r)
	path := len(r.Stages)
	for i := range r.Stages {
		if r.Stages[i].Closes == process.ClosesLost {
			path = i
			break
		}
	}
	type unit struct {
		name string
		sums bool
	}
	byUnit := map[unit][]funnelRow{}
	count := func(unit unit, claimed, earned int, sum float64) {
		rows := byUnit[unit]
		if rows == nil {
			rows = make([]funnelRow, path)
			byUnit[unit] = rows
		}
		switch {
		case earned < 0:
			rows[claimed].Unknown.add(sum)
		case earned >= path: // refused, and still shown as open
			rows[claimed].Unsupported.add(sum)
		case earned >= claimed:
			rows[claimed].Supported.add(sum)
		default:
			rows[claimed].Unsupported.add(sum)
		}
		if earned >= 0 && earned < path {
			rows[earned].Earned.add(sum)
		}
	}
	for i := range r.Deals {
		d := &r.Deals[i]
		claimed, earned := in.stage(d.Claimed), in.stage(d.Earned)
		if d.Status != audit.Open || claimed < 0 || claimed >= path {
			continue
		}
		if d.Insufficient {
			earned = -1
		}
		count(unit{name: "deals"}, claimed, earned, 0)
		if d.Amount != nil && !math.IsNaN(*d.Amount) && !math.IsInf(*d.Amount, 0) {
			count(unit{strings.ToUpper(strings.TrimSpace(d.Currency)), true}, claimed, earned, *d.Amount)
		}
	}
	var all []funnel
	for unit, rows := range byUnit {
		all = append(all, trimmed(funnel{Unit: unit.name, Sums: unit.sums, All: funnelRow{Stage: -1}}, rows))
	}
	slices.SortFunc(all, func(a, b funnel) int {
		if a.Sums != b.Sums {
			if a.Sums {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.All.claimed().Deals, a.All.claimed().Deals), cmp.Compare(a.Unit, b.Unit))
	})
	return all
}

// trimmed sums the rows up and cuts off the stages before the first and behind
// the last with a deal.
func trimmed(f funnel, rows []funnelRow) funnel {
	first, last := len(rows), -1
	for i := range rows {
		row := &rows[i]
		row.Stage = i
		for _, part := range []struct{ sum, of *amount }{
			{&f.All.Supported, &row.Supported},
			{&f.All.Unsupported, &row.Unsupported},
			{&f.All.Unknown, &row.Unknown},
			{&f.All.Earned, &row.Earned},
		} {
			part.sum.Deals += part.of.Deals
			part.sum.Sum += part.of.Sum
		}
		if row.claimed().Deals+row.Earned.Deals > 0 {
			first, last = min(first, i), i
		}
	}
	f.Rows = rows[first : last+1]
	return f
}
