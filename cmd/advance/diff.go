package main

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/diff"
	"github.com/advance-sales/advance/outcome"
)

// differing is one run of the verb.
type differing struct {
	asOf   *asOfChoice
	format *choice
	deals  string
}

func newDiffCmd(e *env) *cobra.Command {
	var d differing
	cmd := &cobra.Command{
		Use:   "diff [flags] OLD NEW [CALLS|-]...",
		Short: "Say what a change of the process means, and what it does to deals",
		Long: `Say what a change of the process means, and what it does to deals.

OLD and NEW are YAML files or the names of built-in processes. What differs is
told by its meaning: stages, rungs, exits, gates, requirements and limits that
were added, removed, renamed, moved, loosened or tightened; texts are told
apart. Where the meaning has changed, the version has to be raised.

With calls (and deals), both versions judge them: which deals would stand
elsewhere, which verdicts would be others, and which saved deals can not be
carried over without their history.

Exit codes: 0 when the version is as it must be, whatever has changed; 1 when
the meaning has changed and the version was not raised, when the version was
lowered, or when a record could not be read; 2 when the command could not run.`,
		Example: `  advance diff sales.yaml new.yaml

  # What would have become of last quarter's deals?
  advance diff --deals deals.jsonl sales.yaml new.yaml calls.jsonl`,
		GroupID: groupProcess,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usagef("which processes? Name the old one, and then the new one")
			}
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) < 2 {
				return completeProcess(cmd, args, begun)
			}
			return completeRecords(cmd, args, begun)
		},
		RunE: func(_ *cobra.Command, args []string) error { return d.run(e, args[0], args[1], args[2:]) },
	}
	cmd.Flags().StringVar(&d.deals, "deals", "", "the deals, from a `FILE` with a JSON object a line")
	d.format = formatFlag(cmd, formatText, formatJSON)
	d.asOf = asOfFlag(cmd)
	complete(cmd, "deals", completeRecords)
	return cmd
}

// changed is everything that the verb finds out.
type changed struct {
	diff.Report
	Effect *diff.Effect `json:"effect,omitzero"` // nil without calls and deals
}

func (d *differing) run(e *env, oldName, newName string, files []string) error {
	if err := onlyOnce(files, d.deals); err != nil {
		return err
	}
	old, err := loadProcess(e, oldName)
	if err != nil {
		return err
	}
	new, err := loadProcess(e, newName)
	if err != nil {
		return err
	}
	found := changed{Report: diff.Compare(old, new)}
	from := asOf{}
	if len(files) > 0 || d.deals != "" {
		var h *history
		if h, err = d.read(e, files); err != nil {
			return err
		}
		from = d.asOf.from(e, new.Zone(), h.last())
		effect := diff.Replay(old, new, diff.History{Deals: h.deals, Calls: h.calls, At: from.at})
		found.Effect = &effect
		d.faults(e, h, effect.Faults)
	}
	if d.format.word == formatJSON {
		err = json.MarshalWrite(e.stdout, found, jsontext.WithIndent("  "))
		fmt.Fprintln(e.stdout)
	} else {
		page := changePage{w: e.stdout, page: e.screen(), old: old, new: new}
		page.print(found, from)
	}
	if err == nil && found.Version.Fault() {
		err = errFaults
	}
	return errors.Join(err, e.ended())
}

// read reads the calls, where any are named, and the deals.
func (d *differing) read(e *env, files []string) (*history, error) {
	if len(files) > 0 {
		var err error
		if files, err = e.inputs(files); err != nil {
			return nil, err
		}
	}
	return e.readHistory(d.deals, files, "", &memoryLimit{})
}

// faults reports the deal records that one of the versions can not open, each
// once.
func (d *differing) faults(e *env, h *history, faults []error) {
	seen := map[outcome.DealID]bool{}
	for _, err := range faults {
		var unknown *outcome.UnknownStageError
		if errors.As(err, &unknown) {
			if seen[unknown.Deal] {
				continue
			}
			seen[unknown.Deal] = true
		}
		e.faultOfDeal(h, err)
	}
}
