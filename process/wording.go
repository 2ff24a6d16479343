package process

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/advance-sales/advance/diagnostic"
)

// A commitment is worded as what the buyer is asked to do: "Take a first
// meeting", "Share the figures with us". The rules here find names that are
// worded otherwise, from the words alone and in English alone: a name in
// another language, or one that could be read either way, passes.
//
// Each rule is a pattern for a whole name. What decides is who hands what to
// whom: "Send the proposal" names a thing that only the seller has to give;
// "Send us the figures" and "Send the proposal to the board" are the buyer's
// acts, because we are the ones to receive, or somebody on the buyer's side
// is. The patterns are closed, every word of a name has to have its place in
// them, so that one word more which the rules know nothing about ("Present the
// proposal internally", "Send the price list of your supplier") makes them
// silent.

// misworded returns the advice that the wording of a name deserves, or nothing.
func misworded(name string) diagnostic.Code {
	words := plainEnglish(name)
	switch {
	case words == "":
		return ""
	case sellerWording(words):
		return AdviceSellerAction
	case topicWording(words):
		return AdviceNotAnAction
	}
	return ""
}

// longestName is up to how many bytes a name is looked at; longer ones are no
// names.
const longestName = 200

// plainEnglish writes a name in small letters with single spaces. Hyphens and
// slashes part words; any other mark stays as a word that no rule knows. Every
// word ends with a space. It returns nothing for a name with letters that
// English has not.
func plainEnglish(name string) string {
	if len(name) > longestName {
		return ""
	}
	name = strings.Trim(strings.TrimSpace(name), `.!?"“”`)
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '\'':
			b.WriteRune(r)
		case r == '’':
			b.WriteByte('\'')
		case unicode.IsSpace(r), r == '-', r == '_', r == '/', r == '‑':
			b.WriteByte(' ')
		case unicode.IsLetter(r):
			return ""
		default:
			b.WriteString(" " + string(r) + " ")
		}
	}
	words := strings.Join(strings.Fields(b.String()), " ")
	if words == "" {
		return ""
	}
	return words + " "
}

// wording returns what tells whether any of the rules fits a name. How rules
// are written is said where they stand; they are compiled when they are first
// asked for.
func wording(rules ...string) func(name string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("^(?:" + alternatives(rules) + ")$")
	})
	return func(name string) bool { return compiled().MatchString(name) }
}

// alternatives writes rules as a regular expression over words that each end
// with a space, so that a word which may be left out takes its space along.
func alternatives(rules []string) string {
	var b strings.Builder
	for i, rule := range rules {
		if i > 0 {
			b.WriteByte('|')
		}
		for term := range strings.FieldsSeq(rule) {
			words := strings.TrimRight(term, "?*")
			b.WriteString("(?:" + oneWord(words) + ")")
			b.WriteString(term[len(words):])
		}
	}
	return b.String()
}

// oneWord writes the words of one term: each a word, a phrase or a class.
func oneWord(words string) string {
	options := strings.Split(words, "|")
	for i, option := range options {
		if class, ok := strings.CutPrefix(option, "@"); ok {
			options[i] = alternatives(wordClasses[class])
		} else {
			options[i] = strings.ReplaceAll(option, "_", " ") + " "
		}
	}
	return strings.Join(options, "|")
}
