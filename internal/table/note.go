package table

import "slices"

// Note is something odd about a file that was put right while reading.
type Note struct {
	Code NoteCode
	Line int // where it was seen first, from 1; 0 where it is the whole file
	Text string
}

// NoteCode is the kind of an oddity.
type NoteCode string

// The oddities.
const (
	Gzipped          NoteCode = "gzip"
	ByteOrderMark    NoteCode = "byte_order_mark"
	UTF16            NoteCode = "utf16"
	Windows1252      NoteCode = "windows_1252"
	LineEnds         NoteCode = "line_ends"        // lines end in CR alone, or in different ways
	DuplicateColumns NoteCode = "duplicate_column" // one note for each name
	UnnamedColumns   NoteCode = "unnamed_columns"
	LooseQuotes      NoteCode = "loose_quotes"  // quotes inside a quoted field that are not doubled
	ShortRows        NoteCode = "short_rows"    // fewer fields than columns
	LongRows         NoteCode = "long_rows"     // more fields than columns, all of them blank
	RepeatedNames    NoteCode = "repeated_name" // the same name twice in a JSON object: the first counts
)

// notes gathers what was odd.
type notes struct{ list []Note }

func (n *notes) add(code NoteCode, line int, text string) {
	n.list = append(n.list, Note{code, line, text})
}

// once adds a note unless there is one of its kind.
func (n *notes) once(code NoteCode, line int, text string) {
	if !slices.ContainsFunc(n.list, func(o Note) bool { return o.Code == code }) {
		n.add(code, line, text)
	}
}
