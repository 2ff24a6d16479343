package main

import (
	"sort"

	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// auditInput is where an audit gets its deals from.
type auditInput interface {
	// pipeline holds the deals, and once all is settled the faults.
	pipeline() *pipeline.Pipeline
	// Len is how many deals there are, in the order of their ids.
	Len() int
	// find returns the place of the deal with an id, which has to be there.
	find(id outcome.DealID) int
	// rows gathers what is on record of a deal, and reports whether there is
	// anything. Several deals may be gathered at once.
	rows(i int, room *dealRoom) bool
	// settle comes once all rows have been gathered. It reports what could not
	// be used, and says what became of all rows.
	settle() (*crm.Import, error)
	// close comes once nothing is gathered any more. It may come again.
	close()
}

// dealRoom is what a deal is gathered and replayed in. It is used again for
// another one.
type dealRoom struct {
	rows     pipeline.Rows
	lines    []int32 // of the calls, for a shelf
	decoder  outcome.Decoder
	replayer *pipeline.Replayer
}

// dealsOf reads the pipeline that the flags name: by a mapping, or without one
// the records of this command.
func dealsOf(e *env, c *crmChoice, ev *outcome.Evaluator, o pipeline.Options) (auditInput, error) {
	m, err := c.load(e)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return c.records(e)
	}
	imported, err := pipelineOf(e, c, ev.Process())
	if err != nil {
		return nil, err
	}
	return &tables{imported, pipeline.NewBook(ev, &imported.Pipeline, o)}, nil
}

// tables are those of a CRM, read with a mapping.
type tables struct {
	imported *crm.Import
	*pipeline.Book
}

func (t *tables) pipeline() *pipeline.Pipeline { return &t.imported.Pipeline }

func (t *tables) find(id outcome.DealID) int {
	var rows pipeline.Rows
	return sort.Search(t.Len(), func(i int) bool {
		t.Rows(i, &rows)
		return rows.Deal.Deal.Deal >= id
	})
}

func (t *tables) rows(i int, room *dealRoom) bool {
	t.Rows(i, &room.rows)
	return true
}

func (t *tables) settle() (*crm.Import, error) { return t.imported, nil }

func (t *tables) close() {}

// auditRows accounts for the rows that were read, and says how many of them
// could not be used for a reason that no finding tells: a duplicate and an
// orphan are findings.
func auditRows(imported *crm.Import) (rows []audit.Rows, unusable int) {
	for _, c := range imported.Counts {
		table := string(c.Role)
		if c.Table != "" {
			table += " " + c.Table
		}
		rows = append(rows, audit.Rows{Table: table, File: c.File, Read: c.Read, Used: c.Used, Rejected: c.Rejected, OutOfScope: c.OutOfScope})
		unusable += c.Rejected
	}
	return rows, unusable - len(imported.Pipeline.Faults)
}
