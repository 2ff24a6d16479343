package crm

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/process"
)

// validator judges whether a definition, with what it extends, makes sense.
type validator struct {
	failed func(path string) bool // what could not be read is not judged
	diags  diagnostic.List
}

func (v *validator) fault(path string, code diagnostic.Code, message, hint string) {
	if !v.failed(path) {
		v.diags = append(v.diags, diagnostic.Diagnostic{Code: code, Severity: diagnostic.Error, Path: path, Message: message, Hint: hint})
	}
}

func validate(d *Definition, failed func(string) bool) diagnostic.List {
	v := &validator{failed: failed}
	if d.Format != Format {
		v.fault("mapping", process.CodeUnsupportedFormat, fmt.Sprintf("format version %d is not known", d.Format), fmt.Sprintf("write mapping: %d", Format))
	}
	if !isID(d.ID) {
		v.fault("id", process.CodeBadID, fmt.Sprintf("the id can not be %q", d.ID), "use letters, digits, - and _")
	}
	if _, err := zone(d.TimeZone); err != nil {
		v.fault("timezone", process.CodeBadTimeZone, fmt.Sprintf("nobody knows the time zone %q", d.TimeZone), "write one such as Europe/Berlin, or UTC")
	}
	for i, text := range d.Times {
		if _, err := parseTimeFormat(text); err != nil {
			v.fault(fmt.Sprintf("times[%d]", i), CodeBadTimeFormat, fmt.Sprintf("%q does not spell a time: %v", text, err), timeHint)
		}
	}
	if d.Decimal != "" && d.Decimal != "." && d.Decimal != "," {
		v.fault("decimal", process.CodeBadValue, fmt.Sprintf("the decimal mark can not be %q", d.Decimal), `write "." or ","`)
	}
	v.words("stages", d.Stages)
	v.tables(d)
	for i := range d.Rules {
		v.rule(fmt.Sprintf("rules[%d]", i), &d.Rules[i])
	}
	return v.diags
}

func zone(name string) (*time.Location, error) {
	if name == "Local" {
		return nil, fmt.Errorf("a mapping means the same everywhere")
	}
	return time.LoadLocation(name)
}

var idPattern = regexp.MustCompile(`^[\p{L}\p{Nd}_-]+$`)

func isID(text string) bool { return idPattern.MatchString(text) }

func (v *validator) tables(d *Definition) {
	if d.Deals == nil && len(d.Activities)+len(d.History)+len(d.Contacts)+len(d.Links) == 0 && d.Extends == "" && !v.failed("") {
		v.fault("", CodeBadTable, "the mapping has no table", "say with deals: where the deals are")
	}
	if d.Deals != nil {
		v.parts("deals", &d.Deals.Table, d.Deals.parts())
		v.status(&d.Deals.Status)
	}
	each(v, "activities", d.Activities, func(at string, a *Activities) {
		v.parts(at, &a.Table, a.parts())
		v.conditions(at+".calls", a.Calls)
		if a.Deal.IsZero() && !slices.ContainsFunc(d.Links, func(l Links) bool { return !l.Deal.IsZero() }) {
			v.fault(at+".deal", yamldoc.MissingKey, "\"deal\" is missing", "add `deal:` with the name of a column, or `links:` with the table that tells it")
		}
	})
	each(v, "history", d.History, func(at string, h *History) {
		v.parts(at, &h.Table, h.parts())
		picture := !h.Stage.IsZero() || !h.CloseDate.IsZero()
		switch {
		case picture == !h.To.IsZero():
			v.fault(at, CodeBadTable, "a history tells changes with to:, or pictures with stage: or close_date:, and this one neither or both",
				"write to: for the new stage, or stage: for the stage at the time of the row")
		case picture && (!h.From.IsZero() || !h.Change.IsZero()):
			v.fault(at, CodeBadTable, "from: and change: belong to a history that tells changes with to:", "leave them out, or write to:")
		}
	})
	each(v, "contacts", d.Contacts, func(at string, c *Contacts) {
		v.parts(at, &c.Table, c.parts())
		if c.Name.IsZero() && c.Role.IsZero() {
			v.fault(at, CodeBadTable, "these contacts have neither a name nor a role", "say with name: or role: which column tells it")
		}
	})
	each(v, "links", d.Links, func(at string, l *Links) {
		v.parts(at, &l.Table, l.parts())
		if l.Deal.IsZero() && l.Contact.IsZero() {
			v.fault(at, CodeBadTable, "these links lead nowhere", "say with deal: or contact: which column tells it")
		}
	})
}

// each judges the tables of a list, and their names.
func each[T any, P tabled[T]](v *validator, key string, list []T, judge func(at string, t *T)) {
	names := map[string]bool{}
	for i := range list {
		at := fmt.Sprintf("%s[%d]", key, i)
		nameKey := ".name"
		if key == string(RoleContacts) {
			nameKey = ".table"
		}
		switch name := P(&list[i]).table().Name; {
		case name == "" && len(list) > 1:
			v.fault(at, CodeBadTable, "of several tables each needs a name", "write "+nameKey[1:]+": and a word")
		case name != "" && !isID(name):
			v.fault(at+nameKey, process.CodeBadID, fmt.Sprintf("the name of a table can not be %q", name), "use letters, digits, - and _")
		case names[name]:
			v.fault(at+nameKey, process.CodeDuplicateID, fmt.Sprintf("another table is called %q", name), "give each a name of its own")
		default:
			names[name] = true
		}
		judge(at, &list[i])
	}
}

func (v *validator) parts(at string, t *Table, parts []part) {
	v.conditions(at+".where", t.Where)
	v.conditions(at+".unless", t.Unless)
	for _, p := range parts {
		path := at + "." + p.key
		if p.required && p.IsZero() {
			v.fault(path, yamldoc.MissingKey, fmt.Sprintf("%q is missing", p.key), "add `"+p.key+":` with the name of a column")
		}
		v.field(path, *p.Field, p.words)
	}
}

// field judges a field; words are those that it may be translated to, if they
// are limited.
func (v *validator) field(at string, f Field, words []string) {
	for i, name := range f.Names {
		if commitment.Blank(name) {
			path := at
			if len(f.Names) > 1 {
				path = fmt.Sprintf("%s[%d]", at, i)
			}
			v.fault(path, process.CodeBlank, "the name of a column is blank", "write its name, or leave the key out")
		}
	}
	if f.Value != "" && len(f.Names) > 0 {
		v.fault(at, CodeBadField, "a field has a value or the name of a column, and this one has both", "leave one of them out")
	}
	v.words(at+".values", f.Values)
	if words == nil {
		return
	}
	known := func(path, word string) {
		if word != "" && !slices.Contains(words, word) {
			v.fault(path, process.CodeBadValue, fmt.Sprintf("%q is none of the words that are known here", word), nearest.HintOrAll(word, words))
		}
	}
	for _, w := range f.Values {
		known(at+".values."+w.From, w.To)
	}
	known(at+".value", f.Value)
	known(at+".default", f.Default)
}

func (v *validator) words(at string, words []Word) {
	seen := map[string]string{}
	for _, w := range words {
		path, key := at+"."+w.From, fold(w.From)
		if commitment.Blank(w.To) {
			v.fault(path, process.CodeBlank, fmt.Sprintf("nothing is said for %q", w.From), "write what it stands for, or leave it out")
		}
		if first, ok := seen[key]; ok {
			v.fault(path, process.CodeRepeatedItem, fmt.Sprintf("%q is the same as %q: capitals make no difference", w.From, first), "keep one of them")
		}
		seen[key] = w.From
	}
}

func (v *validator) status(s *Status) {
	v.field("deals.status", s.Field, statusWords)
	v.conditions("deals.status.won", s.Won)
	v.conditions("deals.status.lost", s.Lost)
	v.conditions("deals.status.open", s.Open)
}

func (v *validator) conditions(at string, list []Condition) {
	for _, c := range list {
		path := at + "." + c.Field
		if c.Pattern != "" {
			if _, err := regexp.Compile(c.Pattern); err != nil {
				_, why, _ := strings.Cut(err.Error(), "error parsing regexp: ")
				v.fault(path+".pattern", CodeBadPattern, fmt.Sprintf("%q is no pattern: %s", c.Pattern, why), "put a \\ before what is meant as it stands, such as \\(")
			}
		}
		if len(c.Any) == 0 && c.Prefix == "" && c.Pattern == "" && c.Present == nil {
			v.fault(path, CodeBadField, fmt.Sprintf("nothing is asked of %q", c.Field), "write a value, a list of values, prefix, pattern or present")
		}
	}
}

func (v *validator) rule(at string, u *Rule) {
	switch {
	case u.Commitment == "" && u.CommitmentOf.IsZero():
		v.fault(at+".commitment", yamldoc.MissingKey, "\"commitment\" is missing", "add `commitment:` with its id in the process")
	case u.Commitment != "" && !isID(string(u.Commitment)):
		v.fault(at+".commitment", process.CodeBadID, fmt.Sprintf("the id of a commitment can not be %q", u.Commitment), "use letters, digits, - and _")
	}
	v.field(at+".commitment", u.CommitmentOf, nil)
	v.conditions(at+".when", u.When)
	v.field(at+".at", u.At, nil)
	v.field(at+".due", u.Due, nil)
	v.field(at+".people", u.People, nil)
	v.field(at+".note", u.Note, nil)
	if u.Status == commitment.Waived && u.Note.IsZero() {
		v.fault(at+".note", yamldoc.MissingKey, "what is waived needs a reason", "say with note: which column tells it")
	}
	for i, kind := range u.Evidence {
		if commitment.Blank(kind) {
			v.fault(fmt.Sprintf("%s.evidence[%d]", at, i), process.CodeBlank, "a kind of evidence is blank", "write one such as calendar")
		}
	}
}
