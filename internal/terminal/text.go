package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns foreign text as one line that a terminal can do nothing with
// but show it: line breaks and tabs become spaces, what controls a terminal or
// turns the direction of writing is taken out.
func Clean(text string) string {
	harmless := func(r rune) bool { return r >= ' ' && r < 0x7f }
	if strings.IndexFunc(text, func(r rune) bool { return !harmless(r) }) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u200b', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// Columns returns how many columns a line takes on a terminal. What [Page.Paint]
// put into it takes none.
func Columns(line string) int {
	n := 0
	for len(line) > 0 {
		if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
			if end := strings.IndexByte(rest, 'm'); end >= 0 {
				line = rest[end+1:]
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(line)
		n += columns(r)
		line = line[size:]
	}
	return n
}

func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana),
		r >= 0xff01 && r <= 0xff60, r >= 0x3000 && r <= 0x303e, r >= 0x1f300 && r <= 0x1faff:
		return 2
	}
	return 1
}

// Pad fills a line up with spaces to a number of columns.
func Pad(line string, width int) string {
	return line + strings.Repeat(" ", max(0, width-Columns(line)))
}

// Fit cuts a line without paint that is wider than a number of columns, and
// shows that it did.
func Fit(line string, width int) string {
	if Columns(line) <= width {
		return line
	}
	n := 0
	for i, r := range line {
		if n+columns(r) > width-1 {
			return strings.TrimRight(line[:i], " ") + "…"
		}
		n += columns(r)
	}
	return line
}

// Wrap breaks text without paint into lines of at most width columns, between
// words. A word that is wider has a line of its own, and is left whole: a link
// or a path that is cut is of no use.
func Wrap(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for _, word := range strings.Fields(text) {
		w := Columns(word)
		switch {
		case used > 0 && used+1+w > width:
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		case used > 0:
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += w
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, line.String())
	}
	return lines
}
