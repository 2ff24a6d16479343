package measure

import (
	"maps"
	"slices"
)

// entry is coming to stand in a stage for the first time, in a month.
type entry struct {
	stage int
	month string
}

// cohort is what became of the deals of an entry.
type cohort struct{ entered, advanced, lost, wonClaim, still, back int }

func (c *cohort) merge(d *cohort) {
	c.entered += d.entered
	c.advanced += d.advanced
	c.lost += d.lost
	c.wonClaim += d.wonClaim
	c.still += d.still
	c.back += d.back
}

func (c *cohort) figures(month string, floor int) Cohort {
	out := Cohort{
		Month: month, Entered: c.entered, Advanced: NewRate(c.advanced, c.entered, floor),
		Lost: c.lost, WonClaim: c.wonClaim, Still: c.still, Back: c.back,
	}
	if out.Advanced.Enough {
		out.AtMost = float64(c.advanced+c.still+c.back) / float64(c.entered)
	}
	return out
}

func (c *Collector) cohort(e entry) *cohort {
	if c.entered[e] == nil {
		c.entered[e] = &cohort{}
	}
	return c.entered[e]
}

// ending counts how a deal ended.
func (c *Collector) ending(l *life) {
	switch l.end {
	case won:
		c.deals.Won++
	case lost:
		c.deals.Lost++
	case wonClaim:
		c.deals.WonClaim++
	case open:
		c.deals.Open++
	}
	if l.undated {
		c.deals.Undated++
	}
}

// path counts the stages that a deal entered, how long it first stayed in each,
// and how long it took to its end.
func (c *Collector) path(l *life) {
	last := l.stays[len(l.stays)-1]
	for i, s := range l.enters() {
		if s.stage >= c.process.Won() || i == 0 && !l.timed {
			continue
		}
		c.staysIn(s.stage).add(spellOf(s.from, s.to, s.left))
		e := c.cohort(entry{s.stage, c.month(s.from)})
		e.entered++
		further := slices.ContainsFunc(l.stays[i:], func(t stay) bool {
			return t.stage > s.stage && t.stage <= c.process.Won()
		})
		switch {
		case further:
			e.advanced++
		case l.end == lost:
			e.lost++
		case l.end == wonClaim:
			e.wonClaim++
		case last.stage == s.stage:
			e.still++
		default:
			e.back++
		}
	}
	if !l.timed || l.stays[0].stage >= c.process.Won() {
		return
	}
	if l.end == open {
		c.closed.add(spellOf(l.start, l.asOf, false))
	} else {
		c.closed.add(spellOf(l.start, l.endAt, !l.undated))
	}
	if l.end == won {
		c.ordered.add(spellOf(l.start, last.from, true))
	} else {
		c.ordered.add(l.waited(l.start))
	}
}

// conversions lists what became of the deals that entered each open stage.
func (c *Collector) conversions() []Conversion {
	out := []Conversion{}
	for s := range c.process.Stages() {
		if s.Closes() != "" {
			continue
		}
		months := map[string]*cohort{}
		var all cohort
		for e, cohort := range c.entered {
			if e.stage == s.Index() {
				months[e.month] = cohort
				all.merge(cohort)
			}
		}
		conv := Conversion{Stage: s.ID(), All: all.figures("", c.options.Floor), Cohorts: []Cohort{}}
		for _, month := range slices.Sorted(maps.Keys(months)) {
			conv.Cohorts = append(conv.Cohorts, months[month].figures(month, c.options.Floor))
		}
		out = append(out, conv)
	}
	return out
}
