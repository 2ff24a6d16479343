package commitment

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNeedImplies(t *testing.T) {
	all := func(names ...string) Need { return Need{All: names} }
	anyOf := func(names ...string) Need { return Need{Any: names} }
	for _, c := range []struct {
		name         string
		strong, weak Need
		both         bool // they ask for the same
	}{
		{"something is more than nothing", all("a"), Need{}, false},
		{"nothing is nothing", Need{}, Need{}, true},
		{"two are more than one", all("a", "b"), all("a"), false},
		{"the order is nothing", all("a", "b"), all("b", "a"), true},
		{"one is more than one of two", all("a"), anyOf("a", "b"), false},
		{"one of two is more than one of three", anyOf("a", "b"), anyOf("c", "a", "b"), false},
		{"one of one is that one", all("a"), anyOf("a"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.True(t, c.strong.Implies(c.weak))
			assert.Equal(t, c.both, c.weak.Implies(c.strong))
		})
	}
	assert.False(t, all("a").Implies(all("b")))
	assert.False(t, anyOf("a", "b").Implies(anyOf("b", "c")))
}

func TestRequirementImplies(t *testing.T) {
	const day = 24 * 3600e9
	free := func(change func(*Requirement)) Requirement {
		q := Requirement{Within: -1}
		if change != nil {
			change(&q)
		}
		return q
	}
	for _, c := range []struct {
		name         string
		strong, weak func(*Requirement)
		both         bool
	}{
		{"dated", func(q *Requirement) { q.Dated = true }, nil, false},
		{"within", func(q *Requirement) { q.Dated, q.Within = true, 7*day }, func(q *Requirement) { q.Dated, q.Within = true, 8*day }, false},
		{"within or whenever", func(q *Requirement) { q.Dated, q.Within = true, 7*day }, func(q *Requirement) { q.Dated = true }, false},
		{"people", func(q *Requirement) { q.People = 2 }, func(q *Requirement) { q.People = 1 }, false},
		{"a role is a person", func(q *Requirement) { q.Roles.All = []string{"boss"} }, func(q *Requirement) { q.People = 1 }, false},
		{"evidence", func(q *Requirement) { q.Evidence.All = []string{"email"} }, nil, false},
		{"what the seller says is always there", func(q *Requirement) { q.Evidence.All = []string{Verbal} }, nil, true},
		{"or that", func(q *Requirement) { q.Evidence.Any = []string{"email", Verbal} }, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			strong, weak := free(c.strong), free(c.weak)
			assert.True(t, strong.Implies(&weak))
			assert.Equal(t, c.both, weak.Implies(&strong))
		})
	}
}
