package yamldoc

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/advance-sales/advance/diagnostic"
)

// text is a source text that turns byte offsets into positions and back. It
// finds its lines when it is first asked, because a text without faults never
// is.
type text struct {
	file string
	src  string // without a byte order mark
	// lines holds the offset of the start of each line.
	lines []int
	// The last place looked up. Faults come mostly in the order of the text,
	// so a very long line need not be walked from its start for each of them.
	memo struct{ offset, line, column int }
}

// index finds the lines. A line ends with "\n", "\r\n" or "\r".
func (t *text) index() {
	if t.lines != nil {
		return
	}
	t.lines = append(t.lines, 0)
	for i := 0; i < len(t.src); i++ {
		switch t.src[i] {
		case '\r':
			if i+1 < len(t.src) && t.src[i+1] == '\n' {
				i++
			}
			t.lines = append(t.lines, i+1)
		case '\n':
			t.lines = append(t.lines, i+1)
		}
	}
}

// line returns the number of the line, from 0, that holds the offset.
func (t *text) line(offset int) int {
	t.index()
	return sort.SearchInts(t.lines, offset+1) - 1
}

// lineEnd returns the offset of the end of the line, from 0, without its break.
func (t *text) lineEnd(line int) int {
	t.index()
	end := len(t.src)
	if line+1 < len(t.lines) {
		end = t.lines[line+1]
	}
	if end > t.lines[line] && t.src[end-1] == '\n' {
		end--
	}
	if end > t.lines[line] && t.src[end-1] == '\r' {
		end--
	}
	return end
}

// position returns the place of an offset.
func (t *text) position(offset int) diagnostic.Position {
	offset = min(max(offset, 0), len(t.src))
	line := t.line(offset)
	offset = min(offset, t.lineEnd(line)) // never on the line break
	from, column := t.lines[line], 1
	if t.memo.line == line && t.memo.offset >= from && t.memo.offset <= offset && t.memo.column > 0 {
		from, column = t.memo.offset, t.memo.column
	}
	column += utf8.RuneCountInString(t.src[from:offset])
	t.memo.offset, t.memo.line, t.memo.column = offset, line, column
	return diagnostic.Position{Line: line + 1, Column: column}
}

// offset returns the offset of a place given as the YAML library gives it: a
// line and a column in characters, both from 1. Places outside the text are
// moved to the nearest inside.
func (t *text) offset(line, column int) int {
	t.index()
	line = min(max(line, 1), len(t.lines)) - 1
	at, end, c := t.lines[line], t.lineEnd(line), 1
	if t.memo.line == line && t.memo.offset >= at && t.memo.column > 0 && t.memo.column <= column {
		at, c = t.memo.offset, t.memo.column
	}
	for ; c < column && at < end; c++ {
		if t.src[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, size := utf8.DecodeRuneInString(t.src[at:])
		at += size
	}
	t.memo.offset, t.memo.line, t.memo.column = at, line, c
	return at
}

// span returns the range from one offset up to another. It ends on the line on
// which it begins, and holds at least one character where there is one.
func (t *text) span(from, to int) diagnostic.Range {
	from = min(max(from, 0), len(t.src))
	end := t.lineEnd(t.line(from))
	from = min(from, end)
	to = min(max(to, from), end)
	if to == from && from < end {
		_, size := utf8.DecodeRuneInString(t.src[from:])
		to += size
	}
	return diagnostic.Range{File: t.file, Start: t.position(from), End: t.position(to)}
}

// textEnd returns the offset of the end of the line without a comment.
func (t *text) textEnd(start int) int {
	line := t.src[start:t.lineEnd(t.line(start))]
	for i := 1; i < len(line); i++ {
		if line[i] == '#' && (line[i-1] == ' ' || line[i-1] == '\t') {
			line = line[:i]
		}
	}
	return start + len(strings.TrimRight(line, " \t"))
}
