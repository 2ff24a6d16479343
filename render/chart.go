package render

import (
	"slices"
	"strconv"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/process"
)

// chart is what every drawing of a process shows, in words.
type chart struct {
	ID, Name, Description string
	Version               int
	Zone                  string
	Path                  []stage // the last one closes won
	Lost                  []stage
	Kinds                 []kind
	Roles, Reasons        []string
}

type stage struct {
	ID, Name, Description string
	Number                int // along the path, from 1
	Chance                string
	Forecast              string
	Won                   bool
	Hard                  bool
	Ladder                []rung // weakest first
	Exit                  []criterion
	Stalls                string
}

// rung is a commitment on the ladder of its stage.
type rung struct {
	ID, Name, Description string
	Step                  int // on its ladder, from 1
	Ask                   string
	Facts                 []string // what it takes, and how long it holds
	Awaited               bool     // the exit of its own stage asks for it
	Later                 bool     // only a later one does
}

// criterion is one condition of an exit: a lead such as "one of", where there
// is more than one item.
type criterion struct {
	Lead  string
	Count bool // the lead is more than "one of"
	Items []item
}

type item struct {
	Name    string
	Kept    bool
	Foreign string // the name of the stage that it comes from, if that is another one
}

type kind struct {
	ID, Name, Description string
	Outcome               string
	Fallbacks             []string // strongest first
	Keeps                 []string
	NotFor                []string
	Refocus               string
	Stages                []string // empty: any
}

func newChart(p *process.Process) chart {
	def := p.Definition()
	c := chart{
		ID: p.ID(), Name: p.Name(), Description: p.Description(), Version: p.Version(), Zone: p.Zone().String(),
		Roles: words(def.Roles), Reasons: words(def.LossReasons),
	}
	for s := range p.Stages() {
		if s.Closes() == process.ClosesLost {
			c.Lost = append(c.Lost, newStage(p, s))
		} else {
			c.Path = append(c.Path, newStage(p, s))
		}
	}
	for k := range p.Kinds() {
		c.Kinds = append(c.Kinds, newKind(p, k))
	}
	return c
}

func newStage(p *process.Process, s *process.CompiledStage) stage {
	out := stage{
		ID: string(s.ID()), Name: s.Name(), Description: s.Description(), Number: s.Index() + 1,
		Forecast: prose.Words(s.Forecast()), Won: s.Closes() == process.ClosesWon, Hard: s.Hard() && s.Closes() == "",
	}
	if percent, ok := s.Probability(); ok {
		out.Chance = strconv.Itoa(percent) + "\u202f%"
	}
	if s.Closes() == "" {
		out.Stalls = prose.Stalls(s.Stalls())
	}
	own, all := s.ExitItems(), p.ExitItems()
	for r := range s.Ladder() {
		out.Ladder = append(out.Ladder, newRung(p.Commitment(r), own.Has(r), all.Has(r)))
	}
	for _, c := range s.Criteria() {
		out.Exit = append(out.Exit, newCriterion(p, s, c))
	}
	return out
}

func newRung(c *process.Commitment, own, anywhere bool) rung {
	out := rung{
		ID: string(c.ID()), Name: c.Name(), Description: c.Description(), Step: c.Step(), Ask: c.Ask(),
		Facts: facts(c), Awaited: own, Later: anywhere && !own,
	}
	return out
}

// facts says briefly what it takes before a commitment counts, and how long it
// holds after its date.
func facts(c *process.Commitment) []string {
	var list []string
	q := c.Require()
	switch {
	case q.Within >= 0:
		list = append(list, "within "+prose.Length(q.Within))
	case q.Dated:
		list = append(list, "dated")
	}
	if q.People > 0 && (q.People > 1 || q.Roles.IsZero()) {
		list = append(list, prose.People(q.People))
	}
	for _, need := range []commitment.Need{q.Roles, q.Evidence} {
		if !need.IsZero() {
			list = append(list, prose.Need(need))
		}
	}
	if after, ok := c.LapsesAfter(); ok {
		list = append(list, "lapses after "+prose.Length(after))
	}
	return list
}

func newCriterion(p *process.Process, s *process.CompiledStage, c process.Criterion) criterion {
	var out criterion
	for _, i := range c.Items() {
		r, ok := p.Rung(i.Commitment)
		if !ok {
			continue // a compiled process has no such item
		}
		of := p.Commitment(r)
		it := item{Name: of.Name(), Kept: i.Kept}
		if of.Stage() != s.Index() {
			it.Foreign = p.Stage(of.Stage()).Name()
		}
		out.Items = append(out.Items, it)
	}
	switch n := len(out.Items); {
	case n < 2:
	case c.Any != nil, c.AtLeast == 1:
		out.Lead = "one of"
	case c.AtLeast == n:
		out.Lead, out.Count = "all of", true
	default:
		out.Lead, out.Count = "at least "+strconv.Itoa(c.AtLeast)+" of", true
	}
	return out
}

func newKind(p *process.Process, k *process.Kind) kind {
	out := kind{
		ID: string(k.ID()), Name: k.Name(), Description: k.Description(), Outcome: p.Commitment(k.Outcome()).Name(),
		Fallbacks: names(p, k.Fallbacks()), Keeps: names(p, k.Keeps()), NotFor: words(k.NotFor()), Refocus: k.Refocus(),
	}
	anywhere := true
	for s := range p.Stages() {
		if k.BelongsTo(s.Index()) {
			out.Stages = append(out.Stages, s.Name())
		} else {
			anywhere = false
		}
	}
	if anywhere {
		out.Stages = nil
	}
	return out
}

// names lists commitments, strongest first.
func names(p *process.Process, set commitment.Set) []string {
	var list []string
	for r := range set.All() {
		list = append(list, p.Commitment(r).Name())
	}
	slices.Reverse(list)
	return list
}

func words(ids []string) []string {
	var list []string
	for _, id := range ids {
		list = append(list, prose.Words(id))
	}
	return list
}
