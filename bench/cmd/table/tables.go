package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
)

// tables are the results, a table for each benchmark, in the order in which they
// came.
type tables struct {
	order  []*table
	byName map[string]*table
}

type table struct {
	name   string
	order  []*row
	byName map[string]*row
}

// row is what was measured of one thing, by unit.
type row struct {
	name    string
	samples map[string][]float64
}

// add adds a result. Its name is that of the table, "Decode/into=ours", and
// behind "/by=" that of the row, without the number of processors.
func (t *tables) add(r *benchfmt.Result) {
	name := r.Name.String()
	if i := strings.LastIndexByte(name, '-'); i > 0 && strings.Trim(name[i+1:], "0123456789") == "" {
		name = name[:i]
	}
	of, by, found := strings.Cut(name, "/by=")
	if !found {
		by = of
	}
	if t.byName == nil {
		t.byName = map[string]*table{}
	}
	tab := t.byName[of]
	if tab == nil {
		tab = &table{name: of, byName: map[string]*row{}}
		t.byName[of] = tab
		t.order = append(t.order, tab)
	}
	line := tab.byName[by]
	if line == nil {
		line = &row{by, map[string][]float64{}}
		tab.byName[by] = line
		tab.order = append(tab.order, line)
	}
	for _, v := range r.Values {
		line.samples[v.Unit] = append(line.samples[v.Unit], v.Value)
	}
}

// times are the units of the measured time, the better first.
var times = []string{"sec/call", "sec/op"}

// columns are the other units that are shown, where a table has them.
var columns = []struct {
	unit, title string
	format      func(float64) string
}{
	{"B/s", "MB/s", func(v float64) string { return fmt.Sprintf("%.0f", v/1e6) }},
	{"allocs/call", "allocs/call", count},
	{"B/call", "B/call", count},
	{"allocs/op", "allocs", count},
	{"B/op", "B", count},
}

func count(v float64) string {
	if v < 0.005 {
		return "0"
	}
	if v < 10 {
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
	}
	return fmt.Sprintf("%.0f", v)
}

// print prints the tables in Markdown.
func (t *tables) print(out io.Writer) error {
	var b strings.Builder
	for i, tab := range t.order {
		if i > 0 {
			b.WriteByte('\n')
		}
		tab.print(&b)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func (t *table) print(b *strings.Builder) {
	unit := t.timeUnit()
	title, align := "| "+t.name+" | median | ± | to ours |", "| :-- | --: | --: | --: |"
	for _, c := range columns {
		if t.has(c.unit) {
			title, align = title+" "+c.title+" |", align+" --: |"
		}
	}
	fmt.Fprintf(b, "%s\n%s\n", title, align)
	ours := t.ours()
	for _, r := range t.order {
		median, spread := r.median(unit)
		ratio := ""
		if ours != nil && ours != r {
			base, _ := ours.median(unit)
			ratio = fmt.Sprintf("%.2f", median/base)
		}
		fmt.Fprintf(b, "| %s | %s | %.0f %% | %s |", r.name, duration(median), 100*spread, ratio)
		for _, c := range columns {
			if t.has(c.unit) {
				v, _ := r.median(c.unit)
				fmt.Fprintf(b, " %s |", c.format(v))
			}
		}
		b.WriteByte('\n')
	}
}

// timeUnit returns the unit of the times of a table: of a call where there is
// one, else of what was run.
func (t *table) timeUnit() string {
	for _, unit := range times {
		if t.has(unit) {
			return unit
		}
	}
	return ""
}

func (t *table) has(unit string) bool {
	for _, r := range t.order {
		if len(r.samples[unit]) > 0 {
			return true
		}
	}
	return false
}

// ours returns the row that the others are compared with; nil without one.
func (t *table) ours() *row {
	for _, r := range t.order {
		if strings.HasPrefix(r.name, "advance.") {
			return r
		}
	}
	return nil
}

// median returns the median of what was measured, and how far what lies farthest
// from it is away, as a part of it. Both are zero where nothing was measured.
func (r *row) median(unit string) (median, spread float64) {
	sorted := slices.Sorted(slices.Values(r.samples[unit]))
	n := len(sorted)
	if n == 0 {
		return 0, 0
	}
	median = (sorted[(n-1)/2] + sorted[n/2]) / 2
	if median > 0 {
		spread = max(median-sorted[0], sorted[n-1]-median) / median
	}
	return median, spread
}

// duration writes seconds with three digits.
func duration(seconds float64) string {
	switch ns := seconds * 1e9; {
	case ns < 10:
		return fmt.Sprintf("%.2f ns", ns)
	case ns < 100:
		return fmt.Sprintf("%.1f ns", ns)
	case ns < 1e4:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e7:
		return fmt.Sprintf("%.1f µs", ns/1e3)
	default:
		return fmt.Sprintf("%.1f ms", ns/1e6)
	}
}
