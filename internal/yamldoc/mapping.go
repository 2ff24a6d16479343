package yamldoc

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
)

// Fields maps each key that a mapping may have to what reads its value. The
// value is never Null.
type Fields map[string]func(*Node)

// extensionPrefix begins the keys that are free for embedding programs.
const extensionPrefix = "x-"

// Fields reads the mapping n, calling the reader of each key in the order of
// the document. It reports keys that f doesn't have, keys that stand there
// twice, keys without a value, and required keys that are missing; keys that
// begin with "x-" are kept. It returns whether n is a mapping at all.
func (r *Reader) Fields(n *Node, what string, f Fields, required ...string) bool {
	if !r.is(n, Mapping, what) {
		return false
	}
	from := len(r.scratch)
	r.scratch = appendEntries(r.scratch, n.raw, r, n)
	entries := r.scratch[from:]
	var meant []string // keys that were probably meant by unknown ones
	for _, e := range entries {
		if !r.isKey(n, e) || r.isExtension(n, e) {
			continue
		}
		read, known := f[e.key.Value]
		switch {
		case !known:
			if m := r.unknown(n, e, what, f, entries); m != "" {
				meant = append(meant, m)
			}
		case kindOf(follow(e.value)) == Null:
			r.empty(n.value(e), e.key.Value)
		default:
			read(n.value(e))
		}
	}
	for _, key := range required {
		if !has(entries, key) && !slices.Contains(meant, key) {
			r.report(n.head, n.below(key), MissingKey, diagnostic.Error,
				fmt.Sprintf("%s is missing in %s", quote(key), name(what)), fmt.Sprintf("add `%s:` with its value", key))
		}
	}
	r.scratch = r.scratch[:from]
	return true
}

// Entries reads the mapping n, whose keys are free, calling each in the order
// of the document; a key there is always a Scalar, a value may be Null. It
// reports keys that stand there twice or are no words; keys that begin with
// "x-" are kept. It returns whether n is a mapping at all.
func (r *Reader) Entries(n *Node, what string, each func(key, value *Node)) bool {
	if !r.is(n, Mapping, what) {
		return false
	}
	from := len(r.scratch)
	r.scratch = appendEntries(r.scratch, n.raw, r, n)
	for _, e := range r.scratch[from:] {
		if r.isKey(n, e) && !r.isExtension(n, e) {
			each(n.keyNode(e), n.value(e))
		}
	}
	r.scratch = r.scratch[:from]
	return true
}

func has(entries []entry, key string) bool {
	for _, e := range entries {
		if e.key.Value == key && e.key.Kind == yaml.ScalarNode {
			return true
		}
	}
	return false
}

// isKey reports a key that is no word.
func (r *Reader) isKey(n *Node, e entry) bool {
	if e.key.Kind != yaml.ScalarNode {
		message, hint := "a key has to be a word, and this is a list", "put quotes around a text that begins with ["
		if e.key.Kind == yaml.MappingNode {
			message, hint = "a key has to be a word, and this is a group of keys", "put quotes around a text that has { in it"
		}
		r.report(func() diagnostic.Range { return n.doc.rangeOf(e.key) }, n.Path(), WrongType, diagnostic.Error, message, hint)
		return false
	}
	if e.key.Style&yaml.TaggedStyle != 0 && !r.isUntagged(n.keyNode(e), "a key") {
		return false
	}
	if e.key.Value == "" || e.key.Value == "~" && plain(e.key) {
		r.refuse(n.keyNode(e), WrongType, "a key is missing before this colon", "write the key, or put quotes around the text")
		return false
	}
	return true
}

// isExtension keeps an entry that is free for embedding programs.
func (r *Reader) isExtension(n *Node, e entry) bool {
	if !strings.HasPrefix(e.key.Value, extensionPrefix) {
		return false
	}
	v := n.value(e)
	r.check(v)
	path := n.Path()
	if r.extensions == nil {
		r.extensions = make(map[string]map[string]any)
	}
	if r.extensions[path] == nil {
		r.extensions[path] = make(map[string]any)
	}
	r.extensions[path][e.key.Value] = v.Value()
	return true
}

// check reports, in what nobody reads, what would make it mean another thing
// than it seems to.
func (r *Reader) check(n *Node) {
	if !r.isUntagged(n, "this") {
		return
	}
	switch n.kind {
	case Mapping:
		from := len(r.scratch)
		r.scratch = appendEntries(r.scratch, n.raw, r, n)
		for _, e := range r.scratch[from:] {
			if r.isKey(n, e) {
				r.check(n.value(e))
			}
		}
		r.scratch = r.scratch[:from]
	case Sequence:
		for i := range n.raw.Content {
			r.check(n.item(i))
		}
	}
}

// Extensions returns the keys that begin with "x-", with their values, by the
// path of the mapping that they stand in: "" for the root, "stages[2]".
func (r *Reader) Extensions() map[string]map[string]any { return r.extensions }

func (r *Reader) duplicate(n *Node, key, first *yaml.Node) {
	k := n.keyNode(entry{key, key})
	r.refuse(k, DuplicateKey,
		fmt.Sprintf("%s stands here twice, the first time in line %d", quote(key.Value), first.Line), "keep one of the two")
}

func (r *Reader) badMerge(n *Node, key *yaml.Node) {
	r.refuse(n.keyNode(entry{key, key}), WrongType,
		"\"<<\" takes over another group of keys, and this names none", "write `<<: *name`, where a group of keys begins with &name")
}

func (r *Reader) empty(n *Node, key string) {
	r.refuse(n, EmptyValue, "`"+clip(key)+":` has no value",
		"write it behind the colon or, further to the right than the key, on the lines below; or leave the key out")
}

// unknown reports a key that nothing reads. It returns the key that was
// probably meant, when the mapping lacks it.
func (r *Reader) unknown(n *Node, e entry, what string, f Fields, entries []entry) (meant string) {
	key := e.key.Value
	var keys, free []string
	for k := range f {
		keys = append(keys, k)
		if !has(entries, k) {
			free = append(free, k)
		}
	}
	slices.Sort(keys)
	slices.Sort(free)
	var hint string
	bare := strings.Trim(key, ":“”„‘’«» ")
	before, after, colon := strings.Cut(key, ":")
	switch guess, near := nearest.Name(key, free); {
	case colon && strings.Trim(after, ":") == "":
		hint, meant = "one colon is enough", before
	case colon && kindOf(follow(e.value)) == Null:
		hint, meant = fmt.Sprintf("write `%s: %s`, with a space after the colon", clip(before), clip(after)), before
	case bare != key && f[bare] != nil:
		hint, meant = "write it without the curly quotes", bare
	case near:
		hint, meant = "did you mean \""+guess+"\"?", guess
	case strings.HasPrefix(strings.ToLower(key), "x_") || strings.HasPrefix(key, "X-"):
		hint = "keys of your own begin with \"x-\""
	default:
		if hint = nearest.Hint(key, keys); hint == "" {
			hint = "the keys here are " + strings.Join(keys, ", ")
		}
	}
	k := n.keyNode(e)
	r.refuse(k, UnknownKey, fmt.Sprintf("unknown key %s in %s", quote(key), name(what)), hint)
	if !slices.Contains(free, meant) {
		return ""
	}
	r.fail(n.below(meant))
	return meant
}
