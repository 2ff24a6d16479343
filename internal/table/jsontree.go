package table

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a value of JSON.
type node struct {
	kind  Kind
	text  string
	names []string // of the kids of an object
	kids  []node   // of an object or an array
	start int      // of an object: where it lies in its row
	end   int
}

// element is an element of an array, within another.
type element struct {
	node  *node
	outer *element
}

// errDeep says that a row is nested too deep.
var errDeep = fmt.Errorf("objects and arrays are nested more than %d deep, the limit", MaxDepth)

// treeParser parses values. Of names that are repeated in an object it tells
// the first it sees.
type treeParser struct {
	dec      jsontext.Decoder
	buf      *bytes.Buffer
	repeated string
}

// parse parses one value, which is all that there is.
func (p *treeParser) parse(raw []byte) (*node, error) {
	p.buf = bytes.NewBuffer(raw)
	p.dec.Reset(p.buf, jsontext.AllowDuplicateNames(true))
	p.repeated = ""
	var n node
	if err := p.value(&n); err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(raw[p.dec.InputOffset():])) > 0 {
		return nil, errors.New("there is more behind the end of the object")
	}
	return &n, nil
}

func (p *treeParser) value(n *node) error {
	tok, err := p.dec.ReadToken()
	if err != nil {
		return err
	}
	if p.dec.StackDepth() > MaxDepth {
		return errDeep
	}
	switch tok.Kind() {
	case jsontext.KindNull:
		n.kind = Null
	case jsontext.KindTrue, jsontext.KindFalse:
		n.kind, n.text = Bool, tok.String()
	case jsontext.KindNumber:
		n.kind, n.text = Number, tok.String()
	case jsontext.KindString:
		n.text = tok.String()
		n.kind = textKind(n.text)
	case jsontext.KindBeginObject:
		n.kind, n.start = Object, int(p.dec.InputOffset())-1
		err = p.members(n)
		n.end = int(p.dec.InputOffset())
	case jsontext.KindBeginArray:
		n.kind = Array
		err = p.elements(n)
	}
	return err
}

func (p *treeParser) members(n *node) error {
	seen := map[string]bool{}
	for p.dec.PeekKind() != jsontext.KindEndObject {
		tok, err := p.dec.ReadToken()
		if err != nil {
			return err
		}
		var kid node
		name := tok.String()
		if err := p.value(&kid); err != nil {
			return err
		}
		if seen[name] {
			p.repeated = name
			continue
		}
		seen[name] = true
		n.names, n.kids = append(n.names, name), append(n.kids, kid)
	}
	_, err := p.dec.ReadToken()
	return err
}

func (p *treeParser) elements(n *node) error {
	for p.dec.PeekKind() != jsontext.KindEndArray {
		var kid node
		if err := p.value(&kid); err != nil {
			return err
		}
		n.kids = append(n.kids, kid)
	}
	_, err := p.dec.ReadToken()
	return err
}

// cutPath cuts a name off the front of a path.
func cutPath(path, name string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(path, name)
	if !ok || rest == "" {
		return rest, ok
	}
	return strings.CutPrefix(rest, ".")
}

// find returns what is at a path, or nil.
func (n *node) find(path string) *node {
	if n == nil || path == "" {
		return n
	}
	switch n.kind {
	case Object:
		for i, name := range n.names {
			if name == path {
				return &n.kids[i]
			}
		}
		for i, name := range n.names {
			if rest, ok := cutPath(path, name); ok {
				if found := n.kids[i].find(rest); found != nil {
					return found
				}
			}
		}
	case Array:
		first, rest, _ := strings.Cut(path, ".")
		if i, err := strconv.Atoi(first); err == nil && i >= 0 && i < len(n.kids) {
			return n.kids[i].find(rest)
		}
	}
	return nil
}

// list adds the texts at a path that passes through arrays.
func (n *node) list(path string, to []string) []string {
	switch {
	case n == nil:
	case n.kind == Array:
		if found := n.find(path); path != "" && found != nil {
			return found.list("", to)
		}
		for i := range n.kids {
			to = n.kids[i].list(path, to)
		}
	case path == "":
		if n.kind.filled() {
			to = append(to, n.text)
		}
	case n.kind == Object:
		for i, name := range n.names {
			if rest, ok := cutPath(path, name); ok {
				to = n.kids[i].list(rest, to)
			}
		}
	}
	return to
}

// leaves hands out what is no object and no array, and reports whether to go
// on. The leaf says where the node is; top, that it is the row itself.
func (n *node) leaves(at Leaf, top bool, yield func(Leaf) bool) bool {
	switch n.kind {
	case Object:
		path := at.Path
		for i, name := range n.names {
			if at.Path = name; !top {
				at.Path = path + "." + name
			}
			if !n.kids[i].leaves(at, false, yield) {
				return false
			}
		}
		return true
	case Array:
		if !at.In {
			at.In, at.List = true, at.Path
		}
		for i := range n.kids {
			if !n.kids[i].leaves(at, top, yield) {
				return false
			}
		}
		return true
	}
	at.Kind, at.Text = n.kind, n.text
	return yield(at)
}
