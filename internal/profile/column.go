package profile

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/advance-sales/advance/internal/table"
)

// Column is what is known of a column, or of a path of JSON.
type Column struct {
	Path string
	List string // the path of the list that it passes through; empty where it is in none
	// Filled is the number of rows that have a value, Values that of values: more
	// where they are in a list.
	Filled   int
	Values   int
	Type     Type
	Others   int    // values that are not of the type
	Other    string // the first of them
	Forms    []Form // the spellings of numbers, booleans or times, the most frequent first
	Zoned    int    // times with a zone
	Distinct int    // different values
	// Capped says that there are at least as many different values, and nobody
	// knows how many more.
	Capped  bool
	Counts  []Count // all values, the most frequent first; nil where they are too many
	Samples []string
	Repeat  Repeat // of a value that was there before
	// Unclear says that day and month are in an order that no value shows, as in
	// 04/05/2026, or that different values show in different ways.
	Unclear bool
}

// Form is a way in which values are spelled.
type Form struct {
	Name  string // such as "DD.MM.YYYY" or "true"
	Count int
}

// Count is how often a value is there.
type Count struct {
	Value string
	Count int
}

// Repeat is the first value that comes again.
type Repeat struct {
	Value string // empty where none does
	Line  int
}

// Empty reports whether no row has a value.
func (c *Column) Empty() bool { return c.Values == 0 }

// Unique reports whether no two values are the same, as far as is known.
func (c *Column) Unique() bool { return c.Values > 0 && c.Distinct == c.Values && !c.Capped }

// MixedBooleans reports whether yes or no is spelled in several ways.
func (c *Column) MixedBooleans() bool {
	yes, no := 0, 0
	for _, f := range c.Forms {
		switch strings.ToLower(f.Name) {
		case "true", "yes", "t", "y", "1":
			yes++
		default:
			no++
		}
	}
	return c.Type == Boolean && (yes > 1 || no > 1)
}

// MixedTimes reports whether times are spelled in ways that no single spelling
// reads: one with a zone beside one without, or different orders.
func (c *Column) MixedTimes() bool {
	if c.Zoned > 0 && c.Zoned < c.Values-c.Others {
		return true
	}
	for _, f := range c.Forms {
		if len(c.Forms) > 1 && !Understood(f.Name) {
			return true
		}
	}
	return false
}

// seed is the same for all columns of a run. It decides nothing that is told:
// two values with the same hash are as good as impossible.
var seed = maphash.MakeSeed()

// gathered is a column while it is read.
type gathered struct {
	Column
	lastRow int
	hashes  map[uint64]struct{}
	budget  *int
	counts  map[string]int
	order   []string // of counts
	many    bool     // more values than are counted
	types   [nTypes]int
	first   [nTypes]string // an example of each
	forms   map[string]int
	dates   dateOrder
}

func newGathered(leaf table.Leaf, budget *int) *gathered {
	return &gathered{
		Column: Column{Path: leaf.Path, List: leaf.List}, budget: budget,
		hashes: map[uint64]struct{}{}, counts: map[string]int{}, forms: map[string]int{},
	}
}

// add takes in a value of a row.
func (g *gathered) add(leaf table.Leaf, row, line int) {
	if g.Values++; g.lastRow != row {
		g.Filled, g.lastRow = g.Filled+1, row
	}
	text := strings.TrimSpace(leaf.Text)
	short := cut(text)
	c := classify(text, leaf.Path)
	if g.types[c.t]++; g.types[c.t] == 1 {
		g.first[c.t] = short
	}
	if c.form != "" && len(g.forms) < MaxValues || g.forms[c.form] > 0 {
		g.forms[c.form]++
	}
	if c.zoned {
		g.Zoned++
	}
	g.dates.add(c)
	known := g.seen(text)
	if known && g.Repeat.Value == "" {
		g.Repeat = Repeat{short, line}
	}
	if len(g.Samples) < maxSamples && !slices.Contains(g.Samples, short) {
		g.Samples = append(g.Samples, short)
	}
	if g.many {
		return
	}
	if g.counts[short]++; g.counts[short] == 1 {
		if g.order = append(g.order, short); len(g.order) > MaxValues {
			g.many, g.counts, g.order = true, nil, nil
		}
	}
}

// seen reports whether a value was there before, as far as is remembered.
func (g *gathered) seen(text string) bool {
	h := maphash.String(seed, text)
	if _, ok := g.hashes[h]; ok {
		return true
	}
	if g.Capped || len(g.hashes) == MaxDistinct || *g.budget == 0 {
		g.Capped = true
		return false
	}
	*g.budget--
	g.hashes[h] = struct{}{}
	g.Distinct++
	return false
}

// cut keeps the beginning of a value.
func cut(text string) string {
	if len(text) <= maxText {
		return strings.Clone(text) // not the row that it stands in
	}
	end := maxText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.Clone(text[:end]) + "…"
}

// finish says what the column holds.
func (g *gathered) finish() *Column {
	c := g.Column
	if !g.many {
		for _, v := range g.order {
			c.Counts = append(c.Counts, Count{v, g.counts[v]})
		}
		slices.SortStableFunc(c.Counts, func(a, b Count) int { return b.Count - a.Count })
	}
	g.decide(&c)
	for form, n := range g.forms {
		if g.formOf(form) == c.Type {
			c.Forms = append(c.Forms, Form{g.dates.name(form), n})
			c.Unclear = c.Unclear || strings.Contains(form, markFirst) && g.dates.unclear()
		}
	}
	slices.SortFunc(c.Forms, func(a, b Form) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Name, b.Name)
	})
	return &c
}
