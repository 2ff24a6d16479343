package oracle

import (
	"slices"
	"time"
)

// demands is what a commitment requires once defaults and its own keys are merged.
type demands struct {
	dated    bool
	within   time.Duration // 0: no limit
	people   int
	roles    Words
	evidence Words
}

// demands merges key by key: what a commitment writes replaces the default of
// that key, and only of that key. A `within` implies dated; an own `dated: false`
// drops an inherited `within`.
func (p Process) demands(id string) demands {
	result := demands{dated: true}
	layer := func(r *Requires) {
		if r == nil {
			return
		}
		if r.Dated != nil {
			result.dated = *r.Dated
			if !result.dated {
				result.within = 0
			}
		}
		if r.Within == "none" {
			result.within = 0
		} else if r.Within != "" {
			result.within = duration(r.Within)
			result.dated = true
		}
		if r.People != nil {
			result.people = *r.People
		}
		if r.Roles != nil {
			result.roles = *r.Roles
		}
		if r.Evidence != nil {
			result.evidence = *r.Evidence
		}
	}
	if p.Defaults != nil {
		layer(p.Defaults.Requires)
	}
	layer(p.Commitments[id].Requires)
	return result
}

// met tells whether the words asked for are among those at hand.
func (w Words) met(have []string) bool {
	if w.One != "" && !slices.Contains(have, w.One) {
		return false
	}
	for _, word := range w.All {
		if !slices.Contains(have, word) {
			return false
		}
	}
	if len(w.Any) == 0 {
		return true
	}
	for _, word := range w.Any {
		if slices.Contains(have, word) {
			return true
		}
	}
	return false
}

// enoughPeople judges the number of named people and their roles.
func (d demands) enoughPeople(people []Person) bool {
	names := map[string]bool{}
	var roles []string
	for _, person := range people {
		if person.Name != "" {
			names[person.Name] = true
			roles = append(roles, person.Role)
		}
	}
	return len(names) >= d.people && d.roles.met(roles)
}

// enoughEvidence judges evidence; what the seller reports is always there.
func (d demands) enoughEvidence(evidence []string) bool {
	return d.evidence.met(append([]string{"verbal"}, evidence...))
}

// pastDue tells whether an entry names a date that lies before the call.
func (p Process) pastDue(e Entry, at time.Time) bool {
	if e.Due == "" {
		return false
	}
	end, _ := p.instant(e.Due)
	return end.Before(at)
}

// meetsGiven tells whether a `given` entry meets what its commitment requires.
// Whether its date has passed is another question.
func (p Process) meetsGiven(id string, e Entry, at time.Time) bool {
	d := p.demands(id)
	if d.dated && e.Due == "" {
		return false
	}
	if d.within > 0 {
		_, start := p.instant(e.Due)
		if start.Sub(at) > d.within {
			return false
		}
	}
	return d.enoughPeople(e.People) && d.enoughEvidence(e.Evidence)
}

// meetsKept tells the same of a `kept` entry, which needs no date. What it lists
// it is judged by; what it does not list comes from the last qualifying `given`.
func (p Process) meetsKept(id string, e Entry, last promise) bool {
	d := p.demands(id)
	people, evidence := e.People, e.Evidence
	if len(people) == 0 {
		people = last.people
	}
	if len(evidence) == 0 {
		evidence = last.evidence
	}
	return d.enoughPeople(people) && d.enoughEvidence(evidence)
}
