package crm

import (
	"regexp"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/table"
)

// field is a Field ready to read rows.
type field struct {
	key    string // in the mapping, for what is told about it
	names  []string
	join   bool
	value  string
	values map[string]string // folded
	other  string            // for what values do not list
	closed bool              // only some words will do
}

func compileField(p part) field {
	f := field{key: p.key, names: p.Names, join: p.Join, value: p.Value, other: p.Default, closed: p.words != nil}
	if len(p.Values) > 0 {
		f.values = make(map[string]string, len(p.Values))
		for _, w := range p.Values {
			f.values[fold(w.From)] = w.To
		}
	}
	if p.words != nil && f.values == nil { // the words may stand there themselves
		f.values = make(map[string]string, len(p.words))
		for _, w := range p.words {
			f.values[w] = w
		}
	}
	return f
}

func (f *field) isZero() bool { return len(f.names) == 0 && f.value == "" }

// column is what the field is called where something is wrong with it.
func (f *field) column() string { return strings.Join(f.names, " ") }

// text returns what stands in the row, without the space around it.
func (f *field) text(row table.Row) string {
	text, _ := f.found(row)
	return text
}

// found returns also the name at which it was found.
func (f *field) found(row table.Row) (text, name string) {
	if f.value != "" {
		return f.value, ""
	}
	if f.join {
		var parts []string
		for _, name := range f.names {
			if text := valueAt(row, name); text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, " "), f.column()
	}
	for _, name := range f.names {
		if text := valueAt(row, name); text != "" {
			return text, name
		}
	}
	return "", f.column()
}

// valueAt returns the value at a path, or the first where the path passes
// through a list.
func valueAt(row table.Row, path string) string {
	if text, ok := row.Value(path); ok {
		return strings.TrimSpace(text)
	}
	if row.Kind(path) != table.Absent {
		return ""
	}
	for _, text := range row.List(path) {
		return strings.TrimSpace(text)
	}
	return ""
}

// list returns all values: of a path that passes through a list, and of a text
// that semicolons divide.
func (f *field) list(row table.Row) []string {
	if f.value != "" || f.join {
		if text := f.text(row); text != "" {
			return []string{text}
		}
		return nil
	}
	for _, name := range f.names {
		var all []string
		for _, text := range row.List(name) {
			for part := range strings.SplitSeq(text, ";") {
				if part = strings.TrimSpace(part); part != "" {
					all = append(all, part)
				}
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// word translates what was found. It is not ok where the field takes only
// certain words and this is none of them.
func (f *field) word(found string) (word string, ok bool) {
	if f.value != "" {
		return f.value, true
	}
	if to, ok := f.values[fold(found)]; ok {
		return to, true
	}
	switch {
	case f.other != "":
		return f.other, true
	case f.closed:
		return "", found == ""
	}
	return found, true
}

// condition is a Condition ready to be tried on rows.
type condition struct {
	names   []string        // the first that is not empty counts
	any     map[string]bool // folded
	truth   map[bool]bool   // the yes and no among them
	prefix  string          // folded
	pattern *regexp.Regexp
	present *bool
}

type conditions []condition

// compileConditions compiles sound conditions; nil stays nil.
func compileConditions(list []Condition) conditions {
	var all conditions
	for _, c := range list {
		k := condition{names: c.names(), prefix: strings.ToLower(c.Prefix), present: c.Present}
		if c.Pattern != "" {
			k.pattern = regexp.MustCompile(`^(?:` + c.Pattern + `)$`)
		}
		if len(c.Any) > 0 {
			k.any, k.truth = map[string]bool{}, map[bool]bool{}
			for _, text := range c.Any {
				k.any[fold(text)] = true
				if w := fold(text); w == "true" || w == "false" {
					k.truth[w == "true"] = true
				}
			}
		}
		all = append(all, k)
	}
	return all
}

// met reports whether a row meets all conditions.
func (cs conditions) met(row table.Row) bool {
	for i := range cs {
		if !cs[i].met(row) {
			return false
		}
	}
	return true
}

// filled reports whether a row says anything at all about what the conditions
// ask for.
func (cs conditions) filled(row table.Row) bool {
	for i := range cs {
		if cs[i].present != nil && !*cs[i].present {
			continue
		}
		if !slices.ContainsFunc(cs[i].names, func(name string) bool { return valueAt(row, name) != "" }) {
			return false
		}
	}
	return true
}

func (c *condition) met(row table.Row) bool {
	for _, name := range c.names {
		if text, ok := row.Value(name); ok {
			return c.meets(strings.TrimSpace(text))
		}
		if row.Kind(name) != table.Absent {
			continue
		}
		if list := row.List(name); len(list) > 0 {
			return slices.ContainsFunc(list, func(text string) bool { return c.meets(strings.TrimSpace(text)) })
		}
	}
	return c.meets("")
}

func (c *condition) meets(text string) bool {
	switch {
	case c.present != nil:
		return *c.present == (text != "")
	case c.pattern != nil:
		return c.pattern.MatchString(text)
	case c.prefix != "":
		return len(text) >= len(c.prefix) && strings.EqualFold(text[:len(c.prefix)], c.prefix) || strings.HasPrefix(strings.ToLower(text), c.prefix)
	}
	folded := fold(text)
	if c.any[folded] {
		return true
	}
	if len(c.truth) > 0 {
		if value, ok := truth(folded); ok {
			return c.truth[value]
		}
	}
	return false
}
