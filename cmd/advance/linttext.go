package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/terminal"
)

// writeLintText prints the diagnostics, one a line; for people with the line
// that each is about.
func writeLintText(e *env, found *linted) error {
	page := e.screen()
	shown := e.out.Terminal || page.Color
	for _, d := range found.diags {
		text := terminal.Clean(d.Error())
		if page.Color {
			text = strings.Replace(text, d.Severity.String()+": ", page.Paint(styleOf(d.Severity), d.Severity.String()+":")+" ", 1)
		}
		if _, err := fmt.Fprintln(e.stdout, text); err != nil {
			return err
		}
		if !shown || d.Range.IsZero() {
			continue
		}
		if line, ok := sourceLine(found.documents, d.Range); ok {
			if _, err := fmt.Fprint(e.stdout, marked(page, line, d)); err != nil {
				return err
			}
		}
	}
	return nil
}

// styleOf is how a severity is painted.
func styleOf(s diagnostic.Severity) terminal.Style {
	if s == diagnostic.Error {
		return terminal.BoldRed
	}
	return terminal.Yellow
}

// sourceLine returns the line that a range lies on.
func sourceLine(documents []document, at diagnostic.Range) (string, bool) {
	for _, d := range documents {
		if d.file != at.File {
			continue
		}
		text := strings.TrimPrefix(string(d.src), "\ufeff")
		n := 1
		for line := range strings.Lines(text) {
			if n == at.Start.Line {
				return strings.TrimRight(line, "\r\n"), true
			}
			n++
		}
	}
	return "", false
}

// marked shows a line of a document, as much of it as there is room for, with
// the range of a diagnostic marked below it.
func marked(page terminal.Page, line string, d diagnostic.Diagnostic) string {
	chars := []rune(strings.ToValidUTF8(line, "\ufffd"))
	from := min(max(d.Range.Start.Column-1, 0), len(chars))
	to := min(max(d.Range.End.Column-1, from), len(chars))
	number := strconv.Itoa(d.Range.Start.Line)
	gutter := strings.Repeat(" ", max(0, 4-len(number))) + number + " | "
	room := max(page.Width-terminal.Columns(gutter), 20)

	before, fault, after := visible(chars[:from]), visible(chars[from:to]), visible(chars[to:])
	const dots = 1 // a line that is cut shows it, at both ends
	fault = terminal.Fit(fault, room-2*dots)
	if left := room - dots - terminal.Columns(fault); terminal.Columns(before) > left {
		rest := []rune(before)
		for terminal.Columns(string(rest)) > left-dots {
			rest = rest[1:]
		}
		before = "…" + string(rest)
	}
	after = terminal.Fit(after, room-terminal.Columns(before)-terminal.Columns(fault))

	var b strings.Builder
	b.WriteString(page.Paint(terminal.Dim, gutter) + before + page.Paint(styleOf(d.Severity), fault) + after + "\n")
	b.WriteString(page.Paint(terminal.Dim, strings.Repeat(" ", len(gutter)-2)+"| "))
	b.WriteString(strings.Repeat(" ", terminal.Columns(before)))
	b.WriteString(page.Paint(styleOf(d.Severity), strings.Repeat("^", max(terminal.Columns(fault), 1))) + "\n")
	return b.String()
}

// visible writes characters of a document so that each takes the room that it
// seems to, and none does anything.
func visible(chars []rune) string {
	var b strings.Builder
	for _, r := range chars {
		switch clean := terminal.Clean(string(r)); clean {
		case "":
			b.WriteRune('·')
		default:
			b.WriteString(clean)
		}
	}
	return b.String()
}
