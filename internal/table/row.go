package table

import (
	"iter"
	"strings"
)

// Kind says what is at a path of a row.
type Kind uint8

// The kinds.
const (
	Absent Kind = iota // no such column or member, or the row ends before it
	Null               // null of JSON
	Blank              // text without anything but space
	Text               // any other text; all of CSV is text
	Number             // of JSON, with its digits as written
	Bool               // of JSON: true or false
	Object             // of JSON
	Array              // of JSON
)

// Row is one row of a table. It stays valid when the next one is read.
type Row struct {
	File string
	Line int // on which it begins, from 1

	raw    string
	header *header  // of CSV; nil in JSON
	fields []string // of CSV
	object *node    // of JSON
	outer  *element // of JSON; nil where the row is in no other
}

// Value returns the text at a path. It is ok if there is anything but blank
// space: absent, null and blank are not, and neither are an object and an array;
// [Row.Kind] tells them apart. The text is as it stands in the file, with the
// space around it. Numbers keep their digits, booleans are true and false.
func (r Row) Value(path string) (text string, ok bool) {
	kind, text := r.at(path)
	return text, kind.filled()
}

// Kind returns what is at a path.
func (r Row) Kind(path string) Kind {
	kind, _ := r.at(path)
	return kind
}

// filled reports whether it is a value.
func (k Kind) filled() bool { return k == Text || k == Number || k == Bool }

func textKind(text string) Kind {
	if strings.TrimSpace(text) == "" {
		return Blank
	}
	return Text
}

func (r Row) at(path string) (Kind, string) {
	if r.header != nil {
		i, ok := r.header.index[path]
		if !ok || i >= len(r.fields) {
			return Absent, ""
		}
		return textKind(r.fields[i]), r.fields[i]
	}
	from, path := r.from(path)
	if n := from.find(path); n != nil {
		return n.kind, n.text
	}
	return Absent, ""
}

// from returns the object that a path of JSON begins in, and the path in it.
func (r Row) from(path string) (*node, string) {
	from, outer := r.object, r.outer
	for {
		rest, ok := strings.CutPrefix(path, "../")
		switch {
		case !ok:
			return from, path
		case outer == nil:
			return nil, rest
		}
		from, outer, path = outer.node, outer.outer, rest
	}
}

// List returns the texts at a path that passes through arrays, such as
// "associations.contacts.results.id", in order, without those that are not ok by
// [Row.Value]. A path to a single value gives a list of one.
func (r Row) List(path string) []string {
	if r.header != nil {
		if text, ok := r.Value(path); ok {
			return []string{text}
		}
		return nil
	}
	from, path := r.from(path)
	return from.list(path, nil)
}

// Leaf is one value of a row.
type Leaf struct {
	Path string
	Kind Kind
	Text string
	// In says that it is in an array, so that Row.List finds it and Row.Value
	// does not; List is then the path of the outermost one.
	In   bool
	List string
}

// Leaves goes through all values of a row: the columns of CSV in order, absent
// ones left out, and whatever is no object and no array in JSON, in the order of
// the file. Paths of values in arrays pass through them, for [Row.List].
func (r Row) Leaves() iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) {
		if r.header == nil {
			r.object.leaves(Leaf{}, true, yield)
			return
		}
		for i, text := range r.fields {
			if !yield(Leaf{Path: r.header.columns[i], Kind: textKind(text), Text: text}) {
				return
			}
		}
	}
}

// Blank reports whether there is no value in the row at all, as in the rows of
// separators that spreadsheets leave at the end.
func (r Row) Blank() bool {
	for leaf := range r.Leaves() {
		if leaf.Kind.filled() {
			return false
		}
	}
	return true
}

// Raw returns the row as it stands in the file, in UTF-8 and without the line
// end: a record of CSV, or an object of JSON.
func (r Row) Raw() string { return r.raw }

// Reject returns the error of a row whose value at a path can not be used. The
// path may be empty for the whole row.
func (r Row) Reject(path, reason string) *RowError {
	return &RowError{File: r.File, Line: r.Line, Column: path, Reason: reason, Raw: r.raw}
}
