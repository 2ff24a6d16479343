package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// header is the columns of CSV.
type header struct {
	columns []string
	index   map[string]int
}

// openCSV reads the header.
func (r *Reader) openCSV() error {
	c := &csvReader{t: r, src: r.src, sep: r.o.Separator}
	r.csv = c
	if err := c.skipBlank(); err != nil {
		return err
	}
	if err := c.readHint(); err != nil {
		return err
	}
	if c.sep == 0 {
		c.sep = separator(r.src.peek(look))
	}
	fields, _, line, there, err := c.next()
	var bad *RowError
	switch {
	case errors.As(err, &bad):
		return r.fault(line, "the header: %s", bad.Reason)
	case !there && r.src.failed() != nil:
		return r.broken(r.src.failed())
	case len(fields) > MaxColumns:
		return r.fault(line, "the header has more than %d columns, the limit", MaxColumns)
	}
	c.header = c.named(fields, line)
	return nil
}

// skipBlank passes over lines of nothing but space.
func (c *csvReader) skipBlank() error {
	for {
		n := 0
		b, ok := c.src.at(n)
		for ; ok && (b == ' ' || b == '\t'); b, ok = c.src.at(n) {
			if n++; n > c.t.o.MaxRow {
				return c.t.fault(c.src.line, "the header has more than %s, the limit", size(c.t.o.MaxRow))
			}
		}
		end := c.lineEnd(n)
		if end == 0 {
			return nil
		}
		c.src.skip(n + end)
	}
}

// readHint reads a first line such as "sep=;", with which spreadsheets say what
// separates the fields.
func (c *csvReader) readHint() error {
	start := string(bytes.ToLower(c.src.peek(6)))
	if len(start) < 5 || start[:4] != "sep=" || strings.IndexByte(separators, start[4]) < 0 {
		return nil
	}
	end := c.lineEnd(5)
	if end == 0 {
		return nil // a column of that name
	}
	if c.sep == 0 {
		c.sep = start[4]
	}
	c.src.skip(5 + end)
	return nil
}

// separators are what may be between fields, the likeliest first.
const separators = ",;\t|"

// separator finds out what separates the fields: what the first two lines have
// the same number of, and of several the one that there are most of.
func separator(start []byte) byte {
	first, rest := cutRecord(start)
	second, _ := cutRecord(bytes.TrimLeft(rest, "\r\n"))
	best, most, agreed := byte(','), 0, false
	for i := range len(separators) {
		sep := separators[i]
		n := outside(first, sep)
		agrees := n > 0 && n == outside(second, sep)
		if n > 0 && (agrees && !agreed || agrees == agreed && n > most) {
			best, most, agreed = sep, n, agrees
		}
	}
	return best
}

// cutRecord cuts a text behind its first record.
func cutRecord(text []byte) (record, rest []byte) {
	quoted := false
	for i, b := range text {
		switch {
		case b == '"':
			quoted = !quoted
		case !quoted && (b == '\n' || b == '\r'):
			return text[:i], text[i:]
		}
	}
	return text, nil
}

// outside counts a byte outside of quotes.
func outside(record []byte, sep byte) int {
	n, quoted := 0, false
	for _, b := range record {
		switch b {
		case '"':
			quoted = !quoted
		case sep:
			if !quoted {
				n++
			}
		}
	}
	return n
}

// separatorName is what messages call it.
func separatorName(sep byte) string {
	switch sep {
	case ',':
		return "a comma"
	case ';':
		return "a semicolon"
	case '\t':
		return "a tab"
	case '|':
		return "a bar"
	}
	return fmt.Sprintf("%q", sep)
}

// named gives every column its path.
func (c *csvReader) named(fields []string, line int) *header {
	h := &header{columns: make([]string, len(fields)), index: make(map[string]int, len(fields))}
	times := make(map[string]int, len(fields))
	var unnamed int
	var repeated []string
	for i, text := range fields {
		name := strings.TrimSpace(strings.Trim(text, "\ufeff"))
		fields[i] = name
		if name == "" {
			unnamed++
			continue
		}
		if times[name]++; times[name] == 1 {
			h.columns[i], h.index[name] = name, i
		} else if times[name] == 2 {
			repeated = append(repeated, name)
		}
	}
	clear(times)
	second := map[string]string{}
	for i, name := range fields { // those that are left need names that nothing has
		if times[name]++; h.columns[i] != "" {
			continue
		}
		n := times[name]
		if name == "" {
			n = i + 1
		}
		path := fmt.Sprintf("%s#%d", name, n)
		for _, taken := h.index[path]; taken; _, taken = h.index[path] {
			path += "'"
		}
		h.columns[i], h.index[path] = path, i
		if n == 2 {
			second[name] = path
		}
	}
	for _, name := range repeated {
		c.t.notes.add(DuplicateColumns, line, fmt.Sprintf("%d columns are called %q: the first has the name, the next is %q", times[name], name, second[name]))
	}
	if unnamed > 0 {
		c.t.notes.add(UnnamedColumns, line, fmt.Sprintf("%s without a name: called by %s", count(unnamed, "column"), "their places, such as \"#7\""))
	}
	return h
}
