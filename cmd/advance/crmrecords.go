package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// records are those of this command: deals, calls by deal, and moves.
type records struct {
	*shelf
	e       *env
	out     crm.Import // of the deals, until all is settled
	moves   crm.Import // likewise
	rejects *rejectFile
}

// records reads deals, calls and moves that are records of this command. The
// calls stay as they came until their deal is asked for, so what is wrong with
// them is known once all deals have been.
func (c *crmChoice) records(e *env) (*records, error) {
	for _, role := range []crm.Role{crm.RoleContacts, crm.RoleLinks} {
		if len(*c.tables[role]) > 0 {
			return nil, usagef("--%s needs a mapping: name one with --mapping", role)
		}
	}
	deals, calls, moves := *c.tables[crm.RoleDeals], *c.tables[crm.RoleActivities], *c.tables[crm.RoleHistory]
	if len(deals)+len(calls) == 0 {
		return nil, usagef("nothing to read: name deals with --deals and calls with --activities")
	}
	rejects, err := c.openRejects()
	if err != nil {
		return nil, err
	}
	r := &records{shelf: newShelf(), e: e, rejects: rejects}
	if err := r.read(deals, calls, moves); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *records) read(deals, calls, moves []string) error {
	if err := r.files(crm.RoleDeals, deals, r.readDeals); err != nil {
		return err
	}
	r.records, r.closed = r.out.Pipeline.Deals, len(deals) > 0
	if err := r.files(crm.RoleActivities, calls, r.shelf.read); err != nil {
		return err
	}
	if err := r.readMoves(moves); err != nil {
		return err
	}
	r.sort()
	return r.e.ctx.Err()
}

// files reads files of records, one after the other.
func (r *records) files(role crm.Role, files []string, read func(string, io.Reader, *progress) error) error {
	show := r.e.progress(string(role) + " read")
	defer show.done()
	for _, file := range files {
		name, in, done, err := r.e.open(file)
		if err != nil {
			return err
		}
		err = read(name, in, show)
		done()
		if err := reason(err); err != nil {
			return err
		}
		if err := r.e.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (r *records) readDeals(name string, in io.Reader, show *progress) error {
	r.out.Counts = append(r.out.Counts, crm.Count{Role: crm.RoleDeals, File: name})
	count := &r.out.Counts[len(r.out.Counts)-1]
	for record, err := range dealsSideBySide(name, in) {
		show.step()
		var bad *outcome.RecordError
		if err != nil && !errors.As(err, &bad) {
			return err
		}
		count.Read++
		if err == nil {
			err = r.keep(record)
		}
		if err == nil {
			count.Used++
			continue
		}
		count.Rejected++
		if err := r.reject(crm.RoleDeals, err); err != nil {
			return err
		}
	}
	return nil
}

// keep keeps a deal. Of several records of one deal the first counts.
func (r *records) keep(d outcome.Record[outcome.Deal]) error {
	p := &r.out.Pipeline
	place, at := &r.deals[r.deal(d.Value.Deal)], pipeline.Source{File: d.File, Line: d.Line}
	if place.record > 0 {
		first := &p.Deals[place.record-1]
		return unplaced{Fault: pipeline.Fault{
			Kind: pipeline.Duplicate, ID: string(d.Value.Deal), Deal: d.Value.Deal, Source: at, First: first.Source,
			Differ: !reflect.DeepEqual(first.Deal, d.Value),
		}}
	}
	if n := len(p.Deals); n == cap(p.Deals) {
		p.Deals = slices.Grow(p.Deals, n+1) // copied less often than by itself
	}
	p.Deals = append(p.Deals, pipeline.Deal{Deal: d.Value, Created: d.Value.Opened, StageName: d.Value.Claimed, Source: at})
	place.record = int32(len(p.Deals))
	return nil
}

// unplaced says that a record has no place in the pipeline.
type unplaced struct{ pipeline.Fault }

// Error says why.
func (u unplaced) Error() string {
	text := fmt.Sprintf("%q is the id of the record at %s too", u.ID, u.First)
	switch {
	case u.Kind == pipeline.Orphan:
		text = fmt.Sprintf("there is no deal %q", u.Deal)
	case u.Differ:
		text += ", and they differ"
	}
	return text
}

// reject reports a record that can not be used.
func (r *records) reject(role crm.Role, why error) error {
	reject := crm.Reject{Role: role, Code: crm.BadRow, Reason: why.Error()}
	var bad *outcome.RecordError
	var unplaced unplaced
	switch {
	case errors.As(why, &bad):
		reject.Reason, reject.Source = bad.Reason, pipeline.Source{File: bad.File, Line: bad.Line}
	case errors.As(why, &unplaced):
		reject.Code, reject.Source = crm.DuplicateRow, unplaced.Source
		if unplaced.Kind == pipeline.Orphan {
			reject.Code, reject.Column = crm.OrphanRow, "deal"
		}
		unplaced.Table = string(role)
		r.out.Pipeline.Faults = append(r.out.Pipeline.Faults, unplaced.Fault)
	}
	r.e.fault(reject.Error())
	return r.rejects.write(&reject)
}

// settle reports the calls that could not be used, and then the moves, and says
// what became of everything that was read.
func (r *records) settle() (*crm.Import, error) {
	for refused := range r.inOrder() {
		if err := r.reject(crm.RoleActivities, refused); err != nil {
			return nil, err
		}
	}
	for i := range r.moves.Rejects {
		r.e.fault(r.moves.Rejects[i].Error())
		if err := r.rejects.write(&r.moves.Rejects[i]); err != nil {
			return nil, err
		}
	}
	r.out.Counts = slices.Concat(r.out.Counts, r.counts, r.moves.Counts)
	p := &r.out.Pipeline
	p.Moves, p.Faults = r.moves.Pipeline.Moves, append(p.Faults, r.moves.Pipeline.Faults...)
	return &r.out, r.rejects.close()
}

func (r *records) pipeline() *pipeline.Pipeline { return &r.out.Pipeline }

// close lets go of the lines, and of the file of rejects, also where nothing was
// settled.
func (r *records) close() {
	r.parts, r.lines = nil, nil
	_ = r.rejects.close()
}

// moveRecords is the mapping of the records of moves from stage to stage.
var moveRecords = crm.Definition{
	Format: crm.Format, ID: "records",
	History: []crm.History{{
		ID: crm.Field{Names: []string{"id"}}, Deal: crm.Field{Names: []string{"deal"}}, At: crm.Field{Names: []string{"at"}},
		From: crm.Field{Names: []string{"from"}}, To: crm.Field{Names: []string{"to"}},
	}},
}

// readMoves reads moves: {"deal","at","from","to","id"}, one a line.
func (r *records) readMoves(names []string) error {
	if len(names) == 0 {
		return nil
	}
	m, err := moveRecords.Compile()
	if err != nil {
		return err
	}
	c := crmChoice{tables: noTables()}
	*c.tables[crm.RoleHistory] = names
	o := crm.Options{Rejected: func(reject crm.Reject) error {
		r.moves.Rejects = append(r.moves.Rejects, reject)
		return nil
	}}
	if r.closed {
		o.Deals = []outcome.DealID{}
		for i := range r.records {
			o.Deals = append(o.Deals, r.records[i].Deal.Deal)
		}
	}
	read, err := c.read(r.e, m, o)
	if err != nil {
		return err
	}
	r.moves.Pipeline, r.moves.Counts = read.Pipeline, read.Counts
	for _, move := range read.Pipeline.Moves {
		d := &r.deals[r.deal(move.Deal)]
		d.moves = append(d.moves, move)
	}
	return nil
}
