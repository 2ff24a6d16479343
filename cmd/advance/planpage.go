package main

import (
	"github.com/advance-sales/advance/internal/prose"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/outcome"
)

// plan prints the plan of the next call with a deal.
func (b *book) plan(deal outcome.Deal, state outcome.State, plan *outcome.Plan, s *outcome.Standing) error {
	p := b.process
	b.cover("Planned")
	b.head(deal, s)
	b.print("\n")
	if k, ok := p.Kind(plan.Kind); ok {
		b.row("Call", terminal.Bold, k.Name())
		if k.Description() != "" {
			b.row("", terminal.Plain, k.Description())
		}
		if !plan.Belongs {
			b.row("", terminal.Yellow, "This kind of call does not belong to "+stageName(p, plan.Stage)+", where the deal stands.")
		}
		b.print("\n")
	}
	if len(plan.Asks) == 0 {
		b.row("Ask for", terminal.Plain, nothingToAsk(s))
	}
	for i := range plan.Asks {
		if i > 0 {
			b.print("\n")
		}
		b.ask(i, &plan.Asks[i], s)
	}
	if plan.Refocus != "" {
		b.print("\n")
		b.row("Come back", terminal.Plain, prose.Quote(plan.Refocus))
	}
	if len(plan.NotFor) > 0 {
		b.print("\n")
		b.row("Not now", terminal.Plain, sentence(prose.Or(spaced(plan.NotFor)...)+": that belongs in another call"))
	}
	b.standing(state, s)
	return b.err
}

// nothingToAsk says why there is nothing to ask for.
func nothingToAsk(s *outcome.Standing) string {
	if s.Lost {
		return "The deal is lost. Name the kind of call with which you mean to bring it back (--kind)."
	}
	return "The buyer has committed to all that the process knows of."
}

// ask prints a commitment to ask for, the nth of a plan.
func (b *book) ask(n int, a *outcome.Ask, s *outcome.Standing) {
	p := b.process
	label, name := "Ask for", a.Name
	switch a.Role {
	case outcome.RoleGap:
		label = "Close a gap"
		name += " (" + stageName(p, a.Stage) + ")"
	case outcome.RoleFallback:
		label = "Or else"
	}
	style := terminal.Bold
	if n > 0 {
		style = terminal.Plain
	}
	b.row(label, style, name)
	if a.Ask != "" {
		b.row("", terminal.Cyan, prose.Quote(a.Ask))
	}
	if r, ok := p.Rung(a.Commitment); ok {
		b.row("", terminal.Dim, sentence("What it takes: "+needs(p.Commitment(r).Require())))
	}
	if !a.Credited {
		b.row("", terminal.Yellow, b.whyNoAdvance(a, s))
	}
}

// whyNoAdvance says why something to ask for would not move the deal.
func (b *book) whyNoAdvance(a *outcome.Ask, s *outcome.Standing) string {
	for _, o := range s.Open {
		if o.Commitment == a.Commitment {
			return "That would be no advance: the buyer has agreed to it already, by " + date(o.Due, b.zone) + "."
		}
	}
	for _, id := range s.Held {
		if id == a.Commitment {
			return "That would be no advance: the buyer has committed to it already."
		}
	}
	return "That would be no advance: the buyer has given it before, or something that ranks above it."
}
