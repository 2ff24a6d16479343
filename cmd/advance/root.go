package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/advance-sales/advance/internal/nearest"
)

// verbs are the verbs of the command, in the order of its help.
var verbs = []func(*env) *cobra.Command{
	newEvaluateCmd,
	newPlanCmd,
	newAuditCmd,
	newCRMCmd,
	newProcessCmd,
	newInitCmd,
	newLintCmd,
	newRenderCmd,
	newDiffCmd,
	newTestCmd,
	newSchemaCmd,
	newVersionCmd,
}

// The groups of verbs in the help.
const (
	groupCalls   = "calls"
	groupProcess = "process"
	groupOther   = "other"
)

// run runs the command with its arguments, and returns its exit code.
func run(args []string, e *env) int {
	e.lines = &lineWriter{w: e.stdout}
	e.stdout = e.lines
	root := newRootCmd(e)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(e.ctx)
	if stopped := e.ctx.Err(); stopped != nil && err != nil {
		err = stopped
	}
	if flushed := e.lines.Flush(); flushed != nil && !errors.Is(err, e.ctx.Err()) {
		err = flushed
	}
	return exitCode(err, cmd.CommandPath(), e.stderr)
}

func newRootCmd(e *env) *cobra.Command {
	e.color = &choice{word: colorAuto, allowed: []string{colorAuto, colorAlways, colorNever}}
	root := &cobra.Command{
		Use:   "advance",
		Short: "Judge sales calls by what the buyer committed to",
		Long: `advance judges sales calls by what the buyer committed to.

A pleasant call that obtained nothing is not progress. A deal stands where the
commitments of its buyer put it, and every call gets a verdict: did it move the
deal, why, and if not, what would have.

Exit codes: 0 when all is well, 1 when what was looked at has faults or
findings that count, 2 when the command could not run.`,
		Example: `  # What did last quarter's calls obtain?
  advance evaluate --deals deals.jsonl calls.jsonl

  # What should the next call with this deal ask for?
  advance plan --deal D-1042 --deals deals.jsonl calls.jsonl

  # What does the process expect of a buyer?
  advance process show`,
		Args:          noArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.AddGroup(
		&cobra.Group{ID: groupCalls, Title: "Judge and plan calls:"},
		&cobra.Group{ID: groupProcess, Title: "Look at and write a process:"},
		&cobra.Group{ID: groupOther, Title: "Other:"},
	)
	root.SetHelpCommandGroupID(groupOther)
	root.SetCompletionCommandGroupID(groupOther)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", fmt.Sprintf(".FlagUsagesWrapped %d", e.screen().Width)))
	root.PersistentFlags().Var(e.color, "color", "paint text; auto is: on a terminal, and NO_COLOR is not set")
	completeWith(root, "color", e.color.allowed...)
	for _, verb := range verbs {
		root.AddCommand(verb(e))
	}
	return root
}

// noArgs is for verbs that take no arguments, and for those that only have
// further verbs below them.
func noArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case !cmd.HasSubCommands():
		return usagef("there is no argument to give, and this is one: %q", args[0])
	}
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return usagef("there is no verb %q%s", args[0], orNearest(args[0], names))
}

// flagError says which flag may have been meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && len(unknown.GetSpecifiedName()) > 1 {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		name, ok := nearest.Name(unknown.GetSpecifiedName(), names)
		if ok {
			return usagef("there is no flag --%s: did you mean --%s?", unknown.GetSpecifiedName(), name)
		}
		return usagef("there is no flag --%s", unknown.GetSpecifiedName())
	}
	var bad *pflag.InvalidValueError
	if errors.As(err, &bad) && errors.Unwrap(bad) != nil {
		return usagef("--%s: %v", bad.GetFlag().Name, errors.Unwrap(bad))
	}
	return usageError{err.Error()}
}

// orNearest returns ": did you mean …?" or else the names that there are.
func orNearest(name string, known []string) string {
	if hint := nearest.Hint(name, known); hint != "" {
		return ": " + hint
	}
	if len(known) == 0 || len(known) > 20 {
		return ""
	}
	return ": there is " + strings.Join(known, ", ")
}

// reason words what the system says about a file: "calls.jsonl: no such file".
func reason(err error) error {
	var path *os.PathError
	switch {
	case !errors.As(err, &path):
		return err
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: there is no such file", path.Path)
	}
	return fmt.Errorf("%s: %w", path.Path, path.Err)
}
