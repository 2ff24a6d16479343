package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/terminal"
	"github.com/advance-sales/advance/process"
)

// crmChoice is what the flags say about a pipeline to read: tables of a CRM by a
// mapping, or the records of this command.
type crmChoice struct {
	cmd     *cobra.Command
	mapping string
	tables  map[crm.Role]*[]string
	rejects string

	loaded *crm.Mapping
}

// crmFlags adds the flags that say where a pipeline is read from.
func crmFlags(cmd *cobra.Command) *crmChoice {
	c := &crmChoice{cmd: cmd, tables: noTables()}
	cmd.Flags().StringVar(&c.mapping, "mapping", "",
		"how to read the tables of a CRM: `FILE|NAME`, a YAML file or a built-in one; without it, they are records of this command")
	for _, t := range []struct {
		role crm.Role
		help string
	}{
		{crm.RoleDeals, "the deals, from a `FILE`"},
		{crm.RoleActivities, "calls, meetings, tasks and e-mails, from a `FILE`; TABLE=FILE where the mapping has several tables; may be repeated"},
		{crm.RoleHistory, "the moves from stage to stage, from a `FILE`; may be repeated"},
		{crm.RoleContacts, "names and roles of people, from a `FILE`; may be repeated"},
		{crm.RoleLinks, "which activity belongs to which deal, from a `FILE`; may be repeated"},
	} {
		cmd.Flags().StringArrayVar(c.tables[t.role], string(t.role), nil, t.help)
	}
	cmd.Flags().StringVar(&c.rejects, "rejects", "", "write the rows that can not be used to a `FILE`, with the reason: JSON lines, or CSV by its name")
	complete(cmd, "mapping", completeMapping)
	return c
}

// noTables has a place for the files of each role.
func noTables() map[crm.Role]*[]string {
	tables := map[crm.Role]*[]string{}
	for _, role := range crm.Roles() {
		tables[role] = new([]string)
	}
	return tables
}

// completeMapping completes the names of mappings.
func completeMapping(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return crm.BuiltinNames(), cobra.ShellCompDirectiveDefault
}

// load loads the mapping. It is nil where none is named. Whatever is wrong with
// it is reported, and then the error is errFaults.
func (c *crmChoice) load(e *env) (*crm.Mapping, error) {
	if c.mapping == "" || c.loaded != nil {
		return c.loaded, nil
	}
	load := crm.Builtin
	if isFile(c.mapping) {
		load = crm.Load
	}
	m, err := load(c.mapping)
	if err := e.documentFaults(err); err != nil {
		return nil, err
	}
	c.loaded = m
	return m, nil
}

// documentFaults reports what is wrong with a document. The error is then
// errFaults.
func (e *env) documentFaults(err error) error {
	var faults diagnostic.List
	if !errors.As(err, &faults) {
		return reason(err)
	}
	for _, d := range faults {
		e.fault(d.Error())
	}
	return errFaults
}

// process loads the process: that of --process, or else the one that the mapping
// is written for. What the mapping says of it that is not so is reported.
func (c *crmChoice) process(e *env, choice *processChoice) (*process.Process, error) {
	m, err := c.load(e)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return choice.load(e)
	}
	var p *process.Process
	if !c.cmd.Flags().Changed("process") {
		p, err = m.Process()
		if err := e.documentFaults(err); err != nil {
			return nil, err
		}
	}
	if p == nil {
		if p, err = choice.load(e); err != nil {
			return nil, err
		}
	}
	for _, d := range m.Check(p) {
		if d.Severity == diagnostic.Error {
			e.fault(d.Error())
		}
	}
	if e.faults > 0 {
		return nil, errFaults
	}
	return p, nil
}

// pipelineOf reads the pipeline that the flags name, by their mapping. Rows that
// can not be used are reported as faults; what is odd is told on standard error.
func pipelineOf(e *env, c *crmChoice, p *process.Process) (*crm.Import, error) {
	m, err := c.load(e)
	if err != nil {
		return nil, err
	}
	if err := c.onlyOneStdin(); err != nil {
		return nil, err
	}
	rejects, err := c.openRejects()
	if err != nil {
		return nil, err
	}
	imported, err := c.read(e, m, crm.Options{Process: p, Rejected: func(r crm.Reject) error {
		e.fault(r.Error())
		return rejects.write(&r)
	}})
	if closed := rejects.close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, err
	}
	for _, w := range imported.Warnings {
		e.say(w.Error())
	}
	for _, u := range imported.UnknownStages {
		e.say(fmt.Sprintf("%s: warning: nobody knows the stage %q (%s); it stays as it is spelled: translate it with stages: in the mapping [unknown_stage]",
			u.First, u.Name, count(u.Count, "time")))
	}
	return imported, nil
}

// sayRows prints to standard error what became of the rows.
func (e *env) sayRows(imported *crm.Import) {
	for line := range strings.Lines(countTable(imported.Counts)) {
		e.say(strings.TrimSuffix(line, "\n"))
	}
}

// read reads the tables of a CRM.
func (c *crmChoice) read(e *env, m *crm.Mapping, o crm.Options) (*crm.Import, error) {
	files, done, err := c.files(e)
	defer done()
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, usagef("no table to read: name one with --deals or --activities")
	}
	show := e.progress("rows read")
	defer show.done()
	o.Row = show.step
	imported, err := m.Read(files, o)
	if err != nil {
		return nil, err
	}
	return imported, e.ctx.Err()
}

// say prints to standard error what is no fault.
func (e *env) say(text string) {
	_ = e.lines.Flush() // its error comes back with whatever is printed next
	fmt.Fprintln(e.stderr, terminal.Clean(text))
}

// countTable says what became of the rows.
func countTable(counts []crm.Count) string {
	rows := [][]string{{"table", "read", "used", "rejected", "out of scope", "file"}}
	for _, c := range counts {
		name := string(c.Role)
		if c.Table != "" {
			name += " " + c.Table
		}
		rows = append(rows, []string{name, thousands(c.Read), thousands(c.Used), thousands(c.Rejected), thousands(c.OutOfScope), c.File})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], terminal.Columns(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-terminal.Columns(cell))
			switch i {
			case 0:
				b.WriteString(cell + pad)
			case len(row) - 1:
				b.WriteString("  " + cell)
			default:
				b.WriteString("  " + pad + cell)
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}

// files opens the tables that are named. Done closes them.
func (c *crmChoice) files(e *env) (files []crm.File, done func(), err error) {
	var closers []func()
	done = func() {
		for _, shut := range closers {
			shut()
		}
	}
	for _, role := range crm.Roles() {
		for _, arg := range *c.tables[role] {
			table, file := tableAndFile(arg)
			name, r, shut, err := e.openPlain(file)
			if err != nil {
				return nil, done, err
			}
			closers = append(closers, shut)
			files = append(files, crm.File{Role: role, Table: table, Name: name, Reader: r})
		}
	}
	return files, done, nil
}

// onlyOneStdin makes sure that standard input is not to hold several tables.
func (c *crmChoice) onlyOneStdin() error {
	seen := 0
	for _, files := range c.tables {
		for _, arg := range *files {
			if _, file := tableAndFile(arg); file == stdinFile {
				seen++
			}
		}
	}
	if seen > 1 {
		return usagef("standard input (-) can be read only once")
	}
	return nil
}

// tableAndFile takes the name of a table off an argument such as
// meetings=meetings.csv.
func tableAndFile(arg string) (table, file string) {
	name, rest, ok := strings.Cut(arg, "=")
	if _, err := os.Stat(arg); err == nil || !ok || strings.ContainsAny(name, `/\. `) {
		return "", arg
	}
	return name, rest
}

// openPlain opens a file, or standard input, as it is. A file is opened when it
// is first read: an export may have more parts than a program may have files.
func (e *env) openPlain(file string) (name string, r io.Reader, done func(), err error) {
	if file == stdinFile {
		return stdinName, &interruptible{ctx: e.ctx, r: e.stdin}, func() {}, nil
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return "", nil, nil, reason(err)
	case info.IsDir():
		return "", nil, nil, fmt.Errorf("%s: this is a directory, and tables are read from files", file)
	}
	lazy := &lazyFile{e: e, name: file}
	return file, lazy, lazy.close, nil
}

// lazyFile is a file that is opened when it is read, and closed at its end.
type lazyFile struct {
	e    *env
	name string
	f    *os.File
	end  error
}

// Read reads, until the command is interrupted.
func (l *lazyFile) Read(p []byte) (n int, err error) {
	if err := cmp.Or(l.end, l.e.ctx.Err()); err != nil {
		return 0, err
	}
	if l.f == nil {
		if l.f, err = os.Open(l.name); err != nil {
			l.end = reason(err)
			return 0, l.end
		}
	}
	if n, err = l.f.Read(p); err != nil {
		l.end = err
		l.close()
	}
	return n, err
}

func (l *lazyFile) close() {
	if l.f != nil {
		_ = l.f.Close() // it was only read
		l.f = nil
	}
}
