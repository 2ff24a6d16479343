package diff

import (
	"fmt"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// commitments compares the commitments: first what has become of the old ones,
// then which are new.
func (c *comparison) commitments() {
	was, is := byID(c.old), byID(c.new)
	moved := c.movedRungs()
	for old := range c.old.Commitments() {
		r, there := c.rungs[old.Rung()]
		if !there {
			c.removed(old)
			continue
		}
		now := c.new.Commitment(r)
		c.renamed(was[old.ID()], is[now.ID()], now)
		if moved[now.Rung()] {
			from, to := place(c.old, old), place(c.new, now)
			c.add(Meaning, Moved, PartCommitment, string(now.ID()), from, to, "%s has moved from %s to %s.", title(now), from, to)
		}
		c.requirement(old, now)
		c.lapse(old, now)
		a, b := was[old.ID()], is[now.ID()]
		c.texts(PartCommitment, string(now.ID()), title(now),
			text{"name", a.Name, b.Name}, text{"description", a.Description, b.Description}, text{"ask", a.Ask, b.Ask},
			text{"list of lint codes that do not apply", strings.Join(a.Allow, " "), strings.Join(b.Allow, " ")})
	}
	for now := range c.new.Commitments() {
		if _, there := c.rungsNew[now.Rung()]; there {
			continue
		}
		at := place(c.new, now)
		c.add(Meaning, Added, PartCommitment, string(now.ID()), "", at, "%s was added as %s.", title(now), at)
		if alias := is[now.ID()].RenamedFrom; alias != "" {
			c.add(Meaning, Changed, PartCommitment, string(now.ID()), "", string(alias),
				"%s is said to have been called %q before, which the old version does not have.", title(now), alias)
		}
	}
}

func byID(p *process.Process) map[commitment.ID]commitment.Definition {
	defs := map[commitment.ID]commitment.Definition{}
	for _, d := range p.Definition().Commitments {
		defs[d.ID] = d
	}
	return defs
}

func title(c *process.Commitment) string { return prose.Quote(c.Name()) }

// place is where a commitment stands: "rung 2 of “Discovery”".
func place(p *process.Process, c *process.Commitment) string {
	return fmt.Sprintf("rung %d of %s", c.Step(), prose.Quote(p.Stage(c.Stage()).Name()))
}

// movedRungs returns the new rungs of the commitments that have another place:
// on another stage's ladder, or in another order.
func (c *comparison) movedRungs() map[commitment.Rung]bool {
	var places []int
	for old := range c.old.Commitments() {
		if r, ok := c.rungs[old.Rung()]; ok {
			places = append(places, int(r))
		}
	}
	stay := staying(places)
	moved := map[commitment.Rung]bool{}
	for was, is := range c.rungs {
		from := c.old.Stage(c.old.Commitment(was).Stage()).ID()
		to := c.new.Stage(c.new.Commitment(is).Stage()).ID()
		moved[is] = !stay[int(is)] || c.stage[from] != to
	}
	return moved
}

func (c *comparison) removed(old *process.Commitment) {
	if r, ok := c.new.Rung(old.ID()); ok {
		other := title(c.new.Commitment(r))
		c.add(Meaning, Removed, PartCommitment, string(old.ID()), place(c.old, old), "",
			"%s was removed: whatever records say of it counts for %s.", title(old), other)
		return
	}
	c.add(Meaning, Removed, PartCommitment, string(old.ID()), place(c.old, old), "",
		"%s was removed from %s: records that name it are no longer understood.", title(old), place(c.old, old))
}

// renamed compares the ids by which records can name a commitment.
func (c *comparison) renamed(was, is commitment.Definition, now *process.Commitment) {
	if was.ID != is.ID {
		c.add(Meaning, Renamed, PartCommitment, string(is.ID), string(was.ID), string(is.ID),
			"%s has the id %q now; records that call it %q are still understood.", title(now), is.ID, was.ID)
	}
	if alias := was.RenamedFrom; alias != "" && alias != is.RenamedFrom && alias != is.ID {
		c.add(Meaning, Changed, PartCommitment, string(is.ID), string(alias), "",
			"Records that call %s by its former id %q are no longer understood.", title(now), alias)
	}
	if alias := is.RenamedFrom; alias != "" && alias != was.RenamedFrom && alias != was.ID {
		c.add(Meaning, Changed, PartCommitment, string(is.ID), "", string(alias),
			"Records that call %s %q are understood now.", title(now), alias)
	}
}

// requirement compares what it takes before a commitment counts.
func (c *comparison) requirement(old, now *process.Commitment) {
	was, is := old.Require(), now.Require()
	action, changed := direction(is.Implies(was), was.Implies(is))
	if !changed {
		return
	}
	before, after := orNothing(prose.Requirement(was)), orNothing(prose.Requirement(is))
	c.add(Meaning, action, PartRequirement, string(now.ID()), before, after, "%s %s: it took %s, and now it takes %s.",
		title(now), map[Action]string{
			Tightened: "requires more", Loosened: "requires less", Changed: "requires something else",
		}[action], before, after)
}

// direction says what a change does that has made something at least as strict,
// or at most.
func direction(atLeast, atMost bool) (action Action, changed bool) {
	switch {
	case atLeast && atMost:
		return "", false
	case atLeast:
		return Tightened, true
	case atMost:
		return Loosened, true
	}
	return Changed, true
}

func orNothing(list []string) string {
	if len(list) == 0 {
		return "nothing but the buyer's word"
	}
	return strings.Join(list, ", ")
}

// lapse compares how long a commitment is held after its date.
func (c *comparison) lapse(old, now *process.Commitment) {
	was, lapsed := old.LapsesAfter()
	is, lapses := now.LapsesAfter()
	if was == is {
		return
	}
	before, after := prose.Lapses(old), prose.Lapses(now)
	switch {
	case !lapses:
		c.add(Meaning, Loosened, PartLapse, string(now.ID()), before, after, "%s does not lapse any more; it lapsed %s after its date.", title(now), before)
	case !lapsed:
		c.add(Meaning, Tightened, PartLapse, string(now.ID()), before, after, "%s lapses %s after its date now; it never did.", title(now), after)
	case is > was:
		c.add(Meaning, Loosened, PartLapse, string(now.ID()), before, after, "%s lapses later: %s after its date, and no longer %s.", title(now), after, before)
	default:
		c.add(Meaning, Tightened, PartLapse, string(now.ID()), before, after, "%s lapses earlier: %s after its date, and no longer %s.", title(now), after, before)
	}
}
