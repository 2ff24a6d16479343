package crm

import (
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
)

// rule is a Rule ready to read activities.
type rule struct {
	commitment commitment.ID
	which      field           // in place of it
	of         map[string]bool // folded kinds; nil for all
	when       conditions
	status     commitment.Status
	by         commitment.Party
	at, due    field
	people     field
	needs      bool // somebody of the buyer's side
	note       field
	evidence   []string
}

func compileRule(u *Rule) rule {
	named := func(key string, f *Field) field { return compileField(part{key, f, nil, false}) }
	r := rule{
		commitment: u.Commitment, which: named("commitment", &u.CommitmentOf), when: compileConditions(u.When),
		status: u.Status, by: u.By, at: named("at", &u.At), due: named("due", &u.Due),
		people: named("people", &u.People), needs: u.NeedsPeople, note: named("note", &u.Note), evidence: u.Evidence,
	}
	if len(u.Of) > 0 {
		r.of = make(map[string]bool, len(u.Of))
		for _, kind := range u.Of {
			r.of[fold(kind)] = true
		}
	}
	return r
}

// reads reports whether the rule is about activities of a kind.
func (r *rule) reads(kind string) bool { return r.of == nil || r.of[fold(kind)] }

// tells reports whether a row of such a kind says anything about what the rule
// asks for, whatever it says. Manned says that somebody of the buyer's side is on
// it.
func (r *rule) tells(row table.Row, manned bool) bool {
	return (manned || !r.needs) && r.when.filled(row) && (r.commitment != "" || r.which.text(row) != "")
}

// names returns the commitment that the rule is about in a row. It is empty
// where the row names none, or one that the rule has no translation for.
func (r *rule) names(row table.Row) commitment.ID {
	if r.commitment != "" {
		return r.commitment
	}
	found := r.which.text(row)
	if to, ok := r.which.values[fold(found)]; ok {
		return commitment.ID(to)
	}
	if r.which.other != "" || r.which.values != nil {
		return commitment.ID(r.which.other)
	}
	return commitment.ID(strings.Clone(found))
}

// entry reads what the rule finds in a row that meets its conditions, without
// the people.
func (im *importer) entry(row table.Row, r *rule, id commitment.ID) outcome.Entry {
	return outcome.Entry{
		Commitment: id, By: r.by, Status: r.status, Due: im.dueDate(row, &r.due),
		Evidence: r.evidence, Note: strings.Clone(r.note.text(row)),
	}
}
