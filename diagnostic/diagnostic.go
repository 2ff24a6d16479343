package diagnostic

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Code names a kind of diagnostic. Codes are snake_case and never change their
// meaning.
type Code string

// Position is a place in a text. Line and Column count from 1, Column in
// characters (not bytes). The zero Position is "nowhere".
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Range is a stretch of a file, from Start up to and not including End. File
// is empty for a document that came from no file.
type Range struct {
	File  string   `json:"file,omitempty"`
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// IsZero reports whether the range names no place.
func (r Range) IsZero() bool { return r.Start.Line == 0 }

// Diagnostic is one fault or one piece of advice about a document.
type Diagnostic struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Range    Range    `json:"range"`
	// Path is the place in the document's own terms, such as
	// "stages[2].exit[0].any[1]". It is there also where a definition was
	// written in Go and has no Range.
	Path string `json:"path,omitempty"`
	// Message says what is wrong, in one sentence without its full stop.
	Message string `json:"message"`
	// Hint says what would be right, likewise. It may be empty.
	Hint string `json:"hint,omitempty"`
}

// Error returns "file:line:col: severity: message; hint [code]". Without a
// range the path stands in place of the file.
func (d Diagnostic) Error() string {
	var b strings.Builder
	switch {
	case !d.Range.IsZero() && d.Range.File != "":
		fmt.Fprintf(&b, "%s:%d:%d: ", d.Range.File, d.Range.Start.Line, d.Range.Start.Column)
	case !d.Range.IsZero():
		fmt.Fprintf(&b, "%d:%d: ", d.Range.Start.Line, d.Range.Start.Column)
	case d.Range.File != "":
		fmt.Fprintf(&b, "%s: ", d.Range.File)
	case d.Path != "":
		fmt.Fprintf(&b, "%s: ", d.Path)
	}
	fmt.Fprintf(&b, "%s: %s", d.Severity, d.Text())
	if d.Code != "" {
		fmt.Fprintf(&b, " [%s]", d.Code)
	}
	return b.String()
}

// Text returns the message with its hint.
func (d Diagnostic) Text() string {
	if d.Hint == "" {
		return d.Message
	}
	return d.Message + "; " + d.Hint
}

// List is a number of diagnostics. As an error it reads one a line.
type List []Diagnostic

// Error returns the diagnostics, one a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As reach each diagnostic.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, d := range l {
		errs[i] = d
	}
	return errs
}

// Count returns how many diagnostics have exactly the severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Err returns the list as an error when it holds at least one of severity
// Error, and nil otherwise.
func (l List) Err() error {
	if l.Count(Error) == 0 {
		return nil
	}
	return l
}

// Sort orders the diagnostics by place, then by code, then by text, so that
// the same document always gives the same list.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Range.File, b.Range.File),
			cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
			cmp.Compare(a.Range.Start.Column, b.Range.Start.Column),
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
