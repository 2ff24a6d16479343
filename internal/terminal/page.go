package terminal

import "strings"

// Style is a way to paint text. The zero Style leaves it plain.
type Style string

// The styles, in the sixteen colours that every theme has made readable.
const (
	Plain  Style = ""
	Bold   Style = "1"
	Dim    Style = "2"
	Red    Style = "31"
	Green  Style = "32"
	Yellow Style = "33"
	Cyan   Style = "36"

	BoldRed   Style = "1;31"
	BoldGreen Style = "1;32"
)

// Page is where text is laid out.
type Page struct {
	Width int  // in columns
	Color bool // paint text
}

// Paint returns text in a style, or as it is where nothing is painted.
func (p Page) Paint(s Style, text string) string {
	if !p.Color || s == Plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// Fill lays out a paragraph behind a lead, which may be painted. The lead takes
// indent columns, and so do the spaces before the further lines. Every line
// ends in a line feed. The text is cleaned.
func (p Page) Fill(lead string, indent int, s Style, text string) string {
	var b strings.Builder
	for i, line := range Wrap(Clean(text), max(p.Width-indent, 20)) {
		if i == 0 {
			b.WriteString(Pad(lead, indent))
		} else {
			b.WriteString(strings.Repeat(" ", indent))
		}
		b.WriteString(p.Paint(s, line))
		b.WriteByte('\n')
	}
	return b.String()
}

// Apart puts two texts, which may be painted, at the two sides of a line. Where
// they do not fit beside each other the right one has a line of its own.
func (p Page) Apart(left, right string) string {
	room := p.Width - Columns(left) - Columns(right)
	switch {
	case right == "":
		return left + "\n"
	case room < 2:
		return left + "\n  " + right + "\n"
	}
	return left + strings.Repeat(" ", room) + right + "\n"
}

// Rule returns a line across the page.
func (p Page) Rule() string { return p.Paint(Dim, strings.Repeat("─", p.Width)) + "\n" }
