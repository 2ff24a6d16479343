package yamldoc

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// extent is how much there is at and below a node with aliases followed.
type extent struct{ nodes, depth int }

// surveyor looks at every node of a tree once and refuses trees that could not
// be walked: those that grow out of bounds by aliases or go in circles.
type surveyor struct {
	doc     *document
	known   map[*yaml.Node]extent // of the nodes with an anchor
	aliased int
	fault   fault
}

// survey returns the first reason why the tree can't be walked.
func survey(d *document, root *yaml.Node) fault {
	s := &surveyor{doc: d}
	s.visit(root, 0)
	return s.fault
}

func (s *surveyor) visit(raw *yaml.Node, depth int) extent {
	if s.fault.code != "" {
		return extent{}
	}
	if raw.Kind == yaml.AliasNode {
		return s.alias(raw, depth)
	}
	e := extent{nodes: 1}
	if len(raw.Content) > 0 || raw.Kind != yaml.ScalarNode {
		if depth >= MaxDepth {
			s.tooDeep(raw)
			return e
		}
		for i, child := range raw.Content {
			if raw.Kind == yaml.MappingNode && i%2 == 0 && len(follow(child).Value) > MaxKey {
				s.longKey(child)
				return e
			}
			below := s.visit(child, depth+1)
			e.nodes += below.nodes
			e.depth = max(e.depth, below.depth)
		}
		e.depth++
	}
	if raw.Anchor != "" {
		if s.known == nil {
			s.known = make(map[*yaml.Node]extent)
		}
		s.known[raw] = e
	}
	return e
}

func (s *surveyor) alias(raw *yaml.Node, depth int) extent {
	e, done := s.known[raw.Alias]
	at := s.doc.offset(raw.Line, raw.Column)
	end := at + 1 + len(raw.Value)
	s.aliased += e.nodes
	switch {
	case !done:
		s.fault = fault{
			at, end, Syntax, fmt.Sprintf("*%s stands within the very text that it names", clip(raw.Value)),
			"write out what it is to hold",
		}
	case depth+e.depth > MaxDepth:
		s.tooDeep(raw)
	case s.aliased > MaxAliased:
		s.fault = fault{
			at, end, TooLarge, fmt.Sprintf("with *%s the document grows by more than %d values that are only referred to", clip(raw.Value), MaxAliased),
			"refer to less, or write it out",
		}
	}
	return e
}

func (s *surveyor) tooDeep(raw *yaml.Node) { s.fault = tooDeep(s.doc.offset(raw.Line, raw.Column)) }

func (s *surveyor) longKey(raw *yaml.Node) {
	at := s.doc.offset(raw.Line, raw.Column)
	s.fault = fault{at, at + 1, TooLarge, fmt.Sprintf("a key of more than %d bytes stands here", MaxKey), "write a short name"}
}

// tooDeep is the fault that MaxDepth is passed at an offset.
func tooDeep(at int) fault {
	return fault{
		at, at + 1, TooLarge, fmt.Sprintf("lists and groups of keys stand more than %d deep in one another here", MaxDepth),
		"close a bracket earlier, or take a level out",
	}
}
