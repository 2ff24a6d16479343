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
	file  string
	src   string // without a byte order mark
	ascii bool   // whether a byte is a character
	// lines holds the offset of the start of each line.
	lines []int
	// strides holds, for each long line that was asked for, the offset of every
	// strideth of its characters, so that none is walked twice.
	strides map[int][]int
}

// stride is how many characters at most are walked to find a place.
const stride = 1024

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

// marks returns the offset of every strideth character of a line, from the
// first on.
func (t *text) marks(line int) []int {
	start, end := t.lines[line], t.lineEnd(line)
	if end-start <= stride {
		return t.lines[line : line+1]
	}
	if m, known := t.strides[line]; known {
		return m
	}
	var m []int
	n := 0
	for i := range t.src[start:end] {
		if n%stride == 0 {
			m = append(m, start+i)
		}
		n++
	}
	if t.strides == nil {
		t.strides = make(map[int][]int)
	}
	t.strides[line] = m
	return m
}

// position returns the place of an offset.
func (t *text) position(offset int) diagnostic.Position {
	offset = min(max(offset, 0), len(t.src))
	line := t.line(offset)
	offset = min(offset, t.lineEnd(line)) // never on the line break
	if t.ascii {
		return diagnostic.Position{Line: line + 1, Column: 1 + offset - t.lines[line]}
	}
	marks := t.marks(line)
	i := max(sort.SearchInts(marks, offset+1)-1, 0)
	return diagnostic.Position{Line: line + 1, Column: 1 + i*stride + utf8.RuneCountInString(t.src[marks[i]:offset])}
}

// offset returns the offset of a place given as the YAML library gives it: a
// line and a column in characters, both from 1. Places outside the text are
// moved to the nearest inside.
func (t *text) offset(line, column int) int {
	t.index()
	line = min(max(line, 1), len(t.lines)) - 1
	end, behind := t.lineEnd(line), max(column, 1)-1
	if t.ascii {
		return min(t.lines[line]+behind, end)
	}
	marks := t.marks(line)
	i := min(behind/stride, len(marks)-1)
	at := marks[i]
	for behind -= i * stride; behind > 0 && at < end; behind-- {
		_, size := utf8.DecodeRuneInString(t.src[at:])
		at += size
	}
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

// farthest bounds the search for the end of something on its line, in bytes.
// What is longer is given as if it ended there.
const farthest = 1 << 14

// textEnd returns the offset of the end of the line without a comment.
func (t *text) textEnd(start int) int {
	line := t.src[start:min(t.lineEnd(t.line(start)), start+farthest)]
	for i := 1; i < len(line); i++ {
		if line[i] == '#' && (line[i-1] == ' ' || line[i-1] == '\t') {
			line = line[:i]
		}
	}
	return start + len(strings.TrimRight(line, " \t"))
}
