package page

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/prose"
)

// document is everything that the page says in words and tables, before any
// script has run.
type document struct {
	Title, Process, AsOf, Since, Purpose string
	Headline                             headline
	Facts                                []fact
	Data                                 data
	Rows                                 []audit.Rows
	RowsTotal                            audit.Rows
	Baseline                             *audit.Compared
	Floor                                int // of the measures

	report *audit.Report
	index  index
}

// fact is a number with what it counts.
type fact struct {
	Number int
	Words  string
	Filter string // of the table, as it stands in the address; may be empty
}

func newDocument(r *audit.Report, o Options) *document {
	d := &document{
		Title:   cmp.Or(o.Title, "Pipeline audit"),
		Process: fmt.Sprintf("%s, version %d", cmp.Or(r.Name, r.Process), r.Version),
		AsOf:    stamp(r.AsOf), Since: stamp(r.Since), Purpose: r.Purpose,
		Data: dataOf(r), Rows: r.Rows, Baseline: r.Baseline,
		Floor: r.Measures.Floor, report: r, index: newIndex(r),
	}
	d.RowsTotal.Table = "all"
	for _, row := range r.Rows {
		d.RowsTotal.Read += row.Read
		d.RowsTotal.Used += row.Used
		d.RowsTotal.Rejected += row.Rejected
		d.RowsTotal.OutOfScope += row.OutOfScope
	}
	d.Headline = headlineOf(d.Data.Funnels)
	d.Facts = facts(r)
	return d
}

// headline says in one sentence what the funnel shows, and behind it what is
// not supported.
type headline struct {
	Before, Supported, Behind string // Supported stands out
	More                      string
}

// unknown reports whether of no deal it is known what it earned.
func (f *funnel) unknown() bool { return f.All.Supported.Deals+f.All.Unsupported.Deals == 0 }

func headlineOf(all []funnel) headline {
	if len(all) == 0 {
		return headline{Before: "There are no open deals at a stage of the process."}
	}
	f := &all[0]
	if f.unknown() {
		// Deals without an amount, or in another currency, are no part of a
		// funnel of sums, and may be known.
		if i := slices.IndexFunc(all, func(f funnel) bool { return !f.Sums }); i >= 0 {
			f = &all[i]
		}
	}
	claimed := f.All.claimed()
	open := prose.Count(claimed.Deals, "open deal")
	if f.unknown() {
		return headline{
			Before: fmt.Sprintf("Nobody can tell what buyers stand behind in %s.", open),
			More:   "None of their records could show a commitment.",
		}
	}
	h := headline{Before: "Buyers stand behind "}
	if !f.Sums {
		h.Supported, h.Behind = strconv.Itoa(f.All.Supported.Deals), fmt.Sprintf(" of %s.", open)
	} else {
		h.Supported = money(f.All.Supported.Sum, f.Unit)
		h.Behind = fmt.Sprintf(" of the %s claimed in %s.", money(claimed.Sum, f.Unit), open)
	}
	var more []string
	if a := f.All.Unsupported; a.Deals > 0 {
		more = append(more, f.worth(a)+" claimed above what the buyers committed to.")
	}
	if a := f.All.Unknown; a.Deals > 0 {
		more = append(more, f.worth(a)+" with no record that could show a commitment: nobody can tell.")
	}
	h.More = strings.Join(more, " ")
	return h
}

// worth writes an amount in words.
func (f *funnel) worth(a amount) string {
	deals := prose.Count(a.Deals, "deal")
	if !f.Sums {
		return deals
	}
	return money(a.Sum, f.Unit) + " in " + deals
}

func facts(r *audit.Report) []fact {
	var errors, warnings int
	for i := range r.Findings {
		switch r.Findings[i].Severity {
		case diagnostic.Error:
			errors++
		case diagnostic.Warning:
			warnings++
		}
	}
	s := &r.Summary
	list := []fact{
		{s.Deals, plural(s.Deals, "deal"), "view=deals"},
		{s.Open, "open", "view=deals&status=open"},
		{s.Won, "won", "view=deals&status=won"},
		{s.Lost, "lost", "view=deals&status=lost"},
		{errors, plural(errors, "error"), "severity=error"},
		{warnings, plural(warnings, "warning"), "severity=warning"},
	}
	if s.Settled > 0 {
		list = append(list, fact{s.Settled, "over before and left out", ""})
	}
	if s.Ahead > 0 {
		list = append(list, fact{s.Ahead, "begun later and left out", ""})
	}
	return list
}

func plural(n int, thing string) string {
	return strings.TrimPrefix(prose.Count(n, thing), strconv.Itoa(n)+" ")
}

// money writes a sum with three digits that count and its currency: "1.24 M
// EUR".
func money(sum float64, currency string) string {
	if currency == "" {
		return short(sum)
	}
	return short(sum) + "\u00a0" + currency
}

// short writes a number with three digits that count.
func short(x float64) string {
	sign := ""
	if x < 0 {
		sign, x = "−", -x
	}
	units := []string{"", "\u00a0k", "\u00a0M", "\u00a0bn", "\u00a0tn"}
	u := 0
	for ; x >= 999.5 && u < len(units)-1; u++ {
		x /= 1000
	}
	digits := 0
	switch {
	case u == 0 && x == math.Trunc(x):
	case x < 9.995:
		digits = 2
	case x < 99.95:
		digits = 1
	}
	text := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return sign + text + units[u]
}

// StageName is the name of a stage by its index.
func (d *document) StageName(i int) string { return d.Data.Stages[i].Name }

// Show writes an amount as the tables do.
func (f *funnel) Show(a amount) string {
	if a.Deals == 0 {
		return "–"
	}
	return f.worth(a)
}

// Rate is the value of a rate in words.
func (v interval) Rate() string { return v.value(percent) }

// RateRange is its interval.
func (v interval) RateRange() string { return v.ends(percent) }

// Days is the value of a length of time in words.
func (v interval) Days() string { return v.value(days) }

// DaysRange is its interval.
func (v interval) DaysRange() string { return v.ends(days) }

func (v interval) value(write func(float64) string) string {
	switch {
	case !v.Enough:
		return "too few"
	case v.Value == nil:
		return "not reached"
	}
	return write(*v.Value)
}

func (v interval) ends(write func(float64) string) string {
	switch {
	case !v.Enough || v.Low == nil && v.High == nil:
		return "–"
	case v.High == nil:
		return "from " + write(*v.Low)
	case v.Low == nil:
		return "up to " + write(*v.High)
	}
	return write(*v.Low) + " to " + write(*v.High)
}

func percent(x float64) string { return strconv.FormatFloat(100*x, 'f', 1, 64) + "\u00a0%" }

func days(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// Grouped writes a number with a narrow space between its thousands.
func (d *document) Grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "\u202f" + text[i:]
	}
	return text
}

// Funnels are those of the data, for the tables.
func (d *document) Funnels() []*funnel {
	all := make([]*funnel, len(d.Data.Funnels))
	for i := range all {
		all[i] = &d.Data.Funnels[i]
	}
	return all
}
