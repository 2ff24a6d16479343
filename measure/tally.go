package measure

import (
	"cmp"
	"maps"
	"slices"

	"github.com/advance-sales/advance/outcome"
)

// tally is what is counted of the calls of one group.
type tally struct {
	calls, reached  int
	results         Results
	advanced, asked int // of the calls that reached the buyer, like the two below
	continued       int
	planned, hit    int
	settled, kept   int // promises
	nextAdvance     spells
	afterQuiet      spells
}

func (t *tally) merge(u *tally) {
	t.add(u)
	t.nextAdvance.merge(&u.nextAdvance)
	t.afterQuiet.merge(&u.afterQuiet)
}

// add adds what was counted elsewhere.
func (t *tally) add(u *tally) {
	t.calls += u.calls
	t.reached += u.reached
	t.results.merge(&u.results)
	t.advanced += u.advanced
	t.asked += u.asked
	t.continued += u.continued
	t.planned += u.planned
	t.hit += u.hit
	t.settled += u.settled
	t.kept += u.kept
}

// tallyOf is what one call comes to.
func (c *Collector) tallyOf(v *outcome.Verdict) (t tally) {
	call := v.Call()
	t.calls = 1
	t.results.count(v.Result())
	if call.Contact != outcome.Reached {
		return t
	}
	t.reached = 1
	if advanced(v) {
		t.advanced = 1
	}
	if asked(c.process, call) {
		t.asked = 1
	}
	if v.Result() == outcome.Continuation {
		t.continued = 1
	}
	if _, named := c.process.Rung(call.Target); named && !call.PlannedAt.After(call.At) {
		t.planned = 1
		if r := v.Target(); r == outcome.TargetMet || r == outcome.TargetExceeded {
			t.hit = 1
		}
	}
	return t
}

// advanced reports whether a call was a success in the words of N. Rackham.
func advanced(v *outcome.Verdict) bool {
	return v.Result() == outcome.Order || v.Result() == outcome.Advance
}

func (t *tally) group(key string, o Options) Group {
	return Group{
		Key: key, Calls: t.calls, Reached: t.reached, Results: t.results,
		Advance:           NewRate(t.advanced, t.reached, o.Floor),
		Asked:             NewRate(t.asked, t.reached, o.Floor),
		Target:            NewRate(t.hit, t.planned, o.Floor),
		Continuation:      NewRate(t.continued, t.reached, o.Floor),
		Kept:              NewRate(t.kept, t.settled, o.Floor),
		CallsPerAdvance:   newRatio(t.advanced, t.reached, o.Floor),
		NextAdvance:       newWait(t.nextAdvance.list(), o),
		AfterContinuation: newWait(t.afterQuiet.list(), o),
	}
}

func (r *Results) count(result outcome.Result) {
	switch result {
	case outcome.Order:
		r.Order++
	case outcome.Advance:
		r.Advance++
	case outcome.Recovery:
		r.Recovery++
	case outcome.Continuation:
		r.Continuation++
	case outcome.Refusal:
		r.Refusal++
	case outcome.Setback:
		r.Setback++
	case outcome.NoSaleResult:
		r.NoSale++
	case outcome.NoContactResult:
		r.NoContact++
	}
}

func (r *Results) merge(s *Results) {
	r.Order += s.Order
	r.Advance += s.Advance
	r.Recovery += s.Recovery
	r.Continuation += s.Continuation
	r.Refusal += s.Refusal
	r.Setback += s.Setback
	r.NoSale += s.NoSale
	r.NoContact += s.NoContact
}

// tallies are those of the groups of one kind.
type tallies struct {
	by   map[string]*tally
	key  string // that was asked for last
	last *tally
}

// of returns the tally of a group, which it begins where there is none. It is often
// that of the call before.
func (t *tallies) of(key string) *tally {
	if t.last != nil && t.key == key {
		return t.last
	}
	one := t.by[key]
	if one == nil {
		if t.by == nil {
			t.by = map[string]*tally{}
		}
		one = &tally{}
		t.by[key] = one
	}
	t.key, t.last = key, one
	return one
}

func (t *tallies) merge(u *tallies) {
	for key, tally := range u.by {
		t.of(key).merge(tally)
	}
}

// all adds up all groups.
func (t *tallies) all() *tally {
	all := &tally{}
	for _, one := range t.by {
		all.merge(one)
	}
	return all
}

// groups lists the groups in an order of keys, then the others by name, and
// last the one without a key.
func (t *tallies) groups(order []string, o Options) []Group {
	rank := make(map[string]int, len(order))
	for i, key := range order {
		rank[key] = i - len(order)
	}
	keys := slices.SortedFunc(maps.Keys(t.by), func(a, b string) int {
		if (a == "") != (b == "") {
			return cmp.Compare(len(b), 0) - cmp.Compare(len(a), 0)
		}
		return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b))
	})
	groups := make([]Group, len(keys))
	for i, key := range keys {
		groups[i] = t.by[key].group(key, o)
	}
	return groups
}
