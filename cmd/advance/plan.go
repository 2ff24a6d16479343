package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// planning is one run of the verb.
type planning struct {
	process *processChoice
	asOf    *asOfChoice
	format  *choice
	deals   string
	deal    string
	kind    string
}

func newPlanCmd(e *env) *cobra.Command {
	var pl planning
	cmd := &cobra.Command{
		Use:   "plan --deal ID [flags] [FILE|-]...",
		Short: "Plan the next call with a deal: the one outcome to ask for",
		Long: `Plan the next call with a deal: the one outcome to ask for.

The calls that the deal has had are read from files, or from standard input (-);
those of other deals are passed over. The plan says what to ask for and in which
words, what it takes to count, and what will do instead. With the kind of the
next call it says what that kind of call exists for, how to come back to it, and
what belongs in another call.`,
		Example: `  # What would move this deal?
  advance plan --deal D-1042 --deals deals.jsonl calls.jsonl

  # What is the cold call that I am about to make for?
  advance plan --deal D-1042 --kind cold_call calls.jsonl`,
		GroupID:           groupCalls,
		ValidArgsFunction: completeRecords,
		RunE:              func(_ *cobra.Command, args []string) error { return pl.run(e, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&pl.deal, "deal", "", "the `ID` of the deal")
	flags.StringVar(&pl.kind, "kind", "", "the `KIND` of the next call, one of the process")
	flags.StringVar(&pl.deals, "deals", "", "the deals, from a `FILE` with a JSON object a line")
	pl.process = processFlag(cmd)
	pl.asOf = asOfFlag(cmd)
	pl.format = formatFlag(cmd, formatText, formatJSON)
	complete(cmd, "deal", completeDeal)
	complete(cmd, "kind", completeKind)
	complete(cmd, "deals", completeRecords)
	return cmd
}

// planDocument is a plan as JSON, with how the deal stands.
type planDocument struct {
	outcome.Plan
	Standing outcome.Standing `json:"standing"`
}

func (v *planning) run(e *env, args []string) error {
	if v.deal == "" {
		return usagef("which deal? Name it with --deal")
	}
	files, err := e.inputs(args)
	if err != nil {
		return err
	}
	if err := onlyOnce(files, v.deals); err != nil {
		return err
	}
	p, err := v.process.load(e)
	if err != nil {
		return err
	}
	if err := knownKind(p, process.KindID(v.kind)); err != nil {
		return err
	}
	h, err := e.readHistory(v.deals, files, outcome.DealID(v.deal), &memoryLimit{})
	if err != nil {
		return err
	}
	var c chapter
	for only := range h.chapters {
		c = only
	}
	if c.deal.Deal == "" {
		return fmt.Errorf("there is no deal %q in what was read%s", v.deal, orNearest(v.deal, h.otherDeals()))
	}
	from := v.asOf.from(e, p.Zone(), h.last())
	judge := outcome.NewEvaluator(p, outcome.Options{})
	_, state, _ := e.judge(judge, h, c, from)
	plan, err := judge.Plan(state, from.at, process.KindID(v.kind))
	if err != nil {
		return err
	}
	standing, err := judge.Standing(state, from.at)
	if err != nil {
		return err
	}
	if v.format.word == formatJSON {
		err = printJSON(e, planDocument{plan, standing})
	} else {
		err = newBook(e, judge, from, false).plan(c.deal, state, &plan, &standing)
	}
	if err != nil {
		return err
	}
	return e.ended()
}

// knownKind makes sure that the process has a kind of call. No kind is fine.
func knownKind(p *process.Process, kind process.KindID) error {
	if kind == "" {
		return nil
	}
	var known []string
	for k := range p.Kinds() {
		known = append(known, string(k.ID()))
	}
	if slices.Contains(known, string(kind)) {
		return nil
	}
	return fmt.Errorf("process %s has no call kind %q%s", p.ID(), kind, orNearest(string(kind), known))
}
