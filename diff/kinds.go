package diff

import (
	"slices"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// kinds compares the kinds of call.
func (c *comparison) kinds() {
	for old := range c.old.Kinds() {
		id, there := c.kind[old.ID()]
		if !there {
			c.add(Meaning, Removed, PartKind, string(old.ID()), "", "",
				"The call kind %s was removed: calls of this kind are no longer understood.", prose.Quote(old.Name()))
			continue
		}
		now, _ := c.new.Kind(id)
		name := prose.Quote(now.Name())
		if old.ID() != now.ID() {
			c.add(Meaning, Renamed, PartKind, string(id), string(old.ID()), string(id),
				"The call kind %s has the id %q now; calls of the kind %q are no longer understood.", name, id, old.ID())
		}
		if r, ok := c.rungs[old.Outcome()]; !ok || r != now.Outcome() {
			was, is := title(c.old.Commitment(old.Outcome())), title(c.new.Commitment(now.Outcome()))
			c.add(Meaning, Changed, PartKind, string(id), was, is, "A call of the kind %s is for %s now, and no longer for %s.", name, is, was)
		}
		if was, is := names(c.old, old.Keeps()), names(c.new, now.Keeps()); c.set(old.Keeps()) != now.Keeps() || old.Keeps().Len() != now.Keeps().Len() {
			c.add(Meaning, Changed, PartKind, string(id), was, is, "By taking place, a call of the kind %s keeps %s now, and no longer %s.", name, is, was)
		}
		if was, is := names(c.old, old.Fallbacks()), names(c.new, now.Fallbacks()); c.set(old.Fallbacks()) != now.Fallbacks() ||
			old.Fallbacks().Len() != now.Fallbacks().Len() {
			c.add(Advice, Changed, PartKind, string(id), was, is, "The fallback of a call of the kind %s is %s now, and was %s.", name, is, was)
		}
		c.words(Advice, PartKind, string(id), "the activities that do not belong into a call of the kind "+name, old.NotFor(), now.NotFor())
		if was, is := c.homes(c.old, old), c.homes(c.new, now); was != is {
			c.add(Advice, Changed, PartKind, string(id), was, is, "A call of the kind %s belongs to %s now, and belonged to %s.", name, is, was)
		}
		c.texts(PartKind, string(id), "The call kind "+name,
			text{"name", old.Name(), now.Name()}, text{"description", old.Description(), now.Description()},
			text{"refocus line", old.Refocus(), now.Refocus()})
	}
	for now := range c.new.Kinds() {
		if _, there := c.kindNew[now.ID()]; !there {
			c.add(Meaning, Added, PartKind, string(now.ID()), "", "", "The call kind %s was added, for %s.",
				prose.Quote(now.Name()), title(c.new.Commitment(now.Outcome())))
		}
	}
}

func names(p *process.Process, set commitment.Set) string {
	var list []string
	for r := range set.All() {
		list = append(list, title(p.Commitment(r)))
	}
	if len(list) == 0 {
		return "nothing"
	}
	return prose.And(list...)
}

// homes names the stages that a kind of call belongs to, by their new names
// where they have one.
func (c *comparison) homes(p *process.Process, k *process.Kind) string {
	var list []string
	all := true
	for s := range p.Stages() {
		if !k.BelongsTo(s.Index()) {
			all = false
			continue
		}
		if id, there := c.stage[s.ID()]; there && p == c.old {
			s, _ = c.new.StageByID(id)
		}
		list = append(list, prose.Quote(s.Name()))
	}
	if all {
		return "any stage"
	}
	slices.Sort(list)
	return prose.And(list...)
}

// vocabularies compares the words that records may use.
func (c *comparison) vocabularies() {
	was, is := c.old.Definition(), c.new.Definition()
	for _, v := range []struct {
		key, what string
		was, is   []string
		open      bool // any word, where there is no list
	}{
		{"roles", "the roles", was.Roles, is.Roles, true},
		{"evidence_kinds", "the kinds of evidence", was.EvidenceKinds, is.EvidenceKinds, false},
		{"loss_reasons", "the reasons for a loss", was.LossReasons, is.LossReasons, true},
	} {
		switch {
		case v.open && v.was == nil && v.is != nil:
			c.add(Advice, Tightened, PartVocabulary, v.key, "", strings.Join(v.is, ", "), "%s are a closed list now; any word was allowed.", prose.Capital(v.what))
		case v.open && v.was != nil && v.is == nil:
			c.add(Advice, Loosened, PartVocabulary, v.key, strings.Join(v.was, ", "), "", "%s are open now: any word is allowed.", prose.Capital(v.what))
		default:
			c.words(Advice, PartVocabulary, v.key, v.what, v.was, v.is)
		}
	}
}

// words reports which words have come and gone, whatever their order.
func (c *comparison) words(w Weight, part Part, subject, what string, was, is []string) {
	var come, gone []string
	for _, word := range was {
		if !slices.Contains(is, word) {
			gone = append(gone, word)
		}
	}
	for _, word := range is {
		if !slices.Contains(was, word) {
			come = append(come, word)
		}
	}
	if len(come) > 0 {
		c.add(w, Added, part, subject, "", strings.Join(come, ", "), "Among %s there is %s now.", what, prose.And(come...))
	}
	if len(gone) > 0 {
		c.add(w, Removed, part, subject, strings.Join(gone, ", "), "", "Among %s there is no longer %s.", what, prose.Or(gone...))
	}
}
