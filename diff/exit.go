package diff

import (
	"fmt"
	"slices"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

// condition is a criterion of an exit: at least n of its items.
type condition struct {
	n     int
	items []item
}

// item asks for a commitment to be held, or even kept. Commitments that both
// processes have are told by the new id, others by a name of their own.
type item struct {
	id   string
	kept bool
}

// conditions returns the exit of a stage of one of the two processes.
func (c *comparison) conditions(p *process.Process, s *process.CompiledStage) []condition {
	var out []condition
	for _, criterion := range s.Criteria() {
		cond := condition{n: 1}
		if criterion.Of != nil {
			cond.n = criterion.AtLeast
		}
		for _, i := range criterion.Items() {
			cond.items = append(cond.items, item{c.symbol(p, i.Commitment), i.Kept})
		}
		out = append(out, cond)
	}
	return out
}

func (c *comparison) symbol(p *process.Process, id commitment.ID) string {
	r, _ := p.Rung(id)
	if p == c.old {
		now, there := c.rungs[r]
		if !there {
			return "removed " + string(id)
		}
		r = now
	}
	return string(c.new.Commitment(r).ID())
}

// few is up to how many commitments all that could be the case is gone through:
// each is not held, held or kept, 3^10 cases. Real exits ask for less.
const few = 10

// compareExits says whether an exit has become easier or harder. Where both ask
// for the same, in whatever form, nothing has changed.
func compareExits(was, is []condition) (action Action, changed bool) {
	ids := commitmentsOf(was, is)
	if len(ids) > few {
		if form(was) == form(is) {
			return "", false
		}
		return Changed, true
	}
	atLeast, atMost := true, true
	cases := 1
	for range ids {
		cases *= 3
	}
	level := make(map[string]int, len(ids))
	for i := range cases {
		for j, rest := 0, i; j < len(ids); j, rest = j+1, rest/3 {
			level[ids[j]] = rest % 3 // 0: not held, 1: held, 2: kept
		}
		before, after := satisfied(was, level), satisfied(is, level)
		atLeast = atLeast && (before || !after)
		atMost = atMost && (after || !before)
	}
	return direction(atLeast, atMost)
}

func satisfied(exit []condition, level map[string]int) bool {
	for _, c := range exit {
		n := 0
		for _, i := range c.items {
			if l := level[i.id]; l == 2 || l == 1 && !i.kept {
				n++
			}
		}
		if n < c.n {
			return false
		}
	}
	return true
}

func commitmentsOf(exits ...[]condition) []string {
	var ids []string
	for _, exit := range exits {
		for _, c := range exit {
			for _, i := range c.items {
				ids = append(ids, i.id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// form writes an exit so that the order of criteria and items makes no
// difference.
func form(exit []condition) string {
	var criteria []string
	for _, c := range exit {
		var items []string
		for _, i := range c.items {
			items = append(items, fmt.Sprint(i))
		}
		slices.Sort(items)
		criteria = append(criteria, fmt.Sprint(c.n, items))
	}
	slices.Sort(criteria)
	return fmt.Sprint(criteria)
}
