package table

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
)

// Options are what [Open] can be told. The zero Options find out everything by
// themselves.
type Options struct {
	// Name is the name of the file, for errors.
	Name string
	// Each is the path to the rows of a JSON file, such as "results" or "Task".
	// Empty finds them. CSV has no use for it and leaves it alone.
	Each string
	// Separator is between the fields of CSV. 0 finds it.
	Separator byte
	// MaxRow is the greatest length of one row, in bytes; 0 is [MaxRow].
	MaxRow int
}

// The limits of what is read. Errors name them.
const (
	MaxRow     = 4 << 20 // bytes of one row, unless Options say otherwise
	MaxColumns = 10_000  // columns of CSV
	MaxDepth   = 64      // objects and arrays within each other, in a row of JSON
)

// Format is what a file was found to be.
type Format string

// The formats.
const (
	Empty     Format = "empty" // nothing but blank space
	CSV       Format = "csv"
	JSON      Format = "json"
	JSONLines Format = "jsonl"
)

// Reader reads one table. It is not safe for concurrent use.
type Reader struct {
	o       Options
	format  Format
	src     *source
	notes   notes
	charset charset
	csv     *csvReader
	json    *jsonReader
	read    bool
}

// look is how much of the beginning of a file is looked at to see what it is.
const look = 256 << 10

// Open looks at the beginning of a file: what it is, and for CSV the names of
// the columns. An error is a [*FileError]: the file is no table, or could not be
// read. An empty file is a table without rows.
func Open(r io.Reader, o Options) (*Reader, error) {
	if o.MaxRow <= 0 {
		o.MaxRow = MaxRow
	}
	t := &Reader{o: o}
	t.charset.notes = &t.notes
	in, err := unpack(r, &t.notes)
	if err != nil {
		return nil, t.broken(err)
	}
	t.src = newSource(in)
	start := t.src.peek(look)
	if err := t.src.failed(); err != nil && len(start) == 0 {
		return nil, t.broken(err)
	}
	for _, f := range foreign {
		if bytes.HasPrefix(start, []byte(f.magic)) {
			return nil, t.fault(0, "%s", f.what)
		}
	}
	switch t.format = formatOf(start, t.src.err != nil); t.format {
	case Empty:
	case CSV:
		err = t.openCSV()
	default:
		err = t.openJSON(start)
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// formatOf says what a file is that starts with a text, which may be all of it.
func formatOf(start []byte, all bool) Format {
	text := bytes.TrimSpace(start)
	if len(text) == 0 {
		if all {
			return Empty
		}
		return CSV
	}
	behind := byte(0) // the opening bracket
	if rest := bytes.TrimSpace(text[1:]); len(rest) > 0 {
		behind = rest[0]
	}
	switch text[0] {
	case '{':
		if behind != '"' && behind != '}' && behind != 0 {
			return CSV
		}
		if lines(text) {
			return JSONLines
		}
		return JSON
	case '[':
		if behind >= 'A' && behind <= 'z' && behind != '[' && behind != ']' {
			return CSV // the name of a column
		}
		return JSON
	}
	return CSV
}

// Name returns the name of the file, as [Options] gave it.
func (r *Reader) Name() string { return r.o.Name }

// Format returns what the file was found to be.
func (r *Reader) Format() Format { return r.format }

// Columns returns the paths of the columns of CSV, in order, each once. It is
// nil for JSON.
func (r *Reader) Columns() []string {
	if r.csv == nil {
		return nil
	}
	return slices.Clone(r.csv.header.columns)
}

// Separator returns what is between the fields of CSV, and 0 for JSON.
func (r *Reader) Separator() byte {
	if r.csv == nil {
		return 0
	}
	return r.csv.sep
}

// Each returns the path at which the rows of JSON are looked for: that of
// [Options], or the one that was found. It is empty where the rows are at the
// top.
func (r *Reader) Each() string {
	if r.json == nil {
		return ""
	}
	return r.json.each
}

// Rows reads the rows, once. A row that can not be read gives a [*RowError], and
// the rest goes on. A [*FileError] says that the rest of the file can not be
// read, and ends it. Blank lines are no rows.
func (r *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if r.read {
			return
		}
		r.read = true
		switch {
		case r.csv != nil:
			r.csv.rows(yield)
		case r.json != nil:
			r.json.rows(yield)
		}
	}
}

// Notes returns what was odd about the file so far: complete after [Reader.Rows].
// Each kind of oddity is told once.
func (r *Reader) Notes() []Note { return slices.Clone(r.notes.list) }

// fault is the error of a file that is not as it should be.
func (r *Reader) fault(line int, format string, args ...any) *FileError {
	return &FileError{File: r.o.Name, Line: line, Reason: fmt.Sprintf(format, args...)}
}

// broken is the error of a file that could not be read on.
func (r *Reader) broken(err error) *FileError {
	e := &FileError{File: r.o.Name, Reason: "can not be read: " + err.Error(), Err: err}
	if r.src != nil {
		e.Line = r.src.line
		e.Reason = "can not be read beyond this line: " + err.Error()
	}
	return e
}
