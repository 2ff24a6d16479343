package page

import (
	"cmp"
	"slices"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/measure"
	"github.com/advance-sales/advance/process"
)

// interval is a figure of a stage with its 95 % interval.
type interval struct {
	Stage int    `json:"stage"` // -1 for all of them
	Name  string `json:"name"`
	Of    int    `json:"of"`   // observations
	Hits  int    `json:"hits"` // of those: advances, or stays that ended
	// Enough is false below the floor: nothing is drawn then.
	Enough bool `json:"enough"`
	// Value is the rate from 0 to 1, or the median in days; nil where it is
	// not reached. Low and High are nil where the interval has no such end.
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// rates are how often a call that reached the buyer advanced its deal, by stage.
func rates(in *index, m *measure.Measures) []interval {
	if m.Overall.Advance.Of == 0 {
		return nil
	}
	all := make([]interval, 0, len(m.Stages)+1)
	for i := range m.Stages {
		id := process.StageID(m.Stages[i].Key)
		if m.Stages[i].Advance.Of > 0 {
			all = append(all, rateOf(in.stage(id), in.stageName(id), m.Stages[i].Advance))
		}
	}
	return append(all, rateOf(-1, "All stages", m.Overall.Advance))
}

func rateOf(stage int, name string, r measure.Rate) interval {
	v := interval{Stage: stage, Name: name, Of: r.Of, Hits: r.Hits, Enough: r.Enough}
	if r.Enough {
		v.Value, v.Low, v.High = new(r.Value), new(r.Low), new(r.High)
	}
	return v
}

// stays are how long deals stay in a stage.
func stays(in *index, m *measure.Measures) []interval {
	var all []interval
	for _, s := range m.Stays {
		if s.Spells == 0 {
			continue
		}
		v := interval{Stage: in.stage(s.Stage), Name: in.stageName(s.Stage), Of: s.Spells, Hits: s.Ended, Enough: s.Enough}
		if s.Enough {
			v.Value, v.Low, v.High = s.Median.Days, s.Median.Low, s.Median.High
		}
		all = append(all, v)
	}
	return all
}

// owner is how much was found in the deals of one owner.
type owner struct {
	Name     string `json:"name"` // empty for what has none
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Notes    int    `json:"notes"`
}

// All is every finding of the owner.
func (o owner) All() int { return o.Errors + o.Warnings + o.Notes }

// owners are those with findings, most of them first.
func owners(r *audit.Report) []owner {
	byName := map[string]*owner{}
	var all []*owner
	for i := range r.Findings {
		f := &r.Findings[i]
		o := byName[f.Owner]
		if o == nil {
			o = &owner{Name: f.Owner}
			byName[f.Owner] = o
			all = append(all, o)
		}
		switch f.Severity {
		case diagnostic.Error:
			o.Errors++
		case diagnostic.Warning:
			o.Warnings++
		default:
			o.Notes++
		}
	}
	slices.SortFunc(all, func(a, b *owner) int {
		return cmp.Or(cmp.Compare(b.All(), a.All()), cmp.Compare(a.Name, b.Name))
	})
	list := make([]owner, len(all))
	for i := range all {
		list[i] = *all[i]
	}
	return list
}
