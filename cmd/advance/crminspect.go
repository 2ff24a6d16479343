package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/draft"
	"github.com/advance-sales/advance/internal/profile"
	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

// inspection is one run of the verb.
type inspection struct {
	process   *processChoice
	format    *choice
	each      string
	separator string
	draft     string
	force     bool
}

func newCRMInspectCmd(e *env) *cobra.Command {
	var i inspection
	cmd := &cobra.Command{
		Use:   "inspect [flags] [[ROLE=]FILE|-]...",
		Short: "Show what is in exported tables, and draft a mapping",
		Long: `Show what is in exported tables, and draft a mapping.

For every file: what it is and what was odd about it; for every column, or path
in JSON, how filled it is, what kind of values it has and which ones. Then what
the tables seem to be (deals, activities, history, contacts or links), whether a
built-in mapping may fit, and a draft of a mapping that reads them.

What a table is can be said, where its columns have names that do not tell:
deals=FILE, activities=FILE, history=FILE, contacts=FILE, links=FILE.

A draft is a guess. It can be read as it is, but it maps only what was sure
enough, and has no rules: what only you can know is marked DECIDE.

Exit codes: 0 when every row could be read, 1 when some could not, 2 when the
command could not run.`,
		Example: `  advance crm inspect deals.csv activities.csv moves.csv
  advance crm inspect --draft crm.yaml deals.csv activities.csv

  # Say what is what
  advance crm inspect deals=vorgaenge.csv activities=termine.csv

  # Rows that are lists in other rows
  advance crm inspect --each Task export.json`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"csv", "tsv", "txt", "json", "jsonl", "ndjson", "gz"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error { return i.run(e, args) },
	}
	i.process = processFlag(cmd)
	i.format = formatFlag(cmd, formatText, formatJSON)
	cmd.Flags().StringVar(&i.each, "each", "", "the `PATH` of the rows in JSON, such as results; without it they are found")
	cmd.Flags().StringVar(&i.separator, "separator", "", "the `CHARACTER` between the fields of CSV; without it, it is found")
	cmd.Flags().StringVar(&i.draft, "draft", "", "write the draft to a `FILE` instead of printing it")
	cmd.Flags().BoolVar(&i.force, "force", false, "write over a draft that is there already")
	completeWith(cmd, "each")
	completeWith(cmd, "separator")
	return cmd
}

// rolesOf takes off what arguments say that their tables are. A file whose name
// is the whole argument is that file.
func rolesOf(args []string) (files []string, roles []crm.Role) {
	roles = make([]crm.Role, max(len(args), 1))
	for n, arg := range args {
		word, file, said := strings.Cut(arg, "=")
		if _, err := os.Stat(arg); err != nil && said && slices.Contains(crm.Roles(), crm.Role(word)) {
			arg, roles[n] = file, crm.Role(word)
		}
		files = append(files, arg)
	}
	return files, roles
}

// inspected is everything that the verb finds out.
type inspected struct {
	guesses []draft.Guess
	draft   string // empty where there is nothing to draft
	file    string // that the draft was written to; may be empty
}

func (i *inspection) run(e *env, args []string) error {
	if len(args) == 0 && e.in.Terminal {
		return usagef("no tables to read: name a file, or - to paste one")
	}
	args, roles := rolesOf(args)
	files, err := e.inputs(args)
	if err != nil {
		return err
	}
	if len(i.separator) > 1 && i.separator != `\t` {
		return usagef("--separator: %q is more than one character", i.separator)
	}
	if i.draft != "" && !i.force {
		if _, err := os.Lstat(i.draft); err == nil {
			return fmt.Errorf("there is %s already: choose another name, or write over it with --force", i.draft)
		}
	}
	p, err := i.process.load(e)
	if err != nil {
		return err
	}
	var found inspected
	for n, file := range files {
		t, err := i.read(e, file)
		if err != nil {
			return err
		}
		switch {
		case t == nil:
		case roles[n] != "":
			found.guesses = append(found.guesses, draft.As(t, roles[n]))
		default:
			found.guesses = append(found.guesses, draft.Of(t))
		}
	}
	draft.Join(found.guesses)
	if err := i.write(e, &found, p); err != nil {
		return err
	}
	return e.ended()
}

// read reads one table. What is no table is reported, and then there is none.
func (i *inspection) read(e *env, file string) (*profile.Table, error) {
	name, r, done, err := e.open(file)
	if err != nil {
		return nil, err
	}
	defer done()
	o := table.Options{Name: name, Each: i.each}
	switch i.separator {
	case "":
	case `\t`:
		o.Separator = '\t'
	default:
		o.Separator = i.separator[0]
	}
	t, err := table.Open(r, o)
	var bad *table.FileError
	switch {
	case errors.As(err, &bad) && bad.Err == nil:
		e.fault(bad.Error())
		return nil, nil
	case err != nil:
		return nil, err
	}
	progress := e.progress("rows")
	defer progress.done()
	found, err := profile.Read(t, progress.step)
	if err != nil {
		return nil, err
	}
	progress.done()
	for _, bad := range found.Rejects {
		e.fault(bad.Error())
	}
	if n := found.Rejected - len(found.Rejects); n > 0 {
		e.fault(fmt.Sprintf("%s: %s more that can not be read", name, count(n, "row")))
	}
	if found.Stopped != nil {
		e.fault(found.Stopped.Error())
	}
	return found, nil
}

// write drafts the mapping, and writes everything.
func (i *inspection) write(e *env, found *inspected, p *process.Process) error {
	if draft.Useful(found.guesses) {
		var b bytes.Buffer
		if err := draft.Write(&b, found.guesses, p, i.process.name); err != nil {
			return err
		}
		found.draft = b.String()
		if i.draft != "" {
			if err := os.WriteFile(i.draft, b.Bytes(), 0o666); err != nil {
				return reason(err)
			}
			found.file = i.draft
		}
	}
	if i.format.word == formatJSON {
		if err := writeInspectJSON(e, found); err != nil {
			return err
		}
	} else if err := writeInspectText(e, found); err != nil {
		return err
	}
	if err := e.lines.Flush(); err != nil {
		return err
	}
	switch {
	case found.file != "":
		fmt.Fprintf(e.stderr, "wrote %s\n", terminal.Clean(found.file))
	case i.draft != "":
		fmt.Fprintf(e.stderr, "%s was not written: there is no table of deals, activities, history, contacts or links\n", terminal.Clean(i.draft))
	}
	return nil
}

// fitting returns the built-in mappings that may fit the tables.
func (f *inspected) fitting() []string {
	var names []string
	for _, name := range crm.BuiltinNames() {
		for _, g := range f.guesses {
			if g.System == name {
				names = append(names, name)
				break
			}
		}
	}
	return names
}
