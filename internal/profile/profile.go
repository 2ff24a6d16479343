package profile

import (
	"errors"

	"github.com/advance-sales/advance/internal/table"
)

// The limits of what is kept.
const (
	MaxValues   = 200     // different values of a column that are counted each
	MaxDistinct = 1 << 18 // different values of a column that are told apart
	MaxHashes   = 1 << 21 // different values of all columns that are told apart
	MaxPaths    = 5_000   // columns, or paths in JSON
	MaxRejects  = 5       // rows that could not be read
	maxText     = 120     // bytes of a value that are kept
	maxSamples  = 3
)

// Table is what is known of a table.
type Table struct {
	File      string
	Format    table.Format
	Separator byte   // of CSV
	Each      string // the path of the rows of JSON
	Rows      int    // that could be read
	Blank     int    // of these, rows without any value
	Rejected  int    // rows that could not be read
	Rejects   []*table.RowError
	Stopped   *table.FileError // why the rest of the file was not read; nil where all was
	Notes     []table.Note
	Columns   []*Column // in the order of the table
	More      bool      // there are more columns than MaxPaths
}

// Read reads a table to its end. The error is that of the reader; a file that is
// not as it should be is told in the result. For each row step is called.
func Read(r *table.Reader, step func()) (*Table, error) {
	t := &Table{File: r.Name(), Format: r.Format(), Separator: r.Separator(), Each: r.Each()}
	g := gatherer{t: t, byPath: map[string]*gathered{}, hashes: MaxHashes}
	for _, path := range r.Columns() {
		g.column(table.Leaf{Path: path})
	}
	for row, err := range r.Rows() {
		var bad *table.RowError
		switch {
		case errors.As(err, &bad):
			if t.Rejected++; len(t.Rejects) < MaxRejects {
				t.Rejects = append(t.Rejects, bad)
			}
		case errors.As(err, &t.Stopped):
			if t.Stopped.Err != nil {
				return nil, err
			}
		case err != nil:
			return nil, err
		default:
			g.row(row)
		}
		step()
	}
	t.Notes = r.Notes()
	for _, c := range g.columns {
		t.Columns = append(t.Columns, c.finish())
	}
	return t, nil
}

// Column finds a column by its path, or returns nil.
func (t *Table) Column(path string) *Column {
	for _, c := range t.Columns {
		if c.Path == path {
			return c
		}
	}
	return nil
}

// gatherer gathers what is in the columns of a table.
type gatherer struct {
	t       *Table
	columns []*gathered
	byPath  map[string]*gathered
	hashes  int // that may still be kept
}

func (g *gatherer) column(leaf table.Leaf) *gathered {
	if c, ok := g.byPath[leaf.Path]; ok {
		return c
	}
	if len(g.columns) == MaxPaths {
		g.t.More = true
		return nil
	}
	c := newGathered(leaf, &g.hashes)
	g.columns = append(g.columns, c)
	g.byPath[leaf.Path] = c
	return c
}

func (g *gatherer) row(row table.Row) {
	g.t.Rows++
	blank := true
	for leaf := range row.Leaves() {
		c := g.column(leaf)
		if c == nil {
			continue
		}
		if leaf.Kind != table.Null && leaf.Kind != table.Blank {
			blank = false
			c.add(leaf, g.t.Rows, row.Line)
		}
	}
	if blank {
		g.t.Blank++
	}
}
