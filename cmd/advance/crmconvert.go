package main

import (
	"os"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// conversion is one run of the verb.
type conversion struct {
	crm                 *crmChoice
	process             *processChoice
	calls, deals, moves string
	dir                 string
}

func newCRMConvertCmd(e *env) *cobra.Command {
	var c conversion
	cmd := &cobra.Command{
		Use:   "convert [flags]",
		Short: "Turn exported tables into call and deal records",
		Long: `Turn exported tables into call and deal records.

A mapping says what the columns mean, and which records show that a buyer
committed to something; docs/mapping.md explains it. The call records are
printed as JSON lines, unless a file is named for them.

What became of the rows is told on standard error: rows read = rows used + rows
rejected + rows out of scope. A rejected row is reported with its line and the
reason, and never stops the rest.

Exit codes: 0 when all rows were used or out of scope, 1 when some were
rejected, 2 when the command could not run.`,
		Example: `  advance crm convert --mapping crm.yaml --deals deals.csv \
    --activities activities.csv --history moves.csv -o records

  # A CRM that there is a mapping for
  advance crm convert --mapping hubspot --deals deals.json \
    --activities meetings=meetings.json > calls.jsonl

  # Judge at once
  advance crm convert --mapping crm.yaml --activities activities.csv \
    --rejects rejects.csv | advance evaluate -`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return c.run(e) },
	}
	c.crm = crmFlags(cmd)
	c.process = processFlag(cmd)
	cmd.Flags().StringVar(&c.calls, "calls-out", "", "write the call records to a `FILE`; - is standard output")
	cmd.Flags().StringVar(&c.deals, "deals-out", "", "write the deal records to a `FILE`; - is standard output")
	cmd.Flags().StringVar(&c.moves, "moves-out", "", "write the moves from stage to stage to a `FILE`; - is standard output")
	cmd.Flags().StringVarP(&c.dir, "out", "o", "", "write calls.jsonl, deals.jsonl and moves.jsonl into a `DIR`, and rejects.jsonl")
	return cmd
}

func (c *conversion) run(e *env) error {
	if c.crm.mapping == "" {
		return usagef("what do the columns mean? Name a mapping with --mapping: a file, or one of the built-in ones%s", orNearest("", crm.BuiltinNames()))
	}
	if err := c.outputs(); err != nil {
		return err
	}
	p, err := c.crm.process(e, c.process)
	if err != nil {
		return err
	}
	read, err := pipelineOf(e, c.crm, p)
	if err != nil {
		return err
	}
	e.sayRows(read)
	for _, out := range []struct {
		file  string
		write func(*jsontext.Encoder) error
	}{
		{c.calls, func(enc *jsontext.Encoder) error { return writeCalls(enc, read.Pipeline.Calls) }},
		{c.deals, func(enc *jsontext.Encoder) error { return writeDeals(enc, read.Pipeline.Deals) }},
		{c.moves, func(enc *jsontext.Encoder) error { return writeMoves(enc, read.Pipeline.Moves) }},
	} {
		if out.file == "" {
			continue
		}
		if err := e.writeRecords(out.file, out.write); err != nil {
			return err
		}
	}
	return e.ended()
}

// outputs finds out where the records go.
func (c *conversion) outputs() error {
	if c.dir != "" {
		if c.calls+c.deals+c.moves != "" {
			return usagef("-o names the files itself: leave out --calls-out, --deals-out and --moves-out")
		}
		if err := os.MkdirAll(c.dir, 0o755); err != nil {
			return reason(err)
		}
		c.calls, c.deals, c.moves = filepath.Join(c.dir, "calls.jsonl"), filepath.Join(c.dir, "deals.jsonl"), filepath.Join(c.dir, "moves.jsonl")
		if c.crm.rejects == "" {
			c.crm.rejects = filepath.Join(c.dir, "rejects.jsonl")
		}
	}
	if c.calls+c.deals+c.moves == "" {
		c.calls = stdinFile
	}
	return nil
}

// writeRecords writes records to a file, or to standard output.
func (e *env) writeRecords(file string, write func(*jsontext.Encoder) error) error {
	if file == stdinFile {
		return write(jsontext.NewEncoder(e.stdout))
	}
	f, err := os.Create(file)
	if err != nil {
		return reason(err)
	}
	err = write(jsontext.NewEncoder(f))
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

func writeCalls(enc *jsontext.Encoder, calls []outcome.Call) error {
	for i := range calls {
		if err := json.MarshalEncode(enc, &calls[i]); err != nil {
			return err
		}
	}
	return nil
}

func writeDeals(enc *jsontext.Encoder, deals []pipeline.Deal) error {
	for i := range deals {
		if err := json.MarshalEncode(enc, &deals[i].Deal); err != nil {
			return err
		}
	}
	return nil
}

// moveRecord is a move from stage to stage, as --history reads it without a
// mapping.
type moveRecord struct {
	ID   string          `json:"id,omitzero"`
	Deal outcome.DealID  `json:"deal"`
	At   string          `json:"at"`
	From process.StageID `json:"from,omitzero"`
	To   process.StageID `json:"to"`
}

func writeMoves(enc *jsontext.Encoder, moves []pipeline.Move) error {
	for _, m := range moves {
		at, err := m.At.MarshalText()
		if err != nil {
			return err
		}
		if err := json.MarshalEncode(enc, moveRecord{m.ID, m.Deal, string(at), m.From, m.To}); err != nil {
			return err
		}
	}
	return nil
}
