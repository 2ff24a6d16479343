package yamldoc

import "strings"

// bracket is a bracket that is open, with what stands in it since the last
// comma.
type bracket struct {
	at    int
	some  bool // anything
	whole bool // a text that nothing but a comma, a colon or the bracket can follow
	colon bool
}

// flow is the state in which brackets are gone through.
type flow struct {
	open []bracket
	// left is a bracket in which a line begins as only lines outside of
	// brackets do, or -1: where anything is wrong later, it was not closed.
	left int
}

// brackets returns the offset behind a value in brackets.
func (f *finder) brackets(start int) int {
	s := &flow{left: -1}
	at := start
	for !f.done {
		at = f.flowSpace(s, at)
		if at >= len(f.src) {
			f.unclosedBracket(s)
			return at
		}
		var b *bracket
		if len(s.open) > 0 {
			b = &s.open[len(s.open)-1]
		}
		switch c := f.src[at]; c {
		case '[', '{':
			if b != nil {
				if b.whole {
					f.noComma(s, at)
					return at
				}
				b.some, b.whole = true, true
			}
			s.open = append(s.open, bracket{at: at})
			f.nested(at, len(f.levels)+len(s.open))
			at++
		case ']', '}':
			if opener := f.src[b.at]; (c == ']') != (opener == '[') {
				f.inFlow(s, at, at+1, "this "+string(c)+" doesn't close the "+string(opener)+" before it", "close "+string(opener)+" with "+closer(opener)+" first")
				return at
			}
			at++
			if s.open = s.open[:len(s.open)-1]; len(s.open) == 0 {
				return at
			}
		case ',':
			if !b.some {
				f.inFlow(s, at, at+1, "there is nothing in front of this comma", "leave the comma out, or write what is missing")
				return at
			}
			b.some, b.whole, b.colon = false, false, false
			at++
		case ':':
			if b.colon {
				f.inFlow(s, at, at+1, "there is a second colon here", "put a comma between two keys, or quotes around a text with a colon in it")
				return at
			}
			b.some, b.whole, b.colon = true, false, true
			at++
		case '?':
			if !b.some {
				f.giveUp()
				return at
			}
			f.inFlow(s, f.lineText(at), at+1, "a text in brackets with a question mark in it has to stand in quotes", `put "..." around the text`)
			return at
		case '-':
			if isSpace(f.peek(at + 1)) {
				f.inFlow(s, at, at+1, "a dash can't begin an item within brackets", "leave the dash out: [a, b]")
				return at
			}
			at = f.flowToken(s, b, at)
		default:
			at = f.flowToken(s, b, at)
		}
	}
	return at
}

func closer(opener byte) string {
	if opener == '[' {
		return "]"
	}
	return "}"
}

// inFlow refuses something within brackets, unless what is wrong is rather that
// they were not closed.
func (f *finder) inFlow(s *flow, from, to int, message, hint string) {
	if s.left >= 0 {
		f.unclosedBracket(s)
		return
	}
	f.refuse(from, to, message, hint)
}

func (f *finder) unclosedBracket(s *flow) {
	at := s.left
	if at < 0 {
		at = s.open[len(s.open)-1].at
	}
	opener := f.src[at]
	f.refuse(at, at+1, "this "+string(opener)+" is not closed", "put a "+closer(opener)+" behind what belongs to it")
}

func (f *finder) noComma(s *flow, at int) {
	f.inFlow(s, at, f.flowPlainEnd(at), "a comma is missing in front of this", "put a comma between two items, or quotes around a text with brackets or quotes in it")
}

// flowSpace returns the offset behind white space and comments.
func (f *finder) flowSpace(s *flow, at int) int {
	for at < len(f.src) {
		switch c := f.src[at]; {
		case isBlank(c):
			at++
		case c == '#':
			at = f.lineEnd(at)
		case isBreak(c):
			at = f.nextLine(at)
			f.flowLine(s, at)
		default:
			return at
		}
	}
	return at
}

// flowLine looks whether a line within brackets begins as one outside would.
func (f *finder) flowLine(s *flow, at int) {
	line := f.src[at:f.lineEnd(at)]
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if s.left < 0 && len(s.open) > 0 && indent <= max(f.top().column, 0) && opensLine(line) {
		s.left = s.open[len(s.open)-1].at
	}
}

// flowToken returns the offset behind a text, a reference, an anchor or a tag
// within brackets.
func (f *finder) flowToken(s *flow, b *bracket, at int) int {
	if b.whole {
		f.noComma(s, at)
		return at
	}
	b.some = true
	switch f.src[at] {
	case '&', '!':
		f.at = at
		if !f.properties() {
			return at
		}
		return f.at
	case '"', '\'':
		b.whole = true
		end := f.quoted(at)
		if f.done && s.left >= 0 {
			f.done = false
			f.unclosedBracket(s)
		}
		return end
	case '*':
		b.whole = true
		return f.alias(at)
	case '@', '`', '%', '|', '>':
		f.inFlow(s, at, f.flowPlainEnd(at), "a text that begins with "+f.src[at:at+1]+" has to stand in quotes", `put "..." around the text`)
		return at
	}
	b.whole = true
	end := f.flowPlain(s, at)
	if b.colon && f.peek(end) == ':' {
		from := at + strings.LastIndexAny(f.src[at:end], " \t\r\n") + 1
		f.inFlow(s, from, end, "a comma is missing in front of this key, or quotes around a text with a colon in it", "put a comma between two keys")
	}
	return end
}

// flowPlain returns the offset behind plain text within brackets, which may go
// over several lines.
func (f *finder) flowPlain(s *flow, at int) int {
	end := f.flowPlainEnd(at)
	for next := f.blanks(end); isBreak(f.peek(next)) && next < len(f.src); next = f.blanks(end) {
		for next < len(f.src) && isSpace(f.src[next]) {
			if isBreak(f.src[next]) {
				next = f.nextLine(next)
				f.flowLine(s, next)
			} else {
				next++
			}
		}
		if next >= len(f.src) || strings.IndexByte("#,?[]{}", f.src[next]) >= 0 {
			return next
		}
		if end = f.flowPlainEnd(next); end == next {
			return end
		}
	}
	return end
}

// flowPlainEnd returns the end of plain text within brackets on its line.
func (f *finder) flowPlainEnd(at int) int {
	end := at
	for ; end < len(f.src); end++ {
		c := f.src[end]
		if isBreak(c) || strings.IndexByte(",?[]{}", c) >= 0 || c == ':' && isSpace(f.peek(end+1)) || c == '#' && end > at && isBlank(f.src[end-1]) {
			break
		}
	}
	return at + len(strings.TrimRight(f.src[at:end], " \t"))
}

// lineText returns the offset at which the text before the offset begins.
func (f *finder) lineText(at int) int {
	from := at
	for from > 0 && strings.IndexByte(",[]{}:\r\n", f.src[from-1]) < 0 {
		from--
	}
	return f.blanks(from)
}
