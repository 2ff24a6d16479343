package draft

import (
	"slices"
	"strings"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
)

// As takes a table for one of a role that somebody said it has. What its columns
// are called tells some of the fields; what is in them, a few more.
func As(t *profile.Table, role crm.Role) Guess {
	f := newFinder(t)
	g := Guess{Table: t, Role: role, System: system(f), Fields: fieldsOf(role, f)}
	g.complete()
	if g.Role == crm.RoleHistory && g.Fields["at"] == "" {
		g.take("at", isTime)
	}
	if g.Role == crm.RoleActivities && g.Fields["at"] == "" {
		g.take("at", isTime)
	}
	return g
}

func isTime(c *profile.Column) bool { return c.Type == profile.Time || c.Type == profile.Date }

// complete finds what the names of the columns do not tell, but their content
// does: an id is in every row, and hardly ever twice.
func (g *Guess) complete() {
	if g.Role != crm.RoleDeals && g.Role != crm.RoleActivities && g.Role != crm.RoleContacts || g.Fields["id"] != "" {
		return
	}
	rows := g.Table.Rows - g.Table.Blank
	g.take("id", func(c *profile.Column) bool {
		return !isTime(c) && rows > 1 && c.Filled == rows && c.Values == rows && 10*c.Distinct >= 9*rows && len(c.Samples) > 0 && !strings.Contains(c.Samples[0], " ")
	})
}

// take gives a field the first column that is fit for it, and that no other field
// has.
func (g *Guess) take(key string, fit func(*profile.Column) bool) {
	for _, c := range g.Table.Columns {
		if c.List == "" && fit(c) && !g.has(c.Path) {
			g.Fields[key] = c.Path
			return
		}
	}
}

func (g *Guess) has(path string) bool {
	for _, p := range g.Fields {
		if p == path {
			return true
		}
	}
	return false
}

// Join finds what only several tables tell together: the deal of an activity or
// of a move stands in the column that is called as the id of the deals is, and
// stages stand in the columns that have the values of the deals' stages.
func Join(guesses []Guess) {
	i := slices.IndexFunc(guesses, func(g Guess) bool { return g.Role == crm.RoleDeals && g.Fields["id"] != "" })
	if i < 0 {
		return
	}
	deals := &guesses[i]
	for j := range guesses {
		g := &guesses[j]
		if g.Role != crm.RoleActivities && g.Role != crm.RoleHistory {
			continue
		}
		if id := fold(deals.Fields["id"]); g.Fields["deal"] == "" && id != "id" {
			g.take("deal", func(c *profile.Column) bool { return fold(c.Path) == id })
		}
		if g.Role == crm.RoleHistory && g.Fields["to"] == "" && g.Fields["stage"] == "" {
			g.stages(deals.Table.Column(deals.Fields["stage"]))
		}
	}
}

// stages finds the columns of a history in which stages stand. Of two the one
// that is emptier is where deals came from: a deal that begins came from nowhere.
func (g *Guess) stages(known *profile.Column) {
	var alike []*profile.Column
	for _, c := range g.Table.Columns {
		if shareValues(c, known) && !g.has(c.Path) {
			alike = append(alike, c)
		}
	}
	switch len(alike) {
	case 1:
		g.Fields["to"] = alike[0].Path
	case 2:
		slices.SortStableFunc(alike, func(a, b *profile.Column) int { return a.Filled - b.Filled })
		g.Fields["from"], g.Fields["to"] = alike[0].Path, alike[1].Path
	}
}

// shareValues reports whether most of the values of a column are known ones.
func shareValues(c, known *profile.Column) bool {
	if known == nil || len(c.Counts) == 0 {
		return false
	}
	values := make(map[string]bool, len(known.Counts))
	for _, v := range known.Counts {
		values[v.Value] = true
	}
	shared := 0
	for _, v := range c.Counts {
		if values[v.Value] {
			shared++
		}
	}
	return 2*shared > len(c.Counts)
}
