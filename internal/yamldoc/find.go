package yamldoc

import "strings"

// finder goes through a text that is no YAML, in search of the first thing that
// is wrong with it. It knows the block structure by its columns and the tokens
// by their first characters, and gives up on what is too rare to be worth it.
type finder struct {
	src    string
	at     int
	levels []level // the block mappings and lists around this place
	// open is whether the last key or dash still waits for its value.
	open    bool
	begun   bool // whether anything came yet
	done    bool // a fault was found, or the finder gave up
	anchors map[string]bool
	// ended is what kind of value came last, for those that more text can't
	// follow.
	ended token
	fault fault
	// blankTab is the first tab on a line that is blank but for it or a
	// comment. The library minds it in some places and not in others.
	blankTab fault
}

// level is a block mapping or list.
type level struct {
	column int // from 0
	list   bool
	at     int // where its first key or dash is
}

// token is a kind of token.
type token uint8

const (
	plainToken token = iota
	quotedToken
	bracketToken
	aliasToken
	blockToken
)

// findFault returns the first fault in a text that the library refused. It may
// also find none. The other fault is one that counts when the first doesn't.
func findFault(src string) (first, other fault) {
	f := &finder{src: src, anchors: make(map[string]bool)}
	for f.at < len(src) && !f.done {
		before := f.at
		if f.line(); f.at <= before {
			f.giveUp()
		}
	}
	return f.fault, f.blankTab
}

// refuse ends the search with a fault.
func (f *finder) refuse(from, to int, message, hint string) {
	if !f.done {
		f.done = true
		f.fault = fault{from, to, Syntax, message, hint}
	}
}

// nested refuses what is deeper than the limit.
func (f *finder) nested(at, depth int) {
	if depth > MaxDepth && !f.done {
		f.done = true
		f.fault = tooDeep(at)
	}
}

func (f *finder) giveUp() { f.done = true }

// peek returns the byte at the offset, or a line break at the end.
func (f *finder) peek(at int) byte {
	if at < len(f.src) {
		return f.src[at]
	}
	return '\n'
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
func isBreak(c byte) bool { return c == '\n' || c == '\r' }
func isSpace(c byte) bool { return isBlank(c) || isBreak(c) }

// blanks returns the offset behind the spaces and tabs.
func (f *finder) blanks(at int) int {
	for at < len(f.src) && isBlank(f.src[at]) {
		at++
	}
	return at
}

// lineEnd returns the offset of the end of the line.
func (f *finder) lineEnd(at int) int {
	if i := strings.IndexAny(f.src[at:], "\r\n"); i >= 0 {
		return at + i
	}
	return len(f.src)
}

// nextLine returns the offset of the start of the next line.
func (f *finder) nextLine(at int) int {
	end := f.lineEnd(at)
	if strings.HasPrefix(f.src[end:], "\r\n") {
		return end + 2
	}
	return min(end+1, len(f.src))
}

// textEnd returns the end of the text on the line, without a comment.
func (f *finder) textEnd(at int) int {
	end := f.lineEnd(at)
	for i := at + 1; i < end; i++ {
		if f.src[i] == '#' && isBlank(f.src[i-1]) {
			end = i
		}
	}
	return at + len(strings.TrimRight(f.src[at:end], " \t"))
}

// isEnd reports whether the line ends here but for a comment.
func (f *finder) isEnd(at int) bool {
	c := f.peek(at)
	return isBreak(c) || c == '#'
}

// top returns the innermost level, or one at column -1.
func (f *finder) top() level {
	if len(f.levels) == 0 {
		return level{column: -1}
	}
	return f.levels[len(f.levels)-1]
}

func (f *finder) pop() { f.levels = f.levels[:len(f.levels)-1] }

func (f *finder) push(column int, list bool, at int) {
	f.nested(at, len(f.levels)+1)
	f.levels = append(f.levels, level{column, list, at})
	f.begun = true
}

// word returns the word that begins at the offset, for a message.
func (f *finder) word(at int) string {
	end := at
	for end < len(f.src) && !isSpace(f.src[end]) && f.src[end] != ':' {
		end++
	}
	return f.src[at:end]
}

// opensLine reports whether a line begins like a key or an item of a list.
func opensLine(line string) bool {
	line = strings.TrimLeft(line, " ")
	if strings.HasPrefix(line, "- ") {
		return true
	}
	end := strings.IndexAny(line, " :,[]{}#\"'")
	return end > 0 && line[end] == ':' && (end+1 == len(line) || isSpace(line[end+1]))
}
