package crm

import (
	"encoding"
	"errors"
	"fmt"
	"strings"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/nearest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/process"
)

// wordOrList reads a word, or a list of words that is not empty.
func (r reader) wordOrList(n *yamldoc.Node, what string) []string {
	if n.Kind() == yamldoc.Sequence {
		list := words[string](r, n, what)
		if len(list) == 0 && !r.Failed(n.Path()) {
			r.Report(n, yamldoc.EmptyValue, diagnostic.Error, "an empty list for "+what, "list something, or leave the key out")
		}
		return list
	}
	var w string
	if n.Kind() == yamldoc.Null {
		r.Report(n, yamldoc.EmptyValue, diagnostic.Error, what+" is empty", `write something, or "" for an empty text`)
	} else if word(r, &w, n, what) {
		return []string{w}
	}
	return nil
}

// text reads a text in which something has to be seen.
func (r reader) text(dst *string, what string) func(*yamldoc.Node) {
	return func(n *yamldoc.Node) {
		if word(r, dst, n, what) && commitment.Blank(*dst) {
			r.Report(n, process.CodeBlank, diagnostic.Error, what+" is blank", "write something, or leave the key out")
		}
	}
}

// word reads a text into dst, if there is one.
func word[T ~string](r reader, dst *T, n *yamldoc.Node, what string) bool {
	v, ok := r.String(n, what)
	if ok {
		*dst = T(v)
	}
	return ok
}

// words reads a list of words.
func words[T ~string](r reader, n *yamldoc.Node, what string) []T {
	list := []T{}
	items(r, n, what, &list, func(item *yamldoc.Node) (w T) {
		word(r, &w, item, "an item of "+what)
		return w
	})
	return list
}

// items reads a list. What can't be read leaves its place empty, so that the
// others keep theirs.
func items[T any](r reader, n *yamldoc.Node, what string, list *[]T, read func(*yamldoc.Node) T) {
	r.Items(n, what, func(i int, item *yamldoc.Node) {
		*list = append(*list, make([]T, i-len(*list))...)
		*list = append(*list, read(item))
	})
}

// textual is a pointer to a word of a fixed vocabulary.
type textual[T any] interface {
	*T
	encoding.TextUnmarshaler
}

// oneOf reads a word of a fixed vocabulary.
func oneOf[T any, P textual[T]](r reader, n *yamldoc.Node, dst P, what string) {
	text, ok := r.String(n, what)
	if !ok {
		return
	}
	var unknown commitment.UnknownWordError
	if err := dst.UnmarshalText([]byte(text)); errors.As(err, &unknown) {
		r.Report(n, process.CodeBadValue, diagnostic.Error, fmt.Sprintf("%s can not be %q", what, text), nearestOf(text, unknown.Known))
	}
}

// nearestOf says what may have been meant, or what there is.
func nearestOf(name string, known []string) string {
	if hint := nearest.Hint(name, known); hint != "" || len(known) == 0 {
		return hint
	}
	return "write one of " + strings.Join(known, ", ")
}
