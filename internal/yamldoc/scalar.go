package yamldoc

import (
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Items reads the sequence n, calling each with every item that is not Null;
// an item without anything in it is reported. It returns whether n is a
// sequence at all.
func (r *Reader) Items(n *Node, what string, each func(i int, item *Node)) bool {
	if !r.is(n, Sequence, what) {
		return false
	}
	for i := range n.raw.Content {
		item := n.item(i)
		if item.kind == Null {
			r.refuse(item, EmptyValue, fmt.Sprintf("an item of %s is empty", name(what)), "write it behind the dash, or leave the dash out")
			continue
		}
		each(i, item)
	}
	return true
}

// String reads any scalar as the text that stands there: `no`, `123` and
// `2026-11-01` are words.
func (r *Reader) String(n *Node, what string) (string, bool) {
	if !r.is(n, Scalar, what) {
		return "", false
	}
	return n.raw.Value, true
}

// Int reads a whole decimal number without quotes.
func (r *Reader) Int(n *Node, what string) (int, bool) {
	if !r.is(n, Scalar, what) {
		return 0, false
	}
	s := n.raw.Value
	digits := strings.TrimLeft(s, "+-")
	if !plain(n.raw) || n.raw.Style&yaml.TaggedStyle != 0 && n.raw.Tag == "!!str" || !isDigits(digits) ||
		len(s) > len(digits)+1 || len(digits) > 1 && digits[0] == '0' {
		r.refuse(n, WrongType, fmt.Sprintf("%s has to be a whole number, and this is %s", name(what), n.sort()), intHint(s, plain(n.raw)))
		return 0, false
	}
	i, err := strconv.Atoi(s)
	if err != nil {
		r.refuse(n, WrongType, fmt.Sprintf("%s is a number too large to count with", name(what)), "")
		return 0, false
	}
	return i, true
}

func intHint(s string, bare bool) string {
	number := strings.TrimSpace(strings.Trim(s, "“”„‘’\"'% "))
	trimmed := strings.TrimLeft(number, "0")
	switch {
	case !isDigits(number):
		return "write digits, such as 5"
	case !bare:
		return "write " + clip(number) + ", without the quotes"
	case trimmed != "" && trimmed != number:
		return "write " + clip(trimmed) + ", without the zero in front"
	}
	return "write " + clip(number)
}

func isDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// Bool reads true or false without quotes, or as YAML also spells them: yes and
// no, on and off, small, capitalized or in capitals.
func (r *Reader) Bool(n *Node, what string) (bool, bool) {
	if !r.is(n, Scalar, what) {
		return false, false
	}
	if plain(n.raw) && (n.raw.Style&yaml.TaggedStyle == 0 || n.raw.Tag == "!!bool") {
		switch n.raw.Value {
		case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON":
			return true, true
		case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF":
			return false, true
		}
	}
	hint := "write true or false"
	if !plain(n.raw) {
		hint += ", without quotes"
	}
	r.refuse(n, WrongType, fmt.Sprintf("%s has to be true or false, and this is %s", name(what), n.sort()), hint)
	return false, false
}

// is reports a node that is not of the kind expected of it.
func (r *Reader) is(n *Node, kind Kind, what string) bool {
	if n == nil {
		return false
	}
	if !r.isUntagged(n, what) {
		return false
	}
	if n.kind == kind {
		return true
	}
	if n.kind == Null {
		if n.key != nil {
			r.empty(n, n.key.Value)
		} else {
			r.refuse(n, EmptyValue, name(what)+" has no value", "")
		}
		return false
	}
	r.refuse(n, WrongType, fmt.Sprintf("%s has to be %s, and this is %s", name(what), kind.expected(), n.sort()), n.mend(kind))
	return false
}

// expected says of a kind what has to be there.
func (k Kind) expected() string {
	switch k {
	case Mapping:
		return "a group of keys with values"
	case Sequence:
		return "a list"
	}
	return "a word or a text"
}

// sort says of a node what it is.
func (n *Node) sort() string {
	switch n.kind {
	case Mapping:
		return "a group of keys"
	case Sequence:
		return "a list"
	case Null:
		return "nothing"
	}
	switch {
	case !plain(n.raw):
		return "a text"
	case n.raw.Tag == "!!int" || n.raw.Tag == "!!float":
		return "the number " + clip(n.raw.Value)
	case strings.ContainsAny(n.raw.Value, " \n"):
		return "a text"
	}
	return "the word " + quote(n.raw.Value)
}

// mend says how what stands there would become what is expected.
func (n *Node) mend(kind Kind) string {
	switch kind {
	case Sequence:
		if n.kind == Scalar && !strings.ContainsAny(n.raw.Value, " \n") {
			return "write [" + clip(n.raw.Value) + "], or one item a line behind a dash"
		}
		return "write one item a line, each behind a dash"
	case Mapping:
		if n.kind == Scalar {
			if before, after, ok := strings.Cut(n.raw.Value, ":"); ok && before != "" && after != "" && plain(n.raw) && !strings.Contains(before, " ") {
				return fmt.Sprintf("a space after the colon? `%s: %s`", clip(before), clip(after))
			}
		}
		if n.kind == Sequence {
			return "write `key: value` lines, without dashes"
		}
		return "write one `key: value` a line"
	}
	if n.raw.Style&yaml.FlowStyle != 0 {
		return "put quotes around a text that begins with " + map[Kind]string{Mapping: "{", Sequence: "["}[n.kind]
	}
	if n.kind == Mapping && len(n.raw.Content) == 2 {
		return "put quotes around a text with a colon in it"
	}
	return ""
}

// isUntagged reports a node that is tagged as something that documents here
// don't know.
func (r *Reader) isUntagged(n *Node, what string) bool {
	if n.raw.Style&yaml.TaggedStyle == 0 {
		return true
	}
	switch n.raw.Tag {
	case "!!str", "!!int", "!!float", "!!bool", "!!null":
		if n.kind == Scalar || n.kind == Null {
			return true
		}
	case "!!map":
		if n.kind == Mapping {
			return true
		}
	case "!!seq":
		if n.kind == Sequence {
			return true
		}
	}
	r.refuse(n, WrongType, fmt.Sprintf("%s is marked as %s, which is not used here", name(what), quote(n.raw.Tag)),
		"leave it out, or put quotes around a text that begins with !")
	return false
}
