package draft

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
)

// block opens a table, with a name where it is one of several, and returns what
// stands before its keys. A table that
// lacks what it needs is put into comments, with the reason.
func (d *drafter) block(g Guess, name, missing string) (indent string) {
	d.linef("  # %s", comment(g.Table.File))
	hash := ""
	if missing != "" {
		d.linef("  # %s: %s", Decide, missing)
		d.linef("  # It has %s.", comment(someColumns(g.Table)))
		hash = "#"
	}
	if name == "" {
		return hash + "  "
	}
	d.linef("%s  - name: %s", hash, scalar(name))
	return hash + "    "
}

// maxColumns is how many columns of a table are listed where one is missing.
const maxColumns = 30

func someColumns(t *profile.Table) string {
	var paths []string
	for _, c := range t.Columns {
		if len(paths) == maxColumns {
			paths = append(paths, "and more")
			break
		}
		paths = append(paths, c.Path)
	}
	return strings.Join(paths, ", ")
}

func comment(text string) string { return strings.Join(strings.Fields(text), " ") }

// each writes where the rows of JSON are.
func (d *drafter) each(g Guess, indent string) {
	if g.Table.Each != "" {
		d.linef("%seach: %s", indent, scalar(g.Table.Each))
	}
}

// fields writes the fields of a table that were found.
func (d *drafter) fields(g Guess, indent string, keys ...string) {
	for _, key := range keys {
		if path := g.Fields[key]; path != "" {
			d.linef("%s%s: %s", indent, key, scalar(path))
		}
	}
}

// deleted writes which rows are out of scope.
func (d *drafter) deleted(g Guess, indent string) {
	for _, c := range g.Table.Columns {
		switch fold(c.Path) {
		case "isdeleted", "deleted", "archived", "fivetrandeleted":
			if c.Type == profile.Boolean {
				d.linef("%sunless: {%s: true}", indent, scalar(c.Path))
				return
			}
		}
	}
}

// deals writes the table of deals: that which looks most like one.
func (d *drafter) deals() {
	tables := d.of(crm.RoleDeals)
	d.linef("")
	if len(tables) == 0 {
		d.linef("# No table of deals was among the files. With one, say here where things stand:")
		d.linef("# deals: {id: , name: , stage: , amount: , owner: , created: , close_date: }")
		return
	}
	slices.SortStableFunc(tables, func(a, b Guess) int { return len(b.Fields) - len(a.Fields) })
	g := tables[0]
	missing := ""
	if g.Fields["id"] == "" {
		missing = "which column is the id of a deal?"
		d.linef("# deals:")
	} else {
		d.linef("deals:")
	}
	indent := d.block(g, "", missing)
	d.each(g, indent)
	if missing != "" {
		d.linef("%sid:", indent)
	}
	d.fields(g, indent, "id", "name", "stage")
	if g.Fields["stage"] == "" {
		d.linef("%s# stage:   # %s: which column is the stage?", indent, Decide)
	}
	d.status(g, indent)
	d.fields(g, indent, "amount", "currency", "owner", "created")
	if path := g.Fields["closed"]; path != "" {
		d.linef("%sclosed: %s   # when a deal was won or lost", indent, scalar(path))
	}
	if path := g.Fields["close_date"]; path != "" {
		d.linef("%sclose_date: %s   # when an open one is expected to close", indent, scalar(path))
	}
	d.deleted(g, indent)
	for _, other := range tables[1:] {
		d.linef("# %s looks like a table of deals too; a mapping has one.", comment(other.Table.File))
	}
}

// status writes how it shows that a deal is over.
func (d *drafter) status(g Guess, indent string) {
	won, closed := d.flag(g, "iswon", "won"), d.flag(g, "isclosed", "closed")
	if won != "" && closed != "" {
		d.linef("%sstatus: {won: {%s: true}, lost: {%s: true}}", indent, scalar(won), scalar(closed))
		return
	}
	for _, key := range []string{"status", "stage"} {
		c := g.Table.Column(g.Fields[key])
		if c == nil {
			continue
		}
		var words []string
		over := 0
		for _, v := range c.Counts {
			if e := ending(v.Value); e != "" {
				words = append(words, scalar(v.Value)+": "+e)
				if e != "open" {
					over++
				}
			}
		}
		if over > 0 {
			d.linef("%sstatus: {field: %s, values: {%s}, default: open}   # %s", indent, scalar(c.Path), strings.Join(words, ", "), Decide)
			return
		}
	}
	d.linef("%s# status:   # %s: which column says that a deal was won or lost?", indent, Decide)
}

// flag finds a column of yes and no.
func (d *drafter) flag(g Guess, names ...string) string {
	for _, c := range g.Table.Columns {
		if c.Type == profile.Boolean && slices.Contains(names, fold(c.Path)) {
			return c.Path
		}
	}
	return ""
}

// list writes the tables of a role, of which there may be several.
func (d *drafter) list(role crm.Role, about string, missing func(Guess) string, write func(g Guess, indent string)) {
	tables := d.of(role)
	if len(tables) == 0 {
		return
	}
	d.linef("")
	whole := slices.ContainsFunc(tables, func(g Guess) bool { return missing(g) == "" })
	if whole {
		d.linef("%s:%s", role, about)
	} else {
		d.linef("# %s:%s", role, about)
	}
	taken := map[string]bool{}
	for _, g := range tables {
		name := ""
		if len(tables) > 1 {
			name = tableName(g, taken)
		}
		indent := d.block(g, name, missing(g))
		d.each(g, indent)
		write(g, indent)
		d.deleted(g, indent)
	}
}

func (d *drafter) linked() bool {
	return slices.ContainsFunc(d.of(crm.RoleLinks), func(g Guess) bool { return g.Fields["deal"] != "" })
}

func (d *drafter) activities() {
	missing := func(g Guess) string {
		switch {
		case g.Fields["deal"] == "" && !d.linked():
			return "which column is the deal of an activity, or which table links them?"
		case g.Fields["at"] == "":
			return "which column says when it was? Write it as at:"
		}
		return ""
	}
	d.list(crm.RoleActivities, "", missing, func(g Guess, indent string) {
		if g.Fields["deal"] == "" && !d.linked() {
			d.linef("%sdeal:", indent)
		}
		d.fields(g, indent, "id", "deal", "at", "until")
		d.kind(g, indent)
		d.fields(g, indent, "people", "rep", "notes")
	})
}

// kind writes what kinds of activities there are.
func (d *drafter) kind(g Guess, indent string) {
	c := g.Table.Column(g.Fields["kind"])
	if c == nil {
		if kind := kindOf(baseOf(g.Table.File)); kind != "" {
			d.linef("%skind: {value: %s}   # by the name of the file", indent, kind)
			return
		}
		d.linef("%s# kind: {value: meeting}   # %s", indent, Decide)
		return
	}
	var words, others []string
	for _, v := range c.Counts {
		if kind := kindOf(v.Value); kind != "" {
			words = append(words, scalar(v.Value)+": "+kind)
		} else if len(others) < 10 {
			others = append(others, v.Value)
		}
	}
	if len(words) == 0 {
		d.linef("%skind: %s", indent, scalar(c.Path))
	} else {
		d.linef("%skind:", indent)
		d.linef("%s  field: %s", indent, scalar(c.Path))
		d.linef("%s  values: {%s}   # %s", indent, strings.Join(words, ", "), Decide)
	}
	if len(others) > 0 {
		d.linef("%s  # as they are spelled: %s", indent, comment(strings.Join(others, ", ")))
	}
}

// kindOf says what kind of activity a word means.
func kindOf(word string) string {
	w := fold(word)
	for _, k := range []struct{ part, kind string }{
		{"email", "email"},
		{"meeting", "meeting"},
		{"demo", "meeting"},
		{"appointment", "meeting"},
		{"event", "meeting"},
		{"call", "call"},
		{"phone", "call"},
		{"note", "note"},
		{"task", "task"},
		{"todo", "task"},
	} {
		if strings.Contains(w, k.part) {
			return k.kind
		}
	}
	return ""
}

func (d *drafter) history() {
	missing := func(g Guess) string {
		switch f := g.Fields; {
		case f["deal"] == "" && f["id"] == "":
			return "which column is the deal?"
		case f["at"] == "":
			return "which column says when it was? Write it as at:"
		case f["to"] == "" && f["stage"] == "":
			return "which column says where the deal was moved to? Write it as to:"
		}
		return ""
	}
	d.list(crm.RoleHistory, "", missing, func(g Guess, indent string) {
		f := g.Fields
		deal, own := f["deal"], f["id"]
		if deal == "" {
			deal, own = own, ""
		}
		d.linef("%sdeal: %s", indent, scalar(deal))
		if f["at"] != "" {
			d.linef("%sat: %s", indent, scalar(f["at"]))
		}
		if own != "" && own != deal {
			d.linef("%sid: %s", indent, scalar(own))
		}
		switch {
		case f["to"] != "" && f["change"] != "":
			d.linef("%schange: {field: %s, values: {StageName: stage, stage_id: stage, dealstage: stage, CloseDate: close_date, closedate: close_date}}   # %s", indent, scalar(f["change"]), Decide)
			d.moves(f, indent)
		case f["to"] != "":
			d.moves(f, indent)
		case f["stage"] != "":
			d.linef("%sstage: %s   # a picture of the deal at that time", indent, scalar(f["stage"]))
			if f["close_date"] != "" {
				d.linef("%sclose_date: %s", indent, scalar(f["close_date"]))
			}
		}
	})
}

func (d *drafter) moves(f map[string]string, indent string) {
	if f["from"] != "" {
		d.linef("%sfrom: %s", indent, scalar(f["from"]))
	}
	d.linef("%sto: %s", indent, scalar(f["to"]))
}

// lacks asks a question where a field was not found.
func lacks(g Guess, key, question string) string {
	if g.Fields[key] != "" {
		return ""
	}
	return question
}

func (d *drafter) contacts() {
	missing := func(g Guess) string { return lacks(g, "id", "which column is the id of a contact?") }
	d.list(crm.RoleContacts, "   # who the people of the activities are", missing, func(g Guess, indent string) {
		d.fields(g, indent, "id", "deal", "name")
		path := g.Fields["role"]
		if path == "" {
			return
		}
		note := ""
		if c := g.Table.Column(path); c != nil && len(c.Counts) > 0 && len(c.Counts) <= 15 {
			var seen []string
			for _, v := range c.Counts {
				seen = append(seen, v.Value)
			}
			note = fmt.Sprintf("   # %s: to the roles of the process, with values: from %s", Decide, comment(strings.Join(seen, ", ")))
		}
		d.linef("%srole: %s%s", indent, scalar(path), note)
	})
}

func (d *drafter) links() {
	missing := func(g Guess) string { return lacks(g, "activity", "which column is the id of the activity?") }
	d.list(crm.RoleLinks, "   # which activity belongs to which deal or contact", missing, func(g Guess, indent string) {
		d.fields(g, indent, "activity", "deal", "contact")
	})
}

// rules shows what rules could look like. Which record shows that a buyer
// committed to something is for people to say.
func (d *drafter) rules() {
	activities := d.of(crm.RoleActivities)
	if len(activities) == 0 {
		return
	}
	var id string
	for c := range d.process.Commitments() {
		id = string(c.ID())
		break
	}
	d.linef("")
	d.linef("# %s: which records show that the buyer committed to something? Without a rule", Decide)
	d.linef("# no deal earns anything. What a seller noted, planned or felt shows nothing.")
	d.linef("# rules:")
	for _, g := range activities {
		c := g.Table.Column(g.Fields["outcome"])
		if c == nil || c.Path == g.Fields["kind"] {
			continue
		}
		value := "Held"
		var seen []string
		for i, v := range c.Counts {
			if i == 0 {
				value = v.Value
			}
			if i < 10 {
				seen = append(seen, fmt.Sprintf("%s %d", v.Value, v.Count))
			}
		}
		if len(seen) > 0 {
			d.linef("#  # %s of %s has: %s", comment(c.Path), comment(g.Table.File), comment(strings.Join(seen, ", ")))
		}
		d.rule(id, c.Path, value)
		return
	}
	d.rule(id, "", "")
}

func (d *drafter) rule(id, path, value string) {
	d.linef("#  - commitment: %s", id)
	d.linef("#    of: meeting")
	if path != "" {
		d.linef("#    when: {%s: %s}", scalar(path), scalar(value))
	}
	d.linef("#    status: kept")
	d.linef("#    by: buyer")
	d.linef("#    evidence: [calendar]")
}
