package yamldoc

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/advance-sales/advance/diagnostic"
)

// Range returns where the node stands: a scalar from its first character to its
// last on the first line, a mapping or list in brackets likewise, and one over
// several lines at its key, or at its first line when it has no key. Text that
// is reached by an alias is where it was written. A node without anything in it
// is at its key or dash.
func (n *Node) Range() diagnostic.Range {
	if n == nil {
		return diagnostic.Range{}
	}
	d := n.doc
	start := d.start(n.raw)
	switch {
	case n.kind == Null && n.raw.Value == "":
		if n.key != nil {
			return d.rangeOf(n.key)
		}
		return d.dashBefore(start)
	case n.kind == Scalar || n.kind == Null || n.raw.Style&yaml.FlowStyle != 0:
		return d.span(start, d.end(n.raw, start))
	}
	return n.head()
}

// head returns the range of the node's key or else of its first line.
func (n *Node) head() diagnostic.Range {
	if n.key != nil {
		return n.doc.rangeOf(n.key)
	}
	start := n.doc.start(n.raw)
	return n.doc.span(start, n.doc.textEnd(start))
}

func (d *document) rangeOf(raw *yaml.Node) diagnostic.Range {
	start := d.start(raw)
	return d.span(start, d.end(raw, start))
}

// start returns the offset of a node, behind its anchor and its tag.
func (d *document) start(raw *yaml.Node) int {
	at := d.offset(raw.Line, raw.Column)
	if raw.Anchor == "" && raw.Style&yaml.TaggedStyle == 0 {
		return at
	}
	for behind := at; behind < len(d.src); {
		switch d.src[behind] {
		case '&', '!':
			behind += strings.IndexAny(d.src[behind:]+" ", " \t\r\n,[]{}")
		case ' ', '\t', '\r', '\n':
			behind++
		case '#':
			behind = d.lineEnd(d.line(behind))
		default:
			return behind
		}
	}
	return at
}

// end returns the offset behind the first line of a node.
func (d *document) end(raw *yaml.Node, start int) int {
	line := d.src[start:min(d.lineEnd(d.line(start)), start+farthest)]
	switch {
	case line == "":
		return start
	case raw.Style&yaml.FlowStyle != 0:
		return start + closing(line)
	case raw.Kind != yaml.ScalarNode:
		return d.textEnd(start)
	case raw.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return start + quoted(line)
	case plain(raw) && strings.HasPrefix(line, raw.Value):
		return start + len(raw.Value)
	}
	return d.textEnd(start)
}

// quoted returns the length of the quoted text that line begins with.
func quoted(line string) int {
	quote := line[0]
	for i := 1; i < len(line); i++ {
		switch {
		case quote == '"' && line[i] == '\\':
			i++
		case quote == '\'' && line[i] == quote && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return len(strings.TrimRight(line, " \t"))
}

// closing returns the length of the brackets that line begins with.
func closing(line string) int {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			if strings.IndexByte(" ,[{:", line[i-1]) >= 0 {
				i += quoted(line[i:]) - 1
			}
		case '#':
			if line[i-1] == ' ' {
				return len(strings.TrimRight(line[:i], " \t"))
			}
		}
	}
	return len(strings.TrimRight(line, " \t"))
}

// dashBefore returns the range of the dash in front of an item with nothing in
// it: the library gives some place behind the dash.
func (d *document) dashBefore(at int) diagnostic.Range {
	for i := min(at, len(d.src)-1); i >= 0; i-- {
		switch d.src[i] {
		case ' ', '\t', '\r', '\n':
			continue
		case '-':
			return d.span(i, i+1)
		}
		break
	}
	return d.span(at, at)
}
