package cases

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// freePrefix begins the fields of a record that are free for other programs.
const freePrefix = "x_"

// free adds the free fields of a record to what is known of it.
func free(n *yamldoc.Node, f yamldoc.Fields) yamldoc.Fields {
	if all, ok := n.Value().(map[string]any); ok {
		for key := range all {
			if strings.HasPrefix(key, freePrefix) {
				f[key] = func(*yamldoc.Node) {}
			}
		}
	}
	return f
}

func (r *reader) call(n *yamldoc.Node, c *outcome.Call) {
	r.Fields(n, "a call", free(n, yamldoc.Fields{
		"id":          text(r, &c.ID, "the id"),
		"revision":    r.number(&c.Revision, "the revision"),
		"deal":        text(r, &c.Deal, "the deal"),
		"at":          r.instant(&c.At, "the time of a call"),
		"kind":        func(n *yamldoc.Node) { text(r, &c.Kind, "the kind of a call")(n); r.kind(n, c.Kind) },
		"channel":     text(r, &c.Channel, "the channel"),
		"rep":         text(r, &c.Rep, "the rep"),
		"contact":     vocabulary(r, &c.Contact, "contact"),
		"target":      func(n *yamldoc.Node) { text(r, &c.Target, "the target")(n); r.named(n, c.Target) },
		"planned_at":  r.instant(&c.PlannedAt, "the time of planning"),
		"asked":       words(r, &c.Asked, "asked", r.named),
		"commitments": func(n *yamldoc.Node) { c.Commitments = r.entries(n) },
		"activities":  words(r, &c.Activities, "activities", nil),
		"rating":      vocabulary(r, &c.Rating, "the rating"),
		"no_sale":     func(n *yamldoc.Node) { c.NoSale = r.noSale(n) },
		"pause":       func(n *yamldoc.Node) { c.Pause = r.pause(n) },
		"notes":       text(r, &c.Notes, "notes"),
	}), "at")
}

func (r *reader) entries(n *yamldoc.Node) []outcome.Entry {
	var entries []outcome.Entry
	r.Items(n, "commitments", func(_ int, n *yamldoc.Node) {
		var e outcome.Entry
		ok := r.Fields(n, "an entry", free(n, yamldoc.Fields{
			"commitment": func(n *yamldoc.Node) { text(r, &e.Commitment, "a commitment")(n); r.named(n, e.Commitment) },
			"other":      text(r, &e.Other, "other"),
			"by":         vocabulary(r, &e.By, "by"),
			"status":     vocabulary(r, &e.Status, "the status"),
			"due":        r.day(&e.Due, "the due date"),
			"people":     func(n *yamldoc.Node) { e.People = r.people(n) },
			"evidence":   words(r, &e.Evidence, "evidence", r.evidence),
			"note":       text(r, &e.Note, "the note"),
		}))
		if ok && !r.Failed(n.Path()) {
			switch other := !commitment.Blank(e.Other); {
			case e.Commitment != "" && other:
				r.Report(n, CodeBadRecord, diagnostic.Error, "an entry is about a commitment or about something other, and this one names both", "make two entries of it")
			case e.Commitment == "" && !other:
				r.Report(n, CodeBadRecord, diagnostic.Error, "an entry without a commitment", "write `commitment:` with an id, or `other:` with a few words for what is on no ladder")
			}
		}
		entries = append(entries, e)
	})
	return entries
}

func (r *reader) people(n *yamldoc.Node) []commitment.Person {
	var people []commitment.Person
	r.Items(n, "people", func(_ int, n *yamldoc.Node) {
		var p commitment.Person
		r.Fields(n, "a person", free(n, yamldoc.Fields{
			"name": text(r, &p.Name, "the name"),
			"role": func(n *yamldoc.Node) { text(r, &p.Role, "the role")(n); r.role(n, p.Role) },
		}))
		people = append(people, p)
	})
	return people
}

func (r *reader) noSale(n *yamldoc.Node) *outcome.NoSale {
	no := &outcome.NoSale{}
	r.Fields(n, "no_sale", free(n, yamldoc.Fields{
		"by":     vocabulary(r, &no.By, "by"),
		"reason": func(n *yamldoc.Node) { text(r, &no.Reason, "the reason")(n); r.reason(n, no.Reason) },
		"stage":  func(n *yamldoc.Node) { text(r, &no.Stage, "the stage")(n); r.lostStage(n, no.Stage) },
	}))
	return no
}

func (r *reader) pause(n *yamldoc.Node) *outcome.Pause {
	p := &outcome.Pause{}
	r.Fields(n, "a pause", free(n, yamldoc.Fields{
		"until":  r.day(&p.Until, "the end of a pause"),
		"reason": text(r, &p.Reason, "the reason"),
	}), "until")
	return p
}

func (r *reader) deal(n *yamldoc.Node, d *outcome.Deal) {
	r.Fields(n, "a deal", free(n, yamldoc.Fields{
		"deal":   text(r, &d.Deal, "the id of a deal"),
		"name":   text(r, &d.Name, "the name"),
		"opened": r.instant(&d.Opened, "the opening"),
		"stage": func(n *yamldoc.Node) {
			if text(r, &d.Stage, "the stage")(n); d.Stage != "" {
				r.stageID(n, d.Stage)
			}
		},
		"amount":     func(n *yamldoc.Node) { d.Amount = r.amount(n) },
		"currency":   text(r, &d.Currency, "the currency"),
		"owner":      text(r, &d.Owner, "the owner"),
		"close_date": r.day(&d.CloseDate, "the close date"),
		"claimed":    text(r, &d.Claimed, "the claimed stage"),
	}))
}

func (r *reader) amount(n *yamldoc.Node) *float64 {
	switch v := n.Value().(type) {
	case int64:
		f := float64(v)
		return &f
	case float64:
		return &v
	}
	if s, ok := r.String(n, "the amount"); ok {
		r.Report(n, yamldoc.WrongType, diagnostic.Error, fmt.Sprintf("the amount has to be a number, and this is %q", s), "write digits, such as 48000")
	}
	return nil
}

// state reads what is held before the call.
func (r *reader) state(n *yamldoc.Node) state {
	s := state{node: n}
	r.Fields(n, "state", yamldoc.Fields{
		"held":   func(n *yamldoc.Node) { s.held = r.rungs(n, "held") },
		"kept":   func(n *yamldoc.Node) { s.kept = r.rungs(n, "kept") },
		"waived": func(n *yamldoc.Node) { s.waived = r.rungs(n, "waived") },
	})
	return s
}

// rungs reads a list of commitments of the process.
func (r *reader) rungs(n *yamldoc.Node, what string) commitment.Set {
	var set commitment.Set
	var names []commitment.ID
	words(r, &names, what, func(n *yamldoc.Node, id commitment.ID) {
		if rung, ok := r.rung(n, id); ok {
			if set.Has(rung) {
				r.Report(n, process.CodeRepeatedItem, diagnostic.Error, fmt.Sprintf("%q is there twice", id), "leave one out")
			}
			set.Add(rung)
		}
	})(n)
	return set
}
