package crm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/pipeline"
)

// tableReader reads the rows of one table of a mapping.
type tableReader interface {
	common() *compiled
	row(*importer, table.Row) fate     // of a row in scope
	outside(*importer, table.Row) fate // of any other
	done(*importer)                    // after the last row
}

// compiled is what all tables have in common.
type compiled struct {
	role          Role
	name          string
	each          string
	where, unless conditions
	required      []field
	optional      []field
	others        [][]string // columns in conditions, the first that is there
}

func (c *compiled) common() *compiled { return c }

func (c *compiled) outside(*importer, table.Row) fate { return aside }

func (c *compiled) done(*importer) {}

// compileTable compiles what all tables have in common; the fields are compiled
// by what they are for.
func compileTable(role Role, t *Table, parts []part) (c compiled, fields map[string]field) {
	c = compiled{role: role, name: t.Name, each: t.Each, where: compileConditions(t.Where), unless: compileConditions(t.Unless)}
	fields = make(map[string]field, len(parts))
	for _, p := range parts {
		f := compileField(p)
		fields[p.key] = f
		switch {
		case len(f.names) == 0:
		case p.required:
			c.required = append(c.required, f)
		default:
			c.optional = append(c.optional, f)
		}
	}
	for _, condition := range t.Where {
		c.others = append(c.others, condition.names())
	}
	return c, fields
}

// readers lists what reads the tables of a role.
func (m *Mapping) readers(role Role) []tableReader {
	var all []tableReader
	switch role {
	case RoleDeals:
		if m.deals != nil {
			all = append(all, m.deals)
		}
	case RoleActivities:
		all = readersOf(m.activities)
	case RoleHistory:
		all = readersOf(m.history)
	case RoleContacts:
		all = readersOf(m.contacts)
	case RoleLinks:
		all = readersOf(m.links)
	}
	return all
}

func readersOf[T any, P interface {
	*T
	tableReader
}](tables []T) []tableReader {
	var all []tableReader
	for i := range tables {
		all = append(all, P(&tables[i]))
	}
	return all
}

// candidates finds the tables of the mapping that a file may be.
func (m *Mapping) candidates(f *File) ([]tableReader, error) {
	all := m.readers(f.Role)
	if len(all) == 0 {
		return nil, &FileError{f.Name, fmt.Sprintf("the mapping %s says nothing about %s", m.def.ID, f.Role)}
	}
	if f.Table == "" {
		return all, nil
	}
	for _, t := range all {
		if t.common().name == f.Table {
			return []tableReader{t}, nil
		}
	}
	var known []string
	for _, t := range all {
		known = append(known, t.common().name)
	}
	hint := nearest.Hint(f.Table, known)
	if hint == "" {
		hint = "there is " + names(all)
	}
	return nil, &FileError{f.Name, fmt.Sprintf("the mapping %s has no table %q of %s: %s", m.def.ID, f.Table, f.Role, hint)}
}

func names(tables []tableReader) string {
	var all []string
	for _, t := range tables {
		if name := t.common().name; name != "" {
			all = append(all, name)
		}
	}
	return strings.Join(all, ", ")
}

// open opens a file. In JSON, tables whose rows are elsewhere than where they are
// found by themselves have to be named.
func open(f *File, tables []tableReader) (*table.Reader, []tableReader, error) {
	each := ""
	if len(tables) == 1 {
		each = tables[0].common().each
	}
	t, err := table.Open(f.Reader, table.Options{Name: f.Name, Each: each})
	if err != nil || len(tables) == 1 || t.Format() == table.CSV {
		return t, tables, err
	}
	var found []tableReader
	for _, t := range tables {
		if t.common().each == "" {
			found = append(found, t)
		}
	}
	if len(found) == 0 {
		return nil, nil, &FileError{f.Name, fmt.Sprintf("the mapping has several tables of %s: say which one this is, %s", f.Role, names(tables))}
	}
	return t, found, nil
}

// choose finds out which table a file is: the one that it has all required
// columns of, and most of the others.
func (im *importer) choose(tables []tableReader, f *File, has func(string) bool) (tableReader, error) {
	best, most, tie := tableReader(nil), -1, false
	for _, t := range tables {
		c := t.common()
		if len(tables) > 1 && slices.ContainsFunc(c.required, func(f field) bool { return !slices.ContainsFunc(f.names, has) }) {
			continue
		}
		n := 0
		for _, f := range slices.Concat(c.required, c.optional) {
			if slices.ContainsFunc(f.names, has) {
				n++
			}
			if len(f.names) > 0 && has(f.names[0]) {
				n++ // the name that it has by rights
			}
		}
		for _, names := range c.others {
			if slices.ContainsFunc(names, has) {
				n++
			}
		}
		switch {
		case n > most:
			best, most, tie = t, n, false
		case n == most:
			tie = true
		}
	}
	if best == nil || tie {
		return nil, &FileError{f.Name, fmt.Sprintf("the columns do not tell which table of %s this is: name it, as in NAME=FILE, where NAME is one of %s", f.Role, names(tables))}
	}
	im.count.Table = best.common().name
	return best, nil
}

// columns makes sure that a file has the columns that the mapping reads.
func (im *importer) columns(f *File, columns []string) error {
	there := make(map[string]bool, len(columns))
	for _, c := range columns {
		there[c] = true
	}
	has := func(name string) bool { return there[name] }
	c := im.table.common()
	for _, need := range c.required {
		if slices.ContainsFunc(need.names, has) {
			continue
		}
		hint := nearest.Hint(need.names[0], columns)
		if hint == "" {
			hint = "it has " + someOf(columns)
		}
		return &FileError{f.Name, fmt.Sprintf("there is no column %q, which is the %s of the %s: %s", need.names[0], need.key, f.Role, hint)}
	}
	for _, want := range c.optional {
		if !slices.ContainsFunc(want.names, has) {
			im.noColumn(want.names[0], "which is the "+want.key+" of the "+string(f.Role), columns)
		}
	}
	for _, names := range c.others {
		if !slices.ContainsFunc(names, has) {
			im.noColumn(names[0], "which a condition asks for", columns)
		}
	}
	return nil
}

func (im *importer) noColumn(name, why string, columns []string) {
	reason := "there is no such column, " + why
	if hint := nearest.Hint(name, columns); hint != "" {
		reason += ": " + hint
	}
	im.warn(Warning{Code: NoColumn, Source: pipeline.Source{File: im.count.File, Line: 1}, Column: name, Reason: reason}, "")
}

// someOf lists the first names of a list.
func someOf(names []string) string {
	const most = 12
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
}
