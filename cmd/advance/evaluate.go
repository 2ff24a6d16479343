package main

import (
	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/outcome"
)

// evaluation is one run of the verb.
type evaluation struct {
	process *processChoice
	asOf    *asOfChoice
	format  *choice
	deals   string
	ordered bool
	memory  *memoryLimit
	output  string
	verbose bool
}

func newEvaluateCmd(e *env) *cobra.Command {
	var ev evaluation
	cmd := &cobra.Command{
		Use:   "evaluate [flags] [FILE|-]...",
		Short: "Judge calls: did they move their deals, and why",
		Long: `Judge calls: did they move their deals, why, and what would have.

Calls are read from files, or from standard input (-), one JSON object a line;
files that are packed with gzip are read as they are. They may come in any order
and more than once. As text the result is a page a deal: each call with its
verdict, what to ask for next, and how the deal stands; then a summary. As JSON
it is a record a call, in the order of time, deal and call.

A line that can not be read is reported with its file and number, and the rest
goes on; the exit code is then 1. It is also 1 where a call names something that
the process does not have, or has another finding that is an error.

With --ordered, calls are judged as they come: those of a deal have to come in
the order of time and then of their ids, and each only once. One that does not
is reported and left out. That needs memory for the deals alone, whatever the
number of their calls. Without it all calls are held in memory, up to
--max-memory.`,
		Example: `  # A page for each deal
  advance evaluate --deals deals.jsonl calls.jsonl

  # The same, as it stood at the end of September
  advance evaluate --as-of 2026-09-30 --deals deals.jsonl calls.jsonl

  # Verdicts for another program, by a process of your own
  advance evaluate --process sales.yaml --format json calls.jsonl > verdicts.jsonl

  # One call
  echo '{"deal":"D-1","at":"2026-11-02T10:00:00Z","commitments":[{"commitment":"time","by":"seller"}]}' |
    advance evaluate -`,
		GroupID:           groupCalls,
		ValidArgsFunction: completeRecords,
		RunE:              func(_ *cobra.Command, args []string) error { return ev.run(e, args) },
	}
	ev.process = processFlag(cmd)
	cmd.Flags().StringVar(&ev.deals, "deals", "", "the deals, from a `FILE` with a JSON object a line")
	ev.format = formatFlag(cmd, formatText, formatJSON)
	ev.asOf = asOfFlag(cmd)
	cmd.Flags().BoolVar(&ev.ordered, "ordered", false, "judge calls as they come: in the order of time for each deal, and none twice")
	ev.memory = memoryFlag(cmd)
	cmd.Flags().StringVarP(&ev.output, "output", "o", "", "write the result to a `FILE`, which appears once it is whole")
	cmd.Flags().BoolVarP(&ev.verbose, "verbose", "v", false, "show every finding, and every commitment that can be asked for")
	complete(cmd, "deals", completeRecords)
	return cmd
}

// The formats of results.
const (
	formatText = "text"
	formatJSON = "json"
	formatYAML = "yaml"
)

func (v *evaluation) run(e *env, args []string) error {
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
	judge := outcome.NewEvaluator(p, outcome.Options{})
	evaluate := v.atOnce
	if v.ordered {
		evaluate = v.inOrder
	}
	if err := e.printTo(v.output, func() error { return evaluate(e, judge, files) }); err != nil {
		return err
	}
	return e.ended()
}

// atOnce reads everything before it judges anything.
func (v *evaluation) atOnce(e *env, judge *outcome.Evaluator, files []string) error {
	h, err := e.readHistory(v.deals, files, "", v.memory)
	if err != nil {
		return err
	}
	if v.format.word == formatJSON {
		return verdictsAsJSON(e, judge, h)
	}
	return v.pages(e, judge, h)
}

// verdictsAsJSON prints a record a call.
func verdictsAsJSON(e *env, judge *outcome.Evaluator, h *history) error {
	var failed error
	var line []byte
	_, errs := judge.Replay(h.deals, h.calls, func(v outcome.Verdict) {
		if failed == nil {
			failed = e.ctx.Err()
		}
		if failed != nil {
			return
		}
		e.faultsOf(&v, func(code string) place { return h.placeOf(v.Call(), code) })
		line = append(v.AppendJSON(line[:0]), '\n')
		_, failed = e.stdout.Write(line)
	})
	if failed != nil {
		return failed
	}
	for _, err := range errs {
		e.faultOfDeal(h, err)
	}
	return nil
}

// pages prints a page a deal, and a summary.
func (v *evaluation) pages(e *env, judge *outcome.Evaluator, h *history) error {
	p := judge.Process()
	from := v.asOf.from(e, p.Zone(), h.last())
	book := newBook(e, judge, from, v.verbose)
	book.cover("Judged")
	for c := range h.chapters {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		verdicts, state, later := e.judge(judge, h, c, from)
		if err := book.page(c.deal, verdicts, state, later); err != nil {
			return err
		}
	}
	book.summary()
	return book.err
}

// judge judges the calls of a deal, and reports their faults. The state is that
// of the deal at the instant that is looked from; later is the number of calls
// after it.
func (e *env) judge(judge *outcome.Evaluator, h *history, c chapter, from asOf) (verdicts []outcome.Verdict, state outcome.State, later int) {
	deal := []outcome.Deal{c.deal}
	states, errs := judge.Replay(deal, c.calls, func(v outcome.Verdict) {
		e.faultsOf(&v, func(code string) place { return h.placeOf(v.Call(), code) })
		verdicts = append(verdicts, v)
	})
	for _, err := range errs {
		e.faultOfDeal(h, err)
	}
	known := make([]outcome.Call, 0, len(verdicts))
	for i := range verdicts {
		if call := verdicts[i].Call(); !call.At.After(from.at) {
			known = append(known, *call)
		}
	}
	if later = len(verdicts) - len(known); later > 0 {
		states, _ = judge.Replay(deal, known, func(outcome.Verdict) {})
	}
	return verdicts, states[0], later
}
