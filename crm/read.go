package crm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/process"
)

// Read reads the definition in a YAML document without judging whether it makes
// sense, and without what it extends: the diagnostics are those of its form
// alone. The definition holds whatever could be read.
func Read(file string, src []byte) (Definition, diagnostic.List) {
	def, _, diags := read(file, src)
	diags.Sort()
	return def, diags
}

// document is a definition's own text, for the places of diagnostics.
type document struct {
	root   *yamldoc.Node
	failed func(path string) bool
}

// refused reports whether something at the path, or below it, could not be read.
// A single table stands for a list of one.
func (d *document) refused(path string) bool {
	return d.failed(path) || d.failed(strings.Replace(path, "[0]", "", 1))
}

func read(file string, src []byte) (Definition, *document, diagnostic.List) {
	root, diags := yamldoc.Parse(file, src)
	if root == nil {
		return Definition{}, nil, diags
	}
	r := reader{yamldoc.NewReader(root)}
	def, ok := r.definition(root)
	diags = append(diags, r.Diagnostics()...)
	if !ok {
		return def, nil, diags
	}
	def.Extensions = r.Extensions()
	return def, &document{root, r.Failed}, diags
}

// reader turns the nodes of a document into a Definition, each node once.
type reader struct{ *yamldoc.Reader }

func (r reader) definition(root *yamldoc.Node) (def Definition, ok bool) {
	ok = r.Fields(root, "a mapping", yamldoc.Fields{
		"mapping":     func(n *yamldoc.Node) { r.format(n, &def.Format) },
		"id":          r.text(&def.ID, "the id"),
		"extends":     func(n *yamldoc.Node) { r.extends(n, &def.Extends) },
		"name":        r.text(&def.Name, "the name"),
		"description": r.text(&def.Description, "the description"),
		"process":     r.text(&def.Process, "the process"),
		"timezone":    r.text(&def.TimeZone, "the time zone"),
		"times":       func(n *yamldoc.Node) { def.Times = yamldoc.Words[string](r.Reader, n, "times") },
		"decimal": func(n *yamldoc.Node) {
			if r.text(&def.Decimal, "the decimal mark")(n); def.Decimal != "." && def.Decimal != "," && !r.Failed(n.Path()) {
				r.Report(n, process.CodeBadValue, diagnostic.Error, fmt.Sprintf("the decimal mark can not be %q", def.Decimal), `write "." or ","`)
			}
		},
		"stages":     func(n *yamldoc.Node) { def.Stages = r.translations(n, "stages") },
		"deals":      func(n *yamldoc.Node) { def.Deals = r.deals(n) },
		"activities": func(n *yamldoc.Node) { def.Activities = tables(r, n, "activities", r.activities) },
		"history":    func(n *yamldoc.Node) { def.History = tables(r, n, "history", r.history) },
		"contacts":   func(n *yamldoc.Node) { def.Contacts = tables(r, n, "contacts", r.contacts) },
		"links":      func(n *yamldoc.Node) { def.Links = tables(r, n, "links", r.links) },
		"rules":      func(n *yamldoc.Node) { def.Rules = yamldoc.List(r.Reader, n, "rules", r.rule) },
	}, "mapping", "id")
	return def, ok
}

func (r reader) format(n *yamldoc.Node, format *int) {
	v, ok := r.Int(n, "the format version")
	if ok && v != Format {
		r.Report(n, process.CodeUnsupportedFormat, diagnostic.Error,
			fmt.Sprintf("format version %d is not known", v), fmt.Sprintf("write mapping: %d", Format))
	}
	*format = Format
}

// extends reads the name of a built-in mapping.
func (r reader) extends(n *yamldoc.Node, name *string) {
	if yamldoc.Word(r.Reader, name, n, "the mapping that this one extends") && !slices.Contains(BuiltinNames(), *name) {
		r.Report(n, CodeUnknownMapping, diagnostic.Error, fmt.Sprintf("no built-in mapping is called %q", *name), nearest.HintOrAll(*name, BuiltinNames()))
	}
}

// tables reads one table, or a list of them.
func tables[T any](r reader, n *yamldoc.Node, what string, read func(*yamldoc.Node) T) []T {
	if n.Kind() != yamldoc.Sequence {
		return []T{read(n)}
	}
	if list := yamldoc.List(r.Reader, n, what, read); len(list) > 0 {
		return list
	}
	return nil // as if nothing were said: what is extended stays
}

// common adds the keys that all tables have to those of one.
func (r reader) common(t *Table, parts []part, more yamldoc.Fields) yamldoc.Fields {
	f := yamldoc.Fields{
		"each":   r.text(&t.Each, "the path of the rows"),
		"where":  func(n *yamldoc.Node) { t.Where = r.conditions(n, "where") },
		"unless": func(n *yamldoc.Node) { t.Unless = r.conditions(n, "unless") },
	}
	for _, p := range parts {
		f[p.key] = r.field(p.Field, p.key)
	}
	for key, read := range more {
		f[key] = read
	}
	return f
}

func (r reader) deals(n *yamldoc.Node) *Deals {
	d := &Deals{}
	r.Fields(n, "deals", r.common(&d.Table, d.parts(), yamldoc.Fields{
		"status": func(n *yamldoc.Node) { r.status(n, &d.Status) },
	}))
	return d
}

// status reads a field, or conditions for each status. Which of them it is
// shows in its keys.
func (r reader) status(n *yamldoc.Node, s *Status) {
	if n.Kind() != yamldoc.Mapping {
		r.field(&s.Field, "status")(n)
		return
	}
	f := r.fieldKeys(&s.Field, "status")
	f["won"] = func(n *yamldoc.Node) { s.Won = r.conditions(n, "won") }
	f["lost"] = func(n *yamldoc.Node) { s.Lost = r.conditions(n, "lost") }
	f["open"] = func(n *yamldoc.Node) { s.Open = r.conditions(n, "open") }
	r.Fields(n, "status", f)
	conditions := s.Won != nil || s.Lost != nil || s.Open != nil
	if !r.Failed(n.Path()) && conditions && (!s.Field.IsZero() || s.Field.Values != nil || s.Field.Default != "") {
		r.Report(n, CodeBadField, diagnostic.Error, "a status is a field or conditions, and this is both",
			"write field and values, or won, lost and open")
	}
}

func (r reader) activities(n *yamldoc.Node) Activities {
	var a Activities
	r.Fields(n, "activities", r.common(&a.Table, a.parts(), yamldoc.Fields{
		"name": r.text(&a.Name, "the name of the table"),
		"calls": func(n *yamldoc.Node) {
			if n.Kind() == yamldoc.Scalar {
				if w, _ := r.String(n, "calls"); w == "none" {
					a.NoCalls = true
					return
				}
			}
			a.Calls = r.conditions(n, "calls")
		},
	}))
	return a
}

func (r reader) history(n *yamldoc.Node) History {
	var h History
	r.Fields(n, "history", r.common(&h.Table, h.parts(), yamldoc.Fields{"name": r.text(&h.Name, "the name of the table")}))
	return h
}

// contacts have a name of their own; that of the table is `table`.
func (r reader) contacts(n *yamldoc.Node) Contacts {
	var c Contacts
	r.Fields(n, "contacts", r.common(&c.Table, c.parts(), yamldoc.Fields{"table": r.text(&c.Table.Name, "the name of the table")}))
	return c
}

func (r reader) links(n *yamldoc.Node) Links {
	var l Links
	r.Fields(n, "links", r.common(&l.Table, l.parts(), yamldoc.Fields{"name": r.text(&l.Name, "the name of the table")}))
	return l
}

func (r reader) rule(n *yamldoc.Node) Rule {
	var u Rule
	r.Fields(n, "a rule", yamldoc.Fields{
		"commitment": func(n *yamldoc.Node) {
			if n.Kind() == yamldoc.Scalar {
				yamldoc.Word(r.Reader, &u.Commitment, n, "the commitment")
			} else {
				r.field(&u.CommitmentOf, "commitment")(n)
			}
		},
		"of":     func(n *yamldoc.Node) { u.Of = r.wordOrList(n, "of") },
		"when":   func(n *yamldoc.Node) { u.When = r.conditions(n, "when") },
		"status": func(n *yamldoc.Node) { oneOf(r, n, &u.Status, "the status") },
		"by":     func(n *yamldoc.Node) { oneOf(r, n, &u.By, "the party") },
		"at":     r.field(&u.At, "at"),
		"due":    r.field(&u.Due, "due"),
		"people": r.field(&u.People, "people"),
		"needs_people": func(n *yamldoc.Node) {
			if v, ok := r.Bool(n, "needs_people"); ok {
				u.NeedsPeople = v
			}
		},
		"evidence": func(n *yamldoc.Node) { u.Evidence = r.wordOrList(n, "evidence") },
		"note":     r.field(&u.Note, "note"),
	}, "commitment", "status", "by")
	return u
}

// field reads where a value is found: a name, names, or a mapping.
func (r reader) field(f *Field, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if n.Kind() == yamldoc.Mapping {
			r.Fields(n, what, r.fieldKeys(f, what))
			if !r.Failed(n.Path()) {
				r.oneSource(n, what)
			}
			return
		}
		f.Names = r.wordOrList(n, what)
	}
}

// oneSource makes sure that a field says once where its value is.
func (r reader) oneSource(n *yamldoc.Node, what string) {
	sources := 0
	for _, key := range []string{"field", "join", "value"} {
		if n.Locate(key).Key != nil && n.Locate(key).Value != n {
			sources++
		}
	}
	switch {
	case sources == 0:
		r.Report(n, CodeBadField, diagnostic.Error, what+" does not say where its value is", "write field: and the name of a column")
	case sources > 1:
		r.Report(n, CodeBadField, diagnostic.Error, what+" says in several ways where its value is", "keep one of field, join and value")
	}
}

func (r reader) fieldKeys(f *Field, what string) yamldoc.Fields {
	return yamldoc.Fields{
		"field": func(n *yamldoc.Node) { f.Names = append(f.Names, r.wordOrList(n, what)...) },
		"join": func(n *yamldoc.Node) {
			f.Join = true
			f.Names = append(f.Names, yamldoc.Words[string](r.Reader, n, "join")...)
		},
		"value":   r.text(&f.Value, "the value"),
		"values":  func(n *yamldoc.Node) { f.Values = r.translations(n, "values") },
		"default": r.text(&f.Default, "the default"),
	}
}

func (r reader) translations(n *yamldoc.Node, what string) []Word {
	list := []Word{}
	r.Entries(n, what, func(key, value *yamldoc.Node) {
		var w Word
		yamldoc.Word(r.Reader, &w.From, key, "a value")
		if yamldoc.Word(r.Reader, &w.To, value, "what it stands for") {
			list = append(list, w)
		}
	})
	return list
}

// conditions reads fields with what has to stand in them.
func (r reader) conditions(n *yamldoc.Node, what string) []Condition {
	list := []Condition{}
	r.Entries(n, what, func(key, value *yamldoc.Node) {
		var c Condition
		yamldoc.Word(r.Reader, &c.Field, key, "a field")
		switch value.Kind() {
		case yamldoc.Mapping:
			r.Fields(value, "a condition", yamldoc.Fields{
				"prefix":  r.text(&c.Prefix, "prefix"),
				"pattern": r.text(&c.Pattern, "pattern"),
				"present": func(n *yamldoc.Node) {
					if v, ok := r.Bool(n, "present"); ok {
						c.Present = &v
					}
				},
			})
			if n := btoi(c.Prefix != "") + btoi(c.Pattern != "") + btoi(c.Present != nil); n != 1 && !r.Failed(value.Path()) {
				r.Report(value, CodeBadField, diagnostic.Error, "a condition says one thing: prefix, pattern or present", "")
			}
		default:
			c.Any = r.wordOrList(value, "what "+c.Field+" has to be")
		}
		list = append(list, c)
	})
	return list
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
