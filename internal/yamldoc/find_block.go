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
