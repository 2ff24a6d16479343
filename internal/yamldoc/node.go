package yamldoc

import (
	"math"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Kind says what a node is.
type Kind uint8

// The kinds of nodes. A key or a dash with nothing behind it has a Null.
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// String returns the name of the kind.
func (k Kind) String() string {
	return [...]string{"null", "scalar", "sequence", "mapping"}[k&3]
}

// Node is a node of a document at one place in it, with aliases followed: text
// that is used twice by an alias is two nodes. Nodes and their reader belong
// to one goroutine.
type Node struct {
	doc    *document
	raw    *yaml.Node // never an alias
	parent *Node
	key    *yaml.Node // its key, when it stands in a mapping or is a key
	index  int32      // its place in a list, or -1
	kind   Kind
}

// document is what all nodes of one text share.
type document struct {
	text
	chunk []Node // nodes are made many at a time
}

// node returns the node for raw at a place below parent.
func (d *document) node(parent *Node, raw, key *yaml.Node, index int) *Node {
	if len(d.chunk) == cap(d.chunk) {
		d.chunk = make([]Node, 0, min(max(2*cap(d.chunk), 16), 256))
	}
	raw = follow(raw)
	d.chunk = append(d.chunk, Node{doc: d, raw: raw, parent: parent, key: key, index: int32(index), kind: kindOf(raw)})
	return &d.chunk[len(d.chunk)-1]
}

// value returns the node for the value of a mapping's entry.
func (n *Node) value(e entry) *Node { return n.doc.node(n, e.value, e.key, -1) }

// keyNode returns the node for the key of a mapping's entry. It is a word even
// where YAML would see something else in it, and its path is its value's.
func (n *Node) keyNode(e entry) *Node {
	k := n.doc.node(n, e.key, e.key, -1)
	k.kind = Scalar
	return k
}

// item returns the node for an item of a sequence.
func (n *Node) item(i int) *Node { return n.doc.node(n, n.raw.Content[i], nil, i) }

// follow returns what an alias stands for, and any other node itself.
func follow(raw *yaml.Node) *yaml.Node {
	for raw.Kind == yaml.AliasNode {
		raw = raw.Alias
	}
	return raw
}

func kindOf(raw *yaml.Node) Kind {
	switch raw.Kind {
	case yaml.MappingNode:
		return Mapping
	case yaml.SequenceNode:
		return Sequence
	}
	if raw.Tag == "!!null" && plain(raw) {
		return Null
	}
	return Scalar
}

const quotedOrBlock = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle

// plain reports whether a scalar stands there without quotes and not as a block.
func plain(raw *yaml.Node) bool { return raw.Style&quotedOrBlock == 0 }

// Kind returns what the node is.
func (n *Node) Kind() Kind { return n.kind }

// Path returns the place of the node in the document's own terms, such as
// "stages[2].exit[0].any[1]". It is empty at the root.
func (n *Node) Path() string {
	if n == nil || n.parent == nil {
		return ""
	}
	var buf [MaxDepth + 2]*Node
	chain := buf[:0]
	for ; n.parent != nil; n = n.parent {
		chain = append(chain, n)
	}
	var b strings.Builder
	for i := len(chain) - 1; i >= 0; i-- {
		if at := chain[i]; at.key == nil {
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(int(at.index)))
			b.WriteByte(']')
		} else {
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(at.key.Value)
		}
	}
	return b.String()
}

// below returns the path of a key of the mapping n.
func (n *Node) below(key string) string {
	if path := n.Path(); path != "" {
		return path + "." + key
	}
	return key
}

// Value returns what the node holds, for those who keep it without reading it:
// map[string]any, []any, string, int64, float64, bool or nil. Numbers are what
// YAML takes for numbers, dates are strings, and so are infinities, which JSON
// could not say. Of a duplicate key the first counts; a key that is no scalar
// is left out.
func (n *Node) Value() any {
	if n == nil {
		return nil
	}
	return value(n.raw)
}

func value(raw *yaml.Node) any {
	raw = follow(raw)
	switch kindOf(raw) {
	case Mapping:
		entries := appendEntries(nil, raw, nil, nil)
		m := make(map[string]any, len(entries))
		for _, e := range entries {
			if e.key.Kind == yaml.ScalarNode {
				m[e.key.Value] = value(e.value)
			}
		}
		return m
	case Sequence:
		s := make([]any, len(raw.Content))
		for i, item := range raw.Content {
			s[i] = value(item)
		}
		return s
	case Null:
		return nil
	}
	switch raw.Tag {
	case "!!bool":
		if b, err := strconv.ParseBool(raw.Value); err == nil && len(raw.Value) > 1 {
			return b
		}
	case "!!int":
		if i, err := strconv.ParseInt(strings.ReplaceAll(raw.Value, "_", ""), 0, 64); err == nil {
			return i
		}
		return float(raw.Value)
	case "!!float":
		return float(raw.Value)
	}
	return raw.Value
}

// float reads a finite number, and returns anything else as it is.
func float(s string) any {
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, "_", ""), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return s
	}
	return f
}
