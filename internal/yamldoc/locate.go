package yamldoc

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/advance-sales/advance/diagnostic"
)

// Place is where something stands in a document: its key, when it has one, and
// its value.
type Place struct{ Key, Value *Node }

// Locate finds the place for a path relative to n, such as
// "commitments.demo.requires.within" or "stages[2].exit[1].any[0]", through
// aliases and merge keys. Where the document has one thing in place of a list
// of one, "[0]" on it is the thing itself. When the tail of the path isn't
// there, the place is that of the nearest thing above it that is. It costs a
// walk, and is meant for when something is wrong.
func (n *Node) Locate(path string) *Place {
	place := &Place{Value: n}
	if n != nil && n.key != nil {
		place.Key = n.parent.keyNode(entry{n.key, n.raw})
	}
	for n != nil && path != "" {
		var next *Place
		if path[0] == '[' {
			next, path = n.locateItem(path)
		} else {
			next, path = n.locateKey(strings.TrimPrefix(path, "."))
		}
		if next == nil {
			break
		}
		if next.Value != n {
			place = next
		}
		n = next.Value
	}
	return place
}

// locateItem takes an index off the path.
func (n *Node) locateItem(path string) (*Place, string) {
	number, rest, ok := strings.Cut(path[1:], "]")
	i, err := strconv.Atoi(number)
	switch {
	case !ok || err != nil || i < 0:
		return nil, ""
	case n.kind == Sequence && i < len(n.raw.Content):
		return &Place{Value: n.item(i)}, rest
	case n.kind != Sequence && i == 0:
		return &Place{Value: n}, rest
	}
	return nil, ""
}

// locateKey takes a key off the path. A key may hold dots and brackets itself:
// the longest that fits is meant.
func (n *Node) locateKey(path string) (*Place, string) {
	if n.kind != Mapping {
		return nil, ""
	}
	var best entry
	for _, e := range appendEntries(nil, n.raw, nil, nil) {
		if e.key.Kind != yaml.ScalarNode {
			continue
		}
		rest, ok := strings.CutPrefix(path, e.key.Value)
		if ok && (rest == "" || rest[0] == '.' || rest[0] == '[') &&
			(best.key == nil || len(e.key.Value) > len(best.key.Value)) {
			best = e
		}
	}
	if best.key == nil {
		return nil, ""
	}
	return &Place{Key: n.keyNode(best), Value: n.value(best)}, path[len(best.key.Value):]
}

// Mark gives every diagnostic the range that its path has in the text: that of
// the value, or of the key where the value is a whole block.
func (n *Node) Mark(diags diagnostic.List) diagnostic.List {
	for i := range diags {
		at := n.Locate(diags[i].Path)
		place := at.Value
		if at.Key != nil && (place == nil || place.Kind() != Scalar) {
			place = at.Key
		}
		if place != nil {
			diags[i].Range = place.Range()
		}
	}
	return diags
}
