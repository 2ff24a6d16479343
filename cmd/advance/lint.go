package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/terminal"
)

// linting is one run of the verb.
type linting struct {
	asOf    *asOfChoice
	format  *choice
	strict  bool
	verbose bool
}

func newLintCmd(e *env) *cobra.Command {
	var l linting
	cmd := &cobra.Command{
		Use:   "lint [flags] [FILE|DIR|GLOB|-]...",
		Short: "Check processes, test cases and mappings, and advise on them",
		Long: `Check processes, test cases and mappings, and advise on them.

Errors keep a document from being used; warnings are advice on what could be
better about it. Each is told with its place, with what would be right, and with
a code that docs/diagnostics.md or docs/mapping.md explains.

A file that is named is checked whatever is in it; "-" is standard input. In a
directory, and below it, every YAML document with the key "advance" is a
process, every one with the key "cases" holds test cases, and every one with the
key "mapping" is a mapping; all else is passed over.
Without arguments it is the directory that you are in.

Exit codes: 0 when nothing counts, 1 when there are errors, or with --strict
warnings, 2 when the command could not run.`,
		Example: `  advance lint sales.yaml
  advance lint --strict processes/

  # Mark the lines of a pull request
  advance lint --format github .
  advance lint --format sarif . > advance.sarif`,
		GroupID: groupProcess,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error { return l.run(e, args) },
	}
	l.asOf = asOfFlag(cmd)
	l.format = formatFlag(cmd, formatText, formatJSON, "sarif", "github")
	cmd.Flags().BoolVar(&l.strict, "strict", false, "make warnings count")
	cmd.Flags().BoolVarP(&l.verbose, "verbose", "v", false, "say which documents are checked, and which are passed over")
	return cmd
}

// linted is everything that the verb finds out.
type linted struct {
	documents []document
	diags     diagnostic.List
	asOf      asOf
}

func (l *linting) run(e *env, args []string) error {
	documents, passed, err := findDocuments(e, args)
	if err != nil {
		return err
	}
	found := linted{documents: documents, asOf: l.asOf.from(e, time.UTC, time.Time{})}
	seen := map[diagnostic.Diagnostic]bool{}
	for _, d := range documents {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		if l.verbose {
			fmt.Fprintf(e.stderr, "%s: checked as %s\n", terminal.Clean(d.file), d.kind.what)
		}
		for _, diag := range d.kind.lint(d.file, d.src, found.asOf.at) {
			if !seen[diag] { // of a process that test cases name, and that is checked by itself too
				seen[diag] = true
				found.diags = append(found.diags, diag)
			}
		}
	}
	if l.verbose {
		for _, file := range passed {
			fmt.Fprintf(e.stderr, "%s: passed over, it has none of the keys \"advance\", \"cases\" and \"mapping\"\n", terminal.Clean(file))
		}
	}
	if err := l.write(e, &found); err != nil {
		return err
	}
	if found.diags.Count(diagnostic.Error) > 0 || l.strict && found.diags.Count(diagnostic.Warning) > 0 {
		return errFaults
	}
	return nil
}

func (l *linting) write(e *env, found *linted) error {
	var err error
	switch l.format.word {
	case formatJSON:
		err = writeLintJSON(e, found)
	case "sarif":
		err = writeSARIF(e, found)
	case "github":
		err = writeGitHub(e.stdout, found.diags)
	default:
		err = writeLintText(e, found)
	}
	if err != nil {
		return err
	}
	if err := e.lines.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stderr, "%s and %s in %s, as of %s%s\n",
		count(found.diags.Count(diagnostic.Error), "error"), count(found.diags.Count(diagnostic.Warning), "warning"),
		count(len(found.documents), "document"), moment(found.asOf.at, time.UTC), found.asOf.note())
	return err
}
