package draft

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

// Decide marks what only people can know.
const Decide = "DECIDE"

// Useful reports whether there is a table among the guesses that a mapping
// reads.
func Useful(guesses []Guess) bool {
	return slices.ContainsFunc(guesses, func(g Guess) bool { return g.Role != "" })
}

// Write drafts a mapping that reads the tables, for a process. It can be read as
// it is: what is missing or not sure stands in comments.
func Write(w io.Writer, guesses []Guess, p *process.Process, processName string) error {
	d := drafter{guesses: guesses, process: p}
	d.head(processName)
	d.stages()
	d.deals()
	d.activities()
	d.history()
	d.contacts()
	d.links()
	d.rules()
	_, err := w.Write(d.b.Bytes())
	return err
}

// drafter writes one draft.
type drafter struct {
	b       bytes.Buffer
	guesses []Guess
	process *process.Process
}

func (d *drafter) linef(format string, args ...any) {
	fmt.Fprintf(&d.b, format+"\n", args...)
}

// of returns the tables of a role.
func (d *drafter) of(role crm.Role) []Guess {
	var all []Guess
	for _, g := range d.guesses {
		if g.Role == role {
			all = append(all, g)
		}
	}
	return all
}

func (d *drafter) head(processName string) {
	d.linef("# A draft, guessed from the names of columns and from what is in them. Read it line")
	d.linef("# by line. Whatever is marked %s is for you to say; docs/mapping.md explains each key.", Decide)
	d.linef("mapping: %d", crm.Format)
	d.linef("id: our-crm")
	d.linef("process: %-17s # %s: whose stages and commitments these are", scalar(processName), Decide)
	zoneless, forms, comma, unclear := d.spellings()
	if zoneless != "" {
		d.linef("timezone: UTC               # %s: times name no zone, as in %s", Decide, zoneless)
	}
	if len(forms) > 0 {
		for i, f := range forms {
			forms[i] = scalar(f)
		}
		note := ""
		if unclear != "" {
			note = fmt.Sprintf(" # %s: is it the day or the month that comes first in %s?", Decide, unclear)
		}
		d.linef("times: [%s]%s", strings.Join(forms, ", "), note)
	}
	if comma != "" {
		d.linef("decimal: \",\"                # as in %s", comma)
	}
}

// spellings looks at how the times and the numbers are spelled that are read.
func (d *drafter) spellings() (zoneless string, forms []string, comma, unclear string) {
	for _, g := range d.guesses {
		for _, key := range []string{"at", "until", "created", "closed", "close_date", "amount"} {
			c := g.Table.Column(g.Fields[key])
			if c == nil {
				continue
			}
			if key == "amount" {
				if len(c.Forms) > 0 && c.Forms[0].Name == profile.DecimalComma {
					comma = c.Path
				}
				continue
			}
			if c.Type == profile.Time && c.Zoned < c.Values && zoneless == "" {
				zoneless = c.Path
			}
			if c.Unclear && unclear == "" {
				unclear = c.Path
			}
			for _, f := range c.Forms {
				if !profile.Understood(f.Name) && spellable(f.Name) && !slices.Contains(forms, f.Name) {
					forms = append(forms, f.Name)
				}
			}
		}
	}
	return zoneless, forms, comma, unclear
}

// spellable reports whether a mapping can spell a form of times: one with a day,
// without fractions of a second and without the name of a zone.
func spellable(form string) bool {
	return strings.Contains(form, "YY") && !strings.Contains(form, ".s") && strings.Trim(form, "YMDThmsaZ .,:/-") == ""
}

// stages lists the stages that were seen, with those of the process that they
// may be.
func (d *drafter) stages() {
	seen, many := d.stageNames()
	if len(seen) == 0 {
		return
	}
	var ids []string
	for s := range d.process.Stages() {
		ids = append(ids, string(s.ID()))
	}
	d.linef("")
	d.linef("# The stages of the CRM, and those of the process that they are:")
	for _, line := range terminal.Wrap(strings.Join(ids, ", ")+".", 76) {
		d.linef("# %s", line)
	}
	open := false
	for _, c := range seen {
		if id := d.stageFor(c.Value); id != "" {
			if !open {
				d.linef("stages:")
				open = true
			}
			d.linef("  %s: %s   # %s, seen %s", scalar(c.Value), id, Decide, times1(c.Count))
		}
	}
	for _, c := range seen {
		if d.stageFor(c.Value) == "" {
			if !open {
				d.linef("# stages:")
				open = true
			}
			d.linef("#  %s:   # %s, seen %s", scalar(c.Value), Decide, times1(c.Count))
		}
	}
	if many {
		d.linef("# There are more stages than these.")
	}
}

func times1(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// maxStages is how many stages a draft lists.
const maxStages = 40

// stageNames gathers the stages that deals and their histories show, in the order
// in which they seem to come: the earlier a stage, the more deals left it.
func (d *drafter) stageNames() (seen []profile.Count, many bool) {
	index, left := map[string]int{}, map[string]int{}
	for _, role := range []crm.Role{crm.RoleDeals, crm.RoleHistory} {
		for _, g := range d.of(role) {
			if g.Fields["change"] != "" {
				continue // its values are of many things
			}
			for _, key := range []string{"stage", "from", "to"} {
				c := g.Table.Column(g.Fields[key])
				if c == nil {
					continue
				}
				many = many || c.Counts == nil && !c.Empty()
				for _, v := range c.Counts {
					if key == "from" {
						left[v.Value] += v.Count
					}
					i, ok := index[v.Value]
					switch {
					case ok:
						seen[i].Count += v.Count
					case len(seen) == maxStages:
						many = true
					default:
						index[v.Value] = len(seen)
						seen = append(seen, v)
					}
				}
			}
		}
	}
	slices.SortStableFunc(seen, func(a, b profile.Count) int { return left[b.Value] - left[a.Value] })
	return seen, many
}

// stageFor returns the stage of the process that a name seems to mean: one of
// the same name, the won one, or the first lost one.
func (d *drafter) stageFor(name string) process.StageID {
	folded := fold(name)
	for s := range d.process.Stages() {
		if fold(string(s.ID())) == folded || fold(s.Name()) == folded {
			return s.ID()
		}
	}
	switch ending(name) {
	case "won":
		return d.process.Stage(d.process.Won()).ID()
	case "lost":
		return d.process.Stage(d.process.FirstLost()).ID()
	}
	return ""
}

// ending says whether a word is one for a deal that was won or lost, or is open.
func ending(word string) string {
	switch w := fold(word); {
	case strings.Contains(w, "closedwon"), w == "won", w == "wonclosed", w == "iswon":
		return "won"
	case strings.Contains(w, "closedlost"), w == "lost", w == "disqualified", w == "unqualified", w == "nodecision":
		return "lost"
	case w == "open", w == "active", w == "inprogress", w == "pending":
		return "open"
	}
	return ""
}

// baseOf returns the name of a file without its folder and its ending.
func baseOf(file string) string {
	base, _, _ := strings.Cut(strings.Trim(filepath.Base(file), "<>"), ".")
	return base
}

// tableName names a table of a list after its file.
func tableName(g Guess, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, baseOf(g.Table.File))
	for taken[name] || name == "" {
		name += "-2"
	}
	taken[name] = true
	return name
}

// scalar writes a text as a value of YAML that is read as that text.
func scalar(text string) string {
	plain := text != "" && text == strings.TrimSpace(text)
	for i, r := range text {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r > 0xbf && r < 0x2000
		if !letter && (i == 0 || !strings.ContainsRune(" -./0123456789", r)) {
			plain = false
		}
	}
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "null", "y", "n":
		plain = false
	}
	if plain {
		return text
	}
	quoted := strconv.QuoteToGraphic(text)
	return strings.ReplaceAll(quoted, `\u007f`, `\x7f`)
}
