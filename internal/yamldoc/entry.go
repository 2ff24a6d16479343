package yamldoc

import "gopkg.in/yaml.v3"

// entry is a key of a mapping with its value. Keys have their aliases followed.
type entry struct{ key, value *yaml.Node }

func isMerge(key *yaml.Node) bool { return key.Kind == yaml.ScalarNode && key.Tag == "!!merge" }

// fewKeys is up to how many keys comparing each with each beats a map.
const fewKeys = 16

// appendEntries appends the entries of the mapping raw to dst, each key once:
// its own entries in their order and, in place of a merge key, those of the
// mappings that it names, as far as they are not there already. Own keys win,
// then what is merged first. With a reader it reports the keys that stand there
// twice and the merges that name no mapping, under the path of n.
func appendEntries(dst []entry, raw *yaml.Node, r *Reader, n *Node) []entry {
	from, merges := len(dst), false
	var seen map[string]*yaml.Node
	if len(raw.Content)/2 > fewKeys {
		seen = make(map[string]*yaml.Node, len(raw.Content)/2)
	}
	for i := 0; i+1 < len(raw.Content); i += 2 {
		key := follow(raw.Content[i])
		if key.Kind == yaml.ScalarNode {
			if first := earlier(dst[from:], seen, key); first != nil {
				if r != nil {
					r.duplicate(n, key, first)
				}
				continue
			}
			merges = merges || isMerge(key)
		}
		dst = append(dst, entry{key, raw.Content[i+1]})
	}
	if merges {
		return merge(dst, from, r, n)
	}
	return dst
}

// earlier returns the earlier key with the same text, and notes this one.
func earlier(entries []entry, seen map[string]*yaml.Node, key *yaml.Node) *yaml.Node {
	if seen != nil {
		first := seen[key.Value]
		if first == nil {
			seen[key.Value] = key
		}
		return first
	}
	for _, e := range entries {
		if e.key.Value == key.Value && e.key.Kind == yaml.ScalarNode {
			return e.key
		}
	}
	return nil
}

// merge puts in place of the merge key among dst[from:] what it names.
func merge(dst []entry, from int, r *Reader, n *Node) []entry {
	own := append([]entry(nil), dst[from:]...)
	seen := make(map[string]bool, len(own))
	for _, e := range own {
		if e.key.Kind == yaml.ScalarNode && !isMerge(e.key) {
			seen[e.key.Value] = true
		}
	}
	dst = dst[:from]
	take := func(source, key *yaml.Node) {
		named := source.Kind == yaml.AliasNode
		source = follow(source)
		if source.Kind != yaml.MappingNode {
			if r != nil {
				r.badMerge(n, key)
			}
			return
		}
		// What an alias names is read, and its faults reported, where it is.
		reporter := r
		if named {
			reporter = nil
		}
		for _, e := range appendEntries(nil, source, reporter, n) {
			if e.key.Kind != yaml.ScalarNode {
				dst = append(dst, e)
			} else if !seen[e.key.Value] {
				seen[e.key.Value] = true
				dst = append(dst, e)
			}
		}
	}
	for _, e := range own {
		switch source := follow(e.value); {
		case !isMerge(e.key):
			dst = append(dst, e)
		case source.Kind == yaml.SequenceNode:
			for _, item := range source.Content {
				take(item, e.key)
			}
		default:
			take(e.value, e.key)
		}
	}
	return dst
}
