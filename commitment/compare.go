package commitment

import "slices"

// Implies reports whether every offer that meets q also meets r: whether q asks
// for at least as much.
func (q *Requirement) Implies(r *Requirement) bool {
	switch {
	case r.Dated && !q.Dated:
		return false
	case r.Within >= 0 && (q.Within < 0 || q.Within > r.Within):
		return false
	case r.People > q.named():
		return false
	}
	return q.Roles.Implies(r.Roles) && q.Evidence.without(Verbal).Implies(r.Evidence.without(Verbal))
}

// named returns how many named people it takes at least: a role is nothing
// without a name.
func (q *Requirement) named() int {
	if q.People == 0 && !q.Roles.IsZero() {
		return 1
	}
	return q.People
}

// Implies reports whether whatever meets n also meets m.
func (n Need) Implies(m Need) bool {
	if len(n.Any) == 1 {
		n = Need{All: append(slices.Clone(n.All), n.Any[0])}
	}
	has := func(name string) bool { return slices.Contains(n.All, name) }
	for _, name := range m.All {
		if !has(name) {
			return false
		}
	}
	if len(m.Any) == 0 || slices.ContainsFunc(m.Any, has) {
		return true
	}
	return len(n.Any) > 0 && !slices.ContainsFunc(n.Any, func(name string) bool { return !slices.Contains(m.Any, name) })
}

// without returns the need as it is where a name is always there.
func (n Need) without(name string) Need {
	if slices.Contains(n.Any, name) {
		n.Any = nil
	}
	n.All = slices.DeleteFunc(slices.Clone(n.All), func(s string) bool { return s == name })
	return n
}
