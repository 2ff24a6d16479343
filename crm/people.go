package crm

import (
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
)

// people are what contacts tell: names by id, and roles by id, or by deal and
// id.
type people struct {
	names map[string]string
	roles map[personKey][]commitment.Role
}

// personKey is a contact, in a deal where it is only about that one.
type personKey struct{ deal, id string }

func newPeople() *people {
	return &people{names: map[string]string{}, roles: map[personKey][]commitment.Role{}}
}

// find returns who an id or a name stands for in a deal: once for each role.
// Whoever is not among the contacts is called as the activity calls them.
func (p *people) find(all []commitment.Person, deal outcome.DealID, id string, keep func(string) string) []commitment.Person {
	name, ok := p.names[id]
	if !ok {
		name, ok = p.names[otherSpelling(id)]
	}
	if !ok {
		name = keep(id)
	}
	roles := p.rolesOf(string(deal), id)
	if len(roles) == 0 {
		return append(all, commitment.Person{Name: name})
	}
	for _, role := range roles {
		all = append(all, commitment.Person{Name: name, Role: role})
	}
	return all
}

// rolesOf returns the roles of somebody in a deal, or else those in any.
func (p *people) rolesOf(deal, id string) []commitment.Role {
	for _, key := range []personKey{
		{deal, id},
		{otherSpelling(deal), id},
		{deal, otherSpelling(id)},
		{otherSpelling(deal), otherSpelling(id)},
		{"", id},
		{"", otherSpelling(id)},
	} {
		if roles := p.roles[key]; len(roles) > 0 {
			return roles
		}
	}
	return nil
}

// contactTable reads contacts.
type contactTable struct {
	compiled
	id, deal, person, role field
}

func compileContacts(c *Contacts) contactTable {
	common, f := compileTable(RoleContacts, &c.Table, c.parts())
	return contactTable{common, f["id"], f["deal"], f["name"], f["role"]}
}

func (t *contactTable) row(im *importer, row table.Row) fate {
	id, column := t.id.found(row)
	if id == "" {
		return rejected(MissingID, column, "there is no id")
	}
	in, inColumn := t.deal.found(row)
	if in != "" {
		switch deal, outside, missing := im.deal(in); {
		case outside:
			return aside
		case missing:
			return im.orphan(row, inColumn, id, in)
		default:
			in = string(deal)
		}
	}
	id = im.keep(id)
	key := personKey{im.keep(in), id}
	name := t.person.text(row)
	var roles []commitment.Role
	for _, text := range t.role.list(row) {
		if word, _ := t.role.word(text); word != "" && im.knowsRole(row, &t.role, word) {
			roles = append(roles, commitment.Role(im.keep(word)))
		}
	}
	if len(roles) == 0 && t.role.other != "" {
		roles = append(roles, commitment.Role(t.role.other))
	}
	// Another role of the same person is news; anything else that comes again
	// is not.
	rowKey := key.deal + "\x00" + id
	if first, again := im.moves[rowKey]; again {
		if !slices.ContainsFunc(roles, func(r commitment.Role) bool { return !slices.Contains(im.people.roles[key], r) }) {
			return im.duplicate(row, first, column, id, outcome.DealID(key.deal))
		}
	} else {
		im.moves[rowKey] = im.seen(row)
	}
	if _, known := im.people.names[id]; !known && name != "" {
		im.people.names[id] = strings.Clone(name)
	}
	for _, role := range roles {
		if !slices.Contains(im.people.roles[key], role) {
			im.people.roles[key] = append(im.people.roles[key], role)
		}
	}
	return used
}

// knowsRole reports whether the process has a role. One that it does not have is
// left out: it would be a fault of every call.
func (im *importer) knowsRole(row table.Row, f *field, role string) bool {
	if im.o.Process == nil || im.o.Process.KnowsRole(role) {
		return true
	}
	im.unknownWord(row, f, role, "no role of the process "+im.o.Process.ID())
	return false
}

// link is what an activity belongs to.
type link struct{ deals, contacts []string }

// linkTable reads links.
type linkTable struct {
	compiled
	activity, deal, contact field
}

func compileLinks(l *Links) linkTable {
	common, f := compileTable(RoleLinks, &l.Table, l.parts())
	return linkTable{common, f["activity"], f["deal"], f["contact"]}
}

func (t *linkTable) row(im *importer, row table.Row) fate {
	id, column := t.activity.found(row)
	if id == "" {
		return rejected(MissingID, column, "there is no activity")
	}
	deals, contacts := t.deal.list(row), t.contact.list(row)
	if len(deals)+len(contacts) == 0 {
		return aside
	}
	l := im.links[id]
	if l == nil {
		l = &link{}
		im.links[strings.Clone(id)] = l
	}
	l.deals = im.merge(l.deals, deals)
	l.contacts = im.merge(l.contacts, contacts)
	return used
}

// merge adds what is not there yet.
func (im *importer) merge(list, more []string) []string {
	for _, text := range more {
		if !slices.Contains(list, text) {
			list = append(list, im.keep(text))
		}
	}
	return list
}
