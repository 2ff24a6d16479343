package oracle

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Options bounds what Generate draws. The zero value is a good one.
type Options struct {
	Deals int  // at most so many deals; 0: 3
	Calls int  // at most so many calls a deal; 0: 14
	Clean bool // no unknown names and no records that contradict each other
	Tidy  bool // records in order of time, one a call, whole seconds, all times in UTC
}

// Generate draws a valid process and histories in which things happen: it looks at
// where the deal stands and mostly lets the buyer do what is plausible there.
func Generate(r *rand.Rand, o Options) (Process, []Deal, []Call) {
	d := dice{r}
	o.Deals, o.Calls = cmp.Or(o.Deals, 3), cmp.Or(o.Calls, 14)
	p := generateProcess(d)
	var deals []Deal
	var calls []Call
	for i := range d.between(1, o.Deals) {
		deal := Deal{Deal: fmt.Sprintf("D-%d", i+1)}
		start := time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC).Add(time.Duration(d.IntN(330*24*60)) * time.Minute)
		if d.chance(40) {
			deal.Opened = ptr(start.Add(-time.Duration(d.IntN(10*24)) * time.Hour))
		}
		if d.chance(30) {
			deal.Stage = one(d, p.path()...).ID
			if d.chance(8) {
				deal.Stage = one(d, p.lostStages()...)
			}
		}
		if d.chance(20) {
			deal.Claimed = one(d, p.Stages...).ID
		}
		known := d.chance(80) || deal.Stage != "" || deal.Opened != nil
		if known {
			deals = append(deals, deal)
		}
		calls = append(calls, generateHistory(d, p, deal, start, o)...)
	}
	if !o.Tidy {
		d.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	}
	return p, deals, calls
}

// generateHistory draws the calls of one deal, folding each one so that the next
// can react to it.
func generateHistory(d dice, p Process, deal Deal, start time.Time, o Options) []Call {
	var calls []Call
	t := start
	s := open(p, &deal, start)
	ids := d.Perm(1000)
	n := d.between(1, o.Calls)
	for i := range n {
		if i > 0 {
			t = laterTime(d, p, s, t, o)
		}
		g := generator{dice: d, p: p, o: o, t: t}
		g.s, _ = at(p, s, t)
		c := g.call()
		c.ID, c.Deal = fmt.Sprintf("c-%03d", ids[i]), deal.Deal
		s, _ = judge(p, s, c, false)
		calls = append(calls, c)
	}
	if !o.Tidy {
		calls = append(calls, extraRecords(d, p, calls, o)...)
	}
	return calls
}

// extraRecords draws further records of calls that are there: the same again, earlier
// revisions that no longer count, and contradictions that differ only in notes.
func extraRecords(d dice, p Process, calls []Call, o Options) []Call {
	var more []Call
	for i := range calls {
		switch {
		case d.chance(4):
			more = append(more, calls[i])
		case d.chance(4):
			g := generator{dice: d, p: p, o: o, t: calls[i].At.Add(time.Duration(d.between(-40, 40)) * time.Hour), s: open(p, nil, calls[i].At)}
			older := g.call()
			older.ID, older.Deal = calls[i].ID, calls[i].Deal
			calls[i].Revision = d.between(1, 3)
			older.Revision = calls[i].Revision - 1
			more = append(more, older)
		case !o.Clean && d.chance(3):
			other := calls[i]
			other.Notes += " and another thing"
			more = append(more, other)
		}
	}
	return more
}

// laterTime draws when the next call is: often now, soon, or right at an instant
// at which something changes.
func laterTime(d dice, p Process, s state, t time.Time, o Options) time.Time {
	changes := slices.DeleteFunc(instants(p, s), func(c time.Time) bool {
		return c.Before(t) || c.After(t.Add(60*24*time.Hour))
	})
	if len(changes) > 0 && d.chance(35) {
		// A due date is listed with the first instant after it, so that cutting it
		// gives the last instant at which all is as before.
		next := one(d, changes...).Truncate(time.Second).Add(time.Duration(one(d, 0, 0, 1, -1)) * time.Second)
		if !o.Tidy && d.chance(20) {
			next = next.Add(1)
		}
		if !next.Before(t) {
			return next.In(t.Location())
		}
	}
	switch {
	case d.chance(5):
		return t
	case d.chance(20):
		t = t.Add(time.Duration(d.between(1, 20)) * time.Hour)
	case d.chance(85):
		t = t.Add(time.Duration(d.between(1, 6*24)) * time.Hour)
	default:
		t = t.Add(time.Duration(d.between(8, 45)) * 24 * time.Hour)
	}
	if !o.Tidy && d.chance(10) {
		t = t.In(time.FixedZone("", one(d, -5, 2, 9)*3600))
	}
	return t
}
