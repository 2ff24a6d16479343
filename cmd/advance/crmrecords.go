package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
)

// recordReader reads the records of this command into a pipeline.
type recordReader struct {
	e       *env
	rejects *rejectFile
	out     *crm.Import
	count   *crm.Count
	deals   map[outcome.DealID]pipeline.Source // nil where no deals are named
}

// records reads deals, calls and moves that are records of this command.
func (c *crmChoice) records(e *env, rejects *rejectFile) (*crm.Import, error) {
	for _, role := range []crm.Role{crm.RoleContacts, crm.RoleLinks} {
		if len(*c.tables[role]) > 0 {
			return nil, usagef("--%s needs a mapping: name one with --mapping", role)
		}
	}
	deals, calls, moves := *c.tables[crm.RoleDeals], *c.tables[crm.RoleActivities], *c.tables[crm.RoleHistory]
	if len(deals)+len(calls) == 0 {
		return nil, usagef("nothing to read: name deals with --deals and calls with --activities")
	}
	r := &recordReader{e: e, rejects: rejects, out: &crm.Import{}}
	if len(deals) > 0 {
		r.deals = map[outcome.DealID]pipeline.Source{}
	}
	if err := recordsOf(r, crm.RoleDeals, deals, outcome.ReadDeals, r.deal()); err != nil {
		return nil, err
	}
	if err := recordsOf(r, crm.RoleActivities, calls, e.readSideBySide, r.call()); err != nil {
		return nil, err
	}
	return r.out, r.moves(moves)
}

// recordsOf reads the records of some files. Keep returns why a record has no
// place in the pipeline, if that is so.
func recordsOf[T any](r *recordReader, role crm.Role, files []string, read func(string, io.Reader) iter.Seq2[outcome.Record[T], error],
	keep func(T, pipeline.Source) *crm.Reject,
) error {
	show := r.e.progress(string(role) + " read")
	defer show.done()
	for _, file := range files {
		name, in, done, err := r.e.open(file)
		if err != nil {
			return err
		}
		r.out.Counts = append(r.out.Counts, crm.Count{Role: role, File: name})
		r.count = &r.out.Counts[len(r.out.Counts)-1]
		for record, err := range read(name, in) {
			show.step()
			var bad *outcome.RecordError
			var reject *crm.Reject
			switch {
			case errors.As(err, &bad):
				reject = &crm.Reject{Code: crm.BadRow, Reason: bad.Reason, Source: pipeline.Source{File: bad.File, Line: bad.Line}}
			case err != nil:
				done()
				return reason(err)
			default:
				reject = keep(record.Value, pipeline.Source{File: record.File, Line: record.Line})
			}
			if err := r.settle(reject); err != nil {
				done()
				return err
			}
		}
		done()
	}
	return r.e.ctx.Err()
}

// settle counts a record, and reports it where it is rejected.
func (r *recordReader) settle(reject *crm.Reject) error {
	r.count.Read++
	if reject == nil {
		r.count.Used++
		return nil
	}
	r.count.Rejected++
	reject.Role = r.count.Role
	r.e.fault(reject.Error())
	return r.rejects.write(reject)
}

// fault notes a record that has no place.
func (r *recordReader) fault(f pipeline.Fault) *crm.Reject {
	f.Table = string(r.count.Role)
	r.out.Pipeline.Faults = append(r.out.Pipeline.Faults, f)
	if f.Kind == pipeline.Orphan {
		return &crm.Reject{Code: crm.OrphanRow, Source: f.Source, Column: "deal", Reason: fmt.Sprintf("there is no deal %q", f.Deal)}
	}
	reason := fmt.Sprintf("%q is the id of the record at %s too", f.ID, f.First)
	if f.Differ {
		reason += ", and they differ"
	}
	return &crm.Reject{Code: crm.DuplicateRow, Source: f.Source, Reason: reason}
}

func (r *recordReader) deal() func(outcome.Deal, pipeline.Source) *crm.Reject {
	index := map[outcome.DealID]int{}
	return func(d outcome.Deal, at pipeline.Source) *crm.Reject {
		if i, again := index[d.Deal]; again {
			first := &r.out.Pipeline.Deals[i]
			return r.fault(pipeline.Fault{
				Kind: pipeline.Duplicate, ID: string(d.Deal), Deal: d.Deal, Source: at, First: first.Source,
				Differ: !reflect.DeepEqual(first.Deal, d),
			})
		}
		index[d.Deal], r.deals[d.Deal] = len(r.out.Pipeline.Deals), at
		r.out.Pipeline.Deals = append(r.out.Pipeline.Deals, pipeline.Deal{Deal: d, Created: d.Opened, StageName: d.Claimed, Source: at})
		return nil
	}
}

// orphan reports whether the deals are known, and this is none of them.
func (r *recordReader) orphan(deal outcome.DealID) bool {
	_, known := r.deals[deal]
	return r.deals != nil && !known
}

// call takes calls. Each is an activity too. Of several revisions of one call the
// highest takes the place of the others.
func (r *recordReader) call() func(outcome.Call, pipeline.Source) *crm.Reject {
	type key struct {
		deal outcome.DealID
		id   outcome.CallID
	}
	index := map[key]int{}
	return func(c outcome.Call, at pipeline.Source) *crm.Reject {
		if r.orphan(c.Deal) {
			return r.fault(pipeline.Fault{Kind: pipeline.Orphan, ID: string(c.ID), Deal: c.Deal, Source: at})
		}
		p := &r.out.Pipeline
		a := pipeline.Activity{ID: string(c.ID), Deal: c.Deal, At: c.At, Kind: "call", Tells: true, Source: at}
		i, again := index[key{c.Deal, c.ID}]
		switch {
		case !again:
			index[key{c.Deal, c.ID}] = len(p.Calls)
			p.Calls, p.Activities = append(p.Calls, c), append(p.Activities, a)
		case p.Calls[i].Revision == c.Revision:
			return r.fault(pipeline.Fault{
				Kind: pipeline.Duplicate, ID: string(c.ID), Deal: c.Deal, Source: at, First: p.Activities[i].Source,
				Differ: !reflect.DeepEqual(p.Calls[i], c),
			})
		case p.Calls[i].Revision < c.Revision:
			p.Calls[i], p.Activities[i] = c, a
		}
		return nil
	}
}

// moveRecords is the mapping of the records of moves from stage to stage.
var moveRecords = crm.Definition{
	Format: crm.Format, ID: "records",
	History: []crm.History{{
		ID: crm.Field{Names: []string{"id"}}, Deal: crm.Field{Names: []string{"deal"}}, At: crm.Field{Names: []string{"at"}},
		From: crm.Field{Names: []string{"from"}}, To: crm.Field{Names: []string{"to"}},
	}},
}

// moves reads moves: {"deal","at","from","to","id"}, one a line.
func (r *recordReader) moves(names []string) error {
	if len(names) == 0 {
		return nil
	}
	m, err := moveRecords.Compile()
	if err != nil {
		return err
	}
	c := crmChoice{tables: noTables()}
	*c.tables[crm.RoleHistory] = names
	o := crm.Options{}
	if r.deals != nil {
		o.Deals = []outcome.DealID{}
		for i := range r.out.Pipeline.Deals {
			o.Deals = append(o.Deals, r.out.Pipeline.Deals[i].Deal.Deal)
		}
	}
	read, err := c.read(r.e, m, o, r.rejects)
	if err != nil {
		return err
	}
	r.out.Pipeline.Moves, r.out.Counts = read.Pipeline.Moves, append(r.out.Counts, read.Counts...)
	r.out.Pipeline.Faults = append(r.out.Pipeline.Faults, read.Pipeline.Faults...)
	return nil
}
