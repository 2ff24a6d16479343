package audit

import (
	"cmp"
	"slices"

	"github.com/advance-sales/advance/diagnostic"
)

// codeSet is a set of codes, by their ranks.
type codeSet uint32

// There is a bit for every code.
const _ = uint(32 - len(known))

func setOf(c Code) codeSet { return 1 << c.rank() }

// tally counts what was found, by the ranks of the codes.
type tally [len(known)]Count

// add counts what was found in a deal.
func (t *tally) add(d *Deal, c Code) {
	count := &t[c.rank()]
	count.Findings++
	d.Findings++
	if !d.Has(c) {
		d.found |= setOf(c)
		count.Deals++
	}
}

func (t *tally) merge(u *tally) {
	for i := range t {
		t[i].Findings += u[i].Findings
		t[i].Deals += u[i].Deals
	}
}

// Has reports whether something was found in the deal that has a code.
func (d *Deal) Has(c Code) bool { return d.found&setOf(c) != 0 }

// count counts the findings that are listed, and adds those that were counted
// before.
func (r *Report) count(t tally, severity func(Code) diagnostic.Severity) {
	next := 0
	for i := 0; i < len(r.Findings); { // those of one deal are neighbours
		id, deal := r.Findings[i].Deal, &Deal{}
		for next < len(r.Deals) && r.Deals[next].Deal < id {
			next++
		}
		if next < len(r.Deals) && r.Deals[next].Deal == id {
			deal = &r.Deals[next]
		}
		for ; i < len(r.Findings) && r.Findings[i].Deal == id; i++ {
			t.add(deal, r.Findings[i].Code)
		}
	}
	r.Codes = []Count{}
	var grave codeSet
	for i, c := range t {
		if c.Code = known[i].code; c.Findings > 0 {
			if c.Severity = severity(c.Code); c.Severity >= diagnostic.Warning {
				grave |= setOf(c.Code)
			}
			r.Codes = append(r.Codes, c)
		}
	}
	slices.SortStableFunc(r.Codes, func(a, b Count) int { return -cmp.Compare(a.Severity, b.Severity) })
	r.Summary.WithFindings = 0
	for i := range r.Deals {
		if r.Deals[i].found&grave != 0 {
			r.Summary.WithFindings++
		}
	}
}
