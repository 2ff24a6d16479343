package yamldoc

import (
	"maps"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/nearest"
)

// properties goes over the anchor and the tag in front of a value.
func (f *finder) properties() bool {
	for {
		switch f.peek(f.at) {
		case '&':
			end := nameEnd(f.src, f.at+1)
			if c := f.peek(end); end == f.at+1 || !isSpace(c) && !strings.ContainsRune("?:,]}%@`", rune(c)) {
				f.beginsWith(f.at)
				return false
			}
			f.anchors[f.src[f.at+1:end]] = true
			f.at = f.blanks(end)
		case '!':
			end := f.at
			for !isSpace(f.peek(end)) {
				end++
			}
			if !isTag(f.src[f.at:end]) {
				f.beginsWith(f.at)
				return false
			}
			f.at = f.blanks(end)
		default:
			return true
		}
	}
}

// isTag reports whether the library takes s for a tag.
func isTag(s string) bool {
	if strings.HasPrefix(s, "!<") && strings.HasSuffix(s, ">") {
		return true
	}
	if strings.IndexFunc(s, func(r rune) bool { return r > '~' || strings.ContainsRune("\"<>\\^`{|}#", r) }) >= 0 {
		return false
	}
	handle := nameEnd(s, 1)
	return handle == 1 || handle == len(s) || s[handle] != '!'
}

// nameEnd returns the end of the name of an anchor.
func nameEnd(src string, at int) int {
	for at < len(src) && (src[at] == '_' || src[at] == '-' || src[at] >= '0' && src[at] <= '9' || src[at]|0x20 >= 'a' && src[at]|0x20 <= 'z') {
		at++
	}
	return at
}

// token goes through one token that is a value outside of brackets, as far as
// it goes on the line if it is plain text.
func (f *finder) token() (end int, kind token) {
	switch c := f.src[f.at]; c {
	case '"', '\'':
		return f.quoted(f.at), quotedToken
	case '[', '{':
		return f.brackets(f.at), bracketToken
	case '*':
		return f.alias(f.at), aliasToken
	case '|', '>':
		return f.block(f.at), blockToken
	case '@', '`', '%':
		f.beginsWith(f.at)
		return f.at, plainToken
	case ',', ']', '}':
		f.refuse(f.at, f.at+1, "there is a "+string(c)+" here without a bracket that it belongs to", "leave it out, or put quotes around the text")
		return f.at, plainToken
	}
	return f.plainEnd(f.at), plainToken
}

// plainEnd returns the end of plain text on its line.
func (f *finder) plainEnd(at int) int {
	end := f.lineEnd(at)
	for i := at; i < end; i++ {
		if f.src[i] == ':' && isSpace(f.peek(i+1)) || f.src[i] == '#' && i > at && isBlank(f.src[i-1]) {
			end = i
		}
	}
	return at + len(strings.TrimRight(f.src[at:end], " \t"))
}

// quoted returns the offset behind a text in quotes.
func (f *finder) quoted(start int) int {
	quoteChar := f.src[start]
	for i := start + 1; i < len(f.src); i++ {
		switch c := f.src[i]; {
		case c == '\\' && quoteChar == '"':
			if !f.escape(i) {
				return i
			}
			i++
		case c == '\'' && quoteChar == '\'' && f.peek(i+1) == '\'':
			i++
		case c == quoteChar:
			return i + 1
		}
	}
	f.unclosedQuote(start)
	return len(f.src)
}

// escape refuses a backslash that YAML doesn't know.
func (f *finder) escape(at int) bool {
	c := f.peek(at + 1)
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
	if digits == 0 && (isBreak(c) || strings.IndexByte("0abt\tnvfre \"'\\N_LP", c) >= 0) {
		return true
	}
	hex := 0
	for hex < digits && strings.IndexByte("0123456789abcdefABCDEF", f.peek(at+2+hex)) >= 0 {
		hex++
	}
	if digits > 0 && hex == digits {
		return true
	}
	f.refuse(at, min(at+2, f.lineEnd(at)), "a backslash within \"...\" means something, and this one is not understood",
		`write it twice: \\, or put '...' around the text`)
	return false
}

// manyAnchors is from how many on no near name is looked for.
const manyAnchors = 1000

// alias returns the offset behind a reference to an anchor.
func (f *finder) alias(start int) int {
	end := nameEnd(f.src, start+1)
	c := f.peek(end)
	if end == start+1 || !isSpace(c) && !strings.ContainsRune("?:,]}%@`", rune(c)) {
		f.beginsWith(start)
		return end
	}
	name := f.src[start+1 : end]
	if f.anchors[name] {
		return end
	}
	if rest := f.blanks(end); rest > end && !f.isEnd(rest) && !strings.ContainsRune(":,]}", rune(f.peek(rest))) {
		f.beginsWith(start)
		return end
	}
	var hint string
	if len(f.anchors) <= manyAnchors {
		hint = nearest.Hint(name, slices.Sorted(maps.Keys(f.anchors)))
	}
	if hint == "" {
		hint = "write &" + clip(name) + " in front of what it is to stand for, further up; put quotes around a text that begins with *"
	}
	f.refuse(start, end, "*"+clip(name)+" refers to nothing: there is no &"+clip(name)+" above it", hint)
	return end
}

// block returns the offset behind a text that begins with | or > and stands on
// the lines below it.
func (f *finder) block(start int) int {
	i, explicit := start+1, 0
	for ; i < start+3; i++ {
		if c := f.peek(i); c >= '1' && c <= '9' && explicit == 0 {
			explicit = int(c - '0')
		} else if c != '+' && c != '-' {
			break
		}
	}
	if i = f.blanks(i); !f.isEnd(i) {
		f.beginsWith(start)
		return i
	}
	at := f.nextLine(i)
	parent := f.top().column
	indent := max(parent, 0) + explicit
	if explicit == 0 {
		indent = f.blockIndent(at, max(parent+1, 1))
	}
	for at < len(f.src) && !f.done {
		i := at
		for i-at < indent && f.peek(i) == ' ' {
			i++
		}
		switch {
		case isBreak(f.peek(i)):
		case i-at < indent && f.peek(i) == '\t':
			f.tab(i)
			return at
		case i-at < indent, isMarker(f.src[at:f.lineEnd(at)]):
			return at
		}
		at = f.nextLine(i)
	}
	return at
}

// blockIndent returns how far the text that begins here is indented.
func (f *finder) blockIndent(at, least int) int {
	for at < len(f.src) {
		i := at
		for f.peek(i) == ' ' {
			i++
		}
		least = max(least, i-at)
		if f.peek(i) == '\t' {
			f.tab(i)
			break
		}
		if !isBreak(f.peek(i)) {
			break
		}
		at = f.nextLine(i)
	}
	return least
}
