package crm

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// activityTable reads activities, and the calls that they are.
type activityTable struct {
	compiled
	id, deal, at, until, kind field
	calls                     conditions // nil: by the kind
	noCalls                   bool
	contact, callKind, people field
	rep, channel, notes       field
	rating                    field
}

func compileActivities(a *Activities) activityTable {
	common, f := compileTable(RoleActivities, &a.Table, a.parts())
	return activityTable{
		compiled: common, id: f["id"], deal: f["deal"], at: f["at"], until: f["until"], kind: f["kind"],
		calls: compileConditions(a.Calls), noCalls: a.NoCalls,
		contact: f["contact"], callKind: f["call_kind"], people: f["people"],
		rep: f["rep"], channel: f["channel"], notes: f["notes"], rating: f["rating"],
	}
}

func (t *activityTable) row(im *importer, row table.Row) fate {
	id, idColumn := t.id.found(row)
	linked := im.links[id]
	deals := t.deal.list(row)
	if linked != nil {
		deals = im.merge(slices.Clip(deals), linked.deals)
	}
	if len(deals) == 0 {
		return aside
	}
	if id == "" && !t.id.isZero() {
		return rejected(MissingID, idColumn, "there is no id")
	}
	if id == "" {
		id = contentID(row)
	}
	known, what := t.dealsOf(im, row, id, deals)
	if len(known) == 0 {
		return what
	}
	key := id
	if first, again := im.activities[key]; again {
		if im.result.Counts[first.file].Table == t.name {
			return im.duplicate(row, first, idColumn, id, known[0])
		}
		key = t.name + "-" + id // another table counts for itself
		if first, again := im.activities[key]; again {
			return im.duplicate(row, first, idColumn, id, known[0])
		}
	}
	when, bad := im.required(row, &t.at)
	if bad.reject != nil {
		return bad
	}
	kind, _ := t.kind.word(t.kind.text(row))
	a := pipeline.Activity{
		ID: strings.Clone(key), At: im.m.clock.noon(when), Day: when.IsDate(), Kind: im.keep(kind), Source: im.source(row),
	}
	im.activities[a.ID] = im.seen(row)
	people := t.people.list(row)
	if linked != nil {
		people = im.merge(slices.Clip(people), linked.contacts)
	}
	draft := t.read(im, row, &a, len(people) > 0)
	for _, deal := range known {
		a.Deal = deal
		im.result.Pipeline.Activities = append(im.result.Pipeline.Activities, a)
		im.calls(row, draft, &a, people)
	}
	return used
}

// dealsOf finds the deals of an activity that are there. Where there are none,
// it says what becomes of the row.
func (t *activityTable) dealsOf(im *importer, row table.Row, id string, deals []string) (known []outcome.DealID, what fate) {
	what = aside
	_, column := t.deal.found(row)
	for _, d := range deals {
		deal, outside, missing := im.deal(d)
		switch {
		case missing:
			if orphan := im.orphan(row, column, id, d); what.reject == nil {
				what = orphan
			}
		case !outside && !slices.Contains(known, deal):
			known = append(known, deal)
		}
	}
	return known, what
}

// contentID is the id of an activity that has none: the same content always has
// the same.
func contentID(row table.Row) string {
	sum := sha256.Sum256([]byte(row.Raw()))
	return hex.EncodeToString(sum[:8])
}

// draft is what a row says about calls, before it is known whose deal they are.
type draft struct {
	held  bool // the activity is a call
	call  outcome.Call
	words []said
}

// said is an entry with when it was said: the zero time is that of the activity.
type said struct {
	entry  outcome.Entry
	at     time.Time
	people []string // in place of those of the activity
}

// read applies the rules to a row, and finds out whether it is a call.
func (t *activityTable) read(im *importer, row table.Row, a *pipeline.Activity, manned bool) *draft {
	d := &draft{held: t.isCall(row, a.Kind)}
	for i := range im.m.rules {
		r := &im.m.rules[i]
		if !r.reads(a.Kind) {
			continue
		}
		own := r.people.list(row)
		manned := manned || len(own) > 0
		a.Tells = a.Tells || r.tells(row, manned)
		if r.needs && !manned || !r.when.met(row) {
			continue
		}
		id := r.names(row)
		if id == "" {
			continue
		}
		s := said{entry: im.entry(row, r, id), people: own}
		if w := im.when(row, &r.at); !w.IsZero() {
			s.at = im.m.clock.noon(w)
		} else if !r.at.isZero() {
			s.at = a.At
		}
		d.words = append(d.words, s)
	}
	if !d.held && len(d.words) == 0 {
		return nil
	}
	d.call = outcome.Call{At: a.At, Contact: outcome.NoContact, Rep: im.keep(t.rep.text(row))}
	if w := im.when(row, &t.until); !w.IsZero() {
		if at := im.m.clock.noon(w); at.After(a.At) {
			d.call.At = at
		}
	}
	if word, _ := t.channel.word(t.channel.text(row)); word != "" {
		d.call.Channel = im.keep(word)
	}
	d.call.Notes = strings.Clone(t.notes.text(row))
	if d.held {
		t.conversation(im, row, &d.call)
	}
	return d
}

// conversation reads what only a call has.
func (t *activityTable) conversation(im *importer, row table.Row, c *outcome.Call) {
	c.Contact = outcome.Reached
	if !t.contact.isZero() {
		if word := im.word(row, &t.contact); word != "" {
			_ = c.Contact.UnmarshalText([]byte(word)) // one of its words
		} else if t.contact.text(row) != "" {
			c.Contact = outcome.NoContact // what nobody knows has reached no one
		}
	}
	if word := im.word(row, &t.rating); word != "" {
		_ = c.Rating.UnmarshalText([]byte(word)) // one of its words
	}
	if word, _ := t.callKind.word(t.callKind.text(row)); word != "" {
		c.Kind = process.KindID(im.keep(word))
	}
}

func (t *activityTable) isCall(row table.Row, kind string) bool {
	switch {
	case t.noCalls:
		return false
	case t.calls != nil:
		return t.calls.met(row)
	}
	k := fold(kind)
	return k == kindCall || k == kindMeeting
}

// calls adds the calls that an activity is or tells of, for one deal: the
// activity itself, with what was said in it, and one for each other time at which
// something was said.
func (im *importer) calls(row table.Row, d *draft, a *pipeline.Activity, people []string) {
	if d == nil {
		return
	}
	base := d.call
	base.ID, base.Deal = outcome.CallID(a.ID), a.Deal
	own := false // the activity itself is a call
	var others []outcome.Call
	for _, s := range d.words {
		entry := s.entry
		entry.People = im.persons(row, a.Deal, s.people, people)
		if s.at.IsZero() {
			base.Commitments, own = append(base.Commitments, entry), true
			continue
		}
		i := slices.IndexFunc(others, func(c outcome.Call) bool { return c.At.Equal(s.at) })
		if i < 0 {
			i = len(others)
			others = append(others, outcome.Call{
				ID: callID(a.ID, entry.Status, others), Deal: a.Deal, At: s.at, Contact: outcome.NoContact,
				Rep: base.Rep, Channel: base.Channel,
			})
		}
		others[i].Commitments = append(others[i].Commitments, entry)
	}
	if d.held || own {
		if d.held && slices.ContainsFunc(base.Commitments, takesBack) {
			im.held[len(im.result.Pipeline.Calls)+len(others)] = true
		}
		others = append(others, base)
	}
	im.result.Pipeline.Calls = append(im.result.Pipeline.Calls, others...)
}

// callID names a call beside that of its activity.
func callID(activity string, status commitment.Status, others []outcome.Call) outcome.CallID {
	id := outcome.CallID(activity + "-" + status.String())
	for n := 2; slices.ContainsFunc(others, func(c outcome.Call) bool { return c.ID == id }); n++ {
		id = outcome.CallID(fmt.Sprintf("%s-%s-%d", activity, status, n))
	}
	return id
}

// persons finds the people of an entry.
func (im *importer) persons(row table.Row, deal outcome.DealID, own, general []string) []commitment.Person {
	ids := own
	if len(ids) == 0 {
		ids = general
	}
	var all []commitment.Person
	for _, id := range ids {
		all = im.people.find(all, deal, id, im.keep)
	}
	if len(all) > outcome.MaxItems {
		im.warn(Warning{
			Code: TooMany, Source: im.source(row),
			Reason: fmt.Sprintf("%d people are more than the %d that a call can have", len(all), outcome.MaxItems),
		}, "")
		all = all[:outcome.MaxItems]
	}
	return all
}
