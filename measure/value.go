package measure

import (
	"maps"
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// cell is what stands in one stage in one currency.
type cell struct {
	currency string
	stage    process.StageID
}

// worth is the deals of a cell.
type worth struct {
	deals, missing int
	sum            big.Float
}

// precision is enough bits for the sum of any number of amounts to be exact:
// from the smallest that a float64 can be to the greatest, and room to carry.
const precision = 2200

func (w *worth) add(amount *float64) {
	w.deals++
	if amount == nil || math.IsNaN(*amount) || math.IsInf(*amount, 0) {
		w.missing++
		return
	}
	w.sum.SetPrec(precision).Add(&w.sum, new(big.Float).SetFloat64(*amount))
}

func (w *worth) merge(v *worth) {
	w.deals += v.deals
	w.missing += v.missing
	w.sum.SetPrec(precision).Add(&w.sum, &v.sum)
}

// amount rounds the sum. One that is out of range is the greatest there is.
func (w *worth) amount() Amount {
	sum, _ := w.sum.Float64()
	return Amount{Deals: w.deals, Missing: w.missing, Sum: min(max(sum, -math.MaxFloat64), math.MaxFloat64) + 0}
}

// side is one view of the pipeline: what is claimed, or what was earned.
type side map[cell]*worth

func (s side) at(c cell) *worth {
	if s[c] == nil {
		s[c] = &worth{}
	}
	return s[c]
}

func (s side) merge(t side) {
	for c, w := range t {
		s.at(c).merge(w)
	}
}

// total sums all stages of a currency.
func (s side) total(currency string) Amount {
	var all worth
	for c, w := range s {
		if c.currency == currency {
			all.merge(w)
		}
	}
	return all.amount()
}

// amount returns what stands in a cell.
func (s side) amount(c cell) Amount {
	if w := s[c]; w != nil {
		return w.amount()
	}
	return Amount{}
}

// weigh adds a deal to both sides, if it claims to be open; one that claims
// nothing, if it is.
func (c *Collector) weigh(h *pipeline.History, l *life) {
	if h.Status != pipeline.OpenDeal || h.Claimed == "" && l.end != open {
		return
	}
	claimed := h.Claimed
	if _, known := c.process.StageByID(claimed); !known {
		claimed = ""
	}
	currency := strings.ToUpper(strings.TrimSpace(h.Deal.Currency))
	c.claimed.at(cell{currency, claimed}).add(h.Deal.Amount)
	earned := h.Standing.Stage
	if !h.Tells && h.Trusted == "" && h.Deal.Stage == "" { // nothing could show a commitment: nobody knows
		earned = ""
	}
	c.earned.at(cell{currency, earned}).add(h.Deal.Amount)
}

// values lists what the deals are worth, by currency.
func (c *Collector) values() []Value {
	currencies := map[string]bool{}
	for cell := range c.claimed {
		currencies[cell.currency] = true
	}
	values := []Value{}
	for _, currency := range slices.Sorted(maps.Keys(currencies)) {
		v := Value{Currency: currency, Claimed: c.claimed.total(currency), Earned: c.earned.total(currency)}
		row := func(stage process.StageID) {
			r := ValueRow{stage, c.claimed.amount(cell{currency, stage}), c.earned.amount(cell{currency, stage})}
			if r.Claimed.Deals+r.Earned.Deals > 0 {
				v.Rows = append(v.Rows, r)
			}
		}
		for s := range c.process.Stages() {
			row(s.ID())
		}
		row("")
		values = append(values, v)
	}
	return values
}
