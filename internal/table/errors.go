package table

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// RowError says that a row can not be used, and why.
type RowError struct {
	File   string // may be empty
	Line   int    // from 1: where the row begins
	Column string // the path of the column; empty where it is the whole row
	Reason string
	Raw    string // the row as it stands in the file; cut where it is longer than MaxRaw
}

// MaxRaw is how much of a row that can not be read a [RowError] keeps, in bytes.
const MaxRaw = 64 << 10

// Error returns "file:line: column: reason".
func (e *RowError) Error() string {
	reason := e.Reason
	if e.Column != "" {
		reason = e.Column + ": " + reason
	}
	return place(e.File, e.Line) + reason
}

// FileError says that a file, or the rest of it, can not be read.
type FileError struct {
	File   string // may be empty
	Line   int    // from 1; 0 where the whole file is meant
	Reason string
	Err    error // of the reader; may be nil
}

// Error returns "file:line: reason".
func (e *FileError) Error() string { return place(e.File, e.Line) + e.Reason }

// Unwrap returns the error of the reader.
func (e *FileError) Unwrap() error { return e.Err }

func place(file string, line int) string {
	var b strings.Builder
	if file != "" {
		fmt.Fprintf(&b, "%s:", file)
	}
	if line > 0 {
		fmt.Fprintf(&b, "%d:", line)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String()
}

// kept cuts a row down to what an error keeps of it, at the beginning of a
// character.
func kept(raw []byte) string {
	if len(raw) > MaxRaw {
		raw = raw[:MaxRaw]
		for len(raw) > 0 && !utf8.RuneStart(raw[len(raw)-1]) {
			raw = raw[:len(raw)-1]
		}
		raw = raw[:max(0, len(raw)-1)]
	}
	return strings.ToValidUTF8(string(raw), "\ufffd")
}

// size writes a number of bytes.
func size(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
