package crm

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/table"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/pipeline"
	"github.com/advance-sales/advance/process"
)

// Read reads files into a pipeline. They may come in any order: deals, contacts
// and links are read first. The error is that of a reader, a *FileError where a file does
// not fit the mapping, or what Options.Rejected returned; a row that can not be
// used is no error.
func (m *Mapping) Read(files []File, o Options) (*Import, error) {
	im := &importer{
		m: m, o: o, result: &Import{},
		deals: map[string]dealSeen{}, activities: map[string]seen{},
		people: newPeople(), links: map[string]*link{}, words: map[string]string{},
		tables: map[tableKey]map[string]seen{},
		warned: map[warningKey]int{}, wordsTold: map[warningKey]int{}, held: map[int]bool{}, unknown: map[string]int{},
		spelled: map[string]process.StageID{},
	}
	im.hasDeals = o.Deals != nil
	for _, id := range o.Deals {
		im.deals[string(id)] = dealSeen{id: id}
	}
	for _, role := range Roles() {
		for i := range files {
			if files[i].Role != role {
				continue
			}
			if err := im.file(&files[i]); err != nil {
				return nil, err
			}
		}
	}
	im.dropRetold()
	if o.Process != nil {
		im.result.Pipeline.Stages = m.shownStages(o.Process, &im.result.Pipeline)
	}
	im.result.Pipeline.Calls = dropLate(im.result.Pipeline.Calls, im.held)
	slices.SortStableFunc(im.result.Counts, func(a, b Count) int { return cmp.Compare(shown(a.Role), shown(b.Role)) })
	return im.result, nil
}

// shown is where the count of a role stands.
func shown(r Role) int {
	return slices.Index([]Role{RoleDeals, RoleActivities, RoleHistory, RoleContacts, RoleLinks}, r)
}

// importer is one run of Read.
type importer struct {
	m      *Mapping
	o      Options
	result *Import

	hasDeals   bool // a table of deals was read: activities of others are orphans
	deals      map[string]dealSeen
	activities map[string]seen
	tables     map[tableKey]map[string]seen // rows of history and contacts
	moves      map[string]seen              // of these, those of the table that is being read
	spans      []span                       // the moves that each file of the history told
	people     *people
	links      map[string]*link // by activity
	words      map[string]string
	warned     map[warningKey]int         // index in the warnings
	wordsTold  map[warningKey]int         // values of a column that nobody knows
	held       map[int]bool               // calls that are calls whatever was said in them, by index
	unknown    map[string]int             // index in the unknown stages
	spelled    map[string]process.StageID // what the process makes of a name

	count    *Count // of the file that is being read
	table    tableReader
	pictures []picture // of a history
}

// tableKey is a table of the mapping.
type tableKey struct {
	role Role
	name string
}

// seen is a row that was used. There are as many as rows, so it is small.
type seen struct {
	hash uint64 // of the row
	line int32
	file int32 // index in the counts
}

// place is where a row that was used stands.
func (im *importer) place(s seen) pipeline.Source {
	return pipeline.Source{File: im.result.Counts[s.file].File, Line: int(s.line)}
}

type dealSeen struct {
	seen
	id      outcome.DealID
	outside bool // out of scope
}

// fate is what becomes of a row: used, out of scope, or rejected.
type fate struct {
	reject *Reject
	out    bool
}

var (
	used  = fate{}
	aside = fate{out: true}
)

// rejected is the fate of a row that can not be used.
func rejected(code RejectCode, column, reason string) fate {
	return fate{reject: &Reject{Code: code, Column: column, Reason: reason}}
}

// file reads one file.
func (im *importer) file(f *File) error {
	tables, err := im.m.candidates(f)
	if err != nil {
		return err
	}
	t, tables, err := open(f, tables)
	if err != nil {
		return err
	}
	im.result.Counts = append(im.result.Counts, Count{Role: f.Role, File: f.Name})
	im.count, im.table = &im.result.Counts[len(im.result.Counts)-1], nil
	im.pictures = nil
	im.hasDeals = im.hasDeals || f.Role == RoleDeals
	if columns := t.Columns(); t.Format() == table.CSV {
		if im.table, err = im.choose(tables, f, func(name string) bool { return slices.Contains(columns, name) }); err != nil {
			return err
		}
		if err := im.columns(f, columns); err != nil {
			return err
		}
	} else if len(tables) == 1 {
		im.table = tables[0]
		im.count.Table = tables[0].common().name
	}
	first := len(im.result.Pipeline.Moves)
	if err := im.rows(t, tables, f); err != nil {
		return err
	}
	if im.table != nil {
		im.table.done(im)
		im.spans = append(im.spans, span{im.table.common().name, first, len(im.result.Pipeline.Moves)})
	}
	if im.count.Read == 0 {
		im.warn(Warning{Code: NoRows, Source: pipeline.Source{File: f.Name}, Reason: "there are no rows in it"}, "")
	}
	for _, n := range t.Notes() {
		im.warn(Warning{Code: Oddity, Source: pipeline.Source{File: f.Name, Line: n.Line}, Reason: n.Text}, string(n.Code)+n.Text)
	}
	return nil
}

// rows reads the rows of a file. Of JSON the first row tells which of several
// tables it is.
func (im *importer) rows(t *table.Reader, tables []tableReader, f *File) error {
	for row, err := range t.Rows() {
		var bad *table.RowError
		what := aside
		switch {
		case errors.As(err, &bad):
			what = rejected(BadRow, bad.Column, bad.Reason)
			what.reject.Raw = bad.Raw
			row.Line = bad.Line
		case err != nil:
			return err
		case !row.Blank():
			if im.table == nil {
				has := func(name string) bool { return row.Kind(name) != table.Absent || len(row.List(name)) > 0 }
				if im.table, err = im.choose(tables, f, has); err != nil {
					return err
				}
			}
			what = im.row(row)
		}
		if err := im.settle(row, what); err != nil {
			return err
		}
	}
	return nil
}

// row decides what becomes of a row.
func (im *importer) row(row table.Row) fate {
	t := im.table.common()
	key := tableKey{t.role, t.name}
	if im.moves = im.tables[key]; im.moves == nil {
		im.moves = map[string]seen{}
		im.tables[key] = im.moves
	}
	if !t.where.met(row) || len(t.unless) > 0 && t.unless.met(row) {
		return im.table.outside(im, row)
	}
	return im.table.row(im, row)
}

// settle counts a row, and reports it where it is rejected.
func (im *importer) settle(row table.Row, what fate) error {
	im.count.Read++
	if im.o.Row != nil {
		im.o.Row()
	}
	switch r := what.reject; {
	case what.out:
		im.count.OutOfScope++
	case r == nil:
		im.count.Used++
	default:
		im.count.Rejected++
		r.Role, r.Table = im.count.Role, im.count.Table
		r.Source = im.source(row)
		if r.Raw == "" {
			r.Raw = row.Raw()
		}
		if im.o.Rejected != nil {
			return im.o.Rejected(*r)
		}
		im.result.Rejects = append(im.result.Rejects, *r)
	}
	return nil
}

func (im *importer) source(row table.Row) pipeline.Source {
	return pipeline.Source{File: im.count.File, Line: row.Line}
}

// seen is what is kept of a row that is used.
func (im *importer) seen(row table.Row) seen {
	h := fnv.New64a()
	_, _ = io.WriteString(h, row.Raw()) // a hash takes everything
	return seen{hash: h.Sum64(), line: int32(row.Line), file: int32(len(im.result.Counts) - 1)}
}

// duplicate is the fate of a row whose id another row has.
func (im *importer) duplicate(row table.Row, first seen, column, id string, deal outcome.DealID) fate {
	at, differ := im.place(first), im.seen(row).hash != first.hash
	im.fault(row, pipeline.Fault{Kind: pipeline.Duplicate, ID: id, Deal: deal, First: at, Differ: differ})
	if column == "" {
		return rejected(DuplicateRow, "", fmt.Sprintf("it is the same as the row at %s", at))
	}
	reason := fmt.Sprintf("%q is the id of the row at %s too", id, at)
	if differ {
		reason += ", and they differ"
	}
	return rejected(DuplicateRow, column, reason)
}

// orphan is the fate of a row whose deal is not there.
func (im *importer) orphan(row table.Row, column, id, deal string) fate {
	im.fault(row, pipeline.Fault{Kind: pipeline.Orphan, ID: id, Deal: outcome.DealID(im.keep(deal))})
	return rejected(OrphanRow, column, fmt.Sprintf("there is no deal %q", deal))
}

func (im *importer) fault(row table.Row, f pipeline.Fault) {
	f.Table, f.Source, f.ID = string(im.count.Role), im.source(row), strings.Clone(f.ID)
	im.result.Pipeline.Faults = append(im.result.Pipeline.Faults, f)
}

// keep returns a text that does not hold on to the row that it comes from. The
// same text is kept once.
func (im *importer) keep(text string) string {
	if text == "" {
		return ""
	}
	kept, ok := im.words[text]
	if !ok {
		kept = strings.Clone(text)
		im.words[kept] = kept
	}
	return kept
}

// deal finds the deal of a row. It is none where the deal is out of scope, and
// missing where it is not among those that were read.
func (im *importer) deal(id string) (deal outcome.DealID, outside, missing bool) {
	d, ok := im.deals[id]
	if !ok && im.hasDeals {
		d, ok = im.deals[otherSpelling(id)]
	}
	switch {
	case ok:
		return d.id, d.outside, false
	case im.hasDeals:
		return "", false, true
	}
	return outcome.DealID(im.keep(id)), false, false
}

// stage translates the name of a stage.
func (im *importer) stage(row table.Row, name string) process.StageID {
	if name == "" {
		return ""
	}
	if id, ok := im.m.stages[fold(name)]; ok {
		return id
	}
	if im.o.Process != nil {
		spelled, ok := im.spelled[name]
		if !ok {
			spelled = pipeline.StageOf(im.o.Process, process.StageID(im.keep(name)))
			im.spelled[im.keep(name)] = spelled
		}
		if _, ok := im.o.Process.StageByID(spelled); ok {
			return spelled
		}
	}
	kept := im.keep(name)
	if im.m.stages != nil || im.o.Process != nil {
		i, ok := im.unknown[kept]
		if !ok {
			i = len(im.result.UnknownStages)
			im.unknown[kept] = i
			im.result.UnknownStages = append(im.result.UnknownStages, UnknownStage{Name: kept, First: im.source(row)})
		}
		im.result.UnknownStages[i].Count++
	}
	return process.StageID(kept)
}
