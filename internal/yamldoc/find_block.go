package yamldoc

import (
	"fmt"
	"strings"
)

// line goes through the line that begins here and, when a value goes on over
// further lines, through these.
func (f *finder) line() {
	start := f.at
	i := start
	for f.peek(i) == ' ' {
		i++
	}
	text := f.blanks(i)
	switch {
	case f.isEnd(text):
		if text != i && f.blankTab.code == "" {
			f.blankTab = tabAt(i, text)
		}
		f.at = f.nextLine(text)
		return
	case !f.begun && f.src[start] == '%':
		f.directive(start)
		f.at = f.nextLine(text)
		return
	case isMarker(f.src[start:f.lineEnd(start)]):
		if f.begun || !f.isEnd(f.blanks(start+3)) {
			f.giveUp()
		}
		f.at = f.nextLine(text)
		return
	case f.begun && !f.open && len(f.levels) == 0:
		if text != i {
			f.tab(i)
		}
		f.refuse(i, f.textEnd(i), "the document was complete before this line", "write `key: value` lines, or put quotes around the whole text")
		return
	}
	if text != i {
		f.tab(i)
		return
	}
	column := i - start
	popped := false
	for len(f.levels) > 0 && f.top().column > column {
		f.pop()
		popped = true
	}
	if popped {
		f.open = false
		if f.top().column < column || len(f.levels) == 0 {
			f.misaligned(i, column)
			return
		}
	}
	f.at = i
	f.entry(column)
}

// directive goes through a line that speaks to the YAML library.
func (f *finder) directive(at int) {
	words := strings.Fields(f.src[at:f.lineEnd(at)])
	switch {
	case words[0] == "%YAML" && len(words) > 1 && words[1] == "1.1":
		return
	case words[0] == "%TAG":
		f.giveUp()
		return
	}
	f.refuse(at, f.textEnd(at), "this line, which begins with %, is not understood", "leave it out")
}

// tab refuses a tab in front of a line's text or behind a dash.
func (f *finder) tab(at int) {
	if !f.done {
		f.done = true
		f.fault = tabAt(at, f.blanks(at))
	}
}

func tabAt(from, to int) fault {
	return fault{from, to, Syntax, "a tab stands here, and YAML indents with spaces only", "put spaces in place of the tab"}
}

// misaligned refuses a line whose column no line above it has.
func (f *finder) misaligned(at, column int) {
	hint := "begin it in the column of the line that it belongs with"
	if l := f.top(); l.column >= 0 {
		hint = fmt.Sprintf("begin it below %s, in column %d, if it belongs there, or below a line further up", quote(f.firstOf(l)), l.column+1)
	}
	f.refuse(at, f.textEnd(at), fmt.Sprintf("this line begins in column %d, where no line that it could belong with begins", column+1), hint)
}

func (f *finder) firstOf(l level) string {
	if l.list {
		return "-"
	}
	return f.word(l.at)
}

// entry goes through what begins a line: dashes, then a key or a value.
func (f *finder) entry(column int) {
	for first := true; ; first = false {
		if f.peek(f.at) == '?' && isSpace(f.peek(f.at+1)) {
			f.giveUp()
			return
		}
		if f.peek(f.at) != '-' || !isSpace(f.peek(f.at+1)) {
			f.content(column, first)
			return
		}
		if !f.dash(column, first) {
			return
		}
		i := f.at + 1
		for f.peek(i) == ' ' {
			i++
		}
		switch text := f.blanks(i); {
		case text != i:
			f.tab(i)
			return
		case f.isEnd(text):
			f.at = f.nextLine(text)
			return
		}
		column += i - f.at
		f.at = i
	}
}

// dash goes through a dash that begins an item.
func (f *finder) dash(column int, first bool) bool {
	l := f.top()
	switch {
	case first && l.column == column && l.list:
	case first && l.column == column && f.open:
		f.push(column, true, f.at)
	case first && l.column == column:
		f.refuse(f.at, f.textEnd(f.at), "an item of a list stands among keys here", "give the list a key of its own, such as `ladder:` in the line above, or leave the dash out")
		return false
	case f.open || !f.begun:
		f.push(column, true, f.at)
	default:
		f.tooDeep(f.at, "the dash")
		return false
	}
	f.open = true
	return true
}

// tooDeep refuses a line to the right of one that has its value already.
func (f *finder) tooDeep(at int, what string) {
	l := f.top()
	hint := "begin it in the column of the line that it belongs with"
	if l.column >= 0 {
		hint = fmt.Sprintf("begin it below %s, in column %d", quote(f.firstOf(l)), l.column+1)
	}
	if f.ended == blockToken {
		hint += "; if it belongs to the text above, as far to the right as the first line of that"
	}
	f.refuse(at, f.textEnd(at), what+" stands further to the right than what it could belong with, and the line above has its value already", hint)
}

// content goes through a key with its value, or through a value.
func (f *finder) content(column int, first bool) {
	start := f.at
	if f.peek(start) == ':' && isSpace(f.peek(start+1)) {
		f.refuse(start, start+1, "there is no key before this colon", "write the key, or put quotes around the text")
		return
	}
	if !f.properties() {
		return
	}
	if f.isEnd(f.at) { // what is marked follows
		f.open = true
		if first && f.top().column == column {
			f.giveUp()
		}
		f.at = f.nextLine(f.at)
		return
	}
	value := f.at
	end, kind := f.token()
	if f.done {
		return
	}
	colon := f.blanks(end)
	if kind != blockToken && f.peek(colon) == ':' && isSpace(f.peek(colon+1)) {
		if f.onOneLine(value, end) && f.key(column, first, start) {
			f.value(colon + 1)
		}
		return
	}
	l := f.top()
	switch {
	case kind == blockToken && f.open:
	case first && l.column == column && l.list:
		f.refuse(start, f.textEnd(start), "a text stands among the items of a list here", "begin it with a dash, or further to the right if it belongs to the item above")
		return
	case first && l.column == column:
		f.noColon(start)
		return
	case f.begun && !f.open:
		f.tooDeep(start, "this line")
		return
	}
	f.open, f.begun = false, true
	f.finish(value, end, kind, column)
}

// onOneLine refuses a key over several lines: mostly what begins it was not
// closed.
func (f *finder) onOneLine(start, end int) bool {
	if !strings.ContainsAny(f.src[start:end], "\r\n") {
		return true
	}
	if c := f.src[start]; c == '"' || c == '\'' {
		f.unclosedQuote(start)
	} else {
		f.unclosedBracket(&flow{left: start})
	}
	return false
}

// key goes through a key: it belongs to the mapping in its column, or begins one.
func (f *finder) key(column int, first bool, at int) bool {
	l := f.top()
	if first && l.column == column && l.list {
		f.pop()
		if l = f.top(); l.column != column || l.list {
			f.refuse(at, f.textEnd(at), "a key stands among the items of a list here", "begin it with a dash, or further to the right if it belongs to the item above")
			return false
		}
		f.open = false
	}
	switch {
	case l.column == column:
	case f.open || !f.begun:
		f.push(column, false, at)
	default:
		f.tooDeep(at, "this key")
		return false
	}
	return true
}

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
		f.refuse(at, at+1, "a space is missing behind this colon", fmt.Sprintf("write `%s: %s`", key, quoteless(strings.TrimLeft(rest, ": "))))
	case space && !strings.ContainsAny(word, "\"'[{"):
		f.refuse(start, end, "a key with a colon should stand here, and this line has no colon",
			fmt.Sprintf("write `%s: %s`, or begin the line further to the right if it belongs to the text above", word, quoteless(strings.TrimLeft(more, " "))))
	default:
		f.refuse(start, end, "a key with a colon should stand here, and this line has no colon", fmt.Sprintf("write `%s:` with a value", quoteless(line)))
	}
}
