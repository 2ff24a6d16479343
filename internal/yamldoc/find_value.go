package yamldoc

import (
	"fmt"
	"strings"
)

// value goes through what stands behind a key's colon.
func (f *finder) value(at int) {
	f.at = f.blanks(at)
	f.open = true
	if !f.properties() {
		return
	}
	if f.isEnd(f.at) {
		f.at = f.nextLine(f.at)
		return
	}
	start := f.at
	c, next := f.peek(start), f.peek(start+1)
	switch {
	case c == '-' && isSpace(next):
		f.refuse(start, f.textEnd(start), "a list with dashes can't begin behind a colon", "begin it on the next line, or write [a, b]")
		return
	case c == ':' && isSpace(next):
		f.refuse(start, start+1, "there is a second colon here", "one colon is enough; put quotes around a text that begins with one")
		return
	case c == '?' && isSpace(next):
		f.giveUp()
		return
	}
	end, kind := f.token()
	if f.done {
		return
	}
	if colon := f.blanks(end); kind != blockToken && f.peek(colon) == ':' && isSpace(f.peek(colon+1)) {
		if f.onOneLine(start, end) {
			f.colonWithin(start)
		}
		return
	}
	f.open = false
	f.finish(start, end, kind, -1)
}

// colonWithin refuses a text with a colon and a space in it.
func (f *finder) colonWithin(start int) {
	hint := "put quotes around the whole text"
	if strings.HasPrefix(f.src[start:], "“") || strings.HasPrefix(f.src[start:], "„") {
		hint = "put straight quotes \" around the text: curly ones don't count"
	} else if c := f.peek(start); c == '"' || c == '\'' {
		hint = "put the whole text in quotes, or begin the second key on a line of its own"
	}
	f.refuse(start, f.textEnd(start), "this text has a colon followed by a space in it, which YAML takes for another key", hint)
}

// finish goes through the rest of a value whose first token ended. A column of
// -1 says that it stands behind its key.
func (f *finder) finish(start, end int, kind token, column int) {
	f.ended = kind
	switch kind {
	case plainToken:
		f.continued(start, end, column)
	case blockToken:
		f.at = end
	default:
		rest := f.blanks(end)
		if !f.isEnd(rest) {
			f.trailing(start, end, rest, kind)
			return
		}
		f.at = f.nextLine(rest)
	}
}

// trailing refuses text behind a value that had come to its end.
func (f *finder) trailing(start, end, rest int, kind token) {
	to := f.textEnd(rest)
	quoteChar := f.src[start]
	switch {
	case kind == bracketToken:
		f.beginsWith(start)
	case kind == aliasToken:
		f.beginsWith(start)
	case f.runsOver(start, end):
		f.unclosedQuote(start)
	case quoteChar == '"':
		f.refuse(rest, to, "the quotes were closed before this", `put '...' around a text that has " in it, or write \" within it`)
	default:
		f.refuse(rest, to, "the quotes were closed before this", "write an apostrophe within '...' twice: what''s, or put \"...\" around the text")
	}
}

// runsOver reports whether what stands in quotes took up keys or items.
func (f *finder) runsOver(start, end int) bool {
	lines := strings.FieldsFunc(f.src[start:end], func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines[1:] {
		if opensLine(line) {
			return true
		}
	}
	return false
}

func (f *finder) unclosedQuote(start int) {
	c := f.src[start : start+1]
	hint := "put another " + c + " at the end of the text"
	if c == "'" {
		hint += "; a text that begins with an apostrophe goes into \"...\""
	}
	f.refuse(start, f.textEnd(start), "this quote "+c+" is not closed", hint)
}

// beginsWith refuses a text that begins with a character that means something.
func (f *finder) beginsWith(start int) {
	f.refuse(start, f.textEnd(start), "a text that begins with "+f.src[start:start+1]+" has to stand in quotes", `put "..." around the whole text`)
}

// continued goes through the further lines of a plain text, which stand to the
// right of the mapping or list around it.
func (f *finder) continued(start, end, column int) {
	if !isBreak(f.peek(f.blanks(end))) { // a comment ends the text
		f.at = f.nextLine(end)
		return
	}
	indent := f.top().column + 1
	for at := f.nextLine(end); at < len(f.src); {
		text := f.blanks(at)
		tab := strings.IndexByte(f.src[at:text], '\t')
		switch {
		case tab >= 0 && tab < indent:
			f.tab(at + tab)
			return
		case isBreak(f.peek(text)):
			at = f.nextLine(text)
			continue
		case text-at < indent, f.src[text] == '#', isMarker(f.src[at:f.lineEnd(at)]):
			f.at = at
			return
		}
		stop := f.plainEnd(text)
		if f.peek(f.blanks(stop)) == ':' {
			f.keyInText(start, text, column, text-at)
			return
		}
		if !isBreak(f.peek(f.blanks(stop))) {
			f.at = f.nextLine(stop)
			return
		}
		at = f.nextLine(stop)
	}
	f.at = len(f.src)
}

// keyInText refuses a line with a colon that YAML counts to the text above it.
func (f *finder) keyInText(start, at, column, indent int) {
	switch l := f.top(); {
	case column == indent:
		f.noColon(start)
	case column < 0 && l.column >= 0:
		f.refuse(at, f.textEnd(at), fmt.Sprintf("this line stands further to the right than %s, which has its value already", quote(f.firstOf(l))),
			fmt.Sprintf("begin it in column %d if it is a key; put quotes around a text over several lines with a colon in it", l.column+1))
	default:
		f.refuse(at, f.textEnd(at), "this line belongs to the text above it, and has a colon in it",
			"begin a key in the column of the line that it belongs with, or put quotes around the whole text")
	}
}

// noColon refuses a line without a colon where a key should be.
func (f *finder) noColon(start int) {
	end := f.textEnd(start)
	line := f.src[start:end]
	key, rest, colon := strings.Cut(line, ":")
	word, more, space := strings.Cut(line, " ")
	switch {
	case colon && rest != "" && !strings.ContainsAny(key, " \"'[{"):
		at := start + len(key)
		f.refuse(at, at+1, "a space is missing behind this colon", fmt.Sprintf("write `%s: %s`", clip(key), clip(strings.TrimLeft(rest, ": "))))
	case space && !strings.ContainsAny(word, "\"'[{"):
		f.refuse(start, end, "a key with a colon should stand here, and this line has no colon",
			fmt.Sprintf("write `%s: %s`, or begin the line further to the right if it belongs to the text above", clip(word), clip(strings.TrimLeft(more, " "))))
	default:
		f.refuse(start, end, "a key with a colon should stand here, and this line has no colon", fmt.Sprintf("write `%s:` with a value", clip(line)))
	}
}
