package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/advance-sales/advance/internal/draft"
	"github.com/advance-sales/advance/internal/profile"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/internal/terminal"
)

// fewValues is how many different values a column may have for all of them to
// be shown.
const fewValues = 15

// inspectPage writes what is in tables.
type inspectPage struct {
	terminal.Page
	b strings.Builder
}

func writeInspectText(e *env, found *inspected) error {
	page := inspectPage{Page: e.screen()}
	for i, g := range found.guesses {
		if i > 0 {
			page.b.WriteByte('\n')
		}
		page.table(g)
	}
	page.mapping(found)
	_, err := e.stdout.Write([]byte(page.b.String()))
	return err
}

// mapping says what reads the tables.
func (p *inspectPage) mapping(found *inspected) {
	for _, name := range found.fitting() {
		p.b.WriteByte('\n')
		p.text(terminal.Green, fmt.Sprintf("This looks like %s: try --mapping %s, and draft one of your own where it does not fit.", systemNames[name], name))
	}
	switch {
	case len(found.guesses) == 0:
	case found.draft == "":
		p.b.WriteByte('\n')
		p.text(terminal.Plain, "None of this looks like a table of deals, activities, history, contacts or links, so there is nothing to draft. Say what each is: advance crm inspect deals=FILE activities=FILE history=FILE.")
	case found.file == "":
		p.b.WriteString("\n" + p.Paint(terminal.Bold, "A mapping to begin with") + " (--draft FILE writes it to a file)\n\n")
		p.b.WriteString(cleanLines(found.draft))
	}
}

// cleanLines cleans each line of a text.
func cleanLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(terminal.Clean(strings.TrimSuffix(line, "\n")) + "\n")
	}
	return b.String()
}

// systemNames are the names of the CRMs that have built-in mappings.
var systemNames = map[string]string{"hubspot": "HubSpot", "salesforce": "Salesforce", "pipedrive": "Pipedrive"}

// text writes a paragraph.
func (p *inspectPage) text(style terminal.Style, text string) {
	p.b.WriteString(p.Fill("", 0, style, text))
}

func (p *inspectPage) table(g draft.Guess) {
	t := g.Table
	what := "no table that a mapping reads"
	if g.Role != "" {
		what = "looks like " + string(g.Role)
	}
	if name := systemNames[g.System]; name != "" {
		what += " of " + name
	}
	p.b.WriteString(p.Apart(p.Paint(terminal.Bold, terminal.Clean(t.File)), p.Paint(terminal.Cyan, what)))
	p.b.WriteString(p.Fill("", 2, terminal.Dim, about(t)))
	for _, n := range t.Notes {
		at := ""
		if n.Line > 0 && n.Code != table.ByteOrderMark && n.Code != table.UTF16 {
			at = fmt.Sprintf("line %d: ", n.Line)
		}
		p.remark(2, at+n.Text)
	}
	if t.Blank > 0 {
		p.remark(2, count(t.Blank, "row")+" without any value")
	}
	var empty []string
	for _, c := range t.Columns {
		if c.Empty() {
			empty = append(empty, terminal.Clean(c.Path))
			continue
		}
		p.column(t, c, c.Path == g.Fields["id"])
	}
	p.empty(t, empty)
	if t.More {
		p.remark(2, fmt.Sprintf("there are more than %s columns, and the others were passed over", thousands(profile.MaxPaths)))
	}
	p.lists(t)
}

// about says what a file is.
func about(t *profile.Table) string {
	parts := []string{map[table.Format]string{
		table.Empty: "an empty file", table.CSV: "CSV", table.JSON: "JSON", table.JSONLines: "JSON lines",
	}[t.Format]}
	switch {
	case t.Format == table.Empty:
		return parts[0]
	case t.Separator != 0 && t.Separator != ',':
		parts[0] += map[byte]string{';': " with semicolons", '\t': " with tabs", '|': " with bars"}[t.Separator]
	case t.Each != "":
		parts[0] += ", each of " + t.Each
	}
	columns := "column"
	if t.Format != table.CSV {
		columns = "path"
	}
	parts = append(parts, count(t.Rows, "row"), count(len(t.Columns), columns))
	if t.Rejected > 0 {
		parts = append(parts, count(t.Rejected, "row")+" rejected")
	}
	if t.Stopped != nil {
		parts = append(parts, "not read to the end")
	}
	return strings.Join(parts, " · ")
}

func (p *inspectPage) remark(indent int, text string) {
	p.b.WriteString(p.Fill(strings.Repeat(" ", indent)+p.Paint(terminal.Yellow, "!"), indent+2, terminal.Plain, text))
}

// column writes what is known of a column: a line, its values, and what is odd.
func (p *inspectPage) column(t *profile.Table, c *profile.Column, id bool) {
	room := p.Width - 44
	name := terminal.Clean(c.Path)
	lead := "  " + p.Paint(terminal.Bold, name)
	if terminal.Columns(name) > room-2 {
		p.b.WriteString(lead + "\n")
		lead = ""
	}
	line := terminal.Pad(lead, room) + "  " + terminal.Pad(fmt.Sprintf("%5s", share(c.Filled, t.Rows)), 7) + terminal.Pad(c.Type.String(), 9) + distinct(c)
	p.b.WriteString(strings.TrimRight(line, " ") + "\n")
	p.b.WriteString(p.Fill("", 6, terminal.Dim, valuesOf(c)))
	if text := spelled(c); text != "" {
		p.b.WriteString(p.Fill("", 6, terminal.Dim, text))
	}
	for _, r := range remarksOn(c, id) {
		p.remark(6, r)
	}
}

// share writes a part as a percentage that says 0 and 100 only where that is
// exact.
func share(part, whole int) string {
	switch {
	case part == 0 || whole == 0:
		return "0 %"
	case part == whole:
		return "100 %"
	}
	return strconv.Itoa(min(max(part*100/whole, 1), 99)) + " %"
}

func distinct(c *profile.Column) string {
	n := thousands(c.Distinct)
	switch {
	case c.Capped:
		return "over " + n + " different"
	case c.Unique() && c.Values > 1:
		return n + ", all different"
	}
	return n + " different"
}

// valuesOf writes the values of a column: all where they are few, with how
// often each is there.
func valuesOf(c *profile.Column) string {
	var values []string
	if !few(c) {
		for _, s := range c.Samples {
			values = append(values, terminal.Fit(terminal.Clean(s), 60))
		}
		if c.Distinct > len(c.Samples) || c.Capped {
			values = append(values, "…")
		}
		return strings.Join(values, " · ")
	}
	for _, v := range c.Counts {
		values = append(values, fmt.Sprintf("%s (%s)", terminal.Fit(terminal.Clean(v.Value), 60), thousands(v.Count)))
	}
	return strings.Join(values, " · ")
}

// few reports whether the values of a column are few and short enough to show
// all of them: it is from these that the values of a mapping are written.
func few(c *profile.Column) bool {
	switch c.Type {
	case profile.ID, profile.GUID, profile.Date, profile.Time:
		return false
	}
	return len(c.Counts) > 0 && len(c.Counts) <= fewValues && c.Distinct < c.Values &&
		!slices.ContainsFunc(c.Counts, func(v profile.Count) bool { return terminal.Columns(v.Value) > 40 })
}

// spelled says how the times of a column are spelled.
func spelled(c *profile.Column) string {
	if c.Type != profile.Date && c.Type != profile.Time {
		return ""
	}
	text := formsOf(c)
	if c.Type == profile.Time && c.Zoned < c.Values-c.Others && hasDay(c) {
		text += "; no zone"
		if c.Zoned > 0 {
			text += " in " + share(c.Values-c.Others-c.Zoned, c.Values)
		}
	}
	return text
}

// formsOf lists the most frequent spellings of a column.
func formsOf(c *profile.Column) string {
	var forms []string
	for _, f := range c.Forms[:min(4, len(c.Forms))] {
		form := f.Name
		if len(c.Forms) > 1 {
			form += fmt.Sprintf(" (%s)", thousands(f.Count))
		}
		forms = append(forms, form)
	}
	if len(c.Forms) > 4 {
		forms = append(forms, "…")
	}
	return strings.Join(forms, ", ")
}

// remarksOn says what is odd about the values of a column.
func remarksOn(c *profile.Column, id bool) []string {
	var all []string
	switch {
	case c.Type == profile.Number && (len(c.Forms) > 1 || c.Forms[0].Name != profile.Plain),
		c.Type == profile.Boolean && c.MixedBooleans():
		all = append(all, "spelled "+formsOf(c))
	case (c.Type == profile.Date || c.Type == profile.Time) && c.MixedTimes():
		all = append(all, "several spellings of times")
	}
	if c.Unclear {
		all = append(all, "no value shows whether the day or the month comes first, or different values show both")
	}
	if c.Others > 0 {
		all = append(all, fmt.Sprintf("%s no %s, such as %q", are(c.Others), c.Type, terminal.Fit(c.Other, 40)))
	}
	if id && c.Repeat.Value != "" {
		again := "some are there again"
		if !c.Capped {
			again = are(c.Values-c.Distinct) + " there again"
		}
		all = append(all, fmt.Sprintf("%s, first %s on line %d", again, terminal.Fit(c.Repeat.Value, 40), c.Repeat.Line))
	}
	return all
}

// hasDay reports whether the times of a column are more than times of a day.
func hasDay(c *profile.Column) bool {
	return slices.ContainsFunc(c.Forms, func(f profile.Form) bool { return strings.Contains(f.Name, "YY") })
}

func are(n int) string {
	if n == 1 {
		return "1 is"
	}
	return thousands(n) + " are"
}

// empty writes the columns without values on one line.
func (p *inspectPage) empty(t *profile.Table, names []string) {
	if len(names) == 0 {
		return
	}
	what := count(len(names), "empty column")
	if t.Format != table.CSV {
		what = count(len(names), "empty path")
	}
	text := what + ": " + strings.Join(names[:min(6, len(names))], ", ")
	if len(names) > 6 {
		text += ", …"
	}
	p.b.WriteString(p.Fill("", 2, terminal.Dim, text))
}

// lists says how to look at the rows that are lists in other rows.
func (p *inspectPage) lists(t *profile.Table) {
	var seen []string
	paths := map[string]int{}
	for _, c := range t.Columns {
		if c.List == "" || c.List == c.Path {
			continue
		}
		if paths[c.List]++; paths[c.List] == 1 {
			seen = append(seen, c.List)
		}
	}
	for _, list := range seen {
		if paths[list] < 3 {
			continue
		}
		each := list
		if t.Each != "" {
			each = t.Each + "." + list
		}
		p.remark(2, fmt.Sprintf("%s is a list in each row: --each %s looks at its rows", list, each))
	}
}
