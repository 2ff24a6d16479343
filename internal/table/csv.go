package table

import (
	"bytes"
	"fmt"
	"strings"
)

// csvReader reads the rows of CSV.
type csvReader struct {
	t      *Reader
	src    *source
	sep    byte
	header *header

	fields   []field // of the record that was scanned last
	more     bool    // it has fields beyond those that are not blank
	loose    bool    // it has quotes that should have been doubled
	oneLine  int64   // up to this offset no quoted field goes beyond its line
	lineEnds [3]bool // seen: LF, CRLF, CR
}

// field is where a field lies in its record.
type field struct {
	start, end int // without the quotes around it
	quoted     bool
	doubled    bool // quotes in it are doubled
}

// unclosed says where a quote opens that is never closed.
type unclosed struct {
	open  int  // in the record
	limit bool // a row may not be longer than what has been searched
	end   bool // the file ends before
}

// scan finds the fields of the record at the position, and its length with the
// line end. It stops at the limit of a row.
func (c *csvReader) scan() (n int, bad *unclosed, long bool) {
	c.fields, c.more, c.loose = c.fields[:0], false, false
	for i := 0; ; i++ {
		if i > c.t.o.MaxRow {
			return i, nil, true
		}
		f := field{start: i}
		if b, ok := c.src.at(i); ok && b == '"' {
			if f, bad = c.quoted(i); bad != nil {
				return 0, bad, false
			}
			i = f.end + 1
		}
		for {
			b, ok := c.src.at(i)
			if !ok || b == c.sep || b == '\n' || b == '\r' {
				break
			}
			if i++; i > c.t.o.MaxRow {
				return i, nil, true
			}
		}
		if !f.quoted {
			f.end = i
		}
		c.add(f)
		if b, ok := c.src.at(i); !ok || b != c.sep {
			return i + c.lineEnd(i), nil, false
		}
	}
}

func (c *csvReader) add(f field) {
	if len(c.fields) <= MaxColumns {
		c.fields = append(c.fields, f)
		return
	}
	c.more = c.more || f.end > f.start
}

// quoted finds the end of a quoted field that opens at i.
func (c *csvReader) quoted(open int) (field, *unclosed) {
	f := field{start: open + 1, quoted: true}
	broken := false // the field goes over several lines
	for i := open + 1; ; i++ {
		b, ok := c.src.at(i)
		switch {
		case !ok:
			bad := c.notClosed(open, i, false)
			bad.end = true
			return f, bad
		case i > c.t.o.MaxRow:
			return f, c.notClosed(open, i, true)
		case b == '\n' || b == '\r':
			if c.src.offset()+int64(i) < c.oneLine {
				return f, &unclosed{open: open}
			}
			broken = true
		case b == '"':
			switch next, ok := c.src.at(i + 1); {
			case ok && next == '"':
				f.doubled = true
				i++
			case !ok || next == c.sep || next == '\n' || next == '\r':
				f.end = i
				return f, nil
			case broken && c.opens(i):
				return f, c.notClosed(open, i, false)
			default:
				c.loose = true
			}
		}
	}
}

// opens reports whether a quote stands where a field begins. In a field that
// has gone over several lines it shows that the field was never closed.
func (c *csvReader) opens(i int) bool {
	b, _ := c.src.at(i - 1)
	return b == c.sep || c.lineBreak(i-1)
}

// notClosed remembers how far no quote was found that could close a field, so
// that the lines up to there are not searched again for each that opens one.
func (c *csvReader) notClosed(open, end int, limit bool) *unclosed {
	c.oneLine = max(c.oneLine, c.src.offset()+int64(end))
	return &unclosed{open: open, limit: limit}
}

// lineEnd returns the length of the line end at i: 0 where there is none.
func (c *csvReader) lineEnd(i int) int {
	switch b, _ := c.src.at(i); b {
	case '\n':
		c.lineEnds[0] = true
		return 1
	case '\r':
		if next, _ := c.src.at(i + 1); next == '\n' {
			c.lineEnds[1] = true
			return 2
		}
		c.lineEnds[2] = true
		return 1
	}
	return 0
}

func (c *csvReader) lineBreak(i int) bool {
	b, _ := c.src.at(i)
	return b == '\n' || b == '\r'
}

// passLine moves to the next line from some way into this one, and returns
// what it passed as far as errors keep it.
func (c *csvReader) passLine(from int) string {
	raw := kept(c.src.next(from))
	c.src.skip(from)
	for i := 0; ; i++ {
		b, ok := c.src.at(i)
		if ok && b != '\n' && b != '\r' && i < step {
			continue
		}
		if len(raw) < MaxRaw {
			raw = kept(append([]byte(raw), c.src.next(i)...))
		}
		if ok && i == step {
			c.src.skip(i)
			i = -1
			continue
		}
		c.src.skip(i + c.lineEnd(i))
		return raw
	}
}

// next reads the record at the position. It is not there at the end of the
// file.
func (c *csvReader) next() (fields []string, raw string, line int, there bool, err error) {
	for {
		if _, ok := c.src.at(0); !ok {
			return nil, "", 0, false, nil
		}
		n := c.lineEnd(0)
		if n == 0 {
			break
		}
		c.src.skip(n) // a blank line
	}
	line = c.src.line
	reject := func(raw, format string, args ...any) error {
		return &RowError{File: c.t.o.Name, Line: line, Reason: fmt.Sprintf(format, args...), Raw: raw}
	}
	n, bad, long := c.scan()
	if _, more := c.src.at(n); c.src.failed() != nil && (bad != nil && bad.end || !more && !c.lineBreak(n-1)) {
		return nil, "", line, false, nil // half a record
	}
	switch {
	case bad != nil:
		return nil, "", line, true, c.spoilt(bad, reject)
	case long:
		return nil, "", line, true, reject(c.passLine(n), "the row has more than %s, the limit", size(c.t.o.MaxRow))
	}
	text := bytes.TrimRight(c.src.next(n), "\r\n")
	switch c.t.charset.of(text, line) {
	case codingBad:
		err = reject(kept(text), notUTF8)
	case coding1252:
		raw = string(from1252(text))
		fields = c.texts(string(text), func(s string) string { return string(from1252([]byte(s))) })
	default:
		raw = string(text)
		fields = c.texts(raw, func(s string) string { return s })
	}
	c.src.skip(n)
	if c.loose {
		c.t.notes.once(LooseQuotes, line, "quotes inside a quoted field are not doubled")
	}
	return fields, raw, line, true, err
}

// texts cuts the fields out of a record.
func (c *csvReader) texts(raw string, decode func(string) string) []string {
	fields := make([]string, len(c.fields))
	for i, f := range c.fields {
		text := raw[f.start:f.end]
		if f.doubled {
			text = strings.ReplaceAll(text, `""`, `"`)
		}
		if f.quoted && strings.IndexByte(text, '\r') >= 0 {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		}
		fields[i] = decode(text)
	}
	return fields
}

// spoilt is the error of a record with a quote that is never closed. The next
// record begins on the line behind that quote.
func (c *csvReader) spoilt(bad *unclosed, reject func(string, string, ...any) error) error {
	before := c.src.next(bad.open)
	line := c.src.line + ends(before)
	column := bad.open - max(bytes.LastIndexByte(before, '\n'), bytes.LastIndexByte(before, '\r'))
	within := ""
	if bad.limit {
		within = fmt.Sprintf(" within %s, the limit of a row", size(c.t.o.MaxRow))
	}
	return reject(c.passLine(bad.open), "the quote that opens on line %d at character %d is never closed%s", line, column, within)
}

// rows reads all rows behind the header.
func (c *csvReader) rows(yield func(Row, error) bool) {
	for {
		fields, raw, line, there, err := c.next()
		if !there {
			break
		}
		if err == nil {
			fields, err = c.fit(fields, raw, line)
		}
		row := Row{File: c.t.o.Name, Line: line, raw: raw, header: c.header, fields: fields}
		if err != nil {
			row = Row{}
		}
		if !yield(row, err) {
			return
		}
	}
	c.noteLineEnds()
	if err := c.src.failed(); err != nil {
		yield(Row{}, c.t.broken(err))
	}
}

// fit holds a row against the header.
func (c *csvReader) fit(fields []string, raw string, line int) ([]string, error) {
	columns := len(c.header.columns)
	switch {
	case len(fields) < columns:
		c.t.notes.once(ShortRows, line, fmt.Sprintf("%s where the header has %d", count(len(fields), "field"), columns))
	case len(fields) > columns:
		for _, extra := range fields[columns:] {
			if c.more || textKind(extra) != Blank {
				return nil, &RowError{
					File: c.t.o.Name, Line: line, Raw: kept([]byte(raw)),
					Reason: fmt.Sprintf("%s where the header has %d: does a field hold %s without quotes around it?",
						count(len(fields), "field"), columns, separatorName(c.sep)),
				}
			}
		}
		c.t.notes.once(LongRows, line, fmt.Sprintf("%s where the header has %d, the rest blank", count(len(fields), "field"), columns))
		fields = fields[:columns]
	}
	return fields, nil
}

func (c *csvReader) noteLineEnds() {
	switch c.lineEnds {
	case [3]bool{false, false, true}:
		c.t.notes.add(LineEnds, 0, "lines end in CR alone")
	case [3]bool{true, true, false}, [3]bool{true, true, true}, [3]bool{true, false, true}, [3]bool{false, true, true}:
		c.t.notes.add(LineEnds, 0, "lines end in different ways")
	}
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
